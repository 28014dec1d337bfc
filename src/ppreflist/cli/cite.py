"""``ppreflist cite``."""

from __future__ import annotations

from typing import Any, Final

import click

from ppreflist.cli.complete import complete_key, complete_style
from ppreflist.cli.options import json_option, library_option
from ppreflist.cli.output import clean, echo_json, examples, note
from ppreflist.cli.styling import WRITTEN, items, processor
from ppreflist.errors import EntryError

LABELS: Final = (
    "act", "appendix", "article-locator", "book", "canon", "chapter", "column", "elocation", "equation", "figure",
    "folio", "issue", "line", "note", "opus", "page", "paragraph", "part", "rule", "scene", "section", "sub-verbo",
    "supplement", "table", "timestamp", "title-locator", "verse", "version", "volume",
)  # fmt: skip
"""The locators of the CSL specification (appendix III)."""


@click.command(
    "cite",
    short_help="Print the in-text citation of entries.",
    epilog=examples(
        "ppreflist cite gonzalez2006intravenous                     (Gonzalez et al., 2006)",
        "ppreflist cite gonzalez2006intravenous --page 495-497",
        "ppreflist cite patwa2012evidence farbu2007post             one citation of both",
        "ppreflist cite patwa2012evidence --style chicago-notes-bibliography    the text of the note",
        "ppreflist cite patwa2012evidence --label chapter --locator 3 --prefix 'see '",
    ),
)
@click.argument("keys", metavar="KEY...", nargs=-1, required=True, shell_complete=complete_key)
@library_option
@click.option("-s", "--style", metavar="NAME", shell_complete=complete_style, default="apa", show_default=True,
              help="A citation style: a name (see `ppreflist styles`), or a .csl file.")  # fmt: skip
@click.option("-f", "--format", "written", type=click.Choice(WRITTEN), default="text", show_default=True,
              help="The format.")  # fmt: skip
@click.option("--lang", metavar="TAG", help="The language of the style's own words, such as de-DE; else the style's.")
@click.option("-p", "--page", metavar="PAGES", help="The pages cited; the same as --locator PAGES.")
@click.option("--locator", metavar="TEXT", help="The place cited, such as 3 or 12-15.")
@click.option("--label", type=click.Choice(LABELS), metavar="NAME", default="page", show_default=True,
              help="What the locator counts: page, chapter, section, figure ...")  # fmt: skip
@click.option("--prefix", metavar="TEXT", help="Text before the first work.")
@click.option("--suffix", metavar="TEXT", help="Text after the last work.")
@click.option("--no-author", is_flag=True, help="Leave out the authors, for a sentence that names them.")
@json_option
def command(
    keys: tuple[str, ...],
    library: str | None,
    style: str,
    written: str,
    lang: str | None,
    page: str | None,
    locator: str | None,
    label: str,
    prefix: str | None,
    suffix: str | None,
    no_author: bool,
    as_json: bool,
) -> None:
    """Print the in-text citation of entries.

    Several keys make one citation, in the order of the style. The other entries of the library count: two works of one
    author and year are told apart (2006a) as in the bibliography of `ppreflist export`.
    """
    from ppreflist.cli.opening import opened
    from ppreflist.formats.csljson import styled

    if page and locator:
        raise click.UsageError("--page is the same as --locator; give one of them.")
    if (page or locator) and len(keys) > 1:
        raise click.UsageError("A page or locator belongs to one entry; name one key.")
    found = opened(library)
    keys = tuple(found[key].key for key in keys)
    made = processor(style, written, lang)
    data = [styled(each) for each in items(found, found)]
    works = {each["id"] for each in data}
    for key in keys:
        if key not in works:
            raise EntryError(f"{key!r} holds data for other entries and is no work to be cited", path=found.path)
    cites: list[dict[str, Any]] = [{"id": key} for key in dict.fromkeys(keys)]
    if page or locator:
        cites[0] |= {"locator": page or locator, "label": "page" if page else label}
    if prefix:
        cites[0]["prefix"] = prefix
    if suffix:
        cites[-1]["suffix"] = suffix
    if no_author:
        for cite in cites:
            cite["suppress-author"] = True
    rendered = made.process(data, [cites])
    for warning in rendered.warnings:
        if warning.item in keys:
            note(f"warning: {warning}")
    text = clean(rendered.citations[0])
    if as_json:
        echo_json({"citation": text, "keys": [cite["id"] for cite in cites], "style": style, "format": written})
    else:
        click.echo(text)
