"""Lists of names: et al., and, order of parts, initials (specification, "Name")."""

from __future__ import annotations

from typing import Any

import pytest
from tests.csl.building import cite, names

from ppreflist.csl.namelist import initials

_THREE = names("Doe, Jane", "Roe, Richard", "Poe, Edgar")


def _authors(attributes: str, people: list[dict[str, Any]], children: str = "", **parts: str) -> str:
    return cite(f'<names variable="author"><name {attributes}>{children}</name></names>', {"author": people}, **parts)


@pytest.mark.parametrize(
    ("given", "mark", "expected"),
    [
        ("Jean-Luc", ". ", "J.-L."),
        ("John Ronald Reuel", ". ", "J. R. R."),
        ("John Ronald Reuel", "", "JRR"),
        ("J.-D.", ".", "J.-D."),
        ("Guo-ping", ". ", "G."),
        ("Marie de la Cruz", ". ", "M. de la C."),
        ("Ph. M.E.", ".", "Ph.M.E."),
        ("ME", ".", "M."),
        ("TSerendorjiin", ".", "Ts."),
        ("Юрий", ". ", "Ю."),
        ("李", ". ", "李"),
        ("", ". ", ""),
    ],
)
def test_initials(given: str, mark: str, expected: str) -> None:
    assert initials(given, mark, hyphen=True) == expected


def test_initials_without_hyphen() -> None:
    assert initials("Jean-Luc", ". ", hyphen=False) == "J. L."


def test_initialize_false_completes_the_initials_that_are_there() -> None:
    assert _authors('initialize-with="." initialize="false"', names("Kirk, James T")) == "James T. Kirk"


@pytest.mark.parametrize(
    ("attributes", "rendered"),
    [
        ("", "Jane Doe, Richard Roe, Edgar Poe"),
        ('and="text"', "Jane Doe, Richard Roe, and Edgar Poe"),
        ('and="symbol" delimiter-precedes-last="never"', "Jane Doe, Richard Roe &#38; Edgar Poe"),
        ('form="short" delimiter="/"', "Doe/Roe/Poe"),
        ('et-al-min="3" et-al-use-first="1"', "Jane Doe et al."),
        ('et-al-min="3" et-al-use-first="2"', "Jane Doe, Richard Roe, et al."),
        ('et-al-min="3" et-al-use-first="1" delimiter-precedes-et-al="always"', "Jane Doe, et al."),
        ('et-al-min="3" et-al-use-first="1" et-al-use-last="true"', "Jane Doe, … Edgar Poe"),
        ('et-al-min="4" et-al-use-first="1"', "Jane Doe, Richard Roe, Edgar Poe"),
        ('name-as-sort-order="first" initialize-with=". "', "Doe, J., R. Roe, E. Poe"),
        ('name-as-sort-order="all" sort-separator=" " initialize-with=""', "Doe J, Roe R, Poe E"),
        ('form="count"', "3"),
    ],
)
def test_lists(attributes: str, rendered: str) -> None:
    assert _authors(attributes, _THREE) == rendered


@pytest.mark.parametrize(
    ("demote", "rendered"),
    [
        ("never", "van Gogh, Vincent"),
        ("sort-only", "van Gogh, Vincent"),
        ("display-and-sort", "Gogh, Vincent van"),
    ],
)
def test_non_dropping_particles(demote: str, rendered: str) -> None:
    style = f'demote-non-dropping-particle="{demote}"'
    assert _authors('name-as-sort-order="all"', names("van Gogh, Vincent"), style=style) == rendered


def test_suffixes() -> None:
    king = [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]
    assert _authors("", king) == "Martin Luther King Jr."
    assert _authors('name-as-sort-order="all"', king) == "King, Martin Luther, Jr."
    assert _authors('initialize-with="" name-as-sort-order="all"', king) == "King, ML, Jr"


def test_name_parts_are_formatted_apart() -> None:
    parts = '<name-part name="family" text-case="uppercase"/><name-part name="given" font-style="italic"/>'
    assert _authors("", names("van Gogh, Vincent"), parts) == "<i>Vincent</i> VAN GOGH"


def test_east_asian_names_put_the_family_first() -> None:
    assert _authors('name-as-sort-order="all"', names("毛, 泽东")) == "毛泽东"


def test_institutions_have_no_given_name() -> None:
    assert (
        _authors('name-as-sort-order="all"', [{"literal": "World Health Organization"}]) == "World Health Organization"
    )


@pytest.mark.parametrize(
    ("attributes", "rendered"),
    [
        ("", "Jane Doe, Richard Roe, et al."),
        ('et-al-min="2" et-al-use-first="1"', "Jane Doe et al."),
        ('et-al-min="2" et-al-use-first="1" et-al-use-last="true"', "Jane Doe et al."),
    ],
)
def test_a_last_name_others_is_always_et_al(attributes: str, rendered: str) -> None:
    people = [*_THREE[:2], {"literal": "others"}]
    assert _authors(attributes, people) == rendered


def test_an_author_who_is_called_others_is_a_name() -> None:
    assert _authors("", [{"literal": "others"}]) == "others"
    assert _authors("", [{"family": "Others", "given": "A."}, *_THREE[:1]]) == "A. Others, Jane Doe"
