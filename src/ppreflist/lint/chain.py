"""The heaviest chain of (volume, year) pairs in which years never fall while volumes rise.

What stands outside the chain contradicts more of a journal's entries than it agrees with. Cost: O(n log n).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

Point = tuple[int, int]
"""A volume and a year."""

Link = tuple[Point, ...]
"""What a chain holds of one volume: one point, or two whose years follow each other (volumes run over New Year)."""


@dataclass(frozen=True, slots=True)
class Chain:
    """``points`` are the chain's members in order.

    ``rivals`` are the points outside it that stand in another chain of the same weight: nothing tells which of the two
    is right.
    """

    points: tuple[Point, ...]
    rivals: frozenset[Point]


def heaviest_chain(weights: Mapping[Point, int]) -> Chain:
    """The chain with the greatest sum of weights."""
    links = list(_links(weights))
    if not links:
        return Chain((), frozenset())
    weight_of = {link: sum(weights[point] for point in link) for link in links}
    before, previous = _forward(links, weight_of)
    # The same from the other end: volumes and years that fall rise when their signs are changed.
    mirror = {link: tuple((-volume, -year) for volume, year in reversed(link)) for link in links}
    after, _ = _forward(sorted(mirror.values()), {mirror[link]: weight_of[link] for link in links})

    last = max(links, key=lambda link: before[link] + weight_of[link])
    total = before[last] + weight_of[last]
    members: list[Point] = []
    step: Link | None = last
    while step is not None:
        members.extend(reversed(step))
        step = previous[step]
    tied = (link for link in links if before[link] + weight_of[link] + after[mirror[link]] == total)
    rivals = {point for link in tied for point in link}.difference(members)
    return Chain(tuple(reversed(members)), frozenset(rivals))


def _links(weights: Mapping[Point, int]) -> Iterable[Link]:
    """Every link, in order of volumes."""
    for volume, year in sorted(weights):
        yield ((volume, year),)
        if (volume, year + 1) in weights:
            yield ((volume, year), (volume, year + 1))


def _forward(links: Iterable[Link], weight_of: Mapping[Link, int]) -> tuple[dict[Link, int], dict[Link, Link | None]]:
    """For each link the weight of the heaviest chain that can stand before it, and that chain's last link."""
    ordered = list(links)
    years = sorted({year for link in ordered for _, year in link})
    ranks = {year: rank for rank, year in enumerate(years, start=1)}
    best = _Maxima(len(years))
    before: dict[Link, int] = {}
    previous: dict[Link, Link | None] = {}
    for _, group in groupby(ordered, key=lambda link: link[0][0]):
        same_volume = list(group)
        for link in same_volume:
            before[link], previous[link] = best.up_to(ranks[link[0][1]])
        for link in same_volume:
            best.add(ranks[link[-1][1]], before[link] + weight_of[link], link)
    return before, previous


class _Maxima:
    """A Fenwick tree: the heaviest chain that ends in a year of this rank or an earlier one."""

    def __init__(self, size: int) -> None:
        self._tree: list[tuple[int, Link | None]] = [(0, None)] * (size + 1)

    def up_to(self, rank: int) -> tuple[int, Link | None]:
        best: tuple[int, Link | None] = (0, None)
        while rank > 0:
            if self._tree[rank][0] > best[0]:
                best = self._tree[rank]
            rank -= rank & -rank
        return best

    def add(self, rank: int, weight: int, link: Link) -> None:
        while rank < len(self._tree):
            if weight > self._tree[rank][0]:
                self._tree[rank] = (weight, link)
            rank += rank & -rank
