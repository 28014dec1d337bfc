"""Text case (specification, "Text-case")."""

from __future__ import annotations

import pytest
from tests.csl.building import cite

from ppreflist.csl import textcase


@pytest.mark.parametrize(
    ("text", "cased"),
    [
        ("the structure of scientific revolutions", "The Structure of Scientific Revolutions"),
        ("what is it for", "What Is It For"),
        ("a title: the subtitle", "A Title: The Subtitle"),
        ("who? me! and you", "Who? Me! And You"),
        ("pro-environmental by-products of up-to-date work", "Pro-Environmental By-Products of Up-to-Date Work"),
        ("iPad and mRNA and UK", "iPad and mRNA and UK"),
        ("according to the law", "According to the Law"),
        ("growth because of heat", "Growth because of Heat"),
        ("β-carotene and x-rays", "β-Carotene and x-Rays"),
        ("i.e. something", "I.e. Something"),
        ("life and/or death", "Life and/or Death"),
    ],
)
def test_title_case(text: str, cased: str) -> None:
    assert textcase.title(text, "en") == cased


@pytest.mark.parametrize(
    ("case", "text", "cased"),
    [
        ("lowercase", "This IS", "this is"),
        ("uppercase", "straße", "STRASSE"),
        ("capitalize-first", "edited by", "Edited by"),
        ("capitalize-first", "iPad first", "iPad first"),
        ("capitalize-all", "edited by iPad", "Edited By iPad"),
        ("sentence", "This is a Pen", "This is a pen"),
        ("sentence", "ALL CAPITALS", "All capitals"),
    ],
)
def test_other_cases(case: str, text: str, cased: str) -> None:
    assert textcase.CASES[case](text, "en") == cased


def test_turkish_has_two_letters_i() -> None:
    assert textcase.uppercase("ilk ısı", "tr") == "İLK ISI"
    assert textcase.capitalize_first("içinde", "tr") == "İçinde"


@pytest.mark.parametrize("case", sorted(textcase.CASES))
def test_nocase_text_is_left_alone(case: str) -> None:
    title = 'the <span class="nocase">eBay</span> effect'
    assert "eBay" in cite(f'<text variable="title" text-case="{case}"/>', {"title": title})


def test_title_case_is_for_english_items() -> None:
    layout = '<text variable="title" text-case="title"/>'
    assert cite(layout, {"title": "die welt von gestern", "language": "de"}) == "die welt von gestern"
    assert cite(layout, {"title": "the world", "language": "en-GB"}) == "The World"
    assert cite(layout, {"title": "die welt"}, style='default-locale="de-DE"') == "die welt"
