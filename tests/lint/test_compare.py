from __future__ import annotations

import pytest

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.lint.compare import Agreement, Comparison, Verdict, compare
from ppreflist.model.entry import Entry

RECORD = {
    "author": "Farbu, Elisabeth and Rekand, Tiina and Vik-Mo, Einar",
    "title": "Post-polio syndrome patients treated with intravenous immunoglobulin: a double-blinded pilot study",
    "journal": "European Journal of Neurology",
    "shortjournal": "Euro J of Neurology",
    "year": "2007",
    "volume": "14",
    "number": "1",
    "pages": "60--65",
    "issn": "1351-5101",
    "doi": "10.1111/j.1468-1331.2006.01552.x",
}


def entry(**changes: str) -> Entry:
    fields = {name: value for name, value in {**RECORD, **changes}.items() if value}
    text = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
    return library(BibFile.parse(f"@article{{key, {text}}}")).entries[0]


def compared(**changes: str) -> Comparison:
    return compare(entry(**changes), entry())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "POSTPOLIO syndrome patients treated with intravenous immunoglobulin"},
        {"author": "Farbu, E. and others", "pages": "60"},
        {"author": "Rekand, Tiina and Farbu, Elisabeth"},
        {"journal": "Eur. J. Neurol.", "year": "2006"},
        {"journal": "EJN", "issn": "13515101"},
        {"volume": "", "number": "", "pages": "", "journal": ""},
    ],
)
def test_the_same_work_written_otherwise(changes: dict[str, str]) -> None:
    found = compared(**changes)
    assert found.verdict is Verdict.SAME, found
    assert found.score > 0.8


@pytest.mark.parametrize(
    ("changes", "differing"),
    [
        ({"volume": "15"}, ("volume",)),
        ({"year": "2009"}, ("year",)),
        ({"pages": "160--165"}, ("pages",)),
        ({"author": "Borg, Kristian"}, ("author",)),
        ({"journal": "Muscle & Nerve", "issn": ""}, ("container",)),
        ({"title": "Behandlung des Postpoliosyndroms mit Immunglobulinen"}, ("title",)),
    ],
)
def test_fields_that_differ_are_named(changes: dict[str, str], differing: tuple[str, ...]) -> None:
    found = compared(**changes)
    assert (found.verdict, found.differing) == (Verdict.DIFFERS, differing)


@pytest.mark.parametrize(
    "changes",
    [
        {
            "title": "Solar cells without silicon",
            "author": "Beta, Bo",
            "journal": "Nature",
            "year": "1999",
            "pages": "1",
        },
        {"title": "Solar cells without silicon", "author": "Beta, Bo", "journal": "", "volume": "", "pages": ""},
        {"title": "Editorial", "author": "Borg, Kristian", "pages": "1--2"},
        {"title": f"Reply to: {RECORD['title']}", "author": "Borg, K.", "pages": "200"},
        {"title": "Late effects of polio in the family", "volume": "", "number": "", "pages": "", "journal": ""},
    ],
)
def test_another_work(changes: dict[str, str]) -> None:
    found = compared(**changes)
    assert found.verdict is Verdict.ANOTHER, found
    assert found.score < 0.3


def test_an_entry_that_says_nothing_is_not_judged() -> None:
    found = compare(entry(**{**dict.fromkeys(RECORD, ""), "year": "2007"}), entry())
    assert found.verdict is Verdict.UNKNOWN
    assert {each.name: each.agreement for each in found.fields}["title"] is Agreement.MISSING
