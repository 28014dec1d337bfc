"""``check-links`` on lists of addresses: files and pipes that are read as they are needed, findings told as it goes."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from click.testing import CliRunner, Result
from tests.servers import web as pages
from tests.servers.web import Exchange, WebServer, answer, fine

from ppreflist.cli.check_links import command

HERE = ("--allow-private", "--delay", "0", "--no-crossref")


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer(address="0.0.0.0") as server:
        server.page("/fine", fine)
        server.page("/wall", answer(403))
        yield server


class Shell:
    """A folder, and the command run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PPREFLIST_STATE_DIR": str(folder / "state"),
            "PPREFLIST_CACHE_DIR": str(folder / "cache"),
            "COLUMNS": "200",
        }

    def start(self, *words: str, stdin: int | IO[Any] = subprocess.DEVNULL) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "ppreflist", "check-links", *HERE, *words], cwd=self.folder, env=self.environment,
            stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *words: str) -> Result:
        """In this process, which takes less time."""
        return CliRunner().invoke(command, [*HERE, *words])

    def typed(self, text: str, *words: str) -> str:
        """What it prints when this is its stdin."""
        with self.start(*words, stdin=subprocess.PIPE) as process:
            return process.communicate(text, timeout=60)[0]

    def write(self, *lines: str) -> None:
        (self.folder / "list.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    shell = Shell(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, value in shell.environment.items():
        monkeypatch.setenv(name, value)
    return shell


def verdicts(lines: str) -> dict[int, str]:
    return {row["line"]: row["verdict"] for row in map(json.loads, lines.splitlines())}


def on(web: WebServer, host: int, path: str) -> str:
    return f"http://127.0.0.{host}:{web.port}{path}"


def held(web: WebServer, path: str = "/held") -> tuple[threading.Event, threading.Event]:
    """A page that is not answered before it is let go: (it was asked, let it go)."""
    asked, going = threading.Event(), threading.Event()

    def page(exchange: Exchange) -> None:
        asked.set()
        going.wait(30)
        fine(exchange)

    web.page(path, page)
    return asked, going


def test_a_list_has_an_address_a_line(shell: Shell, web: WebServer) -> None:
    fine, missing, wall = (on(web, 1, path) for path in ("/fine", "/missing", "/wall"))
    shell.write("# my list", fine, "", missing, f"See {wall}.", "htps:/", "ftp://x.org", fine)
    done = shell.run("list.txt", "--format", "jsonl")
    assert done.exit_code == 3
    found = verdicts(done.stdout)
    assert found == {2: "ok", 4: "not-found", 5: "refused", 6: "malformed", 7: "blocked", 8: "ok"}
    assert web.asked["/fine"] == 1
    done = shell.run("list.txt")
    assert "6 links in 1 document: 2 ok, 1 malformed, 1 not-found, 1 refused, 1 blocked." in done.stderr
    assert f"list.txt:4: {missing}" in done.stdout
    assert "list.txt:2:" not in done.stdout, "what is fine is not shown"


def test_stdin_and_other_documents(shell: Shell, web: WebServer) -> None:
    (shell.folder / "notes.md").write_text(f"[a]({on(web, 1, '/wall')})\n", encoding="utf-8")
    typed = f"\ufeff{on(web, 1, '/fine')}\r\nno address\r\n{on(web, 1, '/x')}"
    found = json.loads(shell.typed(typed, "-", "notes.md", "--json"))
    assert [(row["file"], row["line"], row["verdict"]) for row in found] == [
        ("stdin", 1, "ok"), ("stdin", 3, "not-found"), ("notes.md", 1, "refused"),
    ]  # fmt: skip
    with (shell.folder / "notes.md").open("rb") as file, shell.start("-", "--format", "jsonl", stdin=file) as process:
        assert verdicts(process.communicate(timeout=60)[0]) == {1: "refused"}
    assert shell.run("-", "key").exit_code == 2
    assert "cannot be read" in str(shell.run("./none.txt").exception)


def test_findings_are_told_before_the_list_has_ended(shell: Shell, web: WebServer) -> None:
    """A pipe that stays open: what came is checked, and told, while nobody knows what will follow."""
    read, write = os.pipe()
    with shell.start("-", "--format", "jsonl", stdin=read) as process, os.fdopen(write, "w") as pipe:
        os.close(read)
        assert process.stdout is not None
        for number, path in enumerate(("/fine", "/missing", "/wall"), 1):
            print(on(web, number, path), file=pipe, flush=True)
            if path != "/missing":  # which is looked at again at the end
                assert json.loads(process.stdout.readline())["line"] == number
        pipe.close()
        out, _ = process.communicate(timeout=60)
    assert verdicts(out) == {2: "not-found"}
    assert process.returncode == 3


def test_one_slow_answer_holds_no_finding_up(shell: Shell, web: WebServer) -> None:
    _, going = held(web)
    shell.write(on(web, 1, "/held"), *(on(web, 2 + number % 5, f"/fine?{number}") for number in range(20)))
    with shell.start("list.txt", "--format", "jsonl") as process:
        assert process.stdout is not None
        told = [json.loads(process.stdout.readline()) for _ in range(20)]
        going.set()
        out, _ = process.communicate(timeout=60)
    assert {row["line"] for row in told} == set(range(2, 22))
    assert verdicts(out) == {1: "ok"}
    assert process.returncode == 0


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_killed_run_goes_on_where_it_was(shell: Shell, web: WebServer, processes: str) -> None:
    _, going = held(web)
    addresses = [on(web, 1 + number % 5, f"/fine?{number}") for number in range(60)]
    shell.write(*addresses, on(web, 9, "/held"), on(web, 8, "/wall"))
    words = ("list.txt", "--format", "jsonl", "--processes", processes)
    with shell.start(*words) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(61)]
        process.kill()
        assert process.stdout.read() == ""
    assert all(line.endswith("}\n") for line in told)
    before = Counter(web.asked)
    going.set()
    done = shell.run(*words, "--resume", "-o", "found.jsonl")
    assert done.exit_code == 0, done.stderr
    assert {path for path in web.asked if web.asked[path] > before[path]} == {"/held"}
    assert "61 links not asked again" in done.stderr
    found = verdicts((shell.folder / "found.jsonl").read_text(encoding="utf-8"))
    assert found == {**dict.fromkeys(range(1, 62), "ok"), 62: "refused"}


def test_stopped_by_ctrl_c_the_list_has_what_is_known(shell: Shell, web: WebServer) -> None:
    asked, going = held(web)
    shell.write(on(web, 1, "/fine"), on(web, 2, "/missing"), on(web, 3, "/held"))
    with shell.start("list.txt", "-o", "found.csv") as process:
        assert asked.wait(30)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    going.set()
    assert (process.returncode, out) == (130, "")
    assert "stopped before every link was checked" in err
    with (shell.folder / "found.csv").open(encoding="utf-8", newline="") as file:
        assert {row["verdict"] for row in csv.DictReader(file)} <= {"ok", "not-found"}


def test_a_reader_that_goes_away_ends_the_run_quietly(shell: Shell, web: WebServer) -> None:
    _, going = held(web)
    shell.write(on(web, 1, "/fine"), on(web, 2, "/held"))
    with shell.start("list.txt", "--format", "jsonl") as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.stdout.close()
        going.set()
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    assert process.returncode == 0
    assert web.asked["/held"] == 1


def test_a_bad_place_for_the_list_is_said(shell: Shell) -> None:
    shell.write("https://x.org/")
    done = shell.run("list.txt", "--offline", "-o", "no/such/folder/found.jsonl")
    assert str(done.exception) == "no/such/folder: there is no such folder"


def test_a_list_as_reports_of_other_formats(shell: Shell, web: WebServer) -> None:
    shell.write(*(on(web, 1 + number % 3, "/fine" if number % 2 else "/missing") for number in range(20)))
    report = json.loads(shell.run("list.txt", "--format", "json").stdout)
    assert report["summary"]["links"] == 20
    assert [row["line"] for row in report["links"]] == list(range(1, 21)), "in the order of the list"
    assert "list.txt,line=1,endLine=1,col=1," in shell.run("list.txt", "--format", "github").stdout
    assert "stdin,line=1,title" in shell.typed(on(web, 1, "/missing"), "-", "--format", "github")


def test_slow_pages_cost_a_time_out_each_and_no_more(shell: Shell, web: WebServer) -> None:
    web.page("/hang", pages.hang)
    shell.write(on(web, 1, "/hang"), on(web, 2, "/fine"))
    done = shell.run("list.txt", "--timeout", "0.5", "--format", "jsonl")
    assert verdicts(done.stdout) == {1: "temporary", 2: "ok"}


def test_a_line_without_an_end_is_bounded(shell: Shell) -> None:
    shell.write(f"https://x.org/{'x' * 300_000}", "https://y.org/")
    done = shell.run("list.txt", "--offline", "--format", "jsonl", "-o", "-")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["line"] for row in rows] == [1, 2]
    assert len(rows[0]["url"]) == 65536
    assert rows[1]["url"] == "https://y.org/"
