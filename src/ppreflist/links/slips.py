"""How people mistype: which slip makes one name of another, and how likely it is beside other slips.

A model of a noisy channel (Kernighan, Church & Gale 1990, "A spelling correction program based on a noisy channel
model"): what was meant is likely when it is often written at all, and when the slip that it takes is a common one. The
shares of the kinds are rough and even, after what is known of typing (Damerau 1964: four slips of five are one letter
missing, added, replaced, or two swapped); within a kind a slip is the rarer, the more places and keys it could hit.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise

from ppreflist.links.domains import split_domain


class Slip(StrEnum):
    MISSING = "a letter is missing"
    HYPHEN = "a hyphen is missing or too many"
    DOUBLED = "a letter stands twice"
    SWAPPED = "two letters are swapped"
    NEIGHBOUR = "the key beside it"
    LOOK_ALIKE = "a letter that looks alike"
    SOUND_ALIKE = "a letter that sounds alike"
    ADDED = "the key beside it as well"
    ENDING = "a slip in the ending"
    OTHER_ENDING = "another ending"
    STRANGE = "a letter that has nothing to do with it"


PLAIN = frozenset(Slip) - {Slip.OTHER_ENDING, Slip.STRANGE}
"""Slips that happen by themselves; the others rather tell two names apart."""

_SHARE = {
    Slip.MISSING: 0.22,
    Slip.HYPHEN: 0.1,
    Slip.DOUBLED: 0.13,
    Slip.SWAPPED: 0.18,
    Slip.NEIGHBOUR: 0.2,
    Slip.LOOK_ALIKE: 0.06,
    Slip.SOUND_ALIKE: 0.02,
    Slip.ADDED: 0.05,
    Slip.ENDING: 0.1,
    Slip.OTHER_ENDING: 0.02,
    Slip.STRANGE: 0.06,
}
_LETTERS = 36
_GENERIC = frozenset(("com", "org", "net", "edu", "gov", "int", "info"))

_KEYS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = frozenset(pair for row in _KEYS for each in pairwise(row) for pair in (each, each[::-1]))
_ABOVE = frozenset(
    pair
    for row, below in pairwise(_KEYS)
    for pairs in (zip(row, below, strict=False), zip(row[1:], below, strict=False))
    for each in pairs
    for pair in (each, each[::-1])
)
_IN_ROW = 0.75
"""The part of wrong keys that lie in the same row: rough."""
_REACH = {
    pair: part / sum(each[0] == pair[0] for each in near)
    for near, part in ((_ABOVE, 1 - _IN_ROW), (_BESIDE, _IN_ROW))
    for pair in near
}
"""How likely the second key is hit of all those near the first, when one of them is."""


def _both_ways(pairs: str) -> frozenset[tuple[str, str]]:
    return frozenset(pair for each in pairs.split() for pair in ((each[0], each[1]), (each[1], each[0])))


_LOOK_ALIKE = _both_ways("l1 li 1i o0 mn uv vw vy s5 b6 z2 g9 gq ij ce")
_SOUND_ALIKE = _both_ways("ae ei ao ou iy ck cs sz fv dt bp")


def slip_of(typed: str, known: str) -> tuple[Slip, float]:
    """The kind of slip between two registered domains that are one edit apart, and how likely it is."""
    (a, typed_ending), (b, ending) = split_domain(typed), split_domain(known)
    if a == b:
        if is_one_edit(typed_ending, ending):
            return Slip.ENDING, _SHARE[Slip.ENDING]
        exchanged = {typed_ending, ending} <= _GENERIC or typed_ending[-3:] == ending[-3:]  # .ac.uk, .org.uk
        return Slip.OTHER_ENDING, _SHARE[Slip.OTHER_ENDING] / (1 if exchanged else 5)
    if not a or not b:
        return Slip.STRANGE, 0.0  # an ending that stands alone is no domain that anyone meant
    place = _first_difference(a, b)
    kind = _kind(a, b, place)
    share = _SHARE[kind] / len(b)
    match kind:
        case Slip.NEIGHBOUR:
            share *= _REACH[b[place], a[place]]
            if (a[place], b[place]) in _LOOK_ALIKE:
                share += _SHARE[Slip.LOOK_ALIKE] / len(b)
        case Slip.MISSING:
            share *= _run(b, place)  # in "cell" either l may have been lost
        case Slip.DOUBLED:
            share *= _run(b, place - 1)
        case Slip.ADDED:
            share *= max(_REACH.get((each, a[place]), 0.0) for each in _around(a, place))
        case Slip.HYPHEN if b.count("-"):
            share *= len(b) / b.count("-")
        case Slip.STRANGE:
            share /= _LETTERS
    return kind, share


def _first_difference(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _kind(a: str, b: str, place: int) -> Slip:
    """The kind of slip that makes the typed label ``a`` of the label ``b``, which first differ at ``place``."""
    if len(a) < len(b):
        return Slip.HYPHEN if b[place] == "-" else Slip.MISSING
    if len(a) > len(b):
        extra, around = a[place], _around(a, place)
        if extra == "-":
            return Slip.HYPHEN
        if extra in around:
            return Slip.DOUBLED
        return Slip.ADDED if any((each, extra) in _REACH for each in around) else Slip.STRANGE
    if a[place + 1 : place + 2] == b[place] and a[place] == b[place + 1 : place + 2]:
        return Slip.SWAPPED
    pair = (a[place], b[place])
    if pair in _REACH:
        return Slip.NEIGHBOUR
    if pair in _LOOK_ALIKE:
        return Slip.LOOK_ALIKE
    return Slip.SOUND_ALIKE if pair in _SOUND_ALIKE else Slip.STRANGE


def _around(text: str, place: int) -> str:
    return text[max(place - 1, 0) : place] + text[place + 1 : place + 2]


def _run(text: str, place: int) -> int:
    """How many equal letters stand together there."""
    letter, start, end = text[place], place, place + 1
    while start and text[start - 1] == letter:
        start -= 1
    while end < len(text) and text[end] == letter:
        end += 1
    return end - start


def is_one_edit(a: str, b: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours makes one text of the other; not if equal."""
    if len(a) > len(b):
        a, b = b, a
    if a == b or len(b) - len(a) > 1:
        return False
    start = 0
    while start < len(a) and a[start] == b[start]:
        start += 1
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    if a[start + 1 :] == b[start + 1 :]:
        return True
    return a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
