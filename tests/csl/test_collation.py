"""The order of CLDR and of its languages. The expected orders are those of ICU 72 (tests/bench/collation.py)."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.csl.collation import collator, sort_key

ORDERS = {
    "en": ["_a", "-a", "'a", "’a", "“a", "1984", "a", "A", "á", "ab", "Abel", "Ångström", "cote", "coté", "côte",
           "côté", "de la Cruz", "Delacroix", "e-learning", "elearning", "œuvre", "Ost", "Øst", "Zorn", "þorn",
           "άλφα", "альфа"],
    "sv": ["Aaberg", "Abel", "vag", "Wag", "ü", "yen", "Zorn", "Åberg", "Ähre", "æon", "Öl", "Øst"],
    "da": ["Abel", "Wag", "Zorn", "Ære", "Øst", "Åberg", "Aaberg", "ångström"],
    "nb": ["Abel", "Zorn", "Ähre", "Ære", "Øst", "Öst", "Åberg", "Aaberg"],
    "fi": ["šakki", "sana", "vesi", "Wirta", "Zeus", "Åbo", "äiti", "öljy"],
    "is": ["afi", "ári", "dagur", "ðe", "ef", "ég", "þór", "æfa", "ör"],
    "de": ["Ahre", "Ähre", "Aktie", "Mueller", "Muller", "Müller", "Strasse", "Straße", "Strauss"],
    "de-u-co-phonebk": ["Mueller", "Müller", "Muller"],
    "es": ["naz", "ñandú", "oca"],
    "es-u-co-trad": ["cz", "chico", "dado", "lz", "llama", "mano"],
    "fr": ["cote", "coté", "côte", "côté"],
    "fr-CA": ["cote", "côte", "coté", "côté"],
    "cs": ["cena", "čas", "dům", "had", "hrad", "Chalupa", "Ivan", "rak", "řeka", "sen", "šach"],
    "sk": ["az", "äx", "cena", "čas", "hrad", "chata", "oz", "ôsmy"],
    "pl": ["lz", "łan", "mama", "zz", "źle", "żaba"],
    "hu": ["cukor", "csak", "dz", "öl", "őr", "öz"],
    "hr": ["cz", "čaj", "ćud", "dan", "džep", "đak"],
    "lt": ["inas", "įnas", "ynas", "inat", "sz", "šas", "zas", "žas"],
    "lv": ["cz", "čaks", "kz", "ķirsis", "lz"],
    "et": ["sz", "šaht", "zoo", "žanr", "tuba", "vz", "õlu", "äke", "öö", "üks", "xi"],
    "tr": ["hız", "ılık", "Irmak", "iyi", "İzmir", "oz", "öz", "sz", "şal"],
    "ro": ["az", "ăla", "sz", "șa", "şb", "tz"],
    "ru": ["ёлка", "елочка", "ель", "иск", "йод", "abc"],
    "uk": ["газ", "ґанок", "ива", "іва", "їжа", "йод", "abc"],
    "el": ["άλφα", "βήτα", "abc"],
    "vi": ["ma", "mà", "mả", "mã", "má", "mạ", "măng", "mân"],
    "ja": ["abc", "あい", "亜", "岡", "山", "альфа"],
    "zh-CN": ["陈", "李", "王", "张", "abc"],
    "zh-TW": ["丁", "王", "李", "張", "abc"],
    "ko": ["김", "박", "이", "abc"],
}  # fmt: skip


@pytest.mark.parametrize("lang", ORDERS)
def test_the_order_of_a_language(lang: str) -> None:
    expected = ORDERS[lang]
    shuffled = random.Random(1).sample(expected, len(expected))
    assert sorted(shuffled, key=collator(lang)) == expected


@pytest.mark.parametrize(
    ("lang", "like"),
    [("sv-SE", "sv"), ("sv_SE", "sv"), ("SV-se", "sv"), ("no", "nb"), ("", "en"), ("xx-YY", "en"), ("en-GB", "en"),
     ("zh-Hant-HK", "zh-TW"), ("sr-Latn-RS", "hr"), ("de-AT", "de"), ("sv-u-co-nonsense", "sv")],
)  # fmt: skip
def test_a_tag_means_its_language(lang: str, like: str) -> None:
    texts = ["Öl", "Zorn", "Åberg", "đak", "džep", "dz", "Abel", "王", "李"]
    assert sorted(texts, key=collator(lang)) == sorted(texts, key=collator(like))


def test_serbian_has_its_own_script_first_only_in_cyrillic() -> None:
    assert sorted(["abc", "вук"], key=collator("sr")) == ["вук", "abc"]
    assert sorted(["abc", "вук"], key=collator("sr-Latn")) == ["abc", "вук"]


@given(st.text(), st.sampled_from(sorted(ORDERS)))
def test_any_text_has_a_key_that_decomposition_does_not_change(text: str, lang: str) -> None:
    key = sort_key(text, lang)
    assert key == sort_key(unicodedata.normalize("NFD", text), lang)
    assert key.count("\0") == 2


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)), st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_accents_and_case_count_only_after_letters(left: str, right: str) -> None:
    def base(text: str) -> str:
        return sort_key(text, "en").split("\0")[0]

    if base(left) < base(right):
        assert sort_key(left, "en") < sort_key(right, "en")


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_the_short_way_for_ascii_is_the_long_way(text: str) -> None:
    # A trailing accent takes the long way and changes only the accent level.
    primary, accents, case = sort_key(f"{text}\u0301", "en").split("\0")
    assert accents != ""
    assert f"{primary}\0\0{case}" == sort_key(text, "en")


def test_what_has_no_weight_does_not_count() -> None:
    assert sort_key("co\u00adoperate\u200d", "en") == sort_key("cooperate", "en")


def test_memory_is_bounded_on_all_of_unicode() -> None:
    key = collator("ja")
    for start in range(0, 0x110000, 0x1000):
        assert key("".join(chr(code) for code in range(start, start + 0x1000, 16)))


def test_letters_only_passes_over_accents_and_case_but_not_over_letters() -> None:
    key = collator("sv", letters_only=True)
    assert key("Café") == key("cafe")
    assert key("å") != key("a")
    assert key("Smith") == key("SMITH")


def test_numbers_count_as_numbers() -> None:
    texts = ["Vol 1", "Vol 02", "Vol 2b", "Vol 10", "Vol 10 b", "Vol 123456789012345678901", "Vol x"]
    assert sorted(random.Random(2).sample(texts, len(texts)), key=collator("en", numeric=True)) == texts
    assert collator("en", numeric=True)("007") == collator("en", numeric=True)("7")
    assert collator("en", numeric=True)("9" * 10_000)


def test_punctuation_may_be_passed_over() -> None:
    # The order of ICU with ignorePunctuation, but that white space counts.
    key = collator("en", punctuation=False)
    texts = ["D’Arcy A", "Darcy B", "Smith Jones", "Smithers", "Smith-Jones", "“Zoo” (new)", "Zoo, old"]
    assert sorted(random.Random(2).sample(texts, len(texts)), key=key) == texts
    assert key("a–b") == key("ab")
    assert key("a+b") != key("ab")
    assert key("¿Qué?") == key("Qué")
