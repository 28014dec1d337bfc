"""One HTML page that needs nothing else: no script, no picture, no font, nothing fetched. For an editor to forward."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import Final

from ppreflist.cli.output import clean
from ppreflist.cli.reports.advice import LABELS
from ppreflist.cli.reports.report import (
    LinkReport,
    acceptance_of,
    advice_on,
    is_followable,
    level,
    memory_of,
    message_of,
    parts_of,
    said_once,
)
from ppreflist.links.finding import Finding
from ppreflist.links.link import LinkKind
from ppreflist.links.report import Group, Reported, grouped

_STYLE: Final = """
:root { color-scheme: light dark; --text: #1c1b19; --soft: #5d5a55; --page: #faf9f7; --card: #fff; --line: #dedad3;
  --error: #a4161a; --warning: #8a5300; --note: #1d5b8f; --none: #2c6e49; --good: #2c6e49; }
@media (prefers-color-scheme: dark) { :root { --text: #ece9e4; --soft: #aaa59d; --page: #1b1a19; --card: #252422;
  --line: #403d39; --error: #ff8f8f; --warning: #f0b35c; --note: #8cc4f5; --none: #86d3a5; --good: #86d3a5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 50rem; color: var(--text); background: var(--page);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .25rem; }
h2 + p, header p { margin: 0 0 1rem; color: var(--soft); }
ul { list-style: none; padding: 0; margin: 0; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 0; }
.counts a, .counts span { border: 1px solid var(--line); border-radius: 999px; padding: .15rem .75rem;
  background: var(--card); color: inherit; text-decoration: none; font-size: .925rem; }
.counts a:hover { border-color: currentColor; }
.finding { background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--line);
  border-radius: .4rem; padding: .8rem 1rem; margin: 0 0 .75rem; break-inside: avoid; }
.finding.error { border-left-color: var(--error); } .finding.warning { border-left-color: var(--warning); }
.finding.note { border-left-color: var(--note); } .finding.none { border-left-color: var(--none); }
.finding p { margin: .3rem 0 0; } .finding h3 { font-size: 1rem; font-weight: 600; margin: 0; }
.finding h3, .finding p { overflow-wrap: anywhere; }
.place, .memory { color: var(--soft); font-size: .9rem; }
.address { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-size: .9rem; }
.finding a { color: inherit; } .verdict { font-weight: 600; }
.error .verdict { color: var(--error); } .warning .verdict { color: var(--warning); }
.note .verdict { color: var(--note); } .none .verdict { color: var(--none); }
.fix { border-top: 1px dashed var(--line); padding-top: .4rem; margin-top: .5rem !important; }
.fix b { color: var(--good); font-weight: 600; }
details { margin-top: 2.5rem; } summary { cursor: pointer; font-weight: 600; }
details li { padding: .3rem 0; border-bottom: 1px solid var(--line); }
footer { margin-top: 3rem; color: var(--soft); font-size: .875rem; }
@media (max-width: 30rem) { body { padding: 1.25rem .75rem 2.5rem; } .finding { padding: .7rem .75rem; } }
@media print { :root { color-scheme: light; --text: #000; --soft: #444; --page: #fff; --card: #fff; --line: #bbb;
  --error: #a4161a; --warning: #8a5300; --note: #1d5b8f; --none: #2c6e49; --good: #2c6e49; }
  body { padding: 0 1px; max-width: none; font-size: 10pt; } h2, h2 + p { break-after: avoid; } }
"""
_FOLDED: Final = (Group.FINE, Group.UNCHECKED)


def as_html(report: LinkReport) -> str:
    title = f"Links of {report.name}"
    groups = grouped(report.rows)
    shown = [group for group in groups if group not in _FOLDED]
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        # Nothing in the page may fetch or run anything, whatever a library or a server had us write into it.
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n""",
        '<meta name="referrer" content="no-referrer">\n',
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n",
        f"<header>\n<h1>{_text(title)}</h1>\n<p>{_text(_introduction(report))}</p>\n",
        f'<nav class="counts" aria-label="What was found">{"".join(_count(group, groups) for group in groups)}</nav>\n'
        "</header>\n<main>\n",
    ]
    for group in shown:
        once = said_once(group, groups[group])
        parts.append(
            f'<section id="{group.name.lower()}">\n<h2>{_text(group.title)} ({len(groups[group])})</h2>\n'
            f'<p>{_text(advice_on(group, once))}</p>\n<ul role="list">\n'
        )
        parts.extend(_finding(row, report, memory_of(row, once=once)) for row in groups[group])
        parts.append("</ul>\n</section>\n")
    parts.extend(_folded(group, groups[group], report) for group in _FOLDED if group in groups)
    parts.append(f"</main>\n<footer>Made by ppreflist {_text(report.version)}.</footer>\n</body>\n</html>\n")
    return "".join(parts)


def _introduction(report: LinkReport) -> str:
    day = datetime.fromtimestamp(report.at, UTC)
    count = len(report.rows)
    links = f"{count} link{'s' if count != 1 else ''}"
    needing = f"{report.problems} need{'s' if report.problems == 1 else ''} your attention"
    found = needing if report.problems else "nothing to repair or replace"
    stopped = " The check was stopped before its end: links are missing." if report.interrupted else ""
    return f"Checked on {day.day} {day:%B %Y}: {links}, {found}.{stopped}"


def _count(group: Group, groups: dict[Group, list[Reported]]) -> str:
    return f'<a href="#{group.name.lower()}">{_text(group.title)}: {len(groups[group])}</a>'


def _finding(row: Reported, report: LinkReport, memory: str) -> str:
    finding, link = row.finding, row.finding.link
    title = report.titles.get(link.key, "") or link.key
    place = f"{link.key}, {link.field}" if title != link.key else link.field
    line = f", line {link.line}" if link.line else ""
    parts = [
        f'<li class="finding {level(row)}">\n<h3>{_text(title)}</h3>\n',
        f'<p class="place">{_text(place)}, {_text(row.file)}{line}</p>\n',
        f'<p class="address">{_written(finding)}</p>\n',
        f'<p><span class="verdict">{LABELS[finding.verdict]}:</span> {_said(message_of(finding))}</p>\n',
    ]
    if memory:
        parts.append(f'<p class="memory">{_text(memory)}</p>\n')
    accepted = acceptance_of(row)
    if accepted:
        parts.append(f'<p class="memory">{_text(accepted)}</p>\n')
    if finding.fix is not None:
        label = "Write instead" if finding.safe else "Perhaps meant"
        parts.append(f'<p class="fix"><b>{label}:</b> <span class="address">{_address(finding.fix)}</span></p>\n')
    return "".join([*parts, "</li>\n"])


def _folded(group: Group, rows: list[Reported], report: LinkReport) -> str:
    items = "".join(
        f"<li>{_text(report.titles.get(row.finding.link.key, '') or row.finding.link.key)}<br>"
        f'<span class="address">{_written(row.finding)}</span></li>\n'
        for row in rows
    )
    summary = _text(f"{group.title}: {len(rows)}")
    start = f'<details id="{group.name.lower()}"><summary>{summary}</summary>\n<ul role="list">\n'
    return f"{start}{items}</ul>\n</details>\n"


def _said(message: str) -> str:
    return "".join(_address(part) if is_copy else _text(part) for part, is_copy in parts_of(message))


def _written(finding: Finding) -> str:
    """The link as it is written; an identifier leads to where it was asked, and nothing repeats a password."""
    return _address(finding.shown, finding.asked if finding.link.kind is not LinkKind.URL else finding.url)


def _address(url: str, leads_to: str = "") -> str:
    text = _text(" ".join(url.split()))
    goal = leads_to or url
    if not is_followable(goal):
        return text
    return f'<a href="{escape(goal)}" rel="noopener noreferrer nofollow">{text}</a>'


def _text(text: str) -> str:
    return escape(clean(text))
