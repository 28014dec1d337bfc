"""``ppreflist verify``."""

from __future__ import annotations

import click

from ppreflist.cli.options import (
    find_library,
    json_option,
    library_option,
    service_options,
    tag_option,
    terms_argument,
)
from ppreflist.cli.output import examples


@click.command(
    "verify",
    short_help="Say whether identifiers lead to the works that the entries tell of.",
    epilog=examples(
        "ppreflist verify                          every entry with an identifier",
        "ppreflist verify farbu2007post",
        "ppreflist verify year:2006.. --all        also show what agrees",
        "ppreflist verify --json",
    ),
)
@terms_argument
@library_option
@tag_option
@click.option("--all", "show_all", is_flag=True, help="Show the entries that agree with their record, too.")
@service_options
@json_option
def command(
    terms: tuple[str, ...],
    library: str | None,
    tag: tuple[str, ...],
    show_all: bool,
    timeout: float,
    allow_private: bool,
    as_json: bool,
) -> None:
    """Ask for the record of each entry's DOI (else PMID, PMCID, arXiv number, ISBN) and compare it with the entry:
    title, first author, year, journal or book, volume, number, first page.

    Exit codes: 0 all agree; 3 a record tells of another work, fields differ, or an identifier does not exist; 1 a
    service could not be asked, so that something is not known.
    """
    from ppreflist.bibtex.index import open_library
    from ppreflist.cli.records import services
    from ppreflist.cli.selection import select
    from ppreflist.cli.verifying import Verifying

    found = open_library(find_library(library))
    entries = select(found, terms, tag)
    run = Verifying(found, show_all=show_all, as_json=as_json)
    run.ask(entries, services(timeout, allow_private, "utf-8", "verifies references"))
    run.report()
    click.get_current_context().exit(run.exit_code)
