"""Citations out of cites: grouping, collapsing, affixes."""

from __future__ import annotations

import pytest
from tests.csl.building import cites, names, processor, year

_AUTHOR_DATE = (
    '<group delimiter=" "><names variable="author"><name form="short"/></names>'
    '<date variable="issued"><date-part name="year"/></date></group>'
)
_ITEMS = [
    {"author": names("Doe, J"), "issued": year(2000)},
    {"author": names("Doe, J"), "issued": year(2000)},
    {"author": names("Doe, J"), "issued": year(2000)},
    {"author": names("Doe, J"), "issued": year(2001)},
    {"author": names("Roe, K"), "issued": year(1999)},
]


@pytest.mark.parametrize(
    ("attributes", "rendered"),
    [
        ("", "(Doe 2000; Doe 2000; Doe 2000; Doe 2001; Roe 1999)"),
        ('collapse="year"', "(Doe 2000, 2000, 2000, 2001; Roe 1999)"),
        ('collapse="year" cite-group-delimiter=" + "', "(Doe 2000 + 2000 + 2000 + 2001; Roe 1999)"),
        (
            'collapse="year-suffix" disambiguate-add-year-suffix="true" year-suffix-delimiter=","',
            "(Doe 2000a,b,c, 2001; Roe 1999)",
        ),
        (
            'collapse="year-suffix-ranged" disambiguate-add-year-suffix="true" after-collapse-delimiter=" | "',
            "(Doe 2000a–c; 2001 | Roe 1999)",
        ),
    ],
)
def test_years(attributes: str, rendered: str) -> None:
    layout = 'prefix="(" suffix=")" delimiter="; "'
    assert cites(_AUTHOR_DATE, _ITEMS, citation_attributes=attributes, layout=layout) == rendered


@pytest.mark.parametrize(
    ("ids", "rendered"),
    [("012", "[1–3]"), ("01", "[1,2]"), ("0124", "[1–3,5]"), ("0234", "[1,3–5]"), ("210", "[3,2,1]")],
)
def test_numbers(ids: str, rendered: str) -> None:
    made = processor(
        citation='<text variable="citation-number"/>',
        citation_attributes='collapse="citation-number"',
        layout='prefix="[" suffix="]" delimiter=","',
    )
    items = [{"id": str(index), "type": "book", "title": "T"} for index in range(5)]
    rendered_all = made.process(items, [[{"id": each} for each in ids]], in_item_order=True)
    assert rendered_all.citations == (rendered,)


def test_a_locator_keeps_a_number_out_of_the_range() -> None:
    made = processor(
        citation='<text variable="citation-number"/><text variable="locator" prefix=":"/>',
        citation_attributes='collapse="citation-number"',
        layout='delimiter=","',
    )
    items = [{"id": str(index), "type": "book", "title": "T"} for index in range(3)]
    citation = [{"id": "0"}, {"id": "1", "locator": "7"}, {"id": "2"}]
    assert made.process(items, [citation]).citations == ("1,2:7,3",)


@pytest.mark.parametrize(
    ("prefix", "suffix", "rendered"),
    [
        ("see ", ", passim", "(see Doe 2000, passim)"),
        ("see", "passim", "(see Doe 2000 passim)"),
        ("<i>cf.</i> ", "", "(<i>cf.</i> Doe 2000)"),
        ("“", "”", "(“Doe 2000”)"),
    ],
)
def test_affixes_of_a_cite(prefix: str, suffix: str, rendered: str) -> None:
    made = processor(citation=_AUTHOR_DATE, layout='prefix="(" suffix=")"')
    item = {"id": "i", "type": "book", **_ITEMS[0]}
    assert made.cite([item], [{"id": "i", "prefix": prefix, "suffix": suffix}]) == rendered
