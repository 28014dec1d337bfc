"""Long lists: several processes, each with its own share of the hosts.

One process spends about a millisecond of processor time on a request, which bounds it to some 1,000 links a second
however many hosts there are. A host belongs to one process, so that its budget holds; only redirects to another host
may leave it (that host is then asked by two processes, each in its own budget).

A process that dies loses nothing: what it had not sent is checked by the parent.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Final, cast

from ppreflist.links.check import Progress, Run, check
from ppreflist.links.engine import Budget
from ppreflist.links.finding import Finding
from ppreflist.links.hosts import host_of
from ppreflist.links.latex_urls import unescaped
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.memory import Look, look_of, recalled
from ppreflist.links.question import Context
from ppreflist.net.client import Client
from ppreflist.net.settings import Settings

LARGE: Final = 4000
"""Links from which on a second process is worth its start."""
_BATCH: Final = 50

ClientMaker = Callable[[Settings], Client]


@dataclass(frozen=True)
class Manner:
    """How each process asks. ``make_client`` is a function of a module, because processes are told its name."""

    settings: Settings
    jobs: int = 128
    budget: Budget | None = None
    host_budgets: Mapping[str, Budget] | None = None
    make_client: ClientMaker = Client


def by_host(links: Sequence[Link]) -> list[list[int]]:
    """The places of the links of each host, the host with most links first. Identifiers count as links of doi.org,
    where most of them are asked."""
    hosts: defaultdict[str, list[int]] = defaultdict(list)
    for place, link in enumerate(links):
        is_url = link.kind is LinkKind.URL
        hosts[host_of(unescaped(link.written).strip()) if is_url else "doi.org"].append(place)
    return sorted(hosts.values(), key=len, reverse=True)


def shares(links: Sequence[Link], count: int) -> list[list[int]]:
    """The places of the links in at most ``count`` shares: all links of a host in one, the shares about equal."""
    found: list[list[int]] = [[] for _ in range(count)]
    for places in by_host(links):
        min(found, key=len).extend(places)
    return [sorted(share) for share in found if share]


def check_shared(
    links: Sequence[Link], context: Context, manner: Manner, *, processes: int, progress: Progress | None = None
) -> Run:
    """Check links in several processes; in this one alone when there is but one share. Ctrl-C as for ``check``."""
    findings: dict[int, Finding] = {}

    def take(place: int, finding: Finding) -> None:
        findings[place] = finding
        if progress is not None:
            progress(len(findings), finding)

    parts = shares(links, processes) if processes > 1 else []
    if len(parts) > 1:
        try:
            _drive(links, parts, context, manner, take)
        except KeyboardInterrupt:
            return Run(tuple(findings[place] for place in sorted(findings)), interrupted=True)
    return completed(links, findings, context, manner, progress)


def completed(
    links: Sequence[Link], findings: dict[int, Finding], context: Context, manner: Manner, progress: Progress | None
) -> Run:  # fmt: skip
    """The run whose ``findings`` are known by place, once this process has checked the links that are missing there."""
    left = [place for place in range(len(links)) if place not in findings]
    if not left:
        return Run(tuple(findings[place] for place in range(len(links))))
    before = len(findings)
    rest = check(
        [links[place] for place in left], context, manner.make_client(manner.settings), jobs=manner.jobs,
        budget=manner.budget, host_budgets=manner.host_budgets,
        progress=None if progress is None else lambda done, finding: progress(before + done, finding),
    )  # fmt: skip
    if rest.interrupted:
        return Run((*findings.values(), *rest.findings), interrupted=True)
    findings |= dict(zip(left, rest.findings, strict=True))
    return Run(tuple(findings[place] for place in range(len(links))))


def _drive(
    links: Sequence[Link], parts: Sequence[Sequence[int]], context: Context, manner: Manner,
    take: Callable[[int, Finding], None],
) -> None:  # fmt: skip
    """Start the processes and take what they send until all have ended."""
    spawning = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
    running = []
    receivers: dict[Connection, Sequence[int]] = {}
    try:
        for part in parts:
            receiver, sender = spawning.Pipe(duplex=False)
            share = [links[place] for place in part]
            process = spawning.Process(target=_work, args=(sender, share, context, manner), daemon=True)
            process.start()
            sender.close()
            running.append(process)
            receivers[receiver] = part
        while receivers:
            for ready in wait(list(receivers), timeout=0.5):
                receiver = cast(Connection, ready)
                try:
                    batch: list[tuple[int, Look]] = receiver.recv()
                except (EOFError, OSError):
                    del receivers[receiver]
                    continue
                for number, look in batch:
                    place = receivers[receiver][number]
                    take(place, recalled(links[place], look))
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.join()


def _work(sender: Connection, links: Sequence[Link], context: Context, manner: Manner) -> None:
    """One process: check a share, and send the findings in batches as (number in the share, look)."""
    # Ctrl-C reaches every process of the terminal; the parent decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    for number, link in enumerate(links):
        numbers[id(link)].append(number)
    batch: list[tuple[int, Look]] = []

    def send(done: int, finding: Finding) -> None:
        batch.append((numbers[id(finding.link)].pop(), look_of(finding, 0)))
        if len(batch) >= _BATCH or done == len(links):
            sender.send(batch)
            batch.clear()

    check(
        links, context, manner.make_client(manner.settings), jobs=manner.jobs, budget=manner.budget,
        host_budgets=manner.host_budgets, progress=send,
    )  # fmt: skip
    sender.close()
