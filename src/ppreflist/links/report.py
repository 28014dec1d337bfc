"""Findings as they are reported: in the light of the memory, and in the order of what to do about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from ppreflist.links.drift import Likeness
from ppreflist.links.finding import Finding
from ppreflist.links.memory import Acceptance, Past, Standing, address_of, considered, day, drifted, look_of, sentence
from ppreflist.links.verdict import ANSWERS, PROBLEMS, Verdict


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding with what the memory says of it.

    ``past`` and ``standing`` are None when nothing is remembered (offline, or without a history); ``memory`` is a
    sentence for people or empty. ``accepted`` is set while somebody's word that the link is fine holds. ``file`` is
    the file that the link stands in. ``content`` is what the page is beside the one that is taken for the work, None
    when it was not read now, or there is none to compare it with.
    """

    finding: Finding
    past: Past | None = None
    standing: Standing | None = None
    memory: str = ""
    accepted: Acceptance | None = None
    file: str = ""
    content: Likeness | None = None

    @property
    def is_problem(self) -> bool:
        return self.finding.is_problem and self.accepted is None


def reported(
    findings: Iterable[Finding], pasts: Mapping[str, Past], at: int, file: str = "", *, strict: bool = False
) -> tuple[Reported, ...]:
    """Findings in the light of the past, which includes them. ``at`` is now; ``file`` holds links that do not say
    themselves which file they are in; ``strict`` calls a link dead at once."""
    today = day(at)
    rows = []
    for finding in findings:
        address = address_of(finding.link)
        place = finding.link.file or file
        past = pasts.get(address)
        content = past.likeness(finding.link, finding.page) if past is not None and finding.page is not None else None
        finding = drifted(finding, past)
        accepted = past.acceptance if past is not None and past.is_accepted(today, finding.verdict) else None
        if past is None or not past.looks or past.looks[0].verdict != finding.verdict:
            alone = Past(address, at).grown(look_of(finding, at))
            judged = considered(finding, alone, strict=strict)
            rows.append(Reported(judged, accepted=accepted, file=place, content=content))
            continue
        said = sentence(past, today, strict=strict)
        standing = past.standing(strict=strict)
        judged = considered(finding, past, strict=strict)
        rows.append(Reported(judged, past, standing, said, accepted, place, content))
    return tuple(rows)


class Group(Enum):
    """What to do about a finding, first things first: a title, and advice."""

    REPAIR = ("To repair", "what was probably meant is shown")
    REPLACE = ("To replace", "find another address, or an archived copy")
    NOTED = ("Worth knowing", "look at what is said of them")
    MOVED = ("Moved", "they work; the new address is shown where it can be written")
    BROWSER = ("To look at in a browser", "these sites do not answer robots")
    LATER = ("To check another day", "these sites have trouble at the moment")
    ACCEPTED = ("Accepted", "somebody looked at them and found them fine")
    FINE = ("Fine", "nothing to do")
    UNCHECKED = ("Not checked", "nobody was asked")

    @property
    def title(self) -> str:
        return self.value[0]

    @property
    def advice(self) -> str:
        return self.value[1]


def group_of(row: Reported) -> Group:
    finding = row.finding
    if finding.verdict is Verdict.OFFLINE:
        return Group.NOTED if finding.says_more else Group.UNCHECKED
    if finding.verdict is Verdict.OK:
        return Group.NOTED if finding.says_more else Group.FINE
    if row.accepted is not None:
        return Group.ACCEPTED
    if finding.verdict is Verdict.NOTICE:
        return Group.NOTED
    if finding.verdict in PROBLEMS:
        return Group.REPAIR if finding.fix is not None and finding.safe else Group.REPLACE
    others = {Verdict.MOVED: Group.MOVED, Verdict.REFUSED: Group.BROWSER, Verdict.TEMPORARY: Group.LATER}
    return others.get(finding.verdict, Group.NOTED if finding.verdict in ANSWERS else Group.BROWSER)


def grouped(rows: Sequence[Reported]) -> dict[Group, list[Reported]]:
    """The rows of each group that has any, first things first, also within a group."""
    groups: dict[Group, list[Reported]] = {group: [] for group in Group}
    for row in sorted(rows, key=lambda row: not row.is_problem):
        groups[group_of(row)].append(row)
    return {group: members for group, members in groups.items() if members}
