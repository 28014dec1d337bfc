from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.model.problem import Problem, Severity

Lint = Callable[..., list[Problem]]
Fixed = Callable[[str, str, str], str]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("auhtor", "author"), ("publsher", "publisher"), ("adress", "address"), ("authors", "author"), ("yeer", "year"),
     ("bootitle", "booktitle"), ("tittle", "title"), ("jornal", "journal"), ("vollume", "volume")],
)  # fmt: skip
def test_a_slip_in_a_field_name(fixed: Fixed, written: str, meant: str) -> None:
    assert fixed(f"{written} = {{x}}", "field-name", meant) == "{x}"


@pytest.mark.parametrize(
    "name",
    ["notes", "fjournal", "mrnumber", "x-nolint", "abstract", "journal", "readstatus", "optauthor", "xauthor", "pmid",
     "mendeley-tags", "bdsk-url-1", "keyword", "yr", "abc"],
)  # fmt: skip
def test_other_names_are_left_alone(lint: Lint, name: str) -> None:
    assert lint(f"{name} = {{x}}", "field-name") == []


def test_a_name_that_is_used_everywhere_is_somebody_s_own(lint: Lint) -> None:
    source = "".join(f"@book{{k{number}, titel = {{x}}}}\n" for number in range(5))
    assert lint(source, "field-name") == []


def test_no_fix_when_the_right_field_is_there_too(lint: Lint) -> None:
    (problem,) = lint("auhtor = {x}, author = {y}", "field-name")
    assert problem.fix is None
    (problem,) = lint("jornal = {x}, journaltitle = {y}", "field-name")
    assert problem.fix is None


def test_a_slip_in_an_entry_type(lint: Lint) -> None:
    (problem,) = lint("@artcile{k, title = {T}}", "entry-type")
    assert problem.severity is Severity.WARNING
    assert problem.fix is not None
    assert "@article" in problem.message


@pytest.mark.parametrize("name", ["article", "Conference", "www", "customa", "software", "web_page", "newspaper"])
def test_types_in_use_are_left_alone(lint: Lint, name: str) -> None:
    assert lint(f"@{name}{{k, title = {{T}}}}", "entry-type") == []


def test_any_other_type_is_a_remark(lint: Lint) -> None:
    (problem,) = lint("@hieroglyph{k, title = {T}}", "entry-type")
    assert problem.severity is Severity.INFO
    assert problem.fix is None


def test_thousands_of_unknown_names_cost_little_each(lint: Lint) -> None:
    fields = ", ".join(f"{'abcdefghij'[n % 10]}{n:x}zzzz{'q' * (n % 300)} = {{x}}" for n in range(3000))
    assert lint(fields, "field-name") == []
