from __future__ import annotations

import pytest

from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.lint.groups import find_groups
from ppreflist.lint.merge import Keep, Prefer, distinct, edits_of, kept_of, link, merged
from ppreflist.model.edit import Edit
from ppreflist.model.entry import Entry
from ppreflist.model.library import Library


def read(source: str) -> tuple[BibFile, Library]:
    file = BibFile.parse(source, "test.bib")
    return file, library(file)


def after(file: BibFile, edits: list[Edit]) -> Library:
    return library(apply(file, edits).new)


def merge(source: str, prefer: Prefer = Prefer.FULLER, keep: str = "one") -> tuple[Library, set[str]]:
    """The library after all entries but those called ``other...`` were merged, and the fields that lost a value."""
    file, found = read(source)
    entries = [entry for entry in found if not entry.key.startswith("other")]
    made = merged(entries, found[keep], prefer)
    return after(file, edits_of(found, [made])), {choice.name for choice in made.lost}


def merged_entry(one: str, two: str, prefer: Prefer = Prefer.FULLER) -> Entry:
    found, _ = merge(f"@article{{one, {one}}}\n\n@article{{two, {two}}}\n", prefer)
    (entry,) = found
    return entry


@pytest.mark.parametrize(
    ("name", "one", "two", "kept"),
    [
        ("author", "Farbu, E. and Vik-Mo, E.", "Farbu, Elisabeth and Vik-Mo, Einar", "two"),
        ("author", "Farbu, E. and others", "Farbu, Elisabeth and Vik-Mo, Einar", "two"),
        ("author", "Farbu, Elisabeth", "Farbu, E.", "one"),
        ("author", "Farbu, Elisabeth", "Borg, Kristian", "one"),
        ("pages", "60", "60--65", "two"),
        ("pages", "60--65", "70--75", "one"),
        ("journal", "Eur. J. Neurol.", "European Journal of Neurology", "two"),
        ("title", "A title", "A title: with its subtitle", "two"),
        ("title", "The {IVIg} trial", "The IVIg trial", "one"),
        ("volume", "14", "15", "one"),
        ("keywords", "b, a", "a, c", "b, a, c"),
        ("keywords", "b; a", "a; c", "b; a; c"),
        ("file", ":a.pdf:PDF", ":b.pdf:PDF", ":a.pdf:PDF;:b.pdf:PDF"),
    ],
)
def test_the_fuller_value_stays(name: str, one: str, two: str, kept: str) -> None:
    entry = merged_entry(f"{name} = {{{one}}}", f"{name} = {{{two}}}")
    assert entry.latex(name) == {"one": one, "two": two}.get(kept, kept)


def test_what_the_kept_entry_lacks_is_added_under_the_name_that_it_uses() -> None:
    entry = merged_entry("journal = {Eur J Neurol}, year = 2007", "journaltitle = {European J. Neurol}, doi = {10.1/x}")
    assert set(entry.fields) == {"journal", "year", "doi", "ids"}


def test_prefer_decides_what_differs() -> None:
    one, two = "volume = 14, title = {A}, year = 2006", "volume = 15, title = {A: b}, year = 2007"
    assert [merged_entry(one, two, Prefer.KEPT).latex(name) for name in ("volume", "title", "year")] == [
        "14", "A", "2006",
    ]  # fmt: skip
    assert [merged_entry(one, two, Prefer.OTHER).latex(name) for name in ("volume", "title", "year")] == [
        "15", "A: b", "2007",
    ]  # fmt: skip
    assert merge(f"@article{{one, {one}}}\n@article{{two, {two}}}\n")[1] == {"volume", "year"}


def test_a_date_is_taken_whole() -> None:
    entry = merged_entry("year = 2007", "date = {2007-01-15}")
    assert (entry.latex("date"), entry.latex("year")) == ("2007-01-15", "")
    entry = merged_entry("year = 2006", "date = {2007-01-15}")
    assert (entry.latex("date"), entry.latex("year")) == ("", "2006")
    entry = merged_entry("year = 2007", "year = 2007, month = jan")
    assert (entry.latex("year"), entry.text("month")) == ("2007", "January")


def test_a_vague_type_gives_way() -> None:
    found, _ = merge("@misc{one, title={A}}\n@article{two, title={A}}\n")
    assert found["one"].type == "article"


def test_every_key_still_leads_to_the_work() -> None:
    source = """@article{one, title={A}}
@article{two, title={A}, ids={old}, related={other1}}
@book{other1, title={B}, related={two, other2}, crossref={two}}
@book{other2, title={C}, related={one, two}, x-distinct={two (no, another)}}
"""
    found, _ = merge(source)
    assert found["two"] is found["old"] is found["one"]
    assert found["one"].text("ids") == "two, old"
    assert found["one"].text("related") == "other1"
    assert found["other1"].text("related") == "one, other2"
    assert found["other1"].text("crossref") == "one"
    assert found["other2"].text("related") == "one"
    assert found["other2"].text("x-distinct") == "one (no, another)"


def test_an_entry_does_not_name_itself() -> None:
    found, _ = merge("@article{one, title={A}, related={two}, crossref={two}}\n@article{two, title={A}, xref={one}}\n")
    (entry,) = found
    assert set(entry.fields) == {"title", "ids"}


def test_two_merges_at_once_keep_each_others_references() -> None:
    file, found = read(
        "@misc{a1, title={A}}\n@misc{a2, title={A}, related={b2}}\n@misc{b1, title={B}}\n@misc{b2, title={B}}\n"
        "@misc{c, title={C}, related={a2, b2}}\n"
    )
    merges = [merged([found["a1"], found["a2"]], found["a1"]), merged([found["b1"], found["b2"]], found["b1"])]
    now = after(file, edits_of(found, merges))
    assert [entry.key for entry in now] == ["a1", "b1", "c"]
    assert now["c"].text("related") == "a1, b1"
    assert now["a1"].text("related") == "b1"


def test_which_entry_stays() -> None:
    _, found = read(
        "@misc{one, title={A}, timestamp={2020-01-01}}\n@article{two, title={A}, doi={10.1/x}}\n"
        "@misc{three, title={A}}\n"
    )
    assert kept_of(found.entries, Keep.FIRST).key == "one"
    assert kept_of(found.entries, Keep.NEWEST).key == "one"
    assert kept_of(found.entries[1:], Keep.NEWEST).key == "three"
    assert kept_of(found.entries).key == "two"


def test_linked_and_distinct_entries_are_not_found_again() -> None:
    preprint = "author={Vaswani, Ashish}, title={Attention is all you need}, year=2017"
    file, found = read(
        f"@misc{{pre, {preprint}, eprint={{1706.03762}}, eprinttype={{arxiv}}}}\n"
        f"@inproceedings{{pub, {preprint}, booktitle={{NIPS}}}}\n"
        f"@inproceedings{{pub2, {preprint}, booktitle={{NIPS}}}}\n"
    )
    seen = find_groups(found)
    edits = [edit for pair in seen.versions for edit in link(pair)]
    now = after(file, [*edits, *distinct(seen.groups[0].entries, "two talks")])
    assert now["pub"].text("related") == "pre"
    assert now["pub"].text("relatedstring") == "Preprint"
    assert now["pub2"].text("x-distinct") == "pub (two talks)"
    again = find_groups(now)
    assert not again.groups
    assert not again.versions
