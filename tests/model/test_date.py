"""EDTF dates, and BibTeX's year and month."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.model.date import Date, DateRange, entry_date, literal_date, month_number, parse_date, year_and_month
from ppreflist.model.entry import Entry, Field


def entry(**fields: str) -> Entry:
    return Entry("k", "article", {name: Field(name, text, text) for name, text in fields.items()})


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2012-03-27", Date(2012, 3, 27)),
        ("2012-03", Date(2012, 3)),
        ("2012", Date(2012)),
        ("2012-24", Date(2012, season=24)),
        ("199X", Date(1990, unspecified="decade")),
        ("19XX", Date(1900, unspecified="century")),
        ("1999-XX", Date(1999, unspecified="month")),
        ("1999-01-XX", Date(1999, 1, unspecified="day")),
        ("1985?", Date(1985, uncertain=True)),
        ("1985-04~", Date(1985, 4, approximate=True)),
        ("1985%", Date(1985, uncertain=True, approximate=True)),
        ("-0044-03-15", Date(-44, 3, 15)),
        ("0000", Date(0)),
        ("Y170000002", Date(170000002)),
        ("2004-04-05T14:34:00Z", Date(2004, 4, 5, time="14:34:00Z")),
        ("2004/..", DateRange(Date(2004), None)),
        ("../2004", DateRange(None, Date(2004))),
        ("2004/", DateRange(Date(2004), None, unknown=True)),
        ("2003-05/2004-06-07", DateRange(Date(2003, 5), Date(2004, 6, 7))),
        ("2000-02-29", Date(2000, 2, 29)),
    ],
)
def test_edtf(text: str, date: Date | DateRange) -> None:
    assert parse_date(text) == date
    assert str(date) == text


@pytest.mark.parametrize(
    "text",
    ["", "in press", "44", "2012-13", "2012-00", "2012-02-30", "2011-02-29", "2004/2003", "/", "../..", "2012-3",
     "20X1", "199X-02", "2012-03-27T", "2012/03/27", "x" * 1000, "９９９９"],
)  # fmt: skip
def test_what_is_no_edtf_date(text: str) -> None:
    assert parse_date(text) is None


DATES = st.one_of(
    st.builds(
        Date,
        st.integers(-9999, 99999),
        st.integers(1, 12),
        st.integers(0, 28),
        uncertain=st.booleans(),
        approximate=st.booleans(),
    ),
    st.builds(Date, st.integers(-9999, 9999), season=st.sampled_from([21, 22, 23, 24])),
)


@given(DATES)
def test_edtf_round_trip(date: Date) -> None:
    assert parse_date(str(date)) == date


@given(st.text(alphabet="0123456789-/.XY?~%T:Z "))
def test_any_text_can_be_tried(text: str) -> None:
    found = parse_date(text)
    assert found is None or parse_date(str(found)) == found


@pytest.mark.parametrize(
    ("year", "month", "day", "edtf"),
    [
        ("2006", "", "", "2006"),
        ("2006", "January", "", "2006-01"),
        ("2006", "jan.", "", "2006-01"),
        ("2006", "10\u00a0January", "", "2006-01-10"),
        ("2006", "January 10th", "", "2006-01-10"),
        ("2006", "3", "", "2006-03"),
        ("2006", "03", "12", "2006-03-12"),
        ("2006", "Sept.", "31", "2006-09"),
        ("2006", "May/June", "", "2006-05/2006-06"),
        ("2006", "6--7", "", "2006-06/2006-07"),
        ("2006", "January 3–5", "", "2006-01-03/2006-01-05"),
        ("2006", "3--5 January", "", "2006-01-03/2006-01-05"),
        ("2006", "January 30 – February 2", "", "2006-01-30/2006-02-02"),
        ("2006", "Spring", "", "2006-21"),
        ("2006", "août", "", "2006-08"),
        ("2006", "Easter", "", "2006"),
        ("2006", "13", "", "2006"),
        ("c. 1850", "", "", "1850~"),
        ("[1850?]", "", "", "1850?"),
        ("2006–2007", "", "", "2006/2007"),
        ("1998/99", "", "", "1998/1999"),
    ],
)
def test_year_and_month(year: str, month: str, day: str, edtf: str) -> None:
    assert str(year_and_month(year, month, day)) == edtf


def test_date_beats_year() -> None:
    assert entry_date(entry(date="2012-03-27", year="2011", month="May")) == Date(2012, 3, 27)
    assert entry_date(entry(year="2011", month="May")) == Date(2011, 5)
    assert entry_date(entry(date="2012-3-7")) == Date(2012, 3, 7)
    assert entry_date(entry(date="199u")) == Date(1990, unspecified="decade")
    assert entry_date(entry(date="1999/unknown")) == DateRange(Date(1999), None, unknown=True)
    assert entry_date(entry(date="1723?~")) == Date(1723, uncertain=True, approximate=True)
    assert entry_date(entry(origdate="1899", date="2001"), "orig") == Date(1899)
    assert entry_date(entry(urlyear="2001", urlmonth="5"), "url") == Date(2001, 5)
    assert entry_date(entry(title="undated")) is None


@pytest.mark.parametrize("text", ["in press", "forthcoming", "2006a", "n.d."])
def test_what_stands_for_a_date_is_literal(text: str) -> None:
    assert entry_date(entry(year=text)) is None
    assert literal_date(entry(year=text)) == text
    assert literal_date(entry(year="2006")) == ""


def test_month_number() -> None:
    assert [month_number(each) for each in ("Jan", "février", "MÄRZ", "dic", "")] == [1, 2, 3, 0, 0]
