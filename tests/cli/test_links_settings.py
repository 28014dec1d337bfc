"""Settings of a file, as a run keeps to them: against a real server and a real proxy."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.servers.web import Exchange, WebServer, answer, fine

from ppreflist.cli.check_links import command


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        server.page("/fine", fine)
        yield server


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PPREFLIST_STATE_DIR", str(tmp_path / "state"))
    for name in ("PPREFLIST_LIBRARY", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


def verdicts(settings: str, *urls: str) -> dict[str, str]:
    """The verdicts by the last part of the address."""
    Path("ppreflist.toml").write_text(settings, encoding="utf-8")
    Path("notes.md").write_text("\n".join(f"<{url}>" for url in urls), encoding="utf-8")
    done = CliRunner().invoke(command, ["notes.md", "--no-history", "--json"])
    return {each["url"].rpartition("/")[2]: each["verdict"] for each in json.loads(done.stdout)}


def test_private_addresses_are_asked_when_the_file_says_so(web: WebServer) -> None:
    assert verdicts("", f"{web.url}/fine") == {"fine": "blocked"}
    assert verdicts("[links]\nallow-private = true\n", f"{web.url}/fine") == {"fine": "ok"}


def test_statuses_that_are_fine_from_one_host(web: WebServer) -> None:
    settings = "[links]\nallow-private = true\ndelay = 0\n[links.hosts.'{}']\naccept = [404]\n"
    assert verdicts(settings.format("127.0.0.1"), f"{web.url}/none") == {"none": "ok"}
    assert verdicts(settings.format("example.org"), f"{web.url}/none") == {"none": "not-found"}


def test_a_proxy_and_hosts_that_are_asked_without_it(web: WebServer) -> None:
    web.pages["http://refs.example/page"] = fine
    proxy = f"[links]\nallow-private = true\ndelay = 0\nproxies = {{ http = '{web.url}' }}\n"
    assert verdicts(proxy, "http://refs.example/page") == {"page": "ok"}
    web.asked.clear()
    assert verdicts(f"{proxy}no-proxy = '127.0.0.1'\n", f"{web.url}/fine") == {"fine": "ok"}
    assert list(web.asked) == ["/fine"]
    web.asked.clear()
    verdicts(proxy, f"{web.url}/fine")
    assert f"{web.url}/fine" in web.asked


def test_lanes_of_one_host(web: WebServer) -> None:
    barrier = threading.Barrier(3)

    def together(exchange: Exchange) -> None:
        try:
            barrier.wait(5)
        except threading.BrokenBarrierError:
            exchange.reply(500)
        else:
            exchange.reply(200, b"<title>A page</title>")

    urls = [web.page(f"/{number}", together) for number in range(3)]
    settings = "[links]\nallow-private = true\ndelay = 0\n[links.hosts.'127.0.0.1']\nlanes = 3\n"
    assert set(verdicts(settings, *urls).values()) == {"ok"}
    assert web.most_at_once == 3


def test_one_lane(web: WebServer) -> None:
    urls = [web.page(f"/{number}", answer(200)) for number in range(6)]
    settings = "[links]\nallow-private = true\ndelay = 0\njobs = 8\n[links.hosts.'127.0.0.1']\nlanes = 1\n"
    assert set(verdicts(settings, *urls).values()) == {"ok"}
    assert web.most_at_once == 1


def test_the_longest_that_a_link_may_take(web: WebServer) -> None:
    def slow(exchange: Exchange) -> None:
        exchange.pause(60)

    url = web.page("/slow", slow)
    settings = "[links]\nallow-private = true\ndelay = 0\ntimeout = 0.3\n"
    assert verdicts(settings, url) == {"slow": "temporary"}
