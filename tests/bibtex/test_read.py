"""A .bib file as a library."""

from __future__ import annotations

import gc
import re
import unicodedata
from pathlib import Path

import pytest

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.disk import read as read_disk
from ppreflist.bibtex.read import library, text_of
from ppreflist.errors import LibraryUnreadable
from ppreflist.model.entry import Entry

REAL = Path(__file__).parents[2].parent / "shared" / "bib"


def only(source: str) -> Entry:
    (entry,) = library(BibFile.parse(source)).entries
    return entry


def test_fields_in_file_order_with_text_latex_and_place() -> None:
    entry = only('% x\n@Article{Key,\n  AUTHOR = {G\\"odel, K.},\n\tTitle = "On {X}"\n}\n')
    assert (entry.key, entry.type, entry.line, entry.column) == ("Key", "article", 2, 1)
    assert list(entry.fields) == ["author", "title"]
    author = entry.fields["author"]
    assert (author.text, author.latex, author.line, author.column) == ("Gödel, K.", 'G\\"odel, K.', 3, 3)
    assert (entry.fields["title"].line, entry.fields["title"].column) == (4, 2)
    assert entry.people("author").names[0].family == "Gödel"
    assert entry.editable


def test_line_numbers_with_carriage_returns() -> None:
    entry = only("\r\n\r\n@book{k,\r\n  title = {T}\r\n}")
    assert (entry.line, entry.fields["title"].line, entry.fields["title"].column) == (3, 4, 3)


def test_macros_are_replaced_in_order_and_case_does_not_matter() -> None:
    found = library(
        BibFile.parse("@string{J = {One}} @book{a, note = j} @STRING{j = j # { Two}} @book{b, note = J # jan}")
    )
    assert found["a"].text("note") == "One"
    assert found["b"].text("note") == "One TwoJanuary"
    assert found.macros == {"j": "One Two"}


def test_an_undefined_macro_is_its_name_and_reported_once() -> None:
    found = library(BibFile.parse("@book{a, journal = jacm}\n@book{b, journal = JACM, note = jacm # {x}}", "x.bib"))
    assert found["a"].text("journal") == "jacm"
    assert found["b"].text("note") == "jacmx"
    (problem,) = found.problems
    assert (problem.check, problem.key, problem.field, problem.line, problem.column) == (
        "undefined-macro",
        "a",
        "journal",
        1,
        10,
    )
    assert "3 times" in problem.message


def test_of_a_field_given_twice_the_first_counts() -> None:
    found = library(BibFile.parse("@book{a, title={First}, Title={Second}}"))
    assert found["a"].text("title") == "First"
    assert [each.check for each in found.problems] == ["duplicate-field"]


def test_keys_given_twice_are_both_there_and_not_editable() -> None:
    found = library(BibFile.parse("@book{a, title={One}} @book{a, title={Two}}"))
    assert [each.text("title") for each in found] == ["One", "Two"]
    assert not any(each.editable for each in found)
    assert found["a"].text("title") == "One"


@pytest.mark.parametrize(
    ("name", "latex", "text"),
    [
        ("title", "  several\n\t lines  of text ", "several lines of text"),
        ("url", r" http://x.org/a\_b\%20c~d--e ", "http://x.org/a_b%20c~d--e"),
        ("url", r"\url{http://x.org/a_b}", "http://x.org/a_b"),
        ("doi", r"10.1002/(SICI)1097--x\_y<1::AID>3.0.CO;2-#", r"10.1002/(SICI)1097--x_y<1::AID>3.0.CO;2-#"),
        ("isbn", "978--0", "978--0"),
        ("crossref", "a_b--c", "a_b--c"),
        ("abstract", "First\nparagraph.\n\n  Second  one.", "First paragraph.\n\nSecond one."),
        ("note", "First\n\nSecond", "First Second"),
        ("pages", "1--2", "1–2"),
        ("title", "no\u00a0break", "no\u00a0break"),
    ],
)
def test_text_of(name: str, latex: str, text: str) -> None:
    assert text_of(name, latex) == text


def test_macros_that_grow_without_end_do_not() -> None:
    source = "@string{a0 = {" + "x" * 1000 + "}}\n"
    source += "".join(f"@string{{a{n + 1} = a{n} # a{n} # a{n} # a{n}}}\n" for n in range(30))
    source += "".join(f"@book{{b{n}, title = a30 # a30}}\n" for n in range(100))
    found = library(BibFile.parse(source))
    assert sum(len(each.text("title")) for each in found) < 100_000_000
    assert len(found) == 100


def test_hostile_nesting_is_read() -> None:
    entry = only("@book{a, title = {" + "{" * 20_000 + "x" + "}" * 20_000 + "}}")
    assert entry.text("title") == "x"


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    library(BibFile.parse("@book{a, title={T}}"))
    assert gc.isenabled()
    gc.disable()
    try:
        library(BibFile.parse("@book{a, title={T}}"))
        assert not gc.isenabled()
    finally:
        gc.enable()


def letters(text: str) -> int:
    return sum(character.isalnum() for character in unicodedata.normalize("NFKD", text))


def test_real_files_keep_their_letters() -> None:
    """On the real files no value loses text: only commands, and what commands ask to hide, may go."""
    if not REAL.is_dir():
        pytest.skip("no real .bib files beside the checkout (../shared/bib)")
    values = lost = 0
    for path in sorted(REAL.rglob("*.bib")):
        try:
            bib = read_disk(path).file
        except LibraryUnreadable:
            continue
        for entry in library(bib):
            for name, field in entry.fields.items():
                if "\\" not in field.latex and "$" not in field.latex:
                    values += 1
                    lost += letters(field.text) < letters(field.latex)
                for parsed in entry.names.get(name, ()):
                    assert parsed.family or parsed.given, (path.name, entry.key, name)
                assert re.search("[\ud800-\udfff]", field.text) is None
    assert values > 20_000
    assert lost == 0
