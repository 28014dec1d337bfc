"""How the tests of the checks get problems from text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.lint.check import Context
from ppreflist.lint.registry import CHECKS, check_named, run
from ppreflist.model.problem import Problem

TODAY = date(2026, 11, 22)

Lint = Callable[..., list[Problem]]


def problems_in(file: BibFile, check: str = "") -> list[Problem]:
    """The problems of one check, or of all."""
    checks = [check_named(check)] if check else CHECKS
    return run(Context(library(file), TODAY, file.text), checks)


@pytest.fixture(scope="session")
def lint() -> Lint:
    """``lint(source, check="")``: the problems in a .bib text; a text without ``@`` is the fields of an article."""

    def find(source: str, check: str = "") -> list[Problem]:
        if "@" not in source:
            source = f"@article{{key,\n  {source}\n}}\n"
        return problems_in(BibFile.parse(source, "test.bib"), check)

    return find


@pytest.fixture(scope="session")
def fixed(lint: Lint) -> Callable[[str, str, str], str]:
    """``fixed(fields, check, name)``: the raw value of a field after the fix of the one problem."""
    from ppreflist.bibtex.apply import apply

    def fix(fields: str, check: str, name: str) -> str:
        file = BibFile.parse(f"@article{{key,\n  {fields}\n}}\n", "test.bib")
        (problem,) = problems_in(file, check)
        assert problem.fix is not None, problem.message
        after = apply(file, problem.fix.edits).new
        assert not problems_in(after, check)
        field = after.by_key["key"].field(name)
        assert field is not None, after.text
        return after.text[field.value_start : field.value_end]

    return fix
