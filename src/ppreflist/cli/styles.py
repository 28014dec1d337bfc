"""``ppreflist styles``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ppreflist.cli.options import json_option
from ppreflist.cli.output import echo_json, examples, note, table
from ppreflist.errors import UnknownStyle

if TYPE_CHECKING:
    from ppreflist.csl.catalogue import Catalogue, StyleRecord

FORMATS: Final = ("author", "author-date", "label", "note", "numeric")
"""The citation formats of the CSL schema ("category")."""
_SHOWN: Final = 25
_CACHE_VARIABLE: Final = "PPREFLIST_CACHE_DIR"


@click.command(
    "styles",
    short_help="List and find citation styles.",
    epilog=examples(
        "ppreflist styles vancouver                          by a word of the name or title",
        "ppreflist styles nature medicine                    a journal that follows another style",
        "ppreflist styles --format note --field law --lang fr",
        "ppreflist styles --format numeric --all --json",
        "ppreflist export --style nlm-citation-sequence      use the name in the first column",
    ),
)
@click.argument("query", nargs=-1)
@click.option("-f", "--format", "citation_format", type=click.Choice(FORMATS), help="How works are cited.")
@click.option("--field", metavar="NAME", help="The subject, such as medicine, law or generic-base.")
@click.option("--lang", metavar="TAG", help="The language of the style's own words, such as de or de-CH.")
@click.option("--independent", is_flag=True, help="Leave out the journals that only follow another style.")
@click.option("-a", "--all", "show_all", is_flag=True, help=f"Show all that were found, not only {_SHOWN}.")
@json_option
def command(
    query: tuple[str, ...],
    citation_format: str | None,
    field: str | None,
    lang: str | None,
    independent: bool,
    show_all: bool,
    as_json: bool,
) -> None:
    """List and find citation styles.

    Some 10,800 styles are installed: 2,850 of their own and 8,000 journals that follow one of these. Words are looked
    for in names and titles, also in former names. The best match comes first; --style takes the name, and so
    does every other program that uses CSL (Zotero, pandoc).
    """
    from ppreflist.csl import catalogue

    folder = os.environ.get(_CACHE_VARIABLE)
    styles = catalogue.installed(Path(folder) if folder else None)
    found = styles.search(
        " ".join(query),
        field=field or "",
        citation_format=citation_format or "",
        locale=(lang or "").replace("_", "-"),
        dependent=False if independent else None,
    )
    if not found:
        raise _nothing_found(styles, " ".join(query), field)
    shown = found if show_all or as_json else found[:_SHOWN]
    if as_json:
        echo_json([style_json(record) for record in shown])
    else:
        table([_row(record) for record in shown], caps=(44, 11, 6))
    if len(found) > len(shown):
        note(f"{len(found) - len(shown)} more; --all shows them, more words find fewer")


def style_json(record: StyleRecord) -> dict[str, Any]:
    """A style as JSON: ``parent`` is the style that a journal follows, or null."""
    return {
        "name": record.name,
        "id": record.id,
        "title": record.title,
        "short_title": record.short_title or None,
        "format": record.format or None,
        "fields": list(record.fields),
        "locale": record.locale or None,
        "parent": record.parent or None,
        "former_names": list(record.former),
    }


def _row(record: StyleRecord) -> tuple[str, str, str, str]:
    title = f"{record.title} (follows {record.parent})" if record.parent else record.title
    return record.name, record.format, record.locale, title


def _nothing_found(styles: Catalogue, query: str, field: str | None) -> UnknownStyle:
    from ppreflist.csl import locate

    if field and field not in styles.fields():
        return UnknownStyle(f"no style has the field {field!r}", hint=f"The fields: {', '.join(styles.fields())}.")
    near = locate.near_names(query) if query else []
    hint = f"Names like it: {', '.join(near)}." if near else "Fewer words or options find more."
    return UnknownStyle(f"no style matches {query!r}" if query else "no style matches", hint=hint)
