"""``ppreflist search``."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from ppreflist.cli.entries import entry_json, summary
from ppreflist.cli.options import json_option, library_option, tag_option
from ppreflist.cli.output import clean, echo_json, examples
from ppreflist.cli.selection import select
from ppreflist.model.entry import Entry
from ppreflist.model.query import fold


@click.command(
    "search",
    short_help="Find entries by words and show where they match.",
    epilog=examples(
        "ppreflist search immunoglobulin",
        "ppreflist search borg year:2006           the query language of `ppreflist list`",
        "ppreflist search neurology --json",
    ),
)
@click.argument("query", nargs=-1, required=True)
@library_option
@tag_option
@json_option
def command(query: tuple[str, ...], library: str | None, tag: tuple[str, ...], as_json: bool) -> None:
    """Find entries by words and show where they match.

    The query is that of `ppreflist list`. Each entry is followed by the fields in which a word was found.
    """

    from ppreflist.cli.opening import opened

    found = opened(library)
    entries = select(found, query, tag)
    words = search_words(query)
    if as_json:
        echo_json([entry_json(entry) | {"matches": matches(entry, words)} for entry in entries])
        return
    for entry in entries:
        key, year, names, title = (clean(part) for part in summary(entry))
        click.echo(f"{click.style(key, bold=True)}  {', '.join(part for part in (names, year) if part)}. {title}")
        for name, text in matches(entry, words).items():
            if name != "title":
                click.echo(f"    {name}: {highlighted(clean(text), words)}")


def search_words(query: Iterable[str]) -> list[str]:
    """The words of a query that a reader would look for in the result: no negations, no ``field:`` prefix."""
    parts = (part for term in query for part in term.replace('"', " ").split())
    return [fold(part.rpartition(":")[2]) for part in parts if not part.startswith("-")]


def matches(entry: Entry, words: list[str]) -> dict[str, str]:
    """The fields in which one of the words is found, by name."""
    return {
        name: each.text for name, each in entry.fields.items() if any(word in fold(each.text) for word in words if word)
    }


def highlighted(text: str, words: list[str]) -> str:
    """The text with the words in bold, as far as case-insensitive comparison finds them unfolded."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    return (
        re.sub(pattern, lambda match: click.style(match[0], bold=True), text, flags=re.IGNORECASE) if pattern else text
    )
