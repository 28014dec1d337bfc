"""How many links there were, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from ppreflist.cli.output import plural
from ppreflist.links.finding import Finding
from ppreflist.links.report import Reported
from ppreflist.links.verdict import Verdict

Place = tuple[str, str]
"""A citation key and a field name."""


@dataclass
class Tally:
    """Counts of rows. ``holders`` are the entries, or the documents, that the links stand in; ``problems`` counts those
    that no repair of ours can solve, ``fixable`` holds the others with all that can be repaired; ``by_hand`` counts the
    repairs that are known, and stand in entries of a library which are not edited by key."""

    links: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    holders: set[str] = field(default_factory=set)
    of_documents: bool = False
    accepted: int = 0
    problems: int = 0
    fixable: list[tuple[Finding, bool]] = field(default_factory=list)
    by_hand: int = 0

    @classmethod
    def of(cls, rows: Iterable[Reported]) -> Self:
        tally = cls()
        for row in rows:
            tally.count(row)
        return tally

    def count(self, row: Reported) -> None:
        finding = row.finding
        self.links += 1
        self.verdicts[finding.verdict] += 1
        self.holders.add(finding.link.key)
        self.of_documents = bool(finding.link.file)
        self.accepted += row.accepted is not None and finding.is_problem
        if finding.is_fixable:
            self.fixable.append((finding, row.is_problem))
        else:
            self.problems += row.is_problem
            self.by_hand += finding.fix is not None and finding.safe and not finding.link.file

    def has_problems(self, fixed: frozenset[Place]) -> bool:
        """Whether problems are left once these places were repaired."""
        return self.problems > 0 or any(
            is_problem and not is_repaired(finding, fixed) for finding, is_problem in self.fixable
        )

    def summary(self, fixed: frozenset[Place] = frozenset(), *, offered: bool = False) -> str:
        """How many links there were, what became of them, and what to do next."""
        if not self.links:
            return "There are no links to check."
        counts = self.verdicts
        parts = [f"{counts[each]} {each}" for each in Verdict if counts[each] and each is not Verdict.OFFLINE]
        if counts[Verdict.OFFLINE]:
            parts.append(f"{counts[Verdict.OFFLINE]} not checked")
        holders = ("document", "documents") if self.of_documents else ("entry", "entries")
        said = f"{plural(self.links, 'link')} in {plural(len(self.holders), *holders)}: {', '.join(parts)}."
        lines = [said]
        if self.accepted:
            lines.append(f"{self.accepted} of them accepted by hand (`ppreflist links history KEY` says until when).")
        repaired = sum(is_repaired(finding, fixed) for finding, _ in self.fixable)
        if fixed:
            noted = sum(field == "archivedate" for _, field in fixed)
            done = [f"{plural(repaired, 'link')} repaired"] * bool(repaired or not noted)
            done += [f"{plural(noted, 'archived copy', 'archived copies')} noted"] * bool(noted)
            lines.append(f"{', '.join(done)}; `ppreflist undo` takes it back.")
        elif self.fixable and offered:
            lines.append(
                f"{len(self.fixable)} can be repaired: ppreflist check-links --fix (--dry-run shows the change)."
            )
        if self.by_hand:
            lines.append(f"{plural(self.by_hand, 'repair')} to be made by hand: `ppreflist lint` says why.")
        return "\n".join(lines)


def is_repaired(finding: Finding, fixed: frozenset[Place]) -> bool:
    """Whether a finding's fix was written."""
    return finding.is_fixable and (finding.link.key, finding.link.field) in fixed
