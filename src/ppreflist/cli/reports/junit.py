"""JUnit XML, as test reporters of CI services read it: each link is a test case, each file a test suite.

There is no standard. The elements and attributes are those of the strictest reader, the schema of Jenkins' xUnit plugin
(https://github.com/jenkinsci/xunit-plugin: junit-10.xsd), which refuses ``file`` and ``line`` of a test case: the place
is the first line of a failure. GitLab shows ``classname`` and ``name``, and takes each pair once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from ppreflist.cli.output import clean
from ppreflist.cli.reports.report import LinkReport, said
from ppreflist.links.report import Reported
from ppreflist.links.verdict import Verdict

# https://www.w3.org/TR/xml/#charsets: what no XML document may hold, not even escaped.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: LinkReport) -> str:
    suites: dict[str, list[Reported]] = {}
    for row in report.rows:
        suites.setdefault(row.file, []).append(row)
    counts = f'tests="{len(report.rows)}" failures="{report.problems}" errors="0"'
    body = "".join(_suite(file, rows, report) for file, rows in suites.items())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ppreflist check-links" {counts} time="0">
{body}</testsuites>
"""


def _suite(file: str, rows: Sequence[Reported], report: LinkReport) -> str:
    skipped = sum(_skipped(row) != "" for row in rows)
    failures = sum(row.is_problem for row in rows)
    counts = f'tests="{len(rows)}" failures="{failures}" errors="0" skipped="{skipped}"'
    name = _attribute(f"links of {file or report.name}")
    when = f'time="0" timestamp="{report.time.removesuffix("Z")}"'
    cases = "".join(_case(row) for row in rows)
    return f"<testsuite name={name} {counts} {when} file={_attribute(file)}>\n{cases}</testsuite>\n"


def _case(row: Reported) -> str:
    finding, link = row.finding, row.finding.link
    start = f'<testcase classname={_attribute(link.key)} name={_attribute(f"{link.field}: {finding.url}")} time="0"'
    if row.is_problem:
        place = f"{row.file}:{link.line}: {link.key}, {link.field}"
        body = _text(f"{place}\n{said(row)}")
        return (
            f"{start}>\n<failure type={_attribute(finding.verdict)} message={_attribute(finding.message)}>{body}"
            "</failure>\n</testcase>\n"
        )
    if reason := _skipped(row):
        return f"{start}><skipped message={_attribute(reason)}/></testcase>\n"
    if finding.verdict is not Verdict.OK:
        return f"{start}>\n<system-out>{_text(f'{finding.verdict}: {said(row)}')}</system-out>\n</testcase>\n"
    return f"{start}/>\n"


def _skipped(row: Reported) -> str:
    if row.finding.is_problem and row.accepted is not None:
        return f"accepted by hand: {row.accepted.note}" if row.accepted.note else "accepted by hand"
    return row.finding.message if row.finding.verdict is Verdict.OFFLINE else ""


def _text(text: str) -> str:
    return escape(_allowed(text))


def _attribute(text: str) -> str:
    return quoteattr(_allowed(text))


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", clean(text))
