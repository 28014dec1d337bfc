"""Long lists: several processes, each with its own share of the hosts.

One process spends about half a millisecond of processor time on a link, which bounds it to some 2,000 links a second
however many hosts there are. A host belongs to one process, so that its budget holds; only redirects to another host
may leave it (that host is then asked by two processes, each in its own budget).

A process that dies loses nothing: what it had not sent is checked by the parent.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from types import TracebackType
from typing import Final, Self, cast

from ppreflist.links.check import Asker, Progress, Run, Take, collected, two_looks
from ppreflist.links.finding import Finding
from ppreflist.links.hostqueue import Budget
from ppreflist.links.intake import Inflow, Intake, Numbered, bearer
from ppreflist.links.link import Link
from ppreflist.links.memory import Look, look_of, recalled
from ppreflist.links.question import Context
from ppreflist.net.client import Client
from ppreflist.net.settings import Settings

LARGE: Final = 4000
"""Links from which on a second process is worth its start."""
DEALT: Final = 1000
"""Links that a process has, on the average, before it."""
_MOST_OWNED: Final = 4000
_BATCH: Final = 50
_TICK: Final = 0.1

ClientMaker = Callable[[Settings], Client]

_Dealt = tuple[int, Link, bool]
"""A link's place, the link, and whether it is looked at for the second time."""


@dataclass(frozen=True)
class Manner:
    """How each process asks. ``make_client`` is a function of a module, because processes are told its name."""

    settings: Settings
    jobs: int = 256
    budget: Budget | None = None
    host_budgets: Mapping[str, Budget] | None = None
    make_client: ClientMaker = Client

    def asker(self, context: Context, idle: Callable[[], None] | None = None) -> Asker:
        """One that asks in this manner, in this process."""
        return Asker(
            context, self.make_client(self.settings), jobs=self.jobs, budget=self.budget,
            host_budgets=self.host_budgets, idle=idle,
        )  # fmt: skip


def check_shared(
    links: Sequence[Link], context: Context, manner: Manner, *, processes: int, progress: Progress | None = None
) -> Run:
    """Check the links of a list that is in memory in several processes. Ctrl-C as for ``check``."""
    return collected(
        links, lambda numbered, take: stream_shared(numbered, context, manner, take, processes=processes), progress
    )


def stream_shared(
    links: Iterable[Numbered | None], context: Context, manner: Manner, take: Take, *, processes: int,
    idle: Callable[[], None] | None = None,
) -> bool:  # fmt: skip
    """Check links as they come, in several processes or in this one alone, as ``two_looks`` does; whether it was
    interrupted. ``idle`` is called now and then while nothing is settled."""
    if processes < 2:
        return two_looks(links, manner.asker(context, idle), take)
    with Crew(context, manner, processes, idle) as crew:
        return two_looks(links, crew, take)


class Crew:
    """Processes that look at links, and the parent's side of it; a context manager.

    Links are dealt out as they come: a host's to the process that had it last, else to the one with the least to do.
    What was dealt and is not answered is known, so that the links of a process that dies can be looked at here.
    """

    def __init__(
        self, context: Context, manner: Manner, processes: int, idle: Callable[[], None] | None = None
    ) -> None:  # fmt: skip
        self._context = context
        self._manner = manner
        self._processes = processes
        self._idle = idle
        self._workers: list[_Worker] = []
        self._owners: dict[str, _Worker] = {}
        self._own: Asker | None = None

    def __enter__(self) -> Self:
        try:
            for _ in range(self._processes):
                self._workers.append(_Worker(self._context, self._manner))
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()

    def __call__(self, intake: Intake, take: Take, is_second: Callable[[int], bool]) -> None:
        reading = True
        while self._workers:
            reading = reading and self._deal(intake, is_second)
            if not reading and not any(worker.dealt for worker in self._workers):
                break
            lost = self._answers(intake, take)
            if lost:
                # At once: the second looks at these hosts wait for it.
                self._asker()(Intake(lost), take, is_second)
            if self._idle is not None:
                self._idle()
        for worker in self._workers:
            worker.send(None)
        if not self._workers:
            self._asker()(intake, take, is_second)

    def _asker(self) -> Asker:
        """One that asks in the parent."""
        if self._own is None:
            self._own = self._manner.asker(self._context, self._idle)
        return self._own

    def _deal(self, intake: Intake, is_second: Callable[[int], bool]) -> bool:
        """Deal out links as long as there are some and the processes have room; whether there may be more."""
        hands: defaultdict[_Worker, list[_Dealt]] = defaultdict(list)
        more = True
        for _ in range(DEALT * len(self._workers) - len(intake.open)):
            try:
                numbered = next(intake)
            except StopIteration:
                more = False
                break
            if numbered is None:
                break
            place, link = numbered
            worker = self._owner(bearer(link), intake)
            worker.dealt.add(place)
            hands[worker].append((place, link, is_second(place)))
            if len(hands[worker]) == _BATCH:
                worker.send(hands.pop(worker))
        for worker, hand in hands.items():
            worker.send(hand)
        return more

    def _owner(self, host: str, intake: Intake) -> _Worker:
        worker = self._owners.pop(host, None)
        if worker is None or worker not in self._workers:
            worker = min(self._workers, key=lambda each: len(each.dealt))
        self._owners[host] = worker
        if len(self._owners) > _MOST_OWNED:
            oldest = next(iter(self._owners))
            owner = self._owners.pop(oldest)
            if intake.has_open(oldest):
                self._owners[oldest] = owner
        return worker

    def _answers(self, intake: Intake, take: Take) -> list[Numbered]:
        """Take what the processes have sent; the links that one had which has died."""
        lost: list[Numbered] = []
        receivers = {worker.results: worker for worker in self._workers}
        for ready in wait(list(receivers), timeout=_TICK):
            receiver = cast(Connection, ready)
            worker = receivers[receiver]
            try:
                batch: list[tuple[int, Look]] = receiver.recv()
            except (EOFError, OSError):
                self._workers.remove(worker)
                worker.process.join()
                lost += [(place, intake.settled(place)) for place in sorted(worker.dealt)]
                continue
            for place, look in batch:
                worker.dealt.discard(place)
                take(place, recalled(intake.settled(place), look))
        return lost


class _Worker:
    """A process as the parent sees it: ``dealt`` holds the places of the links that it has not answered, ``results``
    gives its answers. Orders are sent by a thread, because a full pipe would hold up whoever takes the answers, and so
    is the context: as an argument of the process it would be waited for until the process has started."""

    def __init__(self, context: Context, manner: Manner) -> None:
        spawning = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
        orders, self._orders = spawning.Pipe(duplex=False)
        self.results, results = spawning.Pipe(duplex=False)
        self.dealt: set[int] = set()
        self.process = spawning.Process(target=_work, args=(orders, results, manner), daemon=True)
        self.process.start()
        orders.close()
        results.close()
        self._hands: SimpleQueue[Context | list[_Dealt] | None] = SimpleQueue()
        self._hands.put(context)
        threading.Thread(target=self._feed, name="dealing", daemon=True).start()

    def send(self, hand: list[_Dealt] | None) -> None:
        """Send links; None says that these were all."""
        self._hands.put(hand)

    def _feed(self) -> None:
        with contextlib.suppress(OSError):  # it has died, which its results tell
            while True:
                self._orders.send(self._hands.get())


def _work(orders: Connection, results: Connection, manner: Manner) -> None:
    """One process: look at what is dealt, and send what was found in batches of (place, look)."""
    # Ctrl-C reaches every process of the terminal; the parent decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        context: Context = orders.recv()
    except EOFError:
        return  # the parent was killed
    batch: list[tuple[int, Look]] = []
    again: set[int] = set()
    since = 0.0

    def take(place: int, finding: Finding) -> None:
        nonlocal since
        if not batch:
            since = time.monotonic()
        batch.append((place, look_of(finding, 0)))
        again.discard(place)
        if len(batch) >= _BATCH or time.monotonic() - since > _TICK:
            send()

    def send() -> None:
        if batch:
            results.send(batch)
            batch.clear()

    asker = manner.asker(context, idle=send)
    asker(Intake(_dealt(orders, again), of_host=sys.maxsize), take, again.__contains__)
    send()
    results.close()


def _dealt(orders: Connection, again: set[int]) -> Iterator[Numbered | None]:
    """The links that the parent deals out; the places of those for a second look are put into ``again``."""

    def hands() -> Iterator[list[_Dealt]]:
        try:
            while (hand := orders.recv()) is not None:
                yield hand
        except EOFError:
            os._exit(1)  # the parent was killed: nobody wants to know any more

    for hand in Inflow(hands(), most=sys.maxsize):
        if hand is None:
            yield None
            continue
        for place, link, is_second in hand:
            if is_second:
                again.add(place)
            yield place, link
