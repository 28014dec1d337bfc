"""``ppreflist edit``."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ppreflist.cli.complete import complete_key
from ppreflist.cli.options import dry_run_option, find_library, library_option
from ppreflist.cli.output import examples, note, on_terminal
from ppreflist.errors import EditRefused
from ppreflist.model.edit import Edit, RemoveField, RenameKey, SetField, SetType

if TYPE_CHECKING:
    from ppreflist.bibtex.bibfile import BibFile


@click.command(
    "edit",
    short_help="Change fields of an entry.",
    epilog=examples(
        "ppreflist edit postpolio2006recent year=2010",
        "ppreflist edit farbu2007post 'title=Post-polio syndrome and {IVIg}' keywords=ivig",
        "ppreflist edit farbu2007post note=            an empty value removes the field",
        "ppreflist edit farbu2007post --rename farbu2007pilot",
        "ppreflist edit farbu2007post                  opens the entry in $EDITOR",
    ),
)
@click.argument("key", shell_complete=complete_key)
@click.argument("assignments", metavar="[FIELD=VALUE]...", nargs=-1)
@library_option
@click.option("--type", "entry_type", metavar="TYPE", help="Change the entry type.")
@click.option("--rename", "new_key", metavar="KEY", help="Give the entry another citation key.")
@dry_run_option
def command(
    key: str,
    assignments: tuple[str, ...],
    library: str | None,
    entry_type: str | None,
    new_key: str | None,
    dry_run: bool,
) -> None:
    """Change fields of an entry: only their values, everything else in the file stays as it is, to the byte.

    Values are written as given, so LaTeX and braces are yours: `{IVIg}` keeps its capitals. Without FIELD=VALUE,
    --type or --rename the entry opens in $EDITOR.
    """
    from ppreflist.bibtex.disk import read
    from ppreflist.bibtex.store import Change, change, plan
    from ppreflist.cli.changes import NOT_UNDOABLE, show_diff
    from ppreflist.cli.opening import by_own_keys

    path = find_library(library)

    def edited(keys: list[str]) -> tuple[str, list[Edit], Change]:
        (own,) = keys
        edits = asked_edits(own, assignments, entry_type, new_key)
        if not edits:
            bib = read(path).file
            entry = bib.entry(own)
            if not (on_terminal() or os.environ.get("VISUAL") or os.environ.get("EDITOR")):
                raise click.UsageError(
                    "Nothing to change. Give FIELD=VALUE, or set $EDITOR to change the entry by hand."
                )
            edits = edited_by_hand(bib.text[entry.start : entry.end], own, path)
        return own, edits, plan(path, edits) if dry_run else change(path, edits, command="edit")

    key, edits, planned = by_own_keys(path, [key], edited)
    if planned.changed:
        show_diff(planned.before, planned.after, str(path))
        if not (dry_run or planned.undoable):
            note(NOT_UNDOABLE)
        for doubt in doubts(planned.file, new_key or key, edits, date.today()):
            note(f"Note: {doubt}")
    else:
        note("Nothing to change.")


def doubts(file: BibFile, key: str, edits: Sequence[Edit], today: date) -> list[str]:
    """What looks wrong in the values that were set: a slip is cheapest to see at once.

    Only what the entry alone can show; ``lint`` compares it with the others, too.
    """
    from ppreflist.bibtex.read import library
    from ppreflist.lint import dates, identifiers, names, pages, vocabulary
    from ppreflist.lint.check import Context
    from ppreflist.lint.registry import run
    from ppreflist.model.library import Library
    from ppreflist.model.problem import Severity

    fields = {edit.field.lower() for edit in edits if isinstance(edit, SetField)}
    types = {""} if any(isinstance(edit, SetType) for edit in edits) else set[str]()
    entry = library(file).get(key)
    if entry is None or not (fields or types):
        return []
    checks = [*vocabulary.CHECKS, *dates.CHECKS, *identifiers.CHECKS, *pages.CHECKS, *names.CHECKS]
    problems = run(Context(Library((entry,)), today), checks)
    shown = [each for each in problems if each.severity is not Severity.INFO and each.field in fields | types]
    return [f"{key}: {each.message}" for each in shown]


def asked_edits(key: str, assignments: Sequence[str], entry_type: str | None, new_key: str | None) -> list[Edit]:
    """What the command line asks for; UsageError when one field is given twice, for one value would be lost."""
    fields = [assignment(key, each) for each in assignments]
    names = [each.field.lower() for each in fields]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise click.UsageError(f"{twice!r} is given more than once: which value shall it have?")
    rest: list[Edit] = []
    if entry_type is not None:
        rest.append(SetType(key, entry_type))
    if new_key is not None:
        rest.append(RenameKey(key, new_key))
    return [*fields, *rest]


def assignment(key: str, text: str) -> SetField | RemoveField:
    """``field=value`` as an edit; an empty value removes the field."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise click.UsageError(
            f"{text!r} is not FIELD=VALUE. Write for example year=2010, or quote it: 'title=A title'."
        )
    if not value.strip():
        return RemoveField(key, name.strip())
    return SetField(key, name.strip(), value.strip())


def edited_by_hand(source: str, key: str, path: Path) -> list[Edit]:
    """Open the entry's source in $EDITOR and return what was changed, as edits.

    What cannot be read is kept beside the library, so that nobody has to type it twice.
    """
    from ppreflist.bibtex.revise import edits_between

    text = click.edit(source + "\n", extension=".bib")
    if text is None:
        return []
    try:
        return edits_between(source, text)
    except EditRefused as error:
        kept = path.with_name(f"{path.stem}.{re.sub(r'[^A-Za-z0-9_.-]', '_', key)}.rejected.bib")
        kept.write_text(text, encoding="utf-8")
        raise EditRefused(
            error.message, hint=f"{error.hint} What you wrote is kept.", path=str(kept), line=error.line
        ) from error
