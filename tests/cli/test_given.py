"""What arguments mean, without a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.cli.given import Address, understood
from ppreflist.errors import EditRefused, LibraryNotFound, PpreflistError
from ppreflist.model.identifier import DOI, ISBN, PMCID, PMID, ArXiv, Identifier


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10.1000/x", DOI("10.1000/x")),
        ("https://doi.org/aabbe", DOI("10/aabbe")),
        ("22454269", PMID("22454269")),
        ("pmid:10665331", PMID("10665331")),
        ("PMC3310314.1", PMCID("PMC3310314")),
        ("https://arxiv.org/abs/2101.00001v3", ArXiv("2101.00001v3")),
        ("978-0-14-032872-1", ISBN("9780140328721")),
        ("https://example.org/a?b=c", Address("https://example.org/a?b=c")),
        ("<HTTP://example.org>", Address("HTTP://example.org")),
        ("www.post-polio.org/x.html", Address("https://www.post-polio.org/x.html")),
        ("https://hdl.handle.net/2027/mdp.39015", Address("https://hdl.handle.net/2027/mdp.39015")),
    ],
)
def test_shape_decides(text: str, meant: Identifier | Address) -> None:
    assert understood(text) == meant


@pytest.mark.parametrize(
    ("text", "told", "hint"),
    [
        ("10665331", "more than one thing", "pmid:10665331 or issn:1066-5331"),
        ("123", "too short a number", "pmid:123"),
        ("0-14-032872-7", "check digit should be 6", "--type book"),
        ("arxiv:1706.0376", "truncated", "Check it at its source"),
        ("10.1016/S1474-4422(06", "not a whole DOI", "--anyway '10.1016/S1474-4422(06'"),
        ("1O.1016/j.x.y", "not a valid DOI", "Did you mean 10.1016/j.x.y?"),
        ("https://exa mple.org/x", "no identifier, no web address", "--type article"),
        ("ftp://example.org/x", "no identifier, no web address", "--type article"),
        ("javascript:alert(1)", "no identifier, no web address", "--type article"),
        ("file:///etc/passwd", "no identifier, no web address", "--type article"),
    ],
)
def test_what_is_refused_says_what_to_write(text: str, told: str, hint: str) -> None:
    with pytest.raises(EditRefused) as raised:
        understood(text)
    assert told in raised.value.message
    assert hint in raised.value.hint


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(LibraryNotFound):
        understood("more.bib")


def test_what_looks_cut_off_is_taken_when_told() -> None:
    assert understood("10.1016/S1474-4422(06", anyway=True) == DOI("10.1016/S1474-4422(06")
    for never in ("0-14-032872-7", "10.1016/", "arxiv:1706.0376"):
        with pytest.raises(EditRefused):
            understood(never, anyway=True)


@given(
    st.text(max_size=40) | st.from_regex(r"(https?://|www\.|10\.\d{4}/|pmid:|\d{8})[\x20-\x7e]{0,20}", fullmatch=True)
)
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        found = understood(text)
    except PpreflistError:
        return
    assert isinstance(found, Identifier) or found.url.lower().startswith(("http://", "https://"))
