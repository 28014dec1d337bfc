"""CSL-JSON from strangers as clean items: known variables only, in their documented shapes, harmless text.

Sources: CSL-JSON schema ``csl-data.json`` (https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json);
citeproc-js' manual, 'HTML-like Formatting Tags', for the tags that may stand in a title; Crossref's additions from
https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md (lists of titles, ``published-print``, own types).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from ppreflist.model.identifier import DOI, ISBN, ISSN, Identifier, parse_doi, parse_isbn, parse_issn, recognise

Item = dict[str, Any]
"""One CSL-JSON item."""

LONGEST_TEXT = 4000
LONGEST_IN_FILE = 1_000_000
MOST_NAMES = 10_000

_TEXT_VARIABLES = """
    title title-short original-title container-title container-title-short collection-title volume-title publisher
    publisher-place volume issue page number edition collection-number chapter-number number-of-pages number-of-volumes
    part-number supplement-number version genre medium language event-title event-place archive archive_location
    authority section status PMID PMCID
"""
_OWN_VARIABLES = """
    abstract note annote keyword call-number original-publisher original-publisher-place collection-title-short
"""
"""What is in people's files and not asked of services."""
_RICH = frozenset({"title", "title-short", "original-title", "container-title", "collection-title", "volume-title"})
RICH_IN_FILES = _RICH | {
    "abstract", "note", "annote", "event-title", "publisher", "publisher-place", "collection-title-short",
    "container-title-short",
}  # fmt: skip
"""The variables that may have markup in people's files."""
_NAME_VARIABLES = """
    author editor translator chair container-author collection-editor composer director illustrator interviewer
    original-author recipient reviewed-author contributor curator series-creator compiler editorial-director guest host
    narrator organizer performer producer script-writer executive-producer
"""
_OTHER_SCHEME = re.compile(r"(?!https?:|ftp:)[a-z][a-z0-9+-]*:", re.IGNORECASE)
"""A scheme that is not the web's; ``www.example.org:80`` has a port."""
_NAME_PARTS = ("family", "given", "suffix", "non-dropping-particle", "dropping-particle", "literal")
_DATES = frozenset({"issued", "accessed", "event-date", "original-date", "submitted", "available-date"})
_TEXTS = frozenset(_TEXT_VARIABLES.split())
_FILE_TEXTS = _TEXTS | frozenset(_OWN_VARIABLES.split())
_NAMES = frozenset(_NAME_VARIABLES.split())
_OPEN_END = ([0], ["0"])
"""The end of a range that goes on (citeproc-js' manual, 'Dates')."""

_CROSSREF_TYPES = {
    **dict.fromkeys(("journal-article",), "article-journal"),
    **dict.fromkeys(("magazine-article",), "article-magazine"),
    **dict.fromkeys(("book-chapter", "book-section", "book-part", "book-track"), "chapter"),
    **dict.fromkeys(("monograph", "edited-book", "reference-book", "book-set", "book-series", "proceedings"), "book"),
    **dict.fromkeys(("proceedings-article",), "paper-conference"),
    **dict.fromkeys(("reference-entry",), "entry-encyclopedia"),
    **dict.fromkeys(("posted-content",), "article"),
    **dict.fromkeys(("dissertation",), "thesis"),
    **dict.fromkeys(("report-component", "report-series"), "report"),
    **dict.fromkeys(("peer-review",), "review"),
    **dict.fromkeys(("journal", "journal-volume", "journal-issue"), "periodical"),
    **dict.fromkeys(("database",), "dataset"),
    **dict.fromkeys(("other", "component"), "document"),
}
_TYPE = re.compile(r"[a-z][a-z_-]{1,40}")

_TAG = re.compile(r"<(/?)(?:[a-z]{1,8}:)?([a-z][a-z0-9-]{0,20})(?:\s[^<>]{0,300})?(/?)>", re.IGNORECASE)
_KEPT_TAGS = {
    "i": "i", "em": "i", "italic": "i", "b": "b", "strong": "b", "bold": "b", "sup": "sup", "sub": "sub", "sc": "sc",
    "scp": "sc",
}  # fmt: skip
_BLOCKS = frozenset({"p", "br", "title", "div", "li", "sec", "break"})
_SPANS = frozenset({"nocase", "sc", "span"})
_OPENING = {"sc": '<span style="font-variant:small-caps">', "nocase": '<span class="nocase">', "span": ""}
_CLOSING = {"sc": "</span>", "nocase": "</span>", "span": ""}
_HTML_NAMES = """
    a abbr annotation article bdi bdo big center cite code del dfn ext-link figure font h1 h2 h3 h4 h5 h6 hr img
    inline-formula inline-graphic ins kbd label link list list-item mark math mfenced mfrac mi mn mo monospace mover
    mpadded mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover named-content ol
    overline pre q roman s samp sans-serif script section semantics small span strike style styled-content subtitle svg
    table tbody td tex-math th tr tt u ul underline var xref
"""
_DROPPED_TAGS = frozenset(_HTML_NAMES.split())


def clean_item(raw: Mapping[str, Any], *, whole: bool = False) -> Item:
    """The item with its known variables only, each in its documented shape; what has another shape is left out.

    ``whole``: it is from somebody's own file, so abstract, notes and keywords are kept as well, at any length that a
    file can have, and so are identifiers with a mistake in them, for people to see.
    """
    item: Item = {"type": _type(raw.get("type"))}
    names, rich, longest = (_FILE_TEXTS, RICH_IN_FILES, LONGEST_IN_FILE) if whole else (_TEXTS, _RICH, LONGEST_TEXT)
    for name in names & raw.keys():
        text = _text(raw[name], rich=name in rich, longest=longest)
        if text:
            item[name] = text
    for name in _NAMES & raw.keys():
        people = _names(raw[name])
        if people:
            item[name] = people
    for name in _DATES & raw.keys():
        date = _date(raw[name])
        if date:
            item[name] = date
    _add_identifiers(item, raw, whole=whole)
    _add_crossref(item, raw)
    return item


def clean_text(text: str) -> str:
    """Text without control, invisible and bidirectional characters, in NFC, white space as single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = "".join(" " if each in "\u2028\u2029" else each for each in text if not _unwanted(each))
    elif not text.isprintable():
        text = "".join(each for each in text if each.isprintable() or each.isspace())
    return " ".join(text.split())


def clean_rich(text: str) -> str:
    """The same with markup: CSL's own tags balanced and kept, every other tag and entity turned into plain text."""
    for _ in range(2):  # publishers deposit entities escaped twice: &amp;lt;i&amp;gt;
        if "&" in text:
            text = html.unescape(text)
    text = clean_text(text)
    return _balanced(text) if "<" in text else text


def _unwanted(character: str) -> bool:
    category = unicodedata.category(character)
    # Zero-width joiners are part of words in many scripts (U+200C, U+200D).
    if category == "Cf":
        return character not in "\u200c\u200d"
    return category in ("Cc", "Cs", "Co", "Cn") and not character.isspace()


def _balanced(text: str) -> str:
    parts: list[str] = []
    open_tags: list[str] = []
    position = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        kept = _KEPT_TAGS.get(name)
        if kept is None and name not in _BLOCKS and name not in _DROPPED_TAGS:
            continue
        parts.append(text[position : match.start()])
        position = match.end()
        if name == "span":
            kept = (
                _span(match[0]) if not match[1] else next((tag for tag in reversed(open_tags) if tag in _SPANS), None)
            )
        if kept is None:
            parts.append(" " if name in _BLOCKS else "")
        elif match[1]:
            if kept in open_tags:
                while open_tags[-1] != kept:
                    parts.append(_close(open_tags.pop()))
                parts.append(_close(open_tags.pop()))
        elif not match[3] and len(open_tags) < 8:
            open_tags.append(kept)
            parts.append(_OPENING.get(kept, f"<{kept}>"))
    parts.append(text[position:])
    parts.extend(_close(tag) for tag in reversed(open_tags))
    joined = "".join(parts)
    return " ".join(joined.split()) if "  " in joined or joined[:1] == " " or joined[-1:] == " " else joined


def _span(tag: str) -> str:
    """What a span means: capitals that stay, small capitals, or nothing."""
    if "nocase" in tag:
        return "nocase"
    return "sc" if "small-caps" in tag else "span"


def _close(tag: str) -> str:
    return _CLOSING.get(tag, f"</{tag}>")


def _first(value: object) -> object:
    """The first of a list (Crossref gives lists where CSL has one value), or the value itself."""
    return next(iter(value), None) if isinstance(value, list) else value


def _text(value: object, *, rich: bool = False, longest: int = LONGEST_TEXT) -> str:
    value = _first(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value)[: longest * 4]
    return (clean_rich(text) if rich else clean_text(html.unescape(text) if "&" in text else text))[:longest]


def _type(value: object) -> str:
    name = value.strip().lower() if isinstance(value, str) else ""
    name = _CROSSREF_TYPES.get(name, name)
    return name if _TYPE.fullmatch(name) else "document"


def _names(value: object) -> list[dict[str, str]]:
    if not isinstance(value, list):
        return []
    found = []
    for each in value[:MOST_NAMES]:
        if isinstance(each, str):
            each = {"literal": each}
        if not isinstance(each, Mapping):
            continue
        parts = {part: _text(each.get(part)) for part in _NAME_PARTS}
        if not parts["family"]:
            # Crossref calls an organisation's name 'name'; a name without family is one that is not split.
            whole = parts["literal"] or _text(each.get("name")) or parts["given"]
            parts = {"literal": whole}
        parts = {part: text for part, text in parts.items() if text}
        if parts:
            found.append(parts)
    return found


def _date(value: object) -> Item:
    """A CSL date with ``date-parts`` of whole numbers in their ranges, or an empty dict."""
    if isinstance(value, str):
        value = {"raw": value}
    if not isinstance(value, Mapping):
        return {}
    parts = value.get("date-parts")
    dates = [_date_parts(each) for each in parts[:2]] if isinstance(parts, list) else []
    made: Item = {"date-parts": [each for each in dates if each]}
    if made["date-parts"]:
        if len(dates) == 2 and isinstance(parts, list) and parts[1] in _OPEN_END:
            made["date-parts"].append([0])
        if str(value.get("season")) in ("1", "2", "3", "4"):
            made["season"] = int(value["season"])
        if value.get("circa") and str(value["circa"]).casefold() != "false":
            made["circa"] = True
        return made
    for name in ("raw", "literal"):
        text = _text(value.get(name))
        if text:
            return {name: text}
    return {}


def _date_parts(value: object) -> list[int]:
    parts: list[int] = []
    for number, (low, high) in zip(
        value if isinstance(value, list) else [], ((-9999, 9999), (1, 12), (1, 31)), strict=False
    ):
        try:
            part = int(number)
        except (TypeError, ValueError):
            break
        if not low <= part <= high or part == 0:
            break
        parts.append(part)
    return parts


def _add_identifiers(item: Item, raw: Mapping[str, Any], *, whole: bool) -> None:
    written = _text(raw.get("DOI"))
    doi = parse_doi(written)
    if isinstance(doi, DOI):
        item["DOI"] = doi.value
    elif written and whole:
        item["DOI"] = written
    for name, parser, kind in (("ISBN", parse_isbn, ISBN), ("ISSN", parse_issn, ISSN)):
        values = raw.get(name)
        given = values[:20] if isinstance(values, list) else [values]
        texts = [text.strip() for each in given for text in re.split("[,;]", _text(each))]
        # Crossref once gave ISBNs as http://id.crossref.org/isbn/...
        read = [parser(text.rpartition("/")[2]) for text in texts]
        valid = list(dict.fromkeys(each.value for each in read if isinstance(each, kind)))
        if valid:
            item[name] = ", ".join(valid) if whole else valid[0]
        elif whole and any(texts):
            item[name] = ", ".join(text for text in texts if text)
    url = _text(raw.get("URL"))
    if whole:
        if url and not _OTHER_SCHEME.match(url):
            item["URL"] = url
    elif url.lower().startswith(("http://", "https://")) and not _says_the_same(recognise(url), item):
        item["URL"] = url


def _says_the_same(identifier: Identifier | None, item: Item) -> bool:
    """Whether an address is only the DOI again."""
    return isinstance(identifier, DOI) and identifier == DOI(item.get("DOI", ""))


def _add_crossref(item: Item, raw: Mapping[str, Any]) -> None:
    """What Crossref's records say in other words than CSL's."""
    title, subtitle = item.get("title", ""), _text(raw.get("subtitle"), rich=True)
    if title and subtitle and subtitle.casefold() not in title.casefold():
        item["title"] = f"{title}{' ' if title[-1] in '?!:' else ': '}{subtitle}"
    if "container-title-short" not in item:
        short = _text(raw.get("short-container-title")) or _text(raw.get("journalAbbreviation"))
        if short:
            item["container-title-short"] = short
    article_number = _text(raw.get("article-number"))
    if article_number and "page" not in item and "number" not in item:
        item["number"] = article_number
    # 'issued' is the earlier of the online and the print date, but volume and pages are those of the printed issue,
    # and every citation gives its year.
    printed = _date(raw.get("published-print"))
    if printed and (item["type"] == "article-journal" and "volume" in item):
        item["issued"] = printed
    for name in ("published-print", "published-online", "published", "posted"):
        if "issued" not in item:
            date = _date(raw.get(name))
            if date:
                item["issued"] = date
