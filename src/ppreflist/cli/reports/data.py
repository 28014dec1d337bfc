"""JSON, JSON lines and CSV.

JSON: one object: ``schema``, ``generator``, ``library``, ``checked_at``, ``interrupted``, ``summary`` (``links``,
``problems`` and the number of each verdict that occurs), ``links`` (see ``report.row_json``). JSON lines: each link by
itself, a line each. CSV (RFC 4180): the same columns under a heading. ``schema.py`` says what each member may hold.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from ppreflist.cli.output import json_line
from ppreflist.cli.reports.report import SCHEMA, LinkReport, row_json
from ppreflist.links.report import Reported

COLUMNS: Final = (
    "file", "line", "key", "field", "title", "kind", "url", "verdict", "problem", "group", "message", "memory", "fix",
    "safe", "asked", "status", "standing", "first_seen", "last_good", "failing_since", "failing_days", "accepted",
    "content",
)  # fmt: skip


def as_json(report: LinkReport) -> str:
    head = {
        "schema": SCHEMA,
        "generator": f"ppreflist {report.version}",
        "library": report.name,
        "checked_at": report.time,
        "interrupted": report.interrupted,
        "summary": {"links": len(report.rows), "problems": report.problems, "verdicts": report.counts},
    }
    members = "".join(f'  "{name}": {json_line(value)},\n' for name, value in head.items())
    links = ",\n".join(f"    {json_line(row_json(row, report.titles))}" for row in report.rows)
    return f'{{\n{members}  "links": [\n{links}\n  ]\n}}\n'


def as_json_lines(report: LinkReport) -> str:
    return "".join(row_line(row, report.titles) for row in report.rows)


def row_line(row: Reported, titles: Mapping[str, str]) -> str:
    """One link as a line of JSON."""
    return json_line(row_json(row, titles)) + "\n"


def as_csv(report: LinkReport) -> str:
    return CSV_HEADING + "".join(row_csv(row, report.titles) for row in report.rows)


def row_csv(row: Reported, titles: Mapping[str, str]) -> str:
    """One link as a line of CSV."""
    cells = row_json(row, titles)
    accepted = cells["accepted"]
    cells["accepted"] = "" if accepted is None else (accepted["until"] or "for good")
    return _csv_line([_cell(cells[column]) for column in COLUMNS])


def _csv_line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


CSV_HEADING: Final = _csv_line(COLUMNS)


# What a spreadsheet takes for the beginning of a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def _cell(value: object) -> str:
    """A cell that a spreadsheet takes for text: one that begins like a formula would be run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
