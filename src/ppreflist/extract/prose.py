"""Citations in running text: a locator, the periodical beside it, and the title in quotation marks or above it.

Three shapes are read, because newsletters, press releases and reading lists use them::

    The March 27, 2012 issue (Vol. 78, No. 13; 1009-1015) of Neurology featured "Title."
    "Title," Neurology 78(13), 1009-1015 (2012)          Title, Neurology, (Vol. 78, No. 13) 2012
    Title                                                (a heading or line of its own)
    Neurology, (Vol. 78, No. 13) 2012
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ppreflist.extract.document import Passage
from ppreflist.extract.locator import DATE, YEAR, Locator, date_parts, locators
from ppreflist.formats.cslclean import Item

_SMALL: Final = frozenset(
    "of the and for in on & de la le les des du et und der die das für zur y e del van voor och i a an to at".split()  # noqa: SIM905
)
_NOT_FIRST: Final = frozenset(
    "The In See Source From Reprinted Published Originally Also And Read Cf For A An Appeared".split()  # noqa: SIM905
)
_TOKEN: Final = re.compile(r"[^\s]+")
_OF_JOURNAL: Final = re.compile(r"[)\]]?,?\s(?:issue\s)?(?:of|in)\s(?:the\s(?=[A-Z]))?")
_ISSUE_BEFORE: Final = re.compile(r"\b(?:issue|edition|number)\s?[,:]?\s?[(\[]?\Z")
_JOURNAL_WORD: Final = re.compile(r"(?:[^\W\d_][\w'\u2019.&-]*|&)")
_QUOTED: Final = re.compile(
    '[\u201c"\u201e\u00ab](?P<title>[^\u201c\u201d"\u201e\u00ab\u00bb]{3,400}?)[.,;]?[\u201d"\u00bb\u201c]'
)
_YEAR_BEHIND: Final = re.compile(rf"[)\]]?\s?[,;:]?\s?[(\[]?(?P<year>(?:[A-Z][a-z]{{2,8}}\.? )?{YEAR})(?![\w-])[)\]]?")
_SENTENCE: Final = re.compile(r"[.!?][\u201d\"')]?\s+(?=[\u201c\"'(]?[A-Z])")
_CUE: Final = re.compile(
    r"\b(?:access|available|read|found|online|download|retriev|visit|see|full text|go to)", re.IGNORECASE
)
_LONGEST_TITLE: Final = 300
_FAR: Final = 250
_MOST_WORDS: Final = 12


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation at ``start`` to ``end`` of a passage, as a CSL-JSON item."""

    start: int
    end: int
    item: Item


def citations(passage: Passage) -> list[Citation]:
    """The citations in a passage of running text, in its order."""
    found: list[Citation] = []
    floor = 0
    for locator in locators(passage.text):
        if not locator.volume or not (locator.issue or locator.pages or locator.number):
            continue
        if locator.start < floor:
            continue
        made = _citation(passage, locator, floor)
        if made is not None:
            found.append(made)
            floor = made.end
    return found


def reaches(passage: Passage, citation: Citation, until: int) -> Iterator[int]:
    """The places of the addresses and identifiers behind a citation that are said to be where it can be read."""
    cue = _CUE.search(passage.text, citation.end, until)
    for place in range(citation.end, until):
        if passage.text[place] >= "\U000f0000" and (place - citation.end < 3 or (cue and cue.start() < place)):
            yield place


def _citation(passage: Passage, locator: Locator, floor: int) -> Citation | None:
    text = passage.text
    date, end = _date(text, locator)
    behind = _OF_JOURNAL.match(text, locator.end)
    issue = _ISSUE_BEFORE.search(text, max(floor, locator.start - 40), locator.start)
    journal_start = journal_end = 0
    if behind is not None:
        journal_start, journal_end = behind.end(), _journal_end(text, behind.end())
    if journal_end > journal_start:
        before = issue.start() if issue else locator.start
        dated = _date_before(text, floor, before)
        date = date or (dated[0] if dated else ())
        start = dated[1] if dated else before
        title = _quote_behind(text, journal_end) or _quote_before(text, floor, start)
    else:
        journal_start, journal_end = _journal_before(passage, locator.start, floor)
        if journal_start == journal_end:
            return None
        title = _quote_before(text, floor, journal_start) or _title_before(passage, floor, journal_start)
        start = journal_start
        if title is None and locator.pages and not date:
            return None
    if title is None and not (date and locator.volume):
        return None
    item: Item = {"type": "article-journal", "container-title": text[journal_start:journal_end].rstrip(" ,;:")}
    if title is not None:
        item["title"] = " ".join(text[title[0] : title[1]].split()).strip(" ,.;")
        start, end = min(start, title[0]), max(end, title[1], journal_end)
    _put(item, locator, date)
    return Citation(start, max(end, journal_end), item)


def _put(item: Item, locator: Locator, date: tuple[int, ...]) -> None:
    for name, value in (
        ("volume", locator.volume), ("issue", locator.issue), ("page", locator.pages), ("number", locator.number),
    ):  # fmt: skip
        if value:
            item[name] = value
    if date:
        item["issued"] = {"date-parts": [list(date)]}


def _date(text: str, locator: Locator) -> tuple[tuple[int, ...], int]:
    """The date in or right behind a locator, and where both end."""
    if locator.date:
        return locator.date, locator.end
    behind = _YEAR_BEHIND.match(text, locator.end)
    if behind is not None:
        return date_parts(behind["year"]), behind.end()
    return (), locator.end


def _date_before(text: str, floor: int, end: int) -> tuple[tuple[int, ...], int] | None:
    """The date right before a place (``The March 27, 2012 issue``), and where it begins."""
    window = text[max(floor, end - 40) : end].rstrip(" ,(")
    last = None
    for match in DATE.finditer(window):
        last = match
    if last is None or len(window) - last.end() > 2:
        return None
    return date_parts(last[0]), max(floor, end - 40) + last.start()


def _journal_end(text: str, start: int) -> int:
    """Where the capitalised words that begin here end."""
    place = end = start
    for _ in range(_MOST_WORDS):
        token = _JOURNAL_WORD.match(text, place)
        if token is None:
            break
        word = token[0].rstrip(".")
        if word.casefold() not in _SMALL or word[0].isupper():
            if not word[:1].isupper():
                break
            end = token.start() + len(word)
        place = token.end()
        if text[place : place + 1] != " " or (token[0].endswith(".") and len(word) > 5):
            break
        place += 1
    return end


def _journal_before(passage: Passage, end: int, floor: int) -> tuple[int, int]:
    """The capitalised words before a locator: where they begin and end; nothing when there are none."""
    text = passage.text
    window = max(floor, end - 160)
    stop = len(text[window:end].rstrip(" ,:(;[")) + window
    line = _stacked_line(passage, stop) if stop > floor else floor
    window = max(window, line)
    start = stop
    for token in reversed(list(_TOKEN.finditer(text, window, stop))):
        word = token[0].strip(",.:;()[]")
        closes = token[0][-1] in ',;:)]\u201d"\u00bb\u2019' or (token[0].endswith(".") and len(word) > 6)
        if start < stop and closes:
            break
        if word[:1].isupper() and token[0][0] not in '\u201c"(':
            start = token.start()
        elif token[0][0] in '\u201c"(' or word.casefold() not in _SMALL:
            break
    words = text[start:stop].split()
    while words and words[0].strip(".,:") in _NOT_FIRST and len(words) > 1:
        start += len(words[0]) + 1
        words = words[1:]
    if not words or len(words) > _MOST_WORDS or not any(len(word.strip(".,")) > 1 for word in words):
        return stop, stop
    return start, stop


def _stacked_line(passage: Passage, place: int) -> int:
    """The start of the line with this place where each line is something of its own, as in a list; else 0.

    Running text goes from line to line; a list has short blocks without sentences.
    """
    if len(passage.starts) < 2 or len(passage.starts) > 6 or _SENTENCE.search(passage.text):
        return 0
    return max(start for start in passage.starts if start <= place - 1)


def _quote_behind(text: str, start: int) -> tuple[int, int] | None:
    found = _QUOTED.search(text, start, min(len(text), start + _FAR + _LONGEST_TITLE))
    if found is None or found.start() - start > _FAR or "; " in text[start : found.start()]:
        return None
    between = text[start : found.start()]
    return found.span("title") if not _SENTENCE.search(between) else None


def _quote_before(text: str, floor: int, end: int) -> tuple[int, int] | None:
    """The last quotation that ends not far before a place, in the same sentence."""
    last = None
    for match in _QUOTED.finditer(text, max(floor, end - _LONGEST_TITLE - 80), end):
        last = match
    if last is None or end - last.end() > 60:
        return None
    between = text[last.end() : end]
    return last.span("title") if not re.search(r"[.!?]\s", between) else None


def _title_before(passage: Passage, floor: int, end: int) -> tuple[int, int] | None:
    """The text before the periodical: the lines above it, or what stands before it in its line or sentence."""
    text = passage.text
    stop = len(text[floor:end].rstrip(" ,.:;-\u2013(")) + floor
    separated = text[stop:end].strip(" (") != "" or end in passage.starts
    start = floor
    for sentence in _SENTENCE.finditer(text, floor, stop):
        start = sentence.end()
    if start == floor and floor:
        start += len(text[floor:stop]) - len(text[floor:stop].lstrip(' .;,)\u201d"'))
    title = text[start:stop]
    words = title.split()
    if not separated or not words or len(words) > 40 or len(title) > _LONGEST_TITLE:
        return None
    return (start, stop) if words[0][:1].isupper() or words[0][:1].isdigit() else None
