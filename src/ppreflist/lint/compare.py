"""An entry beside the record that its identifier leads to: does the record tell of the same work?

Typing an identifier wrong by one digit, or copying it along with another entry, gives a valid identifier of another
work, which no check of syntax and no link checker can see. Here what both say is compared field by field. An entry may
abbreviate a journal, leave out a subtitle or give the year of the online version; those are no differences.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ppreflist.lint.likeness import Work, agreement, people
from ppreflist.lint.titles import families_alike, journals_alike, similarity
from ppreflist.model.entry import Entry

ANOTHER: Final = 0.25
"""The score below which a record tells of another work, unless the title and the authors agree."""

_SAME_TITLE: Final = 0.85


class Verdict(StrEnum):
    """What a comparison comes to."""

    SAME = "same work"
    DIFFERS = "fields differ"
    ANOTHER = "another work"
    UNKNOWN = "nothing to compare"


class Agreement(StrEnum):
    """How two values stand to each other; ``MISSING``: not in the entry, ``SILENT``: not in the record."""

    SAME = "same"
    DIFFERS = "differs"
    MISSING = "missing"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Compared:
    """One field in words: ``ours`` is what the entry says, ``theirs`` what the record says, empty when it does not."""

    name: str
    ours: str
    theirs: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Comparison:
    """An entry and a record compared. ``score`` is from 0 (nothing agrees) to 1."""

    verdict: Verdict
    score: float
    fields: tuple[Compared, ...]

    @property
    def differing(self) -> tuple[str, ...]:
        """The names of the fields that differ."""
        return tuple(each.name for each in self.fields if each.agreement is Agreement.DIFFERS)


def compare(entry: Entry, record: Entry) -> Comparison:
    """Compare an entry (with what it inherits) with a service's record, read as an entry."""
    ours, theirs = Work(entry), Work(record)
    title = similarity(ours.title, theirs.title)
    same_title = title >= _SAME_TITLE
    page = bool(ours.first_page) and ours.first_page == theirs.first_page
    place = page or bool(ours.volume and ours.volume == theirs.volume)
    fields = (
        _compared("title", _title(entry), _title(record), same_title),
        _compared("author", _names(entry), _names(record), _same_people(ours, theirs)),
        _compared("year", str(ours.year or ""), str(theirs.year or ""), _same_year(ours, theirs, place)),
        _compared("container", ours.container, theirs.container, _same_container(ours, theirs)),
        _compared("volume", entry.text("volume"), record.text("volume"), ours.volume == theirs.volume),
        _compared("number", entry.first("number", "issue"), record.text("number"), ours.number == theirs.number),
        _compared("pages", entry.first("pages", "eid"), record.first("pages", "eid"), page),
    )
    compared = [each for each in fields if each.agreement in (Agreement.SAME, Agreement.DIFFERS)]
    score = agreement(ours, theirs)
    if not any(each.name in ("title", "author", "container") for each in compared):
        verdict = Verdict.UNKNOWN
    elif score < ANOTHER and not (same_title and people(ours, theirs) >= 0) and _matters(compared):
        verdict = Verdict.ANOTHER
    elif any(each.agreement is Agreement.DIFFERS for each in compared):
        verdict = Verdict.DIFFERS
    else:
        verdict = Verdict.SAME
        score = max(score, 0.99) if title == 1 else score
    return Comparison(verdict, score, fields)


def _matters(compared: list[Compared]) -> bool:
    """Whether the work itself differs: its title or its authors, not only where it was published."""
    return any(each.name in ("title", "author") and each.agreement is Agreement.DIFFERS for each in compared)


def _compared(name: str, ours: str, theirs: str, same: bool) -> Compared:
    if not theirs.strip():
        found = Agreement.SILENT
    elif not ours.strip():
        found = Agreement.MISSING
    else:
        found = Agreement.SAME if same else Agreement.DIFFERS
    return Compared(name, ours, theirs, found)


def _title(entry: Entry) -> str:
    return ": ".join(part for part in (entry.text("title"), entry.text("subtitle")) if part)


def _names(entry: Entry) -> str:
    return entry.first("author", "editor")


def _same_people(ours: Work, theirs: Work) -> bool:
    """Whether the first author is the same, or at least half of all are (in another order)."""
    if not ours.families or not theirs.families:
        return False
    return families_alike(ours.families[0], theirs.families[0]) or people(ours, theirs) >= 1.0


def _same_year(ours: Work, theirs: Work, place: bool) -> bool:
    if ours.year is None or theirs.year is None:
        return False
    # A record has the year of the online version or that of the issue.
    return abs(ours.year - theirs.year) <= (1 if place else 0)


def _same_container(ours: Work, theirs: Work) -> bool:
    if journals_alike(ours.container, theirs.container):
        return True
    short = theirs.entry.text("shortjournal")
    if short and journals_alike(ours.container, short):
        return True
    issn = ours.entry.text("issn").replace("-", "")
    return bool(issn) and issn in theirs.entry.text("issn").replace("-", "")
