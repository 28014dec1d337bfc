"""What is kept of a page, so that another one in its place is noticed: a few facts, and never its text.

The text is kept as a *simhash*: 64 bits of which each is the majority of that bit in the hashes of all runs of three
words. Texts that share most of their runs differ in few bits, unrelated ones in about half of them. (M. S. Charikar,
"Similarity estimation techniques from rounding algorithms", STOC 2002, https://doi.org/10.1145/509907.509965;
G. S. Manku, A. Jain, A. Das Sarma, "Detecting near-duplicates for web crawling", WWW 2007,
https://doi.org/10.1145/1242572.1242592: 64 bits, of which near duplicates among 8 billion pages differ in at most 3.)
Which words a page begins with is kept as a Bloom filter of 1,024 bits (B. H. Bloom, "Space/time trade-offs in hash
coding with allowable errors", 1970, https://doi.org/10.1145/362686.362692): it tells whether the page names its work.

What is not HTML has no fingerprint. The length and the ETag of a PDF change when a server is moved, a copyright line is
stamped or a typing error is corrected, and stay when nothing is known: to call that another work would be a guess.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from ppreflist.links.maintext import MOST_WORDS, words_of

METHOD = 1
"""The number of the way in which simhash and vocabulary are made: what was made in another cannot be compared."""

BITS = 64
RUN = 3
"""Words of a run that is hashed as one."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A page as it was. ``title`` and ``canonical`` (an absolute address) are as the page has them, ``doi`` and
    ``language`` (two or three letters) too; each may be empty. ``simhash`` is of the main text (0 <= simhash < 2 ** 64)
    and was made from ``words`` words. ``vocabulary`` tells which words title, heading and the beginning of the text
    have (``held``). ``whole`` tells whether the whole page was read."""

    title: str = ""
    canonical: str = ""
    doi: str = ""
    language: str = ""
    simhash: int = 0
    words: int = 0
    vocabulary: bytes = b""
    whole: bool = True

    def held(self, words: frozenset[bytes]) -> int:
        """How many of these (significant) words the page has at its beginning; one in a hundred by chance."""
        held = int.from_bytes(self.vocabulary, "little")
        return sum(held & slots == slots for slots in map(_slots, words))


def distance(one: int, other: int) -> int:
    """In how many bits two simhashes differ."""
    return (one ^ other).bit_count()


# Simhash --------------------------------------------------------------------------------------------------------------

# Odd numbers of 64 bits without a pattern: the fractions of the golden ratio and of the square roots of 2 and 3.
_FACTORS = (0x9E3779B97F4A7C15, 0x6A09E667F3BCC909, 0xBB67AE8584CAA73B)
_LANE = 12
_SKIPPED = 3


def _mask_of(bit: int, count: int) -> int:
    """One bit of each of so many bytes."""
    return int.from_bytes(bytes((1 << bit,)) * count, "little")


_MASKS = tuple(_mask_of(bit, MOST_WORDS) for bit in range(8))


def simhash(words: Sequence[bytes]) -> int:
    """The simhash of a text: of all runs of three words, or of its single words when it has fewer.

    The hash of a run is computed for all runs at once, in lanes of 96 bits of one great integer: checksums of 32 bits
    times factors of 64 fill a lane, and bits 24 to 87 of it, which depend on all the others, are taken.
    """
    if not words:
        return 0
    sums = array("I", map(zlib.crc32, words))
    if sys.byteorder == "big":
        sums.byteswap()
    spread = array("I", bytes(_LANE * len(sums)))
    spread[:: _LANE // 4] = sums
    lanes = int.from_bytes(spread.tobytes(), "little")
    hashes, runs = lanes * _FACTORS[0], len(sums)
    if len(sums) >= RUN:
        for place in range(1, RUN):
            hashes ^= (lanes >> 8 * _LANE * place) * _FACTORS[place]
        runs -= RUN - 1
    columns = (hashes & (1 << 8 * _LANE * runs) - 1).to_bytes(_LANE * runs, "little")
    masks = _MASKS if runs <= MOST_WORDS else tuple(_mask_of(bit, runs) for bit in range(8))
    found = 0
    for place in range(_SKIPPED, _SKIPPED + BITS // 8):
        column = int.from_bytes(columns[place::_LANE], "little")
        for mask in masks:
            found = found << 1 | (2 * (column & mask).bit_count() > runs)
    return found


# Vocabulary -----------------------------------------------------------------------------------------------------------

SLOTS = 1024
_ONE = ord("1")
_BEGINNING = 100
_SHORTEST = 3
_STEM = 6

_COMMON = frozenset(
    """
    about after also article been before best between both click content copyright could does down each error first
    from full have here home html http https info information into just like main more most much name news next none
    official online only other over page pages policy post privacy read rights reserved search should site since some
    such than that their them then there these they this those through title under untitled until very view want website
    welcome well were what when where which while will with without would your accueil auch bienvenue dans einen einer
    eine from inicio para pour sind sobre startseite sur willkommen index document
    all and any are but can did for get got had has her him his how its let may new not now off one our out own per
    say see she the too top two use via was way who why yet you aus bei bis das dem den der des die ein für ist mit nur
    oder und von vom war wie zum zur aux ces des est les nos par pas que qui ses son une vos con del las los más por que
    sus una uno che dei gli non per www pdf htm org com net php
    """.encode().split()
)
"""Words that say nothing of what a page is about."""


def significant(text: str) -> frozenset[bytes]:
    """The words of a text that tell what it is about, cut to the beginning that their forms share."""
    return frozenset(_stems(words_of(text)))


def _stems(words: Sequence[bytes]) -> set[bytes]:
    return {word[:_STEM] for word in set(words) - _COMMON if len(word) >= _SHORTEST}


def vocabulary(title: str, heading: str, words: Sequence[bytes]) -> bytes:
    """The Bloom filter of the significant words of a page's title, heading and first 100 words."""
    held = bytearray(b"0" * SLOTS)
    for word in _stems([*words_of(f"{title} {heading}"), *words[:_BEGINNING]]):
        number = zlib.crc32(word)  # three hashes of ten bits each
        held[number & 1023] = held[number >> 10 & 1023] = held[number >> 20 & 1023] = _ONE
    held.reverse()
    return int(held, 2).to_bytes(SLOTS // 8, "little")


def _slots(word: bytes) -> int:
    number = zlib.crc32(word)
    return 1 << (number & 1023) | 1 << (number >> 10 & 1023) | 1 << (number >> 20 & 1023)
