"""Punctuation at seams, quotes, flip-flop: raw strings to settled ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.csl.building import load
from tests.csl.fixture import locale_text

from ppreflist.csl import markup as m
from ppreflist.csl.locale import build_locale
from ppreflist.csl.settle import Settler

_AMERICAN = Settler(build_locale(load(), "en-US", locale_text))
_BRITISH = Settler(build_locale(load(), "en-GB", locale_text))


@pytest.mark.parametrize(
    ("raw", "settled"),
    [
        ("Why?.", "Why?"),
        ("Stop!,", "Stop!,"),
        ("end..", "end."),
        ("a:. b", "a: b"),
        ("a.: b", "a.: b"),
        ("a;, b", "a;, b"),
        ("a,. b", "a,. b"),
        ("a!? b", "a!? b"),
        ("a  b", "a b"),
        (f"{m.ITALIC}Why?{m.END_ITALIC}. Next", f"{m.ITALIC}Why?{m.END_ITALIC} Next"),
        (f"a.{m.PROTECT}.{m.PROTECT}. b", "a... b"),
    ],
)
def test_marks_that_meet(raw: str, settled: str) -> None:
    assert _AMERICAN.settle(raw) == settled


@pytest.mark.parametrize(
    ("raw", "american", "british"),
    [
        ("{Title}, next", "“Title,” next", "‘Title’, next"),
        ("{Title}. Next", "“Title.” Next", "‘Title’. Next"),
        ("{Title}; next", "“Title”; next", "‘Title’; next"),
        ("{Why?}, next", "“Why?,” next", "‘Why?’, next"),
        ("{Why?}. Next", "“Why?” Next", "‘Why?’ Next"),
        ("{One {two}}, x", "“One ‘two,’” x", "‘One “two”’, x"),
    ],
)
def test_punctuation_and_quotes(raw: str, american: str, british: str) -> None:
    raw = raw.replace("{", m.QUOTE).replace("}", m.END_QUOTE)
    assert _AMERICAN.settle(raw) == american
    assert _BRITISH.settle(raw) == british


def test_italics_asked_for_twice_are_italics_once() -> None:
    raw = f"{m.ITALIC}a {m.ITALIC}b{m.END_ITALIC} c{m.END_ITALIC}"
    assert _AMERICAN.settle(raw) == f"{m.ITALIC}a b c{m.END_ITALIC}"


def test_normal_inside_nothing_is_nothing() -> None:
    assert _AMERICAN.settle(f"{m.NORMAL_STYLE}a{m.END_NORMAL_STYLE}") == "a"


def test_superscript_characters_are_raised_letters() -> None:
    assert _AMERICAN.settle("1ᵉʳ") == (f"1{m.SUPERSCRIPT}e{m.END_SUPERSCRIPT}{m.SUPERSCRIPT}r{m.END_SUPERSCRIPT}")


def test_many_seams_take_linear_time() -> None:
    # 20,000 merges: quadratic work would take minutes.
    assert len(_AMERICAN.settle("a.. " * 20_000)) == 3 * 20_000


_RAW_PAIRS = {
    m.ITALIC: m.END_ITALIC,
    m.BOLD: m.END_BOLD,
    m.SMALL_CAPS: m.END_SMALL_CAPS,
    m.FLIP_ITALIC: m.END_FLIP_ITALIC,
    m.NORMAL_STYLE: m.END_NORMAL_STYLE,
    m.QUOTE: m.END_QUOTE,
    m.SINGLE_QUOTE: m.END_SINGLE_QUOTE,
    m.NOCASE: m.END_NOCASE,
    m.FIRST_NAMES: m.END_FIRST_NAMES,
}
_RAW = st.recursive(
    st.sampled_from(["a", ". ", ", ", "?", "x.", "", m.PROTECT, m.TERM]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.tuples(st.sampled_from(sorted(_RAW_PAIRS)), inner).map(
            lambda pair: f"{pair[0]}{pair[1]}{_RAW_PAIRS[pair[0]]}"
        ),
    ),
    max_leaves=20,
)


@given(_RAW)
def test_settled_strings_keep_their_promises(raw: str) -> None:
    stack: list[str] = []
    for character in _AMERICAN.settle(raw):
        if character in m.PAIRS:
            assert m.PAIRS[character] not in stack or m.END_NORMAL_STYLE in stack
            stack.append(m.PAIRS[character])
        elif character in m.PAIRS.values():
            assert stack.pop() == character
        else:
            assert not m.RESERVED.match(character)
    assert stack == []
