"""``ppreflist remove``."""

from __future__ import annotations

import click

from ppreflist.cli.complete import complete_key
from ppreflist.cli.options import dry_run_option, find_library, library_option, yes_option
from ppreflist.cli.output import examples, note
from ppreflist.model.edit import RemoveEntry


@click.command(
    "remove",
    short_help="Remove entries.",
    epilog=examples(
        "ppreflist remove postpoliosite",
        "ppreflist remove postpoliosite --dry-run",
        "ppreflist undo                            if it was a mistake",
    ),
)
@click.argument("keys", metavar="KEY...", nargs=-1, required=True, shell_complete=complete_key)
@library_option
@dry_run_option
@yes_option
def command(keys: tuple[str, ...], library: str | None, dry_run: bool, yes: bool) -> None:
    """Remove entries by citation key. On a terminal the change is shown and asked about first."""
    from ppreflist.cli.changes import carry_out, undo_hint
    from ppreflist.cli.opening import by_own_keys

    path = find_library(library)

    def remove(own: list[str]) -> None:
        things = own[0] if len(own) == 1 else f"{len(own)} entries"
        edits = [RemoveEntry(key) for key in own]
        made = carry_out(path, edits, command="remove", question=f"Remove {things}?", dry_run=dry_run, yes=yes)
        if made:
            note(f"Removed {', '.join(own)} from {path}; {undo_hint(made)}")

    by_own_keys(path, list(dict.fromkeys(keys)), remove)
