"""How a command changes the library: show the diff, ask, write, say what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

import click

from ppreflist.bibtex.store import Change, change, plan
from ppreflist.cli.output import clean, note, on_terminal
from ppreflist.model.edit import Edit

NOT_UNDOABLE = "`ppreflist undo` cannot take this back: its journal cannot be written."

_CONTEXT = 3


def carry_out(
    path: Path,
    edits: Sequence[Edit],
    *,
    command: str,
    question: str,
    dry_run: bool = False,
    yes: bool = False,
    needs_yes: bool = False,
) -> Change | None:
    """Apply edits to the library at ``path``; the change, or None when the file was not changed.

    With ``dry_run`` only the diff is shown. On a terminal the diff is shown and ``question`` asked, unless ``yes``.
    Elsewhere nobody can be asked: the change is made, unless ``needs_yes``, when it is only announced.
    """
    if dry_run or (on_terminal() and not yes):
        planned = plan(path, edits)
        show_diff(planned.before, planned.after, str(path))
        if dry_run:
            return None
        if not click.confirm(question, default=True):
            note("Nothing was changed.")
            return None
    elif needs_yes and not yes:
        note("Nothing was changed: pass --yes to apply this without being asked, or --dry-run to see it.")
        return None
    made = change(path, edits, command=command)
    return made if made.changed else None


def undo_hint(made: Change) -> str:
    """Whether the change can be taken back, and how: said wherever a change is reported."""
    return "`ppreflist undo` takes it back." if made.undoable else NOT_UNDOABLE


def show_diff(before: str, after: str, name: str) -> None:
    """Print a unified diff of two texts of the library."""
    for line in diff_lines(before, after, name):
        colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
        click.echo(click.style(clean(line), fg=colour) if colour else clean(line))


def diff_lines(before: str, after: str, name: str) -> Iterator[str]:
    """The lines of a unified diff. What is equal at both ends is set aside first: difflib is slow on long files."""
    old, new = before.splitlines(), after.splitlines()
    start = 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    end = 0
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    first, last = max(0, start - _CONTEXT), max(0, end - _CONTEXT)
    diff = unified_diff(old[first : len(old) - last], new[first : len(new) - last], name, name, lineterm="", n=_CONTEXT)
    for line in diff:
        yield _shifted(line, first) if line.startswith("@@") else line


def _shifted(header: str, lines: int) -> str:
    """A hunk header ``@@ -a,b +c,d @@`` moved down by the lines that were set aside."""
    marks = []
    for mark in header.split()[1:3]:
        place, comma, length = mark[1:].partition(",")
        marks.append(f"{mark[0]}{int(place) + lines}{comma}{length}")
    return f"@@ {' '.join(marks)} @@"
