"""Tags, quotes and apostrophes of fields, seen through the HTML that comes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.csl.building import cite

from ppreflist.csl import markup as m
from ppreflist.csl import richtext

_PLAIN = '<text variable="title"/>'


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("<i>E. coli</i> in <b>bold</b>", "<i>E. coli</i> in <b>bold</b>"),
        ("H<sub>2</sub>O and 10<sup>3</sup>", "H<sub>2</sub>O and 10<sup>3</sup>"),
        ("<sc>abc</sc>", '<span style="font-variant:small-caps;">abc</span>'),
        ('<span class="nocase">iPad</span>', "iPad"),
        ("<i>one <i>two</i></i>", '<i>one <span style="font-style:normal;">two</span></i>'),
        ("no end <i>of it", "no end &#60;i&#62;of it"),
        ("</b> first", "&#60;/b&#62; first"),
        ("<i>crossed <b>tags</i> here</b>", "<i>crossed &#60;b&#62;tags</i> here&#60;/b&#62;"),
        ("<script>alert(1)</script>", "&#60;script&#62;alert(1)&#60;/script&#62;"),
        ('<span onclick="x">y</span>', "&#60;span onclick=“x”&#62;y&#60;/span&#62;"),
        ("AT&T &amp; co", "AT&#38;T &#38;amp; co"),
        ('a "quoted" word', "a “quoted” word"),
        ("'single' and John's", "“single” and John’s"),
        ("the '09 class of rock 'n' roll", "the ’09 class of rock “n” roll"),
        ('one lone " mark', 'one lone " mark'),
        ("outer \"inner 'deep' x\" y", "outer “inner ‘deep’ x” y"),
        ("‘curly’ stays", "‘curly’ stays"),
        ("std::vector... wait", "std::vector... wait"),
        ("too  many   spaces", "too many spaces"),
        ("Où : là", "Où\u202f: là"),
        ("« guillemets »", "«\u202fguillemets\u202f»"),
    ],
)
def test_fields(title: str, html: str) -> None:
    assert cite(_PLAIN, {"title": title}) == html


def test_quotes_of_a_field_flip_inside_those_of_the_style() -> None:
    assert cite('<text variable="title" quotes="true"/>', {"title": 'A "quoted" word'}) == "“A ‘quoted’ word”"


def test_italics_of_a_field_flip_inside_those_of_the_style() -> None:
    html = cite('<text variable="title" font-style="italic"/>', {"title": "On <i>E. coli</i>"})
    assert html == '<i>On <span style="font-style:normal;">E. coli</span></i>'


def test_characters_of_the_markup_never_come_from_data() -> None:
    hostile = "".join((*m.PAIRS, *m.PAIRS.values(), m.LINK, m.LINK_TEXT, m.END_LINK, m.QUOTE, m.TERM, m.PROTECT))
    assert cite(_PLAIN, {"title": f"a{hostile}b"}).startswith("a")
    assert "<" not in cite(_PLAIN, {"title": f"a{hostile}b"})


def test_a_byte_of_windows_1252_is_repaired() -> None:
    assert cite(_PLAIN, {"title": "1990\x962000"}) == "1990–2000"


_SNIPPETS = st.lists(
    st.sampled_from(
        ["<i>", "</i>", "<b>", "</b>", "<sc>", "</sc>", '"', "'", "“", "”", "‘", "’", " ", "a", ".", "</span>"]
    ),
    max_size=30,
).map("".join)


@given(_SNIPPETS)
def test_whatever_is_in_a_field_its_markup_is_balanced(text: str) -> None:
    stack: list[str] = []
    pairs = {
        **m.PAIRS,
        m.FLIP_ITALIC: m.END_FLIP_ITALIC,
        m.FLIP_BOLD: m.END_FLIP_BOLD,
        m.FLIP_SMALL_CAPS: m.END_FLIP_SMALL_CAPS,
        m.QUOTE: m.END_QUOTE,
        m.SINGLE_QUOTE: m.END_SINGLE_QUOTE,
        m.CURLY_QUOTE: m.END_CURLY_QUOTE,
    }
    for character in richtext.parse(text):
        if character in pairs:
            stack.append(pairs[character])
        elif character in pairs.values():
            assert stack.pop() == character
    assert stack == []
