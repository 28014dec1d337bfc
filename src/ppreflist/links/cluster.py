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

import itertools
import logging
import pickle
import threading
import time
import uuid
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from math import ceil
from queue import Empty, SimpleQueue
from typing import Any, Final

import dask
import distributed
from distributed.core import Status

from ppreflist.errors import ClusterUnusable
from ppreflist.links.check import Asker, Progress, Run, Take, collected, two_looks
from ppreflist.links.finding import Finding
from ppreflist.links.intake import AHEAD, Numbered, bearer
from ppreflist.links.link import Link
from ppreflist.links.memory import Look, look_of, recalled
from ppreflist.links.question import Context
from ppreflist.links.shares import Manner

TOPIC: Final = "ppreflist-links"
"""One topic for all runs: a scheduler keeps the last 1,000 events of every topic for as long as it lives."""

AT_ONCE: Final = 8
"""Units that a worker has under way at once, however many threads it has."""

_LEAST, _MOST = 25, 500
"""Links of a unit; a host with more is a unit by itself."""

_BATCH: Final = 50
_SECONDS: Final = 0.5
"""How often findings are sent: so much is asked again when a worker dies."""

_TICK: Final = 0.5

CONNECT: Final = 5.0
"""Seconds for the scheduler to answer."""

PATIENCE: Final = 60.0
"""Seconds without any worker, which clusters that grow on demand need to start one."""

_LOCALLY: Final = "Without --dask this machine checks the links."

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
    """Check the links of a list that is in memory on a cluster, as ``stream_clustered`` does."""
    return collected(
        links,
        lambda numbered, take: stream_clustered(numbered, context, manner, take, address, say=say, outlook=outlook),
        progress,
    )


def stream_clustered(
    links: Iterable[Numbered | None], context: Context, manner: Manner, take: Take, address: str, *,
    idle: Callable[[], None] | None = None, say: Say | None = None, outlook: Outlook | None = None,
) -> bool:  # fmt: skip
    """Check links as they come on the cluster whose scheduler is at ``address`` (``tcp://host:port`` or
    ``tls://host:port``), as ``two_looks`` does; whether it was interrupted.

    ``manner.jobs`` is for each worker. What the cluster loses for good is checked by this process, after ``say`` has
    been told so. A failed link has its second look at the end of its unit. ``idle`` is called now and then.

    Raises ClusterUnusable when nobody answers at the address, no worker comes, or the workers have another version.
    """
    desk = Desk(links, take)
    try:
        reason = _checked_there(desk, context, manner, address, idle, outlook or Outlook())
    except KeyboardInterrupt:
        return True
    if not reason:
        return False
    if say is not None:
        say(f"{reason}: the links that are left are checked from this machine.")
    return two_looks(desk.left(), manner.asker(context, idle), take)


def _checked_there(
    desk: Desk, context: Context, manner: Manner, address: str, idle: Callable[[], None] | None, outlook: Outlook
) -> str:
    """Let the cluster check all it can; why links are left, or nothing when none are.

    A connection that broke is made anew for as long as each brings some findings.
    """
    reason = ""
    while True:
        before = desk.settled
        try:
            with _connected(address, outlook.connect) as cluster:
                _Session(cluster, desk, outlook, idle).run(context, manner)
                return desk.reason
        except Lost as lost:
            reason = str(lost)
            desk.take_back()
            if desk.settled > before:
                continue
        except ClusterUnusable as error:
            if not desk.settled:
                raise
            reason = reason or error.message
        if not desk.settled:
            raise ClusterUnusable(reason, hint=_LOCALLY)
        return reason


@contextmanager
def _connected(address: str, patience: float) -> Iterator[Any]:
    """A connection to the scheduler, whose log is kept off the terminal. ClusterUnusable when there is none."""
    if address.startswith("tls:") and not _has_certificates():
        hint = "They are set up in Dask's own settings: https://distributed.dask.org/en/stable/tls.html."
        raise ClusterUnusable(f"Dask has no certificates for {address}", hint=hint)
    with _silenced():
        cluster = _client(address, patience)
        if cluster is None:
            hint = "Start one with `dask scheduler` and `dask worker ADDRESS`, or see whether the address is right."
            raise ClusterUnusable(f"no Dask scheduler answers at {address}", hint=hint)
        try:
            _require_same_version(cluster)
            yield cluster
        finally:
            with suppress(OSError):  # a scheduler that has gone does not take its leave
                cluster.close(timeout=patience)


def _client(address: str, patience: float) -> Any:
    """Dask's client, or None when there is none in time.

    It is made in a thread, because it waits for ever for a server of another kind that speaks first, and lingers on
    when Ctrl-C interrupts it.
    """
    made: SimpleQueue[Any] = SimpleQueue()

    def make() -> None:
        try:
            made.put(distributed.Client(address, timeout=patience, set_as_default=False, name="ppreflist"))
        except Exception as error:  # whatever it is, nobody answered as a scheduler does
            made.put(error)
            threading.Event().wait()  # holding the error and its client, whose own end waits for the scheduler

    threading.Thread(target=make, name="connecting", daemon=True).start()
    try:
        answer = made.get(timeout=patience + 1)
    except Empty:
        return None
    return None if isinstance(answer, Exception) else answer


def _has_certificates() -> bool:
    """Whether Dask is set up to speak TLS. Its client does not come out of the attempt without."""
    loader = dask.config.get("distributed.client.security-loader", None)
    return loader is not None or distributed.Security().get_connection_args("client")["ssl_context"] is not None


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


# In this process ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unit:
    """Links for one task: all that there are, for the moment, of some hosts."""

    links: tuple[Numbered, ...]
    hosts: frozenset[str]


def units(hosts: Sequence[Sequence[Numbered]], workers: int) -> list[Unit]:
    """Units of these links, which are given by host; the largest first, and enough of them for so many workers."""
    total = sum(map(len, hosts))
    size = min(_MOST, max(_LEAST, ceil(total / (max(1, workers) * AT_ONCE))))
    found = [list(links) for links in hosts if len(links) >= size]
    small = sorted((links for links in hosts if len(links) < size), key=len, reverse=True)
    bins: list[list[Numbered]] = [[] for _ in range(ceil(sum(map(len, small)) / size))]
    for number, links in enumerate(small):
        # To and fro, so that the bins fill evenly without looking for the emptiest each time.
        turn, step = divmod(number, len(bins))
        bins[len(bins) - 1 - step if turn % 2 else step].extend(links)
    made = (Unit(tuple(links), frozenset(bearer(link) for _, link in links)) for links in (*found, *bins) if links)
    return sorted(made, key=lambda unit: len(unit.links), reverse=True)


class Desk:
    """Links on their way through: read ahead a little, put together to units, and open until they are settled.

    A host is in one unit at a time; links of it that come later wait until that unit has ended. ``reason`` says why
    some are left for this process, if any are. ``at_once`` is how many units a worker may have under way.
    """

    def __init__(self, links: Iterable[Numbered | None], take: Take) -> None:
        self._source = iter(links)
        self._ended = False
        self._take = take
        self._waiting: defaultdict[str, list[Numbered]] = defaultdict(list)
        self._held = 0
        self._busy: set[str] = set()
        self._given_up: list[Numbered] = []
        self._open: dict[int, Link] = {}
        self.ready: deque[Unit] = deque()
        self.under_way: dict[str, Unit] = {}
        self.at_once = AT_ONCE
        self.settled = 0
        self.reason = ""

    @property
    def is_done(self) -> bool:
        return self._ended and not (self.ready or self.under_way or self._held)

    def has_ready(self, workers: int) -> bool:
        """Whether there is a unit to submit. New ones are made when there are links enough, or no more come."""
        if self.ready:
            return True
        if not self._read() or self._held >= _LEAST * AT_ONCE * workers:
            self._make_units(workers)
        return bool(self.ready)

    def _read(self) -> bool:
        """Read on as far as may be; whether that was worth waiting for more."""
        before = self._held
        while not self._ended and self._held < AHEAD:
            try:
                numbered = next(self._source)
            except StopIteration:
                self._ended = True
                break
            if numbered is None:
                break
            self._waiting[bearer(numbered[1])].append(numbered)
            self._held += 1
        return not self._ended and self._held > before

    def _make_units(self, workers: int) -> None:
        """Units of the links whose hosts are in none."""
        free = [host for host in self._waiting if host not in self._busy]
        hosts = [self._waiting.pop(host) for host in free]
        self._busy.update(free)
        self._held -= sum(map(len, hosts))
        for links in hosts:
            self._open.update(links)
        self.ready.extend(units(hosts, workers))
        if self._ended and not self.under_way:
            self.at_once = min(AT_ONCE, max(1, ceil(len(self.ready) / max(1, workers))))

    def settle(self, place: int, look: Look) -> None:
        """Nothing happens when it is settled already: the worker that had checked it died, and another did it again."""
        link = self._open.pop(place, None)
        if link is not None:
            self.settled += 1
            self._take(place, recalled(link, look))

    def end(self, key: str, reason: str = "") -> None:
        """A unit has ended. What it did not answer is left for this process."""
        unit = self.under_way.pop(key)
        self._busy -= unit.hosts
        left = self._unsettled(unit)
        if left:
            self._given_up += left
            self.reason = reason or "the cluster lost some links"

    def take_back(self) -> None:
        """The connection broke: let what is under way be done again."""
        again = [replace(unit, links=left) for unit in self.under_way.values() if (left := self._unsettled(unit))]
        self.ready.extendleft(again)
        self.under_way.clear()

    def left(self) -> Iterator[Numbered | None]:
        """All links that are not settled, and those that were not read yet."""
        yield from self._given_up
        for unit in self.ready:
            yield from self._unsettled(unit)
        for links in self._waiting.values():
            yield from links
        yield from self._source

    def _unsettled(self, unit: Unit) -> tuple[Numbered, ...]:
        return tuple(numbered for numbered in unit.links if numbered[0] in self._open)


class _Session:
    """One connection's work. Units are submitted some at a time: no scheduler should have to hold a list of a million
    links."""

    def __init__(self, cluster: Any, desk: Desk, outlook: Outlook, idle: Callable[[], None] | None) -> None:
        self._cluster = cluster
        self._desk = desk
        self._outlook = outlook
        self._idle = idle
        self._name = f"ppreflist-{uuid.uuid4().hex}"
        self._futures: dict[str, Any] = {}
        self._arrivals: SimpleQueue[Any] = SimpleQueue()
        self._numbers = itertools.count(1)
        self._workers: tuple[str, ...] = ()
        self._dealt: Counter[str] = Counter()
        self._given: dict[str, str] = {}
        self._seen = self._counted = time.monotonic()

    def run(self, context: Context, manner: Manner) -> None:
        """Have everything checked. Raises Lost."""
        try:
            with _reached():
                self._cluster.subscribe_topic(TOPIC, self._hear)
            self._count_workers()
            kit = self._submit("kit", Kit.unpacked, pickle.dumps((context, manner)))
            while not self._desk.is_done:
                self._deal(kit)
                self._receive()
                self._watch()
                if self._idle is not None:
                    self._idle()
        finally:
            try:
                self._drain()
            finally:
                self._release()

    def _deal(self, kit: Any) -> None:
        """Give each worker twice as many units as it may have under way, so that none waits for this process.

        Dask would give most of them to the worker that has the kit, because whoever leaves the pool looks idle. It
        still may, and does when a worker dies, give them to another one.
        """
        desk = self._desk
        while desk.has_ready(len(self._workers)):
            worker = min(self._workers, key=self._dealt.__getitem__, default="")
            if self._dealt[worker] >= 2 * desk.at_once:
                break
            unit = desk.ready.popleft()
            packed = pickle.dumps((unit.links, desk.at_once))
            wish: dict[str, Any] = {"workers": [worker], "allow_other_workers": True} if worker else {}
            future = self._submit(f"unit-{next(self._numbers)}", work, packed, self._name, kit, **wish)
            desk.under_way[future.key] = unit
            self._dealt[worker] += 1
            self._given[future.key] = worker
            future.add_done_callback(self._arrivals.put)

    def _submit(self, name: str, function: Callable[..., Any], *given: Any, **wish: Any) -> Any:
        # A context with the hosts of a very long list is large, which Dask need not remark.
        with _reached(), dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"}):
            future = self._cluster.submit(function, *given, key=f"{self._name}-{name}", pure=False, **wish)
        self._futures[future.key] = future
        return future

    def _hear(self, event: tuple[float, Any]) -> None:
        """Called in Dask's thread, for the events of every run."""
        name, batch = event[1]
        if name == self._name:
            self._arrivals.put(batch)

    def _receive(self) -> None:
        """Take what arrives next, if anything does."""
        try:
            arrived = self._arrivals.get(timeout=_TICK if self._desk.under_way else _TICK / 10)
        except Empty:
            return
        if isinstance(arrived, bytes):
            self._settle(arrived)
        else:
            self._end(arrived)

    def _settle(self, batch: bytes) -> None:
        for place, look in pickle.loads(batch):
            self._desk.settle(place, look)

    def _end(self, future: Any) -> None:
        """A unit has ended, one way or another."""
        if future.status not in ("finished", "error"):
            raise Lost("the cluster went away")
        reason = ""
        if future.status == "error":
            with _reached():
                error = future.exception()
            killed = isinstance(error, distributed.KilledWorker)
            reason = "its workers died again and again" if killed else f"the cluster failed ({type(error).__name__})"
        self._desk.end(future.key, reason)
        del self._futures[future.key]
        self._dealt[self._given.pop(future.key)] -= 1

    def _watch(self) -> None:
        """See now and then whether there are workers. Raises Lost when there have been none for long."""
        now = time.monotonic()
        if now - self._counted >= min(5.0, self._outlook.patience):
            self._counted = now
            self._count_workers()
        if self._workers:
            self._seen = now
        elif now - self._seen > self._outlook.patience:
            raise Lost("the cluster has no workers")

    def _count_workers(self) -> None:
        with _reached():
            self._workers = tuple(self._cluster.nthreads())

    def _drain(self) -> None:
        """Keep what has come by now."""
        while not self._arrivals.empty():
            arrived = self._arrivals.get()
            if isinstance(arrived, bytes):
                self._settle(arrived)

    def _release(self) -> None:
        """Take back what nobody waits for any more; a scheduler that has gone needs no telling."""
        with suppress(Lost), _reached():
            self._cluster.unsubscribe_topic(TOPIC)
            self._cluster.cancel(list(self._futures.values()), force=True)


@contextmanager
def _reached() -> Iterator[None]:
    """Around what is asked of the scheduler: Lost when it cannot be."""
    try:
        yield
    except (OSError, RuntimeError, CancelledError) as error:
        raise Lost("the cluster went away") from error


# In a worker ----------------------------------------------------------------------------------------------------------


class Kit:
    """What the units of a run share in a worker: what is known of the library, and one client with its memory of
    addresses and its TLS context."""

    def __init__(self, context: Context, manner: Manner) -> None:
        self.context = context
        self.manner = manner
        self.client = manner.make_client(manner.settings)

    @classmethod
    def unpacked(cls, packed: bytes) -> Kit:
        return cls(*pickle.loads(packed))

    def __reduce__(self) -> tuple[type[Kit], tuple[Context, Manner]]:
        return Kit, (self.context, self.manner)

    def asker(self, jobs: int, idle: Callable[[], None]) -> Asker:
        return Asker(
            self.context, self.client, jobs=jobs, budget=self.manner.budget, host_budgets=self.manner.host_budgets,
            idle=idle,
        )  # fmt: skip


def work(packed: bytes, name: str, kit: Kit) -> None:
    """Check a unit, and send what is found as events (run, batch of (place, look))."""
    links: tuple[Numbered, ...]
    links, at_once = pickle.loads(packed)
    post = _Post(name, at_once)
    post.look_round()
    two_looks(links, kit.asker(post.share_of(kit.manner.jobs), post.look_round), post.take)
    post.send()


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

    def take(self, place: int, finding: Finding) -> None:
        self._batch.append((place, look_of(finding, 0)))
        self.look_round()

    def look_round(self) -> None:
        """Send what is due, and let the worker begin another unit when it can. Raises Unwanted when nobody waits for
        this one."""
        if self._is_unwanted():
            raise Unwanted(self._key)
        if len(self._batch) >= _BATCH or time.monotonic() - self._sent >= _SECONDS:
            self.send()
        state = self._worker.state
        if self._in_pool and state.executing_count + len(state.long_running) < self._at_once:
            self._in_pool = False
            distributed.secede()

    def send(self) -> None:
        if self._batch:
            self._worker.log_event(TOPIC, [self._name, pickle.dumps(self._batch)])
            self._batch.clear()
        self._sent = time.monotonic()

    def _is_unwanted(self) -> bool:
        task = self._worker.state.tasks.get(self._key)
        if task is None or task.state not in ("executing", "long-running"):
            return True
        return self._worker.status in (Status.closing, Status.closed, Status.failed)
