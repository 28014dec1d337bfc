"""Positions in a document: first, subsequent, ibid, near-note, first-reference-note-number."""

from __future__ import annotations

from typing import Any

import pytest

from ppreflist.csl.citations import Citation, read_citation
from ppreflist.csl.context import FIRST, IBID, IBID_WITH_LOCATOR, NEAR_NOTE, SUBSEQUENT
from ppreflist.csl.position import number_positions


def _document(*citations: Any, notes: tuple[int, ...] = ()) -> list[Citation]:
    read = [
        read_citation({"citationItems": cites, "properties": {"noteIndex": notes[index] if notes else index + 1}}, 0)
        for index, cites in enumerate(citations)
    ]
    document = [citation for citation in read if citation is not None]
    number_positions(document, 5)
    return document


def _positions(*citations: Any, notes: tuple[int, ...] = ()) -> list[set[str]]:
    return [set(cite.positions) - {NEAR_NOTE} for each in _document(*citations, notes=notes) for cite in each.cites]


_A, _B = {"id": "a"}, {"id": "b"}
_IBID = {IBID, SUBSEQUENT}
_WITH_LOCATOR = {IBID_WITH_LOCATOR, IBID, SUBSEQUENT}


def _at(locator: str) -> dict[str, str]:
    return {"id": "a", "locator": locator}


@pytest.mark.parametrize(
    ("before", "cite", "positions"),
    [
        ([_A], _A, _IBID),
        ([_A], _at("5"), _WITH_LOCATOR),
        ([_at("5")], _at("5"), _IBID),
        ([_at("5")], _at("6"), _WITH_LOCATOR),
        ([_at("5")], _A, {SUBSEQUENT}),
        ([_B], _A, {FIRST}),
        ([_A, _B], _A, {SUBSEQUENT}),
        ([_B, _A], _A, {SUBSEQUENT}),
    ],
)
def test_after_another_note(before: list[Any], cite: Any, positions: set[str]) -> None:
    assert _positions(before, [cite])[-1] == positions


def test_within_one_citation() -> None:
    assert _positions([_A, _A, _at("3")]) == [{FIRST}, _IBID, _WITH_LOCATOR]


def test_a_note_with_two_citations_leaves_a_choice() -> None:
    assert _positions([_B], [_A], [_A], notes=(1, 1, 2))[-1] == {SUBSEQUENT}


def test_a_note_without_citation_between_breaks_ibid() -> None:
    assert _positions([_A], [_A], notes=(1, 3))[-1] == {SUBSEQUENT}


def test_notes_do_not_interrupt_the_text() -> None:
    assert _positions([_A], [_B], [_A], notes=(0, 7, 0))[-1] == _IBID


def test_near_notes_and_the_first_note() -> None:
    document = _document([_A], [_B], [_A], [_B], [_A], [_B], [_B], [_B], [_B], [_B], [_A])
    cites = [cite for citation in document for cite in citation.cites if cite.id == "a"]
    assert [NEAR_NOTE in cite.positions for cite in cites] == [False, True, True, False]
    assert [cite.first_note for cite in cites] == [0, 1, 1, 1]
