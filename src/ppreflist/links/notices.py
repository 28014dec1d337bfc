"""What Crossref knows of the standing of a work: retractions, withdrawals, expressions of concern, corrections.

Crossref's REST API tells it at both ends. The record of a work has ``updated-by``, the record of a notice has
``update-to``: lists of ``{"DOI", "type", "label", "source", "updated": {"date-parts": [[y, m, d]], ...}}``, where
``source`` is ``publisher`` or ``retraction-watch``
(https://www.crossref.org/blog/retraction-watch-retractions-now-in-the-crossref-api/,
https://crossref.gitlab.io/tutorials/get-rw-metadata/). The types are addendum, clarification, correction, corrigendum,
erratum, expression_of_concern, new_edition, new_version, partial_retraction, removal, retraction and withdrawal
(https://www.crossref.org/documentation/crossmark/crossmark-registering-updates/); old records have others, too. An
answer is whatever a server sent: nothing in it is taken to have the type that it should have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Final

from ppreflist.errors import ServiceMalformed
from ppreflist.links.appearance import mark_in
from ppreflist.model.identifier import DOI, parse_doi

FIELDS: Final = "DOI,title,updated-by,update-to"
"""What is read of a record."""


class NoticeKind(Enum):
    """What became of a work, the gravest first: the name with its article."""

    RETRACTION = "a retraction"
    WITHDRAWAL = "a withdrawal"
    REMOVAL = "a removal"
    CONCERN = "an expression of concern"
    PARTIAL_RETRACTION = "a partial retraction"
    MARKED = "a mark in its title"
    REINSTATEMENT = "a reinstatement"
    NEW_VERSION = "a new version"
    NEW_EDITION = "a new edition"
    CORRECTION = "a correction"
    CORRIGENDUM = "a corrigendum"
    ERRATUM = "an erratum"
    ADDENDUM = "an addendum"
    CLARIFICATION = "a clarification"


_ORDER: Final = list(NoticeKind)
GRAVE: Final = frozenset(_ORDER[: _ORDER.index(NoticeKind.REINSTATEMENT)])
"""Kinds that a reader of the list must be told of. The others are worth knowing, and no problem."""

_UNDONE: Final = frozenset({NoticeKind.RETRACTION, NoticeKind.WITHDRAWAL, NoticeKind.REMOVAL, NoticeKind.CONCERN})


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice on a work. ``date`` is ISO 8601 (a day, a month or a year) or empty; ``doi`` is the notice's, or
    empty when it stands in the work itself. When ``itself`` is true the work *is* the notice, and ``doi`` is that of
    the work which it is about. ``by_retraction_watch`` tells that the publisher did not register it. ``shown`` is the
    title in Crossref's record when that is all there is (kind MARKED), ``mark`` its word: retired, retracted ..."""

    kind: NoticeKind
    date: str = ""
    doi: str = ""
    itself: bool = False
    by_retraction_watch: bool = False
    shown: str = ""
    mark: str = ""

    @property
    def is_grave(self) -> bool:
        return self.kind in GRAVE and not self.itself


# What is answered -----------------------------------------------------------------------------------------------------


def notices_from(body: bytes, dois: Iterable[DOI]) -> dict[str, Notice]:
    """The notices in an answer, by the ``key`` of those DOIs that were asked for. ServiceMalformed: it is no answer of
    Crossref's REST API."""
    asked = {doi.key for doi in dois}
    found: dict[str, Notice] = {}
    for work in works_in(body):
        doi = parse_doi(_text(work.get("DOI")))
        if isinstance(doi, DOI) and doi.key in asked:
            notice = notice_of(work, doi)
            if notice is not None:
                found[doi.key] = notice
    return found


def works_in(body: bytes) -> list[dict[str, object]]:
    """The records in an answer: those of a list, or a single one. ServiceMalformed when it is neither."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise ServiceMalformed("Crossref answered something that is not JSON") from None
    message = answer.get("message") if isinstance(answer, dict) else None
    if isinstance(message, dict):
        items = message.get("items", [message] if "DOI" in message else None)
        if isinstance(items, list):
            return [each for each in items if isinstance(each, dict)]
    raise ServiceMalformed("Crossref answered JSON, but no works")


def notice_of(work: Mapping[str, object], doi: DOI) -> Notice | None:
    """What one record says of the standing of its work: the gravest notice, of those the newest; None for nothing."""
    title = title_of(work)
    received = _in_force([each for each in _updates(work.get("updated-by"), doi) if each.kind])
    grave = [each for each in received if each.is_grave]
    if grave:
        return _foremost(grave)
    about = [replace(each, itself=True) for each in _updates(work.get("update-to"), doi) if each.doi]
    about = [each for each in about if each.kind in GRAVE or _NAMES_ITSELF.search(title)]
    about = [each for each in about if each.kind not in (NoticeKind.NEW_VERSION, NoticeKind.NEW_EDITION)]
    if about:
        return _foremost(about)
    mark = mark_in(title)
    if mark and not _NOTICE_TITLE.match(title):
        return Notice(NoticeKind.MARKED, shown=title, mark=mark)
    elsewhere = [each for each in received if each.doi]
    return _foremost(elsewhere) if elsewhere else None


_NAMES_ITSELF = re.compile(r"\b(?:correct|corrig|errat|addend|clarif|notice|retract|withdraw|concern|remov)", re.I)
_NOTICE_TITLE = re.compile(r"\W*(?:(?:notice of |partial )?retraction|withdrawal|(?:editorial )?expression of)\b", re.I)


def title_of(work: Mapping[str, object]) -> str:
    """The title in a record, as plain text on one line, at most 300 characters."""
    titles = work.get("title")
    first = titles[0] if isinstance(titles, list) and titles else titles
    text = re.sub(r"<[^<>]{0,60}>", "", _text(first)[:1000])
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


def _updates(value: object, own: DOI) -> list[Notice]:
    found = []
    for each in value if isinstance(value, list) else ():
        kind = _kind(_text(each.get("type"))) if isinstance(each, dict) else None
        if kind is None:
            continue
        doi = parse_doi(_text(each.get("DOI")))
        other = doi.value if isinstance(doi, DOI) and doi.key != own.key else ""
        watched = each.get("source") == "retraction-watch"
        found.append(Notice(kind, _date(each.get("updated")), other, by_retraction_watch=watched))
    return found


_KINDS: Final = {
    kind.name.lower(): kind for kind in NoticeKind if kind not in (NoticeKind.MARKED, NoticeKind.CONCERN)
} | {"expression_of_concern": NoticeKind.CONCERN}
_OLD_KINDS: Final = (
    (re.compile(r"partial.{0,3}retr"), NoticeKind.PARTIAL_RETRACTION),
    (re.compile(r"retract|retration"), NoticeKind.RETRACTION),
    (re.compile(r"withdraw"), NoticeKind.WITHDRAWAL),
    (re.compile(r"remov"), NoticeKind.REMOVAL),
    (re.compile(r"concern"), NoticeKind.CONCERN),
    (re.compile(r"corrig"), NoticeKind.CORRIGENDUM),
    (re.compile(r"errat"), NoticeKind.ERRATUM),
    (re.compile(r"correct"), NoticeKind.CORRECTION),
)


def _kind(written: str) -> NoticeKind | None:
    """The kind of an update; None for one that is not known, of which nothing can be said."""
    name = re.sub(r"[\s_-]+", "_", written[:60].strip().lower())
    return _KINDS.get(name) or next((kind for pattern, kind in _OLD_KINDS if pattern.search(name)), None)


def _date(updated: object) -> str:
    parts = updated.get("date-parts") if isinstance(updated, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = list(first[:3]) if isinstance(first, list) else []
    while numbers:
        if all(type(each) is int for each in numbers) and 1000 <= numbers[0] <= 9999:
            try:
                date(*[*numbers, 1, 1][:3])
            except (ValueError, OverflowError):
                pass
            else:
                return "-".join(f"{each:02d}" for each in numbers)
        numbers.pop()
    return ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _in_force(notices: list[Notice]) -> list[Notice]:
    """Without what a later reinstatement took back."""
    back = max((each.date for each in notices if each.kind is NoticeKind.REINSTATEMENT), default="")
    return [each for each in notices if not (back and each.kind in _UNDONE and each.date and each.date < back)]


def _foremost(notices: list[Notice]) -> Notice:
    gravest = min(_ORDER.index(each.kind) for each in notices)
    return max(
        (each for each in notices if _ORDER.index(each.kind) == gravest),
        key=lambda each: (not each.by_retraction_watch, bool(each.doi), each.date),
    )


# What to say ----------------------------------------------------------------------------------------------------------

_SAID: Final = {
    NoticeKind.RETRACTION: ("The work was retracted", "Say so where you cite it, or replace it."),
    NoticeKind.WITHDRAWAL: ("The work was withdrawn", "Say so where you cite it, or replace it."),
    NoticeKind.REMOVAL: ("The publisher removed the work", "Say so where you cite it, or replace it."),
    NoticeKind.CONCERN: (
        "An expression of concern about the work was published",
        "Read it before you rely on the work, and say so where you cite it.",
    ),
    NoticeKind.PARTIAL_RETRACTION: (
        "A part of the work was retracted",
        "See whether it is what you rely on, and say so where you cite it.",
    ),
}
_ENTRY_SAYS: Final = {
    NoticeKind.RETRACTION: re.compile(r"retract|withdraw|remov", re.I),
    NoticeKind.WITHDRAWAL: re.compile(r"retract|withdraw|remov", re.I),
    NoticeKind.REMOVAL: re.compile(r"retract|withdraw|remov", re.I),
    NoticeKind.CONCERN: re.compile(r"concern|retract|withdraw|remov", re.I),
    NoticeKind.PARTIAL_RETRACTION: re.compile(r"retract|withdraw|remov", re.I),
}


def fact(notice: Notice) -> str:
    """A grave notice as a sentence without its full stop."""
    if notice.kind is NoticeKind.MARKED:
        return f'Crossref has the work under the title "{notice.shown}"'
    where = [f"notice: {_address(notice.doi)}"] if notice.doi else []
    where += ["source: Retraction Watch"] if notice.by_retraction_watch else []
    return f"{_SAID[notice.kind][0]}{_when(notice)}" + (f" ({'; '.join(where)})" if where else "")


def advice(notice: Notice) -> str:
    """What to do about a grave notice."""
    if notice.kind is NoticeKind.MARKED:
        return "Say so where you cite it, or cite what has replaced it."
    return _SAID[notice.kind][1]


def remark(notice: Notice) -> str:
    """What is worth knowing of a work that has this notice, or is one, to follow "It works, but"."""
    if notice.itself:
        kind = notice.kind.value.partition(" ")[2]
        name = kind if notice.kind is NoticeKind.CONCERN else f"{kind} notice"
        thing = f"the {name}" if notice.kind in GRAVE else notice.kind.value
        about = "about" if notice.kind is NoticeKind.CONCERN else "of" if notice.kind in GRAVE else "to"
        return f"this DOI is {thing} {about} {_address(notice.doi)}, not that work itself"
    if notice.kind is NoticeKind.REINSTATEMENT:
        return f"it had been retracted, and was reinstated{_when(notice)}: {_address(notice.doi)}"
    to = "of" if notice.kind in (NoticeKind.NEW_VERSION, NoticeKind.NEW_EDITION) else "to"
    return f"{notice.kind.value} {to} it was published{_when(notice)}: {_address(notice.doi)}"


def is_noted(notice: Notice, noted: str) -> bool:
    """Whether an entry's own words about the standing of its work cover this grave notice."""
    pattern = _ENTRY_SAYS.get(notice.kind)
    return bool(noted) and (notice.mark in noted.casefold() if pattern is None else pattern.search(noted) is not None)


def means_the_notice(title: str) -> bool:
    """Whether the title of an entry says that it cites a notice."""
    return _NAMES_ITSELF.search(title) is not None


def _when(notice: Notice) -> str:
    if not notice.date:
        return ""
    return f" on {notice.date}" if notice.date.count("-") == 2 else f" in {notice.date}"


def _address(doi: str) -> str:
    return DOI(doi).url
