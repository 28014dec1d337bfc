"""Documents -> links: the web addresses in Markdown, HTML and plain text. Pure: text in, links out.

Only what leads to the web is a link here: relative addresses, mail addresses and jumps within the page are not, unless
``base`` (the address of a page) makes web addresses of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final
from urllib.parse import urljoin

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ppreflist.links.collect import addresses_in
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.lists import FIELD

_WEB: Final = re.compile(r"\s*(?:h?t{1,3}ps?\s*[:;]|//|www\.)", re.IGNORECASE)
_ADDRESSES: Final = {
    "a": "href", "area": "href", "img": "src", "iframe": "src", "audio": "src", "video": "src", "source": "src",
}  # fmt: skip


class DocumentKind(StrEnum):
    MARKDOWN = "markdown"
    HTML = "html"
    TEXT = "text"


def links_in(text: str, name: str, kind: DocumentKind, base: str = "") -> Iterator[Link]:
    """The links of a document in its order. ``name`` is its file name or address."""
    found = {DocumentKind.MARKDOWN: _markdown, DocumentKind.HTML: _html, DocumentKind.TEXT: _plain}[kind](text)
    for address, line in found:
        written = address.strip()
        if base and written and not written.lower().startswith(("#", "www.")):
            written = _resolved(base, written)
        if written and _WEB.match(written):
            yield Link(
                name, FIELD, line, LinkKind.URL, written, 0, len(written), editable=False, file=name
            )  # fmt: skip


def kind_of(name: str) -> DocumentKind:
    """What a file is, by its name."""
    ending = name.rpartition(".")[2].lower()
    if ending in ("md", "markdown", "mdown", "qmd", "rmd"):
        return DocumentKind.MARKDOWN
    return DocumentKind.HTML if ending in ("html", "htm", "xhtml") else DocumentKind.TEXT


def _resolved(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _plain(text: str, first_line: int = 1) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(text.splitlines(), first_line):
        for start, end in addresses_in(line):
            yield line[start:end], number


# Markdown -------------------------------------------------------------------------------------------------------------


def _markdown(text: str) -> Iterator[tuple[str, int]]:
    """Links, images, autolinks and bare addresses; code is left alone. Lines are those of the source."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable("table")
    # Addresses are wanted as they are written, not as a browser would percent-encode them.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    lines = text.splitlines()
    line = 1
    for token in parser.parse(text):
        if token.map is not None:
            line = token.map[0] + 1
        if token.type == "html_block":
            for address, below in _html(token.content):
                yield address, line + below - 1
        elif token.type == "inline" and token.children:
            last = token.map[1] if token.map is not None else line
            yield from _inline(token.children, lines, line, last)


def _inline(children: list[Token], lines: list[str], first: int, last: int) -> Iterator[tuple[str, int]]:
    at = first
    linked = 0
    for child in children:
        found: list[str] = []
        if child.type in ("link_open", "image"):
            found = [str(child.attrGet("href" if child.type == "link_open" else "src") or "")]
        elif child.type == "html_inline":
            found = [address for address, _ in _html(child.content)]
        elif child.type == "text" and not linked:
            found = [child.content[start:end] for start, end in addresses_in(child.content)]
        linked += (child.type == "link_open") - (child.type == "link_close")
        for address in found:
            # A block's tokens say only where the block is; the address itself is on one of its lines, or in a
            # definition elsewhere.
            at = next((number for number in range(at, last + 1) if address in _line(lines, number)), at)
            yield address, at


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if number <= len(lines) else ""


# HTML -----------------------------------------------------------------------------------------------------------------


def _html(text: str) -> Iterator[tuple[str, int]]:
    """By libxml2, in linear time whatever the text: ``html.parser`` reads an unclosed tag again and again."""
    if not text.strip():
        return
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return
    for element in () if root is None else root.iter(*_ADDRESSES):
        address = element.get(_ADDRESSES[str(element.tag)])
        if address:
            yield str(address), int(str(element.sourceline or 1))
