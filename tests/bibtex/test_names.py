"""BibTeX and biblatex names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.bibtex.names import format_name, format_names, split_list, split_name, split_names
from ppreflist.model.name import Name, NameList

NAMES = [
    ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van")),
    ("van Beethoven, Ludwig", Name("Beethoven", "Ludwig", "van")),
    ("Charles Louis de la Vallee Poussin", Name("Vallee Poussin", "Charles Louis", "de la")),
    ("de la Vallee Poussin, Charles", Name("Vallee Poussin", "Charles", "de la")),
    ("King, Jr., Martin Luther", Name("King", "Martin Luther", "", "Jr.")),
    ("von Hicks, III, Michael", Name("Hicks", "Michael", "von", "III")),
    ("Aristotle", Name("Aristotle")),
    ("hooks, bell", Name("hooks", "bell")),
    ("jean de la fontaine", Name("fontaine", "", "jean de la")),
    ("Jean De La Fontaine", Name("Fontaine", "Jean De La")),
    ("{World Health Organization}", Name("World Health Organization", literal=True)),
    ("{Barnes and Noble, Inc.}", Name("Barnes and Noble, Inc.", literal=True)),
    ("{Foo Inc.},", Name("Foo Inc.", literal=True)),
    ("{van Gogh}, Vincent", Name("van Gogh", "Vincent")),
    ("\\'{E}va Tardos", Name("Tardos", "Éva")),
    ("{\\'E}va Tardos", Name("Tardos", "Éva")),
    ("{\\'e}va Tardos", Name("Tardos", "", "éva")),
    ("Ken-ichi Kawarabayashi", Name("Kawarabayashi", "Ken-ichi")),
    ("Ludwig van~Beethoven", Name("Beethoven", "Ludwig", "van")),
    ("J.~R.~R. Tolkien", Name("Tolkien", "J. R. R.")),
    ("Jo{\\~a}o da Silva", Name("Silva", "João", "da")),
    ("Jo\\~ao Silva", Name("Silva", "João")),
    ("World Health Organization,", Name("World Health Organization")),
    ("Smith,", Name("Smith")),
    (", Foo", Name("Foo")),
    ("Smith, Jr., John, extra", Name("Smith", "John, extra", "", "Jr.")),
    ("{\\L}ukasz Kowalski", Name("Kowalski", "Łukasz")),
    ("{\\O}ystein van {\\O}stby", Name("Østby", "Øystein", "van")),
    ("d'Arcy Thompson", Name("Thompson", "", "d'Arcy")),
    ("Jos{\\'{e}} Mar{\\'\\i}a Aznar", Name("Aznar", "José María")),
    ("郭 沫若", Name("沫若", "郭")),
    ("{Jan~Piet} Doe", Name("Doe", "Jan Piet")),
    ("family=Horst, given={Jan Willem}, prefix=van, given-i={JW}", Name("Horst", "Jan Willem", "van", "", False, "JW")),
    ('"family={Smith, and Sons}", given=X, suffix=Jr', Name("Smith, and Sons", "X", "", "Jr")),
    ("given=Hans, family=Harman, prefix=von, useprefix=true", Name("Harman", "Hans", "von")),
]  # fmt: skip


@pytest.mark.parametrize(("source", "name"), NAMES)
def test_split_name(source: str, name: Name) -> None:
    assert split_name(source) == name


@pytest.mark.parametrize(
    ("latex", "items"),
    [
        ("A and B and C", ["A", "B", "C"]),
        ("A AND B", ["A", "B"]),
        ("A and and B", ["A", "B"]),
        ("and A and", ["A"]),
        ("A\n   and\tB", ["A", "B"]),
        ("{A and B} and C", ["{A and B}", "C"]),
        ("{A} and and {B} and", ["{A}", "{B}"]),
        ("Anderson and Sandra", ["Anderson", "Sandra"]),
        ("and {A}", ["{A}"]),
        ("", []),
        ("and", []),
        ("A} and {B and C", ["A}", "{B and C"]),
    ],
)
def test_split_list(latex: str, items: list[str]) -> None:
    assert split_list(latex) == items


def test_others_ends_the_list() -> None:
    found = split_names("Patwa, H. S. and others")
    assert [each.family for each in found] == ["Patwa"]
    assert found.others
    assert format_names(found) == "Patwa, H. S. and others"


def test_accent_after_and_is_kept() -> None:
    assert [each.display() for each in split_names("Jon Kleinberg and \\'{E}va Tardos")] == [
        "Jon Kleinberg",
        "Éva Tardos",
    ]


def test_cache_is_used_and_filled() -> None:
    cache: dict[str, Name] = {}
    first = split_names("Borg, K. and Olsson, T.", cache)
    second = split_names("Olsson, T.", cache)
    assert set(cache) == {"Borg, K.", "Olsson, T."}
    assert second.names[0] is first.names[1]


WORD = st.text(alphabet="ABÉÖxyzé'.-{}\\&", min_size=1, max_size=8).filter(lambda word: word[0] in "ABÉÖ")
PART = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
SUFFIX = st.sampled_from(["", "Jr", "III"])
CORPORATE = st.one_of(PART, st.sampled_from(["Food and Drug, Inc.", "others"]))
LOWER = st.sampled_from(["van", "de la", "von der", "d'"])


@given(
    st.lists(
        st.one_of(
            st.builds(Name, family=PART, given=PART, particle=st.one_of(st.just(""), LOWER), suffix=SUFFIX),
            st.builds(Name, family=PART),
            st.builds(Name, family=st.sampled_from(["de Vries", "van den Berg"]), given=PART),
            st.builds(Name, family=PART, suffix=st.just("Jr")),
            st.builds(Name, family=CORPORATE, literal=st.just(True)),
        ),
        max_size=4,
    ),
    st.booleans(),
)  # fmt: skip
def test_written_names_are_read_again(names: list[Name], others: bool) -> None:
    whole = NameList(tuple(names), others)
    assert split_names(format_names(whole)) == whole


def test_a_part_that_would_split_is_braced() -> None:
    assert format_name(Name("Smith and Sons", "A, B")) == "{Smith and Sons}, {A, B}"
    assert format_name(Name("Ansari Pour", "")) == "Ansari Pour,"


@given(st.text(alphabet="ab AND{}\\'~,=\"-"))
def test_any_text_can_be_split(latex: str) -> None:
    for name in split_names(latex):
        assert isinstance(name, Name)


@pytest.mark.parametrize(
    "latex", ["and " * 50_000, "{" * 50_000, "a," * 50_000, " and {" * 20_000, "\\'" * 50_000, "a~" * 50_000]
)
def test_hostile_lists_are_read(latex: str) -> None:
    split_names(latex)
