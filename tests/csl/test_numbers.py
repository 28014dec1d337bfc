"""Numbers, plurals, page ranges."""

from __future__ import annotations

import pytest
from tests.csl.building import load
from tests.csl.fixture import locale_text

from ppreflist.csl import numbers
from ppreflist.csl.locale import build_locale

_LOCALE = build_locale(load(), "en-US", locale_text)


@pytest.mark.parametrize("text", ["1", "2b", "D2", "L2d", "2, 3", "2-4", "2 & 4", "5th"])
def test_numeric(text: str) -> None:
    assert numbers.is_numeric(text)


@pytest.mark.parametrize("text", ["", "second", "2nd edition", "1.5", "n. 5", "5 ed.", "1" * 300])
def test_not_numeric(text: str) -> None:
    assert not numbers.is_numeric(text)


@pytest.mark.parametrize(
    ("text", "plural"),
    [("1", False), ("1-3", True), ("1, 3", True), ("2 & 4", True), ("i-ix", True), ("fig. 3", False), ("1\\-3", False)],
)
def test_plural(text: str, plural: bool) -> None:
    assert numbers.is_plural(text) is plural


def test_counts_are_plural_by_their_number() -> None:
    assert not numbers.is_plural("1", "number-of-volumes")
    assert numbers.is_plural("4", "number-of-volumes")


@pytest.mark.parametrize(
    ("number", "letters"), [(4, "iv"), (1990, "mcmxc"), (3999, "mmmcmxcix"), (0, "0"), (9999, "9999")]
)
def test_roman(number: int, letters: str) -> None:
    assert numbers.roman(number) == letters


@pytest.mark.parametrize(
    ("text", "form", "rendered"),
    [
        ("2", "ordinal", "2nd"),
        ("2", "long-ordinal", "second"),
        ("42", "long-ordinal", "42nd"),
        ("2,3", "ordinal", "2nd, 3rd"),
        ("2 - 4", "numeric", "2–4"),
        ("2&3", "roman", "ii & iii"),
        ("2E", "ordinal", "2E"),
        ("Special edition", "ordinal", "Special edition"),
        ("7, p. 3-8", "ordinal", "7th, pp. 3–8"),
    ],
)
def test_number_forms(text: str, form: str, rendered: str) -> None:
    assert numbers.number(text, form, _LOCALE, "") == rendered


@pytest.mark.parametrize(
    ("text", "style_format", "rendered"),
    [
        ("321-28", "expanded", "321–328"),
        ("321-328", "minimal", "321–8"),
        ("321-328", "minimal-two", "321–28"),
        ("3-10", "minimal-two", "3–10"),
        ("1496-1504", "chicago", "1496–1504"),
        ("1496-1504", "chicago-16", "1496–504"),
        ("100-104", "chicago", "100–104"),
        ("107-108", "chicago", "107–8"),
        ("11564-11568", "chicago", "11564–68"),
        ("12991-3001", "chicago-16", "12991–3001"),
        ("N110-N5", "expanded", "N110–N115"),
        ("e12-e15", "", "e12–e15"),
        ("142-145 & 235", "chicago", "142–45 & 235"),
        ("12", "chicago", "12"),
        ("Michaelson-Morely", "", "Michaelson-Morely"),
        ("3\\-B", "", "3-B"),
    ],
)
def test_page_ranges(text: str, style_format: str, rendered: str) -> None:
    assert numbers.pages(text, style_format, _LOCALE, "–") == rendered
