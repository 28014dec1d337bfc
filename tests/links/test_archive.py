"""Archived copies, from a double of the Wayback Machine that answers as it does (a redirect to a capture, or 404)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.servers.web import WebServer, answer, fine, redirect

from ppreflist.cli.check_links import command
from ppreflist.links.archive import copy_edits, copy_repairs, look_for, may_note_copy, search, seen_on
from ppreflist.links.finding import Finding
from ppreflist.links.history import History
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.question import Question
from ppreflist.links.snapshot import Copy, NoSnapshot, Snapshot
from ppreflist.links.verdict import Verdict
from ppreflist.model.edit import SetField
from ppreflist.model.entry import Entry, Field
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.net.failure import Failure, FailureKind
from ppreflist.net.settings import Settings

BASE = "https://archive.example"
NEAR = date(2012, 3, 4)
ASKED = f"{BASE}/web/20120304000000id_/http://x.org/a"
VIEW = f"{BASE}/web/20120305123456/http://x.org/a"
RAW = f"{BASE}/web/20120305123456id_/http://x.org/a"
EARLIER = f"{BASE}/web/20110101000000id_/http://x.org/a"
HTML = {"content-type": "text/html", "memento-datetime": "Mon, 05 Mar 2012 12:34:56 GMT"}
LINK = (
    f'<http://x.org/a>; rel="original", <{BASE}/web/20090101000000/http://x.org/a>; rel="first memento"; '
    'datetime="Thu, 01 Jan 2009 00:00:00 GMT", '
    f'<{EARLIER.replace("id_", "")}>; rel="prev memento"; datetime="Sat, 01 Jan 2011 00:00:00 GMT", '
    f'<{BASE}/web/20130101000000/http://x.org/a>; rel="next memento"'
)


def to(location: str, url: str = ASKED, **headers: str) -> Answer:
    return Answer(302, url, {"location": location, **headers})


def page(title: str, text: str = "Words of the page", status: int = 200, **headers: str) -> Answer:
    body = f"<title>{title}</title><h1>{title}</h1><p>{text}</p>".encode()
    return Answer(status, RAW, {**HTML, **headers}, body)


def searched(*outcomes: Answer | Failure) -> tuple[Copy, list[str]]:
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
        found: Copy = end.value
        return found, asked


def test_the_nearest_capture() -> None:
    found, asked = searched(to(RAW), page("The work"))
    assert found == Snapshot(VIEW, date(2012, 3, 5), "The work")
    assert asked == [ASKED, RAW]
    assert searched(to("/web/20120305123456/http://x.org/a"), page("The work")) == (found, asked)


def test_a_captured_redirect_is_followed_in_the_archive() -> None:
    other = f"{BASE}/web/20120306000000id_/https://x.org/b"
    found, asked = searched(to(RAW), to(other, RAW, **HTML), page("The work"))
    assert found == Snapshot(other.replace("id_", ""), date(2012, 3, 6), "The work")
    assert len(asked) == 3
    found, asked = searched(*[to(RAW)] * 9)
    assert isinstance(found, NoSnapshot)
    assert len(asked) < 6


@pytest.mark.parametrize(
    "bad",
    [
        [page("Page not found", "Sorry")],
        [page("Not found", status=404)],
        [page("Error", status=500)],
        [page("Forbidden", status=403)],
        [page("x.org is for sale", "Buy this domain")],
        [to(f"{BASE}/web/20120305123456id_/http://x.org/", RAW), page("Home")],
        [to(f"{BASE}/web/20120305123456id_/http://x.org/login?back=a", RAW), page("Log in")],
    ],
)
def test_what_only_looks_like_the_page_is_not_offered_but_the_capture_before_it(bad: list[Answer]) -> None:
    last = bad[-1]
    named = [*bad[:-1], Answer(last.status, last.url, {**last.headers, "link": LINK}, last.body)]
    found, asked = searched(to(RAW), *named, page("The work"))
    assert found == Snapshot(EARLIER.replace("id_", ""), date(2011, 1, 1), "The work")
    assert asked[-1] == EARLIER
    found, _ = searched(to(RAW), *bad)
    assert found == NoSnapshot("The archive has only copies of an error.", known=True)


def test_the_search_before_a_bad_capture_ends() -> None:
    found, asked = searched(to(RAW), *[page("Page not found", link=LINK)] * 9)
    assert isinstance(found, NoSnapshot)
    assert len(asked) == 4


@pytest.mark.parametrize(
    "excluded",
    [
        Answer(403, ASKED, {}, b"<p>This URL has been excluded from the Wayback Machine.</p>"),
        Answer(
            403, ASKED, {"x-archive-wayback-runtime-error": "AdministrativeAccessControlException: Blocked Site Error"}
        ),
    ],
)
def test_a_site_that_does_not_want_to_be_archived(excluded: Answer) -> None:
    found, _ = searched(excluded)
    assert isinstance(found, NoSnapshot)
    assert found.known
    assert "does not want" in found.reason


@pytest.mark.parametrize(
    ("outcomes", "known"),
    [
        ([Answer(404, ASKED)], True),
        ([to(RAW), Answer(404, RAW)], True),
        ([Answer(429, ASKED)], False),
        ([Answer(403, ASKED)], False),
        ([Answer(503, ASKED)], False),
        ([to(RAW), Answer(503, RAW)], False),
        ([Failure(FailureKind.DEADLINE, "", ASKED)], False),
        ([to("https://evil.example/web/20120305123456/http://x.org/a")], True),
        ([to(f"{BASE}/web/20121399123456/http://x.org/a")], True),
        ([to(f"{BASE}/web/20120305123456/javascript:alert(1)")], True),
        ([to(f"{BASE}/web/20120305123456/http://x.org/a b")], True),
        ([to(f"{BASE}/web/20120305123456/http://x.org/a\x00\x1b[2J")], True),
        ([to(f"{BASE}/web/20120305123456/http://user:secret@x.org/a")], True),
        ([to(f"{BASE}/web/20120305123456/http:///a")], True),
        ([to("http://[")], True),
        ([Answer(200, ASKED, {"content-type": "text/html"}, b"<title>The archive</title>")], False),
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


def an_entry(**fields: str) -> Entry:
    return Entry("key", "misc", {name: Field(name, value, value) for name, value in fields.items()}, {})


def a_link(field: str = "url", value: str = "http://x.org/a", *, editable: bool = True) -> Link:
    return Link("key", field, 1, LinkKind.URL, value, 0, len(value), editable)


def test_the_edits_keep_the_habit_of_the_file() -> None:
    url = f"{BASE}/web/20120305123456/http://x.org/a_b?{{"
    link = a_link(value=r"http://x.org/a\_b")
    edits = [repair.edit for repair in copy_edits(link, an_entry(), url, date(2012, 3, 5), "why")]
    assert edits == [
        SetField("key", "archiveurl", rf"{BASE}/web/20120305123456/http://x.org/a\_b?%7B", ""),
        SetField("key", "archivedate", "2012-03-05", ""),
    ]


def test_a_copy_is_noted_with_the_evidence() -> None:
    finding = Finding(a_link(), Verdict.GONE, "The site says so.")
    entry = an_entry(url="http://x.org/a", urldate="2012-03-01")
    repairs = copy_repairs([finding], {finding.link: Snapshot(VIEW, date(2012, 3, 5), "The work")}, {"key": entry})
    (reason,) = repairs[0].reasons
    for said in ("gone", "http://x.org/a", "2012-03-05", "nearest to urldate = 2012-03-01", '"The work"'):
        assert said in reason
    assert copy_repairs([finding], {finding.link: NoSnapshot("", known=True)}, {"key": entry}) == []


@pytest.mark.parametrize(
    ("link", "entry", "may"),
    [
        (a_link(), an_entry(url="u"), True),
        (a_link("howpublished"), an_entry(), True),
        (a_link("note"), an_entry(url="u"), False),
        (a_link(), an_entry(url="u", archiveurl="a"), False),
        (a_link("archiveurl"), an_entry(archiveurl="a"), False),
        (a_link(editable=False), an_entry(url="u"), False),
    ],
)
def test_whose_copy_becomes_the_entry_s(link: Link, entry: Entry, may: bool) -> None:
    assert may_note_copy(link, entry) is may


def test_a_copy_is_remembered_for_good_and_that_there_is_none_for_a_week(tmp_path: Path, web: WebServer) -> None:
    now = 1_800_000_000.0
    client = Client(Settings(allow_private=True), now=lambda: now)
    found = Finding(a_link(), Verdict.GONE, "Gone.")
    missed = replace(found, link=replace(found.link, key="other", value="http://x.org/b"))
    web.page("/web/20120304000000id_/http://x.org/a", redirect("/web/20120305123456id_/http://x.org/a", 302))
    web.page("/web/20120305123456id_/http://x.org/a", fine)
    entries = {"key": an_entry(urldate="2012-03-04"), "other": an_entry(urldate="2012-03-04")}

    def look() -> list[str]:
        with History(tmp_path / "links.sqlite") as history:
            copies = look_for([found, missed], entries, client, NEAR, web.url, history.captures())
        return [type(copies[each.link]).__name__ for each in (found, missed)]

    assert look() == ["Snapshot", "NoSnapshot"]
    assert web.total == 3
    now += 6 * 86400
    assert look() == ["Snapshot", "NoSnapshot"]
    assert web.total == 3
    now += 2 * 86400
    assert look() == ["Snapshot", "NoSnapshot"]
    assert web.total == 4, "only what was missed is asked again"


def test_that_an_archive_was_silent_is_not_remembered(tmp_path: Path, web: WebServer) -> None:
    web.page("/web/20120304000000id_/http://x.org/a", answer(403))
    finding = Finding(a_link(), Verdict.GONE, "Gone.")
    for turn in (1, 2):
        with History(tmp_path / "links.sqlite") as history:
            client = Client(Settings(allow_private=True))
            entries = {"key": an_entry(urldate="2012-03-04")}
            look_for([finding], entries, client, NEAR, web.url, history.captures())
        assert web.total == turn


@pytest.mark.parametrize("asked", ["http://x.org/a?access_token=abc", "http://x.org/a;sid=1", "http://me:pw@x.org/a"])
def test_what_looks_like_a_secret_is_not_given_to_the_archive(web: WebServer, asked: str) -> None:
    finding = Finding(a_link(), Verdict.GONE, "Gone.", asked=asked)
    found = look_for([finding], {"key": an_entry()}, Client(Settings(allow_private=True)), NEAR, web.url)
    assert isinstance(copy := found[finding.link], NoSnapshot)
    assert "not asked" in copy.reason
    assert not copy.known
    assert web.total == 0


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
    web.page(f"/web/20110520000000id_/{gone}", redirect(f"/web/20110611010203id_/{gone}", 302))
    web.page(f"/web/20110611010203id_/{gone}", fine)
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
    assert "1 archived copy can be noted: ppreflist check-links --archived --fix." in done.stderr
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


def test_a_day_without_a_copy_gives_way_to_that_of_the_copy(web: WebServer, site: WebServer) -> None:
    gone = site.url + "/gone"
    web.page(f"/web/20110520000000id_/{gone}", redirect(f"/web/20110611010203id_/{gone}", 302))
    web.page(f"/web/20110611010203id_/{gone}", fine)
    library = Path("references.bib")
    library.write_text(
        f"@misc{{a, url = {{{gone}}}, urldate = {{2011-05-20}}, archivedate = {{2001-01-01}}}}\n", encoding="utf-8"
    )
    check("--fix", "--yes")
    after = library.read_text(encoding="utf-8")
    assert "archivedate = {2011-06-11}" in after
    assert f"archiveurl = {{{web.url}/web/20110611010203/{gone}}}" in after


def test_the_day_of_an_early_work_has_four_digits_of_a_year() -> None:
    question: Question = next(search("http://x.org/a", date(800, 7, 1), BASE))
    assert question.url == f"{BASE}/web/08000701000000id_/http://x.org/a"


def test_an_archive_that_would_not_answer_is_said(web: WebServer, site: WebServer) -> None:
    Path("references.bib").write_text(f"@misc{{a, url = {{{site.url}/gone}}, year = 2010}}", encoding="utf-8")
    web.page(f"/web/20100701000000id_/{site.url}/gone", answer(403))
    done = check("--json")
    assert "The archive would not answer" in json.loads(done.stdout)[0]["message"]
