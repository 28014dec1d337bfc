"""How a command changes the library: show the diff, ask, write, say what was done."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ppreflist.bibtex.store import Change, change, plan
from ppreflist.cli.diffing import diff_lines
from ppreflist.cli.output import clean, note, on_terminal
from ppreflist.model.edit import Edit

NOT_UNDOABLE = "`ppreflist undo` cannot take this back: its journal cannot be written."


def carry_out(
    path: Path,
    edits: Sequence[Edit],
    *,
    command: str,
    question: str,
    dry_run: bool = False,
    yes: bool = False,
    needs_yes: bool = False,
    reasons: Sequence[str] = (),
) -> Change | None:
    """Apply edits to the library at ``path``; the change, or None when the file was not changed.

    ``reasons`` are shown before the diff, one a line, as text that ``patch`` and ``git apply`` pass over.
    With ``dry_run`` only the diff is shown. On a terminal the diff is shown and ``question`` asked, unless ``yes``.
    Elsewhere nobody can be asked: the change is made, unless ``needs_yes``, when it is only announced.
    """
    if dry_run or (on_terminal() and not yes):
        planned = plan(path, edits)
        for reason in reasons:
            click.echo(clean(f"# {' '.join(reason.split())}"))
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
    """Print a unified diff of two texts of the library: to the byte for programs, harmless for a terminal."""
    lines = diff_lines(before, after, clean(name.replace("\n", " ")))
    if not sys.stdout.isatty():
        # As bytes: of a text click would leave out what looks like a colour.
        for line in lines:
            click.echo(line.encode("utf-8", "replace"))
        return
    for line in lines:
        colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
        click.echo(click.style(clean(line.removesuffix("\r")), fg=colour))
