"""JSON, JSON lines and CSV.

JSON: one object: ``schema``, ``generator``, ``library``, ``checked_at``, ``interrupted``, ``summary`` (``links``,
``problems`` and the number of each verdict that occurs), ``links`` (see ``report.row_json``). JSON lines: each link by
itself, a line each. CSV (RFC 4180): the same columns under a heading.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Final

from ppreflist.cli.output import json_text
from ppreflist.cli.reports.report import SCHEMA, LinkReport, row_json

COLUMNS: Final = (
    "file", "line", "key", "field", "title", "kind", "url", "verdict", "problem", "group", "message", "memory", "fix",
    "safe", "asked", "status", "standing", "first_seen", "last_good", "failing_since", "failing_days", "accepted",
    "content",
)  # fmt: skip


def as_json(report: LinkReport) -> str:
    document = {
        "schema": SCHEMA,
        "generator": f"ppreflist {report.version}",
        "library": report.name,
        "checked_at": report.time,
        "interrupted": report.interrupted,
        "summary": {"links": len(report.rows), "problems": report.problems, "verdicts": report.counts},
        "links": [row_json(row, report.titles) for row in report.rows],
    }
    return json_text(document) + "\n"


def as_json_lines(report: LinkReport) -> str:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return "".join(f"{encode(row_json(row, report.titles))}\n" for row in report.rows)


def as_csv(report: LinkReport) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in report.rows:
        cells = row_json(row, report.titles)
        accepted = cells["accepted"]
        cells["accepted"] = "" if accepted is None else (accepted["until"] or "for good")
        writer.writerow([_cell(cells[column]) for column in COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    """A cell that a spreadsheet takes for text: one that begins like a formula would be run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
