"""Dates as databases and reference managers write them: ``2012/03/27``, ``2012 Mar-Apr``, ``27 March 2012``."""

from __future__ import annotations

import re
from typing import Final

from ppreflist.model.date import AnyDate, Date, month_number, parse_date, year_and_month

_LONGEST: Final = 60
_SLASHED: Final = re.compile(
    r"(\d{4})/(\d{1,2})?(?:/(\d{1,2})?)?(?:/.*)?\Z|(\d{4})-(\d{1,2})(?:-(\d{1,2}))?\Z", re.ASCII
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[ ,]+(\D.*|\d{1,2})\Z", re.ASCII)
_YEAR_LAST: Final = re.compile(r"(.*\D)[ ,]*(\d{4})\Z", re.ASCII)


def loose_date(text: str, year: str = "") -> AnyDate | None:
    """The date that a text says, or None. ``year`` completes one that has no year (``Mar 27``)."""
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    match = _SLASHED.match(text)
    if match is not None:
        return _checked(match[1] or match[4], match[2] or match[5] or "", match[3] or match[6] or "")
    found = parse_date(text)
    if found is not None and not (isinstance(found, Date) and found.year < 100 and year):
        return found
    match = _YEAR_FIRST.match(text)
    if match is not None:
        return year_and_month(match[1], match[2])
    match = _YEAR_LAST.match(text)
    if match is not None and any(month_number(word) for word in re.findall(r"[^\W\d_]+", match[1])):
        return year_and_month(match[2], match[1].strip(" ,"))
    return year_and_month(text) or (year_and_month(year, text) if year else None)


def _checked(year: str, month: str, day: str) -> Date | None:
    """The date, as precise as it is a day of the calendar."""
    for precise in ((year, month, day), (year, month), (year,)):
        if all(int(part or 0) for part in precise):
            found = parse_date("-".join(part.zfill(2) for part in precise))
            if isinstance(found, Date):
                return found
    return None
