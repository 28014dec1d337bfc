"""What a page has besides its text: running heads, page numbers. Taken out before paragraphs are made."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from ppreflist.extract.document import Document, Line

_PAGE_NUMBER: Final = re.compile(
    r"(?:[-\u2013\u2014] ?)?(?:[Pp]age |[Pp]\. ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?(?: ?[-\u2013\u2014])?"
)
_LETTERS: Final = re.compile(r"[^\W\d_]")
_DIGITS: Final = re.compile(r"\d+")
_LONGEST_HEAD: Final = 120
_OFTEN: Final = 3
_ENDED: Final = re.compile('[.!?)\\]"\u201d\u2019>]\\Z|\\d\\Z|https?://\\S+\\Z|www\\.\\S+\\Z')


def without_heads(document: Document) -> Document:
    """The document without running heads and page numbers, and with the paragraphs whole that they had cut in two.

    A running head is a short line that comes three times or more, page numbers apart, and stands by itself or at
    a page's edge. Linear in the lines.
    """
    lines = document.lines
    counts = Counter(_folded(line) for line in lines if 0 < len(line.text) <= _LONGEST_HEAD)
    heads = {
        place
        for place, line in enumerate(lines)
        if line.text and not line.item and not line.heading and _is_head(lines, place, counts)
    }
    if not heads:
        return document
    kept: list[Line] = []
    place = 0
    while place < len(lines):
        if place not in heads and not (not lines[place].text and _next_is_head(lines, place, heads)):
            kept.append(lines[place])
            place += 1
            continue
        while place < len(lines) and (place in heads or not lines[place].text):
            place += 1
        if place < len(lines) and kept and _is_end(kept[-1].text, lines[place].text):
            kept.append(Line("", lines[place].number, lines[place].page))
    return Document(tuple(kept))


def _folded(line: Line) -> str:
    return _DIGITS.sub("#", line.text)


def _is_head(lines: tuple[Line, ...], place: int, counts: Counter[str]) -> bool:
    line = lines[place]
    before = lines[place - 1] if place else None
    after = lines[place + 1] if place + 1 < len(lines) else None
    page_edge = (before is not None and before.page != line.page) or (after is not None and after.page != line.page)
    alone = (before is None or not before.text) and (after is None or not after.text)
    if not (alone or page_edge):
        return False
    return bool(_PAGE_NUMBER.fullmatch(line.text)) or (
        counts[_folded(line)] >= _OFTEN and len(_LETTERS.findall(line.text)) > 3
    )


def _next_is_head(lines: tuple[Line, ...], place: int, heads: set[int]) -> bool:
    """Whether the gap at this place leads to a running head."""
    while place < len(lines) and not lines[place].text:
        place += 1
    return place in heads


def _is_end(text: str, following: str) -> bool:
    """Whether a paragraph ended before a running head."""
    return bool(_ENDED.search(text)) and (following[:1].isupper() or not following[:1].isalpha())
