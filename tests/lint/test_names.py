from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]
Fixed = Callable[[str, str, str], str]

CHECKS = ("et-al", "name-comma", "name-separator", "name-list", "name-braces", "name-digits")


@pytest.mark.parametrize(
    "value",
    [
        "Patwa, H. S. and Chaudhry, V. and others",
        r"Sj{\"o}berg, Ingrid and M{\"u}ller, Jr., K.",
        "{World Health Organization} and {Simon and Schuster}",
        "{Barnes & Noble} and {3M Company} and {ISO/TC 37}",
        "van der Berg, Jan and de la Cruz, Jr, Mar{\\'i}a",
        "Garc{\\'i}a M{\\'a}rquez, Gabriel Jos{\\'e} and Núñez Seixas, Xosé Manoel",
        "King, Jr, Martin Luther and Gates, III, William H.",
        "family=Smith, given=John, given-i=J and Doe, Jane",
        "Alexander the Great and Smith 2nd, John",
        "Donald E. Knuth",
        "Sandoval, Al and Etal, John",
        "Rosencrantz, R. AND Guildenstern, G.",
        "xdata=people-author-1",
    ],
)
@pytest.mark.parametrize("check", CHECKS)
def test_good_names_are_left_alone(lint: Lint, value: str, check: str) -> None:
    assert lint(f"author = {{{value}}}", check) == []


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("Patwa, H. S. et al.", "Patwa, H. S. and others"),
        ("Patwa, H. S. and et al", "Patwa, H. S. and others"),
        ("Patwa, H. S., et al.", "Patwa, H. S. and others"),
        ("Patwa, H. S. and Chaudhry, V. and {et al.}", "Patwa, H. S. and Chaudhry, V. and others"),
        (r"Patwa, H. S. \emph{et al.}", "Patwa, H. S. and others"),
        ("{M. O. Ball et al.}", "M. O. Ball and others"),
        ("Patwa, H. S. et~al.", "Patwa, H. S. and others"),
        ("Patwa, H. S. and Others", "Patwa, H. S. and others"),
    ],
)
def test_et_al(fixed: Fixed, value: str, after: str) -> None:
    assert fixed(f"author = {{{value}}}", "et-al", "author") == f"{{{after}}}"


def test_et_al_alone_has_no_fix(lint: Lint) -> None:
    (problem,) = lint("author = {et al.}", "et-al")
    assert problem.fix is None


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("Farbu, E., and Rekand, T.", "Farbu, E. and Rekand, T."),
        ("Farbu, E. and Rekand, T.,", "Farbu, E. and Rekand, T."),
        ("{Smith, Sons}, and Rekand, T.", "{Smith, Sons} and Rekand, T."),
    ],
)
def test_a_comma_behind_a_name(fixed: Fixed, value: str, after: str) -> None:
    assert fixed(f"author = {{{value}}}", "name-comma", "author") == f"{{{after}}}"


@pytest.mark.parametrize(
    "value", ["Farbu, E. and ", " and Farbu, E.", "Farbu, E. and and Rekand, T.", ", Farbu and Rekand, T."]
)
def test_a_name_is_missing(lint: Lint, value: str) -> None:
    (problem,) = lint(f"author = {{{value}}}", "name-comma")
    assert "missing" in problem.message
    assert problem.fix is None


def test_semicolons(fixed: Fixed, lint: Lint) -> None:
    assert fixed("author = {Farbu, E.; Rekand, T.;}", "name-separator", "author") == "{Farbu, E. and Rekand, T.}"
    (problem,) = lint("author = {Farbu, E., Borg; Rekand, T., Jr, X and Doe}", "name-separator")
    assert problem.fix is None


def test_ampersands(lint: Lint) -> None:
    (problem,) = lint(r"author = {Farbu, E. \& Rekand, T.}", "name-separator")
    assert "`and`" in problem.message
    assert problem.fix is None


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("Farbu E, Rekand T, Vik-Mo E", "Farbu, E. and Rekand, T. and Vik-Mo, E."),
        ("Farbu E, de Groot KL", "Farbu, E. and de Groot, K. L."),
        ("M. Halle, J. Bresnan, and G. Miller", "M. Halle and J. Bresnan and G. Miller"),
        (
            "Ryszard Michalski, Jaime G. Carbonell, and Tom M. Mitchell",
            "Ryszard Michalski and Jaime G. Carbonell and Tom M. Mitchell",
        ),
        ("Jane Doe, John Roe, Ann Poe, Tom Moe", "Jane Doe and John Roe and Ann Poe and Tom Moe"),
    ],
)
def test_commas_for_and(fixed: Fixed, value: str, after: str) -> None:
    assert fixed(f"author = {{{value}}}", "name-list", "author") == f"{{{after}}}"


def test_commas_that_could_be_read_in_two_ways_have_no_fix(lint: Lint) -> None:
    (problem,) = lint("author = {Miller, D., Firby, J.}", "name-list")
    assert problem.fix is None


def test_a_list_of_people_in_braces(fixed: Fixed, lint: Lint) -> None:
    assert fixed("author = {{Farbu, E. and Rekand, T.}}", "name-braces", "author") == "{Farbu, E. and Rekand, T.}"
    assert fixed("author = {{E. Farbu and T. Rekand}}", "name-braces", "author") == "{E. Farbu and T. Rekand}"
    (problem,) = lint("author = {{Farbu, E. and Rekand, T.} and Borg, K.}", "name-braces")
    assert problem.fix is None


def test_numbers_in_names(lint: Lint) -> None:
    (problem,) = lint('author = {Hoffmann, J. and J{\\"o}rg Doe 0001}', "name-digits")
    assert "0001" in problem.message
