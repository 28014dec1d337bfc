"""The memory of ``check-links`` and ``ppreflist links`` against real servers; real processes where they are stopped."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.driving import in_this_process
from tests.servers import web as pages
from tests.servers.web import Exchange, WebServer, answer, fine

from ppreflist.links import history
from ppreflist.links.history import History
from ppreflist.links.memory import Look

DAY = 86_400


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        server.page("/fine", fine)
        server.page("/trouble", pages.hang)  # not a status that is waited for and asked again
        server.page("/wall", answer(403))
        yield server


class Shell:
    """A folder with a library, and the command run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = folder / "references.bib"
        self.history = folder / "state" / "links.sqlite"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PPREFLIST_STATE_DIR": str(folder / "state"),
            "PPREFLIST_CACHE_DIR": str(folder / "cache"),
            "COLUMNS": "200",
        }

    def write(self, *urls: str) -> None:
        entries = [f"@misc{{key{n},\n  url = {{{url}}},\n}}\n" for n, url in enumerate(urls)]
        self.library.write_text("\n".join(entries), encoding="utf-8")

    def arguments(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "ppreflist", *words]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return in_this_process(self.folder, *words, **self.environment)

    def check(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("check-links", "--allow-private", "--delay", "0", "--timeout", "0.5", *words)

    def remember(self, url: str, *verdicts: str, until: int = 1) -> None:
        """Looks on the days before today, the last one ``until`` days ago."""
        with History(self.history) as history:
            for number, verdict in enumerate(verdicts):
                at = int(time.time()) - (len(verdicts) - 1 - number + until) * DAY
                history.add({f"url {url}": Look(at, verdict, "It works.")})


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def days_ago(days: int) -> str:
    return str((datetime.now(UTC) - timedelta(days=days)).date())


def test_the_first_failure_is_said_to_be_the_first_and_the_exit_code_stays(shell: Shell, web: WebServer) -> None:
    shell.write(web.url + "/missing", web.url + "/trouble")
    done = shell.check()
    assert done.returncode == 3
    assert done.stdout.count("First seen failing today.") == 2
    assert done.stdout.count("Check again another day before you replace it.") == 1
    assert "not-found: " in done.stdout
    assert "temporary: " in done.stdout


def test_a_link_that_failed_on_days_before_is_dead(shell: Shell, web: WebServer) -> None:
    missing, trouble = web.url + "/missing", web.url + "/trouble"
    shell.write(missing, trouble)
    shell.remember(missing, "ok", "not-found")
    shell.remember(trouble, "temporary", "unreachable")
    done = shell.check()
    assert f"Failing since {days_ago(1)}, on 2 days; it last worked on {days_ago(2)}." in done.stdout
    assert f"Failing since {days_ago(2)}, on 3 days; it was never seen to work." in done.stdout
    assert "unreachable: 127.0.0.1 gave no answer that could be used" in done.stdout
    found = json.loads(shell.run("links", "history", "--json").stdout)
    assert [each["standing"] for each in found] == ["dead", "dead"]
    assert [each["verdict"] for each in found[0]["checks"]] == ["not-found", "not-found", "ok"]
    assert found[0]["first_seen"].startswith(days_ago(2))


def test_a_link_that_comes_and_goes(shell: Shell, web: WebServer) -> None:
    shell.write(web.url + "/trouble")
    shell.remember(web.url + "/trouble", "ok", "temporary", "ok")
    assert "It comes and goes: 2 of the last 4 checks failed" in shell.check().stdout


def test_strict_waits_for_no_other_day(shell: Shell, web: WebServer) -> None:
    shell.write(web.url + "/trouble")
    assert shell.check("--no-history").returncode == 0
    done = shell.check("--no-history", "--strict")
    assert done.returncode == 3
    assert "unreachable: " in done.stdout
    assert not shell.history.exists()


def test_what_worked_lately_is_not_asked_again(shell: Shell, web: WebServer) -> None:
    shell.write(web.url + "/fine", web.url + "/wall", web.url + "/old")
    shell.remember(web.url + "/old", "ok", until=40)
    assert shell.check().returncode == 3
    first = web.asked.copy()
    done = shell.check("--stale", "30d", "--json")
    assert [each["verdict"] for each in json.loads(done.stdout)] == ["ok", "refused", "not-found"]
    assert web.asked["/fine"] == first["/fine"] == 1
    assert web.asked["/wall"] > first["/wall"]
    assert web.asked["/old"] > first["/old"]
    shell.check("--since", days_ago(0))
    assert web.asked["/fine"] == 1
    shell.check("--since", days_ago(-1))
    assert web.asked["/fine"] == 2
    assert shell.check("--stale", "soon").returncode == 2


def test_a_run_that_was_stopped_goes_on(shell: Shell, web: WebServer) -> None:
    reached = threading.Event()

    def hang(exchange: Exchange) -> None:
        reached.set()
        pages.hang(exchange)

    hanging = web.page("/hang", hang)
    shell.write(web.url + "/fine", web.url + "/missing", hanging, web.url + "/wall")
    for stop, code in ((signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)):
        reached.clear()
        process = subprocess.Popen(
            shell.arguments("check-links", "--allow-private", "--delay", "0", "--resume"), cwd=shell.folder,
            env=shell.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert reached.wait(30)
        process.send_signal(stop)
        _, err = process.communicate(timeout=30)
        assert process.returncode == code
        if stop is signal.SIGINT:
            assert "No run over these links was stopped" in err
            assert "`ppreflist check-links --resume` goes on from here." in err
            web.page("/wall", fine)
    web.page("/hang", fine)
    done = shell.check("--resume", "--json")
    assert [each["verdict"] for each in json.loads(done.stdout)] == ["ok", "not-found", "ok", "ok"]
    assert web.asked["/fine"] == 1
    assert "not asked again" in done.stderr
    assert "No run over these links was stopped" in shell.check("--resume").stderr


def test_somebodys_word_that_a_link_is_fine(shell: Shell, web: WebServer) -> None:
    shell.write(web.url + "/missing")
    done = shell.run("links", "accept", "key0", "--until", "30d", "--note", "works in a browser")
    assert (done.returncode, done.stdout) == (
        0, f"key0, url: {web.url}/missing: accepted until {days_ago(-30)}\n",
    )  # fmt: skip
    done = shell.check()
    assert done.returncode == 0
    assert f"Accepted until {days_ago(-30)}: works in a browser" in done.stdout
    assert "To replace" not in done.stdout
    assert "1 of them accepted by hand" in done.stderr
    assert "works in a browser" in shell.run("links", "history", "key0").stdout
    assert shell.run("links", "accept", "key0", "--withdraw").returncode == 0
    assert shell.check().returncode == 3
    assert shell.run("links", "accept", "key0", "--until", days_ago(1)).returncode == 0
    assert shell.check().returncode == 3
    done = shell.run("links", "accept", "key0", "--until", "2020-01-01")
    assert (done.returncode, "2020-01-01 is past" in done.stderr) == (2, True)
    done = shell.run("links", "accept", "key0", "--field", "note")
    assert (done.returncode, "no link in the field note" in done.stderr) == (1, True)


def test_where_it_is_kept(shell: Shell, web: WebServer) -> None:
    shell.write(web.url + "/fine")
    assert shell.run("links", "where").stdout == f"{shell.history}\n"
    shell.check("--history", "ci.sqlite")
    assert (shell.folder / "ci.sqlite").exists()
    assert not shell.history.exists()
    assert "1 of 1 links were never checked" in shell.run("links", "history").stderr


def test_a_damaged_history_does_not_stop_the_check(shell: Shell, web: WebServer) -> None:
    shell.write(web.url + "/fine")
    shell.history.parent.mkdir()
    shell.history.write_text("This is no database." * 100, encoding="utf-8")
    done = shell.check()
    assert done.returncode == 0
    assert "Going on without it" in done.stderr
    for words in (("--stale", "3d"), ("--history", str(shell.history))):
        done = shell.check(*words)
        assert done.returncode == 1


def test_a_history_that_another_program_holds_does_not_stop_the_check(
    shell: Shell, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "BUSY", 0.01)
    shell.write(web.url + "/fine")
    shell.check()
    other = sqlite3.connect(shell.history, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    done = shell.check()
    assert done.returncode == 0
    assert "another program has been writing" in done.stderr
    assert "Run it again when that program has ended" in done.stderr
    assert shell.check("--resume").returncode == 1
    other.close()


def test_what_was_seen_in_a_time_to_come_or_says_what_is_not_known_is_asked_again(shell: Shell, web: WebServer) -> None:
    shell.write(web.url + "/fine", web.url + "/wall")
    shell.remember(web.url + "/fine", "ok", until=-400)
    shell.remember(web.url + "/wall", "of-a-later-version", until=-1)
    assert shell.check("--stale", "30d").returncode == 0
    assert web.asked["/fine"] == 1
    with History(shell.history) as memory:
        memory.begin(json.dumps([str(shell.library.resolve())]), 0)
    shell.remember(web.url + "/wall", "of-a-later-version", until=0)
    assert shell.check("--resume").returncode == 0
    assert web.asked["/wall"] >= 2


def test_offline_nothing_is_written(shell: Shell) -> None:
    shell.write("https://x.org/")
    assert shell.run("check-links", "--offline").returncode == 0
    assert not shell.history.exists()
