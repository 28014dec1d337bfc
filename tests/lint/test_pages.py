from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]
Fixed = Callable[[str, str, str], str]


@pytest.mark.parametrize(
    "value",
    ["493--500", "614--7", "1009--15", "493–500", "xii--xv", "S1--S10", "e1--e12", "12", "041002-1", "A-12", "7+",
     "12--15, 20--25", "12:1--12:10", "1--2--3", "e0200001", "III-12", "LL16-04", "493ff.", "1-1--1-22"],
)  # fmt: skip
@pytest.mark.parametrize("check", ["pages-reversed", "pages-dash", "pages-word"])
def test_good_pages_are_left_alone(lint: Lint, value: str, check: str) -> None:
    assert lint(f"pages = {{{value}}}", check) == []


@pytest.mark.parametrize("value", ["505--504", "425-234", "1--5, 120--119"])
def test_pages_that_end_before_they_begin(lint: Lint, value: str) -> None:
    (problem,) = lint(f"pages = {{{value}}}", "pages-reversed")
    assert "end before they begin" in problem.message
    assert problem.fix is None


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("493-500", "493--500"),
        ("493 - 500", "493--500"),
        ("493---500", "493--500"),
        ("493—500", "493--500"),
        ("12-15, 20-25", "12--15, 20--25"),
        ("S1-S10", "S1--S10"),
        ("614-7", "614--7"),
    ],
)
def test_dashes(fixed: Fixed, value: str, after: str) -> None:
    assert fixed(f"pages = {{{value}}}", "pages-dash", "pages") == f"{{{after}}}"


@pytest.mark.parametrize(
    ("value", "after"), [("pp. 493--500", "493--500"), ("p.~12", "12"), ("pages 12--15", "12--15"), ("S. 12", "12")]
)
def test_words(fixed: Fixed, value: str, after: str) -> None:
    assert fixed(f"pages = {{{value}}}", "pages-word", "pages") == f"{{{after}}}"
