"""Items: what is accepted, and what is reported."""

from __future__ import annotations

from typing import Any

import pytest

from ppreflist.csl import markup
from ppreflist.csl.datevalues import Date
from ppreflist.csl.items import Item


def test_what_is_there() -> None:
    item = Item({"id": "a", "type": "book", "title": "T", "volume": 3, "page": "1-2", "note": "", "edition": " "}, "a")
    assert item.present == {"title", "volume", "page", "page-first"}
    assert item.text("volume") == "3"
    assert item.text("page-first") == "1"
    assert item.text("publisher") == ""
    assert item.problems == []


@pytest.mark.parametrize(
    ("given", "standard"),
    [("journalAbbreviation", "container-title-short"), ("shortTitle", "title-short"), ("event", "event-title")],
)
def test_older_spellings(given: str, standard: str) -> None:
    item = Item({given: "X"}, "a")
    assert item.text(standard) == "X"
    assert standard in item.present


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("title", ["x"]),
        ("title", {"a": 1}),
        ("volume", True),
        ("volume", float("nan")),
        ("author", "Doe, Jane"),
        ("author", 5),
        ("author", [{}]),
        ("issued", [2005]),
        ("issued", {"date-parts": [["soon"]]}),
        ("type", 5),
    ],
)
def test_what_cannot_be_used_is_named(variable: str, value: Any) -> None:
    item = Item({variable: value}, "a")
    item.text("title")
    item.names("author")
    assert [name for name, _ in item.problems] == [variable]


def test_a_number_without_end_is_no_text() -> None:
    assert Item({"volume": 10**6000}, "a").present == set()


def test_one_bad_name_does_not_take_the_others_with_it() -> None:
    item = Item({"author": [{"family": "Doe"}, {"family": ["x"]}, "WHO"]}, "a")
    assert [name.family or name.literal for name in item.names("author")] == ["Doe", "WHO"]
    assert len(item.problems) == 1


def test_variables_in_the_note() -> None:
    note = "original-date: 1962\nreviewed-author: Hall || W.C.\npublisher: not this\nand a remark"
    item = Item({"note": note, "publisher": "this"}, "a")
    assert item.date("original-date") == Date((1962, 0, 0))
    assert [(name.family, name.given) for name in item.names("reviewed-author")] == [("Hall", "W.C.")]
    assert item.text("publisher") == "this"
    assert item.text("note") == "and a remark"


def test_braced_variables_in_the_note() -> None:
    item = Item({"note": "{:original-date: 1964}"}, "a")
    assert item.date("original-date") == Date((1964, 0, 0))


def test_a_note_that_is_prose_stays_prose() -> None:
    note = "ArticleType: research-article / Full publication date: Mar., 2000"
    assert markup.strip(Item({"note": note}, "a").text("note")) == note


def test_very_long_text_is_cut_and_said_so() -> None:
    item = Item({"title": "x" * 1_000_000}, "a")
    assert len(item.text("title")) < 1_000_000
    assert "longer" in item.problems[0][1]
