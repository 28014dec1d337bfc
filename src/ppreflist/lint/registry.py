"""Every check, and the run of them.

How often each check speaks on 201 real files of other tools' test folders (5,541 entries, half of them made to be
odd), and what was right of those that were read, is in ``tests/lint/corpus.md``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

from ppreflist.errors import UnknownCheck
from ppreflist.lint import (
    crossref,
    dates,
    identifiers,
    journals,
    keys,
    latex,
    names,
    pages,
    reading,
    repeats,
    required,
    silence,
    text,
    urls,
    vocabulary,
)
from ppreflist.lint.check import Check, Context, Finding
from ppreflist.model.problem import Problem, Severity


def _unknown_names(context: Context) -> Iterator[Finding]:
    return silence.unknown_names(context, {check.name for check in CHECKS})


CHECKS: tuple[Check, ...] = (
    *reading.CHECKS,
    *vocabulary.CHECKS,
    *required.CHECKS,
    *repeats.CHECKS,
    *crossref.CHECKS,
    *identifiers.CHECKS,
    *journals.CHECKS,
    *dates.CHECKS,
    *pages.CHECKS,
    *names.CHECKS,
    *urls.CHECKS,
    *text.CHECKS,
    *latex.CHECKS,
    *keys.CHECKS,
    Check(
        "nolint",
        "An x-nolint field that names no check.",
        Severity.WARNING,
        why=(
            "x-nolint names the checks that should not speak about an entry, separated by commas; a reason stands in "
            "parentheses after a name. A name that does not exist silences nothing."
        ),
        before="x-nolint = {volume-yaer}",
        after="x-nolint = {volume-year (a new series began)}",
        run=_unknown_names,
    ),
)
"""Every check, in the order in which ``lint --list-checks`` shows them."""


def check_named(name: str) -> Check:
    """The check of this name; UnknownCheck names the nearest ones."""
    by_name = {check.name: check for check in CHECKS}
    found = by_name.get(name)
    if found is None:
        near = get_close_matches(name, by_name, n=3, cutoff=0.4)
        meant = f"Did you mean {' or '.join(near)}? " if near else ""
        raise UnknownCheck(f"there is no check {name!r}", hint=f"{meant}`ppreflist lint --list-checks` lists them all.")
    return found


def run(context: Context, checks: Sequence[Check] = CHECKS, *, keys: Collection[str] | None = None) -> list[Problem]:
    """The problems that these checks find, in file order.

    With ``keys`` only those of these entries. What the entry or the library silences is left out.
    """
    every = [problem for check in checks for problem in check.problems(context)]
    if len(checks) == len(CHECKS):
        # What reading the file noticed and no check explains yet must not be lost.
        known = {check.name for check in CHECKS}
        every += (problem for problem in context.library.problems if problem.check not in known)
    silenced = silence.read(context)
    found = [problem for problem in every if (keys is None or problem.key in keys) and not silenced.covers(problem)]
    found.sort(key=lambda problem: (problem.line, problem.column, problem.severity.rank, problem.check))
    return found
