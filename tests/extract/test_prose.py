# ruff: noqa: E501 - references read better in one line
from __future__ import annotations

from typing import Any

import pytest

from ppreflist.extract.document import Document
from ppreflist.extract.find import find
from ppreflist.extract.finding import Finding, Kind


def cited(text: str) -> list[Finding]:
    return [each for each in find(Document.of_text(text)) if each.kind is Kind.PROSE]


def facts(data: dict[str, Any]) -> tuple[object, ...]:
    date = tuple(data.get("issued", {}).get("date-parts", [[]])[0])
    return data.get("title"), data.get("container-title"), data.get("volume"), data.get("issue"), data.get("page"), date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The May 4, 2011 issue (Vol. 12, No. 3; 45-61) of Gardening featured \n“A practical guide:  Roses in \nthe "
            "shade.”  The article says much.",
            ("A practical guide: Roses in the shade", "Gardening", "12", "3", "45-61", (2011, 5, 4)),
        ),
        (
            "An article (Vol. 12, No. 3, 2011) in the Journal of Roses, \"How to water them,\" says so.",
            ("How to water them", "Journal of Roses", "12", "3", None, (2011,)),
        ),
        (
            "It was said before (“How to water them,” Journal of Roses 12(3), 45–61, 2011) and since.",
            ("How to water them", "Journal of Roses", "12", "3", "45-61", (2011,)),
        ),
        (
            "How to Water Roses in the Shade of Trees \nGarden-Club News, (Vol. 12, No. 3) 2011",
            ("How to Water Roses in the Shade of Trees", "Garden-Club News", "12", "3", None, (2011,)),
        ),
        (
            "How to water roses, Garden-Club News, (Vol. 12, No. 3) 2011",
            ("How to water roses", "Garden-Club News", "12", "3", None, (2011,)),
        ),
        (
            "How to water roses in\nthe shade of trees\nGarden-Club News, Vol. 12, No. 3, Spring 2011",
            ("How to water roses in the shade of trees", "Garden-Club News", "12", "3", None, (2011,)),
        ),
    ],
)  # fmt: skip
def test_a_citation_in_prose(text: str, expected: tuple[object, ...]) -> None:
    (found,) = cited(f"Some prose.\n\n{text}\n\nMore prose.")
    assert facts(found.item) == expected


def test_the_address_that_the_next_sentence_gives_is_that_of_the_citation() -> None:
    text = (
        "The May 4, 2011 issue (Vol. 12, No. 3; 45-61) of Gardening featured “Roses in the shade.” The article can be \n"
        "accessed at www.gardening.example.org/content/12/3/45. Full.html"
    )
    (found,) = find(Document.of_text(text))
    assert found.address is not None
    assert found.address.printed == "www.gardening.example.org/content/12/3/45. Full.html"
    assert found.item["URL"] == "https://www.gardening.example.org/content/12/3/45.full.html"
    assert found.place.line == 1


def test_several_citations_of_one_list_are_apart() -> None:
    text = (
        "See:\n\nRoses for All Who Have No Garden \nGarden News, (Vol. 2, No. 2) 2006 \n \n"
        "More roses in the Shade \nGarden News, (Vol. 6, No. 3) 2007 \n \nEven More Roses, Garden News, (Vol. 3, No. 2) 2008 \n"
    )
    assert [(each.item["title"], each.item["volume"], each.place.line) for each in cited(text)] == [
        ("Roses for All Who Have No Garden", "2", 3),
        ("More roses in the Shade", "6", 6),
        ("Even More Roses", "3", 9),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We met 14 people (12 women) in 2007, aged 60-65 years.",
        "The subgroup (n = 12; 3-5 years) did well in 2010.",
        "Call 555-1234 or write to me@example.org.",
        "Room 12(3), 4th floor, open 9-17.",
        "The ratio was 12:30 at 10:15 on May 3, 2011.",
    ],
)
def test_prose_with_numbers_is_no_citation(text: str) -> None:
    assert find(Document.of_text(text)) == []
