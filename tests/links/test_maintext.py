"""The words of a page's main text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.links import page_texts as texts
from tests.links.page_pairs import boxes, semantic, tables

from ppreflist.links.maintext import MOST_WORDS, main_words, words_of
from ppreflist.links.page import read_page

LONG = "Words of the main text, which goes on for a while. " * 20


def main(markup: str, charset: str = "utf-8") -> str:
    raw = markup.encode(charset)
    return b" ".join(main_words(raw, raw.lower(), charset)).decode()


@pytest.mark.parametrize("layout", [semantic, tables, boxes])
def test_what_stands_around_the_text_is_left_out(layout: object) -> None:
    assert callable(layout)
    found = main(layout("Late effects", texts.POLIO, site="Society"))
    assert "decades after they recovered from paralytic polio" in found
    for around in ("publications", "volunteers", "newsletter", "register now"):
        assert around not in found


def test_main_and_article_are_preferred() -> None:
    around = f"<p>{'Something else altogether. ' * 30}</p>"
    for name, close in (("main", "main"), ("article class='x'", "article"), ('div id="a" role="main"', "div")):
        found = main(
            f"<body>{around if close != 'div' else ''}<{name}>{LONG}</{close}>{around if close != 'div' else ''}"
        )
        assert "something" not in found
        assert found.startswith("words of the main text")
    two = f"<body><article>{LONG}</article><article>{around}</article></body>"
    assert "something" in main(two)


def test_what_leaves_nothing_is_read_with_less_left_out() -> None:
    assert main(f"<body><form>{LONG}</form></body>").startswith("words of the main text")
    assert main(f"<body><aside>{LONG}</aside></body>").startswith("words of the main text")
    assert main(f"<body><main></main><div>{LONG}</div>").startswith("words of the main text")
    linked = "".join(f"<li><a href=/>The entry of the list called {LONG[:30]}</a>" for _ in range(30))
    assert main(f"<body><ul>{linked}</ul>").startswith("the entry of the list")
    assert main("<title>Only this</title><p>Three more words") == "three more words"


def test_numbers_are_left_out_and_characters_are_read() -> None:
    assert main(f"<p>{LONG}Visitor 104,233 on 3 May 2024 &amp; at 12:07&nbsp;h").endswith("visitor on may at h")
    assert "größe naïve façade" in main(f"<p>{LONG} Größe &ndash; na&iuml;ve \u201cfaçade\u201d", "utf-8")
    assert "größe" in main(f"<p>{LONG} GRÖSSE Größe", "latin-1")


def test_text_without_spaces_is_taken_in_pairs() -> None:
    assert b" ".join(words_of("茶の湯。 tea 道")).decode() == "茶の の湯 tea 道"
    assert words_of("พิพิธ")
    assert len(words_of(texts.JAPANESE_TEA)) > 150


@given(st.binary(max_size=400), st.sampled_from(["utf-8", "latin-1", "utf-16", "shift_jis", "cp1252", "utf-7"]))
def test_anything_is_read(raw: bytes, charset: str) -> None:
    assert all(word and not word.isspace() for word in main_words(raw, raw.lower(), charset))


_MEBI = 1 << 20


@pytest.mark.parametrize(
    "body",
    [
        b"word " * (_MEBI // 5), b"w" * _MEBI, b"<" * _MEBI, b"<a " * (_MEBI // 3), b"<a href=/>" * (_MEBI // 10),
        b"<a href=/><b>" * (_MEBI // 13), b"<nav>" * (_MEBI // 5), b"<nav></nav>" * (_MEBI // 11),
        b"<form><header>" * (_MEBI // 14), b"<main>" * (_MEBI // 6), b"<article>" * (_MEBI // 9),
        b"<div " + b"role=" * (_MEBI // 5), b"<div role=" * (_MEBI // 10), b"&" * _MEBI, b"&amp;" * (_MEBI // 5),
        b"&#x" * (_MEBI // 3), bytes(_MEBI), bytes(range(256)) * (_MEBI // 256), b"\xff" * _MEBI,
        "茶の湯".encode() * (_MEBI // 9), "é ".encode() * (_MEBI // 3), b"<html " + b"lang " * (_MEBI // 5),
        b"<html lang" * (_MEBI // 10), b"<a x></a " * (_MEBI // 9), b"",
    ],
    ids=lambda body: f"{body[:14]!r}",
)  # fmt: skip
def test_hostile_pages_cost_little(body: bytes) -> None:
    started = time.process_time()
    page = read_page(body, "https://x.org/a", "text/html")
    assert page.words <= MOST_WORDS
    assert time.process_time() - started < 2
