"""SARIF 2.1.0 (OASIS Standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0/): for code scanning of forges, and for
editors that offer the repairs.

Checked against the OASIS schema, and against what GitHub reads of it
(https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support).
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from ppreflist.cli.output import json_text
from ppreflist.cli.reports.advice import ADVICE
from ppreflist.cli.reports.places import Region
from ppreflist.cli.reports.report import LinkReport, level, said
from ppreflist.links.memory import address_of
from ppreflist.links.report import Reported
from ppreflist.links.verdict import MEANING, PROBLEMS, Verdict
from ppreflist.net.settings import HOMEPAGE

MOST: Final = 25_000
"""Results above which GitHub refuses a whole file."""

_RANKS: Final = ("error", "warning", "note", "none")


def as_sarif(report: LinkReport) -> str:
    found = [row for row in report.rows if row.finding.verdict not in (Verdict.OK, Verdict.OFFLINE)]
    rows = found if len(found) <= MOST else sorted(found, key=lambda row: _RANKS.index(level(row)))[:MOST]
    verdicts = [verdict for verdict in Verdict if any(row.finding.verdict is verdict for row in rows)]
    index = {verdict: number for number, verdict in enumerate(verdicts)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "ppreflist",
                "version": report.version,
                "informationUri": HOMEPAGE,
                "rules": [_rule(verdict) for verdict in verdicts],
            }
        },
        "automationDetails": {"id": "ppreflist/check-links/"},
        "invocations": [_invocation(report, len(found) - len(rows))],
        "columnKind": "unicodeCodePoints",
        "results": [_result(row, index[row.finding.verdict], report.places.get(row.finding.link)) for row in rows],
    }
    document = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json_text(document) + "\n"


def _invocation(report: LinkReport, left_out: int) -> dict[str, Any]:
    """How the run went. ``left_out`` results found no room; the most serious ones are there."""
    invocation: dict[str, Any] = {"executionSuccessful": not report.interrupted, "endTimeUtc": report.time}
    notes = []
    if report.interrupted:
        notes.append("The check was stopped before its end: links are missing.")
    if left_out:
        notes.append(f"{left_out} less serious results were left out: code scanning takes {MOST} at most.")
    if notes:
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": each}} for each in notes]
    return invocation


def _rule(verdict: Verdict) -> dict[str, Any]:
    meaning, advice = MEANING[verdict], ADVICE[verdict]
    level = "error" if verdict in PROBLEMS else "note" if verdict is Verdict.MOVED else "warning"
    return {
        "id": f"link-{verdict}",
        "name": "".join(part.title() for part in f"link-{verdict}".split("-")),
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": f"{meaning} {advice}"},
        "helpUri": f"{HOMEPAGE}#check-links",
        "help": {
            "text": f"{meaning}\n\n{advice}",
            "markdown": f"**{meaning}**\n\n{advice}\n\n[What the verdicts mean]({HOMEPAGE}#check-links)",
        },
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["links"],
            "problem.severity": {"error": "error", "warning": "warning", "note": "recommendation"}[level],
        },
    }


def _result(row: Reported, rule: int, region: Region | None) -> dict[str, Any]:
    finding, link = row.finding, row.finding.link
    artifact = {"uri": _uri(row.file)}
    location: dict[str, Any] = {"artifactLocation": artifact}
    if region is not None:
        location["region"] = _region(region)
    elif link.line:
        location["region"] = {"startLine": link.line}
    accepted = row.finding.is_problem and row.accepted is not None
    result: dict[str, Any] = {
        "ruleId": f"link-{finding.verdict}",
        "ruleIndex": rule,
        "level": "error" if accepted else level(row),
        "message": {"text": _message(f"{link.key}, {link.field}: {finding.url}: {said(row)}")},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"link/v1": _fingerprint(row)},
        "properties": {"key": link.key, "field": link.field, "url": finding.url, "fix": finding.fix},
    }
    if finding.is_fixable and finding.fix is not None and region is not None:
        replacement = {
            "deletedRegion": _region(region),
            "insertedContent": {"text": link.escaped(finding.fix)},
        }
        result["fixes"] = [
            {
                "description": {"text": _message(f"Write {finding.fix}")},
                "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
            }
        ]
    if row.accepted is not None:
        result["suppressions"] = [{"kind": "external", "justification": row.accepted.note or "accepted by hand"}]
    return result


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _uri(file: str) -> str:
    """A file's URI reference (RFC 3986), relative to the working folder when the file's name is; a page's address."""
    if file.lower().startswith(("https://", "http://")):
        return quote(file, safe="!#$%&'()*+,/:;=?@[]~")
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")


def _message(text: str) -> str:
    """A plain text message (3.11): braces would be placeholders, and brackets before a parenthesis links."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _fingerprint(row: Reported) -> str:
    """The same from run to run, wherever the link moves in the file."""
    link = row.finding.link
    return hashlib.sha256(f"{link.key}\n{link.field}\n{address_of(link)}".encode("utf-8", "replace")).hexdigest()[:32]
