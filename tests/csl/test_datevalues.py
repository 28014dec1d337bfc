"""Reading dates as data write them."""

from __future__ import annotations

from typing import Any

import pytest

from ppreflist.csl.datevalues import Date, read_date, read_raw


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("2004", Date((2004, 0, 0))),
        ("2004-05", Date((2004, 5, 0))),
        ("2004-05-06", Date((2004, 5, 6))),
        ("2004-05-06T10:00:00Z", Date((2004, 5, 6))),
        ("2004?", Date((2004, 0, 0), circa=True)),
        ("-0044-03-15", Date((-44, 3, 15))),
        ("2004-21", Date((2004, 13, 0))),
        ("2004/2006", Date((2004, 0, 0), (2006, 0, 0))),
        ("2004-10-01/2004-10-14", Date((2004, 10, 1), (2004, 10, 14))),
        ("2004/..", Date((2004, 0, 0), open_end=True)),
        ("1999-2001", Date((1999, 0, 0), (2001, 0, 0))),
        ("June 1, 1965", Date((1965, 6, 1))),
        ("1 June 1965", Date((1965, 6, 1))),
        ("Spring 1999 - Summer 2001", Date((1999, 13, 0), (2001, 14, 0))),
        ("ca. 1820", Date((1820, 0, 0), circa=True)),
        ("12/24/1999", Date((1999, 12, 24))),
    ],
)
def test_raw_dates(raw: str, date: Date) -> None:
    assert read_raw(raw) == date


@pytest.mark.parametrize("raw", ["in press", "n.d.", "the 1990s", "2004-13-45-6", "99 bottles", "", "x" * 10_000])
def test_what_is_no_date_is_none(raw: str) -> None:
    assert read_raw(raw) is None


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ({"date-parts": [[2005, 3, 2]]}, Date((2005, 3, 2))),
        ({"date-parts": [["2005", "03"]]}, Date((2005, 3, 0))),
        ({"date-parts": [2005, 3]}, Date((2005, 3, 0))),
        ({"date-parts": [[2005], [2006]]}, Date((2005, 0, 0), (2006, 0, 0))),
        ({"date-parts": [[2005], [2005]]}, Date((2005, 0, 0))),
        ({"date-parts": [[2005, "March"]]}, Date((2005, 3, 0))),
        ({"date-parts": [[2005]], "season": 1}, Date((2005, 13, 0))),
        ({"date-parts": [[2005]], "season": "winter"}, Date((2005, 16, 0))),
        ({"date-parts": [[2005]], "circa": True}, Date((2005, 0, 0), circa=True)),
        ({"literal": "in press"}, Date(literal="in press")),
        ({"raw": "in press"}, Date(literal="in press")),
        ("2005-03", Date((2005, 3, 0))),
        (2005, Date((2005, 0, 0))),
    ],
)
def test_date_variables(value: Any, date: Date) -> None:
    assert read_date(value, pytest.fail) == date


def test_the_usable_part_of_a_date_is_used_and_the_rest_reported() -> None:
    complaints: list[str] = []
    assert read_date({"date-parts": [[2005, 3, 99]]}, complaints.append) == Date((2005, 3, 0))
    assert complaints == ["no day 99"]


@pytest.mark.parametrize("value", [{}, {"date-parts": [["x"]]}, {"date-parts": [[10**40]]}, [2005], None])
def test_what_is_no_date_is_an_error(value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_date(value, lambda _: None)
