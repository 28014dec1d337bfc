"""Documents whose links are checked: Markdown, HTML and text files, and pages on the web."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ppreflist.errors import DocumentUnreadable

if TYPE_CHECKING:
    from ppreflist.links.link import Link
    from ppreflist.net.client import Client

_ENDINGS: Final = (
    ".md", ".markdown", ".mdown", ".qmd", ".rmd", ".html", ".htm", ".xhtml", ".txt", ".text", ".rst", ".adoc", ".org",
    ".tex",
)  # fmt: skip
_LARGEST: Final = 32 * 1024 * 1024


def documents_among(terms: Sequence[str]) -> list[str]:
    """The terms that name documents; UsageError when others stand beside them, because those mean entries."""
    found = [term for term in terms if is_page(term) or _is_file(term)]
    others = [term for term in terms if term not in found]
    if found and others:
        raise click.UsageError(f"{others[0]!r} is no document, and entries and documents are checked in separate runs.")
    return found


def links_of_documents(names: Sequence[str], client: Client) -> list[Link]:
    """The links of files and pages. DocumentUnreadable or a ServiceError says what is wrong with one."""
    from ppreflist.links.documents import DocumentKind, kind_of, links_in

    links: list[Link] = []
    for name in names:
        if is_page(name):
            answer = client.get(name, headers={"Accept": "text/html,text/markdown;q=0.9,text/plain;q=0.8"})
            kind = DocumentKind.HTML if "html" in answer.content_type else kind_of(answer.url.partition("?")[0])
            links += links_in(answer.body.decode("utf-8", "replace"), name, kind, base=answer.url)
        else:
            links += links_in(read_document(Path(name)), name, kind_of(name))
    return links


def is_page(term: str) -> bool:
    """Whether a term is the address of a page."""
    return term.lower().startswith(("http://", "https://"))


def _is_file(term: str) -> bool:
    return term.lower().endswith(_ENDINGS) and ("/" in term or os.sep in term or Path(term).exists())


def read_document(path: Path) -> str:
    """The text of a file. DocumentUnreadable says what is wrong with it."""
    try:
        if path.stat().st_size > _LARGEST:
            raise DocumentUnreadable("this file is too large to look for links in", path=str(path))
        data = path.read_bytes()
    except OSError as error:
        raise DocumentUnreadable(f"it cannot be read: {error.strerror}", path=str(path)) from error
    return data.decode("utf-8-sig", "replace")
