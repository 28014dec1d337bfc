"""``check-links --archive``: the whole command, with a double of Save Page Now, and a site behind a proxy because what
is private is never given to an archive."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner, Result
from tests.servers.web import Exchange, WebServer, answer, fine, redirect

from ppreflist.cli import linkarchive
from ppreflist.cli.check_links import command
from ppreflist.cli.linkarchive import duration
from ppreflist.errors import PpreflistError

LIBRARY = Path("references.bib")
SITE = "http://site.example"


@pytest.fixture
def archive() -> Iterator[WebServer]:
    """Takes orders, each of them done at once; the job's number is the page's address."""

    def take(exchange: Exchange) -> None:
        (url,) = parse_qs(exchange.body.decode())["url"]
        exchange.server.orders.append(url)  # type: ignore[attr-defined]
        number = f"job-{len(exchange.server.orders)}"  # type: ignore[attr-defined]
        done = {"status": "success", "original_url": url, "timestamp": "20261122101112"}
        exchange.server.page(f"/save/status/{number}", answer(200, json.dumps(done).encode()))
        exchange.reply(200, json.dumps({"url": url, "job_id": number}).encode())

    with WebServer() as server:
        server.orders = []  # type: ignore[attr-defined]
        server.page("/save", take)
        yield server


@pytest.fixture
def proxy() -> Iterator[WebServer]:
    with WebServer() as server:
        for name in "abcd":
            server.page(f"{SITE}/{name}", fine)
        server.page(f"{SITE}/moved", redirect(f"{SITE}/c", 301))
        yield server


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archive: WebServer, proxy: WebServer) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "PPREFLIST_STATE_DIR": str(tmp_path / "state"),
        "PPREFLIST_CACHE_DIR": str(tmp_path / "cache"),
        "PPREFLIST_WAYBACK_URL": archive.url,
        "IA_ACCESS_KEY_ID": "the-access-key",
        "IA_SECRET_ACCESS_KEY": "the-secret-key",
        "http_proxy": proxy.url,
        "no_proxy": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PPREFLIST_LIBRARY", raising=False)


def write(*urls: str, **more: str) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in more.items())
    text = "".join(f"@misc{{key{number},\n  url = {{{url}}},\n{fields}}}\n\n" for number, url in enumerate(urls))
    LIBRARY.write_text(text, encoding="utf-8")
    return text


WORDS = ("check-links", "--delay", "0", "--no-crossref", "--archive")


def check(*words: str) -> Result:
    result = CliRunner().invoke(command, [*WORDS[1:], *words])
    assert not isinstance(result.exception, Exception), result.output
    assert "the-secret" not in result.output
    return result


def orders(archive: WebServer) -> list[str]:
    found: list[str] = archive.orders  # type: ignore[attr-defined]
    return found


def test_what_works_is_saved_and_noted_through_the_one_diff(archive: WebServer) -> None:
    write(f"{SITE}/a", f"{SITE}/missing", f"{SITE}/moved", f"{SITE}/b?token=abc", "https://doi.org/10.1000/182")
    result = check("--fix", "--yes", "key0", "key1", "key2", "key3")
    assert result.exit_code == 3, result.output
    assert orders(archive) == [f"{SITE}/a", f"{SITE}/c"]
    assert "2 pages to save at 127.0.0.1" in result.stderr
    assert "2 of 2 pages saved." in result.stderr
    assert "1 link repaired, 2 archived copies noted; `ppreflist undo`" in result.stderr
    text = LIBRARY.read_text(encoding="utf-8")
    for name in ("a", "c"):
        assert f"archiveurl = {{{archive.url}/web/20261122101112/{SITE}/{name}}}," in text
    assert text.count("archivedate = {2026-11-22},") == 2
    assert f"url = {{{SITE}/c}}" in text, "the page that has moved, with its repair"


def test_what_was_saved_is_not_asked_for_again(archive: WebServer) -> None:
    write(f"{SITE}/a", f"{SITE}/b")
    assert check("key0").exit_code == 0
    result = check("--dry-run")
    assert orders(archive) == [f"{SITE}/a"]
    assert "1 page saved before. 1 page would be given to 127.0.0.1 to save." in result.stderr
    assert "# key0, archiveurl: ok: It works." in result.stdout
    assert "The archive was asked to save it on 20" in result.stdout
    result = check("--fix", "--yes")
    assert orders(archive) == [f"{SITE}/a", f"{SITE}/b"]
    assert LIBRARY.read_text(encoding="utf-8").count("archiveurl") == 2
    result = check()
    assert "2 pages saved before. There is nothing to save." in result.stderr
    assert len(orders(archive)) == 2


def test_an_entry_with_a_copy_keeps_it(archive: WebServer) -> None:
    write(f"{SITE}/a", archiveurl=f"{SITE}/b")
    assert check("--fix", "--yes").exit_code == 0
    assert orders(archive) == [f"{SITE}/a"]
    assert LIBRARY.read_text(encoding="utf-8").count("archive") == 1


@pytest.mark.parametrize(
    ("body", "said", "code"),
    [
        (
            b'{"status": "error", "status_ext": "error:no-access"}',
            "key0: http://site.example/a was not saved: The site",
            0,
        ),
        (b'{"status": "error", "status_ext": "error:max-daily-bandwidth"}', "2 pages left: run it again tomorrow", 1),
    ],
)
def test_failures_are_told_apart(archive: WebServer, body: bytes, said: str, code: int) -> None:
    write(f"{SITE}/a", f"{SITE}/b")
    archive.page("/save", answer(200, body))
    result = check()
    assert said in result.stderr
    assert result.exit_code == code


def test_what_could_not_be_saved_is_left_in_peace_for_a_while(archive: WebServer) -> None:
    write(f"{SITE}/a", f"{SITE}/b")
    answers = {"a": "no-access", "b": "job-failed"}

    def page(exchange: Exchange) -> None:
        code = answers[exchange.body.decode().partition("site.example%2F")[2][:1]]
        exchange.reply(200, json.dumps({"status": "error", "status_ext": f"error:{code}"}).encode())

    archive.page("/save", page)
    check()
    assert archive.asked["/save"] == 2
    result = check()
    assert "1 page left out: could not be saved when last asked, less than 30 days ago." in result.stderr
    assert archive.asked["/save"] == 3


def test_without_keys_it_says_where_to_get_them(archive: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IA_ACCESS_KEY_ID")
    write(f"{SITE}/a")
    archive.page(f"/save/{SITE}/a", answer(401))
    result = check()
    assert result.exit_code == 1
    assert "takes orders only with keys (status 401)" in result.stderr
    assert result.stderr.count("https://archive.org/account/s3.php") >= 1


def test_on_a_terminal_it_asks_first(archive: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linkarchive, "on_terminal", lambda: True)
    write(f"{SITE}/a")
    words = [*WORDS[1:]]
    assert "Ask to have 1 page saved?" in CliRunner().invoke(command, words, input="n\n").output
    assert orders(archive) == []
    CliRunner().invoke(command, words, input="y\n")
    CliRunner().invoke(command, [*words, "--yes"])
    assert orders(archive) == [f"{SITE}/a"]


def test_json_stays_json(archive: WebServer) -> None:
    write(f"{SITE}/a")
    result = check("--json")
    assert json.loads(result.stdout)[0]["verdict"] == "ok"
    assert orders(archive) == [f"{SITE}/a"]


def test_private_pages_stay_private(archive: WebServer, proxy: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("http_proxy")
    proxy.page("/a", fine)
    write(f"{proxy.url}/a", f"http://localhost:{proxy.port}/a")
    result = check("--allow-private")
    assert "2 ok" in result.stderr
    assert "There is nothing to save: that takes public web pages" in result.stderr
    assert orders(archive) == []


@pytest.mark.parametrize("address", ["http://[", "javascript:alert(1)", "not an address", "https://x.org/wayback"])
def test_an_archive_that_cannot_be_asked_is_said_before_anything_is_asked(
    archive: WebServer, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("PPREFLIST_WAYBACK_URL", address)
    Path("references.bib").write_text("@misc{a, url = {http://x.org/}}", encoding="utf-8")
    for words in (["--archive", "--yes"], ["--archived"]):
        done = CliRunner().invoke(command, [*words, "--no-history"])
        assert isinstance(done.exception, PpreflistError)
        assert "PPREFLIST_WAYBACK_URL" in done.exception.message
    assert archive.total == 0


def test_offline_contradicts_it() -> None:
    assert check("--offline").exit_code == 2


def test_ctrl_c_keeps_what_is_done(archive: WebServer) -> None:
    """Three captures may be under way: when the fourth is asked for, the first is known."""
    write(*(f"{SITE}/{name}" for name in "abcd"))
    take = archive.pages["/save"]
    reached = threading.Event()

    def page(exchange: Exchange) -> None:
        if b"site.example%2Fd" not in exchange.body:
            take(exchange)
        else:
            reached.set()
            exchange.pause(30)

    archive.page("/save", page)
    run = [sys.executable, "-m", "ppreflist", *WORDS, "--fix", "--yes"]
    process = subprocess.Popen(run, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert reached.wait(30)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    archive.finished.set()
    assert process.returncode == 130, said
    assert "goes on from here" in said
    noted = LIBRARY.read_text(encoding="utf-8").count("archiveurl")
    assert noted >= 1
    archive.page("/save", take)
    check("--fix", "--yes")
    assert LIBRARY.read_text(encoding="utf-8").count("archiveurl") == 4
    assert len(orders(archive)) == 3 + 4 - noted, "what was saved is not asked for again"


@pytest.mark.parametrize(
    ("seconds", "said"), [(30, "1 minute"), (61, "2 minutes"), (3000, "50 minutes"), (7300, "2 hours")]
)
def test_how_long_it_takes(seconds: float, said: str) -> None:
    assert duration(seconds) == said
