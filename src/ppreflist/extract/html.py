"""HTML -> lines, with the lines of the source (HTML Living Standard, 4.4 'Grouping content').

The standard library's parser is used because it tells where in the source each piece stood. It never executes or
fetches anything.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from ppreflist.extract.document import Document, Line, line_of
from ppreflist.model.identifier import recognise

_HIDDEN: Final = frozenset(
    {"script", "style", "template", "noscript", "svg", "math", "nav", "head", "iframe", "select"}
)
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "html",
        "title",
    ]
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ITEMS: Final = frozenset({"li", "dd"})
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
_WIDTH: Final = 100_000


def document(text: str) -> Document:
    """The lines of a page, one for each block of it. Malformed markup is read as browsers do, roughly."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.flush()
    return Document(tuple(reader.lines))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._at = 0
        self._hidden = 0
        self._heading = False
        self._item = False
        self._preformatted = 0
        self._href = ""
        self._anchor = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "br":
            self.flush(gap=False)
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""
            self._anchor = len(self._text)
        elif tag == "pre":
            self.flush()
            self._preformatted += 1
        elif tag in _BLOCKS:
            self.flush()
            self._heading = tag in _HEADINGS
            self._item = tag in _ITEMS or (self._item and tag in ("p", "div"))

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "a" and self._href:
            self._add_target()
        elif tag in _BLOCKS:
            self.flush()
            self._heading = False
            self._item = False
            self._preformatted -= tag == "pre" and self._preformatted > 0

    def handle_data(self, data: str) -> None:
        if self._hidden or not data:
            return
        if not self._text and data.strip():
            self._at = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
        if self._preformatted:
            self._add_preformatted(data)
        elif self._text or data.strip():
            self._text.append(data)

    def _add_preformatted(self, data: str) -> None:
        first, *rest = data.split("\n")
        self._text.append(first)
        for number, each in enumerate(rest, 1):
            self.flush(gap=False, empty=True)
            self._at = self.getpos()[0] + number
            self._text.append(each)

    def _add_target(self) -> None:
        """An identifier or address that only the link's target has ("Crossref", "Full text")."""
        href, self._href = self._href.strip(), ""
        shown = "".join(self._text[self._anchor :])
        if (
            self._hidden
            or not re.match(r"https?://", href)
            or len(href) > 2000
            or re.search(r"\w\.\w{2,}/|10\.\d{4}", shown)
        ):
            return
        if recognise(href) is not None:
            self._text.append(f" {href} ")

    def flush(self, *, gap: bool = True, empty: bool = False) -> None:
        """End the line; with ``gap`` the paragraph, too."""
        text = "".join(self._text)
        text = text if self._preformatted else " ".join(text.split())
        self._text = []
        self._anchor = 0
        if text.strip() or empty:
            self.lines.append(line_of(text[:_WIDTH], self._at or 1, heading=self._heading, item=self._item))
            self._item = False
        if gap and self.lines and self.lines[-1].text:
            self.lines.append(Line("", self._at or 1))
