"""The reports that programs read, held against what their readers demand."""

from __future__ import annotations

import csv
import io
import json
import os
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.cli.links import command
from ppreflist.cli.reports.formats import rendered
from ppreflist.cli.reports.places import Region
from ppreflist.cli.reports.report import LinkReport
from ppreflist.cli.reports.sarif import MOST
from ppreflist.cli.reports.schema import LINK, REPORT
from ppreflist.links.finding import Finding
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.memory import Acceptance, Past, address_of, look_of
from ppreflist.links.report import reported
from ppreflist.links.verdict import PROBLEMS, Verdict

NOW = 1_790_000_000


def report(
    url: str = "https://x.org/a", message: str = "So.", title: str = "A work", fix: str | None = None
) -> LinkReport:
    """Every verdict, one of them accepted; the place of every other link is known."""
    findings = []
    for number, verdict in enumerate(Verdict):
        link = Link(f"key{number}", "url", number + 1, LinkKind.URL, url or "x", 0, len(url or "x"))
        findings.append(Finding(link, verdict, message, fix, fix is not None, url, 404))
    pasts = {address_of(each.link): Past(address_of(each.link), NOW).grown(look_of(each, NOW)) for each in findings}
    rows = list(reported(findings, pasts, NOW, "refs/my list.bib"))
    rows[5] = replace(rows[5], accepted=Acceptance(date(2027, 1, 31), message))
    places = {each.link: Region(each.link.line, 3, each.link.line, 3 + len(each.link.value)) for each in findings[::2]}
    titles = {each.link.key: title for each in findings}
    return LinkReport(rows, "my list.bib", NOW, "1.0", titles=titles, places=places)


def check(schema: dict[str, Any], document: Any) -> None:
    validator = jsonschema.validators.validator_for(schema)
    validator(schema, format_checker=validator.FORMAT_CHECKER).validate(document)


TEXTS = ("", "So.", "\x00\x1b[31m\u2028\u202e\ud800 {0} [a](b)\r\n=1+1", "\U0001d518 \u4e2d\u6587 %2C ]]>")


@pytest.mark.parametrize("text", TEXTS)
def test_json_is_as_its_schema_says(text: str) -> None:
    found = report(text, text, text, text)
    document = json.loads(rendered("json", found))
    check(REPORT, document)
    assert [json.loads(line) for line in rendered("jsonl", found).splitlines()] == document["links"]


def test_the_schemas_are_schemas_and_refuse_what_is_wrong() -> None:
    for schema in (REPORT, LINK, SARIF):
        jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(rendered("json", report()))
    cases: list[dict[str, Any]] = [{"verdict": "dead"}, {"line": "7"}, {"first_seen": 0}, {"accepted": {}}]
    for wrong in cases:
        with pytest.raises(jsonschema.ValidationError):
            check(LINK, {**document["links"][0], **wrong})
    with pytest.raises(jsonschema.ValidationError):
        check(REPORT, {**document, "schema": "ppreflist-links/2"})


def test_the_schema_is_printed() -> None:
    done = CliRunner().invoke(command, ["schema"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, REPORT)


# SARIF ----------------------------------------------------------------------------------------------------------------


def exactly(required: str, optional: str = "", **members: Any) -> dict[str, Any]:
    """An object with these members and no others."""
    names = [*required.split(), *optional.split()]
    properties = {name: members.get(name, {}) for name in names}
    return {"type": "object", "properties": properties, "required": required.split(), "additionalProperties": False}


TEXT = {"type": "string"}
FROM_1 = {"type": "integer", "minimum": 1}
MESSAGE = exactly("text", "markdown", text=TEXT, markdown=TEXT)
REGION = exactly(
    "startLine", "startColumn endLine endColumn", startLine=FROM_1, startColumn=FROM_1, endLine=FROM_1, endColumn=FROM_1
)
ARTIFACT = exactly("uri", uri={"type": "string", "format": "uri-reference", "pattern": r"^[!-~]+$"})
LEVEL = {"enum": ["none", "note", "warning", "error"]}
REPLACEMENT = exactly("deletedRegion insertedContent", deletedRegion=REGION, insertedContent=exactly("text", text=TEXT))
CHANGE = exactly(
    "artifactLocation replacements",
    artifactLocation=ARTIFACT,
    replacements={"type": "array", "minItems": 1, "items": REPLACEMENT},
)
FIX = exactly(
    "artifactChanges",
    "description",
    description=MESSAGE,
    artifactChanges={"type": "array", "minItems": 1, "items": CHANGE},
)
RULE = exactly(
    "id name shortDescription fullDescription helpUri help defaultConfiguration properties",
    id=TEXT,
    name={"type": "string", "maxLength": 255},
    shortDescription=MESSAGE,
    fullDescription=exactly("text", text={"type": "string", "maxLength": 1024}),
    helpUri={"type": "string", "format": "uri"},
    help=exactly("text markdown"),
    defaultConfiguration=exactly("level", level=LEVEL),
    properties=exactly("tags problem.severity", tags={"type": "array", "uniqueItems": True, "maxItems": 10}),
)
RESULT = exactly(
    "ruleId ruleIndex level message locations partialFingerprints properties",
    "fixes suppressions",
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations={
        "type": "array",
        "minItems": 1,
        "maxItems": 1,
        "items": exactly(
            "physicalLocation",
            physicalLocation=exactly("artifactLocation", "region", artifactLocation=ARTIFACT, region=REGION),
        ),
    },
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    fixes={"type": "array", "items": FIX},
    suppressions={
        "type": "array",
        "items": exactly("kind", "justification", kind={"enum": ["inSource", "external"]}, justification=TEXT),
    },
)
RUN = exactly(
    "tool automationDetails invocations columnKind results",
    tool=exactly("driver", driver=exactly("name version informationUri rules", rules={"type": "array", "items": RULE})),
    automationDetails=exactly("id", id={"type": "string", "pattern": "/$"}),
    invocations={
        "type": "array",
        "items": exactly(
            "executionSuccessful endTimeUtc",
            "toolExecutionNotifications",
            executionSuccessful={"type": "boolean"},
            endTimeUtc={"type": "string", "format": "date-time"},
            toolExecutionNotifications={
                "type": "array",
                "items": exactly("level message", level=LEVEL, message=MESSAGE),
            },
        ),
    },
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "maxItems": MOST, "items": RESULT},
)
SARIF = exactly(
    "$schema version runs",
    version={"const": "2.1.0"},
    runs={"type": "array", "items": RUN},
)
"""Of SARIF 2.1.0 what we write: sections 3.13 (log), 3.14 (run), 3.20 (invocation), 3.27 (result), 3.30 (region), 3.49
(rule), 3.55 to 3.57 (fix, change, replacement), and the limits of GitHub's code scanning."""


@pytest.mark.parametrize("text", TEXTS)
def test_sarif_has_the_shape_of_the_standard(text: str) -> None:
    document = json.loads(rendered("sarif", report(text, text, fix=text)))
    check(SARIF, document)
    (run,) = document["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_against_the_schema_of_oasis() -> None:
    schema = os.environ.get("SARIF_SCHEMA")
    if not schema:
        pytest.skip(
            "SARIF_SCHEMA is not set: the path of sarif-schema-2.1.0.json, from github.com/oasis-tcs/sarif-spec"
        )
    document = json.loads(Path(schema).read_text(encoding="utf-8"))
    check(document, json.loads(rendered("sarif", report(fix="https://y.org/{0}"))))
    check(document, json.loads(rendered("sarif", replace(report(), interrupted=True))))
    check(document, json.loads(rendered("sarif", replace(report(), rows=()))))


def test_sarif_repairs_what_fix_would_where_the_place_is_certain() -> None:
    found = report(r"https://x.org/a\_b", fix="https://y.org/a_b")
    (run,) = json.loads(rendered("sarif", found))["runs"]
    fixes = {result["properties"]["key"]: result["fixes"] for result in run["results"] if "fixes" in result}
    assert set(fixes) == {f"key{number}" for number in range(0, len(Verdict), 2)} - {"key0"}
    assert fixes["key2"] == [
        {
            "description": {"text": "Write https://y.org/a_b"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "refs/my%20list.bib"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 21},
                            "insertedContent": {"text": r"https://y.org/a\_b"},
                        }
                    ],
                }
            ],
        }
    ]


def test_sarif_messages_hold_no_placeholders_and_no_links() -> None:
    (run,) = json.loads(rendered("sarif", report(message="{0} [click](https://evil.org)")))["runs"]
    assert run["results"][0]["message"]["text"].startswith(
        "key1, url: https://x.org/a: {{0}} [click] (https://evil.org)"
    )  # fmt: skip


def test_sarif_names_pages_by_their_addresses_and_leaves_out_what_finds_no_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = report().rows[1]
    page = replace(row, file="https://x.org/list?a=b c")
    (run,) = json.loads(rendered("sarif", replace(report(), rows=(page,))))["runs"]
    assert (
        run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "https://x.org/list?a=b%20c"
    )
    bad = next(each for each in report().rows if each.is_problem)
    monkeypatch.setattr("ppreflist.cli.reports.sarif.MOST", 3)
    (run,) = json.loads(rendered("sarif", replace(report(), rows=(row, row, row, bad))))["runs"]
    assert [result["level"] for result in run["results"]] == ["error", "note", "note"]
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"].startswith("1 less serious results were left out")


# JUnit and CSV --------------------------------------------------------------------------------------------------------

ATTRIBUTES = {
    "testsuites": "name time tests failures errors",
    "testsuite": "name tests failures errors group time skipped timestamp hostname id package file log url",
    "testcase": "name time classname group",
    "failure": "type message",
    "skipped": "type message",
    "system-out": "",
}
REQUIRED = {"testsuite": "name tests failures errors", "testcase": "name"}
"""Of junit-10.xsd (Jenkins' xUnit plugin) the elements that we write."""


@given(st.text(max_size=20))
def test_junit_is_as_the_strictest_reader_wants_it(message: str) -> None:
    suites = ET.fromstring(rendered("junit", report(message=message)))
    for element in suites.iter():
        assert set(element.attrib) <= set(ATTRIBUTES[element.tag].split()), element.tag
        assert set(element.attrib) >= set(REQUIRED.get(element.tag, "").split()), element.tag
    (suite,) = suites
    for each in (suites, suite):
        assert each.attrib["tests"] == str(len(Verdict))
        assert each.attrib["failures"] == str(len(PROBLEMS) - 1) == str(len(list(suites.iter("failure"))))
    assert suite.attrib["skipped"] == str(len(list(suites.iter("skipped"))))


@given(st.text(max_size=20))
def test_csv_comes_back_as_it_was_written(message: str) -> None:
    text = rendered("csv", report(message=message))
    table = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert len(table) == len(Verdict)
    shown = table[0]["message"]
    assert shown.removeprefix("'") == message.removeprefix("'") or shown == message
    assert shown[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
