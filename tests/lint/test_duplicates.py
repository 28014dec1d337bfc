from __future__ import annotations

import pytest

from ppreflist.lint.duplicates import WorkIndex, duplicates, find_duplicate, folded_title, identifiers
from ppreflist.model.entry import Entry, Field
from ppreflist.model.name import Name, NameList

LONG = "Intravenous immunoglobulin for post-polio syndrome"


def entry(key: str, type_: str = "article", author: str = "", **fields: str) -> Entry:
    names = {"author": NameList((Name(author, "A."),))} if author else {}
    return Entry(key, type_, {name: Field(name, text, text) for name, text in fields.items()}, names)


@pytest.mark.parametrize(
    ("there", "candidate", "reason"),
    [
        ({"doi": "10.1000/ABC"}, {"doi": "https://doi.org/10.1000/abc"}, "same DOI"),
        ({"doi": "10.1000/abc"}, {"url": "https://example.org/doi/full/10.1000/abc"}, "same DOI"),
        ({"url": "https://dx.doi.org/10.1000%2Fabc"}, {"doi": "10.1000/abc."}, "same DOI"),
        ({"eprint": "2101.00001v1", "archiveprefix": "arXiv"}, {"doi": "10.48550/arXiv.2101.00001"}, "arXiv"),
        ({"eprint": "16713924", "eprinttype": "pubmed"}, {"pmid": "16713924"}, "same PMID"),
        ({"pmcid": "PMC12"}, {"url": "https://pmc.ncbi.nlm.nih.gov/articles/PMC12/"}, "same PMCID"),
        (
            {"title": "Évidence-based {G}uideline", "year": "2012"},
            {"title": "evidence based guideline", "date": "2012-03"},
            "title",
        ),
        (
            {"title": "A title: with more", "year": "2012"},
            {"title": "A title", "subtitle": "With more", "year": "2012"},
            "title",
        ),
        ({"title": "H<sub>2</sub>O now", "year": "2012"}, {"title": "H2O now", "year": "2012"}, "title"),
        ({"title": "中文标题", "year": "2012"}, {"title": "中文标题", "year": "2012"}, "title"),
        (
            {"title": "Short", "year": "2012", "volume": "05"},
            {"title": "Short", "year": "2012", "volume": "5"},
            "title",
        ),
    ],
)
def test_the_same_work(there: dict[str, str], candidate: dict[str, str], reason: str) -> None:
    one, other = entry("one", **there), entry("other", **candidate)
    match = find_duplicate(other, [one])
    assert match is not None
    assert match.entry is one
    assert reason in match.reason
    assert find_duplicate(one, [other]) is not None


@pytest.mark.parametrize(
    ("there", "candidate"),
    [
        ({}, {}),
        ({"title": "!"}, {"title": "?"}),
        ({"doi": "10.1000/abc"}, {"doi": "10.1000/abd"}),
        ({"doi": "not a doi"}, {"doi": "not a doi"}),
        ({"title": LONG, "year": "2006"}, {"title": LONG, "year": "2007"}),
        ({"title": LONG, "year": "2006", "doi": "10.1000/a"}, {"title": LONG, "year": "2006", "doi": "10.1000/b"}),
        ({"title": "Editorial", "year": "2006", "number": "1"}, {"title": "Editorial", "year": "2006", "number": "2"}),
        ({"title": "Editorial", "year": "2006", "pages": "1--2"}, {"title": "Editorial", "year": "2006", "pages": "7"}),
        ({"isbn": "978-0-306-40615-7"}, {"isbn": "0-306-40615-2"}),
    ],
)
def test_different_works(there: dict[str, str], candidate: dict[str, str]) -> None:
    assert find_duplicate(entry("other", **candidate), [entry("one", **there)]) is None


def test_a_book_is_known_by_its_isbn_and_a_chapter_is_not() -> None:
    book = entry("book", "book", isbn="978-0-306-40615-7")
    assert find_duplicate(entry("again", "book", isbn="0306406152"), [book]) is not None
    assert find_duplicate(entry("chapter", "incollection", isbn="0306406152"), [book]) is None
    assert find_duplicate(entry("volume2", "book", isbn="0306406152", volume="2"), [book]) is None


def test_an_article_is_not_the_conference_paper_unless_their_pages_say_so() -> None:
    article = entry("article", title=LONG, year="2006")
    assert find_duplicate(entry("talk", "inproceedings", title=LONG, year="2006"), [article]) is None
    assert find_duplicate(entry("web", "online", title=LONG, year="2006"), [article]) is not None
    article = entry("article", title=LONG, year="2006", pages="60--65")
    assert find_duplicate(entry("talk", "inproceedings", title=LONG, year="2006", pages="60"), [article]) is not None


def test_the_first_author_tells_short_titles_apart_and_long_ones_not() -> None:
    for title, apart in (("Preface", True), (LONG, False)):
        one = entry("one", author="Borg", title=title, year="2006")
        other = entry("other", author="Farbu", title=title, year="2006")
        assert (find_duplicate(other, [one]) is None) is apart


def test_a_library_names_each_repetition_once_and_the_first_entry_stands() -> None:
    library = [
        entry("a", doi="10.1000/x"),
        entry("b", title=LONG, year="2006"),
        entry("c", doi="10.1000/X"),
        entry("d", title=LONG.upper(), year="2006", doi="10.1000/x"),
    ]
    assert [(again.key, match.entry.key) for again, match in duplicates(library)] == [("c", "a"), ("d", "a")]


def test_an_entry_is_no_duplicate_of_itself() -> None:
    one = entry("one", title=LONG, year="2006", doi="10.1000/x")
    assert WorkIndex([one]).find(one) is None


def test_many_namesakes_do_not_cost_all_pairs() -> None:
    library = [entry(str(n), title="Untitled", year="2006", pages=str(n)) for n in range(3000)]
    assert list(duplicates(library)) == []


def test_identifiers_come_from_every_field_that_holds_one() -> None:
    rich = entry(
        "rich", doi="10.48550/ARXIV.2101.00001", pmid="12", pmcid="PMC34", eprint="hep-th/9901001v2", url="https://x.org/"
    )  # fmt: skip
    assert [str(each) for each in identifiers(rich)] == [
        "doi:10.48550/ARXIV.2101.00001", "arxiv:2101.00001", "arxiv:hep-th/9901001v2", "pmid:12", "pmcid:PMC34",
    ]  # fmt: skip


def test_titles_fold_to_letters_and_digits() -> None:
    assert folded_title(entry("x", title="Sjögren’s — the “β-test”, 2nd ed.")) == "sjogrensthevtest2nded"
