# ruff: noqa: E501 - references read better in one line
from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppreflist.extract.document import Document, Place
from ppreflist.extract.find import find
from ppreflist.extract.finding import Finding, Kind

ARTICLE = Path(__file__).parents[3] / "shared" / "ivig-update.txt"


@pytest.fixture(scope="module")
def article() -> list[Finding]:
    if not ARTICLE.is_file():
        pytest.skip("the article of the shared folder is not here")
    return find(Document.of_text(ARTICLE.read_text(encoding="utf-8")))


def test_the_guideline_of_the_article_is_found(article: list[Finding]) -> None:
    (found,) = [each for each in article if each.item.get("container-title") == "Neurology"]
    assert str(found.item["title"]).startswith("Evidence-based guideline: Intravenous immunoglobulin")
    assert found.item["issued"] == {"date-parts": [[2012, 3, 27]]}
    assert (found.item["volume"], found.item["issue"], found.item["page"]) == ("78", "13", "1009-1015")
    assert found.address is not None
    assert found.address.printed == "www.neurology.org/content/78/13/1009. Full.html"
    assert found.address.url == "https://www.neurology.org/content/78/13/1009.full.html"
    assert found.place == Place(12)


def test_the_newsletter_articles_of_the_article_are_found(article: list[Finding]) -> None:
    found = [each for each in article if each.item.get("container-title") == "Post-Polio Health"]
    assert [(each.item["volume"], each.item["issue"], each.item["issued"]["date-parts"]) for each in found] == [
        ("22", "2", [[2006]]),
        ("26", "3", [[2006]]),
        ("23", "2", [[2007]]),
    ]
    firsts = ["Intravenous Immunoglobulin Treatment", "Recent experience Using", "More About IVIg"]
    assert all(str(each.item["title"]).startswith(first) for each, first in zip(found, firsts, strict=True))


def test_the_other_address_of_the_article_is_found_and_the_mail_address_is_none(article: list[Finding]) -> None:
    (found,) = [each for each in article if each.kind is Kind.ADDRESS]
    assert found.address is not None
    assert found.address.printed == "www.post-poli.org"
    assert [url for url, _ in found.address.suggestions] == ["https://www.post-polio.org"]
    assert len(article) == 5


def test_what_stands_in_a_citation_is_not_found_again() -> None:
    text = (
        "References\n\n1. Chen A. A study of things. J Things 2001;2:3-4. doi:10.1000/things.3\n"
        "2. Bo C. Another study of things. J Things 2002;3:5-6. http://example.org/a\n\n"
        "Acknowledgements\n\nSee https://doi.org/10.1000/things.3, http://example.org/a and PMID: 22454268, PMID 22454268."
    )
    found = find(Document.of_text(text))
    assert [each.kind for each in found] == [Kind.LISTED, Kind.LISTED, Kind.IDENTIFIER]
    assert [str(each) for each in found[0].identifiers] == ["doi:10.1000/things.3"]
    assert found[2].item["PMID"] == "22454268"


def test_a_flawed_identifier_is_reported() -> None:
    (found,) = find(Document.of_text("It is ISBN 978-0-306-40615-8."))
    assert "check digit" in found.remarks[0]


@settings(max_examples=40)
@given(st.text(alphabet="Aa1. ,;:()“”-\n@/wREFERNCSreferncs20", max_size=300))
def test_any_text_is_searched(text: str) -> None:
    lines = len(text.split("\n"))
    for each in find(Document.of_text(text)):
        assert 1 <= each.place.line <= lines


@pytest.mark.parametrize(
    "unit",
    ["(", "( ", "References\n", "http://a/ ", "1(1) ", "1:", "10.1000/a-\n", "Aa, B. (2000). C. D, 1(2), 3–4.\n", "A. ", "“", "-\n",
     "Title, Journal, (Vol. 1, No. 2) 2000 ", "van der ", "[1] ", "a@a.", "\u00ad\n", "Aa B, ", "1.\n", "&amp;", "\U000f0000"],
)  # fmt: skip
def test_hostile_repetitions_end(unit: str) -> None:
    """Time grows linearly; what was quadratic would make this test take minutes."""
    find(Document.of_text(unit * (15_000 // len(unit))))
