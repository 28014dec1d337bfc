"""``ppreflist extract``."""

from __future__ import annotations

import click

from ppreflist.cli.options import Seconds, dry_run_option, find_library, json_option, library_option, yes_option
from ppreflist.cli.output import examples


@click.command(
    "extract",
    short_help="Find the references in a text, web page, Word or PDF file.",
    epilog=examples(
        "ppreflist extract article.txt                 draft entries, with the lines they come from",
        "ppreflist extract paper.pdf --new             only what the library does not have yet",
        "ppreflist extract paper.pdf --add --tag ivig  add them",
        "pdftotext paper.pdf - | ppreflist extract -   any text, on standard input",
        "ppreflist extract article.docx --json",
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@library_option
@click.option("--new", "only_new", is_flag=True, help="Leave out what the library has already.")
@click.option("--add", "add", is_flag=True, help="Add what was found to the library.")
@click.option("--tag", "new_tags", metavar="TAG", multiple=True, help="Give added entries this keyword (repeatable).")
@click.option("--offline", is_flag=True, help="With --add: do not look up what is given by its identifier alone.")
@click.option("--timeout", type=Seconds(0.1), default=20.0, show_default=True, metavar="SECONDS",
              help="With --add: the longest that one request may take.")  # fmt: skip
@dry_run_option
@yes_option
@json_option
def command(
    files: tuple[str, ...],
    library: str | None,
    only_new: bool,
    add: bool,
    new_tags: tuple[str, ...],
    offline: bool,
    timeout: float,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Find the references in documents and print them as draft entries: identifiers (DOI, PMID, arXiv ...), web
    addresses, citations in running text and reference lists. FILE is plain text, Markdown, HTML, Word (.docx) or PDF;
    - is standard input. What it is is told by its content.

    A draft says what the document says, mistakes included, and is marked with the keyword "unverified". Only --add asks
    a service, and only for what the document gives by an identifier alone (DOI, PMID, arXiv, ISBN ...).

    \b
    Exit codes: 0 done, 1 a document could not be read, 3 (with --add) something was there already.
    """
    from ppreflist.bibtex.disk import read
    from ppreflist.cli.extracting import Extracting, Options

    options = Options(
        only_new=only_new, add=add, tags=new_tags, offline=offline, timeout=timeout, dry_run=dry_run, yes=yes,
        as_json=as_json,
    )  # fmt: skip
    if (dry_run or new_tags or offline) and not add:
        raise click.UsageError("--dry-run, --tag and --offline go with --add: without it nothing is changed anyway.")
    extracting = Extracting(read(find_library(library, must_exist=False), missing_ok=True), options)
    extracting.run(files)
    click.get_current_context().exit(extracting.exit_code)
