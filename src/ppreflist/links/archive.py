"""Archived copies of what is dead: the Wayback Machine's capture nearest to the day on which the work was seen.

``GET <archive>/web/<day>/<address>`` is asked and not followed: it answers with a redirect to the nearest capture,
whose time stands in its address (``/web/20120305123456/...``), or with 404 when there is none. The availability API is
not used: it is empty at times for pages that are archived. A capture may be one of an error page: its own status tells.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, cast
from urllib.parse import urlsplit

from ppreflist.links.engine import Budget, Engine
from ppreflist.links.finding import Finding
from ppreflist.links.investigate import Investigation
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.question import Outcome, Question
from ppreflist.links.verdict import DEAD
from ppreflist.model.edit import SetField
from ppreflist.model.entry import Entry
from ppreflist.net.answer import Answer, redirect_target
from ppreflist.net.client import Client

WAYBACK: Final = "https://web.archive.org"
_CAPTURE: Final = re.compile(r"/web/(?P<at>\d{14})(?:[a-z]{2}_)?/(?P<address>https?:/.+)", re.IGNORECASE)
_FURTHER: Final = 3
"""Captured redirects that are followed within the archive."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A capture: its address, and the day on which it was made (UTC)."""

    url: str
    day: date


@dataclass(frozen=True, slots=True)
class NoSnapshot:
    """There is none, or the archive would not say: a sentence for people. ``known`` is true when it answered."""

    reason: str
    known: bool


Search = Generator[Question, Outcome, "Snapshot | NoSnapshot"]


def search(url: str, near: date, archive: str = WAYBACK) -> Search:
    """Look for the capture of an address that is nearest to a day."""
    base = archive.rstrip("/")
    outcome = yield Question(f"{base}/web/{near:%Y%m%d}000000/{url}", record=True)
    found: Snapshot | None = None
    for _ in range(1 + _FURTHER):
        if not isinstance(outcome, Answer) or (outcome.status >= 400 and outcome.status != 404):
            return NoSnapshot("The archive would not answer: try again another day.", known=False)
        target = redirect_target(outcome)
        if target:
            found = _snapshot(target, base)
            if found is None:
                break
            outcome = yield Question(found.url, record=True)
        elif 200 <= outcome.status < 300:
            found = found or _snapshot(outcome.url, base)
            return found or NoSnapshot("The archive answered what was not to be expected.", known=False)
        else:
            break
    if found is not None:
        return NoSnapshot("The archive has only copies of an error.", known=True)
    return NoSnapshot("The archive has no copy of it.", known=True)


def _snapshot(url: str, base: str) -> Snapshot | None:
    """The capture that an address within the archive names; None for anything else, wherever it leads."""
    try:
        parts, home = urlsplit(url), urlsplit(base)
    except ValueError:
        return None
    if parts.hostname != home.hostname or parts.port != home.port:
        return None
    rest = url.partition(parts.netloc)[2]
    match = _CAPTURE.fullmatch(rest)
    if match is None:
        return None
    at = match["at"]
    try:
        day = date(int(at[:4]), int(at[4:6]), int(at[6:8]))
    except ValueError:
        return None
    return Snapshot(f"{base}/web/{at}/{match['address']}", day)


def wanted(findings: Sequence[Finding], entries: Mapping[str, Entry]) -> list[Finding]:
    """The findings for which a copy is to be looked for: dead addresses of entries that name no copy yet; one an
    entry, its ``url`` before others."""
    found: dict[str, Finding] = {}
    for finding in findings:
        link, entry = finding.link, entries.get(finding.link.key)
        if finding.verdict not in DEAD or link.kind is not LinkKind.URL or not link.editable or entry is None:
            continue
        if link.field == "archiveurl" or entry.first("archiveurl") or finding.is_fixable:
            continue
        if link.key not in found or link.field == "url":
            found[link.key] = finding
    return list(found.values())


def seen_on(entry: Entry, today: date) -> date:
    """The day near which a copy is wanted: when the page was seen (``urldate``), else when the work appeared."""
    for field in ("urldate", "date", "year"):
        match = re.match(r"\s*(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", entry.first(field))
        if match:
            try:
                return date(int(match[1]), int(match[2] or 7), int(match[3] or 1))
            except ValueError:
                continue
    return today


def find_copies(
    findings: Sequence[Finding], entries: Mapping[str, Entry], client: Client, today: date, archive: str = WAYBACK
) -> dict[Link, Snapshot | NoSnapshot]:
    """Look for copies of what is dead, politely (one request at a time). Ctrl-C ends it with what is known by then."""
    asked = wanted(findings, entries)
    host = urlsplit(archive)
    budgets = {host.netloc: Budget(lanes=1, gap=1.5)} if archive == WAYBACK else {host.netloc: Budget(gap=0.0)}
    engine = Engine(client, jobs=2, host_budgets=budgets)
    searches = [
        search(finding.asked or finding.url, seen_on(entries[finding.link.key], today), archive) for finding in asked
    ]
    outcomes = engine.drive(cast("list[Investigation]", searches))
    found: dict[Link, Snapshot | NoSnapshot] = {}
    try:
        for place, result in outcomes:
            if isinstance(result, Snapshot | NoSnapshot):
                found[asked[place].link] = result
    except KeyboardInterrupt:
        pass
    finally:
        outcomes.close()
    return found


def told(finding: Finding, copies: Mapping[Link, Snapshot | NoSnapshot]) -> Finding:
    """A finding that also says which copy there is."""
    copy = copies.get(finding.link)
    if copy is None:
        return finding
    said = f"A copy of {copy.day} is archived: {copy.url}" if isinstance(copy, Snapshot) else copy.reason
    return replace(finding, message=f"{finding.message} {said}")


def copy_edits(copies: Mapping[Link, Snapshot | NoSnapshot]) -> list[SetField]:
    """The edits that note the copies: ``archiveurl`` and ``archivedate``; ``url`` stays as it is."""
    edits = []
    for link, copy in copies.items():
        if isinstance(copy, Snapshot):
            url = copy.url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
            edits.append(SetField(link.key, "archiveurl", link.escaped(url), ""))
            edits.append(SetField(link.key, "archivedate", copy.day.isoformat(), ""))
    return edits
