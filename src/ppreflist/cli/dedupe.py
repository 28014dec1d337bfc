"""``ppreflist dedupe``."""

from __future__ import annotations

import click

from ppreflist.cli.options import (
    dry_run_option,
    find_library,
    json_option,
    library_option,
    refuse_to_ask,
    terms_argument,
    yes_option,
)
from ppreflist.cli.output import examples


@click.command(
    "dedupe",
    short_help="Find works that are there twice, and merge them.",
    epilog=examples(
        "ppreflist dedupe                          on a terminal: decide one by one",
        "ppreflist dedupe --json                   for programs; exit 3 when there are any",
        "ppreflist dedupe --merge --dry-run        what the rules would do, as a diff",
        "ppreflist dedupe --merge --keep first --prefer kept",
        "ppreflist dedupe --link                   link preprints with what was published of them",
        "ppreflist dedupe author:farbu             only what concerns these entries",
    ),
)
@terms_argument
@library_option
@click.option("--merge", "merging", is_flag=True, help="Merge by the rules of --keep and --prefer, without asking.")
@click.option("--link", "linking", is_flag=True, help="Link preprints with their published versions (field related).")
@click.option(
    "--keep",
    type=click.Choice(["most-complete", "first", "newest"]),
    default="most-complete",
    show_default=True,
    help="Which entry stays, with its key.",
)
@click.option(
    "--prefer",
    type=click.Choice(["fuller", "kept", "other"]),
    default="fuller",
    show_default=True,
    help="Which of two values stays: the one that says all that the other says and more, that of the entry that is "
    "kept, or that of the other.",
)
@click.option(
    "--min-score",
    type=click.IntRange(50, 100),
    default=85,
    show_default=True,
    metavar="PERCENT",
    help="How sure it must be; 100 is a shared identifier.",
)
@dry_run_option
@yes_option
@json_option
def command(
    terms: tuple[str, ...],
    library: str | None,
    merging: bool,
    linking: bool,
    keep: str,
    prefer: str,
    min_score: int,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Find entries about one work: a shared DOI, PMID, arXiv number or ISBN, or a title, authors, year and place that
    agree in spite of typing errors, abbreviations, accents and missing subtitles.

    Merging keeps one entry, gives it what it lacks, and puts the keys of the others into its field `ids`, so that
    documents which cite them still work. That two entries are different works is remembered in the field `x-distinct`.
    A preprint and its published version are told apart.

    Exit codes: 0 no duplicates (left), 3 duplicates are left.
    """
    from ppreflist.bibtex.disk import read
    from ppreflist.cli.deduping import Deduping, Options
    from ppreflist.lint.merge import Keep, Prefer

    refuse_to_ask(as_json=as_json and (merging or linking), dry_run=dry_run, yes=yes)
    options = Options(merging, linking, Keep(keep), Prefer(prefer), min_score / 100, dry_run, yes, as_json)
    run = Deduping(read(find_library(library)), options)
    run.find(terms)
    click.get_current_context().exit(run.run())
