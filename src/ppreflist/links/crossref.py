"""What Crossref is asked for: the notices on many DOIs at once.

Filters of one name are alternatives, ``filter=doi:A,doi:B`` (https://github.com/CrossRef/rest-api-doc/issues/234); a
DOI with a comma cannot be part of one (issue 44 there) and is asked for alone. ``select`` leaves out the rest.
Without contact data a client may ask for one list a second, one at a time; with an address in ``mailto`` for three
(https://www.crossref.org/blog/announcing-changes-to-rest-api-rate-limits/, from 1 December 2025); headers say what
holds at the moment (https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/).
What Crossref does not list it says nothing about: other agencies' DOIs among them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ppreflist.errors import Offline, RequestRejected, ServiceError, ServiceNotFound
from ppreflist.links.notices import FIELDS, Notice, notices_from
from ppreflist.model.identifier import DOI
from ppreflist.net.answer import Answer
from ppreflist.net.failure import Failure, FailureKind
from ppreflist.net.retry import RetryPolicy
from ppreflist.net.settings import Settings
from ppreflist.resolve.services import CROSSREF_LIST_GAP, CROSSREF_POLITE_LIST_GAP

if TYPE_CHECKING:
    from ppreflist.net.client import Client

BATCH: Final = 100
"""DOIs that one request asks for."""

LONGEST_FILTER: Final = 4000
"""Characters of a filter, so that an address stays well below what servers take (8 KiB, mostly)."""

MOST: Final = 20_000
"""DOIs that are asked for in one run."""

_CONNECT: Final = 3.0
_READ: Final = 8.0
_DEADLINE: Final = 10.0
_LONGEST_PAUSE: Final = 10.0
"""Seconds: a service that is down must not hold up the run."""

PATIENCE: Final = 300.0
"""Seconds after which nothing more is asked in one run."""

MOST_SPLITS: Final = 8
"""Halvings in one run of a batch that Crossref did not take: enough to find one bad DOI in a batch."""

_MAX_BYTES: Final = 8 * 1024 * 1024
_OTHER_AGENCIES: Final = ("10.48550/", "10.5281/", "10.6084/")
"""arXiv, Zenodo, figshare: DataCite's."""


# What to ask ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Batch:
    """One request: an address, and the DOIs that it asks for."""

    url: str
    dois: tuple[DOI, ...]


def askable(dois: Iterable[DOI]) -> Iterator[DOI]:
    """Each DOI once, without those of other agencies and short DOIs, for which there is no filter."""
    seen: set[str] = set()
    for doi in dois:
        if doi.key not in seen and doi.prefix != "10" and not doi.key.startswith(_OTHER_AGENCIES):
            seen.add(doi.key)
            yield doi


def batches(dois: Iterable[DOI], base_url: str, mailto: str = "") -> Iterator[Batch]:
    """The requests for these DOIs, which ``askable`` let pass."""
    group: list[DOI] = []
    length = 0
    for doi in dois:
        if "," in doi.value:
            yield batch_of((doi,), base_url, mailto)
            continue
        cost = len(_filter(doi)) + 1
        if group and (len(group) >= BATCH or length + cost > LONGEST_FILTER):
            yield batch_of(group, base_url, mailto)
            group, length = [], 0
        group.append(doi)
        length += cost
    if group:
        yield batch_of(group, base_url, mailto)


def batch_of(dois: Sequence[DOI], base_url: str, mailto: str = "") -> Batch:
    """The request for these DOIs."""
    base = base_url.rstrip("/")
    contact = f"mailto={quote(mailto, safe='@')}" if mailto else ""
    if len(dois) == 1 and "," in dois[0].value:
        query = f"?{contact}" if contact else ""
        return Batch(f"{base}/works/{_quoted(dois[0])}{query}", tuple(dois))
    filters = ",".join(map(_filter, dois))
    query = "&".join(filter(None, (f"filter={filters}", f"rows={len(dois)}", f"select={FIELDS}", contact)))
    return Batch(f"{base}/works?{query}", tuple(dois))


def _filter(doi: DOI) -> str:
    return f"doi:{_quoted(doi)}"


def _quoted(doi: DOI) -> str:
    return quote(doi.value, safe="/()-._~")


class _Impatient(RetryPolicy):
    """Who did not answer in time is not asked again: the links wait."""

    def pause(self, outcome: Answer | Failure, tries: int, now: float, jitter: float = 0.5) -> float | None:
        timed_out = isinstance(outcome, Failure) and outcome.kind in _TIMED_OUT
        return None if timed_out else super().pause(outcome, tries, now, jitter)


_TIMED_OUT = frozenset({FailureKind.CONNECT_TIMEOUT, FailureKind.READ_TIMEOUT, FailureKind.DEADLINE})


def impatient(settings: Settings) -> Settings:
    """The same settings for a service that is asked before the links are: it may take some seconds, and no more."""
    retry = _Impatient(settings.retry.back_off, _LONGEST_PAUSE)
    return replace(settings, connect=_CONNECT, read=_READ, deadline=_DEADLINE, retry=retry)


# Asking ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: notices by the key of the DOI; how many DOIs were to be asked for, for how many of them
    there was no answer, and why not; whether there were more than ``MOST``."""

    notices: dict[str, Notice] = field(default_factory=dict)
    dois: int = 0
    unanswered: int = 0
    reason: ServiceError | None = None
    more: bool = False

    @property
    def sentence(self) -> str:
        """What to tell a person; empty when all was answered, or there is no network, which is told elsewhere."""
        if isinstance(self.reason, Offline):
            return ""
        if self.reason is None:
            return f"Retractions were looked up for the first {self.dois} DOIs only." if self.more else ""
        share = "" if self.unanswered == self.dois else f" for {self.unanswered} of the {self.dois} DOIs"
        return f"Retractions could not be looked up{share}: {self.reason.message}."


def notices_of(
    dois: Iterable[DOI], client: Client, base_url: str, *, progress: Callable[[int], None] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Asked:  # fmt: skip
    """Ask Crossref for the notices on these DOIs, one request at a time and at its pace.

    The first failure ends it: what is not known by then stays unanswered. ``progress`` is told how many DOIs are done.
    """
    mailto = client.settings.mailto
    wanted = list(islice(askable(dois), MOST + 1))
    more, total = len(wanted) > MOST, min(len(wanted), MOST)
    waiting = list(batches(wanted[:MOST], base_url, mailto))[::-1]
    found: dict[str, Notice] = {}
    refused: list[ServiceError] = []
    done, splits = 0, 0
    gap = CROSSREF_POLITE_LIST_GAP if mailto else CROSSREF_LIST_GAP
    until = clock() + PATIENCE
    while waiting:
        batch = waiting.pop()
        if clock() > until:
            reason = ServiceError(f"Crossref took more than {PATIENCE:.0f} seconds")
            return Asked(found, total, total - done, reason)
        try:
            answer = client.get(
                batch.url, headers={"Accept": "application/json"}, max_bytes=_MAX_BYTES, service="Crossref", gap=gap
            )
            gap = max(gap, _wished_gap(answer))
            found |= notices_from(answer.body, batch.dois)
        except ServiceNotFound as error:
            if "?filter=" in batch.url:
                return Asked(found, total, total - done, error)
        except RequestRejected as error:  # a DOI that the filter does not take, or too many at once
            if len(batch.dois) == 1:
                refused.append(error)
                continue
            if splits == MOST_SPLITS:
                return Asked(found, total, total - done, error)
            splits += 1
            half = len(batch.dois) // 2
            waiting += [batch_of(part, base_url, mailto) for part in (batch.dois[half:], batch.dois[:half])]
            continue
        except ServiceError as error:
            return Asked(found, total, total - done, error)
        done += len(batch.dois)
        if progress is not None:
            progress(done)
    return Asked(found, total, total - done, refused[-1] if refused else None, more)


def _wished_gap(answer: Answer) -> float:
    """Seconds between two requests that the service's headers ask for (``x-rate-limit-limit: 5``,
    ``x-rate-limit-interval: 1s``); 0 when they cannot be read, at most ten."""
    limit = re.fullmatch(r"\d{1,6}", answer.headers.get("x-rate-limit-limit", "").strip(), re.ASCII)
    interval = re.fullmatch(r"(\d{1,5})s?", answer.headers.get("x-rate-limit-interval", "").strip(), re.ASCII)
    if limit is None or interval is None or not int(limit[0]):
        return 0.0
    return min(int(interval[1]) / int(limit[0]), 10.0)
