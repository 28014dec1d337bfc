"""The run: links -> findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ppreflist.links.engine import Budget, Engine
from ppreflist.links.finding import Finding
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.investigate import DOI_SERVICE, Context, investigate, unasked
from ppreflist.links.latex_urls import unescaped
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.verdict import Verdict
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
    progress: Progress | None = None,
) -> Run:
    """Check links by asking. Ctrl-C ends the run with what is known by then."""
    findings: dict[int, Finding] = {}
    engine = Engine(client, jobs=jobs, budget=budget)
    outcomes = engine.drive(investigate(link, context) for link in links)
    interrupted = False

    def take(place: int, result: object) -> None:
        finding = result if isinstance(result, Finding) else _mistake(links[place], result)
        findings[place] = finding
        if progress is not None:
            progress(len(findings), finding)

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
    return Run(tuple(findings[place] for place in sorted(findings)), interrupted)


def _mistake(link: Link, error: object) -> Finding:
    message = f"It could not be checked: a mistake in ppreflist ({type(error).__name__}). Please report it."
    return Finding(link, Verdict.TEMPORARY, message)
