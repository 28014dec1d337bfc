"""How likely two entries are about the same work, by everything that they say: title, people, year, place.

The evidence of each field is added up as a weight (Fellegi & Sunter, 'A Theory for Record Linkage', 1969): what agrees
counts for the same work, what differs against it, what is not given for nothing. The weights were set on the synthetic
library of ``tests/bench/dedupe.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from ppreflist.lint.duplicates import PUBLISHED_AS, identifiers
from ppreflist.lint.titles import (
    GENERIC,
    LONG,
    NO_COUNTS,
    Title,
    families_alike,
    family_of,
    journals_alike,
    similarity,
    title_of,
)
from ppreflist.model.entry import Entry
from ppreflist.model.entrytype import canonical_type
from ppreflist.model.identifier import DOI, ArXiv, Identifier
from ppreflist.model.key import ascii_fold
from ppreflist.model.query import entry_year

LIKELY: Final = 0.85
"""The score from which two entries count as duplicates."""

UNLIKELY: Final = 0.6
"""The score below which two entries are not put into one group because of what a third has in common with both."""

_EVEN: Final = 4.5
"""The weight at which two entries are as likely the same work as not."""

_SERVER_PREFIXES: Final = (
    "10.48550 10.1101 10.2139 10.20944 10.21203 10.31234 10.31235 10.26434 10.22541 10.36227 10.31219 "
    "10.31222 10.32942 10.31730 10.33774 10.55458"
)
_PREPRINT_PREFIXES: Final = frozenset(_SERVER_PREFIXES.split())
"""DOI prefixes of preprint servers: arXiv, bioRxiv and medRxiv, SSRN, Preprints.org, Research Square, OSF ..."""
_COLD_SPRING_HARBOR: Final = re.compile(r"10\.1101/(?:20\d\d\.|\d{6}(?!\d))")
"""Of the prefix that bioRxiv shares with journals (Genome Research ...), what bioRxiv and medRxiv make."""
_SERVERS: Final = re.compile(
    r"\b(?:(?:ar|psyar|socar|earthar)xiv|(?:bio|med|chem|tech)rxiv|corr\b|ssrn|research square|preprints?\b)",
    re.IGNORECASE,
)
_FIRST_PAGE: Final = re.compile(r"\W{0,5}([A-Za-z]{0,4})0{0,9}(\w+)")
_YEARLY: Final = frozenset({"report", "proceedings", "mvproceedings", "manual", "book", "collection", "periodical"})
"""Types of which a new one with the same title may come out each year."""


class Kind(StrEnum):
    """What two alike entries are to each other."""

    SAME = "same work"
    VERSION = "preprint and published version"
    CONFLICT = "same identifier, different works"


@dataclass(frozen=True, slots=True)
class Likeness:
    """``score`` is from 0 to 1; ``reasons`` are clauses, the strongest first."""

    kind: Kind
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """What is compared of an entry, made ready once. ``entry`` has what it inherits."""

    entry: Entry

    @cached_property
    def title(self) -> Title:
        return title_of(self.entry)

    @cached_property
    def year(self) -> int | None:
        return entry_year(self.entry)

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The folded family names of the authors (else of the editors), at most twenty."""
        names = self.entry.people("author") or self.entry.people("editor")
        return tuple(family for name in names.names[:20] if (family := family_of(name)))

    @cached_property
    def ids(self) -> tuple[Identifier, ...]:
        return tuple(identifiers(self.entry))

    @cached_property
    def first_page(self) -> str:
        text = self.entry.first("pages", "eid")
        found = _FIRST_PAGE.match(text) if text else None
        return (found[1] + found[2]).lower() if found else ""

    @cached_property
    def volume(self) -> str:
        return _number(self.entry.text("volume"))

    @cached_property
    def number(self) -> str:
        return _number(self.entry.first("number", "issue"))

    @cached_property
    def edition(self) -> str:
        text = _number(self.entry.text("edition"))
        return re.sub(r"(?<=\d)(?:st|nd|rd|th)\b.*|\bed(?:ition|n)?\b", "", text).strip()

    @cached_property
    def container(self) -> str:
        return self.entry.first("journaltitle", "journal", "booktitle", "shortjournal")

    @cached_property
    def kind(self) -> str:
        return canonical_type(self.entry.type)

    @cached_property
    def preprint(self) -> bool:
        """Whether the entry is the preprint itself, not a published work that names its preprint."""
        entry = self.entry
        doi = next((each for each in self.ids if isinstance(each, DOI)), None)
        if doi is not None:
            if doi.prefix == "10.1101":
                return _COLD_SPRING_HARBOR.match(doi.value) is not None
            return doi.prefix in _PREPRINT_PREFIXES
        if self.container:
            return _SERVERS.search(self.container) is not None
        if entry.text("volume") or entry.text("publisher"):
            return False
        if any(isinstance(each, ArXiv) for each in self.ids):
            return True
        places = " ".join(entry.text(name) for name in ("howpublished", "note", "url"))
        return _SERVERS.search(places) is not None

    @cached_property
    def published(self) -> bool:
        """Whether the entry says where the work was published."""
        return not self.preprint and bool(self.container or self.entry.first("publisher", "institution", "doi", "isbn"))


def likeness(one: Work, other: Work, counts: Mapping[str, int] = NO_COUNTS) -> Likeness | None:
    """What two entries are to each other; None when they are different works. ``counts`` is for ``similarity``."""
    mine = {(each.kind, each.key): each for each in one.ids}
    shared = [each for each in other.ids if (each.kind, each.key) in mine]
    alike = similarity(one.title, other.title, counts)
    version = (one.preprint and other.published) or (other.preprint and one.published)
    if not shared and alike < 0.55:
        return None
    authors = people(one, other)
    if shared:
        reasons: tuple[str, ...] = (f"same {shared[0].label}",)
        if one.title.words and other.title.words and alike < 0.5 and not _translated(one, other):
            if authors >= 0 and alike > 0.3:
                return Likeness(Kind.SAME, 0.9, (*reasons, "another title"))
            return Likeness(Kind.CONFLICT, 0.5, (*reasons, "another title"))
        if version:
            return Likeness(Kind.VERSION, 1.0, reasons)
        return Likeness(Kind.SAME, 1.0, reasons)
    if version:
        if alike >= 0.85 and authors > 0 and _years_of_versions(one, other):
            return Likeness(Kind.VERSION, round(0.5 + alike / 2 - 0.02, 3), ("same title and authors",))
        return None
    weight, reasons = _evidence(one, other, alike, authors)
    score = 1 / (1 + 2 ** (_EVEN - weight))
    return Likeness(Kind.SAME, round(min(score, 0.999), 3), reasons) if score > 0.3 else None


def agreement(one: Work, other: Work) -> float:
    """How far two entries that share an identifier agree in what else they say, from 0 to 1."""
    alike = similarity(one.title, other.title)
    if not one.title.words or not other.title.words:
        alike = 0.55  # which weighs nothing
    weight, _ = _evidence(one, other, alike, people(one, other))
    return round(1 / (1 + 2 ** (_EVEN - weight)), 3)


def _evidence(one: Work, other: Work, alike: float, authors: float) -> tuple[float, tuple[str, ...]]:
    """The weights, added up, and what agrees."""
    reasons: list[str] = []
    page = _agree(one.first_page, other.first_page)
    volume = _agree(one.volume, other.volume)
    number = _agree(one.number, other.number)
    generic = one.title.whole in GENERIC or other.title.whole in GENERIC
    length = min(1.0, min(len(one.title.whole), len(other.title.whole)) / LONG)
    # The last points of likeness count most: 0.7 is nearly nothing, 0.9 a typing error.
    weight = 0.0 if generic else (6.5 * (alike - 0.55) / 0.45 if alike > 0.55 else -3.0) * max(length, 0.3)
    reasons.append("same title" if alike >= 0.97 else "similar title")
    weight += authors
    if authors > 0:
        reasons.append("same authors")
    year, told = _year(one, other, page > 0 and volume >= 0)
    weight += year
    reasons += told
    if page > 0:
        reasons.append("same first page")
    weight += {1: 3.0, 0: 0.0, -1: -8.0}[page]
    weight += {1: 1.0, 0: 0.0, -1: -3.5}[volume] + {1: 0.5, 0: 0.0, -1: -2.0}[number]
    if generic and page <= 0:
        weight -= 4.0
    if _agree(one.edition, other.edition) < 0:
        weight -= 7.0
    for name in ("part", "chapter"):
        if _agree(_number(one.entry.text(name)), _number(other.entry.text(name))) < 0:
            weight -= 7.0
    same_container = False
    if one.container and other.container:
        same_container = journals_alike(one.container, other.container)
        weight += 1.0 if same_container else -2.5
        reasons += ["same journal or book"] if same_container else []
    if _identified_apart(one, other):
        weight -= 9.0
    published = PUBLISHED_AS.get(one.entry.type, ""), PUBLISHED_AS.get(other.entry.type, "")
    if page <= 0 and not same_container and all(published) and published[0] != published[1]:
        weight -= 7.0
    return weight, tuple(reasons)


def people(one: Work, other: Work) -> float:
    """The weight of the authors: above 0 they agree, 0 is not known."""
    if not one.families or not other.families:
        return 0.0
    if families_alike(one.families[0], other.families[0]):
        return 2.0
    left, right = set(one.families), set(other.families)
    if left & right:
        return 1.5 if len(left & right) * 2 >= min(len(left), len(right)) else 0.5
    if any(families_alike(mine, yours) for mine in one.families[:4] for yours in other.families[:4]):
        return 0.5
    # Names that were split badly ("Borg K" for "K. Borg"): the family name is a word of the other's field.
    text = set(re.findall(r"[a-z]+", ascii_fold(other.entry.first("author", "editor"))))
    mine = set(re.findall(r"[a-z]+", ascii_fold(one.entry.first("author", "editor"))))
    named = any(family in text for family in one.families) or any(family in mine for family in other.families)
    return 1.0 if named else -5.0


def _year(one: Work, other: Work, same_place: bool) -> tuple[float, list[str]]:
    if one.year is None or other.year is None:
        return 0.0, []
    apart = abs(one.year - other.year)
    if apart == 0:
        return 1.5, ["same year"]
    if apart == 1:
        # An article has two years, online and in print; a report or a book has a new one each year.
        yearly = one.kind in _YEARLY or other.kind in _YEARLY
        return (0.0 if same_place else -4.0 if yearly else -1.5), ["years one apart"]
    return (-2.0 if same_place else -6.0), []


def _years_of_versions(one: Work, other: Work) -> bool:
    preprint, published = (one, other) if one.preprint else (other, one)
    if preprint.year is None or published.year is None:
        return True
    return -1 <= published.year - preprint.year <= 6


def _identified_apart(one: Work, other: Work) -> bool:
    """Whether both have an identifier of one kind, and none is the same."""
    kinds = {each.kind for each in one.ids} & {each.kind for each in other.ids}
    if {(each.kind, each.key) for each in one.ids} & {(each.kind, each.key) for each in other.ids}:
        return False
    if kinds == {"isbn"}:  # hardback, paperback and e-book have an ISBN each
        return bool(one.edition or other.edition)
    return bool(kinds)


def _translated(one: Work, other: Work) -> bool:
    languages = [work.entry.first("langid", "language").strip().lower() for work in (one, other)]
    return all(languages) and languages[0] != languages[1]


def _agree(one: str, other: str) -> int:
    """1 the same, -1 different, 0 when one is not given."""
    if not one or not other:
        return 0
    return 1 if one == other else -1


def _number(text: str) -> str:
    return ascii_fold(text).strip().lstrip("0") if text else ""
