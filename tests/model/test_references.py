from __future__ import annotations

from ppreflist.model.entry import Entry, Field
from ppreflist.model.library import Library
from ppreflist.model.references import aliases, named_keys, renamed, without_repeats


def entry(key: str, **fields: str) -> Entry:
    return Entry(key, "book", {name.replace("_", "-"): Field(name, text, text) for name, text in fields.items()})


def test_the_keys_that_an_entry_names() -> None:
    one = entry("one", crossref="a", related="b, c ,d", x_distinct="e (not b, but e), f", ids="g")
    assert named_keys(one) == ["a", "b", "c", "d", "e", "f"]
    assert aliases(one) == ["g"]
    assert aliases(entry("two")) == []


def test_renaming_keeps_all_but_the_keys() -> None:
    assert renamed(" a,b ,  c (a, b)", {"a": "x", "b": "y"}) == " x,y ,  c (a, b)"


def test_repeats_go_with_their_reasons() -> None:
    assert without_repeats("a (why), b, a (again), c", "b") == "a (why), c"


def test_an_entry_is_found_under_its_aliases_and_a_key_comes_first() -> None:
    library = Library((entry("one", ids="old, two"), entry("two")))
    assert library["old"].key == "one"
    assert library["two"].key == "two"
    assert "old" in library
    assert len(library) == 2
