"""Entries -> links: every address and identifier that a reader of the list may follow.

* ``url`` and its kin hold one address; ``doi``, ``pmid``, ``pmcid`` and ``eprint`` one identifier (BibLaTeX manual,
  'Special Fields' and 'Electronic Publishing Information')
* ``howpublished``, ``note`` and the other fields of running text hold addresses in ``\\url{...}``, ``\\href{...}{...}``
  or bare. Abstracts and keywords are left alone: their addresses are the author's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ppreflist.links.link import Link, LinkKind
from ppreflist.model.entry import Entry, Field
from ppreflist.model.name import NAME_FIELDS

URL_FIELDS = frozenset({"url", "urlraw", "archiveurl", "link", "ee", "weblink", "homepage", "website"})
IDENTIFIER_FIELDS = {"doi": LinkKind.DOI, "pmid": LinkKind.PMID, "pmcid": LinkKind.PMCID}
_PROSE_FIELDS = frozenset(
    {"note", "howpublished", "addendum", "annote", "annotation", "comment", "usera", "titleaddon"}
)
_SKIPPED = frozenset(
    {"abstract", "keywords", "file", "pdf", "title", "booktitle", "key", "crossref", "xdata", "biburl"}
)
_EPRINT_KINDS = {
    "arxiv": LinkKind.ARXIV,
    "pubmed": LinkKind.PMID,
    "pmid": LinkKind.PMID,
    "pmc": LinkKind.PMCID,
    "pmcid": LinkKind.PMCID,
    "hdl": LinkKind.HANDLE,
    "handle": LinkKind.HANDLE,
    "jstor": LinkKind.JSTOR,
}
_WORD_FIELDS = ("publisher", "organization", "institution", "school", "journal", "journaltitle", "title")
_LONGEST_ADDRESS = 4000


def links_of(entries: Iterable[Entry]) -> Iterator[Link]:
    """The links of entries, in file order. A field that an entry inherits is its parent's to report."""
    for entry in entries:
        words = _words(entry)
        doi, title = entry.text("doi"), entry.text("title")
        noted = _noted(entry)
        for field in entry.fields.values():
            if field.origin or not field.latex.strip():
                continue
            for span in _spans(entry, field):
                line = field.line + field.latex.count("\n", 0, span.start) if field.line else 0
                yield Link(
                    entry.key, field.name, line, span.kind, field.latex, span.start, span.end,
                    editable=entry.editable, alone=span.alone, words=words, doi=doi, noted=noted,
                    title=title,
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Span:
    kind: LinkKind
    start: int
    end: int
    alone: bool = True


def _spans(entry: Entry, field: Field) -> Iterator[_Span]:
    name, value = field.name, field.latex
    if name in URL_FIELDS or re.fullmatch(r"bdsk-url-\d", name):
        yield from _url_field(value)
    elif name in IDENTIFIER_FIELDS:
        yield _Span(IDENTIFIER_FIELDS[name], *_trimmed(value, 0, len(value)))
    elif name == "eprint":
        kind = _eprint_kind(entry, value)
        if kind is LinkKind.URL:
            yield from _url_field(value)
        elif kind is not None:
            yield _Span(kind, *_trimmed(value, 0, len(value)))
    elif name not in _SKIPPED and name not in NAME_FIELDS and not name.startswith("date"):
        yield from _in_prose(value, bare_hosts=name in _PROSE_FIELDS)


def _eprint_kind(entry: Entry, value: str) -> LinkKind | None:
    """What an ``eprint`` is: as ``eprinttype`` or ``archiveprefix`` say, else arXiv's if it has the form."""
    if re.match(r"\s*(?:https?:|www\.)", value, re.IGNORECASE):
        return LinkKind.URL
    stated = entry.first("eprinttype", "archiveprefix").strip().lower()
    if stated:
        return _EPRINT_KINDS.get(stated)
    arxiv = re.match(
        r"\s*(?:arxiv:\s*)?(?:\d{4}\.\d{4,5}|[a-z-]{2,16}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?\s*\Z", value, re.I
    )
    return LinkKind.ARXIV if arxiv else None


def _trimmed(value: str, start: int, end: int) -> tuple[int, int]:
    while start < end and value[start].isspace():
        start += 1
    while end > start and value[end - 1].isspace():
        end -= 1
    return start, end


# Fields that are an address -------------------------------------------------------------------------------------------

_WRAPPED = re.compile(r"\s*\\(?:url|nolinkurl|path|texttt)\s?\{(?P<inner>[^{}]*)\}\s*\Z")
_BETWEEN = re.compile(r"\s*(?:[,;]\s*|\s(?:and|und|et|or|\\&|&)\s+|\s|\\\\\s*)\s*(?=https?://)", re.IGNORECASE)


def _url_field(value: str) -> Iterator[_Span]:
    """The one address of a field, without ``\\url{}``; or each, when there are several."""
    wrapped = _WRAPPED.match(value)
    start, end = _trimmed(value, *(wrapped.span("inner") if wrapped else (0, len(value))))
    if value.count("\\url", start, end) or "\\href" in value[start:end]:
        spans = [(span.start, span.end) for span in _in_prose(value, bare_hosts=False)]
    else:
        spans = []
        if end - start <= 2 * _LONGEST_ADDRESS and value.lower().count("http", start, end) > 1:
            place = start
            for gap in _BETWEEN.finditer(value, start + 8, end):
                if "." in value[place : gap.start()] and gap.start() > place:
                    spans.append((place, gap.start()))
                    place = gap.end()
            spans.append((place, end))
    spans = spans or [(start, end)]
    for first, last in spans:
        yield _Span(LinkKind.URL, first, last, len(spans) == 1)


# Fields of running text -----------------------------------------------------------------------------------------------

_COMMAND = re.compile(r"\\(?:url|href|nolinkurl|path)\s?\{")
_BARE = re.compile(
    r"(?<![\w@./\\{-])(?:h?t{1,3}p{1,2}s?\s?[:;]?/{1,3}|h?ttps?:(?=www\.))"
    r"(?P<rest>(?:[^\s{}<>\"\\]|\\[_&%#$~]|\{\\[_&%#$~]\}|\\~\{\}|\\textasciitilde(?:\{\}| )?){3,2000})",
    re.IGNORECASE,
)
_BARE_HOST = re.compile(
    r"(?<![\w@./\\{-])www\.(?=[\w-]{1,63}[.,][a-z])(?P<rest>(?:[^\s{}<>\"\\]|\\[_&%#$~]|\{\\[_&%#$~]\}){4,2000})",
    re.IGNORECASE,
)
_SPACED_FILE = re.compile(r"\.\s[A-Z][a-z]{2,12}\.(?:s?html?|pdf|aspx?|php|jsp)\b")
_SENTENCE_END = ".,;:!?|'\"\u2019\u201d"


def _in_prose(value: str, *, bare_hosts: bool) -> Iterator[_Span]:
    """The addresses in running text: in LaTeX commands, and bare ones outside them."""
    if "\\" not in value and "/" not in value and "www." not in value.lower():
        return
    taken = bytearray(len(value))
    closing: dict[int, int] | None = None
    for command in _COMMAND.finditer(value):
        closing = _brace_pairs(value) if closing is None else closing
        end = closing.get(command.end() - 1)
        if end is None or taken[command.start()]:
            continue
        taken[command.start() : end] = b"\1" * (end - command.start())
        start, stop = _trimmed(value, command.end(), end)
        if start < stop:
            yield _Span(LinkKind.URL, start, stop)
    found: list[tuple[int, int]] = []
    for pattern in (_BARE, _BARE_HOST) if bare_hosts else (_BARE,):
        for match in pattern.finditer(value):
            if not taken[match.start()]:
                start, stop = match.start(), _sentence_trimmed(value, match.start(), match.end())
                taken[start:stop] = b"\1" * (stop - start)
                found.append((start, stop))
    for start, stop in sorted(found):
        yield _Span(LinkKind.URL, start, stop)


def addresses_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the bare addresses in plain text begin and end."""
    for span in _in_prose(text, bare_hosts=True):
        yield span.start, span.end


def _brace_pairs(value: str) -> dict[int, int]:
    """The place of the closing brace for the place of each opening one that has one; escaped braces do not count."""
    pairs: dict[int, int] = {}
    unclosed: list[int] = []
    for match in re.finditer(r"\\.|[{}]", value, re.DOTALL):
        if match[0] == "{":
            unclosed.append(match.start())
        elif match[0] == "}" and unclosed:
            pairs[unclosed.pop()] = match.start()
    return pairs


def _sentence_trimmed(value: str, start: int, end: int) -> int:
    """The end of a bare address without the sentence's own punctuation; a file name after ". " still belongs to it."""
    spaced = _SPACED_FILE.match(value, end - 1) if value[end - 1] == "." else None
    if spaced:
        return spaced.end()
    while end > start and (
        value[end - 1] in _SENTENCE_END
        or (value[end - 1] == ")" and value.count("(", start, end) < value.count(")", start, end))
        or (value[end - 1] == "]" and value.count("[", start, end) < value.count("]", start, end))
    ):
        end -= 1
    return end


# The entry's own words ------------------------------------------------------------------------------------------------


def _words(entry: Entry) -> tuple[str, ...]:
    """Names that a host of this entry may be made of: its publishers and organisations, its title."""
    texts: list[str] = [entry.text(name) for name in _WORD_FIELDS]
    texts += [name.family for name in entry.people() if name.literal]
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


_STANDING = re.compile(r"retract|retired|withdr[ae]w|supersed|expression of concern|rescind|remov", re.IGNORECASE)
_STANDING_FIELDS = (
    "note", "keywords", "titleaddon", "addendum", "relatedtype", "relatedstring", "annotation", "annote",
)  # fmt: skip


def _noted(entry: Entry) -> str:
    """What an entry says of the standing of its work beside its title: the fields that speak of it, at most 500
    characters of each."""
    texts = (entry.text(name)[:500] for name in _STANDING_FIELDS if name in entry.fields)
    return " ".join(text for text in texts if _STANDING.search(text))
