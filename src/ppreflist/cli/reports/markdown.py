"""Markdown (CommonMark), to be pasted into an issue or a mail."""

from __future__ import annotations

import re

from ppreflist.cli.output import clean
from ppreflist.cli.reports.report import (
    LinkReport,
    acceptance_of,
    advice_on,
    is_followable,
    memory_of,
    message_of,
    parts_of,
    said_once,
)
from ppreflist.links.report import Group, Reported, grouped

_COUNTED = (Group.FINE, Group.UNCHECKED)
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$@])")


def as_markdown(report: LinkReport) -> str:
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in report.counts.items())
    parts = [
        f"# Links of {_text(report.name)}\n",
        f"Checked on {report.time[:10]}: {len(report.rows)} links, {verdicts or 'nothing to check'}."
        + (" The check was stopped before its end." if report.interrupted else "")
        + "\n",
    ]
    groups = grouped(report.rows)
    for group, members in groups.items():
        if group in _COUNTED:
            continue
        once = said_once(group, members)
        parts.append(f"## {group.title} ({len(members)})\n\n{advice_on(group, once)}\n")
        parts.append("\n".join(_item(row, report, memory_of(row, once=once)) for row in members) + "\n")
    parts.extend(f"{group.title}: {len(groups[group])}.\n" for group in _COUNTED if group in groups)
    return "\n".join(parts)


def _item(row: Reported, report: LinkReport, memory: str) -> str:
    finding, link = row.finding, row.finding.link
    title = report.titles.get(link.key, "")
    name = f"**{_text(title)}** ({_code(link.key)}" if title else f"({_code(link.key)}"
    place = f"{name}, {link.field}, line {link.line})" if link.line else f"{name}, {link.field})"
    lines = [f"- {place}: {_address(finding.shown)}", f"  {finding.verdict}: {_said(message_of(finding))}"]
    if memory:
        lines.append(f"  {_text(memory)}")
    accepted = acceptance_of(row)
    if accepted:
        lines.append(f"  {_text(accepted)}")
    if finding.fix is not None:
        lines.append(f"  {'Write' if finding.safe else 'Perhaps'}: {_address(finding.fix)}")
    return "\\\n".join(lines)


def _said(message: str) -> str:
    parts = (_address(part) if is_copy else _text(part) for part, is_copy in parts_of(" ".join(message.split())))
    return " ".join(filter(None, parts))


def _text(text: str) -> str:
    """Text that means nothing in Markdown: one line, specials escaped, addresses not made links of."""
    plain = _SPECIAL.sub(r"\\\1", clean(" ".join(text.split())))
    plain = re.sub(r"(?i)\b(https?|ftp):", r"\1&#58;", plain)
    return re.sub(r"(?i)\bwww\.", "www&#46;", plain)


def _address(url: str) -> str:
    if is_followable(url) and not re.search(r"[<>\\]|://\*\*\*@", url):
        return f"<{url}>"
    return _code(url)


def _code(text: str) -> str:
    """A code span (CommonMark 6.1): fenced by more backticks than are in it."""
    line = clean(" ".join(text.split()))
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", line)), default=0))
    padding = " " if line.startswith("`") or line.endswith("`") or not line else ""
    return f"{fence}{padding}{line}{padding}{fence}"
