"""Save Page Now: asks the Wayback Machine to capture pages while they are still there.

By its public API ("SPN2 Public API Docs", linked from https://web.archive.org/save; read as of 2025-10-22, limits as of
2026-07-22). With keys (https://archive.org/account/s3.php) an order is ``POST /save`` with ``Authorization: LOW
access:secret``, answered with a ``job_id``; ``GET /save/status/<job_id>`` then says ``pending``, ``success`` (with the
``timestamp`` and the ``original_url`` that it was led to) or ``error`` (with a ``status_ext``). Errors come with HTTP
status 200, too, and also in place of a job. Seven orders a minute and 30,000 a day; without keys three and 200.

Without keys an order is ``GET /save/<address>``, which answers when the capture is made. The documents allow it; since
2026-08 it has been seen to be refused (429, or 401 "You need to be logged in to use Save Page Now"), which is said.

``if_not_archived_within`` makes the archive name a capture that it has in place of making one, so that an order that
was given twice costs nobody anything.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final
from urllib.parse import quote, urlsplit

from ppreflist.links.archive import WAYBACK, holds_secret, may_be_captured
from ppreflist.links.finding import Finding
from ppreflist.links.latex_urls import unescaped
from ppreflist.links.link import LinkKind
from ppreflist.links.snapshot import Saved
from ppreflist.links.syntax import doi_in_address
from ppreflist.links.verdict import ANSWERS, judge
from ppreflist.net.answer import Answer, Hop, json_object, redirect_target
from ppreflist.net.channel import Channel
from ppreflist.net.client import Client
from ppreflist.net.failure import Failure
from ppreflist.net.guard import host_refusal, literal
from ppreflist.net.retry import retry_after

AGAIN: Final = 180 * 86400
"""Seconds for which a page that was saved is not saved again."""
IN_VAIN: Final = 30 * 86400
"""Seconds for which a page is not asked for again that the archive could not get, or that its site refused to it."""
RECENT: Final = "30d"
"""How young a capture must be that somebody else had made, to be taken instead."""
_PENDING: Final = 3
"""Captures that may be under way at once: what the archive has been seen to allow an account."""
_TRIES: Final = 3
_LONGEST_PAUSE: Final = 300.0
_LATER: Final = 60.0

KEY_NAMES: Final = (
    ("IA_ACCESS_KEY_ID", "IA_SECRET_ACCESS_KEY"),  # the Internet Archive's own command `ia`
    ("SAVEPAGENOW_ACCESS_KEY", "SAVEPAGENOW_SECRET_KEY"),  # savepagenow
    ("INTERNET_ARCHIVE_ACCESS_KEY", "INTERNET_ARCHIVE_SECRET_KEY"),  # wayback-machine-archiver
)
"""Environment variables in which others expect the keys."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of an account at archive.org. They are never printed."""

    access: str = field(repr=False)
    secret: str = field(repr=False)


def keys_in(environ: Mapping[str, str]) -> Keys | None:
    """The keys that the environment holds, under one of the pairs of ``KEY_NAMES``."""
    for access, secret in KEY_NAMES:
        found = Keys(environ.get(access, "").strip(), environ.get(secret, "").strip())
        if found.access and found.secret and re.fullmatch(r"[!-~]+", found.access + found.secret):
            return found
    return None


class Why(StrEnum):
    """Why a page was not saved."""

    REFUSED = "refused"  # the site does not let the archive in
    FAILED = "failed"  # the archive cannot get the page, or not keep it
    TROUBLE = "trouble"  # it did not work out, this time
    ENOUGH = "enough"  # it has been saved often enough today
    LIMIT = "limit"  # no more orders for now
    KEYS = "keys"  # no order is taken without keys, or with these
    DOWN = "down"  # the archive has trouble
    OFFLINE = "offline"  # this machine has no network


@dataclass(frozen=True, slots=True)
class NotSaved:
    """A page that was not saved, with a sentence for people. ``pause`` is how long to wait before asking again, when
    that may help within this run."""

    why: Why
    reason: str
    pause: float | None = None

    @property
    def lasts(self) -> bool:
        """Whether there is no use in asking for this page tomorrow."""
        return self.why in (Why.REFUSED, Why.FAILED)

    @property
    def stops(self) -> bool:
        """Whether there is no use in asking for any other page."""
        return self.why in (Why.LIMIT, Why.KEYS, Why.DOWN, Why.OFFLINE)


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds: from one order to the next, until the first look at what became of one, between two looks, and until it
    is given up."""

    gap: float
    first: float = 10.0
    look: float = 6.0
    longest: float = 300.0


KEYED: Final = Tempo(60 / 7)
ANONYMOUS: Final = Tempo(60 / 3)
DAILY: Final = 30_000
DAILY_ANONYMOUS: Final = 200
_OTHER: Final = Tempo(0.0, 0.05, 0.05)
"""For an archive of the user's own."""


def tempo_of(archive: str, keys: Keys | None) -> Tempo:
    if archive != WAYBACK:
        return _OTHER
    return KEYED if keys else ANONYMOUS


# What is worth saving -------------------------------------------------------------------------------------------------

_ARCHIVES: Final = re.compile(
    r"(?:^|\.)(?:archive\.(?:org|today|ph|is|li|vn|fo|md)|webcitation\.org|perma\.cc|webarchive\.[\w.]+)$"
)


def address_to_save(finding: Finding) -> str:
    """The address of a good link that may be given to an archive: public, without a password or anything that looks
    like a token; empty for all others. DOIs are not: their registry keeps them alive."""
    if finding.verdict not in ANSWERS or finding.link.kind is not LinkKind.URL or finding.link.field == "archiveurl":
        return ""
    url = (finding.fix if finding.fix and finding.safe else finding.asked).partition("#")[0]
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "." not in host or host_refusal(host) or literal(host) is not None:
        return ""
    if holds_secret(url) or finding.url != unescaped(finding.link.written).strip():
        return ""
    if _ARCHIVES.search(host) or doi_in_address(url) is not None:
        return ""
    return url


# Orders ---------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Job:
    address: str
    number: str
    at: float
    until: float
    troubles: int = 0


def save_all(
    addresses: Iterable[str],
    client: Client,
    archive: str = WAYBACK,
    keys: Keys | None = None,
    *,
    tempo: Tempo | None = None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[str, Saved | NotSaved]]:
    """Have pages saved; yields each with what became of it, as it is known. After one that ``stops`` no further page is
    asked for, and those that are missing were not. ``client`` needs a deadline of minutes."""
    with client.channel() as channel:
        yield from _Orders(
            client, channel, archive.rstrip("/"), keys, tempo or tempo_of(archive, keys), clock, sleep
        ).run(addresses)


class _Orders:
    def __init__(
        self, client: Client, channel: Channel, archive: str, keys: Keys | None, tempo: Tempo,
        clock: Callable[[], float], sleep: Callable[[float], None],
    ) -> None:  # fmt: skip
        self._client = client
        self._channel = channel
        self._archive = archive
        self._keys = keys
        self._tempo = tempo
        self._clock = clock
        self._sleep = sleep
        self._headers = {"Accept": "application/json"}
        if keys is not None and _is_private_way(archive):
            self._headers["Authorization"] = f"LOW {keys.access}:{keys.secret}"

    def run(self, addresses: Iterable[str]) -> Iterator[tuple[str, Saved | NotSaved]]:
        result: Saved | NotSaved
        todo = deque((address, 1) for address in addresses)
        jobs: list[_Job] = []
        next_order = self._clock()
        while todo or jobs:
            now = self._clock()
            job = min(jobs, key=lambda each: each.at, default=None)
            may_order = bool(todo) and len(jobs) < _PENDING
            if job is not None and job.at <= now:
                seen = self._look(job)
                if seen is None:
                    continue
                jobs.remove(job)
                result = seen
                yield job.address, result
            elif may_order and next_order <= now:
                address, tries = todo.popleft()
                ordered = self._order(address)
                next_order = now + self._tempo.gap
                if isinstance(ordered, _Job):
                    jobs.append(ordered)
                    continue
                result = ordered
                if isinstance(result, NotSaved) and result.pause is not None and tries < _TRIES:
                    todo.appendleft((address, tries + 1))
                    next_order = now + max(result.pause, self._tempo.gap)
                    continue
                yield address, result
            else:
                moments = [job.at] if job is not None else []
                self._sleep(max(0.0, min([*moments, next_order] if may_order else moments) - now))
                continue
            if isinstance(result, NotSaved) and result.stops:
                todo.clear()

    def _order(self, address: str) -> _Job | Saved | NotSaved:
        if "Authorization" in self._headers:
            form = {"url": address, "skip_first_archive": "1", "if_not_archived_within": RECENT}
            outcome = self._channel.ask(f"{self._archive}/save", headers=self._headers, form=form, max_bytes=_MOST)
        else:
            outcome = self._channel.ask(f"{self._archive}/save/{address}", headers=self._headers, max_bytes=_MOST)
        trouble = self._trouble(outcome)
        if trouble is not None:
            return trouble
        assert isinstance(outcome, Answer)
        captured = self._captured(outcome, address)
        if captured is not None:
            return captured
        answer = json_object(outcome.body)
        if answer.get("status") == "error":
            return self._refused(answer)
        number = answer.get("job_id")
        if not isinstance(number, str):
            watched = _WATCHED.search(outcome.body)
            number = watched[0].decode() if watched else ""
        if not number or len(number) > 200:
            return self._refused(answer) if answer else _UNEXPECTED
        now = self._clock()
        return _Job(address, number, now + self._tempo.first, now + self._tempo.longest)

    def _captured(self, outcome: Answer, address: str) -> Saved | NotSaved | None:
        """The capture that an order without keys is answered with at once."""
        place = redirect_target(outcome) or outcome.headers.get("content-location", "")
        found = re.search(r"/web/(\d{14})(?:[a-z]{2}_)?/(https?:/.+)", place)
        return self._saved(found[1], found[2], address) if found else None

    def _look(self, job: _Job) -> Saved | NotSaved | None:
        """What became of a job; None when it is to be looked at again, later."""
        now = self._clock()
        url = f"{self._archive}/save/status/{quote(job.number, safe='')}"
        outcome = self._channel.ask(url, headers=self._headers, max_bytes=_MOST)
        trouble = self._trouble(outcome)
        if trouble is not None:
            job.troubles += 1
            if trouble.pause is None or job.troubles >= _TRIES:
                return trouble
            job.at = now + max(trouble.pause, self._tempo.look)
            return None
        assert isinstance(outcome, Answer)
        answer = json_object(outcome.body)
        if answer.get("status") == "success":
            return self._saved(str(answer.get("timestamp")), str(answer.get("original_url")), job.address)
        if answer.get("status") != "pending":
            return self._refused(answer) if answer else _UNEXPECTED
        if now >= job.until:
            return NotSaved(Why.TROUBLE, "The archive is still at it: ask again in an hour.")
        job.at = now + self._tempo.look
        return None

    def _saved(self, timestamp: str, original: str, address: str) -> Saved | NotSaved:
        """A capture, if it is of the page: a site may lead the archive elsewhere."""
        try:
            day = date(int(timestamp[:4]), int(timestamp[4:6]), int(timestamp[6:8]))
        except ValueError:
            return _UNEXPECTED
        numbered = len(timestamp) == 14 and timestamp.isascii() and timestamp.isdigit()
        if not (numbered and may_be_captured(original)):
            return _UNEXPECTED
        if original != address:
            arrived = Answer(200, original, complete=False, redirects=(Hop(address, 302, original),))
            if judge(arrived).verdict not in ANSWERS:
                return NotSaved(Why.FAILED, f"The site led the archive to another page ({original}).")
        return Saved(f"{self._archive}/web/{timestamp}/{original}", day, int(self._client.now()))

    def _trouble(self, outcome: Answer | Failure) -> NotSaved | None:
        """What an answer without a result says, by its status."""
        if isinstance(outcome, Failure):
            if self._client.is_offline(outcome):
                return NotSaved(Why.OFFLINE, "This machine has no network.")
            return NotSaved(
                Why.DOWN, f"The archive cannot be reached: {outcome.detail}.", _LATER * bool(self._tempo.gap)
            )
        if outcome.status in (401, 403):
            with_keys = "Authorization" in self._headers
            said = "does not accept the keys" if with_keys else "takes orders only with keys"
            return NotSaved(Why.KEYS, f"The archive {said} (status {outcome.status}).")
        if outcome.status == 429:
            wait = retry_after(outcome.headers, self._client.now())
            pause = wait if wait is not None and wait <= _LONGEST_PAUSE else None
            return NotSaved(Why.LIMIT, "The archive takes no more orders for now (status 429).", pause)
        if outcome.status >= 500 or outcome.status in (404, 408):
            said = f"The archive has trouble (status {outcome.status})."
            return NotSaved(Why.DOWN, said, _LATER * bool(self._tempo.gap))
        if outcome.status >= 400:
            return self._refused(json_object(outcome.body)) if outcome.body else _UNEXPECTED
        return None

    def _refused(self, answer: Mapping[str, Any]) -> NotSaved:
        """What an error says, without the keys that it may hold."""
        found = refused(answer)
        for key in (self._keys.access, self._keys.secret) if self._keys is not None else ():
            found = replace(found, reason=found.reason.replace(key, "***"))
        return found


_MOST: Final = 1024 * 1024
_WATCHED: Final = re.compile(rb"spn2-[0-9a-f]{40}")
_UNEXPECTED: Final = NotSaved(Why.TROUBLE, "The archive answered what was not to be expected.")


def _is_private_way(archive: str) -> bool:
    """Whether keys may be sent there: nobody on the way can read them."""
    parts = urlsplit(archive)
    return parts.scheme == "https" or bool(host_refusal(parts.hostname or ""))


# Errors ---------------------------------------------------------------------------------------------------------------

_ERRORS: Final = {
    "blocked": (Why.REFUSED, "The site does not let the archive in."),
    "no-access": (Why.REFUSED, "The site does not let the archive in (status 403)."),
    "unauthorized": (Why.REFUSED, "The site asks the archive for a password."),
    "blocked-url": (Why.REFUSED, "The archive does not save addresses of this kind."),
    "method-not-allowed": (Why.REFUSED, "The site does not let the archive in (status 405)."),
    "network-authentication-required": (Why.REFUSED, "The site asks the archive to log in."),
    "too-many-requests": (Why.REFUSED, "The site lets the archive in only so often (status 429)."),
    "not-found": (Why.FAILED, "The archive is told that there is no such page (status 404)."),
    "invalid-host-resolution": (Why.FAILED, "The archive does not find the host."),
    "filesize-limit": (Why.FAILED, "It is larger than the archive takes (2 GB)."),
    "too-many-redirects": (Why.FAILED, "It redirects more often than the archive follows."),
    "too-many-daily-captures": (Why.ENOUGH, "It has been saved as often today as the archive allows."),
    "too-many-daily-captures-host": (Why.ENOUGH, "The archive saves no more of this site today."),
    "max-daily-bandwidth-host": (Why.ENOUGH, "The archive saves no more of this site today."),
    "max-daily-bandwidth": (Why.LIMIT, "The archive saves no more for this account today."),
    "max-daily-bandwidth-from-ip": (Why.LIMIT, "The archive saves no more for this machine today."),
    "user-session-limit": (Why.LIMIT, "The archive saves only so many pages at once."),
    "blocked-client-ip": (Why.KEYS, "The archive takes no orders from this machine's address."),
}  # fmt: skip
_TRANSIENT: Final = frozenset(
    ("cannot-fetch", "celery", "no-browsers-available", "internal-server-error", "job-failed", "proxy-error")
)


def refused(answer: Mapping[str, Any]) -> NotSaved:
    """What an answer with ``"status": "error"`` says, by its ``status_ext``; by its message where it has none."""
    code = _plain(answer.get("status_ext")).removeprefix("error:")
    message = _plain(answer.get("message"))
    if code == "user-session-limit":
        return NotSaved(Why.LIMIT, _ERRORS[code][1], _LATER)
    if code in _ERRORS:
        return NotSaved(*_ERRORS[code])
    if "captures limit" in message or "limit of active" in message:
        return NotSaved(Why.LIMIT, f"The archive takes no more orders for now: {message}")
    if "logged in" in message:
        return NotSaved(Why.KEYS, f"The archive takes orders only with keys: {message}")
    if code in _TRANSIENT:
        return NotSaved(Why.TROUBLE, f"The archive could not do it at the moment ({code}).")
    said = message or code or "it does not say why"
    return NotSaved(Why.TROUBLE, f"The archive could not save it: {said}")


def _plain(value: object) -> str:
    """What a service says, as one short line without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(value or "")[:400]).split())[:200]
