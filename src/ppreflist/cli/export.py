"""``ppreflist export``."""

from __future__ import annotations

import html
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ppreflist.cli.complete import complete_style
from ppreflist.cli.options import find_library, library_option, tag_option, terms_argument
from ppreflist.cli.output import clean, examples, json_text, note
from ppreflist.cli.selection import select
from ppreflist.cli.styling import WRITTEN, items, processor
from ppreflist.cli.writing import check_target, replace_file
from ppreflist.errors import EntryError, PpreflistError, StyleError

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout
    from ppreflist.model.entry import Entry
    from ppreflist.model.library import Library

FORMATS: Final = (*WRITTEN, "bibtex", "csl-json", "csl-yaml", "ris", "nbib", "endnote")
SUFFIXES: Final = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
    ".tex": "latex",
    ".rtf": "rtf",
    ".rst": "rst",
    ".adoc": "asciidoc",
    ".typ": "typst",
    ".org": "org",
    ".bib": "bibtex",
    ".json": "csl-json",
    ".yaml": "csl-yaml",
    ".yml": "csl-yaml",
    ".ris": "ris",
    ".nbib": "nbib",
    ".xml": "endnote",
}
"""What a file's name says about the format."""
_WORD_PROCESSORS: Final = frozenset({".doc", ".docx", ".odt", ".pages"})
_SHOWN_WARNINGS: Final = 20
_NAMED: Final = 10


@click.command(
    "export",
    short_help="Print a bibliography, or the entries in another format.",
    epilog=examples(
        "ppreflist export                                     APA, as Markdown",
        "ppreflist export --style vancouver --format html",
        "ppreflist export patwa2012evidence farbu2007post     these entries",
        "ppreflist export author:borg year:2006.. --tag ivig  those that a query and a tag find",
        "ppreflist export -o bibliography.html                a web page; the name says the format",
        "ppreflist export --format bibtex -o trials.bib --tag trial",
        "ppreflist export --style din-1505-2 --lang de-DE",
    ),
)
@terms_argument
@library_option
@tag_option
@click.option("-s", "--style", metavar="NAME", shell_complete=complete_style, default="apa", show_default=True,
              help="A citation style: a name (see `ppreflist styles`), or a .csl file.")  # fmt: skip
@click.option("-f", "--format", "written", type=click.Choice(FORMATS),
              help="The format; else what the name after -o says, without either markdown.")  # fmt: skip
@click.option("--lang", metavar="TAG", help="The language of the style's own words, such as de-DE; else the style's.")
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of printing ('-' prints).")
@click.option("--standalone/--fragment", default=None,
              help="A whole HTML page, or only the list; -o writes a page unless told otherwise.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a .bib file even if it holds entries that the export does not.")
def command(
    terms: tuple[str, ...],
    library: str | None,
    tag: tuple[str, ...],
    style: str,
    written: str | None,
    lang: str | None,
    output: str | None,
    standalone: bool | None,
    force: bool,
) -> None:
    """Print a bibliography, or the entries in another format.

    All entries, or those that are named or found (the query language of `ppreflist list`). A bibliography is in the
    style's own order; the formats of data keep the order of the library. bibtex is the text of the file itself, with
    the @string macros and crossref parents that the entries need; what another format cannot hold is listed on stderr.
    """
    from ppreflist.cli.opening import opened

    target = None if output in (None, "-") else Path(str(output))
    form = written or (_format_of(target) if target else "markdown")
    if standalone and form != "html":
        raise click.UsageError("--standalone is for --format html.")
    path = find_library(library)
    if target is not None:
        check_target(target, {path: "this is the library itself; an export does not replace it"})
    found = opened(str(path))
    entries = select(found, terms, tag)
    if form in WRITTEN:
        whole = form == "html" and (target is not None if standalone is None else standalone)
        text = _bibliography(found, entries, style, form, lang, whole)
    else:
        text = _converted(found, entries, form, path)
    if not text.strip():
        raise EntryError(
            "there is nothing to export",
            path=str(path),
            hint="The library has no entries yet; `ppreflist add` adds the first." if not entries else "",
        )
    if target is None:
        _print(text)
    else:
        if form == "bibtex" and not force:
            _keep_other_entries(target, text)
        replace_file(target, text.encode("utf-8"))
        note(f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'} written to {target}")


def _format_of(target: Path) -> str:
    """The format that a file's name says; without a suffix Markdown, and UsageError when the suffix says another."""
    suffix = target.suffix.lower()
    if not suffix:
        return "markdown"
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    instead = " A word processor opens .rtf and .html." if suffix in _WORD_PROCESSORS else ""
    flaw = f"{target.name}: no format is written to {suffix} files."
    raise click.UsageError(f"{flaw}{instead} Or name one with --format.")


def _bibliography(
    library: Library, entries: list[Entry], style: str, form: str, lang: str | None, standalone: bool
) -> str:
    """The bibliography in a style, and its warnings on stderr."""
    from ppreflist.formats.csljson import styled

    made = processor(style, form, lang)
    if not made.style.has_bibliography:
        raise StyleError(
            f"the style {style!r} has no bibliography, only citations",
            hint="`ppreflist cite` prints them; or choose another style (ppreflist styles QUERY).",
        )
    rendered = made.process([styled(each) for each in items(library, entries)])
    for warning in rendered.warnings[:_SHOWN_WARNINGS]:
        note(f"warning: {warning}")
    if len(rendered.warnings) > _SHOWN_WARNINGS:
        note(f"and {len(rendered.warnings) - _SHOWN_WARNINGS} more warnings")
    if not rendered.bibliography.entries:
        return ""
    text = _without_controls(rendered.bibliography.text).rstrip("\n") + "\n"
    return _page(text, rendered.bibliography.layout, made.locale.lang) if standalone else text


def _converted(library: Library, entries: list[Entry], form: str, path: Path) -> str:
    """The entries in a format of data."""
    from ppreflist.bibtex import disk
    from ppreflist.formats import bibtex, endnote, nbib, ris, yamllist
    from ppreflist.formats.loss import lost, unsaid

    if form == "bibtex":
        return bibtex.source(disk.read(path).file, library, [entry.key for entry in entries])
    made = items(library, entries)
    if not made:
        return ""
    counts = unsaid(entries)
    if form == "csl-json":
        text = json_text(made) + "\n"
    else:
        converters = {
            "csl-yaml": (yamllist.records, yamllist.read),
            "ris": (ris.records, ris.read),
            "nbib": (nbib.records, nbib.read),
            "endnote": (endnote.records, endnote.read),
        }
        write, read = converters[form]
        text = write(made)
        counts += lost(made, write, read)
    _say_lost(form, counts, len(made))
    return text


def _say_lost(form: str, counts: Counter[str], entries: int) -> None:
    """What the format cannot hold, in one line on stderr."""
    if counts:
        named = [name if entries == 1 else f"{name} ({count})" for name, count in counts.most_common(_NAMED)]
        more = f" and {len(counts) - _NAMED} more" if len(counts) > _NAMED else ""
        note(f"{form} does not hold: {', '.join(named)}{more}. BibTeX does.")


def _page(fragment: str, layout: Layout, lang: str) -> str:
    """A complete HTML document (HTML Living Standard) around the list; it needs nothing from anywhere else."""
    rules = ["body { max-width: 45rem; margin: 2rem auto; padding: 0 1rem; font-family: serif; line-height: 1.5; }"]
    rules.append(f".csl-entry {{ margin-bottom: {max(layout.entry_spacing, 0.5)}em; overflow-wrap: anywhere; }}")
    if layout.hanging_indent:
        rules.append(".csl-entry { padding-left: 2em; text-indent: -2em; }")
    if layout.second_field_align:
        width = f"{layout.max_offset * 0.6 + 0.5:.1f}em"
        rules.append(f".csl-entry {{ position: relative; padding-left: {width}; }}")
        rules.append(".csl-left-margin { position: absolute; left: 0; }")
    style = "\n".join(f"    {rule}" for rule in rules)
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(lang)}">\n<head>\n  <meta charset="utf-8">\n'
        '  <meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"  <title>References</title>\n  <style>\n{style}\n  </style>\n</head>\n"
        f"<body>\n{fragment}</body>\n</html>\n"
    )


def _without_controls(text: str) -> str:
    """No control characters: what is pasted into a page or shown on a terminal must not steer it."""
    return "\n".join(clean(line) for line in text.split("\n"))


def _print(text: str) -> None:
    """Print as it is, in UTF-8: to a terminal made harmless, to a file or pipe to the byte."""
    if sys.stdout.isatty():
        click.echo(clean(text), nl=False)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _keep_other_entries(target: Path, text: str) -> None:
    """Refuse to replace a .bib file that holds what the export does not: it may be somebody's library."""
    from ppreflist.bibtex.bibfile import BibFile
    from ppreflist.bibtex.disk import read

    present = read(target, missing_ok=True).file
    written = BibFile.parse(text).by_key
    others = [key for key in present.by_key if key not in written]
    if others or (present.text.strip() and not present.entries):
        what = f"entries that the export does not ({', '.join(others[:3])}{' ...' if len(others) > 3 else ''})"
        raise PpreflistError(
            f"this file holds {what if others else 'text that is no entry'}",
            path=str(target),
            hint="Name another file after -o, or pass --force to replace it.",
        )
