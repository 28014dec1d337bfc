"""The records that the identifiers of entries lead to: what ``update`` and ``verify`` have in common."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ppreflist.cli.candidate import Candidate
from ppreflist.cli.lookup import Lookup
from ppreflist.errors import (
    Offline,
    PpreflistError,
    ServiceDown,
    ServiceError,
    ServiceMalformed,
    ServiceNotFound,
    ServiceRefused,
)
from ppreflist.lint.duplicates import identifiers
from ppreflist.model.entry import Entry
from ppreflist.model.identifier import DOI, ISBN, PMCID, PMID, ArXiv, Identifier
from ppreflist.model.inherit import resolved
from ppreflist.model.library import Library

_PATIENCE = 3
"""After so many failures of one kind of identifier in a row its service is not asked again."""


class Outcome(StrEnum):
    """What came of asking for the record of an entry."""

    FOUND = "found"
    NO_IDENTIFIER = "no identifier"
    NOT_FOUND = "not found"
    REFUSED = "refused"
    DOWN = "service down"
    MALFORMED = "malformed answer"
    OFFLINE = "offline"
    FAILED = "failed"


_OUTCOMES: dict[type[PpreflistError], Outcome] = {
    ServiceNotFound: Outcome.NOT_FOUND,
    ServiceRefused: Outcome.REFUSED,
    ServiceDown: Outcome.DOWN,
    ServiceMalformed: Outcome.MALFORMED,
    Offline: Outcome.OFFLINE,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said about an entry. ``entry`` stands in the library, ``whole`` has what it inherits.

    ``record`` is None unless the outcome is FOUND; then ``error`` is None.
    """

    entry: Entry
    whole: Entry
    identifier: Identifier | None
    outcome: Outcome
    record: Candidate | None = None
    error: PpreflistError | None = None


def answers(
    library: Library, entries: Sequence[Entry], lookup: Lookup, step: Callable[[int], None] = lambda done: None
) -> Iterator[Answer]:
    """Ask for the record of each entry, one after the other.

    An offline machine, or a service that fails again and again, is not asked for the rest: they get the same outcome.
    """
    wholes = [resolved(library, entry) for entry in entries]
    wanted = [best_identifier(whole) for whole in wholes]
    lookup.prepare([each for each in wanted if each is not None])
    given_up: dict[str, PpreflistError] = {}
    in_a_row: Counter[str] = Counter()
    for done, (entry, whole, identifier) in enumerate(zip(entries, wholes, wanted, strict=True)):
        step(done)
        if identifier is None:
            yield Answer(entry, whole, None, Outcome.NO_IDENTIFIER)
            continue
        error = given_up.get(identifier.kind) or given_up.get("")
        if error is None:
            try:
                record = lookup.candidate(str(identifier), identifier)
            except PpreflistError as found:
                error = found
                in_a_row[identifier.kind] += isinstance(found, ServiceDown | ServiceRefused)
                if isinstance(found, Offline):
                    # Of all entries alike: the message of the one that was asked names its own identifier.
                    error = Offline("not asked: this machine has no network", hint="Connect and run it again.")
                    given_up[""] = error
                elif in_a_row[identifier.kind] >= _PATIENCE:
                    given_up[identifier.kind] = type(found)(
                        f"{identifier.label}: not asked for the rest after {_PATIENCE} failures", hint=found.hint
                    )
            else:
                in_a_row[identifier.kind] = 0
                yield Answer(entry, whole, identifier, Outcome.FOUND, record)
                continue
        yield Answer(entry, whole, identifier, _OUTCOMES.get(type(error), Outcome.FAILED), None, error)
    step(len(entries))


def best_identifier(entry: Entry) -> Identifier | None:
    """The identifier whose record says most about an entry: its DOI, PMID, PMCID, arXiv number, ISBN."""
    found = identifiers(entry)
    for kind in (DOI, PMID, PMCID, ArXiv, ISBN):
        for each in found:
            if isinstance(each, kind):
                return each
    return None


def services(timeout: float, allow_private: bool, codec: str, purpose: str) -> Lookup:
    """The services, asked as the environment says."""
    return Lookup(os.environ, timeout, allow_private, codec, date.today(), purpose)


def could_not(answer: Answer) -> bool:
    """Whether the question stays open: the service did not say anything about the identifier."""
    return isinstance(answer.error, ServiceError) and answer.outcome is not Outcome.NOT_FOUND
