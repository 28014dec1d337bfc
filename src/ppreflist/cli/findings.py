"""How findings are shown on a terminal: grouped by what to do first, in plain language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import click

from ppreflist.cli.output import WIDEST, clean, fitted, text_width, wrapped
from ppreflist.cli.reports.report import acceptance_of, memory_of, message_of, said_once
from ppreflist.cli.tally import Tally
from ppreflist.links.hosts import host_of
from ppreflist.links.report import Group, grouped

if TYPE_CHECKING:
    from ppreflist.cli.reports.report import LinkReport
    from ppreflist.links.finding import Finding
    from ppreflist.links.report import Reported

_INDENT: Final = "    "
_LONGEST: Final = 400
_FOLDED: Final = frozenset({Group.NOTED, Group.MOVED, Group.BROWSER, Group.LATER, Group.ACCEPTED})
"""Groups in which no link is a problem, or few are: of a long one only some are shown, of every host some."""

_MOST: Final = 20
_MOST_OF_HOST: Final = 3
_MOST_NAMED: Final = 3


def finding_json(finding: Finding, file: str, content: str | None = None) -> dict[str, Any]:
    """One object of ``--json``; ``content`` is what the page is beside the one that was first read there."""
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
        "content": content,
    }


def show(rows: Sequence[Reported], titles: Mapping[str, str] = MappingProxyType({})) -> None:
    """The findings, by what to do about them, first things first. ``titles`` are the works' titles by citation key."""
    for line in _lines(rows, titles, text_width(), folded=True):
        click.echo(line)


def as_text(report: LinkReport) -> str:
    """The same for a file: no colours, and what else was printed."""
    heading = f"Links of {clean(report.name)}, checked on {report.time[:10]}"
    if report.interrupted:
        heading += ": stopped before every link was checked"
    lines = [heading, "", *map(click.unstyle, _lines(report.rows, report.titles, WIDEST))]
    return "\n".join([*lines, Tally.of(report.rows).summary(), ""])


def _lines(rows: Sequence[Reported], titles: Mapping[str, str], width: int, *, folded: bool = False) -> Iterator[str]:
    for group, members in grouped(rows).items():
        if group in (Group.FINE, Group.UNCHECKED):
            continue
        yield f"{click.style(group.title, bold=True)} ({len(members)}): {group.advice}"
        once = said_once(group, members)
        if once:
            yield once
        yield ""
        kept, left_out = _folded(members) if folded and group in _FOLDED else (members, ())
        for row in kept:
            yield from _one(row, titles.get(row.finding.link.key, ""), width, memory_of(row, once=once))
        if left_out:
            yield wrapped(_and_more(left_out), width, "", _INDENT)
            yield ""


def _folded(rows: Sequence[Reported]) -> tuple[Sequence[Reported], Sequence[Reported]]:
    """The rows to show of a group, and the others: problems are all shown."""
    if len(rows) <= _MOST:
        return rows, ()
    kept: list[Reported] = []
    left_out: list[Reported] = []
    of_host: Counter[str] = Counter()
    for row in rows:
        host = _host(row)
        fits = len(kept) < _MOST and of_host[host] < _MOST_OF_HOST
        (kept if fits or row.is_problem else left_out).append(row)
        of_host[host] += 1
    return kept, left_out


def _and_more(rows: Sequence[Reported]) -> str:
    """``... and 147 more: 140 at www.sciencedirect.com, 7 at x.org (-o links.html shows all).``"""
    hosts = Counter(map(_host, rows)).most_common()
    named = [f"{count} at {clean(host)}" for host, count in hosts[:_MOST_NAMED]]
    rest = sum(count for _, count in hosts[_MOST_NAMED:])
    listed = ", ".join([*named, *([f"{rest} elsewhere"] if rest else [])])
    return f"... and {len(rows)} more: {listed} (-o links.html shows all)."


def _host(row: Reported) -> str:
    """The host of a link; of an identifier its kind."""
    finding = row.finding
    return host_of(finding.asked) or host_of(finding.url) or str(finding.link.kind)


def _one(row: Reported, title: str, width: int, memory: str) -> Iterator[str]:
    finding = row.finding
    link = finding.link
    place = ":".join([row.file, *([str(link.line)] if link.line else [])])
    colour = "red" if row.is_problem else "yellow"
    written = _shortened(_one_line(finding.shown))
    # A document's link has no entry, and its name stands already there.
    named = "" if link.file == link.key else f"{click.style(clean(link.key), bold=True)}, {link.field}: "
    yield f"{clean(place)}: {named}{clean(written)}"
    if title:
        yield _INDENT + click.style(fitted(clean(_one_line(title)), width - len(_INDENT)), italic=True)
    verdict = click.style(str(finding.verdict), fg=colour, bold=True)
    said = _wrapped(f"{finding.verdict}: {message_of(finding)}", width)
    yield said.replace(str(finding.verdict), verdict, 1)
    if memory:
        yield _wrapped(memory, width)
    accepted = acceptance_of(row)
    if accepted:
        yield _wrapped(accepted, width)
    if finding.fix is not None:
        label = "write" if finding.safe else "perhaps"
        yield f"{_INDENT}{label}: {click.style(clean(finding.fix), fg='green')}"
    yield ""


def _wrapped(text: str, width: int) -> str:
    return wrapped(text, width, _INDENT, _INDENT + "  ")


def _shortened(url: str) -> str:
    """An address that does not fill the screen: the file has all of it."""
    return url if len(url) <= _LONGEST else f"{url[: _LONGEST // 2]} ... {url[-_LONGEST // 4 :]}"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
