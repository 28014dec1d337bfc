"""``ppreflist list``."""

from __future__ import annotations

import click

from ppreflist.cli.entries import entry_json, summary
from ppreflist.cli.options import json_option, library_option, tag_option, terms_argument
from ppreflist.cli.output import echo_json, examples, note, shown, table
from ppreflist.cli.selection import select
from ppreflist.model.entry import Entry
from ppreflist.model.query import entry_year, fold

ORDERS = ("file", "key", "author", "year", "title")


@click.command(
    "list",
    short_help="List entries, all or those that match a query.",
    epilog=examples(
        "ppreflist list                            every entry, in file order",
        "ppreflist list author:borg year:2006..    a query: words, field:word, -word, year ranges",
        "ppreflist list --tag ivig --sort year",
        "ppreflist list --json | jq '.[].key'",
        "ppreflist list has:url -has:doi --keys    only the keys, for scripts",
    ),
)
@terms_argument
@library_option
@tag_option
@click.option("--sort", "order", type=click.Choice(ORDERS), default="file", show_default=True, help="The order.")
@click.option("--keys", "only_keys", is_flag=True, help="Print only the citation keys, one a line.")
@json_option
def command(
    terms: tuple[str, ...],
    library: str | None,
    tag: tuple[str, ...],
    order: str,
    only_keys: bool,
    as_json: bool,
) -> None:
    """List entries, all or those that match a query.

    A query is words that must all be found, in any case and without accents: in any field (ivig), in one (author:borg,
    title:polio, journal:neurology, year:2006..2010, type:article, tag:trial), as a phrase ('"post-polio health"'),
    missing (-author:borg), or just there (has:doi).
    """

    from ppreflist.cli.opening import opened

    found = opened(library)
    entries = sorted_entries(select(found, terms, tag), order)
    if as_json:
        echo_json([entry_json(entry) for entry in entries])
    elif only_keys:
        for entry in entries:
            click.echo(shown(entry.key))
    elif entries:
        table((summary(entry) for entry in entries), caps=(32, 5, 24))
    elif not found.problems:
        note(f"{found.path} has no entries yet; `ppreflist add` adds the first.")


def sorted_entries(entries: list[Entry], order: str) -> list[Entry]:
    """The entries in one of ``ORDERS``; what has no year comes last."""
    match order:
        case "key":
            return sorted(entries, key=lambda entry: fold(entry.key))
        case "author":
            return sorted(entries, key=lambda entry: (fold(summary(entry)[2]), entry_year(entry) or 0))
        case "year":
            return sorted(entries, key=lambda entry: (entry_year(entry) is None, entry_year(entry) or 0))
        case "title":
            return sorted(entries, key=lambda entry: fold(entry.text("title")))
        case _:
            return entries
