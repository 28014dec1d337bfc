from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from ppreflist.lint.chain import Chain, Point, heaviest_chain

points = st.dictionaries(st.tuples(st.integers(1, 5), st.integers(2000, 2004)), st.integers(1, 6), max_size=7)


def agree(chosen: tuple[Point, ...]) -> bool:
    """What a chain is, said plainly: later volumes have no earlier years; a volume has one year or two neighbours."""
    volumes = [volume for volume, _ in chosen]
    return all(
        (one[0] < other[0] and one[1] <= other[1]) or (one[0] == other[0] and other[1] - one[1] == 1)
        for one, other in combinations(sorted(chosen), 2)
    ) and all(volumes.count(volume) <= 2 for volume in volumes)


@given(points)
@settings(max_examples=150, deadline=None)
def test_it_is_the_heaviest_of_all_chains(weights: dict[Point, int]) -> None:
    chains = [chosen for size in range(len(weights) + 1) for chosen in combinations(weights, size) if agree(chosen)]
    heaviest = max(sum(weights[point] for point in chosen) for chosen in chains)
    found = heaviest_chain(weights)
    assert agree(found.points)
    assert list(found.points) == sorted(found.points)
    assert sum(weights[point] for point in found.points) == heaviest
    equals = [chosen for chosen in chains if sum(weights[point] for point in chosen) == heaviest]
    assert found.rivals == {point for chosen in equals for point in chosen} - set(found.points)


def test_no_points() -> None:
    assert heaviest_chain({}) == Chain((), frozenset())


def test_two_that_contradict_each_other_are_rivals() -> None:
    assert heaviest_chain({(5, 2001): 4, (7, 1999): 4}) == Chain(((5, 2001),), frozenset({(7, 1999)}))
