"""SARIF 2.1.0 (OASIS Standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0/): for code scanning of forges."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ppreflist.cli.output import json_text
from ppreflist.cli.reports.report import LinkReport, level, said
from ppreflist.links.memory import address_of
from ppreflist.links.report import Reported
from ppreflist.links.verdict import MEANING, PROBLEMS, Verdict
from ppreflist.net.settings import HOMEPAGE


def as_sarif(report: LinkReport) -> str:
    rows = [row for row in report.rows if row.finding.verdict not in (Verdict.OK, Verdict.OFFLINE)]
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
        "invocations": [{"executionSuccessful": not report.interrupted, "endTimeUtc": report.time}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(row, index[row.finding.verdict]) for row in rows],
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json_text(document) + "\n"


def _rule(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": f"link-{verdict}",
        "name": "".join(part.title() for part in f"link-{verdict}".split("-")),
        "shortDescription": {"text": MEANING[verdict]},
        "fullDescription": {"text": MEANING[verdict]},
        "defaultConfiguration": {"level": "error" if verdict in PROBLEMS else "warning"},
    }


def _result(row: Reported, rule: int) -> dict[str, Any]:
    finding, link = row.finding, row.finding.link
    # Artifact locations are URI references (RFC 3986), relative to the working folder when they are not absolute.
    file = PurePath(row.file)
    location: dict[str, Any] = {
        "artifactLocation": {"uri": file.as_uri() if file.is_absolute() else quote(file.as_posix())}
    }
    if link.line:
        location["region"] = {"startLine": link.line}
    accepted = row.finding.is_problem and row.accepted is not None
    result: dict[str, Any] = {
        "ruleId": f"link-{finding.verdict}",
        "ruleIndex": rule,
        "level": "error" if accepted else level(row),
        "message": {"text": f"{link.key}, {link.field}: {finding.url}: {said(row)}"},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"link/v1": _fingerprint(row)},
        "properties": {"key": link.key, "field": link.field, "url": finding.url, "fix": finding.fix},
    }
    if row.accepted is not None:
        result["suppressions"] = [{"kind": "external", "justification": row.accepted.note or "accepted by hand"}]
    return result


def _fingerprint(row: Reported) -> str:
    """The same from run to run, wherever the link moves in the file."""
    link = row.finding.link
    return hashlib.sha256(f"{link.key}\n{link.field}\n{address_of(link)}".encode("utf-8", "replace")).hexdigest()[:32]
