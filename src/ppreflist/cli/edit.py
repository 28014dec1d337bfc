"""``ppreflist edit``."""

from __future__ import annotations

import click

from ppreflist.cli.complete import complete_key
from ppreflist.cli.options import dry_run_option, find_library, library_option
from ppreflist.cli.output import examples, note
from ppreflist.errors import EditRefused
from ppreflist.model.edit import Edit, RemoveField, RenameKey, SetField, SetType


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
    from ppreflist.bibtex import store
    from ppreflist.cli.changes import show_diff

    path = find_library(library)
    edits: list[Edit] = [assignment(key, each) for each in assignments]
    if entry_type:
        edits.append(SetType(key, entry_type))
    if new_key:
        edits.append(RenameKey(key, new_key))
    if not edits:
        edits = edited_by_hand(store.read(path).file.source_of(key), key, str(path))
    before = store.read(path).file
    after = before.apply(edits)
    if after.text == before.text:
        note("Nothing to change.")
        return
    show_diff(before.text, after.text, str(path))
    if not dry_run:
        store.change(path, edits, command="edit")


def assignment(key: str, text: str) -> Edit:
    """``field=value`` as an edit; an empty value removes the field."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise click.UsageError(
            f"{text!r} is not FIELD=VALUE. Write for example year=2010, or quote it: 'title=A title'."
        )
    if not value.strip():
        return RemoveField(key, name.strip())
    return SetField(key, name.strip(), value.strip())


def edited_by_hand(source: str, key: str, path: str) -> list[Edit]:
    """Open the entry's source in $EDITOR and return what was changed, as edits."""
    from ppreflist.bibtex.bibfile import edits_between

    text = click.edit(source + "\n", extension=".bib")
    if text is None:
        return []
    try:
        return list(edits_between(source, text, key))
    except EditRefused as error:
        kept = click.format_filename(f"{path}.{key}.rejected")
        with open(kept, "x", encoding="utf-8") as file:
            file.write(text)
        raise EditRefused(
            error.message, hint=f"What you wrote is kept in {kept}; {error.hint}", path=path, line=error.line
        ) from error
