"""Page ranges (BibLaTeX manual, field ``pages``), with the ways people shorten them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_DASH: Final = re.compile(r"\s*(?:[‐‑‒–—―−]|--+|(?<=\w)\s*-\s*(?=\w))\s*")
_ARTICLE_NUMBER: Final = re.compile(r"(?:e[a-z]{0,3}\d{3,}|[a-z]{2,4}\d{4,})\Z", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"([^\W\d_]*[:.]?)(\d+)\Z")


@dataclass(frozen=True, slots=True)
class PageRange:
    """From page ``first`` to page ``last``, as written; ``last`` is empty for a single page.

    Pages are text: ``xii``, ``S12``, ``e45``, ``12:3`` are pages. ``open`` is true for ``7+`` and ``7ff.``.
    """

    first: str
    last: str = ""
    open: bool = False

    @property
    def expanded(self) -> PageRange:
        """The range with a shortened last page written out: ``614–7`` is ``614–617``. Others stay as they are."""
        start, end = _NUMBERED.match(self.first), _NUMBERED.match(self.last)
        if start is None or end is None or end[1] not in ("", start[1]):
            return self
        missing = len(start[2]) - len(end[2])
        if missing <= 0:
            return PageRange(self.first, start[1] + end[2], self.open) if start[1] and not end[1] else self
        last = start[2][:missing] + end[2]
        return PageRange(self.first, start[1] + last, self.open) if int(last) > int(start[2]) else self

    @property
    def reversed(self) -> bool:
        """Whether the last page comes before the first, and is not just a shortened one."""
        whole = self.expanded
        start, end = _NUMBERED.match(whole.first), _NUMBERED.match(whole.last)
        return (
            start is not None
            and end is not None
            and start[1].casefold() == end[1].casefold()
            and int(end[2][:18]) < int(start[2][:18])
            and len(end[2]) <= 18
            and len(start[2]) <= 18
        )

    def __str__(self) -> str:
        text = f"{self.first}–{self.last}" if self.last else self.first
        return text + "+" if self.open else text


def parse_pages(text: str) -> tuple[PageRange, ...]:
    """The ranges in a ``pages`` field, in its order; commas, semicolons and ``&`` stand between them.

    ``--``, en dashes and hyphens between pages are alike. Text that is no page range is one page with that text.
    """
    return tuple(_range(part) for each in re.split(r"[,;&]", text) if (part := each.strip()))


def _range(text: str) -> PageRange:
    open_ended = re.search(r"(?:\+|\s*ff\.?|\s*et seq\.?)\Z", text)
    if open_ended is not None and open_ended.start() > 0:
        return PageRange(text[: open_ended.start()].strip(), open=True)
    sides = _DASH.split(text)
    if len(sides) == 2:
        first, last = sides
        return PageRange(first, last) if first and last else PageRange(first or last or text)
    if len(sides) == 4:  # "12-3--12-9": a hyphen belongs to the page numbers of a volume with chapters
        doubled = re.split(r"\s*(?:–|--+)\s*", text)
        if len(doubled) == 2:
            return PageRange(doubled[0], doubled[1])
    return PageRange(text)


def is_article_number(text: str) -> bool:
    """Whether ``text``, found in ``pages``, is an article's number (an e-locator: ``e0200001``) and no page."""
    return _ARTICLE_NUMBER.match(text.strip()) is not None
