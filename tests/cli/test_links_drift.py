"""Pages that become others between two runs of ``check-links``: a real server, a real history, and where it matters
real processes."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.driving import ppreflist
from tests.links import page_texts as texts
from tests.links.page_pairs import LATE, PHI, TOPICS, boxes, semantic, tables
from tests.servers.web import WebServer, answer, in_turn, missing, redirect

from ppreflist.cli.main import cli

DAY = 86_400
CASINO = "Best Online Casino Bonuses"


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


class Desk:
    """A folder with a library that cites pages of a server, and the commands that an editor gives in it."""

    def __init__(self, folder: Path, web: WebServer) -> None:
        self.folder = folder
        self.history = folder / "links.sqlite"
        self.web = web

    def cite(self, *paths: str) -> None:
        entries = [
            f"@online{{late{number or ''},\n  title = {{{LATE}}},\n  organization = {{{PHI}}},\n"
            f"  url = {{{self.web.url}{path}}},\n}}\n"
            for number, path in enumerate(paths)
        ]
        (self.folder / "references.bib").write_text("\n".join(entries), encoding="utf-8")

    def serve(self, path: str, html: str) -> None:
        self.web.page(path, answer(200, html.encode(), content_type="text/html; charset=utf-8"))

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(cli, words)

    def check(self, *words: str) -> Result:
        return self.run("check-links", "--allow-private", "--delay", "0", *words)

    def found(self, *words: str) -> list[tuple[str, str | None]]:
        """Verdict and content of each link."""
        return contents(self.check("--json", *words).stdout)

    def days_pass(self, days: int) -> None:
        """All that is remembered becomes so many days older."""
        with sqlite3.connect(self.history) as database:
            database.execute("UPDATE page SET at = at - ?", (days * DAY,))
            database.execute("UPDATE look SET at = at - ?", (days * DAY,))
            database.execute("UPDATE link SET first_seen = first_seen - ?1, last_good = last_good - ?1", (days * DAY,))
        database.close()


def contents(text: str) -> list[tuple[str, str | None]]:
    return [(row["verdict"], row["content"]) for row in json.loads(text)]


@pytest.fixture
def desk(tmp_path: Path, web: WebServer, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "PPREFLIST_HISTORY": str(tmp_path / "links.sqlite"), "PPREFLIST_STATE_DIR": str(tmp_path / "state"),
        "PPREFLIST_CACHE_DIR": str(tmp_path / "cache"), "COLUMNS": "400", "no_proxy": "*",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    found = Desk(tmp_path, web)
    found.cite("/articles/late.html")
    found.serve("/articles/late.html", semantic(LATE, texts.POLIO, site=PHI))
    return found


def folded(text: str) -> str:
    return " ".join(text.split())


def day(ago: int) -> str:
    return str((datetime.now(UTC) - timedelta(days=ago)).date())


def test_an_editor_is_told_what_the_page_was_what_it_is_and_what_to_do(desk: Desk) -> None:
    words = ("check-links", "--allow-private", "--delay", "0")
    variables = {"PPREFLIST_HISTORY": str(desk.history), "COLUMNS": "400"}
    assert ppreflist(desk.folder, *words, **variables).returncode == 0
    desk.days_pass(40)
    desk.serve("/articles/late.html", boxes(CASINO, texts.CASINO, site="Lucky Reels"))
    done = ppreflist(desk.folder, *words, **variables)
    assert done.returncode == 3
    assert "To replace (1)" in done.stdout
    assert (
        f'drifted: Another page stands there now: on {day(40)} it was titled "{LATE} | {PHI}", and now it is titled '
        f'"{CASINO} :: Lucky Reels". Look at it. If it is right, `ppreflist links accept late` says so; if not, an '
        "archived copy from before shows what was meant (--archived looks for one)."
    ) in folded(done.stdout)
    assert f"The work was last seen there on {day(40)}." in done.stdout
    assert "1 link in 1 entry: 1 drifted." in done.stderr
    assert desk.found() == [("drifted", "another work")]
    shown = desk.run("links", "history", "late").stdout
    assert f'another work than on {day(40)}: "{LATE} | {PHI}" then, "{CASINO} :: Lucky Reels" on {day(0)}' in shown
    page = json.loads(desk.run("links", "history", "--json").stdout)[0]["page"]
    assert page["content"] == "another work"
    assert (page["title_then"], page["title_now"]) == (f"{LATE} | {PHI}", f"{CASINO} :: Lucky Reels")
    assert page["since"].startswith(day(40))


def test_a_page_that_comes_back_is_the_work_again(desk: Desk) -> None:
    assert desk.check().exit_code == 0
    for _ in range(2):
        desk.serve("/articles/late.html", boxes(CASINO, texts.CASINO))
        assert desk.found() == [("drifted", "another work")]
        desk.serve("/articles/late.html", semantic(LATE, texts.POLIO, site=PHI))
        assert desk.found() == [("ok", "same")]
    assert f'still the same as on {day(0)}: "{LATE} | {PHI}"' in desk.run("links", "history").stdout


def test_a_page_that_changed_is_told_apart_in_the_history_only(desk: Desk) -> None:
    assert desk.check().exit_code == 0
    desk.serve("/articles/late.html", tables("Post-polio syndrome", texts.POLIO_UPDATED, site=PHI))
    done = desk.check()
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 ok." in done.stderr
    assert desk.found() == [("ok", "changed")]
    shown = desk.run("links", "history").stdout
    assert f'page: changed since {day(0)}: "{LATE} | {PHI}" then, "{PHI} - Post-polio syndrome" on {day(0)}' in shown


def test_accepting_takes_the_page_of_today_for_the_work(desk: Desk) -> None:
    desk.check()
    title, text, site = TOPICS["lakes"]
    desk.serve("/articles/late.html", semantic(title, text, site=site))
    assert desk.check().exit_code == 3
    done = desk.run("links", "accept", "late")
    assert done.exit_code == 0
    assert done.stdout == (
        f'late, url: {desk.web.url}/articles/late.html: the page titled "{title} | {site}" is taken for the work from '
        "now on\n"
    )
    assert desk.found() == [("ok", "same")]
    assert json.loads(desk.run("links", "history", "--json").stdout)[0]["accepted"] is None
    desk.serve("/articles/late.html", semantic(LATE, texts.POLIO, site=PHI))
    assert desk.found() == [("ok", "changed")]  # the page names the entry's title
    desk.serve("/articles/late.html", boxes(CASINO, texts.CASINO))
    assert desk.check().exit_code == 3
    done = desk.run("links", "accept", "late", "--until", "30d")
    assert done.stdout.endswith(f'"{CASINO}" is taken for the work from now on; accepted until {day(-30)}\n')


def test_a_word_that_was_given_for_good_was_not_given_for_another_page(desk: Desk) -> None:
    desk.check()
    assert desk.run("links", "accept", "late").exit_code == 0
    desk.serve("/articles/late.html", boxes(CASINO, texts.CASINO))
    assert desk.check().exit_code == 3
    desk.run("links", "accept", "late", "--until", "30d")
    desk.serve("/articles/late.html", boxes("Border ballads", texts.BALLADS))
    done = desk.check()
    assert done.exit_code == 0
    assert "Accepted (1)" in done.stdout


def test_a_drifted_link_is_not_one_that_worked_lately(desk: Desk) -> None:
    desk.check()
    desk.serve("/articles/late.html", boxes(CASINO, texts.CASINO))
    desk.check()
    asked = desk.web.asked["/articles/late.html"]
    assert desk.found("--stale", "30d") == [("drifted", "another work")]
    assert desk.web.asked["/articles/late.html"] > asked
    desk.serve("/articles/late.html", semantic(LATE, texts.POLIO, site=PHI))
    assert desk.found("--strict") == [("ok", "same")]
    asked = desk.web.asked["/articles/late.html"]
    assert desk.found("--stale", "30d") == [("ok", None)]  # not read, so not compared
    assert desk.web.asked["/articles/late.html"] == asked


def test_what_a_drifted_link_did_not_say_the_second_time_it_says_in_a_resumed_run(desk: Desk) -> None:
    desk.check()
    desk.serve("/articles/late.html", boxes(CASINO, texts.CASINO))
    desk.check()
    with sqlite3.connect(desk.history) as database:
        scope = json.dumps([str((desk.folder / "references.bib").resolve())])
        database.execute("INSERT INTO run (scope, started) VALUES (?, ?)", (scope, int(time.time()) - 60))
    database.close()
    asked = desk.web.asked["/articles/late.html"]
    done = desk.check("--resume")
    assert done.exit_code == 3
    assert f'now it is titled "{CASINO}"' in folded(done.stdout)
    assert desk.web.asked["/articles/late.html"] == asked


def test_processes_send_what_pages_are_known_by(desk: Desk) -> None:
    desk.cite("/articles/late.html", "/articles/other.html")
    desk.serve("/articles/other.html", semantic(LATE, texts.POLIO, site=PHI))
    desk.web.page("/articles/none.pdf", answer(200, b"%PDF-1.7", content_type="application/pdf"))
    text = (desk.folder / "references.bib").read_text(encoding="utf-8")
    host = desk.web.url.replace("127.0.0.1", "localhost")
    text = text.replace(f"{desk.web.url}/articles/other.html", f"{host}/articles/other.html")
    text += f"\n@online{{pdf,\n  url = {{{desk.web.url}/articles/none.pdf}},\n}}\n"
    (desk.folder / "references.bib").write_text(text, encoding="utf-8")
    assert desk.found() == [("ok", "same"), ("ok", "same"), ("ok", None)]
    desk.serve("/articles/other.html", boxes(CASINO, texts.CASINO))
    words = ("check-links", "--allow-private", "--delay", "0", "--json", "--processes", "2")
    done = ppreflist(desk.folder, *words, PPREFLIST_HISTORY=str(desk.history))
    assert contents(done.stdout) == [("ok", "same"), ("drifted", "another work"), ("ok", None)]


def test_without_a_history_nothing_is_compared(desk: Desk) -> None:
    desk.check()
    desk.serve("/articles/late.html", boxes(CASINO, texts.CASINO))
    assert desk.found("--no-history") == [("ok", None)]
    assert desk.found("--offline") == [("offline", None)]


REPORTS = {
    "json": '"verdict": "drifted"', "jsonl": '"content": "another work"', "markdown": "drifted",
    "html": '<section id="replace">', "csv": ",drifted,yes,replace,", "junit": 'failures="1"',
    "sarif": '"ruleId": "link-drifted"', "github": "::error file=",
}  # fmt: skip


def test_what_the_second_look_finds_is_compared(desk: Desk, web: WebServer) -> None:
    desk.check()
    html = {"content_type": "text/html"}
    casino = answer(200, boxes(CASINO, texts.CASINO).encode(), **html)
    web.page("/articles/late.html", in_turn(missing, casino))
    assert desk.found() == [("drifted", "another work")]
    web.page("/articles/late.html", in_turn(casino, missing))
    assert desk.found() == [("drifted", "another work")]
    assert desk.found() == [("not-found", None)]


def test_a_copy_from_when_it_was_the_work_is_offered(
    desk: Desk, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.check()
    desk.days_pass(100)
    desk.serve("/articles/late.html", boxes(CASINO, texts.CASINO))
    url, first = f"{web.url}/articles/late.html", day(100).replace("-", "")
    monkeypatch.setenv("PPREFLIST_WAYBACK_URL", web.url)
    web.page(f"/web/{first}000000id_/{url}", redirect(f"/web/{first}010203id_/{url}", 302))
    desk.serve(f"/web/{first}010203id_/{url}", semantic(LATE, texts.POLIO, site=PHI))
    done = desk.check("--archived")
    assert f"A copy of {day(100)} is archived" in folded(done.stdout)
    assert f"{web.url}/web/{first}010203/{url}" in done.stdout


def test_every_report_says_it(desk: Desk) -> None:
    desk.check()
    desk.serve("/articles/late.html", boxes("<b>Casino</b> & slots", texts.CASINO))
    for name, said in REPORTS.items():
        done = desk.check("--format", name)
        assert (name, done.exit_code) == (name, 3)
        assert said in done.stdout
        assert "Another page stands there now" in folded(done.stdout)


def test_a_proxy_that_is_away_is_no_failure_of_the_link(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    done = desk.check("--timeout", "0.5", "--strict")
    assert "the proxy could not be used" in done.stdout
    assert "temporary: " in done.stdout
    assert "1 of 1 links were never checked" in desk.run("links", "history").stderr
