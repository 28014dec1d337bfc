"""``check-links`` on documents, and with a file of settings, against a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.servers.web import Exchange, WebServer, answer, fine

from ppreflist.cli.check_links import command
from ppreflist.cli.linkfiles import no_document
from ppreflist.errors import DocumentUnreadable, UnknownKey


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        server.page("/fine", fine)
        server.page("/wall", answer(403))
        yield server


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PPREFLIST_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("PPREFLIST_LIBRARY", raising=False)


def check(*words: str) -> Result:
    return CliRunner().invoke(command, ["--allow-private", "--delay", "0", "--no-history", *words])


def verdicts(*words: str) -> dict[str, str]:
    return {each["url"].rpartition("/")[2]: each["verdict"] for each in json.loads(check("--json", *words).stdout)}


def test_files(web: WebServer) -> None:
    Path("notes.md").write_text(f"[a]({web.url}/fine)\n\n[b]({web.url}/missing)\n", encoding="utf-8")
    Path("page.html").write_text(f'<a href="{web.url}/wall">c</a>', encoding="utf-8")
    done = check("notes.md", "page.html")
    assert done.exit_code == 3
    assert f"notes.md:3: {web.url}/missing" in done.stdout
    assert "3 links in 2 documents: 1 ok, 1 not-found, 1 refused." in done.stderr
    for wrong in (["notes.md", "key"], ["notes.md", "--fix"]):
        assert check(*wrong).exit_code == 2
    assert "cannot be read" in str(check("./none.md").exception)


@pytest.mark.parametrize(
    ("term", "hint"),
    [
        ("notes.md", "There is no file of this name, either."),
        ("nothere.htlm", "There is no file of this name, either."),
        ("nothere.pdf", ""),
        ("there.txtt", "Did you mean there.txt?"),
        ("there.pdf", "Of documents, these are read: .md, "),
        ("smith", ""),
        ("dr.", ""),
        ("van.den", ""),
        ("10.1000/182", ""),
    ],
)
def test_a_term_that_looks_like_a_file(term: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("there.txt", "there.pdf"):
        (tmp_path / name).touch()
    assert no_document(term).startswith(hint)
    assert bool(no_document(term)) == bool(hint)
    (tmp_path / "references.bib").write_text("@misc{a, title = {A}}\n", encoding="utf-8")
    with pytest.raises(UnknownKey) as caught:
        CliRunner().invoke(command, ["--offline", term], catch_exceptions=False)
    assert caught.value.hint.startswith(hint)


def test_a_page_that_is_not_there_or_has_no_links(web: WebServer) -> None:
    error = check(f"{web.url}/missing").exception
    assert isinstance(error, DocumentUnreadable)
    assert error.message == "the site has no such page"
    assert "echo ADDRESS | ppreflist check-links -" in error.hint
    done = check(f"{web.url}/fine")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "There are no links to check.\nThe links on a page are checked." in done.stderr


def test_a_page_on_the_web(web: WebServer) -> None:
    body = b'<a href="/fine">a</a> <a href="missing">b</a> <a href="#c">c</a>'
    assert verdicts(web.page("/list", answer(200, body))) == {"fine": "ok", "missing": "not-found"}


def test_patterns_and_statuses(web: WebServer) -> None:
    Path("notes.txt").write_text("\n".join(f"{web.url}/{name}" for name in ("fine", "wall", "missing")), "utf-8")
    assert verdicts("notes.txt", "--accept", "403", "--exclude", "missing") == {"fine": "ok", "wall": "ok"}
    assert verdicts("notes.txt", "--include", "wall|missing") == {"wall": "refused", "missing": "not-found"}
    Path("ppreflist.toml").write_text("[links]\nexclude = ['wall']\naccept = [404]\n", encoding="utf-8")
    assert verdicts("notes.txt") == {"fine": "ok", "missing": "ok"}
    assert check("notes.txt", "--exclude", "(").exit_code == 2


def test_headers_go_to_their_host_only(web: WebServer) -> None:
    def secret(exchange: Exchange) -> None:
        exchange.reply(200 if exchange.headers.get("authorization") == "secret" else 401, b"<title>A page</title>")

    web.page("/secret", secret)
    Path("references.bib").write_text(f"@misc{{a, url = {{{web.url}/secret}}}}", encoding="utf-8")
    assert verdicts() == {"secret": "refused"}
    settings = "[links.hosts.'{}']\nheaders = {{ Authorization = 'secret' }}\n"
    Path("ppreflist.toml").write_text(settings.format("127.0.0.1"), encoding="utf-8")
    assert verdicts() == {"secret": "ok"}
    Path("ppreflist.toml").write_text(settings.format("example.org"), encoding="utf-8")
    assert verdicts() == {"secret": "refused"}


def test_the_library_and_the_history_of_the_settings(web: WebServer, tmp_path: Path) -> None:
    Path("refs").mkdir()
    Path("refs/main.bib").write_text(f"@misc{{a, url = {{{web.url}/fine}}}}", encoding="utf-8")
    Path("ppreflist.toml").write_text("library = 'refs/main.bib'\nhistory = 'memory.sqlite'\n", encoding="utf-8")
    assert CliRunner().invoke(command, ["--allow-private", "--delay", "0"]).exit_code == 0
    assert Path("memory.sqlite").exists()
    assert not (tmp_path / "state").exists()
