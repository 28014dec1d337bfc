"""Files of CSL-JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ppreflist.formats import jsonlist

ZOTERO = [
    {
        "id": "http://zotero.org/users/1/items/ABCD",
        "type": "article-journal",
        "title": 'Effects of <span class="nocase">IVIg</span> on <i>E. coli</i>',
        "container-title": "Neurology",
        "ISSN": "0028-3878, 1526-632X",
        "note": "PMID: 17222116\nPMCID: PMC38908\nread twice",
        "source": "PubMed",
        "page": "1009-1015",
        "author": [{"family": "Meché", "given": "F. G. A.", "non-dropping-particle": "van der"}],
        "issued": {"date-parts": [["2012", 3, 27]]},
        "accessed": {"date-parts": [["2024", 1, 2]]},
        "section": "A",
    },
    {"id": "borg2006", "citation-key": "borg2006", "type": "book", "title": "A book"},
]  # fmt: skip


def titles(text: str) -> list[Any]:
    return [record.item["title"] for record in jsonlist.read(text).records]


def test_what_zotero_exports() -> None:
    reading = jsonlist.read(json.dumps(ZOTERO, indent=1))
    assert not reading.unread
    first, second = reading.records
    assert first.item == {
        "type": "article-journal",
        "title": 'Effects of <span class="nocase">IVIg</span> on <i>E. coli</i>',
        "container-title": "Neurology",
        "ISSN": "0028-3878, 1526-632X",
        "PMID": "17222116",
        "PMCID": "PMC38908",
        "note": "read twice",
        "page": "1009-1015",
        "author": [{"family": "Meché", "given": "F. G. A.", "non-dropping-particle": "van der"}],
        "issued": {"date-parts": [[2012, 3, 27]]},
        "accessed": {"date-parts": [[2024, 1, 2]]},
        "section": "A",
    }
    assert (first.line, first.key, first.left_out) == (2, "", ("section",))
    assert (second.key, second.item["type"]) == ("borg2006", "book")
    assert second.line == json.dumps(ZOTERO, indent=1).split("\n").index('  "id": "borg2006",'), "its brace"


@pytest.mark.parametrize(
    "text",
    [
        '[{"title": "a"}, {"title": "b"}]',
        '\ufeff [ {"title": "a"} , {"title": "b"} , ]',
        '{"title": "a"}\n{"title": "b"}\n',
        '{"references": [{"title": "a"}, {"title": "b"}]}',
        '{"config": {"id": "x"}, "items": [{"title": "a"}, {"title": "b"}]}',
        '{"status": "ok", "message": {"total-results": 2, "items": [{"title": ["a"]}, {"title": ["b"]}]}}',
    ],
)
def test_ways_to_list_items(text: str) -> None:
    assert titles(text) == ["a", "b"]
    assert not jsonlist.read(text).unread


@pytest.mark.parametrize(
    ("text", "found", "line", "message"),
    [
        ('[\n{"title": "a"},\n{"title": "b', ["a"], 3, "the file ends inside of this record"),
        ('[\n{"title": "a"},\n', ["a"], 3, "the file ends before its list does"),
        ('[{"title": "a"},\n{"title: "b"},\n{"id": "c", "title": "c"}]', ["a", "c"], 2, "expecting ':' delimiter"),
        ('[{"title": "a"},\n{"title": "b" "x"}, {"title": "c"}]', ["a", "c"], 2, "not JSON: expecting ',' delimiter"),
        ('[{"title": "a"},\n{"type": "book"}]', ["a"], 2, "the record has no title"),
        ('[{"title": "a"},\n7]', ["a"], 2, "this is no CSL-JSON item, which would be an object {...}"),
        ('[{"title": "a"},\n{"itemType": "book", "title": "b"}]', ["a"], 2, "an item of Zotero's own JSON"),
        ('{"title": "a"}\n{"title": ' + "[" * 100_000, ["a"], 2, "nested too deeply"),
        ('[{"title": "a"},\n{"title": "b", "volume": 1' + "0" * 9000 + "}]", ["a"], 2, "nested too deeply"),
    ],
)  # fmt: skip
def test_one_bad_record_costs_only_itself(text: str, found: list[str], line: int, message: str) -> None:
    reading = jsonlist.read(text)
    assert [record.item["title"] for record in reading.records] == found
    (unread,) = reading.unread
    assert unread.line == line
    assert message in unread.message


def test_damage_everywhere_ends_soon() -> None:
    assert len(jsonlist.read("[" + '{"title": "x" "y"},\n' * 5000 + "]").unread) == 100


def test_keys_are_those_that_look_like_keys() -> None:
    keys = ["borg2006", "1", 7, "a b", "http://x.org/a", "{}", None, "Müller:2001"]
    assert [jsonlist.key_of({"id": key}) for key in keys] == ["borg2006", "", "", "", "", "", "", "Müller:2001"]
