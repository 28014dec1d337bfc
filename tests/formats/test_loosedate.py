"""Dates as databases write them."""

from __future__ import annotations

import pytest

from ppreflist.formats.loosedate import loose_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2012/03/27", "2012-03-27"),
        ("2012/3/7/10:12", "2012-03-07"),
        ("2012///", "2012"),
        ("2012/03//Spring", "2012-03"),
        ("2012-3-7", "2012-03-07"),
        ("2012/13/45", "2012"),
        ("2012/02/30", "2012-02"),
        ("1996 Jul 9", "1996-07-09"),
        ("2012 Mar-Apr", "2012-03/2012-04"),
        ("2012 Nov 30-Dec 6", "2012-11-30/2012-12-06"),
        ("2012 Winter", "2012-24"),
        ("27 March 2012", "2012-03-27"),
        ("March 27, 2012", "2012-03-27"),
        ("Mars 2012", "2012-03"),
        ("2009-2010", "2009/2010"),
        ("2012-03~", "2012-03~"),
        ("c. 1850", "1850~"),
        ("in press", None),
        ("", None),
        ("12", "0012"),
        ("1" * 100, None),
        ("Jan " * 1000, None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    found = loose_date(text)
    assert (str(found) if found is not None else None) == date


@pytest.mark.parametrize(
    ("text", "year", "date"), [("Mar 27", "2012", "2012-03-27"), ("Jan", "2007", "2007-01"), ("2001", "2012", "2001")]
)
def test_a_year_from_elsewhere(text: str, year: str, date: str) -> None:
    assert str(loose_date(text, year)) == date
