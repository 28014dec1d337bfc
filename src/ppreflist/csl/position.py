"""Positions of cites in a document (specification, "Choose", position; "Note Distance")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ppreflist.csl.citations import Citation, CiteData
from ppreflist.csl.context import FIRST, IBID, IBID_WITH_LOCATOR, NEAR_NOTE, SUBSEQUENT

_FIRST: Final = frozenset((FIRST,))
_SUBSEQUENT: Final = frozenset((SUBSEQUENT,))
_IBID: Final = frozenset((IBID, SUBSEQUENT))
_IBID_WITH_LOCATOR: Final = frozenset((IBID_WITH_LOCATOR, IBID, SUBSEQUENT))
# The numbers by which citeproc-js asks for a position.
FORCED: Final = {0: _FIRST, 1: _SUBSEQUENT, 2: _IBID, 3: _IBID_WITH_LOCATOR}


def number_positions(citations: Sequence[Citation], near_note_distance: int) -> None:
    """Fill in ``positions`` and ``first_note`` of every cite of the document."""
    first_notes: dict[str, int] = {}
    last_notes: dict[str, int] = {}
    # The last citation in the text and the last in a note: neither interrupts the other.
    last: dict[bool, Citation] = {}
    # The items that each note cites.
    notes: dict[int, set[str]] = {}
    for citation in citations:
        before: CiteData | None = None
        previous = last.get(citation.note > 0)
        if previous is not None and _can_ibid(previous, citation, notes):
            before = previous.cites[-1]
        seen_here: set[str] = set()
        for cite in citation.cites:
            seen = cite.id in first_notes
            if not seen:
                first_notes[cite.id] = citation.note
            if cite.position is not None:
                cite.positions = FORCED.get(cite.position, _FIRST)
            elif not seen:
                cite.positions = _FIRST
            else:
                cite.positions = _repeated(before, cite)
            # "Number of a preceding note containing the first reference".
            cite.first_note = first_notes[cite.id] if seen and first_notes[cite.id] != citation.note else 0
            near = cite.near_note
            if near is None and seen and citation.note:
                near = cite.id in seen_here or citation.note - last_notes[cite.id] <= near_note_distance
            if near:
                cite.positions |= {NEAR_NOTE, SUBSEQUENT}
            before = cite
            seen_here.add(cite.id)
            last_notes[cite.id] = citation.note
        if citation.cites:
            last[citation.note > 0] = citation
            notes.setdefault(citation.note, set()).update(seen_here)


def _can_ibid(previous: Citation, citation: Citation, notes: dict[int, set[str]]) -> bool:
    """ "the previous citation consists of a single cite referencing the same item", in the same or the last note."""
    if len({cite.id for cite in previous.cites}) != 1:
        return False
    if not citation.note or citation.note == previous.note:
        return True
    # A reader looks for it in the note before, which must not leave a choice.
    return citation.note - previous.note == 1 and len(notes[previous.note]) == 1


def _repeated(before: CiteData | None, cite: CiteData) -> frozenset[str]:
    if before is None or before.id != cite.id:
        return _SUBSEQUENT
    if not before.locator:
        return _IBID_WITH_LOCATOR if cite.locator else _IBID
    if not cite.locator:
        return _SUBSEQUENT
    same = before.locator == cite.locator and before.label == cite.label
    return _IBID if same else _IBID_WITH_LOCATOR
