"""Several processes: real ones, against a real server under many addresses of this machine."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.servers.web import Exchange, WebServer, answer, fine

from ppreflist.links.check import context_of
from ppreflist.links.finding import Finding
from ppreflist.links.hostqueue import Budget
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.shares import Manner, check_shared, stream_shared
from ppreflist.net.client import Client
from ppreflist.net.settings import Settings

SETTINGS = Settings(allow_private=True, connect=2.0, deadline=5.0)
MANNER = Manner(SETTINGS, jobs=4, budget=Budget(gap=0.0))


def link(written: str, kind: LinkKind = LinkKind.URL) -> Link:
    return Link("key", "url", 1, kind, written, 0, len(written))


def links_on(web: WebServer, count: int, paths: Sequence[str]) -> list[Link]:
    return [link(f"http://127.0.0.{1 + n % 3}:{web.port}{paths[n % len(paths)]}?{n}") for n in range(count)]


def wide_server() -> WebServer:
    server = WebServer(address="0.0.0.0")
    server.page("/fine", fine)
    server.page("/wall", answer(403))
    return server


def test_processes_find_what_one_finds() -> None:
    with wide_server() as web:
        links = links_on(web, 60, ["/fine", "/wall", "/gone", "/fine", "/fine"])
        links.append(links[0])
        steps: list[int] = []
        run = check_shared(
            links, context_of(links), MANNER, processes=2, progress=lambda done, finding: steps.append(done)
        )
        alone = check_shared(links, context_of(links), MANNER, processes=1)
    assert run == alone
    assert steps == list(range(1, 62))
    assert [finding.link for finding in run.findings] == links


def dying_client(settings: Settings) -> Client:
    """In a worker, the end of it; in the parent, a client."""
    if os.getpid() != int(os.environ["PPREFLIST_TEST_PARENT"]):
        os._exit(9)
    return Client(settings)


def test_a_process_that_dies_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PPREFLIST_TEST_PARENT", str(os.getpid()))
    with wide_server() as web:
        links = links_on(web, 9, ["/fine"])
        manner = Manner(SETTINGS, jobs=4, budget=Budget(gap=0.0), make_client=dying_client)
        run = check_shared(links, context_of(links), manner, processes=2)
    assert [finding.verdict for finding in run.findings] == ["ok"] * 9
    assert not run.interrupted


def test_stopping_keeps_what_was_sent() -> None:
    def stop(done: int, finding: Finding) -> None:
        raise KeyboardInterrupt

    with wide_server() as web:
        links = links_on(web, 9, ["/fine"])
        run = check_shared(links, context_of(links), MANNER, processes=2, progress=stop)
    assert run.interrupted
    assert [finding.verdict for finding in run.findings] == ["ok"]


# The second look ------------------------------------------------------------------------------------------------------


def test_the_second_look_does_not_wait_for_a_silent_host() -> None:
    """The silent page answers once the missing pages of the other hosts have been asked for twice."""
    asked_again = threading.Event()

    def missing(exchange: Exchange) -> None:
        exchange.reply(404)
        if web.total == 1 + 2 * 6:
            asked_again.set()

    def silent(exchange: Exchange) -> None:
        exchange.reply(200 if asked_again.wait(20.0) else 500, b"<title>A page</title>")

    manner = Manner(Settings(allow_private=True), jobs=8, budget=Budget(gap=0.0))
    with wide_server() as web:
        web.pages.update({"/silent": silent, "/missing": missing})
        links = [link(f"http://127.0.0.9:{web.port}/silent"), *links_on(web, 6, ["/missing"])]
        run = check_shared(links, context_of(links), manner, processes=2)
    assert [str(finding.verdict) for finding in run.findings] == ["ok", *["not-found"] * 6]


def test_stopping_at_the_second_look_keeps_the_first() -> None:
    told: list[int] = []

    def stop(done: int, finding: Finding) -> None:
        told.append(done)
        if done == 2:
            raise KeyboardInterrupt

    with wide_server() as web:
        links = links_on(web, 9, ["/missing"])
        run = check_shared(links, context_of(links), MANNER, processes=2, progress=stop)
    assert run.interrupted
    assert [str(finding.verdict) for finding in run.findings] == ["not-found"] * 9
    assert told == list(range(1, 10))


class DyingAtTheSecondLook(Client):
    """In a worker, the end of it when ``/die`` is to be asked once more; in the parent, a client."""

    def is_known_offline(self, url: str) -> bool:
        if url.endswith("/die") and os.getpid() != int(os.environ["PPREFLIST_TEST_PARENT"]):
            begun = Path(os.environ["PPREFLIST_TEST_DEATH"])
            if begun.exists():
                os._exit(9)
            begun.touch()
        return super().is_known_offline(url)


def test_a_process_that_dies_at_the_second_look_loses_nothing_and_tells_nothing_twice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PPREFLIST_TEST_PARENT", str(os.getpid()))
    monkeypatch.setenv("PPREFLIST_TEST_DEATH", str(tmp_path / "begun"))
    manner = Manner(SETTINGS, jobs=4, budget=Budget(gap=0.0), make_client=DyingAtTheSecondLook)
    told: list[tuple[int, str]] = []
    with wide_server() as web:
        links = [*links_on(web, 30, ["/fine", "/missing"]), link(f"http://127.0.0.9:{web.port}/die")]
        interrupted = stream_shared(
            enumerate(links), context_of(links), manner, lambda place, found: told.append((place, str(found.verdict))),
            processes=2,
        )  # fmt: skip
    assert not interrupted
    assert web.asked["/die"] == 2
    assert sorted(told) == [*enumerate(["ok", "not-found"] * 15), (30, "not-found")]
