"""Archived copies, from a double of the Wayback Machine that answers as it does (a redirect to a capture, or 404)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.servers.web import WebServer, answer, fine, redirect

from ppreflist.cli.check_links import command
from ppreflist.links.archive import NoSnapshot, Snapshot, copy_edits, search, seen_on
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.question import Question
from ppreflist.model.edit import SetField
from ppreflist.model.entry import Entry, Field
from ppreflist.net.answer import Answer
from ppreflist.net.failure import Failure, FailureKind

BASE = "https://archive.example"
NEAR = date(2012, 3, 4)
ASKED = f"{BASE}/web/20120304000000/http://x.org/a"
CAPTURE = f"{BASE}/web/20120305123456/http://x.org/a"


def to(location: str, url: str = ASKED) -> Answer:
    return Answer(302, url, {"location": location})


def searched(*outcomes: Answer | Failure) -> tuple[Snapshot | NoSnapshot, list[str]]:
    """What comes of these answers in turn, and what was asked."""
    run = search("http://x.org/a", NEAR, BASE)
    question: Question = next(run)
    asked = [question.url]
    left = list(outcomes)
    try:
        while True:
            question = run.send(left.pop(0))
            asked.append(question.url)
    except StopIteration as end:
        found: Snapshot | NoSnapshot = end.value
        return found, asked


def test_the_nearest_capture() -> None:
    found, asked = searched(to(CAPTURE), Answer(200, CAPTURE))
    assert found == Snapshot(CAPTURE, date(2012, 3, 5))
    assert asked == [ASKED, CAPTURE]
    assert searched(to("/web/20120305123456/http://x.org/a"), Answer(200, CAPTURE))[0] == found
    assert searched(to(CAPTURE.replace("456/", "456id_/")), Answer(200, CAPTURE))[0] == found


def test_a_captured_redirect_is_followed_in_the_archive() -> None:
    other = f"{BASE}/web/20120306000000/https://x.org/b"
    found, asked = searched(to(CAPTURE), to(other, CAPTURE), Answer(200, other))
    assert found == Snapshot(other, date(2012, 3, 6))
    assert len(asked) == 3
    found, asked = searched(*[to(CAPTURE)] * 9)
    assert isinstance(found, NoSnapshot)
    assert len(asked) < 6


@pytest.mark.parametrize(
    ("outcomes", "known"),
    [
        ([Answer(404, ASKED)], True),
        ([to(CAPTURE), Answer(404, CAPTURE)], True),
        ([Answer(429, ASKED)], False),
        ([Answer(403, ASKED)], False),
        ([Answer(503, ASKED)], False),
        ([Failure(FailureKind.DEADLINE, "", ASKED)], False),
        ([to("https://evil.example/web/20120305123456/http://x.org/a")], True),
        ([to(f"{BASE}/web/20121399123456/http://x.org/a")], True),
        ([to(f"{BASE}/web/20120305123456/javascript:alert(1)")], True),
        ([to("http://[")], True),
    ],
)  # fmt: skip
def test_no_capture(outcomes: list[Answer | Failure], known: bool) -> None:
    found, _ = searched(*outcomes)
    assert isinstance(found, NoSnapshot)
    assert found.known is known
    assert found.reason.endswith(".")


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"urldate": "2011-05-20", "year": "2010"}, date(2011, 5, 20)),
        ({"urldate": "2011-05"}, date(2011, 5, 1)),
        ({"year": "2010"}, date(2010, 7, 1)),
        ({"urldate": "2011-99-99", "year": "2009"}, date(2009, 7, 1)),
        ({}, date(2026, 1, 1)),
    ],
)
def test_the_day_near_which_it_is_wanted(fields: dict[str, str], day: date) -> None:
    entry = Entry("key", "misc", {name: Field(name, value, value) for name, value in fields.items()}, {})
    assert seen_on(entry, date(2026, 1, 1)) == day


def test_the_edits_keep_the_url_and_the_habit_of_the_file() -> None:
    link = Link("key", "url", 1, LinkKind.URL, r"http://x.org/a\_b", 0, 17)
    snapshot = Snapshot(f"{BASE}/web/20120305123456/http://x.org/a_b?{{", date(2012, 3, 5))
    assert copy_edits({link: snapshot}) == [
        SetField("key", "archiveurl", rf"{BASE}/web/20120305123456/http://x.org/a\_b?%7B", ""),
        SetField("key", "archivedate", "2012-03-05", ""),
    ]
    assert copy_edits({link: NoSnapshot("", known=True)}) == []


# The command ----------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, web: WebServer) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PPREFLIST_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("PPREFLIST_WAYBACK_URL", web.url)
    monkeypatch.delenv("PPREFLIST_LIBRARY", raising=False)


@pytest.fixture
def site() -> Iterator[WebServer]:
    with WebServer() as server:
        server.page("/fine", fine)
        yield server


def check(*words: str) -> Result:
    return CliRunner().invoke(
        command, ["--allow-private", "--delay", "0", "--no-history", "--archived", *words]
    )  # fmt: skip


def test_copies_are_noted_beside_the_dead_address(web: WebServer, site: WebServer) -> None:
    gone = site.url + "/gone"
    web.page(f"/web/20110520000000/{gone}", redirect(f"/web/20110611010203/{gone}", 302))
    web.page(f"/web/20110611010203/{gone}", fine)
    library = Path("references.bib")
    library.write_text(
        f"@misc{{a,\n  url = {{{gone}}},\n  urldate = {{2011-05-20}},\n}}\n\n"
        f"@misc{{b,\n  url = {{{site.url}/never}},\n}}\n\n@misc{{c,\n  url = {{{site.url}/fine}},\n}}\n",
        encoding="utf-8",
    )
    done = check()
    assert done.exit_code == 3
    copy = f"{web.url}/web/20110611010203/{gone}"
    assert f"A copy of 2011-06-11 is archived: {copy}" in " ".join(done.stdout.split())
    assert "The archive has no copy of it." in " ".join(done.stdout.split())
    assert not any("/fine" in path for path in web.asked)
    before = library.read_text(encoding="utf-8")
    assert check("--fix", "--yes").exit_code == 3
    changed = set(library.read_text(encoding="utf-8").splitlines()) - set(before.splitlines())
    assert {line.strip().replace(" ", "") for line in changed} == {
        f"archiveurl={{{copy}}},", "archivedate={2011-06-11},",
    }  # fmt: skip
    asked = web.total
    check("a")
    assert web.total - asked <= 2, "the copy itself is a link now, and no other is looked for"


def test_an_archive_that_would_not_answer_is_said(web: WebServer, site: WebServer) -> None:
    Path("references.bib").write_text(f"@misc{{a, url = {{{site.url}/gone}}, year = 2010}}", encoding="utf-8")
    web.page(f"/web/20100701000000/{site.url}/gone", answer(403))
    done = check("--json")
    assert "The archive would not answer" in json.loads(done.stdout)[0]["message"]
