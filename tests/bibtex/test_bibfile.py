"""Places, keys and problems of a .bib file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppreflist.bibtex.bibfile import BibFile, broken
from ppreflist.bibtex.encoding import Encoding
from ppreflist.errors import EditRefused, UnknownKey
from ppreflist.model.problem import Severity


def found(text: str, encoding: str = "utf-8") -> list[tuple[str, str, int, int]]:
    """(check, severity, line, column) of each problem."""
    bib = BibFile.parse(text, "refs.bib", Encoding(encoding))
    return [(each.check, each.severity.value, each.line, each.column) for each in bib.problems]


@settings(deadline=None)
@given(st.text(alphabet='@a{}(),="#%\\\n\r xy1'))
def test_any_text_is_rendered_as_it_was(text: str) -> None:
    bib = BibFile.parse(text)
    assert bib.render() == text
    position = 0
    for block in bib.blocks:
        assert position <= block.start < block.end <= len(text)
        position = block.end
    for problem in bib.problems:
        assert problem.line >= 1
        assert problem.column >= 1


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_places_are_counted_from_one(newline: str) -> None:
    text = f"ab{newline}{newline}cdé{newline}f"
    bib = BibFile.parse(text)
    assert bib.place(0) == (1, 1)
    assert bib.place(text.index("d")) == (3, 2)
    assert bib.place(text.index("é")) == (3, 3)
    assert bib.place(text.index("f")) == (4, 1)
    assert bib.place(len(text)) == (4, 2)
    assert bib.newline == newline


def test_the_commonest_line_end() -> None:
    assert BibFile.parse("a\r\nb\r\nc\n").newline == "\r\n"
    assert BibFile.parse("a\nb\r\nc\n").newline == "\n"
    assert BibFile.parse("").newline == "\n"


def test_a_good_file_has_no_problems() -> None:
    text = """\
% A comment with an address, me@home.org.
@comment{jabref-meta: grouping;}
@string{jan1 = "January"}

Free text = is "allowed".

@article{a, title = {x}, year = 2006} % note
@article{b, title = {x @home}, month = jan1 # "~1"}
"""
    assert found(text) == []


PROBLEMS: dict[str, tuple[str, list[tuple[str, str, int, int]]]] = {
    "key twice": ("@a{k}\n@b{k}\n", [("duplicate-key", "error", 2, 4)]),
    "key twice but for case": ("@a{k}\n@b{K}\n", [("duplicate-key", "warning", 2, 4)]),
    "field twice": ("@a{k,\n b = 1,\n B = 2\n}", [("duplicate-field", "error", 3, 2)]),
    "no key": ("@a{, b = 1}", [("syntax", "error", 1, 4)]),
    "odd key": ("@a{b c, b = 1}", [("syntax", "warning", 1, 4)]),
    "text behind an entry": ("@a{b, c = {d}}, e = {f}}\n", [("stray-text", "warning", 1, 15)]),
    "fields behind an entry": ("@a{b, c = {d}}\n  year = {2006},\n}\n", [("stray-text", "warning", 2, 3)]),
    "merge conflict": (
        "@a{b}\n<<<<<<< HEAD\n@c{d}\n=======\n@e{f}\n>>>>>>> x\n",
        [("merge-conflict", "error", line, 1) for line in (2, 4, 6)],
    ),
    "an entry in a value": (
        "@a{b,\n c = {x\n\n@d{e,\n f = {g}\n}\n}}\n",
        [("hidden-entry", "warning", 2, 6)],
    ),
    "commented out": ("% @a{b, c = 1}\n", [("commented-out", "info", 1, 1)]),
    "the file ends": ("\n@a{b,\n", [("syntax", "error", 2, 1)]),
    "never closed": ("\n@a{b,\n c = {d\n", [("syntax", "error", 3, 6)]),
    "the next begins": ("@a{b,\n c = {d}\n\n@e{f}", [("syntax", "error", 1, 1)]),
}


@pytest.mark.parametrize("case", PROBLEMS)
def test_problems(case: str) -> None:
    text, expected = PROBLEMS[case]
    assert found(text) == expected


def test_another_encoding_is_said() -> None:
    assert found("% a\n% Müller\n", "cp1252") == [("encoding", "warning", 2, 4)]


def test_messages_name_the_first_place() -> None:
    bib = BibFile.parse("\n@a{k, b = 1,\n b = 2}\n@b{k}\n")
    messages = [each.message for each in bib.problems]
    assert messages == [
        "field 'b' is already given in line 2; BibTeX takes the first",
        "the key 'k' is already used in line 2",
    ]
    assert [each.key for each in bib.problems] == ["k", "k"]
    assert bib.problems[0].field == "b"
    assert all(each.severity is Severity.ERROR for each in bib.problems)


def test_entries_by_key() -> None:
    bib = BibFile.parse("@a{k, b = 1}\n@c{l}\n@d{k}\n@e{, f = 1}\n@g{m, a = {1} b = {2}}\n", "refs.bib")
    assert [entry.key for entry in bib.entries] == ["k", "l", "k", "", "m"]
    assert bib.by_key["k"].type == "a"
    assert bib.distrusted == {
        "k": "the key is defined more than once",
        "": "the entry has no citation key",
        "m": "no comma behind field 'a'",
    }
    assert bib.entry("l").type == "c"
    assert bib.source_of("k") == "@a{k, b = 1}"
    with pytest.raises(EditRefused) as refused:
        bib.entry("k")
    assert refused.value.place == "refs.bib:1:1"
    with pytest.raises(UnknownKey):
        bib.entry("z")
    with pytest.raises(UnknownKey):
        bib.source_of("z")


def test_broken_blocks() -> None:
    bib = BibFile.parse("@a{k\n@b{l}\n")
    assert [block.reason for block in broken(bib)] == ["a comma was expected behind the citation key, not '@'"]
