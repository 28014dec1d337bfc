"""Links on their way in: read ahead a little, let in host by host, so that a list may be longer than the memory.

A list is often sorted, and a host bears only so many questions at once. So more links are read than are looked into:
those of a host that has enough of them open wait here, and the links of other hosts behind them are let in first.
"""

from __future__ import annotations

import queue
import re
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import Final, Generic, Self, TypeVar

from ppreflist.links.latex_urls import unescaped
from ppreflist.links.link import Link, LinkKind

Numbered = tuple[int, Link]
"""A link and its place in the list."""

AHEAD: Final = 10_000
"""Links that wait because their hosts have enough open. A list sorted by host has so many links' hosts in play."""

OF_HOST: Final = 24
"""Links of one host that are looked into at one time: more than make an engine ask the host twice at once."""

_HOST = re.compile(
    r"\s*[<\"']?(?:[a-z][a-z0-9+.-]*[:;]/*|/{2,3})?(?:[^/?#\s@]*@)?(?P<host>[^/?#\s\\:]+)", re.IGNORECASE
)

T = TypeVar("T")


class Intake:
    """Lets links in as there is room; iterate over it. None says that no link can be let in for the moment: the list
    has none ready, or the hosts of those that wait have enough open. Say ``settled`` of each link that was let in.

    ``open`` holds the links that were let in and are not settled, by their places.
    """

    def __init__(self, links: Iterable[Numbered | None], *, ahead: int = AHEAD, of_host: int = OF_HOST) -> None:
        self._source = iter(links)
        self._ahead = ahead
        self._of_host = of_host
        self._ended = False
        self._waiting: defaultdict[str, deque[Numbered]] = defaultdict(deque)
        self._held = 0
        self._ready: deque[Numbered] = deque()
        self._counts: Counter[str] = Counter()
        self.open: dict[int, Link] = {}

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Numbered | None:
        if self._ready:
            self._held -= 1
            return self._let_in(self._ready.popleft())
        while not self._ended and self._held < self._ahead:
            try:
                numbered = next(self._source)
            except StopIteration:
                self._ended = True
                break
            if numbered is None:
                return None
            host = bearer(numbered[1])
            if self._counts[host] < self._of_host:
                self._counts[host] += 1
                return self._let_in(numbered)
            self._waiting[host].append(numbered)
            self._held += 1
        if self._ended and not self._held:
            raise StopIteration
        return None

    def settled(self, place: int) -> Link:
        """A link is settled: it makes room for another one of its host."""
        link = self.open.pop(place)
        host = bearer(link)
        waiting = self._waiting.get(host)
        if waiting:
            self._ready.append(waiting.popleft())
            if not waiting:
                del self._waiting[host]
        else:
            self._counts[host] -= 1
            if not self._counts[host]:
                del self._counts[host]
        return link

    def has_open(self, host: str) -> bool:
        return host in self._counts

    def _let_in(self, numbered: Numbered) -> Numbered:
        place, link = numbered
        self.open[place] = link
        return numbered


def bearer(link: Link) -> str:
    """The host that is probably asked for a link, as far as can be seen at a glance; identifiers are asked of
    doi.org for the most part."""
    if link.kind is not LinkKind.URL:
        return "doi.org"
    found = _HOST.match(unescaped(link.written))
    return found["host"].lower().rstrip(".") if found else ""


class Inflow(Generic[T]):
    """What a thread reads ahead, ``most`` items at most, for one who must not wait: iterating gives None when nothing
    has come. An error in reading is raised where the items end."""

    def __init__(self, source: Iterable[T], most: int) -> None:
        self._items: queue.Queue[tuple[bool, T | BaseException | None]] = queue.Queue(most)
        threading.Thread(target=self._read, args=(source,), name="reading", daemon=True).start()

    def _read(self, source: Iterable[T]) -> None:
        try:
            for item in source:
                self._items.put((True, item))
        except BaseException as error:  # raised again where it can be handled
            self._items.put((False, error))
        else:
            self._items.put((False, None))

    def __iter__(self) -> Iterator[T | None]:
        while True:
            try:
                more, item = self._items.get_nowait()
            except queue.Empty:
                yield None
                continue
            if more:
                yield item  # type: ignore[misc]
            elif isinstance(item, BaseException):
                raise item
            else:
                return
