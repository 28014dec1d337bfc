"""Which entries of a library are about the same work, and which are a preprint and its published version.

Comparing all with all grows with the square of the library. Here each entry is put into a few blocks (its identifiers,
the beginning of its title, its rarest words, its first author and year, its place) and compared with its neighbours in
each of them only, so that the number of comparisons grows with the number of entries ('blocking' and 'sorted
neighbourhood': Christen, Data Matching, 2012, chapter 4).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rapidfuzz.distance import Indel

from ppreflist.lint.likeness import LIKELY, UNLIKELY, Kind, Likeness, Work, likeness
from ppreflist.model.entry import Entry
from ppreflist.model.inherit import resolved
from ppreflist.model.library import Library
from ppreflist.model.references import named_keys

_NO_WORKS: Final = frozenset({"xdata", "set"})

_BLOCK: Final = 10
"""Blocks up to this size are compared all with all; in larger ones each with so many neighbours as follows."""
_NEIGHBOURS: Final = 4
_RARE: Final = 4
_COMMON: Final = 60
"""A word in more titles than this makes a block only together with another word."""
_LARGEST_GROUP: Final = 50


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries as they stand in the library, the earlier one first."""

    one: Entry
    other: Entry
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Group:
    """Entries about one work, in file order, with the pairs that say so; ``score`` is that of the weakest link."""

    entries: tuple[Entry, ...]
    pairs: tuple[Pair, ...]
    score: float

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, each reason once, those of the surest pair first."""
        ordered = sorted(self.pairs, key=lambda pair: -pair.likeness.score)
        return tuple(dict.fromkeys(reason for pair in ordered for reason in pair.likeness.reasons))


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a library.

    ``groups`` are entries about one work. ``versions`` are preprints with their published works that do not name each
    other yet, ``conflicts`` entries that share an identifier but not the title: one of the two has a wrong one.
    """

    groups: tuple[Group, ...] = ()
    versions: tuple[Pair, ...] = ()
    conflicts: tuple[Pair, ...] = ()
    compared: int = 0


def find_groups(
    library: Library,
    *,
    wanted: Container[str] | None = None,
    least: float = LIKELY,
    step: Callable[[int], None] | None = None,
) -> Found:
    """What entries of the library are the same work, with a score of at least ``least``.

    With ``wanted`` only what concerns an entry with one of these keys. ``step`` is told how many entries are done.
    """
    entries = [entry for entry in library if entry.type not in _NO_WORKS]
    works = [Work(resolved(library, entry)) for entry in entries]
    counts = Counter(word for work in works for word in set(work.title.words))
    candidates = _candidates(works, counts)
    linked = _linked(library, entries)
    places = None if wanted is None else {place for place, entry in enumerate(entries) if entry.key in wanted}
    pairs: list[tuple[int, int, Likeness]] = []
    done = 0
    for number, pair in enumerate(sorted(candidates)):
        if step is not None and number % 1000 == 0:
            step(number * len(works) // len(candidates))
        one, other = divmod(pair, len(works))
        if (places is not None and one not in places and other not in places) or pair in linked:
            continue
        left, right = works[one], works[other]
        if not _worth_a_look(left, right):
            continue
        done += 1
        found = likeness(left, right, counts)
        if found is not None and (found.score >= least or found.kind is Kind.CONFLICT):
            pairs.append((one, other, found))
    return _sorted_out(entries, works, pairs, counts, linked, done)


def nearest(candidate: Entry, entries: Iterable[Entry], least: float = LIKELY) -> Pair | None:
    """The entry that is most likely about the same work as a candidate, or None; versions of it do not count.

    For one candidate: the cost is that of a quick look at every entry.
    """
    mine = Work(candidate)
    named = set(named_keys(candidate))
    best: Pair | None = None
    for entry in entries:
        work = Work(entry)
        if entry is candidate or entry.type in _NO_WORKS or entry.key in named or not _worth_a_look(mine, work):
            continue
        found = likeness(work, mine)
        if found is None or found.kind is not Kind.SAME or found.score < least:
            continue
        if best is None or found.score > best.likeness.score:
            best = Pair(entry, candidate, found)
    return best


def _worth_a_look(one: Work, other: Work) -> bool:
    """A quick look that spares nine of ten comparisons."""
    left, right = one.title, other.title
    if left.whole == right.whole or left.head == right.head:
        return True
    if Indel.normalized_similarity(left.whole, right.whole, score_cutoff=0.7):
        return True
    if bool(left.subtitle) != bool(right.subtitle):
        short, long = (right, left) if left.subtitle else (left, right)
        if Indel.normalized_similarity(short.whole, long.head, score_cutoff=0.75):
            return True
    return bool({each.key for each in one.ids} & {each.key for each in other.ids})


def _candidates(works: Sequence[Work], counts: Counter[str]) -> set[int]:
    """The pairs to be compared, each as one number: ``one * len(works) + other``, ``one < other``."""
    blocks: defaultdict[object, list[int]] = defaultdict(list)
    for place, work in enumerate(works):
        for key in _block_keys(work, counts):
            blocks[key].append(place)
    total = len(works)
    found: set[int] = set()
    for members in blocks.values():
        if len(members) < 2:
            continue
        if len(members) <= _BLOCK:
            found.update(one * total + other for one, other in combinations(members, 2))
            continue
        members.sort(key=lambda place: works[place].title.whole)
        for distance in range(1, _NEIGHBOURS + 1):
            for one, other in zip(members, members[distance:], strict=False):
                found.add(one * total + other if one < other else other * total + one)
    return found


def _block_keys(work: Work, counts: Counter[str]) -> Iterator[object]:
    """The blocks of one work; two entries of one work should share at least one."""
    for identifier in work.ids:
        yield identifier.kind, identifier.key
    title = work.title
    if title.whole:
        yield "begins", title.head[:24]
        if len(title.head) >= 24:
            yield "ends", title.head[-20:]
    # A word that stands in one title only brings nobody together: it may be a typing error.
    shared = sorted({word for word in title.words if counts[word] > 1 and len(word) > 2}, key=lambda w: (counts[w], w))
    rare = shared[:_RARE]
    common = [word for word in rare if counts[word] > _COMMON]
    for word in rare:
        if counts[word] <= _COMMON:
            yield "word", word
    yield from (("words", pair) for pair in combinations(sorted(common), 2))
    if work.families:
        yield "first author", work.families[0][:6], title.head[:3]
        if work.year is not None:
            # Names may be in another order.
            for family in {work.families[0], min(work.families)}:
                yield "author", family[:6], work.year
    if work.first_page:
        yield "volume", work.first_page, work.volume
        yield "year", work.first_page, work.year


def _linked(library: Library, entries: Sequence[Entry]) -> set[int]:
    """The pairs of which one entry names the other: as its part or version, or as another work."""
    places = {entry.key: place for place, entry in reversed(list(enumerate(entries)))}
    found: set[int] = set()
    for place, entry in enumerate(entries):
        for key in named_keys(entry):
            target = library.get(key)
            other = places.get(target.key) if target is not None else None
            if other is not None and other != place:
                found.add(min(place, other) * len(entries) + max(place, other))
    return found


def _sorted_out(
    entries: Sequence[Entry],
    works: Sequence[Work],
    pairs: list[tuple[int, int, Likeness]],
    counts: Mapping[str, int],
    linked: Container[int],
    compared: int,
) -> Found:
    """Pairs as groups. Two groups become one only if no two of their members are known to be different works."""
    group_of: dict[int, list[int]] = {}
    links: dict[int, list[tuple[int, int, Likeness]]] = defaultdict(list)
    pairs.sort(key=lambda pair: -pair[2].score)
    same = [pair for pair in pairs if pair[2].kind is Kind.SAME]
    for one, other, _ in same:
        left, right = group_of.setdefault(one, [one]), group_of.setdefault(other, [other])
        if left is right or len(left) + len(right) > _LARGEST_GROUP:
            continue
        crossing = [(min(a, b), max(a, b)) for a in left for b in right if {a, b} != {one, other}]
        if any(a * len(works) + b in linked or _apart(works[a], works[b], counts) for a, b in crossing):
            continue
        left += right
        for member in right:
            group_of[member] = left
    for one, other, found in same:
        if group_of[one] is group_of[other]:
            links[id(group_of[one])].append((one, other, found))
    groups: dict[int, Group] = {}
    for members in group_of.values():
        if len(members) > 1 and id(members) not in groups:
            inner = tuple(Pair(entries[one], entries[other], found) for one, other, found in links[id(members)])
            ordered = tuple(entries[place] for place in sorted(members))
            groups[id(members)] = Group(ordered, inner, _weakest(members, links[id(members)]))
    listed = sorted(groups.values(), key=lambda group: group.entries[0].line)
    rest = {
        kind: tuple(
            Pair(entries[one], entries[other], found)
            for one, other, found in sorted(pairs, key=lambda pair: pair[:2])
            if found.kind is kind
        )
        for kind in (Kind.VERSION, Kind.CONFLICT)
    }
    return Found(tuple(listed), rest[Kind.VERSION], rest[Kind.CONFLICT], compared)


def _apart(one: Work, other: Work, counts: Mapping[str, int]) -> bool:
    found = likeness(one, other, counts)
    return found is None or found.kind is not Kind.SAME or found.score < UNLIKELY


def _weakest(members: Sequence[int], links: list[tuple[int, int, Likeness]]) -> float:
    """The score of the weakest of the links that are needed to hold the group together."""
    joined: dict[int, set[int]] = {member: {member} for member in members}
    weakest = 1.0
    for one, other, found in sorted(links, key=lambda link: -link[2].score):
        if joined[one] is not joined[other]:
            weakest = min(weakest, found.score)
            joined[one] |= joined[other]
            for member in joined[other]:
                joined[member] = joined[one]
    return weakest
