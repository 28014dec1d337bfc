"""The unified diff of two texts of a library, in time that grows with their length.

``difflib`` alone takes minutes for a library in which every entry changes: lines such as ``}`` and ``year = {2006},``
stand there a thousand times, and it compares each with each. So the texts are first laid side by side at the lines that
each has exactly once (B. Cohen's patience diff, https://bramcohen.livejournal.com/73318.html); difflib sees what is
between.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher

_CONTEXT = 3
_COMPARED = 40_000
"""Pairs of lines that difflib may compare at once; a longer stretch without a common line is shown as replaced."""


def diff_lines(before: str, after: str, name: str) -> Iterator[str]:
    """The lines of a unified diff, as ``patch`` and ``git apply`` read them; none when the texts are the same.

    A line ends with a line feed and nothing else: a carriage return before it, or any character that only Unicode takes
    for the end of a line, is a part of the line.
    """
    old, new = _lines(before), _lines(after)
    for number, group in enumerate(_Aligned(old, new).get_grouped_opcodes(_CONTEXT)):
        if not number:
            yield f"--- {name}"
            yield f"+++ {name}"
        yield f"@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@"
        for tag, old_start, old_end, new_start, new_end in group:
            if tag == "equal":
                yield from (f" {line}" for line in old[old_start:old_end])
            else:
                yield from (f"-{line}" for line in old[old_start:old_end])
                yield from (f"+{line}" for line in new[new_start:new_end])


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    if lines[-1]:
        lines[-1] += "\n\\ No newline at end of file"
    else:
        lines.pop()
    return lines


def _range(start: int, end: int) -> str:
    """Lines of a hunk header: 1-based first line and how many, which is left out when it is one."""
    if end - start == 1:
        return str(start + 1)
    return f"{start + 1 if end > start else start},{end - start}"


class _Aligned(SequenceMatcher[str]):
    """difflib's matcher, with the common lines found from the unique ones outwards."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.a, self.b = old, new
        self.matching_blocks = self.opcodes = None

    def get_matching_blocks(self) -> list[Match]:
        old, new = self.a, self.b
        blocks: list[Match] = []
        done_old = done_new = 0
        for at_old, at_new in [*_anchors(old, new), (len(old), len(new))]:
            if at_old < done_old or at_new < done_new:
                continue
            blocks += _between(old, new, done_old, at_old, done_new, at_new)
            done_old, done_new = at_old, at_new
            while done_old < len(old) and done_new < len(new) and old[done_old] == new[done_new]:
                done_old, done_new = done_old + 1, done_new + 1
            blocks.append(Match(at_old, at_new, done_old - at_old))
        return [*(block for block in _joined(blocks) if block.size), Match(len(old), len(new), 0)]


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of lines that both texts have once, in the same order in both: the longest such list."""
    once_old = {line for line, times in Counter(old).items() if times == 1}
    places = {line: place for place, line in enumerate(new)}
    once_new = {line for line, times in Counter(new).items() if times == 1}
    pairs = [(place, places[line]) for place, line in enumerate(old) if line in once_old and line in once_new]
    ends: list[int] = []
    last: list[int] = []
    before = [-1] * len(pairs)
    for index, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        last[at : at + 1] = [index]
        before[index] = last[at - 1] if at else -1
    chain: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _between(
    old: Sequence[str], new: Sequence[str], old_start: int, old_end: int, new_start: int, new_end: int
) -> Iterator[Match]:
    """The common lines of a stretch that ends at an anchor."""
    while old_end > old_start and new_end > new_start and old[old_start] == new[new_start]:
        yield Match(old_start, new_start, 1)
        old_start, new_start = old_start + 1, new_start + 1
    same = 0
    while (
        old_end - same > old_start and new_end - same > new_start and old[old_end - same - 1] == new[new_end - same - 1]
    ):
        same += 1
    part_old, part_new = old[old_start : old_end - same], new[new_start : new_end - same]
    if len(part_old) * len(part_new) <= _COMPARED:
        for match in SequenceMatcher(None, part_old, part_new, autojunk=False).get_matching_blocks():
            yield Match(old_start + match.a, new_start + match.b, match.size)
    yield Match(old_end - same, new_end - same, same)


def _joined(blocks: Sequence[Match]) -> Iterator[Match]:
    """Adjacent matches as one, as difflib wants them."""
    current = Match(0, 0, 0)
    for block in blocks:
        if not block.size:
            continue
        if current.a + current.size == block.a and current.b + current.size == block.b:
            current = Match(current.a, current.b, current.size + block.size)
        else:
            yield current
            current = block
    yield current
