"""The repairs of check-links: shown, asked about, written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ppreflist.bibtex import store
from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.disk import read
from ppreflist.cli.changes import carry_out
from ppreflist.cli.findings import Place, plural
from ppreflist.cli.linkwishes import Wishes
from ppreflist.cli.output import note
from ppreflist.errors import EditRefused
from ppreflist.model.edit import SetField


def fixed(wanted: Sequence[SetField], path: Path, wishes: Wishes) -> frozenset[Place]:
    """Apply the repairs, or show them; the places in the file that were changed."""
    edits = _accepted(path, wanted)
    places = frozenset((edit.key, edit.field) for edit in edits)
    if not edits:
        note("There is nothing to repair by itself.")
        return frozenset()
    if not wishes.for_people:
        # Stdout holds the findings: there is no place for a diff, and nobody can be asked.
        if wishes.fix and wishes.yes and not wishes.dry_run:
            store.change(path, edits, command="check-links --fix")
            return places
        note("Nothing was changed: with --json, --fix needs --yes.")
        return frozenset()
    done = carry_out(
        path, edits, command="check-links --fix", question=f"Write {plural(len(edits), 'repair')}?",
        dry_run=wishes.dry_run, yes=wishes.yes, needs_yes=True,
    )  # fmt: skip
    return places if done else frozenset()


def _accepted(path: Path, edits: Sequence[SetField]) -> list[SetField]:
    """The edits that the store will make; one that it refuses (a value made of macros, say) is named and left out."""
    file = read(path).file
    try:
        apply(file, edits)
    except EditRefused:
        accepted = []
        for edit in edits:
            try:
                apply(file, [edit])
            except EditRefused as error:
                note(f"{edit.key}, {edit.field}: left as it is: {error.message}")
            else:
                accepted.append(edit)
        return accepted
    return list(edits)
