"""What is said when a query finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ppreflist.cli.selection import select
from ppreflist.errors import EntryError
from ppreflist.model.entry import Entry, Field
from ppreflist.model.library import Library


def entry(key: str, type_: str, **fields: str) -> Entry:
    return Entry(key, type_, {name: Field(name, text, text) for name, text in fields.items()})


LIBRARY = Library(
    (
        entry("farbu2007post", "article", author="Farbu, E.", year="2007", keywords="ivig, trial"),
        entry("borg2008post", "article", author="Borg, K.", year="2008"),
        entry("site", "online", title="Post-Polio Health"),
    ),
    path="references.bib",
)


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("autor:borg", "No entry has a field 'autor'. Did you mean author?"),
        ("has:yaer", "No entry has a field 'yaer'. Did you mean year?"),
        ("quux:borg", "No entry has a field 'quux'."),
        ("type:artcle", "The types in this library: article, online."),
        ("tag:ivgi", "Did you mean ivig?"),
        ("author:", "Write a word behind the colon, or has:author for the entries with this field."),
        ("farbu2007pst", "Did you mean farbu2007post?"),
        ("FARBU2007PST", "Did you mean farbu2007post?"),
        ("author:borg year:2007", "Every word must be found: fewer words find more. "),
        ("quux", "See `ppreflist list` for the keys in this library."),
    ],
)
def test_what_to_write_instead_is_said(query: str, hint: str) -> None:
    with pytest.raises(EntryError) as caught:
        select(LIBRARY, [query])
    assert caught.value.hint.startswith(hint)
    assert caught.value.message == f"nothing in the library matches {query!r}"


def test_a_library_named_as_a_query_is_told(tmp_path: Path) -> None:
    other = tmp_path / "my list.bib"
    other.touch()
    with pytest.raises(EntryError) as caught:
        select(LIBRARY, [str(other)])
    assert caught.value.hint == f"To work on that library: --library '{other}'"


def test_the_nearest_tag_is_named() -> None:
    with pytest.raises(EntryError) as caught:
        select(LIBRARY, [], ["trail"])
    assert caught.value.hint == "Did you mean trial?"


def test_an_empty_library_says_what_to_do() -> None:
    with pytest.raises(EntryError) as caught:
        select(Library(path="references.bib"), ["borg"])
    assert "ppreflist add" in caught.value.hint
