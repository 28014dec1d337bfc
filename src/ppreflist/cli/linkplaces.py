"""Where the links of a run stand in their files."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ppreflist.bibtex.disk import read
from ppreflist.cli.linkfiles import is_page, read_document
from ppreflist.cli.reports.places import Region, in_documents, in_library
from ppreflist.errors import DocumentUnreadable
from ppreflist.links.link import Link


def places_of(links: Iterable[Link], library: Path | None) -> dict[Link, Region]:
    """The regions of links in their library, or in their documents, as the files are now; those that are certain.

    What cannot be read again (stdin, a page, a pipe), or would fill the memory, has none.
    """
    wanted = list(links)
    if library is not None:
        return in_library(read(library).file, wanted)
    names = dict.fromkeys(link.file for link in wanted if link.file and not is_page(link.file))
    texts = {}
    for name in names:
        if Path(name).is_file():
            with suppress(DocumentUnreadable):
                texts[name] = read_document(Path(name))
    return in_documents(texts, wanted)
