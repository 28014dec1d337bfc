"""Beyond one machine: the links shared out over a Dask cluster (https://distributed.dask.org), by host.

A *unit* holds whole hosts, some tens to hundreds of links, and is one task. No two units have a host in common, and a
task runs once at a time, so that a host's budget holds across the cluster (only redirects to another host may leave a
unit, as they may leave a process). A worker asks for several units at once: most of their time is waiting.

Findings come back in batches while a unit runs, as events of one topic
(https://distributed.dask.org/en/stable/logging.html#structured-logs). What a worker had not sent when it died is
checked again when Dask gives its units to another one; what Dask gives up is checked by this process. A worker stops
when its unit is not wanted any more: after Ctrl-C, when this process has died, or when the scheduler has.

Dask sends pickled functions and data, so whoever may speak to a cluster may run code there, and the cluster may run
code here (https://distributed.dask.org/en/stable/limitations.html#security). TLS is set up in Dask's own settings.
"""

from __future__ import annotations

import logging
import pickle
import time
import uuid
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from queue import Empty, SimpleQueue
from typing import Any, Final

import distributed
from distributed.core import Status

from ppreflist.errors import ClusterUnusable
from ppreflist.links.check import Progress, Run, check
from ppreflist.links.finding import Finding
from ppreflist.links.link import Link
from ppreflist.links.memory import Look, look_of, recalled
from ppreflist.links.question import Context
from ppreflist.links.shares import Manner, by_host, completed

TOPIC: Final = "ppreflist-links"
"""One topic for all runs: a scheduler keeps the last 1,000 events of every topic for as long as it lives."""

AT_ONCE: Final = 8
"""Units that a worker has under way at once, however many threads it has."""

_LEAST, _MOST = 25, 250
"""Links of a unit; a host with more is a unit by itself."""

_BATCH: Final = 50
_SECONDS: Final = 1.0
"""How often findings are sent: so much is asked again when a worker dies."""

CONNECT: Final = 10.0
"""Seconds for the scheduler to answer."""

PATIENCE: Final = 60.0
"""Seconds without any worker, which clusters that grow on demand need to start one."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outlook:
    """How long the scheduler and its workers are waited for, in seconds."""

    connect: float = CONNECT
    patience: float = PATIENCE


class Lost(Exception):
    """The cluster cannot be reached any more, or has no workers left. ``str()`` says which."""


class Unwanted(Exception):
    """Nobody waits for this unit any more."""


def check_clustered(
    links: Sequence[Link], context: Context, manner: Manner, address: str, *, progress: Progress | None = None,
    say: Say | None = None, outlook: Outlook | None = None,
) -> Run:  # fmt: skip
    """Check links on the cluster whose scheduler is at ``address`` (``tcp://host:port`` or ``tls://host:port``).

    ``manner.jobs`` is for each worker. What the cluster loses for good is checked by this process, after ``say`` has
    been told so. Ctrl-C as for ``check``.

    Raises ClusterUnusable when nobody answers at the address, no worker comes, or the workers have another version.
    """
    findings: dict[int, Finding] = {}

    def take(place: int, look: Look) -> None:
        if place in findings:
            return  # checked again, because the worker that had checked it died
        findings[place] = recalled(links[place], look)
        if progress is not None:
            progress(len(findings), findings[place])

    try:
        reason = _checked_there(links, context, manner, address, findings, take, outlook or Outlook())
    except KeyboardInterrupt:
        return Run(tuple(findings[place] for place in sorted(findings)), interrupted=True)
    left = len(links) - len(findings)
    if left and say is not None:
        say(f"{reason}: {left:,} {'link is' if left == 1 else 'links are'} checked from this machine.")
    return completed(links, findings, context, manner, progress)


def _checked_there(
    links: Sequence[Link], context: Context, manner: Manner, address: str, findings: dict[int, Finding],
    take: Callable[[int, Look], None], outlook: Outlook,
) -> str:  # fmt: skip
    """Let the cluster check what is not known yet; why something is left, if anything is.

    A connection that broke is made anew for as long as each brings some findings.
    """
    hosts = by_host(links)
    while True:
        before = len(findings)
        left = [[place for place in places if place not in findings] for places in hosts]
        try:
            with _connected(address, outlook.connect) as cluster:
                round_ = _Round(cluster, links, [places for places in left if places], take, outlook)
                return round_.run(context, manner)
        except Lost as lost:
            if len(findings) == before:
                if not findings:
                    raise ClusterUnusable(str(lost), hint=_LOCALLY) from None
                return str(lost)
        except ClusterUnusable as error:
            if not findings:
                raise
            return error.message


_LOCALLY: Final = "Without --dask this machine checks the links."


@contextmanager
def _connected(address: str, patience: float) -> Iterator[Any]:
    """A connection to the scheduler, whose log is kept off the terminal. ClusterUnusable when there is none."""
    with _silenced():
        try:
            cluster = distributed.Client(address, timeout=patience, set_as_default=False, name="ppreflist")
        except (OSError, TypeError, ValueError, RuntimeError) as error:
            hint = "Start one with `dask scheduler` and `dask worker ADDRESS`, or see whether the address is right."
            if address.startswith("tls:"):
                hint = "For tls:// Dask needs its certificates: see https://distributed.dask.org/en/stable/tls.html."
            raise ClusterUnusable(f"no Dask scheduler answers at {address}", hint=hint) from error
        try:
            _require_same_version(cluster)
            yield cluster
        finally:
            cluster.close(timeout=patience)


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep what Dask logs about connections off the terminal: what matters of it is said in our words."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in ("distributed", "tornado")]
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _require_same_version(cluster: Any) -> None:
    """ClusterUnusable when a worker has another ppreflist: what it makes of a link may be another thing."""
    try:
        versions = cluster.get_versions(packages=["ppreflist"])
    except OSError as error:
        raise Lost("the cluster does not answer") from error
    own = versions["client"]["packages"]["ppreflist"]
    others = {
        worker: found
        for worker, each in versions["workers"].items()
        if (found := each["packages"].get("ppreflist")) != own
    }
    if others:
        worker, found = min(others.items())
        has = f"ppreflist {found}" if found else "no ppreflist"
        more = f" (and {len(others) - 1} more)" if len(others) > 1 else ""
        hint = f"There: pip install 'ppreflist[dask]=={own}'; then start it again."
        raise ClusterUnusable(f"the worker at {worker}{more} has {has}, this machine has {own}", hint=hint)


def units(hosts: Sequence[Sequence[int]], workers: int) -> list[list[int]]:
    """Places of links, by host, put together to units: all of a host in one, the largest first."""
    total = sum(map(len, hosts))
    size = min(_MOST, max(_LEAST, ceil(total / (max(1, workers) * AT_ONCE))))
    found = [list(places) for places in hosts if len(places) >= size]
    small = [places for places in hosts if len(places) < size]
    bins: list[list[int]] = [[] for _ in range(ceil(sum(map(len, small)) / size))]
    for number, places in enumerate(sorted(small, key=len, reverse=True)):
        # To and fro, so that the bins fill evenly without looking for the emptiest each time.
        turn, step = divmod(number, len(bins))
        bins[len(bins) - 1 - step if turn % 2 else step].extend(places)
    return sorted((*found, *filter(None, bins)), key=len, reverse=True)


# In this process ------------------------------------------------------------------------------------------------------


@dataclass
class _Round:
    """One connection's work: units submitted some at a time, so that a scheduler never holds a list of a million."""

    cluster: Any
    links: Sequence[Link]
    hosts: Sequence[Sequence[int]]
    take: Callable[[int, Look], None]
    outlook: Outlook
    name: str = field(default_factory=lambda: f"ppreflist-{uuid.uuid4().hex}")
    under_way: dict[str, Any] = field(default_factory=dict)
    arrivals: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    reason: str = ""
    workers: int = 0

    def run(self, context: Context, manner: Manner) -> str:
        """Have the units checked; why something is missing at the end, if anything is."""
        self.cluster.subscribe_topic(TOPIC, self._hear)
        self._count_workers()
        todo = deque(enumerate(units(self.hosts, self.workers)))
        at_once = min(AT_ONCE, ceil(len(todo) / max(1, self.workers)))
        kit = self.cluster.submit(Kit.unpacked, pickle.dumps((context, manner, at_once)), key=f"{self.name}-kit")
        seen = counted = time.monotonic()
        try:
            while todo or self.under_way:
                # A unit ahead for each that may be under way, so that no worker waits for this process.
                while todo and len(self.under_way) < 2 * AT_ONCE * max(1, self.workers):
                    self._submit(*todo.popleft(), kit)
                idle = not self._receive(timeout=1.0)
                now = time.monotonic()
                if now - counted > (1.0 if idle else 5.0):
                    counted = now
                    self._count_workers()
                if self.workers:
                    seen = now
                elif now - seen > self.outlook.patience:
                    raise Lost("the cluster has no workers")
        finally:
            self._drain()
            self._release(kit)
        return self.reason

    def _submit(self, number: int, places: Sequence[int], kit: Any) -> None:
        unit = pickle.dumps([(place, self.links[place]) for place in places])
        future = self.cluster.submit(work, unit, self.name, kit, key=f"{self.name}-unit-{number}", pure=False)
        self.under_way[future.key] = future
        future.add_done_callback(self.arrivals.put)

    def _hear(self, event: tuple[float, Any]) -> None:
        """Called in Dask's thread, for the events of every run."""
        name, batch = event[1]
        if name == self.name:
            self.arrivals.put(batch)

    def _receive(self, timeout: float) -> bool:
        """Take what arrives next; whether something did."""
        try:
            arrived = self.arrivals.get(timeout=timeout)
        except Empty:
            return False
        if isinstance(arrived, bytes):
            for place, look in pickle.loads(arrived):
                self.take(place, look)
        else:
            self._end(arrived)
        return True

    def _end(self, future: Any) -> None:
        """A unit has ended, one way or another."""
        self.under_way.pop(future.key, None)
        if future.status == "error":
            error = future.exception()
            self.reason = f"the cluster failed ({type(error).__name__})"
            if isinstance(error, distributed.KilledWorker):
                self.reason = "workers of the cluster died again and again"
        elif future.status != "finished":
            raise Lost("the cluster went away")

    def _drain(self) -> None:
        while not self.arrivals.empty():
            arrived = self.arrivals.get()
            if isinstance(arrived, bytes):
                for place, look in pickle.loads(arrived):
                    self.take(place, look)

    def _release(self, kit: Any) -> None:
        """Take back what nobody waits for any more; a scheduler that has gone needs no telling."""
        try:
            self.cluster.unsubscribe_topic(TOPIC)
            self.cluster.cancel([*self.under_way.values(), kit], force=True)
        except (OSError, RuntimeError):
            pass

    def _count_workers(self) -> None:
        try:
            self.workers = len(self.cluster.nthreads())
        except (OSError, RuntimeError) as error:
            raise Lost("the cluster went away") from error


# In a worker ----------------------------------------------------------------------------------------------------------


class Kit:
    """What the units of a run share in a worker: what is known of the library, and one client with its memory of
    addresses and its TLS context. ``at_once`` is how many units are to be under way together."""

    def __init__(self, context: Context, manner: Manner, at_once: int) -> None:
        self.context = context
        self.manner = manner
        self.at_once = at_once
        self.client = manner.make_client(manner.settings)

    @classmethod
    def unpacked(cls, packed: bytes) -> Kit:
        return cls(*pickle.loads(packed))

    def __reduce__(self) -> tuple[type[Kit], tuple[Context, Manner, int]]:
        return Kit, (self.context, self.manner, self.at_once)


def work(unit: bytes, name: str, kit: Kit) -> int:
    """Check a unit, and send what is found as events (run, batch of (place, look)); how many links it had."""
    numbered: list[tuple[int, Link]] = pickle.loads(unit)
    links = [link for _, link in numbered]
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, link in numbered:
        places[id(link)].append(place)
    post = _Post(name, kit.at_once)
    post.make_room()

    def send(done: int, finding: Finding) -> None:
        post.send(places[id(finding.link)].pop(), look_of(finding, 0), last=done == len(links))

    manner = kit.manner
    check(
        links, kit.context, kit.client, jobs=post.share_of(manner.jobs), budget=manner.budget,
        host_budgets=manner.host_budgets, progress=send,
    )  # fmt: skip
    return len(links)


class _Post:
    """A unit's dealings with its worker."""

    def __init__(self, name: str, at_once: int) -> None:
        self._name = name
        self._at_once = at_once
        self._worker = distributed.get_worker()
        self._key = self._worker.get_current_task()
        self._in_pool = True
        self._batch: list[tuple[int, Look]] = []
        self._sent = time.monotonic()

    def share_of(self, jobs: int) -> int:
        """Of the requests that the worker may have in flight, those for this unit."""
        threads: int = self._worker.state.nthreads
        return max(1, jobs // max(self._at_once, threads))

    def send(self, place: int, look: Look, *, last: bool) -> None:
        """Send a finding, sooner or later. Raises Unwanted when nobody waits for it."""
        self._batch.append((place, look))
        now = time.monotonic()
        if last or len(self._batch) >= _BATCH or now - self._sent >= _SECONDS:
            self._worker.log_event(TOPIC, [self._name, pickle.dumps(self._batch)])
            self._batch.clear()
            self._sent = now
        if not last:
            self._require_wanted()
            self.make_room()

    def make_room(self) -> None:
        """Let the worker begin another unit beside this one, unless it has enough of them."""
        state = self._worker.state
        if self._in_pool and state.executing_count + len(state.long_running) < self._at_once:
            self._in_pool = False
            distributed.secede()

    def _require_wanted(self) -> None:
        task = self._worker.state.tasks.get(self._key)
        if task is None or task.state not in ("executing", "long-running"):
            raise Unwanted(self._key)
        if self._worker.status in (Status.closing, Status.closed, Status.failed):
            raise Unwanted(self._key)
