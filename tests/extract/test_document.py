from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.extract.document import Document, Joiner, Line, Place


def joined(text: str) -> str:
    document = Document.of_text(text)
    return Joiner.of(document).join(document.blocks()[0]).text


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("a double-blinded ran-\ndomized trial", "a double-blinded randomized trial"),
        ("treatment of post-\npolio syndrome", "treatment of post-polio syndrome"),
        ("the re-entry and the re-\nentry", "the re-entry and the re-entry"),
        ("Vik-\nMo E", "Vik-Mo E"),
        ("pages 60-\n65", "pages 60-65"),
        ("pages 60–\n65", "pages 60–65"),
        ("in 1990 -\nas it was", "in 1990 - as it was"),
        ("soft\u00adened and sof\u00ad\ntened", "softened and softened"),
        ("e\ufb03cient con\ufb02ict\u00a0here", "efficient conflict here"),
        ("one \ntwo  ", "one two"),
    ],
)
def test_lines_become_running_text(text: str, whole: str) -> None:
    assert joined(text) == whole


def test_an_address_is_one_character_and_prints_as_it_stood() -> None:
    document = Document.of_text("See http://example.org/a-\nb.html, then\nthe end")
    passage = Joiner.of(document).join(document.lines)
    assert len(passage.text) == len("See X, then the end")
    assert passage.printed(0, len(passage.text)) == "See http://example.org/a- b.html, then the end"
    assert [mark.printed for mark in passage.marks] == ["http://example.org/a-\nb.html"]
    assert passage.place(passage.text.index("end")) == Place(3)


def test_blocks_are_runs_of_lines_and_headings_stand_alone() -> None:
    lines = (Line("A", 1, heading=True), Line("b", 2), Line("c", 3), Line("", 4), Line("d", 5))
    assert [[line.number for line in block] for block in Document(lines).blocks()] == [[1], [2, 3], [5]]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\f", "\u2028"])
def test_every_newline_counts_once(newline: str) -> None:
    assert [line.number for line in Document.of_text(newline.join("abc")).lines] == [1, 2, 3]


def test_a_place_names_its_page() -> None:
    assert (str(Place(3)), str(Place(3, 2))) == ("line 3", "page 2, line 3")


@given(st.text(alphabet="ab-–\u00ad \n.A1\ufb01\U000f0003@/:hwtp", max_size=80))
def test_every_character_has_a_line(text: str) -> None:
    document = Document.of_text(text)
    for block in document.blocks():
        passage = Joiner.of(document).join(block)
        lines = [passage.line_at(place).number for place in range(len(passage.text))]
        assert lines == sorted(lines)
        assert set(lines) <= {line.number for line in block}
