"""The same work twice: which entries of a library are about the same work.

Two entries are the same work when they share a normalised DOI, arXiv identifier, PMID, PMCID or (whole books only)
ISBN, or when their titles and years are equal once LaTeX, case, accents and punctuation are out of the way and nothing
else tells them apart. Different DOIs, volumes, issues or first pages do tell two works of one title and year apart, and
so do different first authors under a short title (every issue of a journal has an "Editorial"), and being an article
here and a conference paper there.

Each entry is looked up in an index, never compared with each other entry, so that time grows linearly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ppreflist.model.entry import Entry
from ppreflist.model.identifier import DOI, ISBN, PMCID, PMID, ArXiv, Identifier, parse, parse_doi, recognise
from ppreflist.model.key import ascii_fold
from ppreflist.model.query import entry_year

BOOK_TYPES = frozenset(
    {
        "book",
        "mvbook",
        "collection",
        "mvcollection",
        "proceedings",
        "mvproceedings",
        "reference",
        "mvreference",
        "manual",
    }
)
"""Types whose ISBN is the entry's own; that of a chapter is its book's."""

PUBLISHED_AS = {
    **dict.fromkeys(("article",), "journal"),
    **dict.fromkeys(("inproceedings", "conference"), "proceedings"),
    **dict.fromkeys(("report", "techreport"), "report"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(BOOK_TYPES - {"proceedings", "mvproceedings", "manual"}, "book"),
}
"""Types that tell a conference paper from the article, the report or the thesis of the same title and year."""

_NAMESAKES = 20
"""How many entries of one title and year are looked at: there are libraries with thousands of "Untitled, 2006"."""

_LONG_TITLE = 30
"""Letters of a title that two works of one year do not share by chance, whoever is named first."""

_PLAIN_DOI = re.compile(r"10\.\d{4,9}/[a-z0-9.:/_()-]*[a-z0-9]", re.ASCII | re.IGNORECASE)
_NOT_TITLE = re.compile(r"[\W_]+")
_MARKUP = re.compile(r"</?[a-z]{1,10}\s?/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """``entry`` is the one that is there already; ``reason`` says what is the same, as a clause: "same DOI"."""

    entry: Entry
    reason: str


class WorkIndex:
    """The works of a library, to be looked up by identifier or by title and year. Grows by ``add``."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._by_identifier: dict[tuple[str, str], Entry] = {}
        self._by_title: dict[tuple[str, int | None], list[Entry]] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Put an entry into the index. The first entry with an identifier stands for the work."""
        for identifier in identifiers(entry):
            self._by_identifier.setdefault((identifier.kind, identifier.key), entry)
        title = folded_title(entry)
        if title:
            namesakes = self._by_title.setdefault((title, entry_year(entry)), [])
            if len(namesakes) < _NAMESAKES:
                namesakes.append(entry)

    def find(self, candidate: Entry) -> Match | None:
        """The entry that is about the same work, or None. The candidate itself is never found."""
        for identifier in identifiers(candidate):
            found = self._by_identifier.get((identifier.kind, identifier.key))
            if found is not None and found is not candidate:
                return Match(found, f"same {identifier.label}")
        title = folded_title(candidate)
        for found in self._by_title.get((title, entry_year(candidate)), ()) if title else ():
            if found is not candidate and not told_apart(candidate, found):
                return Match(found, "same title and year")
        return None


def find_duplicate(candidate: Entry, library: Iterable[Entry]) -> Match | None:
    """The first entry of the library that is about the same work as the candidate, or None."""
    return WorkIndex(library).find(candidate)


def duplicates(library: Iterable[Entry]) -> Iterator[tuple[Entry, Match]]:
    """Every entry that repeats an earlier one, with that one, in file order."""
    index = WorkIndex()
    for entry in library:
        match = index.find(entry)
        if match is not None:
            yield entry, match
        index.add(entry)


def identifiers(entry: Entry) -> list[Identifier]:
    """The identifiers of the work itself in an entry's fields, the surest first; a DOI of arXiv's counts as arXiv."""
    found: list[Identifier] = []
    doi = entry.text("doi").strip()
    if doi:
        found += _from_doi(doi)
    eprint = entry.text("eprint").strip()
    if eprint:
        found += _from_eprint(eprint, entry.first("eprinttype", "archiveprefix").strip().lower())
    for kind in ("pmid", "pmcid"):
        value = entry.text(kind).strip()
        read = parse(kind, value) if value else None
        if isinstance(read, Identifier):
            found.append(read)
    url = entry.text("url")
    # Few addresses hold an identifier; looking for the marks of one costs a hundredth of recognising it.
    if url and ("10." in url or "rxiv" in url or "ncbi" in url or "pubmed" in url):
        read = recognise(url)
        if isinstance(read, DOI):
            # A DOI in both fields that differs is a mistake in the address, which other checks report.
            found += _from_doi(read.value) if not doi else []
        elif isinstance(read, PMID | PMCID | ArXiv):
            found.append(read)
    isbn = entry.text("isbn").strip() if entry.type in BOOK_TYPES and not entry.text("volume") else ""
    if isbn:
        read = parse("isbn", isbn)
        if isinstance(read, ISBN):
            found.append(read)
    return found


def folded_title(entry: Entry) -> str:
    """The title and subtitle as letters and digits only, for comparing; empty when there is none."""
    title = f"{entry.text('title')} {entry.text('subtitle')}"
    if "<" in title:
        title = _MARKUP.sub("", title)
    folded = ascii_fold(title) if not title.isascii() else title.lower()
    folded = _NOT_TITLE.sub("", folded)
    # A title without any Latin, Greek or Cyrillic letter is compared as it stands.
    return folded or _NOT_TITLE.sub("", title.casefold())


def told_apart(one: Entry, other: Entry) -> bool:
    """Whether two entries of the same title and year say themselves that they are different works."""
    if one.text("doi") and other.text("doi"):
        first, second = parse_doi(one.text("doi")), parse_doi(other.text("doi"))
        if isinstance(first, DOI) and isinstance(second, DOI) and first != second:
            return True
    for name in ("volume", "number", "edition", "part", "chapter"):
        if _differ(one.text(name), other.text(name)):
            return True
    pages = _first_page(one), _first_page(other)
    if _differ(*pages):
        return True
    if not (pages[0] and pages[1]) and _differ(PUBLISHED_AS.get(one.type, ""), PUBLISHED_AS.get(other.type, "")):
        return True
    return len(folded_title(one)) < _LONG_TITLE and _differ(_first_author(one), _first_author(other))


def _differ(one: str, other: str) -> bool:
    """Whether both are given and not the same."""
    return bool(one and other) and ascii_fold(one).lstrip("0 ").rstrip() != ascii_fold(other).lstrip("0 ").rstrip()


def _first_page(entry: Entry) -> str:
    found = re.match(r"\W{0,5}(\w+)", entry.text("pages"))
    return found[1] if found else ""


def _first_author(entry: Entry) -> str:
    first = next(iter(entry.people("author")), None)
    # Names that were split badly ("Borg K" for "K. Borg") tell nothing: the family names must be comparable.
    return _NOT_TITLE.sub("", first.family) if first is not None and first.given and not first.literal else ""


def _from_doi(text: str) -> list[Identifier]:
    if _PLAIN_DOI.fullmatch(text):
        found: Identifier | object = DOI(text)
    else:
        found = parse_doi(text)
    if not isinstance(found, DOI):
        return []
    arxiv = found.arxiv if found.prefix == "10.48550" else None
    return [found] if arxiv is None else [found, arxiv]


def _from_eprint(text: str, archive: str) -> list[Identifier]:
    kind = {"pubmed": "pmid", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid", "arxiv": "arxiv", "": "arxiv"}.get(
        archive
    )
    found = parse(kind, text) if kind else None
    return [found] if isinstance(found, Identifier) else []
