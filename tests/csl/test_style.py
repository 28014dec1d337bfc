"""Loading styles: errors with their line, dependent styles, bounds."""

from __future__ import annotations

import pytest
from tests.csl.building import style_xml

from ppreflist.csl.style import load_style
from ppreflist.errors import MalformedStyle

_NAMESPACE = 'xmlns="http://purl.org/net/xbiblio/csl"'


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("no XML at all", 1, "not well-formed"),
        ("<style>\n<citation>", 1, "not in the CSL namespace"),
        (f"<style {_NAMESPACE}>\n<citation>\n</style>", 3, "mismatched tag"),
        (f"<locale {_NAMESPACE}/>", 1, "not a CSL style"),
        (f"<style {_NAMESPACE}>\n<info/>\n</style>", 1, "neither <citation>"),
        (f"<style {_NAMESPACE}>\n\n<citation/></style>", 3, "no <layout>"),
        (style_xml('\n<text macro="gone"/>'), 2, 'macro "gone" does not exist'),
        (
            style_xml(
                '<text macro="a"/>',
                before='<macro name="a">\n<text macro="b"/></macro><macro name="b">\n<text macro="a"/></macro>',
            ),
            3,
            "calls itself: a -> b -> a",
        ),
        ("", 1, "no element found"),
        ('<!DOCTYPE s [<!ENTITY a "b">]><s>&a;</s>', 1, "entities"),
    ],
)
def test_what_is_wrong_and_where(source: str, line: int, message: str) -> None:
    with pytest.raises(MalformedStyle, match=message) as caught:
        load_style(source, path="house.csl")
    assert caught.value.line == line
    assert caught.value.path == "house.csl"


def test_nesting_is_bounded() -> None:
    with pytest.raises(MalformedStyle, match="nested deeper"):
        load_style(style_xml("<group>" * 5000 + '<text value="x"/>' + "</group>" * 5000))


def test_macros_that_call_macros_are_bounded() -> None:
    macros = "".join(
        f'<macro name="m{index}"><group><text macro="m{index + 1}"/></group></macro>' for index in range(200)
    )
    with pytest.raises(MalformedStyle, match="deep"):
        load_style(style_xml('<text macro="m0"/>', before=f'{macros}<macro name="m200"/>'))


def test_a_dependent_style_takes_everything_but_its_name_and_locale_from_its_parent() -> None:
    child = (
        f'<style {_NAMESPACE} version="1.0" default-locale="de-DE"><info><title>Child</title><id>child</id>'
        '<link href="http://example.org/parent" rel="independent-parent"/></info></style>'
    )
    asked: list[str] = []

    def parent(identifier: str) -> str:
        asked.append(identifier)
        return style_xml(bibliography='<text variable="title"/>')

    style = load_style(child, parent=parent)

    assert asked == ["http://example.org/parent"]
    assert (style.id, style.title, style.default_locale) == ("child", "Child", "de-DE")
    assert style.has_bibliography


def test_a_dependent_style_without_its_parent_is_an_error_at_the_link() -> None:
    child = (
        f'<style {_NAMESPACE}><info>\n<link href="http://example.org/parent" rel="independent-parent"/></info></style>'
    )
    with pytest.raises(MalformedStyle, match="depends on the style") as caught:
        load_style(child)
    assert caught.value.line == 2


def test_bytes_keep_the_encoding_that_they_declare() -> None:
    xml = style_xml().replace("<title>Test</title>", "<title>Éditions</title>")
    encoded = ('<?xml version="1.0" encoding="iso-8859-1"?>' + xml).encode("iso-8859-1")
    assert load_style(encoded).title == "Éditions"
