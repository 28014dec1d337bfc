"""The names of the formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ppreflist.cli.reports.report import LinkReport

PLACED: Final = frozenset({"sarif", "github"})
"""Formats that say where in its line a link stands."""

GROWING: Final = frozenset({"jsonl", "csv"})
"""Formats of a line for each link, written as links are settled, in that order."""

FORMATS: Final = ("text", "json", "jsonl", "markdown", "html", "csv", "junit", "sarif", "github")


_ENDINGS: Final = {
    ".txt": "text", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".csv": "csv", ".xml": "junit", ".sarif": "sarif", ".sarif.json": "sarif",
}  # fmt: skip


def format_of(file: str) -> str | None:
    """The format that a file's ending tells; None when it tells none."""
    name = file.lower()
    return next((_ENDINGS[each] for each in sorted(_ENDINGS, key=len, reverse=True) if name.endswith(each)), None)


def rendered(name: str, report: LinkReport) -> str:
    """A report in one of the formats; ``text`` without colours."""
    from ppreflist.cli.findings import as_text
    from ppreflist.cli.reports.data import as_csv, as_json, as_json_lines
    from ppreflist.cli.reports.github import as_github
    from ppreflist.cli.reports.html import as_html
    from ppreflist.cli.reports.junit import as_junit
    from ppreflist.cli.reports.markdown import as_markdown
    from ppreflist.cli.reports.sarif import as_sarif

    formats = {
        "text": as_text,
        "json": as_json,
        "jsonl": as_json_lines,
        "markdown": as_markdown,
        "html": as_html,
        "csv": as_csv,
        "junit": as_junit,
        "sarif": as_sarif,
        "github": as_github,
    }
    return formats[name](report)
