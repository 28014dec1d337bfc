"""The identifiers and web addresses in running text: what no rule for prose should read.

A DOI that a line end has broken is put together again. A bare number is an identifier only behind its label (PMID,
ISBN ...); DOIs and arXiv's own form need none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ppreflist.extract.addresses import spans
from ppreflist.model.identifier import ISSN, Identifier, Malformed, interpret

FIRST_MARK: Final = 0xF0000
"""The private-use character that stands for the first mark of a passage; the next ones follow."""
MOST_MARKS: Final = 60_000
MARK: Final = re.compile("[\U000f0000-\U000fea5f]")

_DOI: Final = re.compile(
    r"(?:\bdoi\s?[:=]?\s?(?:doi\s?:\s?)?)?(?<![\d./])10\.\d{4,9}(?:\.\d{1,9}){0,3}/(?=\S|\n)", re.IGNORECASE
)
_DOI_PIECE: Final = re.compile(r"[^\s\"\u201c\u201d|]{1,500}")
_DOI_FURTHER: Final = re.compile(r"\n(?=[^\s]*\d)([^\s\"\u201c\u201d|]{1,200})")
_DOI_STRAY: Final = re.compile(r"(?<=/) ([A-Za-z][\w.()-]{0,60}\d[\w.()-]{0,60})(?=[\s,;]|\Z)")
_LABELLED: Final = re.compile(
    r"\b(?:PMID\s?:?\s?\d{1,8}|PMCID\s?:?\s?PMC\d{1,8}(?:\.\d)?|PMC\d{5,8}"
    r"|arXiv\s?:\s?(?:\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,16}(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,2})?)(?:\s?\[[\w.-]{2,20}\])?"
    r"|(?:e-?)?ISBN(?:-1[03])?\s?:?\s?(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]|(?:[ep]-?)?ISSN\s?:?\s?\d{4}-\d{3}[\dXx])"
    r"(?![\w-]\w)",
    re.IGNORECASE,
)
_TAILS: Final = ".,;:)]}'\u2019>"


@dataclass(frozen=True, slots=True)
class Mark:
    """An identifier or address at ``start`` to ``end`` of a text, as it is ``printed`` there.

    ``identifier`` is what it names, if it is a valid one; ``flaw`` says why it is none though it is meant as one.
    ``is_address`` is true for a web address, also one that holds an identifier.
    """

    start: int
    end: int
    printed: str
    identifier: Identifier | None = None
    flaw: str = ""
    is_address: bool = False


def find_marks(text: str) -> list[Mark]:
    """The marks of a text in its order, without overlaps. Linear in the text."""
    found: list[Mark] = []
    for start, end in spans(text):
        printed = text[start:end]
        identifier = interpret("".join(printed.split()))
        known = identifier if isinstance(identifier, Identifier) else None
        found.append(Mark(start, end, printed, known, is_address=True))
    taken = bytearray(len(text))
    for mark in found:
        taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    for pattern, ending in ((_DOI, _doi_end), (_LABELLED, _match_end)):
        for match in pattern.finditer(text):
            if taken[match.start()]:
                continue
            end = ending(text, match)
            printed = text[match.start() : end]
            read = interpret("".join(printed[printed.index("10.") :].split()) if pattern is _DOI else printed)
            if isinstance(read, Identifier):
                found.append(Mark(match.start(), end, printed, read))
            elif isinstance(read, Malformed):
                found.append(Mark(match.start(), end, printed, None, f"{printed}: {read.reason}"))
            else:
                continue
            taken[match.start() : end] = b"\1" * (end - match.start())
    return sorted(found, key=lambda mark: mark.start)


def _match_end(text: str, match: re.Match[str]) -> int:
    return match.end()


def _doi_end(text: str, match: re.Match[str]) -> int:
    piece = _DOI_PIECE.match(text, match.end())
    end = piece.end() if piece else match.end()
    for _ in range(3):
        if text[end - 1] in "/-_" or (text[end - 1] in ".(" and _goes_on(text, end)):
            further = _DOI_FURTHER.match(text, end)
        elif piece is None:
            further = _DOI_STRAY.match(text, end)
        else:
            break
        if further is None:
            break
        end = further.end()
        piece = None
    opened = text.count("(", match.start(), end) - text.count(")", match.start(), end)
    while end > match.end() and text[end - 1] in _TAILS:
        if text[end - 1] == ")" and opened >= 0:
            break
        opened += text[end - 1] == ")"
        end -= 1
    return end


def _goes_on(text: str, end: int) -> bool:
    """Whether the line behind a DOI that ends in a full stop begins like the rest of a DOI."""
    return bool(
        re.compile(r"\n(?:\d{1,6}[.-]\w[\w.-]{0,40}|[a-z0-9]{1,20}\.[\w.-]{1,40})(?=[\s,;]|\Z)").match(text, end)
    )


def is_of_work(identifier: Identifier) -> bool:
    """Whether it names a work, not the journal that it is in."""
    return not isinstance(identifier, ISSN)
