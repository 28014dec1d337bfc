"""One run of check-links: whose links, how they are asked, what came of it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ppreflist.cli.config import Config
from ppreflist.cli.findings import plural
from ppreflist.cli.linknotices import knowing_notices
from ppreflist.cli.linkwishes import DELAY, JOBS, TIMEOUT, Wishes
from ppreflist.cli.options import find_library
from ppreflist.cli.output import note
from ppreflist.cli.remembering import Memory
from ppreflist.errors import ClusterUnusable
from ppreflist.resolve.services import CROSSREF, DOI_ORG

if TYPE_CHECKING:
    from ppreflist.links.check import Progress, Run
    from ppreflist.links.engine import Budget
    from ppreflist.links.finding import Finding
    from ppreflist.links.link import Link
    from ppreflist.links.policy import Policy
    from ppreflist.links.question import Context
    from ppreflist.links.shares import Manner as SharedManner
    from ppreflist.model.entry import Entry
    from ppreflist.net.settings import Settings

_MOST_PROCESSES: Final = 4


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
        from ppreflist.links.engine import Budget

        return Budget(gap=self.delay)

    def host_budgets(self) -> Mapping[str, Budget]:
        from ppreflist.links.engine import HOST_BUDGETS

        found = {}
        for host, rule in self.config.hosts.items():
            usual = HOST_BUDGETS.get(host, self.budget())
            lanes = usual.lanes if rule.lanes is None else rule.lanes
            gap = usual.gap if rule.delay is None else rule.delay
            found[host] = replace(usual, lanes=lanes, gap=gap)
        return found


@dataclass(frozen=True)
class Source:
    """Whose links. ``path`` is the library, None for documents; ``everything`` holds its links beyond those that are
    checked, because its hosts tell how hosts are written; ``scope`` names the selection in the history."""

    links: Sequence[Link]
    everything: Sequence[Link]
    name: str
    scope: Sequence[str]
    path: Path | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def titles(self) -> Mapping[str, str]:
        return {key: entry.text("title") for key, entry in self.entries.items()}


def source_of(
    terms: Sequence[str], documents: Sequence[str], library: str | None, tag: Sequence[str], manner: Manner,
    policy: Policy,
) -> Source:  # fmt: skip
    """The links of entries, or of documents."""
    from ppreflist.cli.linkfiles import links_of_documents
    from ppreflist.cli.opening import opened
    from ppreflist.cli.selection import select
    from ppreflist.links.collect import links_of
    from ppreflist.net.client import Client

    if documents:
        links = policy.wanted(links_of_documents(documents, Client(manner.settings())))
        return Source(links, links, ", ".join(documents), ["documents", *documents])
    path = find_library(library)
    found = opened(str(path))
    entries = select(found, terms, tag)
    links = list(links_of(entries))
    everything = list(links_of(found)) if terms or tag else links
    scope = [str(path.resolve()), *terms, *(f"tag:{each}" for each in tag)]
    by_key = {entry.key: entry for entry in entries}
    return Source(policy.wanted(links), everything, path.name, scope, path, by_key)


def checked(source: Source, known: Mapping[int, Finding], manner: Manner, memory: Memory, *, quiet: bool) -> Run:
    """Check the links of a source; ``known`` are findings, by place, for links that need not be asked."""
    from ppreflist.cli.progress import progress
    from ppreflist.links.check import Run, context_of, look_over
    from ppreflist.links.shares import Manner as SharedManner
    from ppreflist.links.shares import check_shared

    if manner.dask:
        _require_dask()
    context = context_of(source.everything, DOI_ORG.address(os.environ))
    if manner.offline:
        return look_over(source.links, context)
    if manner.crossref:
        wanted = (link for place, link in enumerate(source.links) if place not in known)
        context = knowing_notices(context, wanted, manner.settings(), CROSSREF.address(os.environ), quiet=quiet)
    if known:
        note(f"{plural(len(known), 'link')} not asked again: seen to work lately, or in the run that was stopped.")
    asked = [place for place in range(len(source.links)) if place not in known]
    with progress("Checking links", len(asked), quiet=quiet) as step:

        def learn(done: int, finding: Finding) -> None:
            memory.learn(finding)
            step(done)

        links = [source.links[place] for place in asked]
        shared = SharedManner(manner.settings(), manner.jobs, manner.budget(), manner.host_budgets())
        if manner.dask:
            run = _on_cluster(links, context, shared, manner.dask, learn)
        else:
            run = check_shared(links, context, shared, processes=manner.shared_by(len(asked)), progress=learn)
    memory.end(interrupted=run.interrupted)
    if run.interrupted:
        return Run((*known.values(), *run.findings), interrupted=True)
    merged = {**known, **dict(zip(asked, run.findings, strict=True))}
    return Run(tuple(merged[place] for place in sorted(merged)))


def _require_dask() -> None:
    """ClusterUnusable when Dask is not installed."""
    if find_spec("distributed") is None:
        raise ClusterUnusable("--dask needs the package distributed", hint="pip install 'ppreflist[dask]'")


def _on_cluster(
    links: Sequence[Link], context: Context, manner: SharedManner, address: str, learn: Progress
) -> Run:  # fmt: skip
    from ppreflist.links.cluster import check_clustered

    return check_clustered(links, context, manner, address, progress=learn, say=note)


