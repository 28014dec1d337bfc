"""Lists that do not end: what is drawn, held and forgotten while links are looked at as they come; real servers, real
processes."""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from tests.servers.names import Names
from tests.servers.web import Exchange, WebServer, answer, fine, in_turn

from ppreflist.links.check import Asker, context_of, two_looks
from ppreflist.links.engine import Engine
from ppreflist.links.finding import Finding
from ppreflist.links.hostqueue import Budget
from ppreflist.links.intake import Numbered
from ppreflist.links.investigate import Investigation, Question
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.shares import Manner, stream_shared
from ppreflist.links.spool import Spool
from ppreflist.links.verdict import Verdict
from ppreflist.net.client import Client
from ppreflist.net.settings import Settings

SETTINGS = Settings(allow_private=True, connect=2.0, deadline=5.0)
AT_ONCE = Budget(gap=0.0)


def link(written: str) -> Link:
    return Link("list", "link", 1, LinkKind.URL, written, 0, len(written), editable=False)


def finding(written: str, verdict: Verdict = Verdict.NOT_FOUND) -> Finding:
    return Finding(link(written), verdict, "So.")


@pytest.fixture
def wide() -> Iterator[WebServer]:
    """A server under all addresses of this machine."""
    with WebServer(address="0.0.0.0") as server:
        server.page("/fine", fine)
        server.page("/wall", answer(403))
        yield server


def links_on(web: WebServer, count: int, *paths: str, hosts: int = 5) -> list[Numbered]:
    return [
        (n, link(f"http://127.0.0.{1 + n % hosts}:{web.port}{paths[n % len(paths)]}?{n}")) for n in range(count)
    ]  # fmt: skip


# The window -----------------------------------------------------------------------------------------------------------


def test_no_more_is_drawn_than_the_window_holds(wide: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ppreflist.links.check.OPEN", 8)
    links = links_on(wide, 150, "/fine", "/wall")
    found: dict[int, Finding] = {}
    ahead: list[int] = []

    def source() -> Iterator[Numbered]:
        for drawn, each in enumerate(links, 1):
            ahead.append(drawn - len(found))
            yield each

    asker = Asker(context_of([]), Client(SETTINGS, witnesses=()), budget=AT_ONCE)
    assert not two_looks(source(), asker, found.__setitem__)
    assert max(ahead) == 8
    assert [str(found[place].verdict) for place in range(150)] == ["ok", "refused"] * 75
    assert all(found[place].link is links[place][1] for place in range(150))


@pytest.mark.parametrize("processes", [1, 2])
def test_links_are_looked_at_while_the_list_goes_on(wide: WebServer, processes: int) -> None:
    """The next link comes only when the last one is settled."""
    links = links_on(wide, 6, "/fine", "/wall")
    found: list[int] = []

    def source() -> Iterator[Numbered | None]:
        for each in links:
            yield each
            while len(found) <= each[0]:
                yield None

    def take(place: int, each: Finding) -> None:
        found.append(place)

    manner = Manner(SETTINGS, jobs=4, budget=AT_ONCE)
    assert not stream_shared(source(), context_of([]), manner, take, processes=processes)
    assert found == list(range(6))


def test_an_error_in_reading_ends_the_run(wide: WebServer) -> None:
    def source() -> Iterator[Numbered]:
        yield from links_on(wide, 2, "/fine")
        raise OSError("the disk is gone")

    for processes in (1, 2):
        with pytest.raises(OSError, match="gone"):
            stream_shared(source(), context_of([]), Manner(SETTINGS), lambda *each: None, processes=processes)


# What is forgotten ----------------------------------------------------------------------------------------------------


def asking(url: str) -> Investigation:
    yield Question(url)
    return finding(url)


def engine_for(names: Names, budget: Budget = AT_ONCE) -> Engine:
    return Engine(Client(SETTINGS, lookup=names, witnesses=()), jobs=4, budget=budget)


def test_hosts_with_nothing_to_ask_are_forgotten(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ppreflist.links.engine.MOST_RESTING", 5)
    web.page("/", fine)
    names = Names()
    names.everything = "127.0.0.1"
    engine = engine_for(names)
    most = 0
    for _ in engine.drive((asking(web.at(f"host{number}.example")) for number in range(80)), window=4):
        most = max(most, len(engine._hosts))
    assert web.total == 80
    assert most <= 20


def test_a_host_is_not_forgotten_before_its_pause_is_over(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ppreflist.links.engine.MOST_RESTING", 0)
    arrivals: defaultdict[str, list[float]] = defaultdict(list)

    def page(exchange: Exchange) -> None:
        arrivals[exchange.headers["host"]].append(time.monotonic())
        fine(exchange)

    for number in range(40):
        web.page(f"/{number}", page)
    names = Names()
    names.everything = "127.0.0.1"
    urls = [web.at(f"host{number % 8}.example", f"/{number}") for number in range(40)]
    assert len(list(engine_for(names, Budget(gap=0.05)).drive(map(asking, urls), window=1))) == 40
    gaps = [b - a for times in arrivals.values() for a, b in pairwise(times)]
    assert len(gaps) == 32
    assert min(gaps) > 0.02, "one that is forgotten is asked again at once"


def test_answers_are_remembered_for_a_while(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ppreflist.links.engine.MOST_OUTCOMES", 3)
    for number in range(6):
        web.page(f"/{number}", fine)
    urls = [f"{web.url}/{number}" for number in (0, 0, 1, 2, 0, 3, 4, 5, 0)]
    assert len(list(engine_for(Names()).drive(map(asking, urls), window=1))) == 9
    assert web.asked == {"/0": 2, "/1": 1, "/2": 1, "/3": 1, "/4": 1, "/5": 1}


def test_an_engine_says_when_it_is_idle(web: WebServer) -> None:
    idle = threading.Event()

    def investigations() -> Iterator[Investigation | None]:
        while not idle.is_set():
            yield None
        yield asking(web.page("/", fine))

    ((place, _),) = engine_for(Names()).drive(investigations(), idle=idle.set)
    assert place == 0


def test_a_spool_gives_back_what_was_put() -> None:
    with Spool() as spool:
        for number in range(3000):  # more than are kept in memory
            spool.put(number, finding(f"https://x.org/{number}/{'x' * 100}"))
        links = spool.links()
        assert [next(links)[0] for _ in range(3)] == [0, 1, 2]
        assert spool.has_out(1)
        assert spool.take(1).url.startswith("https://x.org/1/")
        assert not spool.has_out(1)
        spool.put(3000, finding("https://x.org/"))
        assert next(links)[0] == 3
        assert [place for place, _ in spool.left()] == [0, 2, 3, *range(4, 3001)]
        assert list(spool.left()) == []


# Several processes ----------------------------------------------------------------------------------------------------


def marked_client(settings: Settings) -> Client:
    """A client that says in which process it is."""
    return Client(replace(settings, purpose=f"process {os.getpid()}"))


class DyingClient(Client):
    """In a worker, the end of it when ``/die`` is to be asked; in the parent, a client."""

    def is_known_offline(self, url: str) -> bool:
        if "/die" in url and os.getpid() != int(os.environ["PPREFLIST_TEST_PARENT"]):
            Path(os.environ["PPREFLIST_TEST_DEATH"]).touch()
            os._exit(9)
        return super().is_known_offline(url)


def test_a_host_stays_with_its_process(wide: WebServer) -> None:
    links = links_on(wide, 120, "/fine", "/missing", hosts=6)
    found: list[int] = []
    manner = Manner(SETTINGS, budget=AT_ONCE, make_client=marked_client)
    stream_shared(iter(links), context_of([]), manner, lambda place, _: found.append(place), processes=2)
    assert sorted(found) == list(range(120))
    processes: defaultdict[str, set[str]] = defaultdict(set)
    for headers in wide.headers:
        processes[headers["host"]].add(headers["user-agent"])
    assert len(processes) == 6
    assert {len(each) for each in processes.values()} == {1}
    assert len(set.union(*processes.values())) == 2


def test_the_links_of_a_process_that_dies_midway_are_looked_at_by_the_parent(
    wide: WebServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PPREFLIST_TEST_PARENT", str(os.getpid()))
    monkeypatch.setenv("PPREFLIST_TEST_DEATH", str(tmp_path / "death"))
    wide.page("/die", in_turn(answer(404), fine))
    links = links_on(wide, 90, "/fine", "/missing", "/wall")
    links[50] = (50, link(f"http://127.0.0.9:{wide.port}/die"))
    found: dict[int, Finding] = {}
    manner = Manner(SETTINGS, budget=AT_ONCE, make_client=DyingClient)
    assert not stream_shared(iter(links), context_of([]), manner, found.__setitem__, processes=2)
    assert (tmp_path / "death").exists()
    expected = ["ok", "not-found", "refused"] * 30
    expected[50] = "ok"
    assert [str(found[place].verdict) for place in range(90)] == expected
    assert len(found) == 90
