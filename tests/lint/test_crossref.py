from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]


@pytest.mark.parametrize("field", ["crossref", "xref", "xdata", "related", "entryset"])
def test_a_missing_entry(lint: Lint, field: str) -> None:
    (problem,) = lint(f"@book{{k, {field} = {{nowhere}}}}", "missing-entry")
    assert problem.message == f"{field} names nowhere, but no entry has this key"
    assert problem.field == field


def test_each_missing_key_is_said_once(lint: Lint) -> None:
    source = "".join(f"@inproceedings{{k{n}, crossref = {{aaai86}}}}\n" for n in range(7))
    (problem,) = lint(source, "missing-entry")
    assert problem.key == "k0"
    assert "7 entries need it" in problem.message


def test_the_nearest_key_is_named(lint: Lint) -> None:
    (problem,) = lint("@book{a, crossref = {farbu2007pots}}\n@book{farbu2007post}", "missing-entry")
    assert problem.message.endswith("is farbu2007post meant?")


def test_another_case_is_said(lint: Lint) -> None:
    (problem,) = lint("@book{a, crossref = {Whole}}\n@book{whole}", "missing-entry")
    assert "the entry's key is whole" in problem.message


def test_what_is_there_is_left_alone(lint: Lint) -> None:
    source = "@book{a, related = {b, c}, ids = {old}}\n@book{b, crossref = {old}}\n@book{c, xdata = { b }}"
    assert lint(source, "missing-entry") == []
    assert lint(source, "crossref-loop") == []


def test_loops(lint: Lint) -> None:
    (problem,) = lint("@book{a, crossref = {b}}\n@book{b, crossref = {c}}\n@book{c, crossref = {b}}", "crossref-loop")
    assert "b -> c -> b" in problem.message
    (problem,) = lint("@book{a, crossref = {a}}", "crossref-loop")
    assert "a -> a" in problem.message


def test_a_long_chain_is_no_loop(lint: Lint) -> None:
    source = "".join(f"@book{{k{n}, crossref = {{k{n + 1}}}}}\n" for n in range(3000)) + "@book{k3000}"
    assert lint(source, "crossref-loop") == []
