"""Entries in a citation style: what ``export`` and ``cite`` share."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from ppreflist.errors import UnknownStyle

if TYPE_CHECKING:
    from ppreflist.csl.processor import Processor
    from ppreflist.model.entry import Entry
    from ppreflist.model.library import Library

WRITTEN: Final = ("markdown", "html", "text", "latex", "rtf", "rst", "asciidoc", "typst", "org")
"""The formats in which a bibliography can be written (a test compares them with ``csl.writers.registry``)."""

NOT_WORKS: Final = frozenset({"xdata", "set"})
"""Entry types that hold data for other entries and are no works themselves (BibLaTeX manual, 2.1.1)."""


def processor(style: str, written: str, lang: str | None = None) -> Processor:
    """The processor for a style (name, id or path), an output format and a language. StyleError says what is wrong."""
    from ppreflist.csl import locate
    from ppreflist.csl.processor import Processor
    from ppreflist.csl.style import load_style

    if style.lower().endswith(".bib"):
        hint = f"To export another library: --library {shlex.quote(style)}. `ppreflist styles QUERY` finds styles."
        raise UnknownStyle(f"{style} is a library, no citation style", hint=hint)
    if lang is not None and locate.locale_text(lang) is None:
        known = locate.locale_names()
        near = [name for name in known if name[:2].lower() == lang[:2].lower()]
        raise UnknownStyle(
            f"there is no locale {lang!r}",
            hint=f"There is: {', '.join(near or known)}. Without --lang the style decides.",
        )
    loaded = load_style(locate.style_text(style), path=style, parent=locate.parent_text)
    return Processor(loaded, locale_text=locate.locale_text, lang=lang, format=written)


def items(library: Library, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The CSL-JSON items of the entries that are works, in order, with their inherited fields.

    The id of an item is the entry's key; where a key is defined more than once, ``#2`` and so on tell them apart.
    """
    from ppreflist.formats.csljson import item

    made = []
    seen: dict[str, int] = {}
    for entry in entries:
        if entry.type in NOT_WORKS:
            continue
        data = item(entry, library)
        seen[entry.key] = times = seen.get(entry.key, 0) + 1
        made.append(data | {"id": f"{entry.key}#{times}"} if times > 1 else data)
    return made
