"""A Dask cluster of real processes on this machine, against a real server under many addresses of it."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import distributed
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.driving import environment
from tests.servers.web import Exchange, WebServer, answer, fine, missing

from ppreflist import __version__
from ppreflist.errors import ClusterUnusable
from ppreflist.links.check import Run, context_of
from ppreflist.links.cluster import AT_ONCE, Desk, Outlook, check_clustered, units
from ppreflist.links.finding import Finding
from ppreflist.links.hostqueue import Budget
from ppreflist.links.hosts import host_of
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.memory import Look
from ppreflist.links.shares import Manner, check_shared
from ppreflist.net.client import Client
from ppreflist.net.settings import Settings

ROOT = Path(__file__).parent.parent.parent
LOOK = Look(0, "ok", "It works.")
SETTINGS = Settings(allow_private=True, connect=2.0, deadline=10.0)


def client_of_worker(settings: Settings) -> Client:
    """A client that tells the server which process asks."""
    return Client(replace(settings, purpose=f"process {os.getpid()}"))


MANNER = Manner(SETTINGS, jobs=32, budget=Budget(lanes=1, gap=0.0), make_client=client_of_worker)


def process_of(exchange: Exchange) -> int:
    return int(exchange.headers["user-agent"].partition("process ")[2].partition(")")[0])


def link(written: str, kind: LinkKind = LinkKind.URL) -> Link:
    return Link("key", "url", 1, kind, written, 0, len(written))


def links_on(web: WebServer, count: int, hosts: int, paths: Sequence[str] = ("/fine",)) -> list[Link]:
    return [link(f"http://127.0.0.{1 + n % hosts}:{web.port}{paths[n % len(paths)]}?{n}") for n in range(count)]


@contextmanager
def dask(*words: str) -> Iterator[subprocess.Popen[str]]:
    """A process of a cluster, on 127.0.0.1 only."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{words[0]}", "--host", "127.0.0.1", "--no-dashboard"]
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    process = subprocess.Popen(
        [*command, *words[1:]], cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


class Cluster:
    """A scheduler, and workers as they are needed."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.scheduler = stack.enter_context(dask("scheduler", "--port", "0"))
        assert self.scheduler.stderr is not None
        said = next(line for line in self.scheduler.stderr if "Scheduler at:" in line)
        self.address = said.rpartition(" ")[2].strip()
        self.workers: list[subprocess.Popen[str]] = []

    def with_workers(self, count: int) -> None:
        """Have so many workers or more that are alive and known to the scheduler; or none."""
        for worker in [] if count else self.workers:
            worker.kill()
            worker.wait()
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < count:
            words = ("worker", self.address, "--no-nanny", "--nthreads", "1")
            self.workers.append(self._stack.enter_context(dask(*words)))
        with distributed.Client(self.address, set_as_default=False) as client:
            until = time.monotonic() + 30
            while len(client.nthreads()) != len(self.workers):
                assert time.monotonic() < until, "the scheduler does not know who is alive"


@pytest.fixture(scope="module")
def clusters() -> Iterator[Callable[[], Cluster]]:
    with ExitStack() as stack:
        started: list[Cluster] = []

        def living() -> Cluster:
            if not started or started[-1].scheduler.poll() is not None:
                started.append(Cluster(stack))
            return started[-1]

        yield living


@pytest.fixture
def cluster(clusters: Callable[[], Cluster]) -> Cluster:
    return clusters()


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer(address="0.0.0.0") as server:
        server.page("/fine", fine)
        server.page("/wall", answer(403))
        yield server


def checked(links: Sequence[Link], cluster: Cluster, **more: Any) -> tuple[Run, list[Link], list[str]]:
    """The run, what was reported in which order, and what was said."""
    reported: list[Link] = []
    said: list[str] = []

    def report(done: int, finding: Finding) -> None:
        reported.append(finding.link)
        assert done == len(reported)

    run = check_clustered(
        links, context_of(links), more.pop("manner", MANNER), cluster.address, progress=report, say=said.append, **more
    )
    return run, reported, said


@settings(max_examples=30)
@given(st.lists(st.integers(1, 600), max_size=20), st.integers(0, 20))
def test_units_hold_whole_hosts(sizes: list[int], workers: int) -> None:
    numbers = itertools.count()
    hosts = [[(next(numbers), link(f"https://h{host}.org/")) for _ in range(size)] for host, size in enumerate(sizes)]
    found = units(hosts, workers)
    assert sorted(place for unit in found for place, _ in unit.links) == list(range(sum(sizes)))
    assert sum(len(unit.hosts) for unit in found) == len(sizes)
    assert all({host_of(each.written) for _, each in unit.links} == unit.hosts for unit in found)
    assert [len(unit.links) for unit in found] == sorted((len(unit.links) for unit in found), reverse=True)


def test_units_are_enough_for_all_workers_and_none_is_large() -> None:
    def lengths(*sizes: int, workers: int) -> list[int]:
        hosts = [[(0, link(f"https://h{host}.org/"))] * size for host, size in enumerate(sizes)]
        return [len(unit.links) for unit in units(hosts, workers)]

    many = lengths(*[1] * 1000, workers=4)
    assert len(many) == 4 * AT_ONCE
    assert max(many) <= 1000 / len(many) + 1
    assert max(lengths(*[1] * 10_000, workers=2)) == 500
    assert lengths(900, 1, 1, workers=2) == [900, 2]


def test_a_host_is_in_one_unit_at_a_time_and_what_is_not_answered_is_left() -> None:
    settled: list[int] = []
    links = [link(f"https://{host}.org/{n}") for n, host in enumerate("aaba")]
    numbered = list(enumerate(links))
    desk = Desk(iter([*numbered[:3], None, None, numbered[3]]), lambda place, finding: settled.append(place))
    assert not desk.has_ready(1)  # more may come in a moment
    assert desk.has_ready(1)
    unit = desk.ready.popleft()
    desk.under_way["first"] = unit
    assert unit.hosts == {"a.org", "b.org"}
    assert not desk.has_ready(1)
    for place in (2, 0, 0):
        desk.settle(place, LOOK)
    desk.end("first")
    assert settled == [2, 0]
    assert desk.reason
    assert desk.has_ready(1)
    desk.under_way["second"] = desk.ready.popleft()
    assert desk.under_way["second"].links == (numbered[3],)
    desk.take_back()
    assert desk.ready[0].links == (numbered[3],)
    assert list(desk.left()) == [numbered[1], numbered[3]]


def test_a_cluster_finds_what_one_process_finds_and_a_host_is_asked_by_one_worker_at_a_time(
    cluster: Cluster, web: WebServer
) -> None:
    cluster.with_workers(2)
    asking: defaultdict[str, set[int]] = defaultdict(set)
    under_way: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock = threading.Lock()

    def watched(exchange: Exchange) -> None:
        host = exchange.headers["host"]
        with lock:
            asking[host].add(process_of(exchange))
            under_way[host] += 1
            most[host] = max(most[host], under_way[host])
        exchange.pause(0.005)
        with lock:
            under_way[host] -= 1
        fine(exchange)

    links = links_on(web, 300, 60, ["/watched", "/wall", "/gone", "/fine"])
    links.append(links[0])
    web.page("/watched", watched)
    run, reported, said = checked(links, cluster)
    assert {max(most.values()), *map(len, asking.values())} == {1}
    assert set().union(*asking.values()) == {worker.pid for worker in cluster.workers}
    assert len(reported) == len(links)
    assert said == []
    web.page("/watched", fine)
    assert run == check_shared(links, context_of(links), MANNER, processes=1)


def test_findings_come_back_while_a_unit_is_under_way(cluster: Cluster, web: WebServer) -> None:
    learnt = threading.Event()

    def waiting(exchange: Exchange) -> None:
        (fine if learnt.wait(8) else missing)(exchange)

    web.page("/waiting", waiting)
    links = [*links_on(web, 60, 1), *links_on(web, 1, 1, ["/waiting"])]
    run = check_clustered(
        links, context_of(links), MANNER, cluster.address, progress=lambda done, finding: learnt.set()
    )
    assert [finding.verdict for finding in run.findings] == ["ok"] * 61


def test_a_worker_that_is_killed_loses_nothing(cluster: Cluster, web: WebServer) -> None:
    cluster.with_workers(2)
    killed: list[int] = []

    def deadly(exchange: Exchange) -> None:
        if not killed:
            killed.append(process_of(exchange))
            os.kill(killed[0], signal.SIGKILL)
        fine(exchange)

    web.page("/deadly", deadly)
    links = [*links_on(web, 200, 20), *links_on(web, 20, 20, ["/deadly"])]
    run, reported, said = checked(links, cluster)
    assert [finding.link for finding in run.findings] == links
    assert {finding.verdict for finding in run.findings} == {"ok"}
    assert sorted(each.written for each in reported) == sorted(each.written for each in links)
    assert killed[0] in [worker.pid for worker in cluster.workers]
    assert said == []  # the other worker did it


def client_of_parent(settings: Settings) -> Client:
    """A client in the process that the settings name, and an error in any other."""
    if settings.purpose != str(os.getpid()):
        raise LookupError("this worker is ill")
    return Client(settings)


def test_what_the_cluster_cannot_do_is_done_here(cluster: Cluster, web: WebServer) -> None:
    cluster.with_workers(1)
    manner = replace(MANNER, settings=replace(SETTINGS, purpose=str(os.getpid())), make_client=client_of_parent)
    links = links_on(web, 9, 3)
    run, reported, said = checked(links, cluster, manner=manner)
    assert [finding.verdict for finding in run.findings] == ["ok"] * 9
    assert len(reported) == 9
    assert said == ["the cluster failed (LookupError): the links that are left are checked from this machine."]


def test_stopping_keeps_what_is_known_and_stops_the_workers(cluster: Cluster, web: WebServer) -> None:
    def slow(exchange: Exchange) -> None:
        exchange.pause(0.02)
        fine(exchange)

    def stop(done: int, finding: Finding) -> None:
        raise KeyboardInterrupt

    web.page("/slow", slow)
    links = links_on(web, 2000, 2, ["/slow"])
    run = check_clustered(links, context_of(links), MANNER, cluster.address, progress=stop)
    assert run.interrupted
    assert {finding.verdict for finding in run.findings} == {"ok"}
    with distributed.Client(cluster.address, set_as_default=False) as client:
        until = time.monotonic() + 10
        while any(client.run(tasks_of_worker).values()):
            assert time.monotonic() < until, "the workers go on though nobody waits"
    assert web.total < len(links) / 2


def tasks_of_worker(dask_worker: distributed.Worker) -> int:
    return len(dask_worker.state.tasks)


def test_nobody_at_the_address(web: WebServer) -> None:
    links = links_on(web, 1, 1)
    with pytest.raises(ClusterUnusable, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9") as nobody:
        check_clustered(links, context_of(links), MANNER, "tcp://127.0.0.1:9", outlook=Outlook(connect=0.2))
    assert "dask scheduler" in nobody.value.hint
    with pytest.raises(ClusterUnusable, match="no Dask scheduler answers"):
        check_clustered(links, context_of(links), MANNER, f"tcp://127.0.0.1:{web.port}", outlook=Outlook(connect=0.2))
    with pytest.raises(ClusterUnusable, match="no certificates"):
        check_clustered(links, context_of(links), MANNER, "tls://127.0.0.1:9", outlook=Outlook(connect=0.2))
    assert web.total == 0


def test_a_scheduler_without_workers(cluster: Cluster, web: WebServer) -> None:
    cluster.with_workers(0)
    links = links_on(web, 1, 1)
    with pytest.raises(ClusterUnusable, match="the cluster has no workers") as nobody:
        check_clustered(links, context_of(links), MANNER, cluster.address, outlook=Outlook(patience=0.2))
    assert "--dask" in nobody.value.hint
    assert web.total == 0


def run_command(cluster: Cluster, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "ppreflist", "check-links", "--dask", cluster.address, "--allow-private"]
    return subprocess.run(
        words, cwd=folder, env=environment(folder, **variables), capture_output=True, text=True, timeout=60, check=False
    )


def test_the_command(cluster: Cluster, web: WebServer, tmp_path: Path) -> None:
    cluster.with_workers(1)
    entries = [
        f"@online{{k{n},\n  title = {{Page {n}}},\n  url = {{{each.written}}},\n}}\n"
        for n, each in enumerate(links_on(web, 12, 4, ["/fine", "/gone"]))
    ]
    (tmp_path / "references.bib").write_text("\n".join(entries), encoding="utf-8")
    done = run_command(cluster, tmp_path)
    assert (done.returncode, done.stderr) == (3, "12 links in 12 entries: 6 ok, 6 not-found.\n")
    assert done.stdout.count("not-found: ") == 6
    assert web.total == 18  # what failed has its second look

    other = tmp_path / "other" / "ppreflist-99.0.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: ppreflist\nVersion: 99.0\n", encoding="utf-8")
    done = run_command(cluster, tmp_path, PYTHONPATH=os.pathsep.join([str(other.parent), str(ROOT / "src")]))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"has ppreflist {__version__}, this machine has 99.0" in done.stderr
    assert "pip install 'ppreflist[dask]==99.0'" in done.stderr
    assert web.total == 18


def test_a_scheduler_that_goes_away_leaves_the_rest_to_this_process(cluster: Cluster, web: WebServer) -> None:
    cluster.with_workers(1)
    learnt = threading.Event()

    def fatal(exchange: Exchange) -> None:
        if process_of(exchange) != os.getpid():
            learnt.wait(8)
            cluster.scheduler.kill()
            cluster.workers[0].kill()
        fine(exchange)

    web.page("/fatal", fatal)
    links = [*links_on(web, 60, 1), *links_on(web, 1, 1, ["/fatal"])]
    said: list[str] = []
    run = check_clustered(
        links, context_of(links), MANNER, cluster.address, progress=lambda done, finding: learnt.set(),
        say=said.append, outlook=Outlook(connect=0.3),
    )  # fmt: skip
    assert [finding.link for finding in run.findings] == links
    assert {finding.verdict for finding in run.findings} == {"ok"}
    assert said == ["the cluster went away: the links that are left are checked from this machine."]
