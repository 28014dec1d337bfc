"""What the user wants checked, and what the user takes for fine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ppreflist.links.finding import Finding, readable
from ppreflist.links.hosts import host_of
from ppreflist.links.link import Link
from ppreflist.links.verdict import Verdict

_BY_STATUS = frozenset({Verdict.NOT_FOUND, Verdict.GONE, Verdict.REFUSED, Verdict.TEMPORARY})


@dataclass(frozen=True)
class Policy:
    """``include`` and ``exclude`` are regular expressions, searched for in a link as readers read it: with ``include``
    one of them must be found, none of ``exclude`` may be. ``accept`` holds HTTP statuses that are fine, ``accept_from``
    those that are fine from one host."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    accept: frozenset[int] = frozenset()
    accept_from: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def wanted(self, links: Iterable[Link]) -> list[Link]:
        """The links that are to be checked."""
        return list(filter(self.wants(), links))

    def wants(self) -> Callable[[Link], bool]:
        """Whether a link is to be checked, as a function."""
        include = [re.compile(pattern) for pattern in self.include]
        exclude = [re.compile(pattern) for pattern in self.exclude]

        def is_wanted(link: Link) -> bool:
            address = readable(link)
            included = not include or any(pattern.search(address) for pattern in include)
            return included and not any(pattern.search(address) for pattern in exclude)

        return is_wanted if include or exclude else lambda link: True

    def applied(self, finding: Finding) -> Finding:
        """The finding, or that all is well when its status is accepted."""
        if finding.verdict in _BY_STATUS and (
            finding.status in self.accept
            or (self.accept_from and finding.status in self.accept_from.get(host_of(finding.asked or finding.url), ()))
        ):
            who = "It" if finding.asked else "Not asked: its host"
            message = f"{who} answers with status {finding.status}, which is accepted here."
            return replace(finding, verdict=Verdict.OK, message=message, fix=None, safe=False)
        return finding
