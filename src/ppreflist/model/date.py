"""Dates as bibliographies write them: EDTF (``date``) and BibTeX's ``year`` and ``month``.

Sources: Library of Congress, Extended Date/Time Format, levels 0 and 1
(https://www.loc.gov/standards/datetime/), as far as the BibLaTeX manual, 'Date and Time Specifications', takes it over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from ppreflist.model.entry import Entry

SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
"""EDTF's numbers for the seasons, which stand in the place of the month."""


@dataclass(frozen=True, slots=True)
class Date:
    """A point in time, as precise as it is known.

    ``month`` and ``day`` are 0 when they are not given. ``season`` is 21 to 24 (EDTF: independent of the hemisphere),
    25 to 41 for the divisions that biblatex also takes (hemispheres, quarters), else 0. ``year`` may be negative or 0
    (astronomical: 0 is 1 BCE). ``unspecified`` is what EDTF leaves open: 'decade' (``199X``), 'century' (``19XX``),
    'month' (``1999-XX``), 'day' (``1999-01-XX``). ``time`` is kept as it is written.
    """

    year: int
    month: int = 0
    day: int = 0
    season: int = 0
    uncertain: bool = False
    approximate: bool = False
    unspecified: str = ""
    time: str = ""

    @property
    def parts(self) -> tuple[int, ...]:
        """Year, month and day, as many as are known."""
        if not self.month:
            return (self.year,)
        return (self.year, self.month, self.day) if self.day else (self.year, self.month)

    def __str__(self) -> str:
        return edtf(self)


@dataclass(frozen=True, slots=True)
class DateRange:
    """From ``start`` to ``end``, both included. An end that is None is open (``..``), or unknown (nothing written)."""

    start: Date | None
    end: Date | None
    unknown: bool = False

    def __str__(self) -> str:
        missing = "" if self.unknown else ".."
        return f"{edtf(self.start) if self.start else missing}/{edtf(self.end) if self.end else missing}"


AnyDate = Date | DateRange

_TIME: Final = r"\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?"
_DATE: Final = re.compile(
    r"(?P<year>Y?[+-]?\d{1,9}|-?\d{2}XX|-?\d{3}X)"
    rf"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?:[T ](?P<time>{_TIME}))?)?)?"
    r"(?P<doubt>[?~%]?)\Z",
    re.ASCII,
)
_SHORT_PART: Final = re.compile(r"(?<=-)(?=\d(?!\d))", re.ASCII)
_UNSPECIFIED: Final = re.compile(r"(?<=\d)[uU]{1,2}(?!\w)|(?<=-)[uU]{2}(?!\w)", re.ASCII)
_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_date(text: str) -> AnyDate | None:
    """The EDTF date or interval in ``text``, or None when it is none (or not a day of the calendar)."""
    text = text.strip()
    if len(text) > 100:
        return None
    first, slash, last = text.partition("/")
    if not slash:
        return _single(text)
    first, last = first.strip(), last.strip()
    start, end = _single(first), _single(last)
    if (start is None and first not in ("", "..", "open")) or (end is None and last not in ("", "..", "open")):
        return None
    if start is None and end is None:
        return None
    if start and end and _order(end) < _order(start):
        return None
    return DateRange(start, end, unknown="" in (first, last))


def _order(date: Date) -> tuple[int, int, int]:
    """A key that never calls a season earlier than the months of its year."""
    return date.year, (date.month or 12), (date.day or 31)


def _single(text: str) -> Date | None:
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day = match["year"], match["month"] or "", match["day"] or ""
    if not (year.lstrip("Y+-").isdigit() or "X" in year) or (len(year.lstrip("+-")) < 4 and not year.startswith("Y")):
        return None
    unspecified = ""
    if year.endswith("X"):
        if month:
            return None
        unspecified = "century" if year.endswith("XX") else "decade"
        year = year.replace("X", "0")
    elif month == "XX":
        if day not in ("", "XX"):
            return None
        unspecified, month, day = "month", "", ""
    elif day == "XX":
        unspecified, day = "day", ""
    number = int(month or 0)
    doubt = match["doubt"]
    date = Date(
        year=int(year.lstrip("Y")),
        uncertain=doubt in ("?", "%"),
        approximate=doubt in ("~", "%"),
        unspecified=unspecified,
        time=match["time"] or "",
    )
    if 21 <= number <= 41:
        return None if day else replace(date, season=number)
    if (month and not 1 <= number <= 12) or (day and not 1 <= int(day) <= _LENGTHS[number - 1]):
        return None
    if number == 2 and int(day or 0) == 29 and not _is_leap(date.year):
        return None
    return replace(date, month=number, day=int(day or 0))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def edtf(date: Date) -> str:
    """A date in EDTF, which ``parse_date`` reads as the same date."""
    sign = "-" if date.year < 0 else ""
    digits = f"{abs(date.year):04d}"
    if len(digits) > 4:
        sign = "Y" + sign
    text = sign + digits
    if date.unspecified in ("decade", "century"):
        text = text[:-1] + "X" if date.unspecified == "decade" else text[:-2] + "XX"
    if date.season:
        text += f"-{date.season}"
    elif date.month:
        text += f"-{date.month:02d}"
        if date.day:
            text += f"-{date.day:02d}"
            if date.time:
                text += f"T{date.time}"
        elif date.unspecified == "day":
            text += "-XX"
    elif date.unspecified == "month":
        text += "-XX"
    if date.uncertain or date.approximate:
        text += "%" if date.uncertain and date.approximate else "?" if date.uncertain else "~"
    return text


# BibTeX's year, month and day

_MONTH_NAMES: Final = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}
_SEASON_NAMES: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_MONTHS: Final = {
    **{name[:3]: number for number, name in enumerate(_MONTH_NAMES["en"].split(), 1)},
    "sept": 9,
    **{name: number for names in _MONTH_NAMES.values() for number, name in enumerate(names.split(), 1)},
}
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN: Final = re.compile(r"\s*(?:[–—/]|--?|\bto\b|\band\b|&)\s*")
_YEAR: Final = re.compile(r"(?P<circa>(?:circa|ca?\.?)\s*)?(?P<year>-?\d{1,5})(?P<doubt>\s*\?|\s*~)?\Z", re.IGNORECASE)


def entry_date(entry: Entry, prefix: str = "") -> AnyDate | None:
    """The date of an entry: ``<prefix>date``, else ``<prefix>year`` with ``month`` and ``day``.

    None when there is none, or none that can be read ("in press"). ``prefix`` is '' or 'orig', 'event', 'url'
    (BibLaTeX manual, 'Date and Time Specifications'). EDTF's drafts and ``2012-3-7`` are read too.
    """
    written = _plain(entry.text(prefix + "date"))
    found = parse_date(written) or parse_date(_renewed(written))
    if found is not None:
        return found
    return year_and_month(
        _plain(entry.text(prefix + "year")) or written,
        _plain(entry.text(prefix + "month")),
        _plain(entry.text(prefix + "day")),
    )


def _renewed(date: str) -> str:
    """A date in EDTF's drafts (``199u``, ``1999/unknown``, ``1723?~``), or with short parts, as EDTF has it now."""
    date = date.replace("unknown", "").replace("?~", "%").replace("~?", "%")
    return _SHORT_PART.sub("0", _UNSPECIFIED.sub(lambda match: match[0].upper().replace("U", "X"), date))


def literal_date(entry: Entry, prefix: str = "") -> str:
    """What stands in the place of an entry's date when it is no date: "in press", "forthcoming"; else empty."""
    text = _plain(entry.first(prefix + "date", prefix + "year"))
    return text if text and entry_date(entry, prefix) is None else ""


def year_and_month(year: str, month: str = "", day: str = "") -> AnyDate | None:
    """The date that the fields of BibTeX say. ``month`` may be a number, a name, a range, or hold the day."""
    found = parse_date(year) or _years(year)
    if not isinstance(found, Date) or found.month or found.season or not month:
        return found
    written = [side for side in _BETWEEN.split(month) if side]
    sides = [within for side in written if (within := _month(side)) is not None]
    if len(sides) != len(written) or len(sides) not in (1, 2):
        return found
    if len(sides) == 1:
        return _with_day(_placed(found, sides[0]), day)
    first, last = sides
    # "January 3--5" and "3--5 January": the month stands on one side for both.
    if not (first.month or first.season) and last.month:
        first = first._replace(month=last.month)
    elif not (last.month or last.season) and first.month:
        last = last._replace(month=first.month)
    start, end = _placed(found, first), _placed(found, last)
    dated = (start.month or start.season) and (end.month or end.season)
    return DateRange(start, end) if dated and _order(start) < _order(end) else found


def month_number(text: str) -> int:
    """The number of a month's name in one of several languages, or of its English abbreviation; 0 when it is none."""
    return _MONTHS.get(text.strip().rstrip(".").casefold(), 0)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _years(text: str) -> AnyDate | None:
    """``2006``, ``c. 1850``, ``[1850?]``, ``2006--2007``."""
    text = text.strip().strip("[]").strip()
    match = _YEAR.match(text)
    if match is not None:
        doubt = (match["doubt"] or "").strip()
        year = match["year"]
        if len(year.lstrip("-")) > 4 and not match["circa"]:
            return None
        return Date(int(year), uncertain=doubt == "?", approximate=bool(match["circa"]) or doubt == "~")
    sides = _BETWEEN.split(text)
    if len(sides) != 2 or not all(re.fullmatch(r"\d{4}|\d{2}", side, re.ASCII) for side in sides):
        return None
    first, last = sides
    if len(first) == 2:
        return None
    start, end = int(first), int(last if len(last) == 4 else first[:2] + last)
    return DateRange(Date(start), Date(end)) if start < end else None


class _Within(NamedTuple):
    """What one side of a month field says."""

    month: int = 0
    season: int = 0
    day: int = 0


def _month(text: str) -> _Within | None:
    """One side of a month field, or None when it holds something else."""
    month = season = day = 0
    for word in _WORD.findall(text.casefold()):
        if word.isdecimal():
            number = int(word[:4])
            if day or not 1 <= number <= 31:
                return None
            day = number
        elif word in _SEASON_NAMES:
            season = _SEASON_NAMES[word]
        elif word in _MONTHS:
            if month:
                return None
            month = _MONTHS[word]
        elif word not in ("st", "nd", "rd", "th", "of", "de", "the"):
            return None
    return _Within(month, season, day)


def _placed(date: Date, within: _Within) -> Date:
    """A year made more precise; a number by itself is a month."""
    if within.season:
        return replace(date, season=within.season)
    if not within.month:
        return replace(date, month=within.day) if within.day <= 12 else date
    day = within.day if within.day <= _LENGTHS[within.month - 1] else 0
    return replace(date, month=within.month, day=day)


def _with_day(date: Date, day: str) -> Date:
    number = day.strip().rstrip(".")
    if not date.month or date.day or not (number.isascii() and number.isdigit()):
        return date
    checked = _single(edtf(replace(date, day=int(number[:3]))))
    return checked or date
