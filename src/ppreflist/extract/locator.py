"""Volume, issue, pages and date of a part of a periodical or book, as reference lists and prose print them.

A locator is read as a chain: an opening that shows that it is one (``vol. 14``, ``2007;14``, ``14(1)``, ``14:60-65``,
``pp. 60-65``), then further parts in any order as long as they follow each other closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ppreflist.model.date import month_number
from ppreflist.model.pages import PageRange

_MONTH_NAME: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|Spring|Summer|Autumn|Fall|Winter)"
)
MONTH: Final = rf"(?:{_MONTH_NAME}\.?(?:\s?[-\u2013/]\s?{_MONTH_NAME}\.?)?)"
YEAR: Final = r"(?:1[5-9]|20)\d\d"
_DASH: Final = r"[-\u2012-\u2015]{1,3}"
_PAGE: Final = r"(?:[A-Za-z]{0,3}\.?\d{1,7}[A-Za-z]?|[ivxlc]{1,7}\b)"
_RANGE: Final = rf"(?:{_PAGE}\s?{_DASH}\s?{_PAGE}|[A-Za-z]{{0,3}}\d{{1,7}}[A-Za-z]?)(?![\w(])\+?"
_TRUE_RANGE: Final = rf"(?:{_PAGE}\s?{_DASH}\s?{_PAGE}|[A-Za-z]{{1,3}}\d{{2,7}})(?![\w(])"
_VOLUME: Final = r"(?:[A-Z]{2,6}-(?=\d\b)|[A-Z]-|[A-Z]{1,2})?\d{1,4}[A-Za-z]?(?![\w.]\w)"
_ISSUE: Final = (
    r"(?:\d{1,4}(?:[-\u2013/]\d{1,4}|, ?\d{1,2}(?!\d))?[A-Za-z]?|(?:Suppl(?:ement)?|Pt|Spec(?:ial)?)"
    r"[ .]{0,2}[\w ./-]{0,20}"
    r"|\d{1,4} ?(?:Suppl(?:ement)?|Pt)[ .]{0,2}\w{0,6}|[A-Z]\d{0,3})"
)
_NAMED_ISSUE: Final = rf"(?:{_ISSUE}|{MONTH})"

DATE: Final = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?P<m1>{MONTH}),? (?P<y1>{YEAR})"
    rf"|(?P<m2>{MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>{YEAR})"
    rf"|(?P<m3>{MONTH}),? (?P<y3>{YEAR})"
    rf"|(?P<y5>{YEAR})[/-](?P<m5>\d\d?)[/-](?P<d5>\d\d?)"
    rf"|(?P<y4>{YEAR})[a-z]?(?:,? (?P<m4>{MONTH})(?: (?P<d4>\d{{1,2}})(?!\d))?)?)(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Locator:
    """What was read at ``start`` to ``end`` of a text. Parts that are not given are empty.

    ``date`` is year, month, day, as many as are printed. ``firm`` is true when the form leaves no doubt that it is the
    locator of an article: it has a volume and something else with it.
    """

    start: int
    end: int
    volume: str = ""
    issue: str = ""
    pages: str = ""
    number: str = ""
    date: tuple[int, ...] = field(default=())

    @property
    def firm(self) -> bool:
        return bool(self.volume and (self.issue or self.pages or self.number or self.date))


_OPENINGS: Final = re.compile(
    # 2007;14   2007 Nov 3;14
    rf"(?P<dated>(?<![\w/-]){YEAR}(?: {MONTH}(?: \d{{1,2}}(?:[-\u2013]\d{{1,2}})?)?)?\s?;\s?(?P<v1>{_VOLUME}|(?=\("
    rf"|Suppl)))"
    # vol. 14
    rf"|(?P<labelled>\b[Vv]ol(?:ume|s)?\b\.?\s?(?P<v2>{_VOLUME}|[IVXLC]{{1,8}}\b))"
    # 14, no. 1
    rf"|(?<![\w.-])(?P<v3>\d{{1,4}}),? (?:no|nr|iss|issue|n)\.?\s?\xb0?(?=\d)"
    # 14(1)
    rf"|(?<![\w.-])(?P<v4>{_VOLUME}) ?(?=\({_NAMED_ISSUE}\)(?:\s?[:,;.]\s?|\s?\({YEAR}|\Z| ))"
    # 14 (2007): 60
    rf"|(?<![\w.-])(?P<v5>{_VOLUME}) (?=\((?:{MONTH} )?{YEAR}\)(?:[:,;]?\s?(?:pp?\.)?\s?{_RANGE}|[.,]|\Z))"
    # 14:60-65   14, 60-65   14, 60 (2007)
    rf"|(?<![\w.-])(?P<v6>{_VOLUME})\s?(?=[:,]\s?(?:pp?\.\s?)?{_TRUE_RANGE}|:\s?\d{{1,6}}\b"
    rf"|[,:]\s?\d{{1,6}} \({YEAR}\))"
    # pp. 60-65   p. 60
    rf"|(?P<ranged>(?<=[^\W_]), (?=\d{{1,6}}{_DASH}\d{{1,6}}[.,]?\s*(?:\Z|[\U000f0000-\U000fea5f]|\({YEAR})))"
    rf"|(?P<paged>\b(?:(?:pp?|S)\.\s?|pp\s|pages?\s)(?={_RANGE}))",
)
_PARTS: Final = (
    ("issue", re.compile(rf"\s?[,;:]?\s?(?:[Nn]o|[Nn]r|[Nn]um(?:ber)?|[Ii]ss(?:ue)?|[Nn])\b\.?\s?(?P<value>{_ISSUE})")),
    ("issue", re.compile(rf"\s?\((?P<value>(?!{YEAR}\))(?!{MONTH} {YEAR}){_NAMED_ISSUE})\)")),
    ("date", re.compile(rf"\s?[,;]?\s?\((?P<value>(?:{MONTH},? )?(?:\d{{1,2}},? )?{YEAR})[a-z]?\)")),
    ("number", re.compile(
        r"[,;:]?\s?(?:[Aa]rt(?:icle)?\.?\s?(?:[Nn]o\.?|[Nn]umber|ID)?"
        r"|[Pp]aper(?: no\.)?)\s?:?\s?(?P<value>[A-Za-z]{0,5}\d{1,9}[\w-]{0,12})")),
    ("pages", re.compile(rf"\s?[,;:.]?\s?\(?(?:pp?|pages?"
        rf"|S)\b\.?\s?(?P<value>{_RANGE}(?:, ?{_TRUE_RANGE})?)\)?(?!\w)")),
    ("pages", re.compile(rf"\s?[:]\s?(?P<value>{_RANGE})(?! (?:{MONTH}|[a-z]))(?:\s?p\.)?")),
    ("pages", re.compile(rf"(?:,|(?<={YEAR}\)))\s?(?P<value>{_TRUE_RANGE})")),
    ("pages", re.compile(rf"[,;]\s?(?P<value>\d{{1,6}}{_DASH}\d{{1,6}}|\d{{1,7}}(?=,? \({YEAR}\)|, {YEAR}|\.?\Z"
        r"|[. ] ?[\U000f0000-\U000fea5f]|\. ))")),
    ("date", re.compile(rf"\s?[,;]\s?(?P<value>{DATE.pattern.replace('?P<', '?P<x_')})")),
)  # fmt: skip
_LABELLED_DATE: Final = re.compile(rf"\s?\(?(?P<value>(?:{MONTH},? )?{YEAR})\)?(?!\w)")


def locators(text: str, start: int = 0, end: int | None = None) -> Iterator[Locator]:
    """The locators of a text, in its order, without overlaps. Linear in the text."""
    end = len(text) if end is None else end
    place = start
    while True:
        opening = _OPENINGS.search(text, place, end)
        if opening is None:
            return
        found = _chain(text, opening, end)
        yield found
        place = max(found.end, opening.end(), place + 1)


def _chain(text: str, opening: re.Match[str], end: int) -> Locator:
    volume = next((opening[name] for name in ("v1", "v2", "v3", "v4", "v5", "v6") if opening[name]), "")
    values: dict[str, str] = {"volume": volume}
    if opening["dated"]:
        values["date"] = opening["dated"].partition(";")[0]
    place = opening.end()
    if opening["paged"] or opening["ranged"]:
        place = opening.start()
    elif opening["v3"]:
        place = opening.end("v3")
    if opening["labelled"]:
        values["labelled"] = "1"
    for _ in range(6):
        for name, pattern in _PARTS:
            if name in values:
                continue
            match = pattern.match(text, place, end)
            if match is not None and match.end() > place:
                values[name] = match["value"]
                place = match.end()
                break
        else:
            break
    if "date" not in values and (values.get("labelled") or (place and text[place - 1] == ")")):
        match = _LABELLED_DATE.match(text, place, end)
        if match is not None:
            values["date"] = match["value"]
            place = match.end()
    issue = values.get("issue", "").strip()
    if issue and month_number(re.split(r"[-\u2013/]", issue)[0]):
        issue = ""
    return Locator(
        opening.start(), place, volume, issue, _tidy(values.get("pages", "")),
        values.get("number", ""), date_parts(values.get("date", "")),
    )  # fmt: skip


def _tidy(pages: str) -> str:
    """The pages with hyphens, and a shortened last page (``1009-15``) written out."""
    plain = re.sub(rf"\s?{_DASH}\s?", "-", pages).strip(" +")
    first, dash, last = plain.partition("-")
    return str(PageRange(first, last).expanded).replace("\u2013", "-") if dash and "-" not in last else plain


def date_parts(text: str) -> tuple[int, ...]:
    """Year, month, day of a printed date, as many as there are; a season or a range of months gives the year alone."""
    match = DATE.search(text)
    if match is None:
        return ()
    for number in "12345":
        year = match.groupdict().get(f"y{number}")
        if not year:
            continue
        month = match.groupdict().get(f"m{number}") or ""
        day = match.groupdict().get(f"d{number}") or ""
        at = int(month) if month.isdigit() else month_number(month)
        if not 1 <= at <= 12:
            return (int(year),)
        return (int(year), at, int(day)) if day and 1 <= int(day) <= 31 else (int(year), at)
    return ()
