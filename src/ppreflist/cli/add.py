"""``ppreflist add``."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from ppreflist.cli.options import Seconds, dry_run_option, find_library, json_option, library_option, yes_option
from ppreflist.cli.output import examples

if TYPE_CHECKING:
    from ppreflist.cli.adding import Adding

_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.:+/-]{0,60}")


@click.command(
    "add",
    short_help="Add references: identifiers, web pages, citations, files, fields.",
    epilog=examples(
        "ppreflist add 10.1212/WNL.0b013e31824de293",
        "ppreflist add 'https://doi.org/10.1016/S1474-4422(06)70447-1' --tag ivig",
        "ppreflist add pmid:17222115 PMC3310314 arxiv:2101.00001v2 978-0-14-032872-1",
        "ppreflist add https://example.org/article     a web page, or the work that it says it is",
        "ppreflist add --text 'Farbu E, et al. Post-polio syndrome ... Eur J Neurol 2007;14:60-65.'",
        "ppreflist add more.bib scopus.ris             the references of other files",
        "ppreflist add - < pasted.txt                  BibTeX ..., or one identifier or address a line",
        "ppreflist add --type article --title 'More about {IVIg}' --author 'Headley, Joan L.' \\",
        "    --field journal='Post-Polio Health' --field year=2007 --field volume=23",
        "ppreflist add --type book --edit              fill in a template in $EDITOR",
    ),
)
@click.argument("references", metavar="[IDENTIFIER or URL or FILE or -]...", nargs=-1)
@library_option
@click.option("--file", "files", metavar="FILE", multiple=True, help="Add the references of a file (repeatable).")
@click.option("--text", "texts", metavar="CITATION", multiple=True,
              help="Add the work that a pasted citation means (repeatable; - reads standard input).")  # fmt: skip
@click.option("--choose", type=click.IntRange(min=1), metavar="NUMBER",
              help="With --text: the candidate of this number, as it was shown.")  # fmt: skip
@click.option("--offline", is_flag=True, help="With --text: ask no service; the text becomes an unverified draft.")
@click.option("--type", "kind", metavar="TYPE", help="Entry type, to add by fields: article, book, online ...")
@click.option("--title", metavar="TEXT", help="The title; braces keep capitals: 'More about {IVIg}'.")
@click.option("--author", "authors", metavar="NAME", multiple=True,
              help="'Borg, Kristian', or '{Organisation}' in braces (repeatable, in order).")  # fmt: skip
@click.option("--field", "assignments", metavar="NAME=VALUE", multiple=True, help="Any other field (repeatable).")
@click.option("--key", metavar="KEY", help="The citation key; else one is made, like patwa2012evidence.")
@click.option("--tag", "new_tags", metavar="TAG", multiple=True, help="Give the new entries this keyword (repeatable).")
@click.option("--edit", "in_editor", is_flag=True, help="Look over and change the entry in $EDITOR before it is added.")
@click.option("--allow-duplicates", is_flag=True, help="Add even what the library has already.")
@click.option("--anyway", is_flag=True, help="Look a DOI up even when it seems cut off.")
@click.option("--allow-private", is_flag=True, help="Ask addresses of this machine and its network, too.")
@click.option("--timeout", type=Seconds(0.1), default=20.0, show_default=True, metavar="SECONDS",
              help="The longest that one request may take.")  # fmt: skip
@dry_run_option
@yes_option
@json_option
def command(
    references: tuple[str, ...],
    library: str | None,
    files: tuple[str, ...],
    texts: tuple[str, ...],
    choose: int | None,
    offline: bool,
    kind: str | None,
    title: str | None,
    authors: tuple[str, ...],
    assignments: tuple[str, ...],
    key: str | None,
    new_tags: tuple[str, ...],
    in_editor: bool,
    allow_duplicates: bool,
    anyway: bool,
    allow_private: bool,
    timeout: float,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Add references to the library: by identifier or web address, by fields, by a pasted citation, or from a file,
    standard input (-) or $EDITOR.

    An identifier is a DOI, a PMID, a PMCID, an arXiv identifier or an ISBN, bare, with doi:, pmid:, pmcid:, arxiv: or
    isbn: before it, or inside any web address. Any other web address is read for what the page says of itself; when it
    names its own DOI, that record is taken. --title, --author and --field correct the record. On a terminal you see
    the entry and are asked before it is saved.

    A file may hold BibTeX, RIS, PubMed's .nbib, CSL-JSON, CSL-YAML, EndNote XML, or one identifier a line; what it
    holds decides, not its name. A record that cannot be read is reported with its line, and the others are added.

    A reference that is there already, by its identifier or by title and year, is reported and not added twice.

    \b
    Exit codes: 0 added, 1 something could not be added, 3 something was there already.
    """
    from ppreflist.bibtex.disk import read
    from ppreflist.cli.adding import Adding, Options

    given = [_assignment(each) for each in assignments]
    _check_pasting(texts, choose, offline)
    _check_usage((*references, *texts), files, kind, title, authors, given, key, in_editor)
    options = Options(
        kind=(kind or "").lower(),
        title=title,
        authors=authors,
        fields=tuple(given),
        key=key or "",
        tags=new_tags,
        in_editor=in_editor,
        allow_duplicates=allow_duplicates,
        anyway=anyway,
        timeout=timeout,
        allow_private=allow_private,
        dry_run=dry_run,
        yes=yes,
        as_json=as_json,
    )
    adding = Adding(read(find_library(library, must_exist=False), missing_ok=True), options)
    try:
        if texts:
            paste(adding, texts, choose=choose or 0, offline=offline)
        if references or files or not texts:
            adding.run([*references, *(f"file:{each}" for each in files)])
        else:
            adding.show_plan()
    finally:
        adding.report()
    click.get_current_context().exit(adding.exit_code)


def paste(adding: Adding, texts: tuple[str, ...], *, choose: int, offline: bool) -> None:
    """Add what pasted citations mean."""
    from ppreflist.cli.pasting import Pasting

    Pasting(adding, choose, offline).run(texts)


def _check_pasting(texts: tuple[str, ...], choose: int | None, offline: bool) -> None:
    """UsageError for --text and its options when they do not go together."""
    if (choose is not None or offline) and not texts:
        raise click.UsageError("--choose and --offline go with --text.")
    if choose is not None and (len(texts) > 1 or "-" in texts or offline):
        raise click.UsageError("--choose is for one --text, and for candidates of a service.")
    if any(not text.strip() for text in texts):
        raise click.UsageError("--text is empty. Paste the citation in quotation marks.")


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    name = name.strip().lower()
    if not equals or not _FIELD_NAME.fullmatch(name):
        raise click.UsageError(f"{text!r} is not NAME=VALUE. Write for example --field year=2010.")
    near = _misspelt_field(name)
    if near:
        raise click.UsageError(f"There is no field {name!r}. Did you mean {near!r}?")
    return name, value


def _misspelt_field(name: str) -> str:
    """The known field that a name is nearly, or an empty string: own fields (readstatus, pmid ...) are fine."""
    from ppreflist.model.entrytype import FIELDS
    from ppreflist.model.identifier import KINDS

    if name in FIELDS or name in KINDS or name.rstrip("s") in FIELDS:
        return ""
    # difflib does not know the commonest slip in short names: yaer, dio.
    swapped = (name[:n] + name[n + 1] + name[n] + name[n + 2 :] for n in range(len(name) - 1))
    near = [each for each in swapped if each in FIELDS] or get_close_matches(name, FIELDS, n=1, cutoff=0.8)
    return next(iter(near), "")


def _check_usage(
    references: tuple[str, ...],
    files: tuple[str, ...],
    kind: str | None,
    title: str | None,
    authors: tuple[str, ...],
    fields: list[tuple[str, str]],
    key: str | None,
    in_editor: bool,
) -> None:
    """UsageError for options that do not go together."""
    from ppreflist.model.entrytype import TYPE_ALIASES, TYPES, entry_type
    from ppreflist.model.key import key_flaw

    count = len(references) + len(files)
    names = {name for name, _ in fields}
    if len(names) < len(fields):
        raise click.UsageError("A field is given twice.")
    if (title is not None and "title" in names) or (authors and "author" in names):
        raise click.UsageError("Give the title and the authors once: with --title and --author, or with --field.")
    if kind is not None and entry_type(kind) is None:
        near = get_close_matches(kind.lower(), [*TYPES, *TYPE_ALIASES], n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise click.UsageError(f"There is no entry type {kind!r}.{hint} The BibLaTeX manual lists them.")
    if key is not None and key_flaw(key):
        raise click.UsageError(f"--key {key!r}: {key_flaw(key)}.")
    if count > 1 and (title is not None or authors or key is not None):
        raise click.UsageError("--title, --author and --key are for one reference at a time.")
    if count and kind is not None:
        raise click.UsageError("--type is for adding by fields; an identifier or a file brings its own type.")
    if not count and not in_editor:
        if kind is None and title is None and not authors and not fields:
            raise click.UsageError("Nothing to add. Give a DOI, a file, - for standard input, or --type and fields.")
        if kind is None:
            raise click.UsageError("Say what it is with --type: article, book, online, misc ...")
