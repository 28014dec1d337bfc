"""Where links stand in their files, to the character: for reports that programs put markers or repairs at.

Only what is certain is told. A value that is put together out of macros (``#``) stands nowhere as it is read; an
address that a document holds twice in a line may be either, and one that it writes otherwise (``&amp;``) is not found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.blocks import FieldSpan
from ppreflist.links.link import Link


@dataclass(frozen=True, slots=True)
class Region:
    """A span of a file: lines and columns are 1-based, columns count characters (Unicode code points), ``end_column``
    is the one behind the last character (SARIF 2.1.0, 3.30)."""

    line: int
    column: int
    end_line: int
    end_column: int


def in_library(file: BibFile, links: Iterable[Link]) -> dict[Link, Region]:
    """The regions of links in a library, of those whose place is certain."""
    wanted = list(links)
    keys = {link.key for link in wanted}
    spans: dict[tuple[str, str, int], FieldSpan] = {}
    for entry in file.entries:
        for span in entry.fields if entry.key in keys else ():
            spans.setdefault((entry.key, span.name.lower(), file.place(span.name_start)[0]), span)
    found = {}
    for link in wanted:
        field = spans.get((link.key, link.field, link.line - link.value.count("\n", 0, link.start)))
        start = _start(file.text[field.value_start : field.value_end], link) if field is not None else -1
        if field is not None and start >= 0:
            start += field.value_start
            found[link] = Region(*file.place(start), *file.place(start + link.end - link.start))
    return found


def _start(source: str, link: Link) -> int:
    """The offset of a link in the text of a value; -1 when that is not what was read."""
    if source[:1] in ("{", '"') and source[1:-1] == link.value:
        return 1 + link.start
    return link.start if source == link.value and source.isdigit() else -1


def in_documents(texts: Mapping[str, str], links: Iterable[Link]) -> dict[Link, Region]:
    """The regions of links in documents, by their names, of those whose place is certain."""
    lines = {name: text.splitlines() for name, text in texts.items()}
    found = {}
    for link in links:
        held = lines.get(link.file, [])
        line = held[link.line - 1] if 0 < link.line <= len(held) else ""
        if line.count(link.written) == 1:
            column = line.index(link.written) + 1
            found[link] = Region(link.line, column, link.line, column + len(link.written))
    return found
