from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.model.entry import Entry, Field
from ppreflist.model.key import key_flaw, key_parts_of, make_key
from ppreflist.model.keypattern import PATTERN, VARIABLE, parse_pattern, pattern_from
from ppreflist.model.name import Name, NameList

FARBU = (Name("Farbu", "Elisabeth"), Name("Gilhus", "Nils Erik"), Name("Vik-Mo", "Einar"))


def entry(names: tuple[Name, ...] = FARBU, **fields: str) -> Entry:
    said = {
        "title": "Post-polio syndrome: the use of IVIg",
        "date": "2007-01-15",
        "journal": "European Journal of Neurology",
        "pages": "60--65",
        "volume": "14",
        **fields,
    }
    return Entry(
        "old", "article", {name: Field(name, text, text) for name, text in said.items()}, {"author": NameList(names)}
    )


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{auth}{year}{title1}", "farbu2007post"),
        ("{auth}_{year}", "farbu_2007"),
        ("{auth:capital}{shortyear}", "Farbu07"),
        ("{auth:3:upper}:{year}", "FAR:2007"),
        ("{authors}", "farbugilhusvikmo"),
        ("{authors2:capital}{year}", "FarbuGilhusEtal2007"),
        ("{authors3:-}", "farbu-gilhus-vikmo"),
        ("{lastauth}{given:1}", "vikmoe"),
        ("{alpha:upper}{shortyear}", "FGV07"),
        ("{auth}{title3:capital}", "farbuPostPolioSyndrome"),
        ("{title:-}", "post-polio-syndrome-use-ivig"),
        ("{auth}{journal:abbr:upper}{volume}", "farbuEJN14"),
        ("{type}/{auth}.{page}", "article/farbu.60"),
        ("{year}{month}", "200701"),
        ("{auth}{edition:or(x)}", "farbux"),
        ("{auth}{edition}{number}", "farbu"),
        ("{year}-{edition}", "2007"),
        ("{edition}", "anon"),
        ("{editor}{year}", "2007"),
    ],
)
def test_patterns(pattern: str, key: str) -> None:
    assert parse_pattern(pattern).key(entry()) == key


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("", "needs a part"),
        ("paper", "needs a part"),
        ("{auht}", "is {auth} meant"),
        ("{auth}{", "a brace without its partner"),
        ("{auth} {year}", "' '"),
        ("{auth}é", "not plain ASCII"),
        ("{auth:shout}", "no modifier 'shout'"),
        ("{auth:uper}", "is upper meant"),
        ("{year2}", "cannot be counted"),
        ("{}", "no part of a key"),
    ],
)
def test_what_is_wrong_with_a_pattern(pattern: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_pattern(pattern)


def test_months_without_a_date() -> None:
    pattern = parse_pattern("{month}{year}")
    assert pattern.key(entry(date="", year="2006", month="March")) == "032006"
    assert pattern.key(entry(date="", year="2006", month="3")) == "032006"


def test_alpha_labels() -> None:
    pattern = parse_pattern("{alpha}")
    assert pattern.key(entry(FARBU[:1])) == "far"
    assert pattern.key(entry(FARBU * 2)) == "fgv"


def test_a_taken_key_gets_a_suffix_and_still_fits() -> None:
    pattern = parse_pattern(PATTERN)
    assert pattern.key(entry(), {"farbu2007post"}) == "farbu2007posta"
    assert pattern.fits("farbu2007post", entry())
    assert pattern.fits("farbu2007postb", entry())
    assert not pattern.fits("farbu2007posts1", entry())
    assert not pattern.fits("farbu2006post", entry())


def test_the_environment_chooses_the_pattern() -> None:
    assert pattern_from({}).text == PATTERN
    assert pattern_from({VARIABLE: "{auth}"}).key(entry()) == "farbu"
    with pytest.raises(ValueError, match="no part"):
        pattern_from({VARIABLE: "{nobody}"})


@given(st.text(), st.text(), st.text(), st.booleans())
def test_the_usual_pattern_makes_the_usual_key(family: str, year: str, title: str, literal: bool) -> None:
    one = entry((Name(family, literal=literal),), date=year, title=title)
    key = parse_pattern(PATTERN).key(one)
    assert key_flaw(key) == ""
    assert key == make_key(key_parts_of(one))


@given(
    st.text(), st.sampled_from(["{authors}{title:-}", "{title:capital:40}", "{journal:abbr}.{volume:or(x)}", "{note}"])
)
def test_any_text_gives_a_usable_key(text: str, pattern: str) -> None:
    one = entry((Name(text, text),), title=text, journal=text, volume=text, note=text)
    assert key_flaw(parse_pattern(pattern).key(one)) == ""
