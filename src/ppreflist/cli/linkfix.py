"""The repairs of check-links: shown with their reasons, asked about, written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ppreflist.bibtex import store
from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.disk import read
from ppreflist.cli.changes import carry_out
from ppreflist.cli.linkwishes import Wishes
from ppreflist.cli.output import note, plural
from ppreflist.cli.tally import Place
from ppreflist.errors import EditRefused
from ppreflist.links.evidence import Repair


def fixed(wanted: Sequence[Repair], path: Path, wishes: Wishes) -> frozenset[Place]:
    """Apply the repairs, or show them; the places in the file that were changed.

    What is shown is one diff below one line a reason: an editor can review it alone, send it on, and have it applied
    by ``patch`` or ``git apply``.
    """
    accepted = _accepted(path, wanted)
    edits = [repair.edit for repair in accepted]
    places = frozenset((edit.key, edit.field) for edit in edits)
    if not edits:
        note("There is nothing to repair by itself.")
        return frozenset()
    if wishes.fills_stdout:
        # There is no place for a diff, and nobody can be asked.
        if wishes.fix and wishes.yes and not wishes.dry_run:
            store.change(path, edits, command="check-links --fix")
            return places
        note("Nothing was changed. The findings hold the repairs; without --json or --format they are shown as a diff.")
        return frozenset()
    done = carry_out(
        path, edits, command="check-links --fix", question=f"Write {plural(len(edits), 'repair')}?",
        dry_run=wishes.dry_run, yes=wishes.yes, needs_yes=True,
        reasons=[line for repair in accepted for line in repair.lines],
    )  # fmt: skip
    return places if done else frozenset()


def _accepted(path: Path, wanted: Sequence[Repair]) -> list[Repair]:
    """The repairs that the store will make, one a field; one that it refuses (a value made of macros, say) is named and
    left out."""
    places: dict[Place, Repair] = {}
    for repair in wanted:
        places.setdefault((repair.edit.key, repair.edit.field), repair)
    wanted = list(places.values())
    file = read(path).file
    try:
        apply(file, [repair.edit for repair in wanted])
    except EditRefused:
        accepted = []
        for together in _units(wanted):
            try:
                apply(file, [repair.edit for repair in together])
            except EditRefused as error:
                fields = " and ".join(repair.edit.field for repair in together)
                note(f"{together[0].edit.key}, {fields}: left as it is: {error.message}")
            else:
                accepted += together
        return accepted
    return wanted


def _units(repairs: Sequence[Repair]) -> list[list[Repair]]:
    """What is written together or not at all: a copy's address and its day."""
    units: dict[tuple[str, str], list[Repair]] = {}
    for repair in repairs:
        field = repair.edit.field
        units.setdefault((repair.edit.key, "copy" if field in _COPY else field), []).append(repair)
    return list(units.values())


_COPY: Final = ("archiveurl", "archivedate")
