"""Before and after an edit: do both parsers read what is touched alike, and is everything else as it was?

``check_before`` and ``check_after`` raise EditRefused with the place; nothing is changed here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ppreflist.bibtex import opinion
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.blocks import Block, BrokenBlock, CommentBlock, EntryBlock
from ppreflist.bibtex.draft import Draft, Splice
from ppreflist.errors import EditRefused


def check_before(bib: BibFile, entries: Sequence[EntryBlock]) -> None:
    """Refuse to touch an entry that bibtexparser reads differently."""
    ordered = sorted(entries)
    starts = [entry.start for entry in ordered]
    for low, high in _windows(bib.text, [(entry.start, entry.end) for entry in ordered]):
        at = {low + each.start: each for each in opinion.readings(bib.text[low:high]) if each.start >= 0}
        for entry in ordered[bisect_left(starts, low) : bisect_left(starts, high)]:
            difference = opinion.difference(bib.text, entry, at.get(entry.start))
            if difference:
                line, column = bib.place(entry.start)
                raise EditRefused(
                    f"entry {entry.key!r} is not edited: {difference}",
                    hint="Two parsers read it differently; make it plainer in a text editor first.",
                    path=bib.path,
                    line=line,
                    column=column,
                )


def _windows(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches between fences that hold these spans, and for each span the block before it too."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1] and end <= found[-1][1]:
            continue
        low = opinion.fence_at_or_before(text, start - 1) if start else 0
        high = opinion.fence_at_or_after(text, max(end, start + 1))
        if found and low < found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found


def check_after(
    old: BibFile,
    new: BibFile,
    splices: Sequence[Splice],
    edited: Sequence[tuple[EntryBlock, Draft]],
    removed: Sequence[EntryBlock],
    added: Sequence[Draft],
) -> None:
    """Raise EditRefused unless ``new`` is ``old`` with exactly these entries edited, removed and added."""
    drafts = {entry.start: draft for entry, draft in edited}
    gone = {entry.start for entry in removed}
    insertion = _insertion(splices, gone) if added else -1

    def expected() -> Iterator[tuple[type[Block], str]]:
        pending = [(EntryBlock, draft.text) for draft in added]
        for block in old.blocks:
            if pending and block.start >= insertion:
                yield from pending
                pending = []
            if block.start not in gone:
                draft = drafts.get(block.start)
                yield type(block), draft.text if draft is not None else old.text[block.start : block.end]
        yield from pending

    if len(new.blocks) != len(old.blocks) - len(gone) + len(added) or not all(
        _same(wanted, (type(block), new.text[block.start : block.end]))
        for wanted, block in zip(expected(), new.blocks, strict=True)
    ):
        raise _damaged(old, splices)
    touched = [old.text[entry.start : entry.end] for entry in (*(entry for entry, _ in edited), *removed)]
    _second_opinion_after(old, new, splices, touched, {draft.text for draft in (*drafts.values(), *added)})


def _same(expected: tuple[type[Block], str], got: tuple[type[Block], str]) -> bool:
    """Whether a block is what it was. One that is never closed ends at the next entry, so it grows when that goes."""
    loose = (BrokenBlock, CommentBlock)
    return got == expected or (expected[0] in loose and got[0] in loose and got[1].startswith(expected[1]))


def _insertion(splices: Sequence[Splice], gone: set[int]) -> int:
    """Where in the old text new entries stand: the one splice that cuts nothing, or takes a removed entry's place."""
    return next(each.start for each in splices if each.new and (each.start == each.end or each.start in gone))


def _second_opinion_after(
    old: BibFile, new: BibFile, splices: Sequence[Splice], touched: Sequence[str], drafts: set[str]
) -> None:
    """bibtexparser reads each touched entry as we do, and everything around them as before."""
    behind = [each.end for each in splices]
    shifts = [0, *accumulate(len(each.new) - (each.end - each.start) for each in splices)]

    def moved(offset: int) -> int:
        return offset + shifts[bisect_right(behind, offset)]

    spans = [
        (each.start + shift, each.start + shift + len(each.new)) for each, shift in zip(splices, shifts, strict=False)
    ]
    old_windows = _windows(old.text, [(each.start, each.end) for each in splices])
    spans += [(moved(low), moved(high)) for low, high in old_windows]
    agreed = Counter(_agreed(new, _windows(new.text, spans)))
    before = Counter(_agreed(old, old_windows))
    before.subtract(touched)
    if any(times > agreed[text] for text, times in before.items()) or any(not agreed[text] for text in drafts):
        raise _damaged(old, splices)


def _agreed(bib: BibFile, windows: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The texts of the entries in these windows that both parsers read alike."""
    starts = [entry.start for entry in bib.entries]
    for low, high in windows:
        at = {low + each.start: each for each in opinion.readings(bib.text[low:high]) if each.start >= 0}
        for entry in bib.entries[bisect_left(starts, low) : bisect_left(starts, high)]:
            if not opinion.difference(bib.text, entry, at.get(entry.start)):
                yield bib.text[entry.start : entry.end]


def _damaged(old: BibFile, splices: Sequence[Splice]) -> EditRefused:
    line, column = old.place(splices[0].start)
    return EditRefused(
        "the edit would change how other parts of the file are read",
        hint="Nothing was changed. Look at the file around this place: a brace or quote may be missing.",
        path=old.path,
        line=line,
        column=column,
    )
