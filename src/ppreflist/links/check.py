"""The run: links -> findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ppreflist.links.engine import HOST_BUDGETS, Budget, Engine
from ppreflist.links.finding import Finding
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.investigate import DOI_SERVICE, Context, Investigation, investigate, unasked
from ppreflist.links.latex_urls import unescaped
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.verdict import DEAD, MISTAKE, Verdict
from ppreflist.net.client import Client

Progress = Callable[[int, Finding], None]
"""Told how many links are done, and of the last one."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found, in the order of the links. ``interrupted``: it was stopped, and links are missing."""

    findings: tuple[Finding, ...]
    interrupted: bool = False


def context_of(links: Sequence[Link], doi_service: str = DOI_SERVICE) -> Context:
    """What is known of the library as a whole: the hosts that it cites."""
    hosts = KnownHosts(unescaped(link.written).strip() for link in links if link.kind is LinkKind.URL)
    return Context(hosts, doi_service)


def look_over(links: Sequence[Link], context: Context) -> Run:
    """Check links without a network."""
    return Run(tuple(unasked(link, context) for link in links))


def check(
    links: Sequence[Link],
    context: Context,
    client: Client,
    *,
    jobs: int = 128,
    budget: Budget | None = None,
    host_budgets: Mapping[str, Budget] | None = None,
    progress: Progress | None = None,
) -> Run:
    """Check links by asking, and ask those that failed once more at the end, more slowly, before any is called dead.

    ``host_budgets`` are for single hosts, before those that are known. ``progress`` is told of a link once it is
    settled. Ctrl-C ends the run with what is known by then.
    """
    findings: dict[int, Finding] = {}
    pending: list[int] = []
    settled = 0
    interrupted = False
    host_budgets = {**HOST_BUDGETS, **(host_budgets or {})}

    def settle(place: int) -> None:
        nonlocal settled
        settled += 1
        if progress is not None:
            progress(settled, findings[place])

    def first(place: int, result: object) -> None:
        findings[place] = result if isinstance(result, Finding) else _mistake(links[place], result)
        if deserves_another_look(findings[place]):
            pending.append(place)
        else:
            settle(place)

    def second(number: int, result: object) -> None:
        place = pending[number]
        if isinstance(result, Finding) and result.verdict is not Verdict.OFFLINE:
            findings[place] = result
        again.discard(number)
        settle(place)

    budget = budget or Budget()
    engine = Engine(client, jobs=jobs, budget=budget, host_budgets=host_budgets)
    interrupted = _driven(engine, (investigate(link, context) for link in links), first)
    again = set(range(len(pending)))
    if pending and not interrupted:
        slower = replace(budget, lanes=1, gap=SLOWER * budget.gap)
        engine = Engine(client, jobs=jobs, budget=slower, host_budgets=host_budgets)
        interrupted = _driven(engine, (investigate(links[place], context) for place in pending), second)
    for number in sorted(again):
        settle(pending[number])
    return Run(tuple(findings[place] for place in sorted(findings)), interrupted)


def _driven(engine: Engine, investigations: Iterable[Investigation], take: Callable[[int, object], None]) -> bool:
    """Drive investigations to their ends; whether they were interrupted."""
    outcomes = engine.drive(investigations)
    interrupted = False
    try:
        for place, result in outcomes:
            take(place, result)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        outcomes.close()
    if interrupted:
        for place, result in engine.ended():
            take(place, result)
    return interrupted


SLOWER = 5
"""How much longer a host is left in peace between two questions at the second look."""


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


def _mistake(link: Link, error: object) -> Finding:
    message = f"{MISTAKE} ({type(error).__name__}). Please report it."
    return Finding(link, Verdict.TEMPORARY, message)
