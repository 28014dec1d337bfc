"""``ppreflist check-links`` against real servers on 127.0.0.1, as a real process where that matters."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.cli.driving import in_this_process
from tests.servers import web as pages
from tests.servers.web import Exchange, WebServer, answer, fine, redirect

from ppreflist.cli.check_links import command

SHIPPED = Path(__file__).parent.parent.parent / "references.bib"
FIELDS = {"key", "field", "line", "url", "verdict", "message", "fix"}

NEUROLOGY = "https://www.neurology.org/content/78/13/1009.full.html"
POLIO = "https://www.post-polio.org"


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        server.page("/fine", fine)
        server.page("/new", fine)
        server.page("/moved", redirect("/new"))
        server.page("/wall", answer(403))
        server.page("/gone", answer(410))
        server.page("/api/handles/10.1000/good", record(1))
        server.page("/api/handles/10.1000/bad", record(100))
        server.page("/crossref/works", answer(200, b'{"message": {"items": []}}', content_type="application/json"))
        yield server


def record(code: int) -> pages.Page:
    return lambda exchange: exchange.reply(
        200 if code == 1 else 404, json.dumps({"responseCode": code}).encode(), content_type="application/json"
    )


class Shell:
    """A folder with a library, and the command run in it."""

    def __init__(self, folder: Path, doi_service: str) -> None:
        self.folder = folder
        self.library = folder / "references.bib"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PPREFLIST_STATE_DIR": str(folder / "state"),
            "PPREFLIST_CACHE_DIR": str(folder / "cache"),
            "PPREFLIST_DOI_URL": doi_service,
            "PPREFLIST_CROSSREF_URL": f"{doi_service}/crossref",
            "COLUMNS": "200",
        }

    def write(self, *urls: str, **fields: str) -> None:
        entries = [f"@misc{{key{n},\n  url = {{{url}}},\n}}\n" for n, url in enumerate(urls)]
        entries += [f"@misc{{{name},\n  {name} = {{{value}}},\n}}\n" for name, value in fields.items()]
        self.library.write_text("\n".join(entries), encoding="utf-8")

    def arguments(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "ppreflist", "check-links", *words]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return in_this_process(self.folder, "check-links", *words, **self.environment)

    def process(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.arguments(*words), cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    def found(self, *words: str) -> list[dict[str, Any]]:
        found = json.loads(self.run("--json", *words).stdout)
        assert isinstance(found, list)
        return found


@pytest.fixture
def shell(tmp_path: Path, web: WebServer) -> Shell:
    return Shell(tmp_path, web.url)


# The shipped list -----------------------------------------------------------------------------------------------------


def test_the_shipped_list_without_a_network(shell: Shell) -> None:
    shutil.copy(SHIPPED, shell.library)
    found = {(each["key"], each["field"]): each for each in shell.found("--offline")}
    guideline, site = found["patwa2012evidence", "url"], found["postpoliosite", "url"]
    assert (guideline["verdict"], guideline["fix"]) == ("malformed", NEUROLOGY)
    assert (site["verdict"], site["fix"]) == ("typo", POLIO)
    lines = shell.library.read_text(encoding="utf-8").splitlines()
    assert "1009. Full.html" in lines[guideline["line"] - 1]
    assert "post-poli.org" in lines[site["line"] - 1]
    others = [each for key, each in found.items() if each not in (guideline, site)]
    assert {each["verdict"] for each in others} == {"offline"}
    assert {each["fix"] for each in others} == {None}

    done = shell.process("--offline")
    assert done.returncode == 3
    for text in (NEUROLOGY, POLIO, "patwa2012evidence", "did you mean www.post-polio.org", "has a space in it"):
        assert text in " ".join(done.stdout.split())
    assert f"references.bib:{guideline['line']}" in done.stdout
    assert "2 can be repaired" in done.stderr


def test_the_shipped_list_is_repaired_in_two_lines_and_taken_back(shell: Shell) -> None:
    shutil.copy(SHIPPED, shell.library)
    before = shell.library.read_bytes()
    done = shell.run("--offline", "--fix", "--yes")
    assert done.returncode == 0, done.stderr
    old, new = before.decode().splitlines(), shell.library.read_text(encoding="utf-8").splitlines()
    assert [line.strip() for line in set(new) - set(old)] != []
    changed = [(one, two) for one, two in zip(old, new, strict=True) if one != two]
    assert [two.strip() for _, two in changed] == [f"url          = {{{NEUROLOGY}}},", f"url          = {{{POLIO}}},"]
    assert shell.run("--offline").returncode == 0
    assert in_this_process(shell.folder, "undo", **shell.environment).returncode == 0
    assert shell.library.read_bytes() == before


# Asking ---------------------------------------------------------------------------------------------------------------


def test_verdicts_and_json(shell: Shell, web: WebServer) -> None:
    shell.write(*(web.url + path for path in ("/fine", "/moved", "/wall", "/gone", "/missing")), doi="10.1000/good")
    done = shell.run("--json", "--allow-private")
    assert done.returncode == 3
    found = json.loads(done.stdout)
    assert all(set(each) >= FIELDS for each in found)
    assert [each["verdict"] for each in found] == ["ok", "moved", "refused", "gone", "not-found", "ok"]
    assert [each["key"] for each in found] == ["key0", "key1", "key2", "key3", "key4", "doi"]
    assert found[1]["fix"] == web.url + "/new"
    assert found[0]["line"] == 2
    assert all(each["message"].endswith((".", "/new")) for each in found)
    assert web.asked["/missing"] == 2, "what was not found is asked a second time at the end"
    assert web.total == 9, "Crossref is asked for notices, too"


def test_when_all_is_well(shell: Shell, web: WebServer) -> None:
    shell.write(web.url + "/fine", web.url + "/wall", web.url + "/moved", doi="10.1000/good")
    done = shell.run("--allow-private")
    assert done.returncode == 0
    assert "4 links in 4 entries: 2 ok, 1 moved, 1 refused." in done.stderr
    assert "look at it in a browser" in done.stdout


def test_a_doi_that_is_not_registered(shell: Shell) -> None:
    """The service that the user named is asked, private or not."""
    shell.write(doi="10.1000/bad")
    done = shell.run()
    assert done.returncode == 3
    assert "not-found: No DOI 10.1000/bad is registered" in done.stdout


def test_private_addresses_are_not_asked_unless_that_is_allowed(shell: Shell, web: WebServer) -> None:
    shell.write(web.url + "/fine", "http://169.254.169.254/latest", "file:///etc/passwd")
    assert [each["verdict"] for each in shell.found()] == ["blocked", "blocked", "blocked"]
    assert web.total == 0
    assert [each["verdict"] for each in shell.found("--allow-private")] == ["ok", "blocked", "blocked"]


def test_no_network_is_said_and_not_taken_for_an_answer(shell: Shell) -> None:
    """``.invalid`` never exists (RFC 2606), and the witnesses are out of reach behind a proxy that is not there."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        shell.environment |= {"https_proxy": f"http://127.0.0.1:{closed.getsockname()[1]}", "no_proxy": "127.0.0.1"}
    shell.write("https://x.invalid/a", doi="10.1000/good")
    done = shell.run("--json")
    verdicts = [each["verdict"] for each in json.loads(done.stdout)]
    if verdicts == ["temporary", "ok"]:
        pytest.skip("this machine has a network, which the command noticed")
    assert verdicts == ["offline", "ok"]
    assert done.returncode == 1
    assert "1 link could not be checked: this machine has no network" in done.stderr


def test_some_entries_only(shell: Shell, web: WebServer) -> None:
    shell.write(web.url + "/fine", web.url + "/gone", web.url + "/wall")
    assert [each["key"] for each in shell.found("key1", "--allow-private")] == ["key1"]
    assert web.asked == {"/gone": 1}
    done = shell.run("no-such-key")
    assert done.returncode == 1
    assert "no-such-key" in done.stderr


def test_no_links_at_all(shell: Shell) -> None:
    shell.library.write_text("@misc{a, title = {T}}\n", encoding="utf-8")
    done = shell.run()
    assert (done.returncode, done.stdout) == (0, "")
    assert "no links" in done.stderr
    assert shell.found() == []


def test_a_library_that_cannot_all_be_read_is_not_found_in_order(shell: Shell) -> None:
    unread = "@misc{b, title = {never closed, url = {https://www.example.org/b}}\n"
    shell.library.write_text("@misc{a, url = {https://www.example.org/a}}\n" + unread, encoding="utf-8")
    for turn in ("read", "read from the index"):
        done = shell.run("--offline")
        assert done.returncode == 1, turn
        assert "1 place of the library could not be read" in done.stderr
    assert shell.run("--offline", "a").returncode == 0, "this entry can be read"
    shell.library.write_text("@misc{a, url = {www.example.org/a b}}\n" + unread, encoding="utf-8")
    assert shell.run("--offline").returncode == 3


def test_a_link_that_never_ends_costs_its_time_out(shell: Shell, web: WebServer) -> None:
    web.page("/drip", pages.drip())
    shell.write(web.url + "/drip")
    found = shell.found("--allow-private", "--timeout", "0.3")
    assert [each["verdict"] for each in found] == ["temporary"]


# Repairing ------------------------------------------------------------------------------------------------------------


def test_repairs_that_asking_bore_out(shell: Shell, web: WebServer) -> None:
    address = web.url.removeprefix("http://")
    shell.write(f"http//{address}/fine", f"{web.url}/moved", f"http//{address}/missing", f"<{web.url}/wall>")
    done = shell.run("--fix", "--yes", "--allow-private")
    assert done.returncode == 3, "what could not be repaired is left"
    text = shell.library.read_text(encoding="utf-8")
    for url in ("/fine", "/new", "/wall"):
        assert f"{{{web.url}{url}}}" in text
    assert f"http//{address}/missing" in text, "a repair that does not work is not written"
    assert "3 links repaired" in done.stderr


def test_off_a_terminal_nothing_is_changed_unasked(shell: Shell) -> None:
    shell.write("www.post-poli.org")
    before = shell.library.read_bytes()
    done = shell.run("--offline", "--fix")
    assert done.returncode == 3
    assert "--yes" in done.stderr
    assert shell.library.read_bytes() == before


def test_a_dry_run_is_a_diff(shell: Shell) -> None:
    shell.write("www.post-poli.org")
    before = shell.library.read_bytes()
    done = shell.run("--offline", "--dry-run")
    assert done.returncode == 3
    reasons, _, _ = done.stdout.partition("--- references.bib\n+++ references.bib\n@@")
    assert reasons.startswith("# key0, url: typo: The address lacks https:// at the beginning.")
    assert reasons.count("\n") == 1
    assert "-  url = {www.post-poli.org},\n+  url = {https://www.post-polio.org},\n" in done.stdout
    assert shell.library.read_bytes() == before


def test_json_and_repairs_go_together(shell: Shell) -> None:
    shell.write("www.post-poli.org")
    done = shell.run("--offline", "--fix", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--yes" in done.stderr
    done = shell.run("--offline", "--fix", "--json", "--yes")
    assert (done.returncode, json.loads(done.stdout)[0]["fix"]) == (0, POLIO)
    assert POLIO in shell.library.read_text(encoding="utf-8")


def test_an_entry_that_cannot_be_edited_is_left_and_the_others_are_not(shell: Shell) -> None:
    """Two entries with one key: nobody can say which of them is meant."""
    twice = "@misc{a, url = {www.post-poli.org}}\n@misc{a, url = {www.post-poli.org}}\n"
    shell.library.write_text(twice + "@misc{b, url = {www.post-poli.org}}\n", encoding="utf-8")
    done = shell.run("--offline", "--fix", "--yes")
    assert done.returncode == 3
    assert shell.library.read_text(encoding="utf-8") == twice + f"@misc{{b, url = {{{POLIO}}}}}\n"
    assert "1 link repaired" in done.stderr
    assert "2 repairs to be made by hand: `ppreflist lint` says why." in done.stderr
    (shell.folder / "notes.md").write_text("<https://www.example.cmo/a>\n", encoding="utf-8")
    assert "by hand" not in shell.run("--offline", "notes.md").stderr, "documents are not repaired at all"


def on_a_terminal(shell: Shell, *words: str, typed: str) -> tuple[int, str]:
    """Run the command on a terminal of its own, typing when it asks; its exit code and what it showed."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        shell.arguments(*words), cwd=shell.folder, env=shell.environment | {"TERM": "xterm"}, stdin=slave, stdout=slave,
        stderr=slave,
    )  # fmt: skip
    os.close(slave)
    shown = b""
    while select.select([master], [], [], 30)[0]:
        try:
            received = os.read(master, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not received:
            break
        shown += received
        if typed and b"[Y/n]" in shown:
            os.write(master, typed.encode())
            typed = ""
    os.close(master)
    return process.wait(30), shown.decode()


def test_on_a_terminal_it_asks_first(shell: Shell) -> None:
    shell.write("www.post-poli.org")
    before = shell.library.read_bytes()
    code, shown = on_a_terminal(shell, "--offline", "--fix", typed="n\n")
    assert code == 3
    assert "Write 1 repair?" in shown
    assert shell.library.read_bytes() == before
    code, shown = on_a_terminal(shell, "--offline", "--fix", typed="y\n")
    assert code == 0
    assert POLIO in shell.library.read_text(encoding="utf-8")


def test_on_a_terminal_progress_is_shown(shell: Shell, web: WebServer) -> None:
    shell.write(*(f"{web.url}/fine?{number}" for number in range(5)))
    code, shown = on_a_terminal(shell, "--allow-private", typed="")
    assert code == 0
    assert "Checking links" in shown


# Stopping, hostile content, slips -------------------------------------------------------------------------------------


def test_stopped_by_ctrl_c_it_shows_what_is_known(shell: Shell, web: WebServer) -> None:
    reached = threading.Event()

    def hang(exchange: Exchange) -> None:
        reached.set()
        pages.hang(exchange)

    shell.write(web.url + "/gone", web.page("/hang", hang))
    process = subprocess.Popen(
        shell.arguments("--allow-private", "--json"), cwd=shell.folder, env=shell.environment, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert reached.wait(30)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert [each["verdict"] for each in json.loads(out)] == ["gone"]
    assert "stopped" in err
    assert "Traceback" not in err


def test_nothing_from_the_network_reaches_the_terminal_raw(shell: Shell, web: WebServer) -> None:
    web.page("/escape", redirect("/new?\x1b]0;owned\x07\x1b[31m"))
    shell.write(web.url + "/escape", "http://me:secret@nothing.example/\x1b[2J", "www.x.org/\u202e")
    done = shell.run("--allow-private")
    assert "\x1b" not in done.stdout + done.stderr
    assert "\u202e" not in done.stdout + done.stderr
    assert "secret" not in done.stdout + done.stderr


def test_a_slip_in_a_host_is_confirmed_by_asking(
    shell: Shell, web: WebServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In this process, because only here can names lead to the test's server."""

    def lookup(host: str, *rest: Any) -> list[tuple[Any, ...]]:
        if host in ("www.post-polio.org", "doi.org"):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", web.port))]
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    for name, value in shell.environment.items():
        monkeypatch.setenv(name, value)
    shell.write(web.at("www.post-poli.org", "/fine"), web.at("www.post-poli.org", "/missing"))
    done = CliRunner().invoke(command, ["--library", str(shell.library), "--json", "--allow-private"])
    found = json.loads(done.stdout)
    assert [each["verdict"] for each in found] == ["typo", "unreachable"]
    assert [each["fix"] for each in found] == [web.at("www.post-polio.org", "/fine"), None]
    assert "has this page" in found[0]["message"]
    assert done.exit_code == 3
