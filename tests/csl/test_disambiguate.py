"""Disambiguation: methods in their order, and work that grows with the number of items."""

from __future__ import annotations

import pytest
from tests.csl.building import cites, load, names, year

from ppreflist.csl.context import Disambiguation, Recorded
from ppreflist.csl.disambiguate import Disambiguator, letters
from ppreflist.csl.items import Item

_AUTHOR_DATE = (
    '<names variable="author"><name form="short" initialize-with=". " delimiter=", "/></names>'
    '<date variable="issued" prefix=" "><date-part name="year"/></date>'
)


def _cites(attributes: str, *people: list[dict[str, str]], layout: str = _AUTHOR_DATE) -> str:
    items = [{"author": each, "issued": year(2000), "title": f"T{index}"} for index, each in enumerate(people)]
    return cites(layout, items, citation_attributes=attributes, layout='delimiter="; "')


@pytest.mark.parametrize(("number", "text"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (703, "aaa")])
def test_letters(number: int, text: str) -> None:
    assert letters(number) == text


def test_names_are_expanded_no_further_than_needed() -> None:
    attributes = 'disambiguate-add-givenname="true"'
    assert _cites(attributes, names("Doe, Jane"), names("Doe, Bob")) == "J. Doe 2000; B. Doe 2000"
    assert _cites(attributes, names("Doe, Jane"), names("Doe, John")) == "Jane Doe 2000; John Doe 2000"
    assert _cites(attributes, names("Doe, Jane"), names("Roe, John")) == "Doe 2000; Roe 2000"


def test_names_are_added_until_cites_differ() -> None:
    attributes = 'disambiguate-add-names="true" et-al-min="3" et-al-use-first="1"'
    first, second = names("Doe, J", "Roe, K", "Poe, L", "Low, M"), names("Doe, J", "Bow, K", "Poe, L", "Low, M")
    assert _cites(attributes, first, second) == "Doe, Roe, et al. 2000; Doe, Bow, et al. 2000"


def test_names_that_do_not_help_are_not_added() -> None:
    attributes = 'disambiguate-add-names="true" disambiguate-add-year-suffix="true" et-al-min="3" et-al-use-first="1"'
    people = names("Doe, J", "Roe, K", "Poe, L")
    assert _cites(attributes, people, people) == "Doe et al. 2000a; Doe et al. 2000b"


def test_global_rules_reach_unambiguous_cites() -> None:
    attributes = 'disambiguate-add-givenname="true" givenname-disambiguation-rule="all-names"'
    assert _cites(attributes, names("Doe, Jane"), names("Doe, Bob", "Roe, K")) == "J. Doe 2000; B. Doe, Roe 2000"


_WITH_CONDITION = _AUTHOR_DATE + '<choose><if disambiguate="true"><text variable="title" prefix=" "/></if></choose>'


def test_the_condition_tells_cites_apart() -> None:
    people = names("Doe, Jane")
    assert _cites("", people, people, layout=_WITH_CONDITION) == "Doe 2000 T0; Doe 2000 T1"
    assert _cites("", people, names("Roe, K"), layout=_WITH_CONDITION) == "Doe 2000; Roe 2000"


def test_a_style_that_has_suffixes_uses_them() -> None:
    people = names("Doe, Jane")
    attributes = 'disambiguate-add-year-suffix="true"'
    assert _cites(attributes, people, people, layout=_WITH_CONDITION) == "Doe 2000a; Doe 2000b"


def _renders(count: int) -> int:
    """How many cites are rendered to tell ``count`` items apart, half of them alike in groups of five."""
    items = [
        Item({"author": names(*(f"Name{index // 5}-{n}, Given" for n in range(6))), "title": str(index)}, str(index))
        for index in range(count)
    ]
    rendered = 0

    def render(item: Item, state: Disambiguation, recorded: list[Recorded] | None) -> str:
        nonlocal rendered
        rendered += 1
        shown = max(1, state.shown.get("author", 1))
        return " ".join(name.family for name in item.names("author")[:shown])

    style = load(citation_attributes='disambiguate-add-names="true" disambiguate-add-year-suffix="true"')
    _, groups = Disambiguator(style.citation, render, conditions=0).run(items)
    assert sum(len(group) for group in groups) == count
    return rendered


def test_work_grows_with_the_number_of_items() -> None:
    assert _renders(2000) == 10 * _renders(200)
