"""What a report says, whatever its format; the stable shape of one link in JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from ppreflist.cli.reports.places import Region
from ppreflist.links.finding import Finding
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.memory import AGAIN, Standing
from ppreflist.links.report import Group, Reported, group_of
from ppreflist.links.verdict import PROBLEMS, Verdict

SCHEMA: Final = "ppreflist-links/1"
"""Raised when a member changes its meaning or goes; members may be added."""


@dataclass(frozen=True)
class LinkReport:
    """A run. ``name`` is what was checked (a file name), ``at`` when (Unix time), ``titles`` the works' titles by
    citation key, ``version`` that of ppreflist; ``places`` are where links stand, of those whose place is certain."""

    rows: Sequence[Reported]
    name: str
    at: int
    version: str
    interrupted: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[Link, Region] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many links there are of each verdict that occurs, in the order of the closed list."""
        counts = Counter(row.finding.verdict for row in self.rows)
        return {str(verdict): counts[verdict] for verdict in Verdict if counts[verdict]}

    @property
    def problems(self) -> int:
        return sum(row.is_problem for row in self.rows)

    @property
    def time(self) -> str:
        return utc(self.at)


def utc(at: int) -> str:
    """A Unix time in ISO 8601."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def row_json(row: Reported, titles: Mapping[str, str]) -> dict[str, Any]:
    """One link. Times are ISO 8601 in UTC or null; ``standing`` and what follows is null or empty without a history."""
    finding, link, past = row.finding, row.finding.link, row.past
    return {
        "file": row.file,
        "line": link.line,
        "key": link.key,
        "field": link.field,
        "title": titles.get(link.key, ""),
        "kind": str(link.kind),
        "url": finding.url,
        "verdict": str(finding.verdict),
        "problem": row.is_problem,
        "group": group_of(row).name.lower(),
        "message": finding.message,
        "memory": row.memory,
        "fix": finding.fix,
        "safe": finding.safe,
        "asked": finding.asked,
        "status": finding.status,
        "standing": str(row.standing) if row.standing is not None else None,
        "first_seen": _time(past.first_seen if past else None),
        "last_good": _time(past.last_good if past else None),
        "failing_since": _time(past.failing_since if past else None),
        "failing_days": past.failing_days if past else 0,
        "accepted": None
        if row.accepted is None
        else {"until": row.accepted.until.isoformat() if row.accepted.until else None, "note": row.accepted.note},
        "content": str(row.content) if row.content is not None else None,
    }


def level(row: Reported) -> str:
    """``error`` for what a reader cannot follow, ``warning`` for what somebody should look at, ``note`` for the rest,
    ``none`` for what is fine, accepted or was not checked."""
    verdict = row.finding.verdict
    if row.is_problem:
        return "error"
    if verdict in (Verdict.OK, Verdict.OFFLINE) or row.accepted is not None or verdict in PROBLEMS:
        return "none"
    return "note" if verdict is Verdict.MOVED else "warning"


def said(row: Reported) -> str:
    """Everything that there is to say of a link, as one paragraph."""
    parts = [message_of(row.finding), row.memory]
    if row.finding.fix is not None:
        parts.append(f"{'Write' if row.finding.safe else 'Perhaps'}: {row.finding.fix}")
    return " ".join(" ".join(part.split()) for part in parts if part)


def message_of(finding: Finding) -> str:
    """The message of a finding, where its fix is shown beside it: the address is not said twice."""
    if finding.fix and finding.message.endswith(f" to {finding.fix}"):
        return finding.message.removesuffix(f" to {finding.fix}") + "."
    return finding.message


_COPY: Final = re.compile(r"(https://web\.archive\.org/web/\d{4,14}/https?://[^\s\"<>]+[^\s\"<>.,;:)])")


def parts_of(message: str) -> Iterator[tuple[str, bool]]:
    """The parts of a message, and whether one is the address of an archived copy, to be made a link of: other addresses
    may be a stranger's words."""
    for number, part in enumerate(_COPY.split(message)):
        yield part, number % 2 == 1


def said_once(group: Group, rows: Sequence[Reported]) -> str:
    """What is said of a group because it holds for several of its links; empty when there is nothing."""
    several = sum(row.memory.endswith(AGAIN) for row in rows) > 1
    if not several or group in (Group.LATER, Group.ACCEPTED):
        return ""
    final = [row for row in rows if row.standing is Standing.DEAD]
    gone = any(row.finding.verdict is Verdict.GONE for row in final)
    unregistered = any(
        row.finding.link.kind is not LinkKind.URL and row.finding.verdict is Verdict.NOT_FOUND for row in final
    )
    removed = (["what was removed for good"] if gone else []) + (["what is not registered"] if unregistered else [])
    but = f" (not {' or '.join(removed)})" if removed else ""
    return f"What has not failed for long may come back{but}: check again another day before you replace it."


def advice_on(group: Group, once: str) -> str:
    """What to do about a group, as sentences; ``once`` is what is said of it once."""
    return f"{group.advice[:1].upper()}{group.advice[1:]}. {once}".rstrip()


def acceptance_of(row: Reported) -> str:
    """Until when somebody found a link fine, and why; empty when nobody's word holds."""
    if row.accepted is None:
        return ""
    until = f" until {row.accepted.until}" if row.accepted.until else ""
    return f"Accepted{until}: {row.accepted.note}" if row.accepted.note else f"Accepted{until}"


def memory_of(row: Reported, *, once: str) -> str:
    """What the memory says of a link, without what was said of its group or goes without saying there."""
    if once or group_of(row) in (Group.LATER, Group.ACCEPTED):
        return row.memory.removesuffix(AGAIN).rstrip()
    return row.memory


def is_followable(url: str) -> bool:
    """Whether an address may be made a link in a report: web pages only, nothing that runs."""
    return url.lower().startswith(("https://", "http://")) and url.isprintable() and " " not in url


def _time(at: int | None) -> str | None:
    return utc(at) if at else None
