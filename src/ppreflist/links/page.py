"""What the beginning of a web page says of itself: title, heading, where it sends its readers, which places it has.

Only a capped prefix of a body is read, in time linear to it, and only plain facts are kept, so that a run over very
many pages holds none of them. The markup is scanned, not parsed: what is wanted stands in the head, and pages on the
web are rarely well-formed (HTML Standard, 13.2, and what browsers make of it).
"""

from __future__ import annotations

import html
import re
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urljoin

from ppreflist.links.fingerprint import simhash, vocabulary
from ppreflist.links.maintext import main_text
from ppreflist.links.providers import Provider, provider
from ppreflist.net.answer import Answer, charset_of_web

TINY = 600
"""Characters of visible text up to which a page is tiny, and its text is kept and weighed."""

_LONGEST = 400
_SMALL = 8 * 1024
_SCRIPTS = 4 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """Facts of a page. Texts are plain, white space folded, at most 400 characters long (``text``: 600).

    ``text`` is the visible text of a tiny page, else empty; ``tiny`` tells whether it is all there is. ``refresh`` is
    the absolute address that the page sends its readers on to by itself, ``refresh_wait`` the seconds until then.
    ``password`` tells whether it asks for one, ``doi`` is the DOI that it says it has. ``anchors`` are checksums of the
    places that a fragment can name (``has_anchor``), ``provider`` is who put a tiny page up, ``complete`` tells whether
    the whole page was seen. ``language``, ``simhash``, ``words`` and ``vocabulary`` are as in
    ``fingerprint.Fingerprint``; of a ``sparse`` page they are those of its menus, for it has next to no text beside.
    """

    title: str = ""
    heading: str = ""
    text: str = ""
    tiny: bool = False
    canonical: str = ""
    refresh: str = ""
    refresh_wait: float = 0.0
    password: bool = False
    doi: str = ""
    anchors: bytes = b""
    provider: Provider = Provider.NOBODY
    complete: bool = True
    language: str = ""
    simhash: int = 0
    words: int = 0
    sparse: bool = False
    vocabulary: bytes = b""

    def has_anchor(self, fragment: str) -> bool:
        """Whether a fragment names a place that was seen. ``top`` is a place of every page (HTML Standard, 7.4.6.4)."""
        sought = {fragment, unquote(fragment)}
        # A text fragment, a PDF's page, a viewer's state: not the name of a place.
        if any(each.lower() in ("", "top") or each.startswith((":~:", "!", "/")) or "=" in each for each in sought):
            return True
        return not {_checksum(each.partition(":~:")[0].encode()) for each in sought}.isdisjoint(_numbers(self.anchors))


NO_PAGE = Page()


@dataclass(frozen=True, slots=True)
class Visit(Answer):
    """An answer whose page was read; ``body`` holds no more than its first byte that is not white space."""

    page: Page = NO_PAGE


def visited(answer: Answer) -> Visit:
    """The answer with its page read in place of its body."""
    if isinstance(answer, Visit):
        return answer
    page = page_of(answer)
    begins = answer.body[:256].lstrip()[:1] or answer.body.lstrip()[:1]
    return Visit(
        answer.status, answer.url, answer.headers, begins, answer.complete, answer.redirects, answer.inferred, page
    )  # fmt: skip


def page_of(answer: Answer) -> Page:
    """The page in an answer; one without facts when it is not HTML."""
    if isinstance(answer, Visit):
        return answer.page
    kind = answer.headers.get("content-type", "")
    return read_page(answer.body, answer.url, kind, complete=answer.complete, weighed=answer.status < 300)


_HTML = ("text/html", "application/xhtml")


def is_html(answer: Answer) -> bool:
    """Whether an answer is, or says that it is, a web page."""
    kind = answer.content_type
    return kind.startswith(_HTML) or (not kind and answer.body[:1] == b"<")


def read_page(body: bytes, url: str, content_type: str = "", *, complete: bool = True, weighed: bool = True) -> Page:
    """Read the beginning of a page; its main text only when it shall be ``weighed``. Never raises."""
    if not body or (content_type and not content_type.lower().lstrip().startswith(_HTML)) or body[:4] == b"%PDF":
        return Page(complete=complete)
    if not content_type and b"<" not in body[:512]:
        return Page(complete=complete)
    wide = _wide(content_type, body)
    body = body.decode(wide, "replace").encode("utf-8", "replace") if wide else body
    charset = "utf-8" if wide else _charset(content_type, body)
    whole = body.lower()  # of ASCII only, so that places stay the same
    bare, lower, scripts = _bare(body, whole)
    title = _plain(_element(bare, lower, b"title"), charset)
    heading = _plain(_element(bare, lower, b"h1"), charset)
    head = _Head(bare, lower, url, charset)
    words, sparse = main_text(bare, lower, charset) if weighed else ([], True)
    text, tiny = "", False
    if complete and len(bare) <= _SMALL and not _are_many(words):
        text, tiny = _tiny_text(bare, lower, charset)
    refresh, wait = head.refresh, head.refresh_wait
    if not refresh and tiny and 0 < len(scripts) <= _SCRIPTS:
        refresh, wait = _scripted(scripts, url, charset), 0.0
    return Page(
        title=title, heading=heading, text=text, tiny=tiny, canonical=head.canonical, refresh=refresh,
        refresh_wait=wait, password=_asks_password(lower), doi=head.doi, anchors=_anchors(bare, lower),
        provider=provider(whole) if tiny else Provider.NOBODY, complete=complete,
        language=_language(lower), simhash=simhash(words), words=len(words), sparse=sparse,
        vocabulary=vocabulary(title, heading, words) if weighed else b"",
    )  # fmt: skip


_LANGUAGE = re.compile(rb"<html\s(?:[^<>]{0,400}\s)?lang\s{0,4}=\s{0,4}[\"']?([a-z]{2,3})(?![a-z])")


def _language(lower: bytes) -> str:
    found = _LANGUAGE.search(lower, 0, 2048)
    return found[1].decode("ascii") if found else ""


_PASSWORD = re.compile(rb"\stype\s{0,4}=\s{0,4}[\"']?password")


def _asks_password(lower: bytes) -> bool:
    return b"password" in lower and _PASSWORD.search(lower) is not None


# Characters -----------------------------------------------------------------------------------------------------------

_CHARSET = re.compile(rb"charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w.:-]{2,40})", re.ASCII)


def _wide(content_type: str, body: bytes) -> str:
    """The encoding of a page whose markup is not written in single bytes; empty for all others."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    stated = content_type.lower()
    if "utf-16" in stated and b"\x00" in body[:4]:
        return "utf-16-le" if body[1:2] == b"\x00" else "utf-16-be"
    return ""


def _charset(content_type: str, body: bytes) -> str:
    """The encoding that the header or the page states (HTML Standard, 13.2.3: within the first 1024 bytes)."""
    if body.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    stated = content_type.encode("latin-1", "replace") + b"\n" + body[:1024]
    found = _CHARSET.search(stated.lower()) if b"set" in stated or b"SET" in stated else None
    name = charset_of_web(found[1].decode("ascii") if found else "") or "utf-8"
    try:
        "".encode(name)
        b"a".decode(name)
    except (LookupError, UnicodeError, ValueError, AssertionError):
        return "utf-8"
    # Label 'iso-8859-1' means windows-1252 on the web (Encoding Standard, 4.2).
    return "cp1252" if name in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name


def _text(raw: bytes, charset: str) -> str:
    try:
        found = raw.decode(charset, "replace")
    except (UnicodeError, ValueError, TypeError, LookupError):
        found = raw.decode("utf-8", "replace")
    return html.unescape(found)


_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def _plain(raw: bytes, charset: str, longest: int = _LONGEST) -> str:
    """The visible text of a piece of markup."""
    if not raw:
        return ""
    if b"<" in raw:
        first, *rest = raw.split(b"<")
        raw = b" ".join((first, *(part.partition(b">")[2] for part in rest)))
    text = " ".join(_text(raw, charset).split())
    if not text.isprintable():
        text = " ".join(_UNPRINTABLE.sub(" ", text).split())
    return text[:longest]


def _are_many(words: Sequence[bytes]) -> bool:
    """Whether words of a page are too long a text for a tiny one, as is seen at a glance."""
    letters = b"".join(words)
    return len(letters) > TINY and letters.isascii()


def _tiny_text(bare: bytes, lower: bytes, charset: str) -> tuple[str, bool]:
    """The visible text of a page without its title, and whether that is little; empty when it is not."""
    first, *rest = bare[max(lower.find(b"</title"), 0) :].split(b"<")
    texts = [first]
    length = 0
    for part in rest:
        text = part.partition(b">")[2].strip()
        if text:
            texts.append(text)
            length += len(text) if text.isascii() else len(text) // 4
            if length > 2 * TINY or (length > TINY and b"&" not in text):
                return "", False
    found = _plain(b" ".join(texts).replace(b"<", b" "), charset, TINY + 1)
    return (found, True) if len(found) <= TINY else ("", False)


# Elements -------------------------------------------------------------------------------------------------------------

_OPAQUE = re.compile(rb"<(?:!--|(?P<name>script|style|noscript|template|svg|iframe)(?![\w-]))")


def _bare(body: bytes, lower: bytes) -> tuple[bytes, bytes, bytes]:
    """The markup without comments and what is not shown to readers with a usual browser; the same in lower case; and
    the scripts in it. ``lower`` is all of it in lower case."""
    found = _OPAQUE.search(lower)
    if found is None:
        return body, lower, b""
    parts: list[bytes] = []
    scripts: list[bytes] = []
    place = 0
    while found is not None:
        parts.append(body[place : found.start()])
        name = found["name"]
        close = b"-->" if name is None else b"</" + name
        end = lower.find(close, found.end())
        if end < 0:
            place = len(body)
            break
        if name == b"script":
            scripts.append(body[found.end() : end])
        place = end + len(close) if name is None else max(lower.find(b">", end) + 1, end + len(close))
        found = _OPAQUE.search(lower, place)
    parts.append(body[place:])
    bare = b" ".join(parts)
    return bare, bare.lower(), b"\n".join(scripts)


def _element(body: bytes, lower: bytes, name: bytes) -> bytes:
    """The content of the first element of a name; up to the end, at most, when it is never closed."""
    found = re.search(rb"<" + name + rb"(?:\s[^<>]{0,1000})?>", lower)
    if found is None:
        return b""
    end = lower.find(b"</" + name, found.end())
    return body[found.end() : end if end >= 0 else found.end() + _LONGEST]


_META = re.compile(rb"<(?P<tag>meta|link)\s(?P<attributes>[^<>]{1,3000})>")
_ATTRIBUTE = re.compile(
    rb"(?P<name>[\w:.-]{1,40})\s{0,8}=\s{0,8}(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>]{1,3000}))"
)
_REFRESH = re.compile(r"\s*(?P<wait>\d{0,6}(?:\.\d{0,3})?)\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?(?P<to>[^\"']*)", re.I)
_MOST_METAS = 200
_LONGEST_WAIT = 15.0
_DOI_NAMES = frozenset((b"citation_doi", b"prism.doi", b"bepress_citation_doi", b"dc.identifier.doi", b"doi"))


class _Head:
    """What the ``meta`` and ``link`` elements say."""

    def __init__(self, bare: bytes, lower: bytes, url: str, charset: str) -> None:
        self.canonical = ""
        self.refresh = ""
        self.refresh_wait = 0.0
        self.doi = ""
        for tag, attributes in self._elements(bare, lower):
            value = _text(attributes.get(b"content", b""), charset).strip()
            name = attributes.get(b"name", b"").lower()
            if tag == b"link":
                if attributes.get(b"rel", b"").lower() == b"canonical" and not self.canonical:
                    self.canonical = joined(url, _text(attributes.get(b"href", b""), charset))
            elif attributes.get(b"http-equiv", b"").lower() == b"refresh" and not self.refresh:
                self._read_refresh(value, url)
            elif name in _DOI_NAMES and not self.doi:
                found = re.search(r"10\.\d{4,9}/[^\s\"<>]{1,200}", value)
                self.doi = found[0] if found else ""

    @staticmethod
    def _elements(bare: bytes, lower: bytes) -> Iterator[tuple[bytes, dict[bytes, bytes]]]:
        for count, found in enumerate(_META.finditer(lower)):
            if count == _MOST_METAS:
                return
            attributes = bare[found.start("attributes") : found.end("attributes")]
            yield (
                found["tag"],
                {
                    each["name"].lower(): each["double"] or each["single"] or each["bare"] or b""
                    for each in _ATTRIBUTE.finditer(attributes)
                },
            )

    def _read_refresh(self, value: str, url: str) -> None:
        """``5; url=/elsewhere`` (HTML Standard, 4.2.5.3)."""
        found = _REFRESH.match(value)
        if found is None or not found["to"].strip():
            return
        wait = float(found["wait"]) if found["wait"].strip(".") else 0.0
        if wait <= _LONGEST_WAIT:
            self.refresh, self.refresh_wait = joined(url, found["to"].strip()), wait


def joined(url: str, to: str) -> str:
    """An address that a page names, made absolute; empty when it is not one of the web."""
    try:
        found = urljoin(url, to.strip())
    except ValueError:
        return ""
    return found if found.startswith(("http://", "https://")) and len(found) <= 4000 else ""


_LOCATION = re.compile(
    rb"(?<![\w.$])(?:(?:window|document|self|top|parent)\s{0,4}\.\s{0,4}){0,2}location\s{0,4}"
    rb"(?:(?:\.\s{0,4}href\s{0,4})?=\s{0,4}|\.\s{0,4}(?:replace|assign)\s{0,4}\(\s{0,4})"
    rb"(?P<quote>[\"'])(?P<to>[^\"'<>\s\\]{1,2000}|[^\"'<>\s]{1,2000}?)(?P=quote)(?!\s{0,4}[+\w?.])"
)


def _scripted(scripts: bytes, url: str, charset: str) -> str:
    """Where the only thing that a page without content does is to send its readers on by a script."""
    found = _LOCATION.search(scripts)
    return joined(url, _text(found["to"], charset).replace("\\/", "/")) if found else ""


# Places ---------------------------------------------------------------------------------------------------------------

_ANCHOR = re.compile(
    rb"\s(?:id|name)\s{0,4}=\s{0,4}(?:\"(?P<double>[^\"<>]{1,200})\"|'(?P<single>[^'<>]{1,200})'|(?P<bare>[^\s\"'<>]{1,200}))"
)


def _anchors(bare: bytes, lower: bytes) -> bytes:
    """Checksums of the values of ``id`` and ``name``: thousands of pages are kept, their texts are not."""
    if b"id=" not in lower and b"name=" not in lower:
        return b""
    spans = (found.span(found.lastgroup or 0) for found in _ANCHOR.finditer(lower))
    return array("I", (_checksum(bare[start:end].strip()) for start, end in spans)).tobytes()


def _numbers(anchors: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(anchors)
    return numbers


def _checksum(name: bytes) -> int:
    return zlib.crc32(html.unescape(name.decode("utf-8", "replace")).encode() if b"&" in name else name)
