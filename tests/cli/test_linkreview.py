"""``check-links --review`` by the whole command: on a real terminal, and refused where there is none."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.servers.web import WebServer, answer, fine, redirect

from ppreflist.cli import linkreview
from ppreflist.cli.check_links import command
from ppreflist.links.history import History, history_path

WORDS = ("check-links", "--review", "--allow-private", "--delay", "0", "--no-crossref")


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        server.page("/fine", fine)
        server.page("/new", fine)
        server.page("/moved", redirect("/new"))
        server.page("/gone", answer(410))
        server.page("/wall", answer(403))
        server.page("/trouble", answer(503, retry_after="3600"))
        yield server


class Desk:
    """A folder with a library, and a terminal on which the command is run."""

    def __init__(self, folder: Path, web: WebServer) -> None:
        self.folder = folder
        self.library = folder / "references.bib"
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "PPREFLIST_STATE_DIR": str(folder / "state"),
            "PPREFLIST_CACHE_DIR": str(folder / "cache"), "PPREFLIST_WAYBACK_URL": web.url, "COLUMNS": "100",
            "TERM": "xterm",
        }  # fmt: skip
        self.write(web, "gone", "wall", "moved", "fine", "trouble")

    def write(self, web: WebServer, *names: str) -> None:
        self.library.write_text(
            "".join(
                f"@misc{{{name},\n  title = {{On {name}}},\n  year = {{20{number}}},\n"
                f"  url = {{{web.url}/{name}}},\n}}\n\n"
                for number, name in enumerate(names, 10)
            ),
            encoding="utf-8",
        )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ppreflist", *words], cwd=self.folder, env=self.environment, capture_output=True,
            stdin=subprocess.DEVNULL, text=True, timeout=60, check=False,
        )  # fmt: skip

    def review(self, typed: Sequence[str], *words: str) -> tuple[int, str]:
        """The review on a terminal: each text is typed when it asks for the next key (or line)."""
        master, slave = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "ppreflist", *WORDS, *words], cwd=self.folder, env=self.environment, stdin=slave,
            stdout=slave, stderr=slave, start_new_session=True, preexec_fn=_owns_its_terminal,
        )  # fmt: skip
        os.close(slave)
        left, shown, answered = list(typed), "", 0
        until = time.monotonic() + 60
        while process.poll() is None or select.select([master], [], [], 0)[0]:
            assert time.monotonic() < until, shown
            if select.select([master], [], [], 0.01)[0]:
                try:
                    shown += os.read(master, 65536).decode("utf-8", "replace")
                except OSError:  # Linux says so when the other end is closed
                    break
            asked = len(_ASKED.findall(shown))
            if asked > answered and left and _waits_for(left[0], master):
                answered = asked
                os.write(master, left.pop(0).encode())
        os.close(master)
        code = process.wait(30)
        assert "Traceback" not in shown, shown
        return code, re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r\n", "\n")

    @property
    def text(self) -> str:
        return self.library.read_text(encoding="utf-8")


_ASKED = re.compile(r"\[\?\] this help|for good\)|asks later|go back\)|\[[yY]/[nN]\]")


def _waits_for(text: str, master: int) -> bool:
    """Whether the terminal waits for this: what is typed before a key is waited for is thrown away, on purpose."""
    by_line = bool(termios.tcgetattr(master)[3] & termios.ICANON)
    return by_line == text.endswith("\n")


def _owns_its_terminal() -> None:
    """Ctrl-C reaches a process by the terminal that it controls."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def desk(tmp_path: Path, web: WebServer) -> Desk:
    return Desk(tmp_path, web)


def test_it_is_left_and_goes_on_where_it_was(desk: Desk, web: WebServer) -> None:
    code, shown = desk.review(["s", "f", "q"])
    assert code == 3
    assert "1 link not shown: these sites have trouble at the moment." in shown
    for said in ("1 of 3: To replace", "gone: On gone (2010)", "2 of 3: Moved", "3 of 3: To look at in a browser"):
        assert said in shown
    assert f"-  url = {{{web.url}/moved}},\n+  url = {{{web.url}/new}},\n" in shown, "one diff at the end"
    assert f"{{{web.url}/new}}" in desk.text
    assert "1 finding left" in shown
    asked = web.total

    code, shown = desk.review(["c", "\n", "works here\n"])
    assert code == 3, "what was skipped is still wrong"
    assert "Going on with the review that was left: 1 finding to decide." in shown
    assert "2 of 2: To look at in a browser" in shown
    assert "1 accepted." in shown
    assert web.total == asked + 1, "only what was repaired is asked again: it is another address"
    (known,) = json.loads(desk.run("links", "history", "wall", "--json").stdout)
    assert known["accepted"]["note"] == "works here"

    code, shown = desk.review(["s"])
    assert web.total > asked + 3, "a review that was finished is begun afresh"
    assert "1 of 1: To replace" in shown, "what was skipped comes again, what was accepted does not"
    assert code == 3


def test_ctrl_c_leaves_and_loses_nothing(desk: Desk, web: WebServer) -> None:
    desk.write(web, "gone", "lost", "missing")
    web.page(f"/web/20110701000000id_/{web.url}/lost", redirect(f"/web/20110611010203id_/{web.url}/lost", 302))
    web.page(f"/web/20110611010203id_/{web.url}/lost", fine)
    code, shown = desk.review(["e", f"{web.url}/fine\n", "a", "y\n", "\x03"])
    assert code == 3
    assert f"url = {{{web.url}/fine}}" in desk.text
    assert f"archiveurl = {{{web.url}/web/20110611010203/{web.url}/lost}}" in desk.text
    assert "archivedate = {2011-06-11}" in desk.text
    assert "1 repaired, 1 noted with a copy. `ppreflist undo` takes the changes back, one by one." in shown
    assert "1 finding left" in shown


# Through click's runner, which is a terminal here ---------------------------------------------------------------------


@pytest.fixture
def typed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(desk.folder)
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PPREFLIST_LIBRARY", raising=False)
    monkeypatch.setattr(linkreview, "on_terminal", lambda: True)
    return lambda keys, *words: CliRunner().invoke(command, [*WORDS[1:], *words], input=keys)


def test_a_query_has_a_review_of_its_own(typed: Callable[..., Result]) -> None:
    done = typed("s", "year:..2010")
    assert "1 of 1: To replace" in done.output
    assert "To look at in a browser" not in done.output
    assert done.exit_code == 3
    assert "1 of 3" in typed("q").output


def test_when_there_is_nothing_to_decide(typed: Callable[..., Result], desk: Desk, web: WebServer) -> None:
    desk.write(web, "fine")
    done = typed("")
    assert done.exit_code == 0
    assert "No finding needs a decision." in done.output


def test_without_a_history_it_works_but_accepts_nothing(typed: Callable[..., Result]) -> None:
    done = typed("c\n\nq", "--no-history", "wall")
    assert "1 finding left.\n" in done.output
    assert "there is no history to remember it in" in done.output
    assert done.exit_code == 0


def test_a_review_that_was_left_long_ago_asks_again(typed: Callable[..., Result], web: WebServer) -> None:
    typed("sq")
    asked = web.total
    with History(history_path()) as history:
        captures = history.captures()
        (scope,) = (row[0] for row in captures._database.execute("SELECT scope FROM review"))
        started, done = captures.review(scope) or (0, frozenset())
        captures.keep_review(scope, started - 30 * 86400, done)
        captures._database.execute("UPDATE look SET at = at - ?", (8 * 86400,))
    shown = typed("q").output
    assert web.total > asked + 4
    assert "1 finding left" not in shown
    assert "2 findings to decide" in shown, "what was decided stays decided"


def test_without_a_terminal_it_is_refused_with_a_hint(
    typed: Callable[..., Result], web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (["--fix"], ["--json"], ["--format", "html"], ["--archive"], ["--archived"]):
        done = typed("", *words)
        assert done.exit_code == 2
        assert "leave out" in done.output
    assert "one library" in typed("", "references.bib", "other.bib").output
    monkeypatch.undo()
    done = typed("")
    assert done.exit_code == 2
    assert "--dry-run shows the repairs" in done.output
    assert web.total == 0
