"""How problems are shown: for people, for programs, and for GitHub."""

from __future__ import annotations

import dataclasses
import re
import textwrap
from collections.abc import Iterable
from typing import Any

import click

from ppreflist.cli.output import clean
from ppreflist.lint.check import Check, plural
from ppreflist.model.edit import Edit
from ppreflist.model.problem import Problem, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_REMARKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}


def problem_line(problem: Problem, path: str) -> str:
    """``path:line:column: severity: key: message [check]``, as compilers write it, so that editors can jump there."""
    place = ":".join([path, *(str(part) for part in (problem.line, problem.column) if part)])
    severity = click.style(str(problem.severity), fg=_COLOURS[problem.severity], bold=True)
    key = f"{clean(problem.key)}: " if problem.key else ""
    check = click.style(f"[{problem.check}]", dim=True)
    return f"{clean(place)}: {severity}: {key}{clean(_one_line(problem.message))} {check}"


def problem_json(problem: Problem, path: str) -> dict[str, Any]:
    """One problem for programs; ``fix`` is null or holds a description and the edits in order."""
    fix = None
    if problem.fix is not None:
        fix = {"description": problem.fix.description, "edits": [edit_json(edit) for edit in problem.fix.edits]}
    return {
        "check": problem.check,
        "severity": str(problem.severity),
        "message": problem.message,
        "file": path,
        "line": problem.line,
        "column": problem.column,
        "key": problem.key,
        "field": problem.field,
        "fix": fix,
    }


def edit_json(edit: Edit) -> dict[str, Any]:
    """``{"edit": "set-field", "key": ..., ...}``."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(edit).__name__).lower()
    return {"edit": name, **dataclasses.asdict(edit)}


def github_line(problem: Problem, path: str) -> str:
    """A workflow command that makes GitHub show the problem beside the line.

    Source: GitHub Docs, 'Workflow commands for GitHub Actions', 'Setting a warning message'; what must be escaped is
    in actions/toolkit, packages/core/src/command.ts.
    """
    properties = {"file": path, "line": problem.line, "col": problem.column, "title": f"ppreflist: {problem.check}"}
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value)
    key = f"{problem.key}: " if problem.key else ""
    return f"::{_GITHUB[problem.severity]} {listed}::{_data(clean(key + problem.message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def counted(problems: Iterable[Problem]) -> str:
    """``2 errors, 3 warnings and 1 remark``."""
    numbers = dict.fromkeys(Severity, 0)
    for problem in problems:
        numbers[problem.severity] += 1
    parts = [plural(number, _REMARKS[severity]) for severity, number in numbers.items() if number]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def explanation(check: Check) -> str:
    """What ``lint --explain`` prints."""
    paragraphs = [
        f"{click.style(check.name, bold=True)} ({check.severity})",
        check.summary,
        "",
        *textwrap.wrap(check.why, 88),
        "",
        f"  before   {check.before}",
        f"  after    {check.after}",
        "",
        "To silence it",
        f"  this time            ppreflist lint --ignore {check.name}",
        f"  for one entry        x-nolint = {{{check.name} (your reason)}}   a field of the entry",
        f"  for the library      @comment{{ppreflist-nolint: {check.name}}}   a line of the file",
    ]
    return "\n".join(paragraphs)


def _one_line(text: str) -> str:
    return " ".join(text.split())
