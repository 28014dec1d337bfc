"""``ppreflist undo``."""

from __future__ import annotations

import click

from ppreflist.cli.options import dry_run_option, find_library, library_option
from ppreflist.cli.output import examples, note


@click.command(
    "undo",
    short_help="Take back the last change.",
    epilog=examples(
        "ppreflist undo",
        "ppreflist undo --dry-run                  show what would be taken back",
        "ppreflist undo && ppreflist undo          the last two changes",
    ),
)
@library_option
@dry_run_option
def command(library: str | None, dry_run: bool) -> None:
    """Take back the last change that ppreflist made to the library.

    Only ppreflist's own changes can be taken back, newest first, and only while the file is as the change left it: when
    it was edited since by other means, undo says so and touches nothing.
    """
    from ppreflist.bibtex.store import undo
    from ppreflist.cli.changes import show_diff

    path = find_library(library)
    change = undo(path, dry_run=dry_run)
    show_diff(change.before, change.after, str(path))
    if not dry_run:
        note(f"Took back the last `ppreflist {change.command}` on {path}.")
