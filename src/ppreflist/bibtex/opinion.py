"""bibtexparser as second opinion: does another parser read the entries of a file as ours does?

Our scanner reads the file; before an entry is edited, and after each edit, bibtexparser must read it alike. A whole
file need not be read again for that, because of two properties of bibtexparser's splitter (2.1; tested on real files):

1. Between blocks it has no memory: what it makes of a text from there on depends on that text alone.
2. Whatever it is in the middle of, an ``@word{`` or ``@word(`` that stands first on its line ends that and begins a new
   block (its error recovery). So at such a place, a *fence*, its state is known whatever stands before.

Hence the reading of the text between two fences is, in every file, the reading of that text alone. An edit inside the
text between two fences cannot change how anything outside is read, and it is enough to ask for that *window*, which is
mostly one entry. Only public API is used: ``parse_string`` with an empty parse stack, ``raw``, and the model's fields.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import NamedTuple

from bibtexparser import model
from bibtexparser.entrypoint import parse_string

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.blocks import EntryBlock
from ppreflist.model.problem import Problem, Severity

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # or it prints its warnings to stderr

_BLOCK_START = re.compile(r"@\w*[ \t]*[{(]")


class Reading(NamedTuple):
    """One block as bibtexparser reads it. ``kind`` is ``entry``, ``other`` (string, preamble, @comment) or ``failed``.

    ``type`` is lower-cased; ``fields`` are (name, raw value) pairs. ``start`` is the offset in the text that was read,
    -1 when ``raw`` is not found in it.
    """

    kind: str
    start: int
    raw: str
    type: str = ""
    key: str = ""
    fields: tuple[tuple[str, str], ...] = ()


class Disagreement(NamedTuple):
    """An entry that the two parsers read differently: where it starts, its key and how they differ."""

    start: int
    key: str
    message: str


def readings(text: str) -> list[Reading]:
    """What bibtexparser makes of ``text``, but for the text between blocks."""
    try:
        blocks = parse_string(text, parse_stack=[]).blocks
    except Exception:  # whatever goes wrong in the second parser, it is not a second opinion then
        return []
    found: list[Reading] = []
    position = previous = 0
    for block in blocks:
        if isinstance(block, model.ImplicitComment):
            continue
        raw = block.raw or ""
        start = text.find(raw, position)
        if start < 0:  # the raw text of a block that failed may reach into the next one
            start = text.find(raw, previous + 1)
        if start >= 0:
            previous, position = start, start + len(raw)
        found.append(_reading(block, start, raw))
    return found


def _reading(block: model.Block, start: int, raw: str) -> Reading:
    inner: model.Block | None = block
    if isinstance(block, model.DuplicateFieldKeyBlock | model.DuplicateBlockKeyBlock):
        inner = block.ignore_error_block
    if isinstance(inner, model.DuplicateFieldKeyBlock):
        inner = inner.ignore_error_block
    if isinstance(inner, model.Entry):
        fields = tuple((each.key, each.value) for each in inner.fields)
        return Reading("entry", start, raw, inner.entry_type, inner.key, fields)
    return Reading("failed" if isinstance(inner, model.ParsingFailedBlock) else "other", start, raw)


def difference(text: str, entry: EntryBlock, seen: Reading | None) -> str:
    """How bibtexparser's reading of an entry differs from ours, as a clause for people; empty when it does not.

    ``text`` is what ``entry`` points into; ``seen`` is what bibtexparser has at its place.
    """
    if seen is None:
        return "bibtexparser does not see this entry"
    if seen.kind != "entry":
        return "bibtexparser cannot read this entry"
    if seen.type != entry.type.lower() or seen.key != entry.key:
        return f"bibtexparser reads @{seen.type}{{{seen.key}}}"
    ours = [(each.name, text[each.value_start : each.value_end]) for each in entry.fields]
    for index, (name, value) in enumerate(ours):
        if index >= len(seen.fields):
            return f"bibtexparser does not see field {name!r}"
        other_name, other_value = seen.fields[index]
        if other_name != name:
            return f"bibtexparser reads {' '.join(other_name.split())[:40]!r} where field {name!r} is"
        if other_value != value:
            return f"bibtexparser reads another value of field {name!r}"
    if len(seen.fields) > len(ours):
        return f"bibtexparser reads one more field, {' '.join(seen.fields[len(ours)][0].split())[:40]!r}"
    if seen.raw != text[entry.start : entry.end]:
        return "bibtexparser sees another end of this entry"
    return ""


def fence_at_or_before(text: str, offset: int) -> int:
    """The last fence at or before ``offset``, or 0."""
    while (offset := text.rfind("@", 0, offset + 1)) >= 0:
        if _is_fence(text, offset):
            return offset
        offset -= 1
    return 0


def fence_at_or_after(text: str, offset: int) -> int:
    """The first fence at or behind ``offset``, or the text's end."""
    while (offset := text.find("@", offset)) >= 0:
        if _is_fence(text, offset):
            return offset
        offset += 1
    return len(text)


def _is_fence(text: str, offset: int) -> bool:
    if _BLOCK_START.match(text, offset) is None:
        return False
    before = offset - 1
    while before >= 0 and text[before] != "\n" and text[before].isspace():
        before -= 1
    return before < 0 or text[before] == "\n"


def disagreement(bib: BibFile, entry: EntryBlock) -> str:
    """How bibtexparser reads one entry of a file differently; empty when it reads it alike."""
    low = fence_at_or_before(bib.text, entry.start)
    high = fence_at_or_after(bib.text, entry.end)
    at = entry.start - low
    seen = next((each for each in readings(bib.text[low:high]) if each.start == at), None)
    return difference(bib.text, entry, seen)


def disagreements(bib: BibFile) -> tuple[Disagreement, ...]:
    """Every entry of the file that bibtexparser reads differently, or that only bibtexparser sees.

    Reads the whole file: 0.1 ms an entry. ``ppreflist.bibtex.cache`` remembers the answer.
    """
    return tuple(_compare(bib))


def _compare(bib: BibFile) -> Iterator[Disagreement]:
    at = {each.start: each for each in readings(bib.text)}
    for entry in bib.entries:
        message = difference(bib.text, entry, at.pop(entry.start, None))
        if message:
            yield Disagreement(entry.start, entry.key, message)
    for seen in at.values():
        if seen.kind == "entry" and seen.start >= 0:
            yield Disagreement(seen.start, seen.key, f"only bibtexparser sees an entry here, {seen.key!r}")


def problems(bib: BibFile, found: tuple[Disagreement, ...]) -> tuple[Problem, ...]:
    """Disagreements as problems with their places."""
    return tuple(
        Problem("second-opinion", Severity.WARNING, f"{each.message}; it is not edited by key", each.key, "", *place)
        for each in found
        for place in [bib.place(each.start)]
    )
