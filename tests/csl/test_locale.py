"""Locales: fallback, overrides in styles, ordinals and their gender."""

from __future__ import annotations

import pytest
from tests.csl.building import load
from tests.csl.fixture import locale_text

from ppreflist.csl.locale import Locale, build_locale, fallback_chain, normal_lang
from ppreflist.csl.xmltree import parse


@pytest.mark.parametrize(
    ("lang", "chain"),
    [
        ("de-AT", ["de-AT", "de-DE", "en-US"]),
        ("de", ["de-DE", "en-US"]),
        ("en-GB", ["en-GB", "en-US"]),
        ("xx-YY", ["xx-YY", "en-US"]),
        ("la", ["la", "en-US"]),
    ],
)
def test_fallback_goes_by_dialect_then_language_then_american_english(lang: str, chain: list[str]) -> None:
    assert fallback_chain(lang) == chain


@pytest.mark.parametrize(
    ("given", "normal"), [("de_at", "de-AT"), ("zh-hant-TW", "zh-Hant-TW"), ("fr-FR-x-sort-ja", "fr-FR")]
)
def test_language_tags_are_spelled_as_the_files_are(given: str, normal: str) -> None:
    assert normal_lang(given) == normal


def test_terms_of_the_style_beat_those_of_the_file_the_more_specific_the_more() -> None:
    style = load(
        before="""
        <locale><terms>
        <term name="and">any</term><term name="ibid">any</term><term name="in">any</term>
        </terms></locale>
        <locale xml:lang="de"><terms><term name="and">german</term><term name="ibid">german</term></terms></locale>
        <locale xml:lang="de-AT"><terms><term name="and">austrian</term></terms></locale>
        <locale xml:lang="fr"><terms><term name="and">french</term></terms></locale>
        """
    )
    locale = build_locale(style, "de-AT", locale_text)
    assert [locale.term(name) for name in ("and", "ibid", "in", "page")] == ["austrian", "german", "any", "Seite"]


def test_forms_fall_back_within_a_language_before_another_language_is_asked() -> None:
    locale = build_locale(load(), "es-ES", locale_text)
    # en-US has a short form of "from", es-ES a long one only.
    assert locale.term("from", "short") == locale.term("from")


def test_an_empty_term_is_a_term() -> None:
    style = load(before='<locale><terms><term name="and"/></terms></locale>')
    locale = build_locale(style, "en-US", locale_text)
    assert locale.find("and") == ""
    assert locale.find("no such term") is None


@pytest.mark.parametrize(
    ("number", "suffix"), [(1, "st"), (2, "nd"), (3, "rd"), (4, "th"), (11, "th"), (112, "th"), (121, "st")]
)
def test_ordinals(number: int, suffix: str) -> None:
    assert build_locale(load(), "en-US", locale_text).ordinal_suffix(number) == suffix


def test_ordinals_by_gender_and_whole_number() -> None:
    locale = build_locale(load(), "fr-FR", locale_text)
    assert locale.ordinal_suffix(1, "feminine") == "ʳᵉ"
    assert locale.ordinal_suffix(1, "masculine") == "ᵉʳ"
    assert locale.ordinal_suffix(21, "feminine") == "ᵉ"


def test_ordinals_of_csl_1_0() -> None:
    locale = Locale("xx")
    terms = "".join(f'<term name="ordinal-0{n}">{s}</term>' for n, s in enumerate(("st", "nd", "rd", "th"), 1))
    locale.merge(parse(f'<locale xmlns="http://purl.org/net/xbiblio/csl"><terms>{terms}</terms></locale>'))
    assert [locale.ordinal_suffix(n) for n in (1, 2, 3, 4, 11, 22)] == ["st", "nd", "rd", "th", "th", "nd"]


def test_redefining_one_ordinal_replaces_all() -> None:
    style = load(before='<locale xml:lang="en"><terms><term name="ordinal">.</term></terms></locale>')
    assert build_locale(style, "en-US", locale_text).ordinal_suffix(1) == "."
