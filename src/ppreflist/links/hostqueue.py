"""One host as the engine sees it: what is to be asked of it, how much it is asked to bear, and how it has fared."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from ppreflist.links.cookies import Cookies
from ppreflist.links.question import Question
from ppreflist.net.answer import Answer, Hop
from ppreflist.net.channel import Channel
from ppreflist.net.failure import Failure, FailureKind

TRIPPED = 3
"""After so many connections in a row that failed, a host's other addresses are taken to fail alike."""

SILENT = 2
"""After so many time-outs in a row, too."""

SLOW = 1.0
MORE_LANES = 1
"""A host that has not answered for so many seconds may be asked so many things beside."""

SLOWER = 5
"""How much longer a host is left in peace between two questions when it is asked again."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What one host is asked to bear: ``lanes`` requests at once once it has more than ``few`` addresses (one until
    then), and ``gap`` seconds from the start of one request to the start of the next."""

    lanes: int = 2
    gap: float = 0.1
    few: int = 20


HOST_BUDGETS = {
    "doi.org": Budget(lanes=4, gap=0.05, few=0),
    # https://info.arxiv.org/help/api/tou.html: one request every three seconds
    "arxiv.org": Budget(lanes=1, gap=3.0),
    "export.arxiv.org": Budget(lanes=1, gap=3.0),
    "web.archive.org": Budget(lanes=1, gap=1.5),
    # https://www.crossref.org/blog/announcing-changes-to-rest-api-rate-limits/: one list a second
    "api.crossref.org": Budget(lanes=1, gap=1.0),
    # https://www.ncbi.nlm.nih.gov/books/NBK25497/: three requests a second without a key
    "pubmed.ncbi.nlm.nih.gov": Budget(lanes=1, gap=0.34),
    "pmc.ncbi.nlm.nih.gov": Budget(lanes=1, gap=0.34),
}
"""Services that say, or are known, how much they bear."""


@dataclass(slots=True)
class Task:
    """One question on its way: where it has got to, and what it has cost."""

    question: Question
    url: str
    hops: list[Hop] = field(default_factory=list)
    tries: int = 0
    spent: float = 0.0
    started: float = 0.0
    cookies: Cookies = field(default_factory=Cookies)
    seen: set[tuple[str, str]] = field(default_factory=set)


class Host:
    """One host: what is to be asked of it, and how. Failures are counted by origin: http may be closed, https open."""

    __slots__ = (
        "asked", "budget", "channels", "due", "failures", "in_flight", "later", "lost", "name", "queue", "ready_at",
        "slow", "started",
    )  # fmt: skip

    def __init__(self, name: str, budget: Budget) -> None:
        self.name = name
        self.budget = budget
        self.queue: deque[Task] = deque()
        self.later: list[tuple[float, int, Task]] = []
        self.ready_at = 0.0
        self.started = 0.0
        self.in_flight = 0
        self.asked = 0  # so many times
        self.failures: Counter[str] = Counter()
        self.lost: dict[str, Answer | Failure] = {}
        self.channels: list[Channel] = []
        self.slow = False  # it is being asked again
        self.due: float | None = None  # when the engine's heap will offer it

    @property
    def lanes(self) -> int:
        return self.budget.lanes if self.asked + len(self.queue) > self.budget.few else 1

    def next_at(self) -> float | None:
        """When it may next be asked something, or None when there is nothing, or nothing until an answer comes.

        A host that keeps its lanes waiting gets one more, so that its other addresses need not wait for the time-out
        of the first; but once something failed there, what is under way is waited for.
        """
        if self.queue:
            at = self.ready_at
        elif self.later:
            at = max(self.ready_at, self.later[0][0])
        else:
            return None
        if self.in_flight and any(self.failures.values()):
            return None
        if self.in_flight < self.lanes:
            return at
        return max(at, self.started + SLOW) if self.in_flight < self.lanes + MORE_LANES else None

    def next_task(self, now: float) -> Task | None:
        """What it may be asked now, taken from its queue."""
        at = self.next_at()
        if at is None or at > now:
            return None
        if self.later and self.later[0][0] <= now:
            return heapq.heappop(self.later)[2]
        return self.queue.popleft() if self.queue else None

    def slow_down(self, usual: Budget) -> None:
        """Ask a host again, one thing at a time, what it has answered before. Where nothing could be had of it, one
        failure more is enough."""
        self.slow = True
        if self.budget is usual:
            self.budget = replace(self.budget, lanes=1, gap=SLOWER * self.budget.gap)
        self.ready_at = max(self.ready_at, self.started + self.budget.gap)
        self.failures = Counter(dict.fromkeys(self.lost, TRIPPED - 1))
        self.lost.clear()

    def note(self, origin: str, outcome: Answer | Failure, *, final: bool) -> None:
        """Trip an origin's breaker when there is no use in asking it further."""
        if origin in self.lost:
            return
        if isinstance(outcome, Answer):
            self.failures[origin] = 0
            lost = final and outcome.status == 429
        elif outcome.kind is FailureKind.NAME_NOT_FOUND:
            lost = True
        elif outcome.kind in _SILENCE or (final and outcome.kind in _CONNECTING):
            self.failures[origin] += 1
            lost = self.failures[origin] >= (SILENT if outcome.kind in _SILENCE else TRIPPED)
        else:
            lost = False
        if lost:
            self.lost[origin] = outcome
            self.ready_at = 0.0


_CONNECTING = frozenset(
    {
        FailureKind.REFUSED,
        FailureKind.NO_ROUTE,
        FailureKind.CONNECT_TIMEOUT,
        FailureKind.NAME_TEMPORARY,
        FailureKind.TLS,
    }
)
_SILENCE = frozenset({FailureKind.READ_TIMEOUT, FailureKind.DEADLINE})


def host_key(url: str) -> str:
    """The host that bears a request: its name, with the port when it is not a usual one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    name = (parts.hostname or "").rstrip(".")
    return name if port in (None, 80, 443) else f"{name}:{port}"
