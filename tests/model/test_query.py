from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.errors import QueryError
from ppreflist.model.entry import Entry, Field
from ppreflist.model.query import entry_year, fold, parse_query, tags


def entry(key: str, type_: str = "article", **fields: str) -> Entry:
    return Entry(key, type_, {name: Field(name, text, text) for name, text in fields.items()})


BORG = entry(
    "borg2006",
    author="Sjöberg, Ingrid and Borg, Kristian",
    title="Post-polio health and IVIg",
    year="2006",
    keywords="ivig; class I, trial",
)
FARBU = entry("farbu2007", author="Farbu, E.", editor="Borg, K.", title="A pilot", date="2007-01-05", doi="10.1/x")
SITE = entry("site", "online", title="Health, post-polio")
ALL = [BORG, FARBU, SITE]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["borg2006", "farbu2007", "site"]),
        ("ivig", ["borg2006"]),
        ("IVIG health", ["borg2006"]),
        ("sjoberg", ["borg2006"]),
        ("SJÖBERG", ["borg2006"]),
        ("author:borg", ["borg2006", "farbu2007"]),
        ("editor:borg", ["farbu2007"]),
        ('"post-polio health"', ["borg2006"]),
        ("post-polio health", ["borg2006", "site"]),
        ('title:"health, post"', ["site"]),
        ("year:2006", ["borg2006"]),
        ("year:2006..2007", ["borg2006", "farbu2007"]),
        ("year:2007..", ["farbu2007"]),
        ("year:..2006", ["borg2006"]),
        ("-year:2006", ["farbu2007", "site"]),
        ("type:online", ["site"]),
        ("type:on", []),
        ("tag:trial", ["borg2006"]),
        ("tag:'class I'", []),
        ('tag:"class i"', ["borg2006"]),
        ("has:doi", ["farbu2007"]),
        ("-has:doi -has:year", ["site"]),
        ("key:2006", ["borg2006"]),
        ("polio -ivig", ["site"]),
    ],
)
def test_a_query_selects(query: str, found: list[str]) -> None:
    assert [each.key for each in parse_query(query).select(ALL)] == found


@pytest.mark.parametrize(("query", "says"), [('"post', '"post'), ("year:twenty", "twenty"), ("year:20a..", "20a")])
def test_what_cannot_be_understood_is_said(query: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query)
    assert says in str(caught.value)
    assert caught.value.hint


@given(st.text(max_size=200))
def test_any_text_is_a_query_or_an_error_with_a_hint(text: str) -> None:
    caught = None
    try:
        parse_query(text).select(ALL)
    except QueryError as error:
        caught = error
    assert caught is None or caught.hint


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_year_of_a_date_is_its_first_number() -> None:
    assert entry_year(FARBU) == 2007
    assert entry_year(entry("x", year="in press")) is None
    assert entry_year(entry("x", date="2012~")) == 2012


def test_tags_are_split_at_commas_and_semicolons() -> None:
    assert tags(BORG) == ["ivig", "class I", "trial"]


def test_years_that_go_backwards_are_an_error() -> None:
    with pytest.raises(QueryError) as caught:
        parse_query("year:2010..2006")
    assert caught.value.hint == "Write year:2006..2010."
