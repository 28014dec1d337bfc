"""How findings are shown on a terminal: grouped by what to do first, in plain language."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ppreflist.cli.output import clean

if TYPE_CHECKING:
    from ppreflist.links.finding import Finding
    from ppreflist.links.report import Reported

Place = tuple[str, str]
"""A citation key and a field name."""


def finding_json(finding: Finding, file: str) -> dict[str, Any]:
    """One object of ``--json``."""
    link = finding.link
    return {
        "key": link.key,
        "field": link.field,
        "file": file,
        "line": link.line,
        "url": finding.url,
        "verdict": str(finding.verdict),
        "message": finding.message,
        "fix": finding.fix,
        "safe": finding.safe,
        "asked": finding.asked,
        "status": finding.status,
    }


def show(rows: Sequence[Reported]) -> None:
    """The findings, by what to do about them, first things first."""
    from ppreflist.links.report import Group, grouped

    for group, members in grouped(rows).items():
        if group in (Group.FINE, Group.UNCHECKED):
            continue
        click.echo(f"{click.style(group.title, bold=True)} ({len(members)}): {group.advice}\n")
        for row in members:
            _show_one(row)


def _show_one(row: Reported) -> None:
    finding = row.finding
    link = finding.link
    place = ":".join([row.file, *([str(link.line)] if link.line else [])])
    colour = "red" if row.is_problem else "yellow"
    written = " ".join(finding.url.split())
    click.echo(f"{clean(place)}: {click.style(clean(link.key), bold=True)}, {link.field}: {clean(written)}")
    verdict = click.style(str(finding.verdict), fg=colour, bold=True)
    click.echo(
        textwrap.indent(_wrapped(clean(f"{finding.verdict}: {_one_line(finding.message)}")), "    ").replace(
            str(finding.verdict), verdict, 1
        )
    )
    if row.memory:
        click.echo(textwrap.indent(_wrapped(clean(row.memory)), "    "))
    if row.accepted is not None:
        until = f" until {row.accepted.until}" if row.accepted.until else ""
        said = f": {_one_line(row.accepted.note)}" if row.accepted.note else ""
        click.echo(textwrap.indent(_wrapped(clean(f"Accepted{until}{said}")), "    "))
    if finding.fix is not None:
        label = "write" if finding.safe else "perhaps"
        click.echo(f"    {label}: {click.style(clean(finding.fix), fg='green')}")
    click.echo()


def summary(rows: Sequence[Reported], links: int, fixed: frozenset[Place], *, offered: bool) -> str:
    """How many links there were, what became of them, and what to do next."""
    from ppreflist.links.verdict import Verdict

    if not links:
        return "There are no links to check."
    findings = [row.finding for row in rows]
    counts = Counter(finding.verdict for finding in findings)
    entries = len({finding.link.key for finding in findings})
    parts = [f"{counts[each]} {each}" for each in Verdict if counts[each] and each is not Verdict.OFFLINE]
    if counts[Verdict.OFFLINE]:
        parts.append(f"{counts[Verdict.OFFLINE]} not checked")
    holders = ("document", "documents") if findings and findings[0].link.file else ("entry", "entries")
    lines = [f"{plural(links, 'link')} in {plural(entries, *holders)}: {', '.join(parts)}."]
    accepted = sum(row.accepted is not None and row.finding.is_problem for row in rows)
    if accepted:
        lines.append(f"{accepted} of them accepted by hand (`ppreflist links history KEY` says until when).")
    repairable = sum(finding.is_fixable for finding in findings)
    if fixed:
        repaired = sum(is_repaired(finding, fixed) for finding in findings)
        lines.append(f"{plural(repaired, 'link')} repaired; `ppreflist undo` takes it back.")
    elif repairable and offered:
        lines.append(f"{repairable} can be repaired: ppreflist check-links --fix (--dry-run shows the change).")
    return "\n".join(lines)


def is_repaired(finding: Finding, fixed: frozenset[Place]) -> bool:
    """Whether a finding's fix was written."""
    return finding.is_fixable and (finding.link.key, finding.link.field) in fixed


def plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _wrapped(text: str) -> str:
    width = min(shutil.get_terminal_size((100, 24)).columns, 100) - 4
    return textwrap.fill(text, max(width, 30), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
