"""Whole documents: APA end to end, warnings, links, modes, hostile data, the shape of results."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.csl.building import cites, load, names, processor, year
from tests.csl.fixture import locale_text

from ppreflist.csl import locate
from ppreflist.csl import markup as m
from ppreflist.csl.processor import Processor
from ppreflist.csl.results import Layout
from ppreflist.csl.style import load_style

_ITEMS: list[dict[str, Any]] = [
    {
        "id": "first",
        "type": "article-journal",
        "title": "A first study of sleep",
        "author": names("Smith, Ann Mary", "Jones, Bo"),
        "issued": {"date-parts": [[2006, 5, 2]]},
        "container-title": "Journal of Sleep",
        "volume": "12",
        "issue": "3",
        "page": "101-118",
        "DOI": "10.1000/jsr.101",
    },
    {
        "id": "second",
        "type": "article-journal",
        "title": "Another study: what now?",
        "author": names("Smith, Ann Mary", "Jones, Bo"),
        "issued": year(2006),
        "container-title": "Journal of Sleep",
        "volume": "13",
        "page": "1-9",
    },
    {
        "id": "book",
        "type": "book",
        "title": "Principles of everything",
        "author": names("Brown, Charles"),
        "issued": year(1987),
        "publisher": "Oxford University Press",
    },
]


def _apa(**options: Any) -> Processor:
    style = load_style(locate.style_text("apa"), path="apa")
    return Processor(style, locale_text=locale_text, **options)


def test_apa_to_the_letter() -> None:
    rendered = _apa(format="text").process(
        _ITEMS, [[{"id": "first"}, {"id": "second"}], [{"id": "book", "locator": "7", "label": "page"}]]
    )
    assert rendered.citations == ("(Smith & Jones, 2006a, 2006b)", "(Brown, 1987, p. 7)")
    assert [entry.id for entry in rendered.bibliography.entries] == ["book", "first", "second"]
    assert [entry.text.strip() for entry in rendered.bibliography.entries] == [
        "Brown, C. (1987). Principles of everything. Oxford University Press.",
        "Smith, A. M., & Jones, B. (2006a). A first study of sleep. Journal of Sleep, 12(3), 101–118. "
        "https://doi.org/10.1000/jsr.101",
        "Smith, A. M., & Jones, B. (2006b). Another study: what now? Journal of Sleep, 13, 1–9.",
    ]
    assert rendered.bibliography.layout.hanging_indent
    assert rendered.warnings == ()


def test_items_are_not_changed() -> None:
    before = copy.deepcopy(_ITEMS)
    _apa().process(_ITEMS, [[{"id": "first"}]])
    assert before == _ITEMS


def test_a_processor_keeps_nothing_between_calls() -> None:
    apa = _apa()
    alone = apa.process(_ITEMS[:1]).bibliography.text
    apa.process(_ITEMS)
    assert apa.process(_ITEMS[:1]).bibliography.text == alone
    assert "2006a" not in alone


def test_uncited_items_disambiguate_but_may_stay_out() -> None:
    apa = _apa()
    assert apa.process(_ITEMS, [[{"id": "first"}]], cited_only=True).citations == ("(Smith &#38; Jones, 2006)",)
    assert apa.process(_ITEMS, [[{"id": "first"}]]).citations != ("(Smith &#38; Jones, 2006)",)


@pytest.mark.parametrize(
    ("properties", "rendered"),
    [
        ({"mode": "composite"}, "Brown (1987)"),
        ({"mode": "composite", "infix": "says that"}, "Brown says that (1987)"),
        ({"mode": "author-only"}, "Brown"),
        ({"mode": "suppress-author"}, "(1987)"),
        ({}, "(Brown, 1987)"),
    ],
)
def test_modes(properties: dict[str, Any], rendered: str) -> None:
    citation = {"citationItems": [{"id": "book"}], "properties": properties}
    assert _apa().process(_ITEMS, [citation]).citations == (rendered,)


def test_numbers_name_their_author_in_the_text() -> None:
    style = load_style(locate.style_text("ieee"), path="ieee")
    citation = {"citationItems": [{"id": "first"}], "properties": {"mode": "composite"}}
    made = Processor(style, locale_text=locale_text).process(_ITEMS, [citation])
    assert made.citations == ("Smith and Jones [1]",)


def test_notes_are_numbered_by_themselves() -> None:
    made = processor(
        citation="""<choose><if position="ibid"><text term="ibid"/></if><else-if position="subsequent">
            <text variable="title"/><text variable="first-reference-note-number" prefix=" note "/></else-if>
            <else><text variable="title"/></else></choose>""",
        style='class="note"',
        layout='suffix="."',
    )
    items = [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]
    citations = [[{"id": "a"}], [{"id": "a"}], [{"id": "b"}], [{"id": "a"}]]
    assert made.process(items, citations).citations == ("A.", "Ibid.", "B.", "A note 1.")


# -- links ----------------------------------------------------------------------------------------------------------


def test_identifiers_are_links_with_their_resolver() -> None:
    made = Processor(
        load(bibliography='<text variable="DOI" prefix="https://doi.org/"/><text variable="URL" prefix=" at "/>'),
        locale_text=locale_text,
    )
    text = made.bibliography([{"id": "a", "DOI": "10.1/x", "URL": "https://a.org/?b=1&c=<d>"}]).text
    assert '<a href="https://doi.org/10.1/x">https://doi.org/10.1/x</a> at ' in text
    assert '<a href="https://a.org/?b=1&#38;c=&#60;d&#62;">https://a.org/?b=1&#38;c=&#60;d&#62;</a>' in text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "//x"])
def test_only_web_addresses_are_links(url: str) -> None:
    made = Processor(load(bibliography='<text variable="URL"/>'), locale_text=locale_text)
    assert "<a" not in made.bibliography([{"id": "a", "URL": url}]).text


def test_links_can_be_switched_off() -> None:
    made = Processor(load(bibliography='<text variable="DOI"/>'), locale_text=locale_text, links=False)
    assert "<a" not in made.bibliography([{"id": "a", "DOI": "10.1/x"}]).text


# -- what goes wrong ------------------------------------------------------------------------------------------------


def test_a_bad_item_is_rendered_as_far_as_it_goes_and_named() -> None:
    bad = {"id": "bad", "type": "book", "title": "Kept", "author": 5, "issued": {"date-parts": [["soon"]]}}
    rendered = _apa(format="text").process([*_ITEMS, bad])
    assert any("Kept" in entry.text for entry in rendered.bibliography.entries)
    assert len(rendered.bibliography.entries) == 4
    assert {(warning.item, warning.variable) for warning in rendered.warnings} == {("bad", "author"), ("bad", "issued")}
    assert str(rendered.warnings[0]).startswith("bad: author: ")


@pytest.mark.parametrize(
    ("items", "citations", "message"),
    [
        ([5], [], "not an item"),
        ([{"title": "x"}], [], "no id"),
        ([{"id": "a"}, {"id": "a"}], [], "twice"),
        ([{"id": "a", "title": "x"}], [[{"id": "b"}]], "no such item"),
        ([{"id": "a", "title": "x"}], [5], "not a citation"),
        ([{"id": "a"}], [[{"id": "a"}]], "renders nothing"),
    ],
)
def test_documents_with_mistakes(items: list[Any], citations: list[Any], message: str) -> None:
    rendered = processor().process(items, citations)
    assert len(rendered.citations) == len(citations)
    assert any(message in warning.message for warning in rendered.warnings)


def _deep(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize("variable", ["title", "author", "issued", "page", "note", "type", "id"])
def test_deep_data_do_not_blow_the_stack(variable: str) -> None:
    rendered = _apa().process([{"id": "a", "title": "T", variable: _deep(100_000)}])
    assert rendered.warnings


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3000, 3000) | st.text(max_size=8) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["family", "date-parts", "raw"]), inner)
    ),
    max_leaves=6,
)
_VARIABLES = st.sampled_from(
    ["title", "author", "editor", "issued", "page", "volume", "note", "type", "language", "DOI"]
)
_APA = _apa()


@given(st.dictionaries(_VARIABLES, _JSON, max_size=5))
def test_nothing_in_an_item_raises(data: dict[str, Any]) -> None:
    rendered = _APA.process([{**data, "id": "a"}], [[{"id": "a"}]])
    assert len(rendered.citations) == 1
    text = rendered.bibliography.text
    assert text.count("<i>") == text.count("</i>")
    assert not m.RESERVED.search(text)


# -- bibliographies -------------------------------------------------------------------------------------------------


def test_entries_that_render_nothing_are_left_out() -> None:
    made = processor(bibliography='<text variable="title"/>')
    assert [entry.id for entry in made.bibliography([{"id": "a"}, {"id": "b", "title": "B"}]).entries] == ["b"]


def test_a_style_without_bibliography() -> None:
    bibliography = processor().bibliography([{"id": "a", "title": "A"}])
    assert (bibliography.entries, bibliography.layout, bibliography.text) == ((), Layout(), "")


def _with_bibliography(attributes: str, layout: str, items: list[dict[str, Any]]) -> list[str]:
    xml_style = load_style(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><citation><layout/></citation>'
        f"<bibliography {attributes}><layout>{layout}</layout></bibliography></style>"
    )
    made = Processor(xml_style, locale_text=locale_text, links=False, format="html")
    full = [{"id": str(index), "type": "book", **item} for index, item in enumerate(items)]
    return [entry.text.strip() for entry in made.bibliography(full).entries]


def test_second_field_align() -> None:
    layout = '<text variable="citation-number" suffix=". "/><text variable="title"/>'
    assert _with_bibliography('second-field-align="flush"', layout, [{"title": "T"}]) == [
        '<div class="csl-entry">\n    <div class="csl-left-margin">1. </div>'
        '<div class="csl-right-inline">T</div>\n  </div>'
    ]


@pytest.mark.parametrize(
    ("rule", "second"),
    [
        ("complete-all", "---"),
        ("complete-each", "---, ---"),
        ("partial-each", "---, ---"),
        ("partial-first", "---, Roe"),
    ],
)
def test_subsequent_author_substitute(rule: str, second: str) -> None:
    items = [{"author": names("Doe, J", "Roe, K")}, {"author": names("Doe, J", "Roe, K")}]
    attributes = f'subsequent-author-substitute="---" subsequent-author-substitute-rule="{rule}"'
    entries = _with_bibliography(attributes, '<names variable="author"><name form="short"/></names>', items)
    assert entries == ['<div class="csl-entry">Doe, Roe</div>', f'<div class="csl-entry">{second}</div>']


def test_the_same_rendering_of_another_person_is_not_replaced() -> None:
    items = [{"author": names("Doe, John")}, {"author": names("Doe, Jane")}]
    layout = '<names variable="author"><name initialize-with="."/></names>'
    entries = _with_bibliography('subsequent-author-substitute="---"', layout, items)
    assert entries == ['<div class="csl-entry">J. Doe</div>'] * 2


@pytest.mark.parametrize("variable", ["title", "issued", "author", "volume", "page", "locator", "nothing", "note"])
@pytest.mark.parametrize(
    "element",
    [
        '<text variable="{}"/>',
        '<text variable="{}" form="short"/>',
        '<number variable="{}"/>',
        '<number variable="{}" form="ordinal"/>',
        '<label variable="{}"/>',
        '<date variable="{}"><date-part name="year"/></date>',
        '<date variable="{}" form="text"/>',
        '<names variable="{}"><label/><substitute><text variable="title"/></substitute></names>',
        '<choose><if is-numeric="{0}" is-uncertain-date="{0}" match="any"><text value="yes"/></if></choose>',
    ],
)
def test_any_element_may_ask_for_any_variable(element: str, variable: str) -> None:
    item = {
        "id": "one",
        "type": "book",
        "title": "One",
        "issued": year(2001),
        "author": names("Doe, Ann"),
        "volume": "3",
        "page": "1-2",
        "note": "A note",
    }
    text = cites(f'<text value="["/>{element.format(variable)}<text value="]"/>', [item, {**item, "id": "two"}])
    assert text.startswith("[")
    assert text.endswith("]")


@pytest.mark.parametrize("unit", [" ", "\u00a0", ".", ".:", '"', ", ", "1-2, ", "<i>", "a: "])
def test_the_cost_of_a_long_field_is_linear(unit: str) -> None:
    # No clock here: what grows with the square would take this test hours.
    text = f"a{unit * (60_000 // len(unit))}b"
    item = {
        "id": "long",
        "type": "article-journal",
        "title": text,
        "author": [{"family": text, "given": f"A{text},"}],
        "volume": text,
        "page": text,
        "issued": {"raw": text},
    }
    (entry,) = _apa().bibliography([item]).entries
    assert entry.id == "long"


def test_numbers_of_any_length_are_pages() -> None:
    item = {"id": "long", "type": "article-journal", "title": "T", "page": f"{'1' * 5000}-{'2' * 5000}"}
    (entry,) = _apa().bibliography([item]).entries
    assert "2" * 5000 in entry.text
