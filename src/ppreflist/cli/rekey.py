"""``ppreflist rekey``."""

from __future__ import annotations

from pathlib import Path

import click

from ppreflist.cli.options import (
    dry_run_option,
    find_library,
    json_option,
    library_option,
    refuse_to_ask,
    yes_option,
)
from ppreflist.cli.output import examples


@click.command(
    "rekey",
    short_help="Give entries new citation keys, in the documents that cite them, too.",
    epilog=examples(
        "ppreflist rekey --dry-run                 old and new keys of all entries",
        "ppreflist rekey --in paper.tex --in notes.md",
        "ppreflist rekey farbu=farbu2007post --in paper.tex",
        "ppreflist rekey year:2007 --pattern '{auth:capital}_{year}'",
    ),
)
@click.argument("terms", metavar="[KEY, QUERY or OLD=NEW]...", nargs=-1)
@library_option
@click.option(
    "--pattern",
    metavar="PATTERN",
    envvar="PPREFLIST_KEY_PATTERN",
    show_envvar=True,
    help="How keys are made; README, 'Citation keys', lists the parts.  [default: {auth}{year}{title1}]",
)
@click.option(
    "--in",
    "documents",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Replace the keys in this LaTeX or Markdown file, too (repeatable).",
)
@click.option("--alias", is_flag=True, help="Keep the old keys in the field ids, so that they can still be cited.")
@dry_run_option
@yes_option
@json_option
def command(
    terms: tuple[str, ...],
    library: str | None,
    pattern: str | None,
    documents: tuple[Path, ...],
    alias: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Give entries the keys that the pattern makes of them, or the key that OLD=NEW says; without arguments, all of
    them.

    A key that fits the pattern stays, also with a suffix (a, b, ...), so that keys are stable. References from other
    entries (crossref, related ...) follow. With --in, the citation commands of LaTeX files and the citations of
    Markdown files follow, and nothing else in them changes. The change is shown, and asked about unless --yes.
    """
    from ppreflist.cli.rekeying import Rekeying
    from ppreflist.model.keypattern import PATTERN, parse_pattern

    refuse_to_ask(as_json=as_json, dry_run=dry_run, yes=yes)
    try:
        parsed = parse_pattern(pattern or PATTERN)
    except ValueError as error:
        raise click.UsageError(f"--pattern {pattern!r}: {error}.") from error
    run = Rekeying(find_library(library), parsed, documents)
    run.choose(terms, alias=alias)
    run.carry_out(alias=alias, dry_run=dry_run, yes=yes, as_json=as_json)
