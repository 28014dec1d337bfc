"""The same page, a changed one, another work: what is believed, and of how many pairs of pages it is right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.links import page_texts as texts
from tests.links.page_pairs import LATE, PAIRS, PHI, Pair, citing, semantic

from ppreflist.links.drift import Likeness, compare, fingerprint_of, is_meant_to_change
from ppreflist.links.finding import readable
from ppreflist.links.fingerprint import Fingerprint
from ppreflist.links.page import Page, read_page


def seen(markup: str, *, complete: bool = True) -> Fingerprint:
    page = read_page(markup.encode(), "https://www.example.org/a", "text/html; charset=utf-8", complete=complete)
    found = fingerprint_of(page)
    assert found is not None
    return found


def judged(pair: Pair) -> Likeness:
    changing = is_meant_to_change(readable(pair.link))
    return compare(seen(pair.before), seen(pair.now), pair.link, meant_to_change=changing)


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])
def test_the_labelled_pairs(pair: Pair) -> None:
    assert (judged(pair) is Likeness.ANOTHER) == pair.another


def test_there_are_pairs_enough_of_either_kind() -> None:
    """What the report of precision and recall is about."""
    others = [pair for pair in PAIRS if pair.another]
    assert len(PAIRS) >= 60
    assert 30 <= len(others) <= len(PAIRS) - 30
    assert len({pair.name for pair in PAIRS}) == len(PAIRS)


def test_another_order_of_time_makes_no_other_work() -> None:
    """A page that became another one and came back is the same again; and whatever stayed itself did so both ways."""
    for pair in PAIRS:
        before = seen(pair.before)
        assert compare(before, before, pair.link) is Likeness.SAME


PRINTS = st.builds(
    Fingerprint, st.text(max_size=60) | st.sampled_from([LATE, PHI, f"{LATE} | {PHI}", "Casino"]),
    doi=st.sampled_from(["", "10.1000/x", "10.1000/X"]), language=st.sampled_from(["", "en", "de"]),
    simhash=st.integers(0, 2**64 - 1), words=st.integers(0, 1000), vocabulary=st.binary(max_size=128),
    whole=st.booleans(),
)  # fmt: skip


@given(PRINTS, PRINTS, st.sampled_from(["", LATE, "x"]), st.booleans())
def test_any_two_pages_are_compared(before: Fingerprint, now: Fingerprint, title: str, changing: bool) -> None:
    found = compare(before, now, citing(title, PHI), meant_to_change=changing)
    if before == now:
        assert found is Likeness.SAME
    if found is Likeness.ANOTHER:
        assert before.title.casefold() != now.title.casefold()
        assert not before.doi or before.doi.casefold() != now.doi.casefold()
    if changing and not title:
        assert found is not Likeness.ANOTHER


def test_the_same_but_for_a_counter_is_the_same() -> None:
    before = semantic(LATE, texts.POLIO, site=PHI)
    assert compare(seen(before), seen(before.replace("2024", "2025")), citing()) is Likeness.SAME
    assert compare(seen(before), seen(before + "<p>one more word of text here</p>"), citing()) is Likeness.SAME


def test_a_prefix_is_as_good_as_the_page_while_it_has_the_text() -> None:
    markup = semantic(LATE, texts.POLIO, site=PHI)
    prefix = markup[: markup.index("</main>")]
    assert compare(seen(markup), seen(prefix, complete=False), citing(LATE)) is Likeness.SAME
    other = semantic("A sourdough starter", texts.SOURDOUGH)
    little = other[: other.index("By the fourth morning")]
    assert compare(seen(markup), seen(other), citing(LATE)) is Likeness.ANOTHER
    assert compare(seen(markup), seen(little), citing(LATE)) is Likeness.ANOTHER
    assert compare(seen(markup), seen(little, complete=False), citing(LATE)) is Likeness.CHANGED
    unread = markup[: markup.index("</title>") + 8]
    assert compare(seen(unread, complete=False), seen(other), citing()) is Likeness.CHANGED
    assert compare(seen(markup), seen(other[: other.index("</title>") + 8], complete=False), citing(LATE)) is (
        Likeness.CHANGED
    )


def test_of_a_page_whose_text_lies_far_down_its_title_and_owner_can_tell() -> None:
    before = seen(semantic(LATE, texts.POLIO, head='<link rel=canonical href="https://phi.example.org/a">'))

    def head_of(title: str, canonical: str = "/a", *, complete: bool = False) -> Fingerprint:
        return seen(f"<title>{title}</title><link rel=canonical href={canonical}><p>Skip to content", complete=complete)

    for now, likeness in (
        (head_of("Casino bonus codes"), Likeness.ANOTHER),
        (head_of("Casino bonus codes", complete=True), Likeness.ANOTHER),
        (head_of("Garden sheds and greenhouses"), Likeness.CHANGED),
        (head_of("Garden sheds and greenhouses", "https://sheds.example.com/a"), Likeness.ANOTHER),
        (head_of("Garden sheds and greenhouses", "https://sheds.example.com/a", complete=True), Likeness.CHANGED),
        (head_of("Late effects of polio", "https://phi.example.com/a"), Likeness.CHANGED),
    ):
        assert compare(before, now, citing(LATE)) is likeness
    gambling = citing("Online casino gambling among survivors: late effects of polio")
    assert compare(before, head_of("Casino gambling", complete=True), gambling) is Likeness.CHANGED


def test_nothing_is_kept_of_what_says_nothing() -> None:
    assert fingerprint_of(Page()) is None
    assert fingerprint_of(read_page(b"%PDF-1.7 ...", "https://x.org/a.pdf", "application/pdf")) is None
    assert fingerprint_of(read_page(b"<p>Few words", "https://x.org/", "text/html")) is None
    assert fingerprint_of(read_page(b"<title>A title</title>", "https://x.org/", "text/html")) is not None


def test_a_language_is_read() -> None:
    for markup, language in (
        ('<html lang="en-US">', "en"), ("<HTML LANG=de><head>", "de"),
        ("<html class='no-js' lang='pt-BR' dir=ltr>", "pt"), ('<html data-lang="fr">', ""), ("<html>", ""),
        ('<p lang="en">', ""),
    ):  # fmt: skip
        assert read_page(markup.encode(), "https://x.org/", "text/html").language == language


def test_pages_without_titles_are_never_others() -> None:
    one, other = (replace(seen(semantic("x", text)), title="") for text in (texts.POLIO, texts.LAKES))
    assert compare(one, other, citing(LATE)) is Likeness.CHANGED


@pytest.mark.parametrize(
    ("url", "changing"),
    [
        ("https://x.org", True), ("https://x.org/", True), ("https://x.org/index.html", True),
        ("https://x.org/en/", True), ("https://x.org/blog", True), ("https://x.org/news/", True),
        ("https://x.org/find?q=polio", True), ("https://x.org/tag/polio/tags", True),
        ("https://x.org/articles/late.html", False), ("https://x.org/?p=123", False),
        ("https://x.org/index.php?id=7", False), ("https://x.org/start-here", False), ("http://[", False),
    ],
)  # fmt: skip
def test_what_is_meant_to_change(url: str, changing: bool) -> None:
    assert is_meant_to_change(url) is changing
