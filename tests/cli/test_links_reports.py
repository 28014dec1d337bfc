"""The formats of check-links, read back by what reads them, with hostile content in every field."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.cli.driving import ppreflist

from ppreflist.cli.check_links import command
from ppreflist.cli.reports.data import COLUMNS
from ppreflist.cli.reports.formats import FORMATS, rendered
from ppreflist.cli.reports.report import SCHEMA, LinkReport, row_json
from ppreflist.errors import PpreflistError
from ppreflist.links.finding import Finding
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.memory import Acceptance, Past, Standing, address_of, look_of
from ppreflist.links.report import Group, Reported, group_of, grouped, reported
from ppreflist.links.verdict import Verdict

NOW = 1_790_000_000
HOSTILE = "<script>alert(1)</script>\"'&`|*_[x](javascript:alert(1))\x1b[31m\u202e\n::error::owned\r\n=1+1]]>"


def finding(verdict: Verdict, url: str = "https://x.org/a", fix: str | None = None, message: str = "So.") -> Finding:
    link = Link("key", "url", 7, LinkKind.URL, url, 0, len(url))
    return Finding(link, verdict, message, fix, fix is not None, url, 404)


def rows(*findings: Finding) -> tuple[Reported, ...]:
    pasts = {
        address_of(each.link): Past(address_of(each.link), NOW).grown(look_of(each, NOW)) for each in findings
    }  # fmt: skip
    return reported(findings, pasts, NOW, "refs/my list.bib")


def report(*findings: Finding, title: str = "A work") -> LinkReport:
    return LinkReport(rows(*findings), "my list.bib", NOW, "1.0", titles={"key": title})


EVERYTHING = report(
    finding(Verdict.OK),
    finding(Verdict.MOVED, "https://x.org/old", "https://x.org/new"),
    finding(Verdict.NOT_FOUND, "https://x.org/missing"),
    finding(Verdict.REFUSED, "https://x.org/wall"),
    finding(Verdict.OFFLINE, "https://x.org/unasked"),
)


def test_json_is_of_the_documented_shape() -> None:
    found = json.loads(rendered("json", EVERYTHING))
    assert found["schema"] == SCHEMA
    assert found["checked_at"] == "2026-09-21T14:13:20Z"
    assert found["summary"] == {
        "links": 5, "problems": 1, "verdicts": {"ok": 1, "moved": 1, "not-found": 1, "refused": 1, "offline": 1},
    }  # fmt: skip
    assert all(tuple(link) == COLUMNS for link in found["links"])
    missing = found["links"][2]
    assert missing == {
        "file": "refs/my list.bib", "line": 7, "key": "key", "field": "url", "title": "A work", "kind": "url",
        "url": "https://x.org/missing", "verdict": "not-found", "problem": True, "group": "replace", "message": "So.",
        "memory": "First seen failing today. Check again another day before you replace it.", "fix": None,
        "safe": False, "asked": "https://x.org/missing", "status": 404, "standing": "failing",
        "first_seen": "2026-09-21T14:13:20Z", "last_good": None, "failing_since": "2026-09-21T14:13:20Z",
        "failing_days": 1, "content": None, "accepted": None,
    }  # fmt: skip
    assert [json.loads(line) for line in rendered("jsonl", EVERYTHING).splitlines()] == found["links"]


def test_csv_holds_the_same_and_no_formulas() -> None:
    table = list(csv.DictReader(io.StringIO(rendered("csv", EVERYTHING), newline="")))
    assert [each["verdict"] for each in table] == ["ok", "moved", "not-found", "refused", "offline"]
    assert table[2]["problem"] == "yes"
    (row,) = csv.DictReader(io.StringIO(rendered("csv", report(finding(Verdict.OK), title="=HYPERLINK(1)"))))
    assert row["title"] == "'=HYPERLINK(1)"


def test_what_is_accepted_is_no_problem_anywhere() -> None:
    (row,) = rows(finding(Verdict.NOT_FOUND))
    accepted = replace(EVERYTHING, rows=(replace(row, accepted=Acceptance(date(2027, 1, 31), "seen")),))
    assert json.loads(rendered("json", accepted))["links"][0]["accepted"] == {"until": "2027-01-31", "note": "seen"}
    assert json.loads(rendered("sarif", accepted))["runs"][0]["results"][0]["suppressions"] == [
        {"kind": "external", "justification": "seen"}
    ]
    assert rendered("github", accepted) == ""
    (suite,) = ET.fromstring(rendered("junit", accepted))
    assert (suite.attrib["failures"], suite.attrib["skipped"]) == ("0", "1")
    assert "Accepted until 2027-01-31: seen" in rendered("html", accepted)
    assert "Accepted until 2027-01-31" in rendered("markdown", accepted)


def test_junit() -> None:
    suites = ET.fromstring(rendered("junit", EVERYTHING))
    assert suites.attrib == {
        "name": "ppreflist check-links", "tests": "5", "failures": "1", "errors": "0", "time": "0",
    }  # fmt: skip
    assert [(suite.attrib["file"], suite.attrib["skipped"]) for suite in suites] == [("refs/my list.bib", "1")]
    cases = suites.findall("testsuite/testcase")
    assert len(cases) == 5
    (failure,) = suites.iter("failure")
    assert failure.attrib == {"type": "not-found", "message": "So."}
    assert failure.text is not None
    assert failure.text.startswith("refs/my list.bib:7: key, url\nSo. First seen")


def test_sarif() -> None:
    (run,) = json.loads(rendered("sarif", EVERYTHING))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["link-moved", "link-not-found", "link-refused"]
    assert [result["level"] for result in run["results"]] == ["note", "error", "warning"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        (place,) = result["locations"]
        assert place["physicalLocation"] == {
            "artifactLocation": {"uri": "refs/my%20list.bib"}, "region": {"startLine": 7},
        }  # fmt: skip
    prints = {result["partialFingerprints"]["link/v1"] for result in run["results"]}
    assert len(prints) == 3


def test_github() -> None:
    lines = rendered("github", EVERYTHING).splitlines()
    assert [line.split()[0] for line in lines] == ["::notice", "::error", "::warning"]
    assert lines[1].startswith(
        "::error file=refs/my list.bib,line=7,title=key%3A not-found::url: https://x.org/missing: So. First"
    )


class Page(HTMLParser):
    """The elements, addresses and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attributes if name in ("href", "src")]
        assert not [name for name, _ in attributes if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


SAFE = re.compile(r"https?://|#")


@pytest.mark.parametrize("format_name", [name for name in FORMATS if name != "text"])
def test_hostile_content_stays_content(format_name: str) -> None:
    url = f"https://x.org/{HOSTILE}"
    hostile = report(
        finding(Verdict.MALFORMED, url, "https://x.org/\"onmouseover='x'", HOSTILE),
        finding(Verdict.BLOCKED, f"javascript:{HOSTILE}"),
        title=HOSTILE,
    )
    text = rendered(format_name, replace(hostile, name=HOSTILE))
    match format_name:
        case "html":
            page = Page(text)
            assert "script" not in page.tags
            assert "img" not in page.tags
            assert all(SAFE.match(address) for address in page.addresses)
            assert "<script>alert(1)</script>" in page.text
            assert "\x1b" not in text
        case "markdown":
            page = Page(MarkdownIt("commonmark", {"html": True}).render(text))
            assert not {"script", "em", "img"} & set(page.tags)
            assert all(SAFE.match(address) for address in page.addresses)
        case "junit":
            assert "alert(1)" in ET.tostring(ET.fromstring(text), encoding="unicode")
        case "github":
            assert [line[:8] for line in text.splitlines()] == ["::error "] * 2
            assert "\x1b" not in text
        case "csv":
            assert len(list(csv.reader(io.StringIO(text, newline="")))) == 3
        case "jsonl":
            assert len([json.loads(line) for line in text.split("\n") if line]) == 2
        case _:
            assert json.loads(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_gives_documents_that_can_be_read(url: str, message: str) -> None:
    found = report(finding(Verdict.NOT_FOUND, url or "x", message, message), title=message)
    ET.fromstring(rendered("junit", found))
    assert json.loads(rendered("sarif", found))
    assert len(list(csv.reader(io.StringIO(rendered("csv", found), newline="")))) == 2
    for text in (rendered("html", found), MarkdownIt("commonmark").render(rendered("markdown", found))):
        page = Page(text)
        assert not {"script", "img", "iframe", "form"} & set(page.tags)
        assert all(SAFE.match(address) for address in page.addresses)
    assert rendered("github", found).count("\n") == 1


def test_every_verdict_has_a_group_and_only_problems_ask_for_something_else() -> None:
    for verdict in Verdict:
        (row,) = rows(finding(verdict))
        assert (group_of(row) in (Group.REPLACE, Group.NOTED)) == row.is_problem, verdict
        assert row_json(row, {})["verdict"] == str(verdict)
    (row,) = rows(finding(Verdict.TYPO, fix="https://y.org/"))
    assert group_of(row) is Group.REPAIR
    assert row.standing is Standing.UNCLEAR


COPY = "https://web.archive.org/web/20110611010203/http://x.org/a"


def test_archived_copies_and_identifiers_can_be_followed_and_strangers_words_cannot() -> None:
    link = Link("key", "doi", 7, LinkKind.DOI, "10.1000/x", 0, 9)
    found = report(
        finding(Verdict.NOT_FOUND, message=f'A copy is archived: {COPY}. It is titled https://evil.org/ "a".'),
        Finding(link, Verdict.NOTICE, "So.", asked="https://doi.org/10.1000/x"),
        finding(Verdict.TYPO, "www.y.org", "https://z.org/"),
    )
    page = Page(rendered("html", found))
    assert set(page.addresses) == {
        "https://x.org/a", COPY, "https://doi.org/10.1000/x", "https://z.org/", "#repair", "#replace", "#noted",
    }  # fmt: skip
    text = rendered("markdown", found)
    assert f"archived: <{COPY}> " in text
    assert "evil.org/>" not in text
    assert "https://evil.org/" not in Page(MarkdownIt("commonmark").render(text)).addresses


def test_first_things_come_first() -> None:
    found = rows(
        finding(Verdict.OK, message="It works, but it is late."), finding(Verdict.MOVED), finding(Verdict.NOTICE),
        finding(Verdict.TYPO, fix="https://y.org/"), finding(Verdict.GONE),
    )  # fmt: skip
    groups = {group: [str(row.finding.verdict) for row in members] for group, members in grouped(found).items()}
    assert list(groups.items()) == [
        (Group.REPAIR, ["typo"]), (Group.REPLACE, ["gone"]), (Group.NOTED, ["notice", "ok"]), (Group.MOVED, ["moved"]),
    ]  # fmt: skip


def test_on_the_command_line(tmp_path: Path) -> None:
    library, page = tmp_path / "references.bib", tmp_path / "links.html"
    library.write_text("@misc{a, title = {A Title}, url = {www.post-poli.org}}\n", encoding="utf-8")
    words = ["--library", str(library), "--offline", "--no-history"]
    done = CliRunner().invoke(command, [*words, "--format", "html", "-o", str(page)])
    assert f"Written to {page}." in done.stderr
    assert (done.exit_code, done.stdout) == (3, "")
    assert "1 link in 1 entry: 1 typo." in done.stderr
    assert "A Title" in Page(page.read_text(encoding="utf-8")).text
    done = CliRunner().invoke(command, [*words, "--format", "jsonl"])
    assert json.loads(done.stdout)["fix"] == "https://www.post-polio.org"
    for wrong in (["--json", "--format", "csv"], ["-o", "links.odt"], ["--format", "yaml"], ["--json", "-o", "l.json"]):
        done = CliRunner().invoke(command, [*words, *wrong])
        assert done.exit_code == 2
        assert "Error" in done.stderr


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("links.txt", "Links of references.bib, che"), ("LINKS.HTML", "<!doctype html>"), ("links.md", "# Links"),
        ("links.csv", "file,line,key"), ("links.json", '{\n  "schema"'), ("links.ndjson", '{"file"'),
        ("links.xml", "<?xml"), ("links.sarif", '{\n  "$schema"'), ("links.sarif.json", '{\n  "$schema"'),
    ],
)  # fmt: skip
def test_the_ending_of_the_file_chooses_the_format(tmp_path: Path, name: str, start: str) -> None:
    library, page = tmp_path / "references.bib", tmp_path / name
    library.write_text("@misc{a, title = {A Title}, url = {www.post-poli.org}}\n", encoding="utf-8")
    words = ["--library", str(library), "--offline", "--no-history", "-o", str(page)]
    done = CliRunner().invoke(command, words, color=True)
    assert (done.exit_code, done.stdout) == (3, "")
    text = page.read_text(encoding="utf-8")
    assert text.startswith(start)
    assert "\x1b" not in text
    done = CliRunner().invoke(command, [*words, "--format", "csv"])
    assert page.read_text(encoding="utf-8").startswith("file,line")


def test_sarif_and_annotations_name_the_column(tmp_path: Path) -> None:
    library = tmp_path / "references.bib"
    library.write_text("@misc{a, title = {中文},\n  url = {www.post-poli.org}}\n", encoding="utf-8")
    words = ["--library", str(library), "--offline", "--no-history"]
    (run,) = json.loads(CliRunner().invoke(command, [*words, "--format", "sarif"]).stdout)["runs"]
    (fix,) = run["results"][0]["fixes"]
    assert fix["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 27},
            "insertedContent": {"text": "https://www.post-polio.org"},
        }
    ]
    assert ",line=2,endLine=2,col=10,endColumn=27,title=" in CliRunner().invoke(
        command, [*words, "--format", "github"]
    ).stdout  # fmt: skip
    notes = tmp_path / "notes.md"
    notes.write_text("See\n<www.post-poli.org> and [here](htps://x.org/a).\n", encoding="utf-8")
    done = CliRunner().invoke(command, [str(notes), "--offline", "--no-history", "--format", "sarif"])
    (run,) = json.loads(done.stdout)["runs"]
    places = [result["locations"][0]["physicalLocation"]["region"] for result in run["results"]]
    assert {"startLine": 2, "startColumn": 32, "endLine": 2, "endColumn": 46} in places


def test_the_repairs_in_sarif_are_those_of_fix(tmp_path: Path) -> None:
    library = tmp_path / "references.bib"
    text = (
        "@misc{a, title = {中文 𝔘}, url = {www.post-poli.org/a\\_b}, note = {x\r\n see \\url{htps://x.org/a} and\r\n"
        ' \\url{http:/y.org/b}},\r\n  howpublished = "\\url{www.neurology.org/content/78/13/1009. Full.html}",\r\n}\r\n'
    )
    library.write_bytes(text.encode())
    words = ["--library", str(library), "--offline", "--no-history"]
    (run,) = json.loads(CliRunner().invoke(command, [*words, "--format", "sarif"]).stdout)["runs"]
    fixes = [fix for result in run["results"] for fix in result.get("fixes", [])]
    assert len(fixes) == 4
    lines = library.read_bytes().decode().splitlines(keepends=True)
    changes = [each for fix in fixes for change in fix["artifactChanges"] for each in change["replacements"]]
    for change in sorted(changes, key=lambda each: each["deletedRegion"]["startColumn"], reverse=True):
        region = change["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        before, after = line[: region["startColumn"] - 1], line[region["endColumn"] - 1 :]
        lines[region["startLine"] - 1] = before + change["insertedContent"]["text"] + after
    assert CliRunner().invoke(command, [*words, "--fix", "--yes"]).exit_code == 0
    assert library.read_bytes().decode() == "".join(lines)


def test_libraries_by_their_files(tmp_path: Path) -> None:
    first, second = str(tmp_path / "a.bib"), str(tmp_path / "b.BIB")
    Path(first).write_text("@misc{a, url = {www.post-poli.org}}\n", encoding="utf-8")
    Path(second).write_text("@misc{b, url = {https://x.org/b}}\n", encoding="utf-8")
    words = ["--offline", "--no-history"]
    assert CliRunner().invoke(command, [second, *words]).exit_code == 0
    done = CliRunner().invoke(command, [first, second, *words])
    assert done.exit_code == 3
    assert done.stderr.count("1 link in 1 entry") == 2
    done = CliRunner().invoke(command, [second, first, *words, "--format", "jsonl"])
    assert [json.loads(line)["key"] for line in done.stdout.splitlines()] == ["b", "a"]
    for wrong in (
        [first, "key"],
        [first, "--library", second],
        [first, second, "-o", "l.html"],
        [first, second, "--json"],
    ):
        assert CliRunner().invoke(command, [*wrong, *words]).exit_code == 2


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_steers_a_terminal_or_hides_what_it_says(name: str) -> None:
    hostile = report(finding(Verdict.GONE, f"https://x.org/{HOSTILE}", message=HOSTILE), title=HOSTILE)
    hostile = replace(hostile, name=HOSTILE, rows=tuple(replace(row, file=HOSTILE) for row in hostile.rows))
    if name not in ("html", "csv"):  # a page is shown by browsers; tables hold what was read, to the byte
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e]", rendered(name, hostile))


def test_a_file_whose_name_is_no_utf_8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = os.fsdecode(b"lat\xe9in.bib")
    try:
        Path(name).write_text("@misc{a, url = {http://x.org/a b}}", encoding="utf-8")
    except OSError:
        pytest.skip("this file system wants names in UTF-8")
    for words in (("--json",), *(("--format", each) for each in FORMATS)):
        done = CliRunner().invoke(command, ["--offline", "--library", name, "--no-history", *words])
        assert done.exit_code == 3, done.output
        assert done.stdout_bytes.decode("utf-8")
    as_json = CliRunner().invoke(command, ["--offline", "--library", name, "--no-history", "--json"]).stdout
    assert json.loads(as_json)[0]["file"] == name


def test_a_report_replaces_nothing_that_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("references.bib").write_text("@misc{a, url = {http://x.org/a b}}", encoding="utf-8")
    Path("list.md").write_text("<http://x.org/>", encoding="utf-8")
    Path("links.html").symlink_to("references.bib")
    Path("memory.sqlite").write_bytes(b"")
    before = {each.name: each.read_bytes() for each in Path().iterdir()}
    offline = ("--offline", "--history", "memory.sqlite", "--format")
    for words in (
        (*offline, "html", "-o", "references.bib"),
        (*offline, "jsonl", "-o", "./references.bib"),
        (*offline, "html", "-o", "links.html"),
        (*offline, "csv", "-o", "memory.sqlite"),
        (*offline, "html", "-o", "list.md", "list.md"),
        (*offline, "html", "-o", "."),
        (*offline, "html", "-o", "nowhere/links.html"),
    ):
        done = CliRunner().invoke(command, list(words))
        assert isinstance(done.exception, PpreflistError), words
        assert done.exception.hint
    assert {each.name: each.read_bytes() for each in Path().iterdir()} == before


@pytest.mark.parametrize("name", ["html", "jsonl"])
def test_a_report_goes_to_a_device_of_the_shell(tmp_path: Path, name: str) -> None:
    (tmp_path / "references.bib").write_text("@misc{a, url = {http://x.org/a b}}", encoding="utf-8")
    done = ppreflist(tmp_path, "check-links", "--offline", "--format", name, "-o", "/dev/stdout")
    assert "http://x.org/a b" in done.stdout
    assert done.returncode == 3
