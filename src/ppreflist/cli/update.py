"""``ppreflist update``."""

from __future__ import annotations

import click

from ppreflist.cli.options import (
    dry_run_option,
    find_library,
    json_option,
    library_option,
    refuse_to_ask,
    service_options,
    tag_option,
    terms_argument,
    yes_option,
)
from ppreflist.cli.output import examples


@click.command(
    "update",
    short_help="Fill missing fields from the record of a DOI or another identifier.",
    epilog=examples(
        "ppreflist update --dry-run                what every record would add",
        "ppreflist update farbu2007post",
        "ppreflist update has:doi -has:pages --field pages",
        "ppreflist update farbu2007post --overwrite author --overwrite journal",
    ),
)
@terms_argument
@library_option
@tag_option
@click.option("--field", "fields", metavar="FIELD", multiple=True, help="Fill only this field (repeatable).")
@click.option(
    "--overwrite",
    metavar="FIELD",
    multiple=True,
    help="Replace this field by the record's value, where it differs (repeatable).",
)
@service_options
@dry_run_option
@yes_option
@json_option
def command(
    terms: tuple[str, ...],
    library: str | None,
    tag: tuple[str, ...],
    fields: tuple[str, ...],
    overwrite: tuple[str, ...],
    timeout: float,
    allow_private: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Ask for the record of each entry's DOI (else PMID, PMCID, arXiv number, ISBN) and add the fields that the entry
    lacks. What is there stays as it is, unless --overwrite names it. On a terminal the change is shown and asked about.

    An entry whose record tells of another work is left alone; `ppreflist verify` shows the two side by side. Abstracts,
    keywords and short titles are added only when --field names them.

    Exit codes: 0 done; 1 some records could not be had (the others are used); 3 some tell of another work.
    """
    from ppreflist.bibtex.disk import read
    from ppreflist.cli.records import services
    from ppreflist.cli.selection import select
    from ppreflist.cli.updating import Options, Updating

    refuse_to_ask(as_json=as_json, dry_run=dry_run, yes=yes)
    snapshot = read(find_library(library))
    run = Updating(snapshot, Options(fields, overwrite, dry_run, yes, as_json))
    entries = select(run.library, terms, tag)
    run.ask(entries, services(timeout, allow_private, snapshot.encoding.codec, "completes references"))
    run.carry_out()
    click.get_current_context().exit(run.exit_code)
