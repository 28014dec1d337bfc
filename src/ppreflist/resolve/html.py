"""A web page's bytes -> what its head says: meta elements, links, titles and JSON-LD, as plain values.

HTML Living Standard, 4.2.4 'The link element', 4.2.5 'The meta element'; Dublin Core in HTML uses ``DC.`` or
``dcterms.`` before its names (https://www.dublincore.org/specifications/dublin-core/dc-html/); Open Graph has
``property`` for ``name`` (https://ogp.me/#metadata); JSON-LD 1.1, 7 'Embedding JSON-LD in HTML Documents'.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from ppreflist.errors import ServiceMalformed
from ppreflist.net.answer import Answer, charset_of_web
from ppreflist.resolve.asking import charset_of, decoded
from ppreflist.resolve.record import clean_text

MAX_BYTES: Final = 2 * 1024 * 1024
"""Heads of pages end long before this; JSON-LD at the end of a longer page is lost."""
LONGEST_PARSE: Final = 10.0
"""Seconds. libxml2 takes quadratic time for a tag with very many attributes."""

_MOST_METAS: Final = 3000
_LONGEST_CONTENT: Final = 4000
_MOST_SCRIPTS: Final = 30
_MOST_OBJECTS: Final = 300
_DEEPEST: Final = 12
_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([a-zA-Z0-9_:.-]{1,40})""", re.IGNORECASE
)
_DOI_LINK: Final = re.compile(r"https?://(?:dx\.)?doi\.org/10\.", re.IGNORECASE)


@dataclass(slots=True)
class Head:
    """``metas`` by lower-cased name (``:`` and ``_`` as written), values in their order; ``links`` by lower-cased rel.

    ``objects`` are JSON-LD's, those inside ``@graph`` too. ``doi_links`` are addresses at doi.org in the whole page.
    """

    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    objects: list[dict[str, Any]] = field(default_factory=list)
    title: str = ""
    heading: str = ""
    language: str = ""
    published: str = ""
    doi_links: list[str] = field(default_factory=list)

    def all(self, *names: str) -> list[str]:
        """The values of the first of these names that the page has."""
        return next((values for name in names if (values := self.metas.get(name))), [])

    def first(self, *names: str) -> str:
        """The first value of the first of these names that the page has, or an empty string."""
        return next(iter(self.all(*names)), "")


def head_of(answer: Answer) -> Head:
    """What the page in a 2xx answer says of itself. ServiceMalformed: it is no HTML, or takes too long to read."""
    text = _text_of(answer)
    root = _parsed(text)
    head = Head()
    if root is None:
        return head
    head.language = clean_text((root.get("lang") or "")[:40])
    for element in root.iter("meta", "link", "title", "h1", "script", "time", "a"):
        _READERS[str(element.tag)](head, element)
    return head


def _text_of(answer: Answer) -> str:
    """The page decoded: by its byte order mark, the HTTP header, its own ``meta``, or by trying."""
    body = answer.body
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    named = _CHARSET.search(body[:4096])
    # What is cut off at the size limit may end inside a character of up to four bytes.
    whole = body if answer.complete else body[:-4]
    in_page = charset_of_web(named[1].decode("ascii")) if named else ""
    for encoding in filter(None, ("utf-8-sig", charset_of(answer), in_page)):
        try:
            return whole.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return decoded(answer)


def _parsed(text: str) -> etree._Element | None:
    """The root element; None for a page without any."""
    data = text.replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    made: list[etree._Element | None] = []

    def parse() -> None:
        try:
            made.append(etree.fromstring(data, parser))
        except (etree.LxmlError, ValueError):
            made.append(None)

    # A thread, for the parser cannot be stopped; it lets others run, and a daemon ends with the process.
    thread = threading.Thread(target=parse, daemon=True)
    thread.start()
    thread.join(LONGEST_PARSE)
    if thread.is_alive():
        raise ServiceMalformed("the page is built in a way that takes too long to read")
    return made[0]


def _meta(head: Head, element: etree._Element) -> None:
    content = (element.get("content") or "")[:_LONGEST_CONTENT].strip()
    for attribute in ("name", "property", "itemprop"):
        name = (element.get(attribute) or "").strip().lower()[:80]
        if name and content:
            if name in head.metas or len(head.metas) < _MOST_METAS:
                values = head.metas.setdefault(name, [])
                if len(values) < _MOST_METAS:
                    values.append(content)
            return


def _link(head: Head, element: etree._Element) -> None:
    href = (element.get("href") or "").strip()[:_LONGEST_CONTENT]
    for rel in (element.get("rel") or "").lower().split()[:5]:
        if href and len(head.links) < _MOST_METAS:
            head.links.setdefault(rel, [href])


def _title(head: Head, element: etree._Element) -> None:
    if not head.title:
        head.title = _inner(element)


def _heading(head: Head, element: etree._Element) -> None:
    if not head.heading:
        head.heading = _inner(element)


def _time(head: Head, element: etree._Element) -> None:
    marked = (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None
    if marked and not head.published:
        head.published = (element.get("datetime") or _inner(element))[:60]


def _anchor(head: Head, element: etree._Element) -> None:
    href = element.get("href") or ""
    if len(head.doi_links) < _MOST_OBJECTS and _DOI_LINK.match(href.strip()):
        head.doi_links.append(href.strip()[:_LONGEST_CONTENT])


def _script(head: Head, element: etree._Element) -> None:
    if (element.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
        return
    try:
        value = json.loads((element.text or "").strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return  # what a page gets wrong here it says elsewhere as well
    head.objects += list(_objects(value))[: _MOST_OBJECTS - len(head.objects)]


_READERS: Final = {
    "meta": _meta, "link": _link, "title": _title, "h1": _heading, "time": _time, "a": _anchor, "script": _script,
}  # fmt: skip


def _objects(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value[:_MOST_OBJECTS]:
            yield from _objects(each, depth + 1)
    elif isinstance(value, Mapping):
        if "@type" in value:
            yield dict(value)
        for inner in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(inner), list | Mapping):
                yield from _objects(value[inner], depth + 1)


def _inner(element: etree._Element) -> str:
    parts: list[str] = []
    length = 0
    for text in element.itertext():
        parts.append(str(text))
        length += len(text)
        if length > _LONGEST_CONTENT:
            break
    return clean_text("".join(parts)[:_LONGEST_CONTENT])
