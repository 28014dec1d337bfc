"""Annotations for GitHub Actions: workflow commands on stdout, which the runner shows at the lines of a change (of each
level the first ten of a step).

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import Final

from ppreflist.cli.output import clean
from ppreflist.cli.reports.places import Region
from ppreflist.cli.reports.report import LinkReport, level, said
from ppreflist.links.report import Reported

_COMMANDS: Final = {"error": "error", "warning": "warning", "note": "notice"}


def as_github(report: LinkReport) -> str:
    return "".join(_command(row, report.places.get(row.finding.link)) for row in report.rows if level(row) in _COMMANDS)


def _command(row: Reported, region: Region | None) -> str:
    link = row.finding.link
    properties = {"file": row.file, "line": str(link.line or 1)}
    if region is not None:
        properties |= {"line": str(region.line), "endLine": str(region.end_line)}
        if region.line == region.end_line:
            properties |= {"col": str(region.column), "endColumn": str(region.end_column)}
    properties["title"] = f"{link.key}: {row.finding.verdict}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[level(row)]} {listed}::{_data(f'{link.field}: {row.finding.shown}: {said(row)}')}\n"


def _data(text: str) -> str:
    """Text that cannot end the line and begin another command."""
    return clean(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
