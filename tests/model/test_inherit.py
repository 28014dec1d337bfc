"""Inheritance by crossref and xdata."""

from __future__ import annotations

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.model.entry import Entry
from ppreflist.model.inherit import parents, resolved


def read(source: str, key: str) -> Entry:
    found = library(BibFile.parse(source))
    return resolved(found, found[key])


def test_inproceedings_takes_the_title_as_booktitle() -> None:
    entry = read(
        """@inproceedings{a, author={A}, title={Paper}, pages={1--2}, crossref={p}}
        @proceedings{p, title={Proc}, subtitle={Sub}, shorttitle={P}, editor={Ed, E.}, year=2001, label={x}}""",
        "a",
    )
    assert entry.text("title") == "Paper"
    assert entry.text("booktitle") == "Proc"
    assert entry.text("booksubtitle") == "Sub"
    assert entry.text("subtitle") == entry.text("shorttitle") == entry.text("label") == ""
    assert entry.text("year") == "2001"
    assert entry.people("editor").names[0].family == "Ed"
    assert entry.fields["booktitle"].origin == "p"
    assert entry.fields["title"].origin == ""


def test_grandparents_give_the_main_title() -> None:
    entry = read(
        """@inbook{a, title={Chapter}, crossref={b}}
        @book{b, title={Volume Two}, volume=2, crossref={m}}
        @mvbook{m, title={Works}, author={Kant, Immanuel}, date={1902/1910}}""",
        "a",
    )
    assert [entry.text(name) for name in ("title", "booktitle", "maintitle")] == ["Chapter", "Volume Two", "Works"]
    assert entry.people("author") == entry.people("bookauthor")
    assert entry.fields["maintitle"].origin == "m"
    assert entry.text("date") == "1902/1910"


def test_a_date_of_its_own_keeps_the_parts_of_the_parents_out() -> None:
    entry = read(
        "@article{a, date={2001-05}, crossref={p}} @periodical{p, title={J}, year=1999, month=jan, issn={1}}", "a"
    )
    assert entry.text("journaltitle") == "J"
    assert entry.text("year") == entry.text("month") == ""
    assert entry.text("issn") == "1"


def test_an_alias_counts_as_its_field() -> None:
    entry = read("@article{a, journal={Mine}, crossref={p}} @periodical{p, title={Theirs}}", "a")
    assert entry.text("journal") == "Mine"
    assert "journaltitle" not in entry.fields


def test_bibtex_parents_name_the_booktitle_themselves() -> None:
    entry = read("@incollection{a, title={T}, crossref={b}} @book{b, title={Long Title}, booktitle={Short}}", "a")
    assert entry.text("booktitle") == "Short"
    entry = read("@incollection{a, title={T}, crossref={b}} @book{b, title={Long Title}}", "a")
    assert entry.text("booktitle") == "Long Title"


def test_xdata_containers_and_theirs() -> None:
    entry = read(
        """@book{a, title={T}, xdata={x, y}} @xdata{x, publisher={P}, xdata={z}} @xdata{y, publisher={Q}, location={L}}
        @xdata{z, title={Z}, note={N}}""",
        "a",
    )
    assert [entry.text(name) for name in ("title", "publisher", "location", "note")] == ["T", "P", "L", "N"]
    assert entry.fields["note"].origin == "z"


def test_circles_and_missing_parents_end() -> None:
    entry = read("@book{a, title={A}, crossref={b}} @book{b, publisher={P}, crossref={a}}", "a")
    assert entry.text("publisher") == "P"
    assert read("@book{a, title={A}, crossref={a}, xdata={a}}", "a").text("title") == "A"
    assert read("@book{a, title={A}, crossref={nowhere}, xdata={n}}", "a").text("title") == "A"


def test_long_chains_are_cut() -> None:
    source = "".join(f"@book{{k{i}, crossref={{k{i + 1}}}}}\n" for i in range(3000)) + "@book{k3000, title={End}}"
    assert read(source, "k0").text("title") == ""
    assert read(source, "k2990").text("title") == "End"


def test_an_entry_without_parents_is_returned_as_it_is() -> None:
    found = library(BibFile.parse("@book{a, title={A}}"))
    assert resolved(found, found["a"]) is found["a"]


def test_parents_are_all_entries_that_are_needed() -> None:
    found = library(
        BibFile.parse(
            "@inbook{a, crossref={b}, xdata={x}} @book{b, crossref={m}} @mvbook{m, xref={a}} @xdata{x, xdata={y}}"
        )
    )
    assert {each.key for each in parents(found, found["a"])} == {"b", "m", "x"}
    assert {each.key for each in parents(found, found["a"], found["b"])} == {"m", "x"}
