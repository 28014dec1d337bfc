from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]

ODD = "@article{odd, title = {T}, journal = {J}, year = 2060, pages = {505--504}, author = {A, B}"


def names(problems: list[Problem]) -> set[str]:
    return {problem.check for problem in problems}


def test_nothing_is_silenced_by_itself(lint: Lint) -> None:
    assert {"year-future", "pages-reversed"} <= names(lint(ODD + "}"))


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("year-future", {"pages-reversed"}),
        ("Year-Future (a novel)", {"pages-reversed"}),
        ("year-future (a novel, set in 2060), pages-reversed", set()),
        ("year-future; pages-reversed", set()),
        ("year-future (one), pages-reversed (two, and more)", set()),
        ("all", set()),
    ],
)
def test_by_entry(lint: Lint, value: str, left: set[str]) -> None:
    assert names(lint(f"{ODD}, x-nolint = {{{value}}}}}")) == left


def test_only_that_entry(lint: Lint) -> None:
    source = f"{ODD}, x-nolint = {{all}}}}\n" + ODD.replace("odd", "other").replace("{T}", "{U}") + "}"
    assert {problem.key for problem in lint(source)} == {"other"}


def test_by_library(lint: Lint) -> None:
    assert names(lint("@comment{ppreflist-nolint: year-future, pages-reversed}\n" + ODD + "}")) == set()
    assert names(lint("@Comment{ ppreflist-nolint: year-future }\n" + ODD + "}")) == {"pages-reversed"}


def test_a_name_that_is_no_check_is_said(lint: Lint) -> None:
    (problem,) = lint(ODD + ", x-nolint = {year-futrue}}", "nolint")
    assert problem.message == 'there is no check "year-futrue": is year-future meant?'
    (problem,) = lint(ODD + ", x-nolint = {it is all right}}", "nolint")
    assert problem.message == 'there is no check "it is all right"; put a reason in parentheses after a name'
