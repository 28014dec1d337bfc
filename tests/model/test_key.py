from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.model.entry import Entry, Field
from ppreflist.model.key import ascii_fold, free_key, key_flaw, key_parts, key_parts_of, make_key
from ppreflist.model.name import Name, NameList


@pytest.mark.parametrize(
    ("names", "year", "title", "key"),
    [
        ([Name("Patwa", "H. S.")], "2012-03-27", "Evidence-based guideline: Intravenous", "patwa2012evidence"),
        ([Name("Beethoven", "L.", particle="van")], "1806", "The X-ray of it", "vanbeethoven1806xray"),
        ([Name("Sjöberg", "Ingrid"), Name("Borg")], "c. 2006", "A", "sjoberg2006a"),
        ([Name("O’Brien")], "1999/2001", "T cells", "obrien1999cells"),
        ([Name("Ødegård")], "2006", "L’enfant terrible", "odegard2006enfant"),
        ([Name("Чехов")], "1899", "Дама с собачкой", "chekhov1899dama"),
        ([Name("Παπαδόπουλος")], "", "10 things", "papadopoulosnd10"),
        ([Name("World Health Organization", literal=True)], "2006", "On the", "who2006on"),
        ([Name("Post-Polio Health International", literal=True)], "2007", "More about IVIg", "postpolio2007more"),
        ([Name("The Nobel Committee", literal=True)], "2006", "", "nobelcommittee2006"),
        ([Name("Post-Polio", literal=True)], "2006", "What do we know?", "postpolio2006we"),
        ([Name("李"), Name("Wang")], "2006", "中文", "wang2006"),
        ([Name("", "Plato")], "", "Republic", "platondrepublic"),
        ([], "in press", "", "anonnd"),
        ([], "20061", "Don't", "anonnddont"),
    ],
)
def test_keys(names: list[Name], year: str, title: str, key: str) -> None:
    assert make_key(key_parts(tuple(names), year, title)) == key


def test_a_taken_key_gets_the_first_free_suffix_whatever_the_case() -> None:
    parts = {"auth": "borg", "year": "2006", "title1": "x"}
    taken = {"borg2006x"}
    assert make_key(parts, taken) == "borg2006xa"
    assert make_key(parts, taken | {"borg2006xa"}) == "borg2006xb"
    assert free_key("Borg2006X", taken) == "Borg2006Xa"
    alphabet = {"borg2006x" + chr(letter) for letter in range(ord("a"), ord("z") + 1)}
    assert make_key(parts, taken | alphabet) == "borg2006xaa"


def test_without_an_author_the_editor_then_the_organisation_names_the_entry() -> None:
    def entry(**fields: str) -> Entry:
        found = {name: Field(name, text, text) for name, text in fields.items()}
        names = {"editor": NameList((Name("Borg"),))} if "editor" in fields else {}
        return Entry("", "book", found, names)

    assert make_key(key_parts_of(entry(editor="Borg", title="A book", date="2006-01"))) == "borg2006book"
    assert make_key(key_parts_of(entry(institution="World Health Organization", year="2006"))) == "who2006"
    assert make_key(key_parts_of(entry(howpublished="https://x.org", journal="Nature"))) == "anonndnature"


@pytest.mark.parametrize(
    ("key", "flaw"),
    [
        ("borg2006", ""),
        ("DBLP:conf/x_y-z.1+a*", ""),
        ("søren2006", ""),
        ("", "empty"),
        ("a b", "white space"),
        ("a\nb", "white space"),
        ("a,b", "','"),
        ("a{b", "'{'"),
        ("a\x00b", "\\x00"),
        ("a\u202eb", "printable"),
    ],
)
def test_a_chosen_key_is_checked(key: str, flaw: str) -> None:
    assert flaw in key_flaw(key)
    assert bool(key_flaw(key)) is bool(flaw)


@given(st.text(), st.text(), st.text(), st.booleans())
def test_any_text_gives_a_usable_key(family: str, year: str, title: str, literal: bool) -> None:
    key = make_key(key_parts((Name(family, literal=literal),), year, title))
    assert re.fullmatch(r"[a-z0-9]+", key)
    assert len(key) < 80
    assert key_flaw(key) == ""


@given(st.text())
def test_folding_gives_ascii_and_folding_again_changes_nothing(text: str) -> None:
    folded = ascii_fold(text)
    assert folded.isascii()
    assert ascii_fold(folded) == folded
