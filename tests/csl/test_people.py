"""Names of data: particles, suffixes, institutions, scripts."""

from __future__ import annotations

from typing import Any

import pytest

from ppreflist.csl.people import read_name


def _parts(value: Any) -> tuple[str, str, str, str, str]:
    name = read_name(value)
    assert name is not None
    return name.dropping, name.non_dropping, name.family, name.given, name.suffix


@pytest.mark.parametrize(
    ("family", "given", "parts"),
    [
        ("Doe", "Jane", ("", "", "Doe", "Jane", "")),
        ("van der Berg", "Jan", ("", "van der", "Berg", "Jan", "")),
        ("d'Aubignac", "François", ("", "d’", "Aubignac", "François", "")),
        ("al-Hakim", "Tawfiq", ("", "al-", "Hakim", "Tawfiq", "")),
        ("in 't Veld", "Sophie", ("", "in ’t", "Veld", "Sophie", "")),
        ("de' Frinkle", "Bevis", ("", "de’ ", "Frinkle", "Bevis", "")),
        ("La Fontaine", "Jean de", ("de", "", "La Fontaine", "Jean", "")),
        ("Smith", "George von und zum", ("von und zum", "", "Smith", "George", "")),
        ("Van Four", "Fourname", ("", "", "Van Four", "Fourname", "")),
        ('"Van Dyke"', "Dick", ("", "", "Van Dyke", "Dick", "")),
        ("hooks", "bell", ("", "", "hooks", "bell", "")),
        ("King", "Martin Luther, Jr.", ("", "", "King", "Martin Luther", "Jr.")),
    ],
)
def test_what_data_do_not_separate_is_separated(family: str, given: str, parts: tuple[str, ...]) -> None:
    assert _parts({"family": family, "given": given}) == parts


def test_parts_that_data_separate_are_left_alone() -> None:
    value = {"family": "Berg", "given": "Jan van", "non-dropping-particle": "van der", "static-particles": True}
    assert _parts(value) == ("", "van der", "Berg", "Jan van", "")


@pytest.mark.parametrize("value", [{"literal": "WHO"}, "WHO", {"family": "WHO", "isInstitution": 1}, {"name": "WHO"}])
def test_literal_names(value: Any) -> None:
    name = read_name(value)
    assert name is not None
    assert (name.literal, name.family) == ("WHO", "")


@pytest.mark.parametrize(("family", "first"), [("毛", True), ("김", True), ("Mao", False), ("Толстой", False)])
def test_scripts_that_put_the_family_first(family: str, first: bool) -> None:
    name = read_name({"family": family, "given": "泽东"})
    assert name is not None
    assert name.family_first is first


@pytest.mark.parametrize("value", [None, {}, 5, [], {"family": None}, {"family": ["x"]}, {"literal": ""}])
def test_what_is_no_name_is_none(value: Any) -> None:
    assert read_name(value) is None
