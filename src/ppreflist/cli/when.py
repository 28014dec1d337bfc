"""Dates, ages and patterns on the command line."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import click

_DAYS: Final = {"d": 1.0, "w": 7.0, "m": 30.0, "y": 365.0, "h": 1 / 24, "": 1.0}
_LONGEST: Final = 100 * 365


def _age(text: str) -> timedelta | None:
    found = re.fullmatch(r"(\d{1,6})\s*([hdwmy]?)", text.strip().lower())
    if not found:
        return None
    return timedelta(days=min(int(found[1]) * _DAYS[found[2]], _LONGEST))


class Age(click.ParamType[timedelta]):
    """``12h``, ``30d``, ``2w``, ``6m`` (of 30 days), ``1y``: a timedelta."""

    name = "age"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        found = value if isinstance(value, timedelta) else _age(str(value))
        if found is None:
            self.fail(f"{value!r} is no age: write 12h, 30d, 2w, 6m or 1y", param, ctx)
        return found


class Day(click.ParamType[date]):
    """``2026-12-31``, or an age from today on: backwards (``-1``) or forwards (``1``). A date (UTC)."""

    name = "date"

    def __init__(self, direction: int) -> None:
        self._direction = direction

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        age = _age(str(value)) if not re.fullmatch(r"\d{4}", str(value)) else None
        if age is not None:
            return datetime.now(UTC).date() + self._direction * age
        try:
            day = date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is no date: write 2026-12-31, or an age such as 30d or 6m", param, ctx)
        if (day - datetime.now(UTC).date()).days * self._direction < -1:  # it may be that day elsewhere
            self.fail(f"{day} {'is past' if self._direction > 0 else 'is yet to come'}", param, ctx)
        return day


class Pattern(click.ParamType[str]):
    """A regular expression, as it was written."""

    name = "regex"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            re.compile(str(value))
        except re.error as error:
            self.fail(f"{value!r} is no regular expression: {error}", param, ctx)
        return str(value)
