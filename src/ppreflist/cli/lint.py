"""``ppreflist lint``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from ppreflist.cli import exit as codes
from ppreflist.cli.options import (
    dry_run_option,
    find_library,
    json_option,
    library_option,
    tag_option,
    terms_argument,
    yes_option,
)
from ppreflist.cli.output import echo_json, examples, note, on_terminal, table
from ppreflist.model.problem import Problem, Severity

if TYPE_CHECKING:
    from ppreflist.bibtex.bibfile import BibFile
    from ppreflist.lint.check import Check


def complete_check(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of checks that begin with what was typed."""
    from ppreflist.lint.registry import CHECKS

    return [CompletionItem(check.name, help=check.summary) for check in CHECKS if check.name.startswith(incomplete)]


@click.command(
    "lint",
    short_help="Find what is wrong in the entries themselves.",
    epilog=examples(
        "ppreflist lint                              errors and warnings of every check",
        "ppreflist lint --severity info              remarks too: dashes, spellings, empty fields",
        "ppreflist lint postpolio2006recent          one entry",
        "ppreflist lint --explain volume-year        what a check looks at, and how to silence it",
        "ppreflist lint --fix --dry-run              what the fixes would change",
        "ppreflist lint --check doi-bare --fix --yes fix one kind of problem, unasked",
        "ppreflist lint --format github              annotations in a GitHub workflow",
    ),
)
@terms_argument
@library_option
@tag_option
@click.option(
    "--check",
    "only",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_check,
    help="Run this check only, remarks included (repeatable).",
)
@click.option(
    "--ignore",
    "ignored",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_check,
    help="Leave this check out (repeatable).",
)
@click.option(
    "--severity",
    type=click.Choice([str(each) for each in Severity]),
    help="Show this and what is worse.  [default: warning; info with --check]",
)
@click.option(
    "--fix", is_flag=True, help="Apply the fixes of what is shown; asks first on a terminal, else needs --yes."
)
@dry_run_option
@yes_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to print the problems.",
)
@json_option
@click.option("--explain", metavar="NAME", shell_complete=complete_check, help="Explain a check, and stop.")
@click.option("--list-checks", is_flag=True, help="List the checks, and stop.")
def command(
    terms: tuple[str, ...], library: str | None, tag: tuple[str, ...], only: tuple[str, ...], ignored: tuple[str, ...],
    severity: str | None, fix: bool, dry_run: bool, yes: bool, output: str, as_json: bool, explain: str | None,
    list_checks: bool,
) -> None:  # fmt: skip
    """Find what is wrong in the entries themselves: required fields, identifiers and their check digits, names, dates,
    pages, damaged characters, the same work twice, volumes that contradict their years.

    Shown are errors and warnings, with file, line and column; remarks (info) too with --severity info. A finding that
    is all right is silenced with the field x-nolint = {CHECK (reason)} in the entry; see --explain.

    Exit codes: 0 nothing found but remarks, 3 errors or warnings (those that --fix left), 1 could not be done.
    """
    from ppreflist.cli.problems import explanation
    from ppreflist.lint.registry import CHECKS, check_named

    output = "json" if as_json else output
    if explain:
        click.echo(explanation(check_named(explain)))
        return
    if list_checks:
        _list_checks(CHECKS, output)
        return
    left_out = {check_named(name).name for name in ignored}
    checks = [check_named(name) for name in only] or CHECKS
    threshold = Severity(severity) if severity else Severity.INFO if only else Severity.WARNING
    job = _Job(find_library(library), terms, tag, [check for check in checks if check.name not in left_out], threshold)
    if output != "text" and (dry_run or (fix and not yes and on_terminal())):
        raise click.UsageError(
            "--dry-run shows a diff, and --fix asks on a terminal: with --json or --format give --fix --yes."
        )
    problems = _fixed(job, dry_run, yes) if fix or dry_run else job.problems()
    if not dry_run:
        _show(job, problems, output)
    if any(problem.severity is not Severity.INFO for problem in job.shown(problems)):
        click.get_current_context().exit(codes.PROBLEMS)


@dataclass(frozen=True)
class _Job:
    """What was asked for."""

    path: Path
    terms: tuple[str, ...]
    tag: tuple[str, ...]
    checks: list[Check]
    threshold: Severity

    def problems(self) -> list[Problem]:
        """The problems of the library as it is on the disk."""
        from ppreflist.bibtex.cache import second_opinion
        from ppreflist.bibtex.disk import read

        snapshot = read(self.path)
        return self.problems_in(snapshot.file, second_opinion(snapshot))

    def problems_in(self, file: BibFile, also: tuple[Problem, ...] = ()) -> list[Problem]:
        """The problems of a file, remarks included, of the entries that were asked for."""
        from ppreflist.bibtex.read import library
        from ppreflist.cli.selection import select
        from ppreflist.lint.check import Context
        from ppreflist.lint.registry import run

        found = library(file)
        if also:
            found = replace(found, problems=(*found.problems, *also))
        keys = {entry.key for entry in select(found, self.terms, self.tag)} if self.terms or self.tag else None
        today = datetime.now(UTC).date()
        return run(Context(found, today, file.text), self.checks, keys=keys)

    def shown(self, problems: Sequence[Problem]) -> list[Problem]:
        """Those at or above the threshold."""
        return [problem for problem in problems if problem.severity.rank <= self.threshold.rank]


def _fixed(job: _Job, dry_run: bool, yes: bool) -> list[Problem]:
    """Apply the fixes of what is shown, and return the problems that are left."""
    from ppreflist.bibtex.disk import read
    from ppreflist.cli.changes import carry_out, undo_hint
    from ppreflist.lint.check import plural
    from ppreflist.lint.fixing import fix_all

    fixing = fix_all(read(job.path).file, lambda file: job.shown(job.problems_in(file)))
    for refused in fixing.refused:
        note(f"{job.path}:{refused.problem.line}: left as it is ({refused.problem.check}): {refused.reason}")
    if not fixing.edits:
        note("There is nothing to fix by itself.")
        return job.problems()
    count = plural(len(fixing.done), "problem")
    made = carry_out(
        job.path, fixing.edits, command="lint --fix", question=f"Apply these fixes of {count}?", dry_run=dry_run,
        yes=yes, needs_yes=True,
    )  # fmt: skip
    if made:
        note(f"Fixed {count}; {undo_hint(made)}")
    elif dry_run:
        note(f"{count} would be fixed.")
    return job.problems()


def _show(job: _Job, problems: Sequence[Problem], output: str) -> None:
    from ppreflist.cli.problems import github_line, problem_json, problem_line

    path = str(job.path)
    shown = job.shown(problems)
    match output:
        case "json":
            echo_json([problem_json(problem, path) for problem in shown])
        case "github":
            for problem in shown:
                click.echo(github_line(problem, path))
        case _:
            for problem in shown:
                click.echo(problem_line(problem, path))
    note(_summary(job, problems, shown))


def _summary(job: _Job, problems: Sequence[Problem], shown: Sequence[Problem]) -> str:
    """What was found, and what to do next."""
    from ppreflist.cli.problems import counted
    from ppreflist.lint.check import plural

    entries = {problem.key for problem in shown if problem.key}
    where = f" in {plural(len(entries), 'entry', 'entries')}" if entries else ""
    lines = [f"{counted(shown)}{where}." if shown else "No problems."]
    fixable = sum(problem.fix is not None for problem in shown)
    if fixable:
        lines.append(f"{fixable} can be fixed: ppreflist lint --fix (--dry-run shows the change).")
    elif shown:
        lines.append(f"Why: ppreflist lint --explain {shown[0].check}")
    hidden = [problem for problem in problems if problem.severity.rank > job.threshold.rank]
    if hidden:
        lines.append(f"{counted(hidden)} more: ppreflist lint --severity info.")
    return "\n".join(lines)


def _list_checks(checks: Sequence[Check], output: str) -> None:
    if output == "json":
        echo_json([{"name": each.name, "severity": str(each.severity), "summary": each.summary} for each in checks])
    else:
        table(((each.name, str(each.severity), each.summary) for each in checks), caps=(20, 8))
