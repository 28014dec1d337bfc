from __future__ import annotations

from collections.abc import Callable

from ppreflist.model.problem import Problem, Severity

Lint = Callable[..., list[Problem]]


def two(first: str, second: str, kind: str = "article") -> str:
    return f"@article{{a, {first}}}\n@{kind}{{b, {second}}}"


def test_one_doi_in_two_entries(lint: Lint) -> None:
    (problem,) = lint(two("doi = {10.1000/X}, title = {T}", "doi = {10.1000/x}, title = {T}"), "same-identifier")
    assert problem.key == "b"
    assert problem.message == "a (line 1) is the same work, with the same DOI: keep one of the two"
    (problem,) = lint(two("doi = {10.1000/x}, title = {T}", "doi = {10.1000/x}, title = {U}"), "same-identifier")
    assert "another title" in problem.message


def test_entries_that_name_each_other(lint: Lint) -> None:
    source = two("doi = {10.1000/x}", "doi = {10.1000/x}, related = {a}")
    assert lint(source, "same-identifier") == []


def test_one_key_twice_is_another_check_s(lint: Lint) -> None:
    assert lint("@book{a, doi = {10.1000/x}}\n@book{a, doi = {10.1000/x}}", "same-identifier") == []


def test_one_title_and_year(lint: Lint) -> None:
    fields = "title = {Post-polio syndrome and {IVIg}: a study}, year = 2006"
    (problem,) = lint(two(fields, fields.replace("-", " ")), "same-title")
    assert problem.severity is Severity.WARNING
    (problem,) = lint(two(fields, fields, "misc"), "same-title")
    assert problem.severity is Severity.INFO
    assert lint(two(fields, fields, "techreport"), "same-title") == []
    assert lint(two(fields, fields.replace("2006", "2007")), "same-title") == []
