"""What pages are known by."""

from __future__ import annotations

import hashlib
import random
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.links import page_texts as texts
from tests.links.page_pairs import semantic

from ppreflist.links.fingerprint import BITS, METHOD, Fingerprint, distance, significant, simhash, vocabulary
from ppreflist.links.maintext import words_of
from ppreflist.links.page import read_page

WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyzäé", min_size=1, max_size=12).map(str.encode), max_size=80)


@given(WORDS, WORDS)
def test_a_simhash_has_64_bits_and_is_the_same_for_the_same_words(words: list[bytes], others: list[bytes]) -> None:
    assert 0 <= simhash(words) < 2**BITS
    assert simhash(words) == simhash(list(words))
    assert distance(simhash(words), simhash(others)) == distance(simhash(others), simhash(words)) <= BITS


@given(WORDS.filter(lambda words: len(words) >= 3), st.integers(2, 6))
def test_it_is_the_majority_of_its_runs_however_often_they_stand_there(words: list[bytes], times: int) -> None:
    """A text again and again has the same runs, but for those where one copy ends and the next begins."""
    circle = [*words, *words[:2]]
    again = [*(words * times), *words[:2]]
    assert simhash(circle) == simhash(again)


@given(st.permutations([each.split() for each in texts.NETTLE.encode().split(b".") if each.split()]))
def test_the_order_of_sentences_counts_little(sentences: list[list[bytes]]) -> None:
    text = words_of(texts.NETTLE)
    moved = words_of(b" ".join(b" ".join(sentence) for sentence in sentences).decode())
    assert sorted(moved) == sorted(text)
    assert distance(simhash(text), simhash(moved)) <= 16


@given(st.sampled_from([texts.POLIO, texts.DIABETES, texts.CITING, texts.SHOES]), st.data())
def test_near_duplicates_are_near(text: str, data: st.DataObject) -> None:
    words = words_of(text)
    place = data.draw(st.integers(0, len(words) - 1))
    kind = data.draw(st.sampled_from(["put in", "taken out", "replaced"]))
    changed = words.copy()
    if kind == "put in":
        changed.insert(place, b"indeed")
    elif kind == "taken out":
        del changed[place]
    else:
        changed[place] = b"indeed"
    assert distance(simhash(words), simhash(changed)) <= 15


def test_unrelated_texts_differ_in_half_of_the_bits() -> None:
    every = [value for name, value in vars(texts).items() if name.isupper()]
    hashes = [simhash(words_of(text)) for text in every]
    apart = [distance(one, other) for number, one in enumerate(hashes) for other in hashes[:number]]
    assert 28 < sum(apart) / len(apart) < 36
    assert min(apart) >= 16


def test_every_bit_tells_something() -> None:
    """No bit is the same for nearly all texts, as the highest would be without a wide lane."""
    chance = random.Random(7)
    hashes = [simhash([chance.randbytes(6) for _ in range(20)]) for _ in range(400)]
    for bit in range(BITS):
        assert 120 < sum(value >> bit & 1 for value in hashes) < 280
    bits = [[value >> bit & 1 for value in hashes] for bit in range(BITS)]
    for number, one in enumerate(bits):
        for other in bits[:number]:
            assert 110 < sum(a == b for a, b in zip(one, other, strict=True)) < 290


def _plain_simhash(words: list[bytes]) -> int:
    """The same by the book, with another hash."""
    counts = [0] * BITS
    for run in zip(words, words[1:], words[2:], strict=False):
        value = int.from_bytes(hashlib.blake2b(b" ".join(run), digest_size=8).digest(), "big")
        for bit in range(BITS):
            counts[bit] += 1 if value >> bit & 1 else -1
    return sum((count > 0) << bit for bit, count in enumerate(counts))


def test_distances_are_those_of_a_simhash_by_the_book() -> None:
    """The more words two texts share, the nearer they are, as with hashes that are made one by one."""
    chance = random.Random(11)
    known = [chance.randbytes(6).hex().encode() for _ in range(1000)]
    for share in (0.1, 0.5, 0.9):
        mine = theirs = 0
        for _ in range(30):
            one, other = chance.choices(known, k=120), chance.choices(known, k=120)
            mixed = one[: int(share * 120)] + other[int(share * 120) :]
            mine += distance(simhash(one), simhash(mixed))
            theirs += distance(_plain_simhash(one), _plain_simhash(mixed))
        assert abs(mine - theirs) / 30 <= 3


def test_what_histories_hold_is_made_in_the_same_way_for_ever() -> None:
    """When this fails, METHOD must be raised: the pages of earlier runs could not be compared any more."""
    text = texts.NETTLE + texts.GERMAN_MILL + texts.JAPANESE_TEA
    page = read_page(semantic("Urtica dioica", text).encode(), "https://x.org/", "text/html; charset=utf-8")
    made = (METHOD, page.simhash, page.words, zlib.crc32(page.vocabulary))
    assert made == (1, 0x28D340E87E17BA90, 433, 0x235F82E)


def test_few_words_are_hashed_one_by_one() -> None:
    assert simhash([]) == 0
    assert simhash([b"polio", b"syndrome"]) == simhash([b"syndrome", b"polio"])
    assert simhash([b"polio"]) != simhash([b"measles"])


@pytest.mark.parametrize("words", [[b"word"] * 100_000, [b""] * 1000, [b"x" * 1_000_000] * 3, [b"\xff\x00"] * 10])
def test_any_words_in_bounded_time(words: list[bytes]) -> None:
    started = time.process_time()
    assert 0 <= simhash(words) < 2**BITS
    vocabulary("", "", words)
    assert time.process_time() - started < 2


def test_the_vocabulary_has_what_a_page_begins_with_and_little_else() -> None:
    page = Fingerprint(vocabulary=vocabulary("Late effects of polio", "What survivors know", words_of(texts.POLIO)))
    named = significant("Late effects of polio: what survivors should know")
    assert named == {b"late", b"effect", b"polio", b"surviv", b"know"}
    assert page.held(named) == len(named)
    strangers = frozenset(hashlib.sha256(bytes([n])).hexdigest().encode() for n in range(250))
    assert page.held(strangers) <= 20
    assert Fingerprint().held(named) == 0


@given(st.text(max_size=200), st.text(max_size=50))
def test_what_is_in_a_title_is_held(title: str, heading: str) -> None:
    page = Fingerprint(vocabulary=vocabulary(title, heading, []))
    assert page.held(significant(title)) == len(significant(title))
