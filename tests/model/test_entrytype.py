from __future__ import annotations

import pytest

from ppreflist.model.entrytype import (
    COMMON_FIELDS,
    DATE,
    FIELD_ALIASES,
    FIELDS,
    IMPLIED_TYPE,
    PEOPLE,
    TYPE_ALIASES,
    TYPES,
    canonical_field,
    canonical_type,
    entry_type,
    spellings,
)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_types_are_whole(name: str) -> None:
    kind = TYPES[name]
    assert kind.name == name == name.lower()
    assert kind.section in ("2.1.1", "2.1.3")
    assert kind.omissible <= set(kind.required) | {("editor",), ("author",), PEOPLE, DATE, ("type",)}
    assert kind.same_as == "" or kind.same_as in TYPES
    assert kind.fields <= FIELDS


@pytest.mark.parametrize(
    ("name", "required"),
    [
        ("article", {("author",), ("title",), ("journaltitle",), ("date", "year")}),
        ("incollection", {("author",), ("title",), ("editor",), ("booktitle",), ("date", "year")}),
        ("online", {("author", "editor"), ("title",), ("date", "year"), ("doi", "eprint", "url")}),
        ("report", {("author",), ("title",), ("type",), ("institution",), ("date", "year")}),
        ("patent", {("author",), ("title",), ("number",), ("date", "year")}),
        ("set", {("entryset",)}),
        ("xdata", set()),
    ],
)
def test_required_fields_are_the_manual_s(name: str, required: set[tuple[str, ...]]) -> None:
    assert set(TYPES[name].required) == required


def test_types_that_styles_treat_as_another_have_its_fields() -> None:
    for kind in TYPES.values():
        if kind.same_as and kind.section == "2.1.1" and not kind.name.startswith("custom"):
            assert kind.fields == TYPES[kind.same_as].fields


def test_aliases() -> None:
    assert canonical_type("PhdThesis") == "thesis"
    assert canonical_type("article") == "article"
    assert canonical_type("nosuch") == "nosuch"
    assert canonical_field("Journal") == "journaltitle"
    assert canonical_field("nosuch") == "nosuch"
    assert set(TYPE_ALIASES.values()) <= set(TYPES)
    assert set(IMPLIED_TYPE) <= set(TYPE_ALIASES)
    assert not set(TYPE_ALIASES) & set(TYPES)
    assert not set(FIELD_ALIASES) & set(FIELD_ALIASES.values())
    assert set(FIELD_ALIASES.values()) <= FIELDS | COMMON_FIELDS


def test_entry_type() -> None:
    found = entry_type("TechReport")
    assert found is not None
    assert found.name == "report"
    assert entry_type("nosuch") is None


def test_spellings() -> None:
    assert spellings("journaltitle") == ("journaltitle", "journal")
    assert set(spellings("institution")) == {"institution", "school"}
    assert spellings("title") == ("title",)
