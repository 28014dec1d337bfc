"""What is written in each format and read again is the same, or ``loss`` says that it is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ppreflist.formats import endnote, jsonlist, nbib, ris, yamllist
from ppreflist.formats.cslclean import clean_item
from ppreflist.formats.imported import Reading
from ppreflist.formats.loss import lost

Write = Callable[[list[Mapping[str, Any]]], str]
FORMATS: dict[str, tuple[Write, Callable[[str], Reading]]] = {
    "csl-json": (json.dumps, jsonlist.read),
    "csl-yaml": (yamllist.records, yamllist.read),
    "ris": (ris.records, ris.read),
    "nbib": (nbib.records, nbib.read),
    "endnote": (endnote.records, endnote.read),
}

words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)
punctuated = st.sampled_from(
    ["", ":", ",", "?", " -", " &", " <", " >", "'s", "*", "_", "[x]", "{y}", '"', "\\", "%", " @a{", "#"]
)
texts = st.lists(st.tuples(words, punctuated).map("".join), min_size=1, max_size=6).map(" ".join)
hostile = st.text(st.characters(codec="utf-8"), max_size=40)
numbers = st.integers(1, 9999).map(str)
names = st.one_of(
    st.fixed_dictionaries(
        {"family": st.sampled_from(["Borg", "Sjöberg", "Gonzalez Deniselle", "Rae-Grant", "李"]),
         "given": st.sampled_from(["Kristian", "A. D.", "Jean-Paul", "N. E."])},
        optional={"suffix": st.sampled_from(["Jr", "III"]), "non-dropping-particle": st.just("van der")},
    ),
    st.sampled_from([{"literal": "World Health Organization"}, {"literal": "Dept. of Health, Education, and Welfare"}]),
)  # fmt: skip
dates = st.one_of(
    st.tuples(st.integers(1500, 2100)),
    st.tuples(st.integers(1500, 2100), st.integers(1, 12)),
    st.tuples(st.integers(1500, 2100), st.integers(1, 12), st.integers(1, 28)),
).map(lambda parts: {"date-parts": [list(parts)]})
pages = st.one_of(
    numbers, st.tuples(st.integers(100, 199), st.integers(200, 999)).map(lambda each: f"{each[0]}–{each[1]}")
)
articles = st.fixed_dictionaries(
    {
        "id": st.from_regex(r"[a-z]{3,10}[0-9]{0,4}", fullmatch=True),
        "type": st.just("article-journal"),
        "title": texts,
        "container-title": texts,
    },
    optional={
        "author": st.lists(names, min_size=1, max_size=4),
        "issued": dates,
        "volume": numbers,
        "issue": numbers,
        "page": pages,
        "DOI": st.just("10.1212/WNL.0b013e31824de293"),
        "ISSN": st.just("0028-3878"),
        "PMID": st.integers(10_000, 99_999_999).map(str),
        "PMCID": st.just("PMC38908"),
        "keyword": st.lists(words, min_size=1, max_size=3, unique=True).map(", ".join),
        "abstract": texts,
        "note": texts,
        "language": st.sampled_from(["de", "fr", "sv"]),
    },
)
CANNOT = {"nbib": {"the citation key"}}
"""What an article loses in a format whatever is in it."""


@pytest.mark.parametrize("form", FORMATS)
@hypothesis_settings(max_examples=25)
@given(item=articles)
def test_an_article_keeps_everything(form: str, item: dict[str, Any]) -> None:
    write, read = FORMATS[form]
    assert set(lost([item], write, read)) <= CANNOT.get(form, set())


@pytest.mark.parametrize("form", FORMATS)
@hypothesis_settings(max_examples=25)
@given(
    items=st.lists(articles, max_size=4),
    text=hostile,
    variable=st.sampled_from(["title", "abstract", "volume", "note"]),
)
def test_no_text_ends_a_record_or_begins_another(
    form: str, items: list[dict[str, Any]], text: str, variable: str
) -> None:
    write, read = FORMATS[form]
    hurt = {"id": "hurt", "type": "book", "title": "A book", variable: f"x{text}x"}
    reading = read(write([*items, hurt]))
    assert len(reading.records) == len(items) + 1
    assert not reading.unread


@pytest.mark.parametrize("form", FORMATS)
@hypothesis_settings(max_examples=25)
@given(item=articles, text=hostile)
def test_what_is_lost_is_said(form: str, item: dict[str, Any], text: str) -> None:
    """A second writing of what was read loses nothing more: reading and writing agree about what is there."""
    write, read = FORMATS[form]
    item = {**item, "title": f"t{text}", "publisher": text, "director": [{"family": "Lang", "given": "F."}]}
    (first,) = read(write([item])).records
    again = {**first.item, "id": first.key or "k"}
    assert not set(lost([again], write, read)) - CANNOT.get(form, set()) - {"the entry type"}


@hypothesis_settings(max_examples=50)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | hostile,
        lambda inner: st.lists(inner) | st.dictionaries(hostile, inner),
        max_leaves=20,
    )
)
def test_any_json_is_read_without_a_stumble(value: Any) -> None:
    reading = jsonlist.read(
        json.dumps([value, {"type": "book", "title": "x", "author": value, "issued": value, "volume": value}])
    )
    assert reading.records[-1].item["title"] == "x"


@pytest.mark.parametrize("form", FORMATS)
@hypothesis_settings(max_examples=40)
@given(data=st.data())
def test_a_file_with_a_hole_costs_records_not_the_run(form: str, data: Any) -> None:
    """A file with some characters taken out or put in anywhere still yields a reading, never an exception."""
    write, read = FORMATS[form]
    text = write([{"id": f"a{n}", "type": "article-journal", "title": f"Title {n}", "volume": "3"} for n in range(4)])
    start, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 30))
    reading = read(text[:start] + data.draw(hostile) + text[start + length :])
    assert len(reading.records) <= 6


def test_cleaning_keeps_a_clean_item() -> None:
    item = {"type": "book", "title": 'On <i>E. coli</i> and <span class="nocase">DNA</span>', "abstract": "a" * 9000}
    assert clean_item(clean_item(item, whole=True), whole=True) == clean_item(item, whole=True) == item
