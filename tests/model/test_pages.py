"""Page ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.model.pages import PageRange, is_article_number, parse_pages


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("1009--1015", [PageRange("1009", "1015")]),
        ("1009–1015", [PageRange("1009", "1015")]),
        ("1009-1015", [PageRange("1009", "1015")]),
        ("100 -- 110", [PageRange("100", "110")]),
        ("7", [PageRange("7")]),
        ("1, 5--7; 9", [PageRange("1"), PageRange("5", "7"), PageRange("9")]),
        ("xi--xv", [PageRange("xi", "xv")]),
        ("S12–S19", [PageRange("S12", "S19")]),
        ("12+", [PageRange("12", open=True)]),
        ("12ff.", [PageRange("12", open=True)]),
        ("12-3--12-9", [PageRange("12-3", "12-9")]),
        ("--5", [PageRange("5")]),
        ("e0200001", [PageRange("e0200001")]),
        ("", []),
    ],
)
def test_parse_pages(text: str, ranges: list[PageRange]) -> None:
    assert list(parse_pages(text)) == ranges


@pytest.mark.parametrize(
    ("first", "last", "expanded"),
    [("614", "7", "617"), ("614", "17", "617"), ("1009", "15", "1015"), ("A12", "9", "A19"), ("S12", "19", "S19")],
)
def test_shortened_ranges_are_written_out(first: str, last: str, expanded: str) -> None:
    assert PageRange(first, last).expanded == PageRange(first, expanded)
    assert not PageRange(first, last).reversed


@pytest.mark.parametrize(("first", "last"), [("505", "504"), ("E20", "E11"), ("614", "13")])
def test_reversed_ranges(first: str, last: str) -> None:
    assert PageRange(first, last).reversed


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("e0200001", True),
        ("e123", True),
        ("eaau1234", True),
        ("E12", False),
        ("S12", False),
        ("R123", False),
        ("123", False),
        ("e12--e15", False),
    ],
)
def test_article_numbers(text: str, verdict: bool) -> None:
    assert is_article_number(text) is verdict


@given(st.text(alphabet="0123456789-–, e+S"))
def test_any_text_is_pages(text: str) -> None:
    for each in parse_pages(text):
        assert str(each)
        assert each.expanded.reversed == each.reversed
