from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]
Fixed = Callable[[str, str, str], str]


def test_an_unknown_command_is_said_once(lint: Lint) -> None:
    source = "@article{a, journal = {\\apj}}\n@article{b, journal = {\\apj}, title = {\\apj and \\TeX}}"
    (problem,) = lint(source, "latex-command")
    assert problem.key == "a"
    assert "\\apj (3 uses)" in problem.message


@pytest.mark.parametrize(
    "text",
    [r"Sj{\"o}berg \emph{et} \TeX", r"$\alpha \mycommand$ decay", r"caf\'{e} \& \textsuperscript{2}", "C: drive"],
)
def test_known_commands_and_math_are_left_alone(lint: Lint, text: str) -> None:
    assert lint(f"title = {{{text}}}", "latex-command") == []
    assert lint(f"title = {{{text}}}", "latex-special") == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("John Wiley & Sons", r"John Wiley \& Sons"),
        (r"5 \% of 10 % and #1", r"5 \% of 10 \% and \#1"),
        ("snake_case", r"snake\_case"),
    ],
)
def test_bare_characters(fixed: Fixed, text: str, after: str) -> None:
    assert fixed(f"publisher = {{{text}}}", "latex-special", "publisher") == f"{{{after}}}"


@pytest.mark.parametrize(
    "fields",
    [
        "url = {https://a.org/x_y?a=1&b=2#c}",
        r"note = {see \url{https://a.org/x_y}}",
        "note = {https://a.org/x_y}",
        "title = {The $x_1$ and 5 % of it}",
        "abstract = {a & b}",
        "author = {Smith & Sons}",
    ],
)
def test_places_with_their_own_rules(lint: Lint, fields: str) -> None:
    assert lint(fields, "latex-special") == []
