"""The run: links -> findings."""

from __future__ import annotations

import itertools
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ppreflist.links.engine import Engine
from ppreflist.links.finding import Finding, readable
from ppreflist.links.hostqueue import HOST_BUDGETS, Budget
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.intake import Intake, Numbered, bearer
from ppreflist.links.investigate import DOI_SERVICE, Context, Investigation, investigate, unasked
from ppreflist.links.latex_urls import unescaped
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.spool import Spool
from ppreflist.links.verdict import DEAD, MISTAKE, Verdict
from ppreflist.net.client import Client

Progress = Callable[[int, Finding], None]
"""Told how many links are done, and of the last one."""

Take = Callable[[int, Finding], None]
"""Told a link's place and what became of it."""

OPEN = 2000
"""Links that are looked into at one time. Each costs a few kilobytes until it is settled."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found, in the order of the links. ``interrupted``: it was stopped, and links are missing."""

    findings: tuple[Finding, ...]
    interrupted: bool = False


def context_of(
    links: Iterable[Link], doi_service: str = DOI_SERVICE, counted: Mapping[str, int] | None = None
) -> Context:
    """What is known of the library as a whole: the hosts that it cites. ``counted`` are hosts of further links, with
    how often each is cited."""
    urls = (unescaped(link.written).strip() for link in links if link.kind is LinkKind.URL)
    return Context(KnownHosts(urls, counted=counted), doi_service)


def look_over(links: Iterable[Link], context: Context) -> Run:
    """Check links without a network."""
    return Run(tuple(unasked(link, context) for link in links))


def check(
    links: Sequence[Link],
    context: Context,
    client: Client,
    *,
    jobs: int = 256,
    budget: Budget | None = None,
    host_budgets: Mapping[str, Budget] | None = None,
    progress: Progress | None = None,
) -> Run:
    """Check the links of a list that is in memory, as ``two_looks`` does. ``progress`` is told of a link once it is
    settled. Ctrl-C ends the run with what is known by then."""
    asker = Asker(context, client, jobs=jobs, budget=budget, host_budgets=host_budgets)
    return collected(links, lambda numbered, take: two_looks(numbered, asker, take), progress)


def collected(
    links: Iterable[Link], checking: Callable[[Iterable[Numbered], Take], bool], progress: Progress | None = None
) -> Run:
    """What a way of ``checking`` finds, in the order of the links."""
    findings: dict[int, Finding] = {}

    def take(place: int, finding: Finding) -> None:
        findings[place] = finding
        if progress is not None:
            progress(len(findings), finding)

    interrupted = checking(alike_together(enumerate(links)), take)
    return Run(tuple(findings[place] for place in sorted(findings)), interrupted)


def alike_together(links: Iterable[Numbered]) -> list[Numbered]:
    """The links, those of one address behind one another: then it is asked once, however long the list is."""
    first: dict[str, int] = {}
    numbered = list(links)
    for place, link in numbered:
        first.setdefault(readable(link), place)
    return sorted(numbered, key=lambda each: first[readable(each[1])])


def two_looks(links: Iterable[Numbered | None], ask: Asking, take: Take) -> bool:
    """Check links, any number of them, as they come; whether it was interrupted by Ctrl-C.

    ``take`` is told of each link once it is settled: at once when it works, else after a second, slower look when all
    others have been asked, before it is called dead. Memory does not grow with the list: what waits for its second look
    waits on disk. A link may be None where the list has none ready for the moment (see ``Intake``).
    """
    with Spool() as failed:
        looks = _Looks(links, failed, take)
        try:
            ask(Intake(looks), looks.take, failed.has_out)
        except KeyboardInterrupt:
            for place, finding in failed.left():
                take(place, _seen_once(finding))
            return True
    return False


class _Looks:
    """The links for both looks, as they may be let in, and what is found: while silent hosts are waited for, the others
    are looked at again."""

    def __init__(self, links: Iterable[Numbered | None], failed: Spool, settle: Take) -> None:
        self._links = links
        self._failed = failed
        self._settle = settle
        self._open_at: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Numbered | None]:
        open_at = self._open_at
        for numbered in self._links:
            if numbered is not None:
                open_at[bearer(numbered[1])] += 1
            yield numbered
        held: deque[Numbered] = deque()  # their hosts are still being asked other things for the first time
        while True:
            ended = not open_at
            for _ in range(len(held)):
                held.append(held.popleft())
                if bearer(held[-1][1]) not in open_at:
                    yield held.pop()
            if len(held) < _MOST_HELD:
                for numbered in self._failed.links():
                    if bearer(numbered[1]) in open_at:
                        held.append(numbered)
                        if len(held) >= _MOST_HELD:
                            break
                    else:
                        yield numbered
            if ended:
                return
            yield None

    def take(self, place: int, finding: Finding) -> None:
        """Settle a link, or put it aside for its second look."""
        if self._failed.has_out(place):
            before = self._failed.take(place)
            self._settle(place, before if finding.verdict is Verdict.OFFLINE else finding)
            return
        host = bearer(finding.link)
        self._open_at[host] -= 1
        if not self._open_at[host]:
            del self._open_at[host]
        if deserves_another_look(finding):
            self._failed.put(place, finding)
        else:
            self._settle(place, finding)


class Asking(Protocol):
    """A way to look at the links of an intake; those that are looked at for the second time (``is_second`` of their
    places) are asked anew, and slower. KeyboardInterrupt is raised when what is known was told."""

    def __call__(self, intake: Intake, take: Take, is_second: Callable[[int], bool]) -> None: ...


class Asker:
    """Asks in this process. ``host_budgets`` are for single hosts, before those that are known; ``idle`` is called now
    and then while nothing is settled."""

    def __init__(
        self,
        context: Context,
        client: Client,
        *,
        jobs: int = 256,
        budget: Budget | None = None,
        host_budgets: Mapping[str, Budget] | None = None,
        idle: Callable[[], None] | None = None,
    ) -> None:
        self._context = context
        self._client = client
        self._jobs = jobs
        self._budget = budget or Budget()
        self._host_budgets = {**HOST_BUDGETS, **(host_budgets or {})}
        self._idle = idle

    def __call__(self, intake: Intake, take: Take, is_second: Callable[[int], bool]) -> None:
        engine = Engine(self._client, jobs=self._jobs, budget=self._budget, host_budgets=self._host_budgets)
        places: dict[int, int] = {}

        def investigations() -> Iterator[Investigation | None]:
            numbers = itertools.count()
            for admitted in intake:
                if admitted is None:
                    yield None
                    continue
                place, link = admitted
                places[next(numbers)] = place
                investigation = investigate(link, self._context)
                yield _again(investigation) if is_second(place) else investigation

        def settle(number: int, result: object) -> None:
            place = places.pop(number)
            link = intake.settled(place)
            take(place, result if isinstance(result, Finding) else _mistake(link, result))

        outcomes = engine.drive(investigations(), window=OPEN, idle=self._idle)
        try:
            for number, result in outcomes:
                settle(number, result)
        except KeyboardInterrupt:
            outcomes.close()
            for number, result in engine.ended():
                settle(number, result)
            raise
        finally:
            outcomes.close()


_MOST_HELD = 1000


def _again(investigation: Investigation) -> Investigation:
    """The same, asking everything anew."""
    try:
        question = next(investigation)
        while True:
            question = investigation.send((yield replace(question, again=True)))
    except StopIteration as end:
        finding: Finding = end.value
        return finding


def deserves_another_look(finding: Finding) -> bool:
    """Whether a link failed in a way that may have been an accident.

    What took its whole time, or asked to be left alone (503), is not asked again: it is not called dead anyway. "Gone"
    and what the registry of identifiers says are final.
    """
    if finding.link.kind is not LinkKind.URL:
        return False
    if finding.verdict is Verdict.TEMPORARY:
        return finding.status >= 500 and finding.status != 503
    return finding.verdict in DEAD - {Verdict.GONE}


def _seen_once(finding: Finding) -> Finding:
    """A failure that nobody looked at again: nothing that a run which goes on may take for granted."""
    message = f"{finding.message} It was not looked at again: the run was stopped."
    return replace(finding, message=message, learnt=False)


def _mistake(link: Link, error: object) -> Finding:
    message = f"{MISTAKE} ({type(error).__name__}). Please report it."
    return Finding(link, Verdict.TEMPORARY, message)
