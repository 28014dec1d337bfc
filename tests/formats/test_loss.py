"""What a format cannot hold is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.formats import endnote, nbib, ris
from ppreflist.formats.csljson import item
from ppreflist.formats.loss import KEY, MARKUP, SAID, WHOLE, lost, unsaid

BASES = ("", "title={x}, ", "title={x}, author={A, B}, editor={C, D}, year={2001}, urlyear={2001}, origyear={2001}, ")
VALUES = ("x, y", "3", "2012-03-04", "compiler", "german", "preprint", "arxiv", "10.48550/x", "b")
KINDS = ("article", "book", "incollection", "inproceedings", "patent", "report", "misc", "online", "periodical")
TOGETHER = {
    "eprint": "eprinttype={arxiv}, eprint={2012.12345}",
    "eprinttype": "eprint={2012.12345}, eprinttype={arxiv}",
    "editoratype": "editora={E, F}, editoratype={compiler}",
    "editorbtype": "editorb={E, F}, editorbtype={compiler}",
    "editorctype": "editorc={E, F}, editorctype={compiler}",
    "urlmonth": "urlyear={2001}, urlmonth={3}",
    "urlday": "urlyear={2001}, urlmonth={3}, urlday={4}",
    "day": "year={2001}, month={3}, day={4}",
}
INHERITED = {"crossref", "xdata"}
"""What they bring stands in the other entry."""
BY_YEAR = {"endyear"}


def said(name: str) -> bool:
    """Whether some entry's item is another one without this field."""
    if name in TOGETHER:
        last = f", {name}={{"
        whole = TOGETHER[name]
        pairs = [(f"@misc{{k, title={{x}}, {whole.rpartition(last)[0]}}}", f"@misc{{k, title={{x}}, {whole}}}")]
    else:
        pairs = [
            (f"@{kind}{{k, {base}}}", f"@{kind}{{k, {base}{name}={{{value}}}}}")
            for kind in KINDS for base in BASES for value in VALUES if f"{name}=" not in base
        ]  # fmt: skip
    for without, within in pairs:
        first, second = (library(BibFile.parse(text)).entries[0] for text in (without, within))
        if item(first) != item(second):
            return True
    return False


@pytest.mark.parametrize("name", sorted(SAID - INHERITED - BY_YEAR))
def test_fields_that_a_variable_says(name: str) -> None:
    assert said(name)


@pytest.mark.parametrize("name", ["file", "readstatus", "userb", "related", "shorthand", "groups", "annotator"])
def test_fields_that_none_says(name: str) -> None:
    assert not said(name)


def test_fields_of_one_s_own_are_counted() -> None:
    found = library(BibFile.parse("@misc{a, title={x}, File={f}, readstatus={}} @misc{b, file={g}, journal={J}}"))
    assert unsaid(found) == {"file": 2}


def test_what_formats_lose() -> None:
    items: list[Mapping[str, Any]] = [
        {"id": "a", "type": "article-journal", "title": "An <i>E. coli</i>", "container-title": "J", "version": "2",
         "issued": {"date-parts": [[2001], [2002]]}},
        {"id": "b", "type": "book", "issued": {"date-parts": [[2001]]}},
        {"id": "c", "type": "song", "title": "T", "illustrator": [{"family": "Borg", "given": "K."}]},
    ]  # fmt: skip
    assert lost(items, ris.records, ris.read) == {MARKUP: 1, "date": 1, "version": 1, WHOLE: 1, "illustrator": 1}
    assert lost(items[:1], endnote.records, endnote.read) == {"date": 1, "version": 1}
    assert lost(items[:1], nbib.records, nbib.read) == {MARKUP: 1, "version": 1, KEY: 1}


def test_what_means_the_same_is_not_lost() -> None:
    items: list[Mapping[str, Any]] = [
        {"id": "a", "type": "article-journal", "title": "T", "page": "1–9", "keyword": "b, a", "language": "de-AT",
         "author": [{"family": "Borg", "given": "K.M."}, {"family": "Plato"}], "issued": {"literal": "in press"}}
    ]  # fmt: skip
    assert not lost(items, ris.records, ris.read)
