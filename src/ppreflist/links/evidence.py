"""Repairs with their reasons, so that whoever reviews the change need not look anything up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ppreflist.links.finding import Finding, repairs
from ppreflist.links.hosts import host_of
from ppreflist.links.memory import day
from ppreflist.links.report import Reported
from ppreflist.links.verdict import Verdict
from ppreflist.model.edit import SetField


@dataclass(frozen=True, slots=True)
class Repair:
    """An edit, and why it is right: sentences for people, one for each finding that it answers."""

    edit: SetField
    reasons: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """``KEY, field: reason``, one for each."""
        return [f"{self.edit.key}, {self.edit.field}: {reason}" for reason in self.reasons]


def repairs_of(rows: Iterable[Reported], at: int) -> list[Repair]:
    """The repairs of these findings, one for each field however many links it holds. ``at`` is now (Unix time)."""
    reasons: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    fixable = [row for row in rows if row.finding.is_fixable]
    for row in fixable:
        reasons[row.finding.link.key, row.finding.link.field].append(evidence(row.finding, day(seen_at(row, at))))
    return [
        Repair(edit, tuple(dict.fromkeys(reasons[edit.key, edit.field])))
        for edit in repairs(row.finding for row in fixable)
    ]


def seen_at(row: Reported, at: int) -> int:
    """When a finding was made (Unix time): in an earlier run, when it is recalled from there, or ``at``."""
    return row.past.last_seen if row.past is not None and row.past.looks else at


def evidence(finding: Finding, seen: date) -> str:
    """Why a finding's fix is right: what is wrong, what was asked, who answered what, and when."""
    said = " ".join(finding.message.split())
    if said and said[-1] not in ".!?":
        said += "."
    return f"{finding.verdict}: {said} {_answer(finding, seen)}".rstrip()


def _answer(finding: Finding, seen: date) -> str:
    """Who answered with which status; empty when nobody was asked."""
    host = host_of(finding.asked)
    if not host:
        return ""
    if finding.verdict is Verdict.TYPO or not finding.status:
        # The status is then that of the address as it is written; what the repaired one answers is in the message.
        return f"Asked on {seen}."
    if finding.verdict is Verdict.MOVED and finding.fix:
        target = host_of(finding.fix)
        there = (
            f"{target} answered {finding.status}" if target != host else f"the new address answered {finding.status}"
        )
        return f"{host} sends there for good (every redirect is a 301 or 308), and {there} on {seen}."
    return f"{host} answered {finding.status} on {seen}."
