from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.model.entrytype import TYPES
from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]


@pytest.mark.parametrize(
    ("entry", "missing"),
    [
        ("@article{k, title = {T}, year = 2006}", ["journaltitle"]),
        ("@article{k, title = {T}, journal = {J}, year = 2006}", []),
        ("@article{k, title = {T}, journaltitle = {J}, date = {2006}}", []),
        ("@article{k, title = {T}, journaltitle = {J}, pubstate = {forthcoming}}", []),
        ("@article{k, title = {T}, eprint = {2101.00001}, year = 2021}", []),
        ("@article{k, journal = { }, year = 2006}", ["title", "journaltitle"]),
        ("@book{k, author = {A}}", ["title", "date"]),
        ("@inbook{k, title = {T}, chapter = 3, year = 2006}", []),
        ("@inproceedings{k, title = {T}, year = 2006}", ["booktitle"]),
        ("@conference{k, title = {T}, year = 2006}", ["booktitle"]),
        ("@online{k, title = {T}}", ["doi"]),
        ("@online{k, title = {T}, howpublished = {\\url{https://a.org}}}", []),
        ("@www{k, title = {T}, url = {https://a.org}}", []),
        ("@misc{k, howpublished = {Letter}}", []),
        ("@phdthesis{k, author = {A}, title = {T}, school = {S}, year = 2006}", []),
        ("@thesis{k, author = {A}, title = {T}, institution = {S}, date = {2006}}", []),
        ("@mastersthesis{k, title = {T}, school = {S}, year = 2006}", ["author"]),
        ("@techreport{k, title = {T}, year = 2006}", ["institution"]),
        ("@proceedings{k, booktitle = {T}, year = 2006}", []),
        ("@patent{k, title = {T}, year = 2006}", ["number"]),
        ("@set{k, entryset = {a,b}}", []),
        ("@unknowntype{k, author = {A}}", []),
        ("@article{k}", []),
    ],
)
def test_missing_fields(lint: Lint, entry: str, missing: list[str]) -> None:
    assert [problem.field for problem in lint(entry, "missing-field")] == missing


def test_what_a_parent_holds_is_not_missing(lint: Lint) -> None:
    parent = "@proceedings{p, booktitle = {Proceedings}, title = {Proceedings}, year = 2006}"
    assert lint(f"@inproceedings{{k, title = {{T}}, crossref = {{p}}}}\n{parent}", "missing-field") == []
    data = "@xdata{x, journal = {J}, date = {2006}}"
    assert lint(f"@article{{k, title = {{T}}, xdata = {{x}}}}\n{data}", "missing-field") == []


def test_what_a_missing_parent_may_hold_is_not_asked_for(lint: Lint) -> None:
    assert lint("@inproceedings{k, title = {T}, crossref = {elsewhere}}", "missing-field") == []


def test_a_parent_need_not_be_whole(lint: Lint) -> None:
    source = "@inproceedings{k, title = {T}, year = 2006, crossref = {p}}\n@proceedings{p, booktitle = {B}}"
    assert lint(source, "missing-field") == []


def test_authors_are_a_remark(lint: Lint) -> None:
    (problem,) = lint("@article{k, title = {T}, journal = {J}, year = 2006}", "missing-author")
    assert problem.severity == "info"
    assert lint("@book{k, editor = {E}, title = {T}, year = 2006}", "missing-author") == []
    assert lint("@proceedings{k, title = {T}, year = 2006}", "missing-author") == []


def test_every_type_with_required_fields_is_asked_for_them(lint: Lint) -> None:
    for name, kind in TYPES.items():
        problems = lint(f"@{name}{{k, abstract = {{x}}}}", "missing-field")
        asked = {group[0] for group in kind.required if group not in kind.omissible and group != ("type",)}
        assert {problem.field for problem in problems} == asked, name
