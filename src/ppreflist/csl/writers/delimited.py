"""What the writers whose markup is delimiters around text have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from ppreflist.csl import markup as m
from ppreflist.csl.writers.runs import PLAIN, Look, Run, runs


class Piece(NamedTuple):
    """A part of the output: escaped text (``kind`` is ""), or the begin or end of a formatting.

    ``kind`` is a field of ``Look``, ``value`` what it is set to (the href, "sup", True).
    """

    text: str
    kind: str = ""
    value: object = None
    begins: bool = False


_FIELDS: Final = Look._fields


def pieces(row: Sequence[Run], escape: Callable[[str, Look], str]) -> list[Piece]:
    """Runs as text and properly nested begins and ends; what lasts longest is outermost."""
    lasts: list[list[int]] | None = None
    made: list[Piece] = []
    open_now: list[tuple[str, object]] = []
    for place, run in enumerate(row):
        look = run.look
        if open_now:
            keep = 0
            while keep < len(open_now) and getattr(look, open_now[keep][0]) == open_now[keep][1]:
                keep += 1
            made.extend(Piece("", kind, value) for kind, value in reversed(open_now[keep:]))
            del open_now[keep:]
        if look is not PLAIN:
            held = {kind for kind, _ in open_now}
            new = [field for field, value in zip(_FIELDS, look, strict=True) if value and field not in held]
            if len(new) > 1:
                lasts = lasts or _lasts(row)
                new.sort(key=lambda field: -lasts[place][_FIELDS.index(field)])
            for field in new:
                value = getattr(look, field)
                open_now.append((field, value))
                made.append(Piece("", field, value, begins=True))
        made.append(Piece(escape(run.text, look)))
    made.extend(Piece("", kind, value) for kind, value in reversed(open_now))
    return made


def _lasts(row: Sequence[Run]) -> list[list[int]]:
    """For each run and field of its look, the last run up to which that field stays as it is."""
    made = [[place] * len(_FIELDS) for place in range(len(row))]
    for place in range(len(row) - 2, -1, -1):
        for field, (mine, next_one) in enumerate(zip(row[place].look, row[place + 1].look, strict=True)):
            if mine == next_one:
                made[place][field] = made[place + 1][field]
    return made


def end_of(row: Sequence[Piece], begin: int) -> int:
    """The place of the end that belongs to the begin at ``begin``."""
    depth = 0
    for place in range(begin, len(row)):
        if row[place].kind:
            depth += 1 if row[place].begins else -1
            if not depth:
                return place
    return len(row) - 1


def flat(row: Sequence[Run], markup: Callable[[Look], tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Begin, text and end of each run, for formats that do not nest: runs that ``markup`` does not tell apart are one.

    White space at the edges of what has markup is text of its own.
    """
    made: list[tuple[str, str, str]] = []
    for run in row:
        begin, end = markup(run.look)
        if made and made[-1][0] == begin and made[-1][2] == end:
            made[-1] = (begin, made[-1][1] + run.text, end)
        else:
            made.append((begin, run.text, end))
    return [part for each in made for part in _without_edges(*each)]


def _without_edges(begin: str, text: str, end: str) -> list[tuple[str, str, str]]:
    inner = text.strip()
    if not begin or inner == text:
        return [(begin, text, end)]
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return [part for part in (("", before, ""), (begin, inner, end), ("", after, "")) if part[1]]


def lines(text: str) -> list[tuple[bool, list[Run]]]:
    """The lines of an entry, each with whether it is indented.

    ``display="block"`` and ``"indent"`` begin a line and end it (specification, "Display"); the left margin and
    what stands right of it are one line with a space between them.
    """
    made: list[tuple[bool, list[Run]]] = []
    row: list[Run] = []
    indented = False

    def end(next_indented: bool) -> None:
        nonlocal row, indented
        kept = _trim(row)
        if kept:
            made.append((indented, kept))
        row, indented = [], next_indented

    for run in runs(text):
        if run.display in (m.BLOCK, m.END_BLOCK, m.END_INDENT):
            end(next_indented=False)
        elif run.display == m.INDENT:
            end(next_indented=True)
        elif run.display in (m.END_LEFT_MARGIN, m.END_RIGHT_INLINE):
            row.append(Run(" ", PLAIN))
        elif not run.display:
            row.append(run)
    end(next_indented=False)
    return made


def _trim(row: list[Run]) -> list[Run]:
    """No white space at the ends of a line, and none before other white space."""
    kept: list[Run] = []
    for run in row:
        text = run.text
        if not kept or kept[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text and kept and kept[-1].look == run.look:
            kept[-1] = Run(kept[-1].text + text, run.look)
        elif text:
            kept.append(Run(text, run.look))
    while kept:
        text = kept[-1].text.rstrip()
        if text:
            kept[-1] = Run(text, kept[-1].look)
            break
        kept.pop()
    return kept
