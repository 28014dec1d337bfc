"""Dates of CSL-JSON: date-parts, season, circa, literal, and raw strings.

CSL-JSON "date-variable"; raw strings are ISO 8601 / EDTF, or English month and season names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from ppreflist.csl import markup as m
from ppreflist.csl import richtext

Parts = tuple[int, int, int]


class Date(NamedTuple):
    """``start`` and ``end`` are (year, month, day), 0 for what is missing; seasons are months 13-16.

    A year before Christ is negative. ``end`` is None for a single date. ``literal`` is set when there are
    no parts.
    """

    start: Parts = (0, 0, 0)
    end: Parts | None = None
    circa: bool = False
    literal: str = ""
    # An open range: "2004/.."
    open_end: bool = False


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
            "spring",
            "summer",
            "autumn fall",
            "winter",
        ),
        1,
    )
    for name in names.split()
}
_ISO: Final = re.compile(r"^(-?\d{1,4}|-\d{5,})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?([~?%]?)$")
_RANGE: Final = re.compile(r"\s*/\s*|\s+[-–—]\s+|\s*(?:–|--+)\s*")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_SLASHED: Final = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")


MAX_YEAR: Final = 99_999_999


def _number(value: Any) -> int:
    if isinstance(value, bool):
        raise ValueError("not a number")
    if isinstance(value, float) and not value.is_integer():
        raise ValueError("not a whole number")
    if isinstance(value, str):
        if len(value) > 12:
            raise ValueError("not a part of a date")
        name = value.strip().lower().rstrip(".")
        if name in _MONTHS:
            return _MONTHS[name]
    try:
        number = int(value)
    except (ValueError, TypeError, OverflowError):
        raise ValueError(f"{value!r:.40} is no number") from None
    if abs(number) > MAX_YEAR:
        raise ValueError("no such year")
    return number


def _month(value: Any) -> int:
    month = _number(value)
    # Seasons: 13-16, 17-20 and (EDTF) 21-24.
    if 17 <= month <= 24:
        return (month - 1) % 4 + 13
    return month if 0 <= month <= 16 else 0


Complain = Callable[[str], None]


def _parts(value: Any, complain: Complain) -> Parts:
    """Year, month and day as far as they are usable."""
    if not isinstance(value, list | tuple):
        value = [value]
    known = []
    for part in value:
        if part is None or part == "" or part == 0:
            break
        known.append(part)
    year = _number(known[0]) if known else 0
    month = day = 0
    try:
        month = _month(known[1]) if len(known) > 1 else 0
        day = _number(known[2]) if len(known) > 2 else 0
        if not 0 <= day <= 31:
            raise ValueError(f"no day {day}")
    except (ValueError, TypeError, OverflowError) as error:
        complain(str(error))
        day = 0
    return year, month, day


def _raw_single(text: str) -> tuple[Parts, bool] | None:
    text = text.strip()
    match = _ISO.match(text)
    if match:
        try:
            return (int(match[1]), _month(match[2] or 0), int(match[3] or 0)), bool(match[4])
        except ValueError:
            return None
    if match := _SLASHED.match(text):
        return (int(match[3]), int(match[1]), int(match[2])), False
    words = _WORD.findall(text.lower())
    month = year = day = 0
    circa = False
    for word in words:
        if word in ("ca", "circa", "c"):
            circa = True
        elif word.isdigit() and word.isascii():
            number = int(word)
            if number > 31 or len(word) >= 3:
                if year:
                    return None
                year = number
            elif day:
                return None
            else:
                day = number
        elif word in _MONTHS and not month:
            month = _MONTHS[word]
        elif word not in ("st", "nd", "rd", "th", "of"):
            return None
    if not year or (day and not month) or day > 31:
        return None
    return (year, month, day), circa or text.endswith("?")


def read_raw(text: str) -> Date | None:
    """The date that a raw string means, or None when it is no date we know how to read."""
    text = text.strip()
    if len(text) > 100:
        return None
    sides = _RANGE.split(text)
    if len(sides) == 1 and re.fullmatch(r"\d{4}-\d{4}", text):
        sides = text.split("-")
    if len(sides) > 2:
        sides = [text]
    start = _raw_single(sides[0])
    if start is None:
        return None
    if len(sides) == 1:
        return Date(start[0], None, start[1])
    if sides[1] in ("", "..", "open"):
        return Date(start[0], None, start[1], open_end=True)
    end = _raw_single(sides[1])
    if end is None:
        return None
    first, last = start[0], end[0]
    return Date(first, last if last != first else None, start[1] or end[1])


def is_date(value: Any) -> bool:
    """Whether ``value`` holds anything that can be rendered as a date."""
    if isinstance(value, Mapping):
        parts = value.get("date-parts")
        if isinstance(parts, list) and parts and parts[0] not in ([], [""], [None], "", None, [0]):
            return True
        return bool(value.get("raw") or value.get("literal") or value.get("year"))
    return bool(value) and isinstance(value, str | int)


def read_date(value: Any, complain: Complain) -> Date:
    """The date of a CSL-JSON date variable, as far as it is usable; ``complain`` is told what is not.

    ``ValueError`` says why nothing of it is.
    """
    if isinstance(value, str | int) and not isinstance(value, bool):
        value = {"raw": str(value)}
    if not isinstance(value, Mapping):
        raise ValueError("not a date")
    circa = bool(value.get("circa"))
    date_parts = value.get("date-parts")
    if isinstance(date_parts, list) and date_parts and date_parts[0]:
        first = date_parts[0]
        if not isinstance(first, list | tuple):
            # A common slip: one date without the outer list.
            date_parts = [date_parts]
        start = _parts(date_parts[0], complain)
        end = _parts(date_parts[1], complain) if len(date_parts) > 1 and date_parts[1] else None
        season = value.get("season")
        if season and not start[1]:
            start = (start[0], _season(season), 0)
        open_end = len(date_parts) > 1 and end in (None, (0, 0, 0))
        if end == (0, 0, 0) or end == start:
            end = None
        if start != (0, 0, 0):
            return Date(start, end, circa, open_end=open_end)
    literal = value.get("literal")
    if literal:
        return Date(circa=circa, literal=richtext.parse(m.clean(str(literal))))
    raw = value.get("raw")
    if raw:
        date = read_raw(str(raw))
        if date is not None:
            return date._replace(circa=circa or date.circa)
        return Date(circa=circa, literal=richtext.parse(m.clean(str(raw))))
    raise ValueError("no date in it")


def _season(value: Any) -> int:
    if isinstance(value, str):
        value = value.strip()
        if value.lower() in _MONTHS:
            number = _MONTHS[value.lower()]
            return number if number > 12 else 0
        if not value.isdigit():
            return 0
    number = int(value) if isinstance(value, int | str) else 0
    if 1 <= number <= 4:
        return number + 12
    return number if 13 <= number <= 16 else 0
