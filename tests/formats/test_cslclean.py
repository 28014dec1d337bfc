from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.formats.cslclean import clean_item, clean_rich, clean_text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("A <i>b</i> &amp;amp; c", "A <i>b</i> & c"),
        ("<em>E. coli</em> and <jats:bold>x</jats:bold>", "<i>E. coli</i> and <b>x</b>"),
        ("H<sub>2</sub>O, p < 0.05 and y > 3", "H<sub>2</sub>O, p < 0.05 and y > 3"),
        ("<mml:math xmlns='x'><mml:mi>k</mml:mi></mml:math>-mer", "k-mer"),
        ("&lt;i&gt;E. coli&lt;/i&gt;", "<i>E. coli</i>"),
        ("<i>open <b>x</i> y", "<i>open <b>x</b></i> y"),
        ("x</i>y", "xy"),
        ("<p>one</p>\n<p>two</p>", "one two"),
        ("<scp>IVI</scp>g", '<span style="font-variant:small-caps">IVI</span>g'),
        ("<script>alert(1)</script>", "alert(1)"),
        ("vector<T> and a<b", "vector<T> and a<b"),
        ("a\x07b\u202ec\u200b\n  d\u00a0e", "abc d e"),
        ("e\u0301", "é"),
        ("{unbalanced", "{unbalanced"),
        ("", ""),
    ],
)
def test_titles(text: str, cleaned: str) -> None:
    assert clean_rich(text) == cleaned


def test_known_variables_only_in_their_documented_shapes() -> None:
    item = clean_item(
        {
            "type": "journal-article",
            "title": ["Post-polio syndrome", "another"],
            "subtitle": ["a pilot study"],
            "container-title": "European Journal of Neurology",
            "short-container-title": ["Eur J Neurol"],
            "author": [
                {"family": "Farbu", "given": "E.", "affiliation": [{"name": "Bergen"}], "ORCID": "http://orcid.org/0"},
                {"name": "The Study Group", "sequence": "additional"},
                "Somebody",
                {"given": "Plato"},
                {"sequence": "first"},
                7,
            ],
            "editor": "not a list",
            "volume": 14,
            "issue": True,
            "page": {"first": 60},
            "ISSN": ["1351-5101", "1468-1331"],
            "ISBN": ["http://id.crossref.org/isbn/9780306406157"],
            "DOI": "10.1111/J.1468-1331.2006.01552.X",
            "URL": "http://dx.doi.org/10.1111/j.1468-1331.2006.01552.x",
            "reference": [{"key": "1"}],
            "issued": {"date-parts": [[2006, 12]]},
        }
    )
    assert item == {
        "type": "article-journal",
        "title": "Post-polio syndrome: a pilot study",
        "container-title": "European Journal of Neurology",
        "container-title-short": "Eur J Neurol",
        "author": [
            {"family": "Farbu", "given": "E."},
            {"literal": "The Study Group"},
            {"literal": "Somebody"},
            {"literal": "Plato"},
        ],
        "volume": "14",
        "ISSN": "1351-5101",
        "ISBN": "9780306406157",
        "DOI": "10.1111/J.1468-1331.2006.01552.X",
        "issued": {"date-parts": [[2006, 12]]},
    }


def test_an_article_is_dated_as_its_printed_issue() -> None:
    online_first = {
        "type": "article-journal",
        "title": "x",
        "issued": {"date-parts": [[2006, 12]]},
        "published-print": {"date-parts": [["2007", 1, 31]]},
    }
    assert clean_item({**online_first, "volume": "14"})["issued"] == {"date-parts": [[2007, 1, 31]]}
    assert clean_item(online_first)["issued"] == {"date-parts": [[2006, 12]]}


@pytest.mark.parametrize(
    ("date", "cleaned"),
    [
        ({"date-parts": [[2006, 13, 1]]}, {"date-parts": [[2006]]}),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[2006], [2007, 2]]}, {"date-parts": [[2006], [2007, 2]]}),
        ({"date-parts": 3, "raw": "2006 "}, {"raw": "2006"}),
        ({"literal": "in press"}, {"literal": "in press"}),
        ("2006", {"raw": "2006"}),
    ],
)
def test_dates(date: object, cleaned: object) -> None:
    assert clean_item({"issued": date}).get("issued") == cleaned


def test_types_and_article_numbers() -> None:
    assert clean_item({"type": "Posted-Content"})["type"] == "article"
    assert clean_item({"type": "article\n}"})["type"] == "document"
    assert clean_item({})["type"] == "document"
    assert clean_item({"article-number": "e123"})["number"] == "e123"
    assert "number" not in clean_item({"article-number": "e123", "page": "1-2"})


def test_other_addresses_than_the_doi_are_kept() -> None:
    assert clean_item({"URL": "https://example.org/x", "DOI": "10.1000/1"})["URL"] == "https://example.org/x"
    assert "URL" not in clean_item({"URL": "javascript:alert(1)"})


@given(st.text())
def test_clean_text_is_one_printable_line_and_stays_as_it_is(text: str) -> None:
    cleaned = clean_text(text)
    assert "\n" not in cleaned
    assert "  " not in cleaned
    assert not any(unicodedata.category(each) in ("Cc", "Cs") for each in cleaned)
    assert clean_text(cleaned) == cleaned


@given(
    st.lists(st.sampled_from(["<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", "<x>", "<", ">", "a", " "])).map("".join)
)
def test_kept_tags_are_balanced(text: str) -> None:
    stack: list[str] = []
    for closing, name in re.findall(r"<(/?)(i|b|sup)>", clean_rich(text)):
        if closing:
            assert stack.pop() == name
        else:
            stack.append(name)
    assert stack == []
