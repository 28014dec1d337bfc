"""One run of check-links: whose links, how they are asked, what came of it."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ppreflist.cli.config import Config
from ppreflist.cli.linknotices import knowing_notices
from ppreflist.cli.linkwishes import DELAY, JOBS, TIMEOUT, Wishes
from ppreflist.cli.options import find_library
from ppreflist.cli.output import note, plural
from ppreflist.cli.remembering import Memory
from ppreflist.errors import ClusterUnusable, UnknownKey
from ppreflist.resolve.services import CROSSREF, DOI_ORG

if TYPE_CHECKING:
    from ppreflist.cli.linkfiles import Documents
    from ppreflist.cli.linkrows import Ledger
    from ppreflist.links.check import Take
    from ppreflist.links.finding import Finding
    from ppreflist.links.hostqueue import Budget
    from ppreflist.links.intake import Numbered
    from ppreflist.links.link import Link
    from ppreflist.links.policy import Policy
    from ppreflist.links.question import Context
    from ppreflist.links.shares import Manner as SharedManner
    from ppreflist.model.entry import Entry
    from ppreflist.net.settings import Settings

_MOST_PROCESSES: Final = 4
_MOST_HOSTS: Final = 2000
"""Hosts of a list that tell how hosts are written, the most frequent ones."""
_CHUNK: Final = 500
_PAUSE: Final = 0.5
"""Seconds that a pipe is given to begin."""


def policy_of(wishes: Wishes, config: Config) -> Policy:
    """What the user wants checked and takes for fine: by the command line, else by the file of settings."""
    from ppreflist.links.policy import Policy

    return Policy(
        wishes.include or config.include, wishes.exclude or config.exclude, frozenset(wishes.accept) or config.accept,
        {host: rule.accept for host, rule in config.hosts.items() if rule.accept},
    )  # fmt: skip


@dataclass(frozen=True)
class Manner:
    """How to ask, from the command line and the file of settings."""

    offline: bool
    jobs: int
    timeout: float
    delay: float
    allow_private: bool
    config: Config
    processes: int | None = None
    crossref: bool = True
    dask: str | None = None

    @classmethod
    def of(cls, wishes: Wishes, config: Config) -> Manner:
        """What the command line says, else the file of settings, else what is usual."""
        return cls(
            wishes.offline, wishes.jobs or config.jobs or JOBS, wishes.timeout or config.timeout or TIMEOUT,
            next(each for each in (wishes.delay, config.delay, DELAY) if each is not None),
            wishes.allow_private or bool(config.allow_private), config, wishes.processes,
            not wishes.no_crossref and config.crossref is not False, wishes.dask,
        )  # fmt: skip

    def settings(self) -> Settings:
        from ppreflist.net.settings import settings_from

        config = self.config
        settings = settings_from(os.environ, purpose="link check", allow_private=self.allow_private)
        settings = replace(
            settings.with_timeout(self.timeout),
            proxies={**config.proxies, **settings.proxies},
            no_proxy=settings.no_proxy or config.no_proxy or "",
            headers={host: rule.headers for host, rule in config.hosts.items() if rule.headers},
        )
        services = (os.environ.get(each.variable) for each in (DOI_ORG, CROSSREF))
        return settings.trusting(*filter(None, services))

    def shared_by(self, links: int) -> int:
        """How many processes check so many links."""
        from ppreflist.links.shares import LARGE

        if self.processes is not None:
            return self.processes
        return min(os.cpu_count() or 1, _MOST_PROCESSES) if links >= LARGE else 1

    def budget(self) -> Budget:
        from ppreflist.links.hostqueue import Budget

        return Budget(gap=self.delay)

    def host_budgets(self) -> Mapping[str, Budget]:
        from ppreflist.links.hostqueue import HOST_BUDGETS

        found = {}
        for host, rule in self.config.hosts.items():
            usual = HOST_BUDGETS.get(host, self.budget())
            lanes = usual.lanes if rule.lanes is None else rule.lanes
            gap = usual.gap if rule.delay is None else rule.delay
            few = usual.few if rule.lanes is None else 0
            found[host] = replace(usual, lanes=lanes, gap=gap, few=few)
        return found


@dataclass(frozen=True)
class Source:
    """Whose links. ``path`` is the library, None for documents; ``everything`` holds its links beyond those that are
    checked, because its hosts tell how hosts are written; ``scope`` names the selection in the history. ``entries`` are
    there when they are needed beside their ``titles``. ``unread`` counts the places of a library that is checked whole
    which could not be read. ``lists`` are documents of which some are too long to be held:
    then ``links`` is empty."""

    links: Sequence[Link]
    everything: Sequence[Link]
    name: str
    scope: Sequence[str]
    path: Path | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    unread: int = 0
    lists: Documents | None = None

    def context(self) -> Context:
        """What is known of the whole list."""
        from ppreflist.links.check import context_of

        doi_service = DOI_ORG.address(os.environ)
        if self.lists is None:
            return context_of(self.everything, doi_service)
        counted = dict(self.lists.hosts.most_common(_MOST_HOSTS))
        self.lists.hosts.clear()
        return context_of(self.lists.held, doi_service, counted)


def source_of(
    terms: Sequence[str], documents: Sequence[str], library: str | None, tag: Sequence[str], manner: Manner,
    policy: Policy, *, with_entries: bool,
) -> Source:  # fmt: skip
    """The links of entries, or of documents. A library's entries take more memory than its links: they are forgotten
    unless the source is to be had ``with_entries``."""
    from ppreflist.cli.linkfiles import Documents, no_document
    from ppreflist.cli.opening import opened, skimmed, unread
    from ppreflist.cli.selection import select
    from ppreflist.links.collect import links_of
    from ppreflist.net.client import Client

    if documents:
        found = Documents(documents, Client(manner.settings()), policy.wants())
        scope = ["documents", *documents]
        name = ", ".join(documents)
        if found.are_held:
            return Source(found.held, found.held, name, scope)
        return Source((), (), name, scope, lists=found)
    path = find_library(library)
    scope = [str(path.resolve()), *terms, *(f"tag:{each}" for each in tag)]
    titles: dict[str, str] = {}
    if not (terms or tag or with_entries):
        reading = skimmed(path)
        links = list(links_of(_entitled(reading.entries, titles)))
        return Source(policy.wanted(links), links, path.name, scope, path, titles, unread=len(unread(reading)))
    opening = opened(str(path))
    try:
        entries = select(opening, terms, tag)
    except UnknownKey as error:
        error.hint = " ".join(filter(None, [no_document(terms[0]) if len(terms) == 1 else "", error.hint]))
        raise
    links = list(links_of(_entitled(entries, titles)))
    everything = list(links_of(opening)) if terms or tag else links
    by_key = {entry.key: entry for entry in entries} if with_entries else {}
    lost = 0 if terms or tag else len(unread(opening))
    return Source(policy.wanted(links), everything, path.name, scope, path, titles, by_key, lost)


def _entitled(entries: Iterable[Entry], titles: dict[str, str]) -> Iterator[Entry]:
    """The entries as they pass by; their titles are noted."""
    for entry in entries:
        titles[entry.key] = entry.text("title")
        yield entry


def checked(source: Source, manner: Manner, memory: Memory, ledger: Ledger, *, quiet: bool) -> bool:
    """Check the links of a source, and enter what was found into the ledger; whether it was interrupted."""
    from ppreflist.cli.progress import progress
    from ppreflist.links.check import alike_together

    if manner.dask:
        _require_dask()
    context = source.context()
    lists = source.lists
    flow: Iterable[Numbered | None]
    if lists is None:
        # What is known is told first, so that only the others are counted and looked up beforehand.
        unknown = [each for each in _unknown(enumerate(source.links), memory, ledger) if each is not None]
        flow = alike_together(unknown)
        total: int | None = len(unknown)
        asked = [link for _, link in unknown]
    else:
        flow, total, asked = _unknown(_numbered(lists.links()), memory, ledger), lists.total, []
    if manner.crossref and not manner.offline:
        context = knowing_notices(context, asked, manner.settings(), CROSSREF.address(os.environ), quiet=quiet)
    recalled = ledger.recalled if lists is None else 0
    with progress("Checking links", total, quiet=quiet) as step:

        def take(place: int, finding: Finding) -> None:
            ledger.enter(place, finding)
            step(ledger.entered - recalled)

        try:
            interrupted = _ask(flow, total, context, manner, take, ledger.tick)
        except KeyboardInterrupt:
            interrupted = True
        finally:
            ledger.write()
    if ledger.recalled:
        count = plural(ledger.recalled, "link")
        note(f"{count} not asked again: seen to work lately, or asked before in this run.")
    memory.end(interrupted=interrupted)
    return interrupted


def _ask(
    flow: Iterable[Numbered | None], total: int | None, context: Context, manner: Manner, take: Take,
    idle: Callable[[], None],
) -> bool:  # fmt: skip
    """Check links as they come; whether it was interrupted."""
    from ppreflist.links.investigate import unasked
    from ppreflist.links.shares import Manner as SharedManner
    from ppreflist.links.shares import stream_shared

    if manner.offline:
        for numbered in flow:
            if numbered is not None:
                take(numbered[0], unasked(numbered[1], context))
        return False
    shared = SharedManner(manner.settings(), manner.jobs, manner.budget(), manner.host_budgets())
    if manner.dask:
        return _on_cluster(flow, context, shared, manner.dask, take, idle)
    if total is None and manner.processes is None:
        flow, total = _begun(flow)
    return stream_shared(flow, context, shared, take, processes=manner.shared_by(total or 0), idle=idle)


def _begun(flow: Iterable[Numbered | None]) -> tuple[Iterable[Numbered | None], int]:
    """What comes through a pipe, and how many links came at once: as many as are worth several processes, or all that
    came before a pause."""
    from ppreflist.links.shares import LARGE

    source = iter(flow)
    first: list[Numbered] = []
    until = time.monotonic() + _PAUSE
    for numbered in source:
        if numbered is not None:
            first.append(numbered)
            if len(first) >= LARGE:
                break
        elif time.monotonic() > until:
            break
        else:
            time.sleep(_PAUSE / 20)
    return itertools.chain(first, source), len(first)


def _numbered(links: Iterable[Link | None]) -> Iterator[Numbered | None]:
    places = itertools.count()
    for link in links:
        yield None if link is None else (next(places), link)


def _unknown(links: Iterable[Numbered | None], memory: Memory, ledger: Ledger) -> Iterator[Numbered | None]:
    """The links that must be asked; what is known of the others is entered into the ledger."""
    if not memory.recalls:
        yield from links
        return
    chunk: list[Numbered] = []

    def sifted() -> list[Numbered]:
        found = list(zip(chunk, memory.recall([link for _, link in chunk]), strict=True))
        chunk.clear()
        ledger.recall([(numbered[0], *known) for numbered, known in found if known is not None])
        return [numbered for numbered, known in found if known is None]

    for numbered in links:
        if numbered is not None:
            chunk.append(numbered)
        if numbered is None or len(chunk) == _CHUNK:
            yield from sifted()
        if numbered is None:
            yield None
    yield from sifted()


def _require_dask() -> None:
    """ClusterUnusable when Dask is not installed."""
    if find_spec("distributed") is None:
        raise ClusterUnusable("--dask needs the package distributed", hint="pip install 'ppreflist[dask]'")


def _on_cluster(
    flow: Iterable[Numbered | None], context: Context, manner: SharedManner, address: str, take: Take,
    idle: Callable[[], None],
) -> bool:  # fmt: skip
    from ppreflist.links.cluster import stream_clustered

    return stream_clustered(flow, context, manner, take, address, idle=idle, say=note)
