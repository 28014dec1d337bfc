"""A document as lines, the passages of text that they make, and where in the source each character was."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ppreflist.extract.marks import FIRST_MARK, MARK, MOST_MARKS, Mark, find_marks

_NEWLINE: Final = re.compile(r"\r\n|\r|\n|\f|\v|\u2028|\u2029")
_LIGATURES: Final = str.maketrans(
    {
        "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st",
        "\ufb06": "st", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ",
        "\u202f": " ", "\u3000": " ", "\t": " ", "\u2010": "-", "\u2011": "-", "\u2212": "-",
        "\u200b": "", "\u200e": "", "\u200f": "", "\u2060": "", "\ufeff": "",
        **{chr(code): "" for code in (*range(9), 11, 12, *range(14, 32), 127, *range(0x202A, 0x202F))},
    }
)  # fmt: skip
"""Ligatures and spaces of typesetting (Unicode, 'Alphabetic Presentation Forms'), and what cannot be seen."""

_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ud800-\udfff]")
_HYPHENATED: Final = re.compile(r"([^\W\d_]{2,40})-\Z")
_FIRST_WORD: Final = re.compile(r"[^\W\d_]{1,40}")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMPOUNDED = """
    all anti co cross dose double evidence ex follow half health high home inter intra large life long low meta mid
    multi non one open peer population post pre quasi randomised randomized real sample self semi short single small
    state sub third three time two ultra web well wide work year
"""
_COMPOUNDING: Final = frozenset(_COMPOUNDED.split())
"""Words before which a hyphen at the end of a line more often belongs to the word than to the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text without the white space around it, and its number in the source (1-based).

    ``page`` is 0 where there are no pages; on a page, ``number`` counts from its top. ``indent`` is the width of the
    white space before the text. ``heading`` is true for what the source marks as a heading, ``item`` for the first
    line of what it marks as an item of a list.
    """

    text: str
    number: int
    page: int = 0
    indent: int = 0
    heading: bool = False
    item: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: a line (1-based), on a page if there are pages."""

    line: int
    page: int = 0

    def __str__(self) -> str:
        return f"page {self.page}, line {self.line}" if self.page else f"line {self.line}"


@dataclass(frozen=True)
class Document:
    """The lines of a document; a line without text is a gap between paragraphs."""

    lines: tuple[Line, ...]

    @classmethod
    def of_text(cls, text: str) -> Document:
        """A document of plain text."""
        return cls(tuple(line_of(raw, number) for number, raw in enumerate(_NEWLINE.split(text), 1)))

    def blocks(self) -> list[tuple[Line, ...]]:
        """The paragraphs: runs of lines without a gap. A heading is a paragraph of its own."""
        found: list[tuple[Line, ...]] = []
        current: list[Line] = []
        for line in self.lines:
            if (not line.text or line.heading) and current:
                found.append(tuple(current))
                current = []
            if line.text:
                current.append(line)
            if line.heading and current:
                found.append(tuple(current))
                current = []
        return [*found, tuple(current)] if current else found


def line_of(raw: str, number: int, page: int = 0, *, heading: bool = False, item: bool = False) -> Line:
    """A line of what stands in the source."""
    text = _PRIVATE.sub("", raw.translate(_LIGATURES))
    bare = text.lstrip()
    return Line(bare.rstrip(), number, page, len(text) - len(bare), heading, item)


@dataclass(frozen=True)
class Passage:
    """Lines as one running text: words that were broken at line ends are whole, a space stands for other line ends.

    An address or identifier is one character of ``marks`` (see ``mark_at``), so that no rule for prose trips over it.
    ``lines`` are those that a stretch of the text beginning at ``starts`` came from.
    """

    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    marks: tuple[Mark, ...] = ()

    def line_at(self, offset: int) -> Line:
        """The line that the character at this offset was on."""
        return self.lines[max(0, bisect_right(self.starts, offset) - 1)]

    def place(self, offset: int) -> Place:
        line = self.line_at(offset)
        return Place(line.number, line.page)

    def marks_in(self, start: int, end: int) -> list[Mark]:
        """The addresses and identifiers in a stretch of the text."""
        return [self.marks[ord(each) - FIRST_MARK] for each in MARK.findall(self.text, start, end)]

    def printed(self, start: int, end: int) -> str:
        """A stretch of the text as it is printed, addresses and all, in one line."""
        text = MARK.sub(lambda match: self.marks[ord(match[0]) - FIRST_MARK].printed, self.text[start:end])
        return " ".join(text.split())


@dataclass
class Joiner:
    """Puts lines together. ``words`` are those of the whole document, which tell ``post-polio`` from ``intra-venous``.

    A hyphen at the end of a line stays when a capital or a digit follows, when the document has the word with a hyphen
    elsewhere, or when it has not the word without one and the first part is one that compounds are made with.
    """

    words: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, document: Document) -> Joiner:
        return cls(frozenset(word.casefold() for line in document.lines for word in _WORD.findall(line.text)))

    def join(self, lines: Sequence[Line]) -> Passage:
        """The lines as one passage."""
        raw = "\n".join(line.text for line in lines)
        marks = tuple(find_marks(raw)[:MOST_MARKS])
        pieces: list[tuple[str, Line]] = []
        current: list[str] = []
        number = first = place = 0
        for order, mark in enumerate((*marks, None)):
            before = raw[place : mark.start if mark else len(raw)].split("\n")
            for text in before[:-1]:
                pieces.append(("".join((*current, text)), lines[first]))
                current, number = [], number + 1
                first = number
            current.append(before[-1])
            if mark:
                current.append(chr(FIRST_MARK + order))
                number += raw.count("\n", mark.start, mark.end)
                place = mark.end
        pieces.append(("".join(current), lines[first]))
        return self._passage(pieces, marks)

    def _passage(self, pieces: list[tuple[str, Line]], marks: tuple[Mark, ...]) -> Passage:
        parts: list[str] = []
        starts: list[int] = []
        length = 0
        for place, (piece, _) in enumerate(pieces):
            starts.append(length)
            text = piece[:-1].replace("\u00ad", "") + piece[-1:]
            if place + 1 < len(pieces):
                text = self._ended(text, pieces[place + 1][0])
            parts.append(text)
            length += len(text)
        return Passage("".join(parts), tuple(line for _, line in pieces), tuple(starts), marks)

    def _ended(self, text: str, following: str) -> str:
        """A line's text as it goes on with the next one."""
        if text.endswith("\u00ad"):
            return text[:-1]
        if text[-1:] not in "-\u2013" or len(text) < 2 or text[-2] == " ":
            return text + " "
        if text[-2].isdigit() or following[:1].isdigit():
            return text
        broken = _HYPHENATED.search(text[-42:])
        rest = _FIRST_WORD.match(following)
        if broken is None or rest is None or text.endswith("\u2013"):
            return text if text.endswith("-") else text + " "
        if following[0].isupper():
            return text
        first, second = broken[1].casefold(), rest[0].casefold()
        if f"{first}-{second}" in self.words:
            return text
        if first + second in self.words or first not in _COMPOUNDING:
            return text[:-1]
        return text
