from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import ppreflist.bibtex
from ppreflist.errors import PpreflistError
from ppreflist.lint.check import Check
from ppreflist.lint.registry import CHECKS, check_named
from ppreflist.model.entrytype import TYPE_ALIASES, TYPES
from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]

GOOD = Path(__file__).parent / "good.bib"

IN_WORDS = {
    "duplicate-key", "encoding", "commented-out", "merge-conflict", "hidden-entry", "syntax", "second-opinion",
    "stray-text", "same-identifier", "same-title", "journal-issn", "journal-spelling", "missing-entry",
    "crossref-loop", "key-year", "volume-year", "undefined-macro", "empty-field",
}  # fmt: skip
"""Checks whose examples need more than one entry or a whole file; their own tests show them at work."""


def test_good_entries_of_every_type_are_left_alone(lint: Lint) -> None:
    source = GOOD.read_text(encoding="utf-8")
    used = {kind.lower() for kind in re.findall(r"^@(\w+)\{", source, re.MULTILINE)}
    assert set(TYPES) <= used | {f"custom{letter}" for letter in "bcdef"}
    assert {"phdthesis", "mastersthesis", "techreport", "www", "conference"} <= used & set(TYPE_ALIASES)
    assert lint(source) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_is_explained(check: Check) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.name)
    assert len(check.name) <= 20
    assert check.summary.endswith(".")
    assert len(check.summary) <= 90
    assert check.why.endswith((".", "then."))
    assert check.before != check.after


def test_names_are_unique() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(
    "check", [check for check in CHECKS if check.name not in IN_WORDS], ids=lambda check: check.name
)
def test_examples_are_true(lint: Lint, check: Check) -> None:
    """What an explanation shows as wrong is found, and what it shows as right is not."""
    assert lint(_entry(check.before), check.name), check.before
    assert not lint(_entry(check.after), check.name), check.after


def _entry(example: str) -> str:
    example = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), example)
    return example.replace("...", "x") if example.startswith("@") else f"@article{{key, {example}}}"


def test_an_unknown_name_names_the_nearest() -> None:
    with pytest.raises(PpreflistError, match="no check 'volum-year'") as caught:
        check_named("volum-year")
    assert "volume-year" in caught.value.hint


def test_every_problem_of_reading_is_explained() -> None:
    """The names of problems that the reading room reports, as they stand in its source, are all in the registry."""
    names: set[str] = set()
    for path in Path(ppreflist.bibtex.__file__).parent.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        names.update(re.findall(r'(?:Flaw\([^"]*?|Problem\()"([a-z]+(?:-[a-z]+)*)"', source))
    assert {"syntax", "duplicate-key", "undefined-macro", "second-opinion"} <= names
    assert names <= {check.name for check in CHECKS}


def test_problems_are_in_file_order(lint: Lint) -> None:
    source = "@article{b, pages = {5--4}, year = {6}}\n@article{a, year = {7}, pages = {9--8}}\n"
    places = [(problem.line, problem.column) for problem in lint(source)]
    assert places == sorted(places)
    assert len(places) > 4
