"""``ppreflist show``."""

from __future__ import annotations

import click

from ppreflist.cli.complete import complete_key
from ppreflist.cli.entries import entry_json
from ppreflist.cli.options import find_library, json_option, library_option
from ppreflist.cli.output import clean, echo_json, examples, shown


@click.command(
    "show",
    short_help="Show one entry in full.",
    epilog=examples(
        "ppreflist show patwa2012evidence",
        "ppreflist show patwa2012evidence --bibtex     as it stands in the file",
        "ppreflist show patwa2012evidence --json",
    ),
)
@click.argument("keys", metavar="KEY...", nargs=-1, required=True, shell_complete=complete_key)
@library_option
@click.option("--bibtex", "as_bibtex", is_flag=True, help="Print the BibTeX as it stands in the file.")
@json_option
def command(keys: tuple[str, ...], library: str | None, as_bibtex: bool, as_json: bool) -> None:
    """Show entries in full, with the fields that a crossref or xdata parent lends them."""
    from ppreflist.bibtex.disk import read
    from ppreflist.cli.opening import opened
    from ppreflist.model.inherit import resolved

    path = find_library(library)
    found = opened(str(path))
    entries = [resolved(found, found[key]) for key in keys]
    if as_bibtex:
        bib = read(path).file
        for block in (bib.by_key[entry.key] for entry in entries):
            click.echo(shown(bib.text[block.start : block.end]))
        return
    if as_json:
        echo_json([entry_json(entry) for entry in entries])
        return
    for position, entry in enumerate(entries):
        if position:
            click.echo()
        click.echo(f"{click.style(clean(entry.key), bold=True)}  @{entry.type}  {clean(found.path)}:{entry.line}")
        width = max((len(name) for name in entry.fields), default=0)
        for name, each in entry.fields.items():
            origin = f"  (from {each.origin})" if each.origin else ""
            click.echo(f"  {clean(name):{width}}  {clean(' '.join(each.text.split()))}{clean(origin)}")
