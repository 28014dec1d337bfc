from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppreflist.links.syntax import Defect, doi_in_address, examine, is_well_formed

SOUND = """
http://x.org
http://x.org/
https://www.x.org/a/b.html?c=d&e=f#g
HTTP://X.org/A
http://x.org:8080/a
http://127.0.0.1:8000/a
http://[2001:db8::1]/a
http://localhost/x
https://x.org/a_(b)
https://x.org/a_(b)_[c]
http://x.org/über
http://müller.de/
http://xn--mller-kva.de/
https://x.org/a%20b
https://x.org/a%zz
https://web.archive.org/web/2012/http://x.org/a
https://ezproxy.x.edu/login?url=https://www.y.org/a
https://x.org/a,b;c:d
https://x.org/~me/
https://x.org/a'b
https://doi.org/10.1212/WNL.0b013e31824de293
https://doi.org/10.1016/S1474-4422(06)70447-1
https://x.org/?q=a+b
https://x.org/#top
https://x.org/a@b
https://x.org/path/;jsessionid=1
http://a-b.c-d.org/
http://a_b.x.org/
https://x.org/C++/
https://x.org/a/-
https://x.org/$1
"""


@pytest.mark.parametrize("url", SOUND.split())
def test_a_sound_address_is_left_alone(url: str) -> None:
    reading = examine(url)
    assert (reading.url, reading.defects, reading.candidates) == (url, (), ())


DAMAGED = [
    # the two of the shipped list
    (
        "www.neurology.org/content/78/13/1009. Full.html",
        "https://www.neurology.org/content/78/13/1009.full.html",
        "SPACE NO_SCHEME",
    ),
    ("www.post-poli.org", "https://www.post-poli.org", "NO_SCHEME"),
    # scheme missing
    ("www.x.org/a", "https://www.x.org/a", "NO_SCHEME"),
    ("x.org/a", "https://x.org/a", "NO_SCHEME"),
    ("x.org", "https://x.org", "NO_SCHEME"),
    ("x.co.uk/a.html", "https://x.co.uk/a.html", "NO_SCHEME"),
    ("//www.x.org/a", "https://www.x.org/a", "NO_SCHEME"),
    ("sub.x.org:8080/a", "https://sub.x.org:8080/a", "NO_SCHEME"),
    ("WWW.X.ORG", "https://WWW.X.ORG", "NO_SCHEME"),
    ("x.org?a=b", "https://x.org?a=b", "NO_SCHEME"),
    # scheme damaged
    ("http//www.x.org/a", "http://www.x.org/a", "DAMAGED_SCHEME"),
    ("http:/x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("http:x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("http:///x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("http:////x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("http//:x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("http;//x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("http.//x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("http ://x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("http: //x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("http:// x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("http::/x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("htp://x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("htt://x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("ttp://x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("tp://x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("hhtp://x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("htttp://x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("httpp://x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("hptt://x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("htps://x.org/a", "https://x.org/a", "DAMAGED_SCHEME"),
    ("htps:www.x.org", "https://www.x.org", "DAMAGED_SCHEME"),
    ("ttps://x.org/a", "https://x.org/a", "DAMAGED_SCHEME"),
    ("httsp://x.org/a", "https://x.org/a", "DAMAGED_SCHEME"),
    ("https//x.org/a", "https://x.org/a", "DAMAGED_SCHEME"),
    ("https:/x.org/a", "https://x.org/a", "DAMAGED_SCHEME"),
    ("https:x.org/a", "https://x.org/a", "DAMAGED_SCHEME"),
    ("HTTP//X.org/a", "http://X.org/a", "DAMAGED_SCHEME"),
    # scheme doubled
    ("http://http://x.org/a", "http://x.org/a", "DOUBLED_SCHEME"),
    ("http://https://x.org/a", "https://x.org/a", "DOUBLED_SCHEME"),
    ("https://http://x.org/a", "http://x.org/a", "DOUBLED_SCHEME"),
    ("http:http://x.org/a", "http://x.org/a", "DOUBLED_SCHEME"),
    ("http//http://x.org/a", "http://x.org/a", "DOUBLED_SCHEME"),
    ("http://http//x.org/a", "http://x.org/a", "DOUBLED_SCHEME DAMAGED_SCHEME"),
    ("http://www.http://www.x.org/", "http://www.x.org/", "DOUBLED_SCHEME"),
    ("http://http://http://x.org/", "http://x.org/", "DOUBLED_SCHEME"),
    # white space
    ("http://x.org/a b.html", "http://x.org/a%20b.html", "SPACE"),
    ("http://x.org/a/ b.html", "http://x.org/a/b.html", "SPACE"),
    ("http://x.org/a- b.html", "http://x.org/a-b.html", "SPACE"),
    ("http://x.org/a .html", "http://x.org/a.html", "SPACE"),
    ("http://x.org/a. html", "http://x.org/a.html", "SPACE"),
    ("http://x.org/a. Pdf", "http://x.org/a.pdf", "SPACE"),
    ("http://x.org/a. PDF", "http://x.org/a.PDF", "SPACE"),
    ("http://www. x.org/a", "http://www.x.org/a", "SPACE"),
    ("http://www .x.org/a", "http://www.x.org/a", "SPACE"),
    ("http://x. org", "http://x.org", "SPACE"),
    ("http://x.org/a?b= c", "http://x.org/a?b=c", "SPACE"),
    ("http://x.org/Volume 9/Issue 2/7 B.pdf", "http://x.org/Volume%209/Issue%202/7%20B.pdf", "SPACE"),
    ("http://x.org/a\n  b/c", "http://x.org/ab/c", "LINE_BROKEN"),
    ("http://x.org/a-\nb/c", "http://x.org/a-b/c", "LINE_BROKEN"),
    ("http://x.org/\r\n  b", "http://x.org/b", "LINE_BROKEN"),
    ("http://x.org/a\tb", "http://x.org/a%20b", "SPACE"),
    ("http://x.org/a\u00a0b", "http://x.org/a%20b", "INVISIBLE SPACE"),
    ("http://x.org/a\u200bb", "http://x.org/ab", "INVISIBLE"),
    ("\ufeffhttp://x.org/a", "http://x.org/a", "INVISIBLE"),
    ("http://x.org/a\u00adb", "http://x.org/ab", "INVISIBLE"),
    ("http://x.org/a\x00b", "http://x.org/ab", "INVISIBLE"),
    # punctuation and brackets around
    ("http://x.org/a.", "http://x.org/a", "TRAILING"),
    ("http://x.org/a,", "http://x.org/a", "TRAILING"),
    ("http://x.org/a;", "http://x.org/a", "TRAILING"),
    ("http://x.org/a:", "http://x.org/a", "TRAILING"),
    ("http://x.org/a...", "http://x.org/a", "TRAILING"),
    ("http://x.org/a).", "http://x.org/a", "TRAILING"),
    ("http://x.org/a_(b))", "http://x.org/a_(b)", "TRAILING"),
    ("http://x.org/a]", "http://x.org/a", "TRAILING"),
    ("http://x.org/a'", "http://x.org/a", "TRAILING"),
    ('http://x.org/a"', "http://x.org/a", "TRAILING"),
    ("http://x.org/a\u201d", "http://x.org/a", "TRAILING"),
    ("http://x.org.", "http://x.org", "TRAILING"),
    ("<http://x.org/a>", "http://x.org/a", "ANGLE_BRACKETS"),
    ("<http://x.org/a>.", "http://x.org/a", "ANGLE_BRACKETS"),
    ("<URL:http://x.org/a>", "http://x.org/a", "ANGLE_BRACKETS"),
    ("<URL: http://x.org/a >", "http://x.org/a", "ANGLE_BRACKETS"),
    ("<http://x.org/a", "http://x.org/a", "ANGLE_BRACKETS"),
    ("http://x.org/a>", "http://x.org/a", "ANGLE_BRACKETS"),
    ("\u201chttp://x.org/a\u201d", "http://x.org/a", "QUOTED"),
    ('"http://x.org/a"', "http://x.org/a", "QUOTED"),
    ("(http://x.org/a)", "http://x.org/a", "WORDS_BEFORE TRAILING"),
    ("[http://x.org/a]", "http://x.org/a", "WORDS_BEFORE TRAILING"),
    ("{http://x.org/a}", "http://x.org/a", "BRACES"),
    ("http://x.org/a}", "http://x.org/a", "BRACES"),
    ("http://x.org/{a}", "http://x.org/a", "BRACES"),
    # words around
    ("Available at http://x.org/a", "http://x.org/a", "WORDS_BEFORE"),
    ("Available from: http://x.org/a", "http://x.org/a", "WORDS_BEFORE"),
    ("Retrieved from http://x.org/a", "http://x.org/a", "WORDS_BEFORE"),
    ("see www.x.org/a", "https://www.x.org/a", "WORDS_BEFORE NO_SCHEME"),
    ("URL: http://x.org/a", "http://x.org/a", "WORDS_BEFORE"),
    ("website: http://x.org/a", "http://x.org/a", "WORDS_BEFORE"),
    ("http://x.org/a (accessed 3 May 2012)", "http://x.org/a", "WORDS_AFTER"),
    ("http://x.org/a, accessed 3 May 2012", "http://x.org/a", "WORDS_AFTER TRAILING"),
    ("http://x.org/a [last visited 2012]", "http://x.org/a", "WORDS_AFTER"),
    ("http://x.org/a Accessed on 2012-01-01", "http://x.org/a", "WORDS_AFTER"),
    ("http://x.org/a Zugriff am 1.1.2012", "http://x.org/a", "WORDS_AFTER"),
    ("www.x.org/a (in German)", "https://www.x.org/a", "WORDS_AFTER NO_SCHEME"),
    # several
    ("http://x.org/a http://y.org/b", "http://x.org/a", "SEVERAL"),
    ("http://x.org/a, http://y.org/b", "http://x.org/a", "SEVERAL"),
    ("http://x.org/a and http://y.org/b", "http://x.org/a", "SEVERAL"),
    ("http://x.org/a; http://y.org/b", "http://x.org/a", "SEVERAL"),
    # the next field
    ("http://x.org/a}, year = {2001", "http://x.org/a", "SWALLOWED_FIELD"),
    ('http://x.org/a", year = 2001', "http://x.org/a", "SWALLOWED_FIELD"),
    ("http://x.org/a},\n  note = {b}", "http://x.org/a", "SWALLOWED_FIELD"),
    # characters
    (r"http:\\www.x.org\a", "http://www.x.org/a", "BACKSLASHES"),
    (r"http:/\x.org/a", "http://x.org/a", "BACKSLASHES"),
    ("http://x.org/a?b=c&amp;d=e", "http://x.org/a?b=c&d=e", "ENTITIES"),
    ("http://x.org/a?b=c&#38;d=e", "http://x.org/a?b=c&d=e", "ENTITIES"),
    ("&lt;http://x.org/a&gt;", "http://x.org/a", "ENTITIES ANGLE_BRACKETS"),
    ("http://x.org/|a|", "http://x.org/%7Ca%7C", "FORBIDDEN"),
    ("http://x.org/a^b", "http://x.org/a%5Eb", "FORBIDDEN"),
    ("http://x.org/a<b", "http://x.org/a%3Cb", "FORBIDDEN"),
    # host
    ("www.x,org/a", "https://www.x.org/a", "HOST_PUNCTUATION NO_SCHEME"),
    ("http://www,x.org/a", "http://www.x.org/a", "HOST_PUNCTUATION"),
    ("http://www..x.org/a", "http://www.x.org/a", "HOST_PUNCTUATION"),
    ("http://www.x..org/a", "http://www.x.org/a", "HOST_PUNCTUATION"),
    ("http://.x.org/a", "http://x.org/a", "DAMAGED_SCHEME"),
    ("http://www.x.org./a", "http://www.x.org/a", "HOST_PUNCTUATION"),
    ("http://x.org:/a", "http://x.org/a", "HOST_PUNCTUATION"),
    ("http://www;x.org/a", "http://www.x.org/a", "HOST_PUNCTUATION"),
    ("http://me:secret@x.org/a", "http://x.org/a", "CREDENTIALS"),
    ("http://me@x.org/a", "http://x.org/a", "CREDENTIALS"),
    # identifiers
    ("10.1212/WNL.0b013e31824de293", "https://doi.org/10.1212/WNL.0b013e31824de293", "BARE_IDENTIFIER"),
    ("doi:10.1212/WNL.0b013e31824de293", "https://doi.org/10.1212/WNL.0b013e31824de293", "BARE_IDENTIFIER"),
    ("DOI: 10.1212/WNL.0b013e31824de293", "https://doi.org/10.1212/WNL.0b013e31824de293", "BARE_IDENTIFIER"),
    ("arXiv:2101.00001", "https://arxiv.org/abs/2101.00001", "BARE_IDENTIFIER"),
    ("PMC1234567", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/", "BARE_IDENTIFIER"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "repaired", "defects"), DAMAGED)
def test_a_damaged_address_is_named_and_repaired(written: str, repaired: str, defects: str) -> None:
    reading = examine(written)
    assert reading.candidates[0] == repaired
    assert [defect.name for defect in reading.defects] == defects.split()
    assert all(is_well_formed(candidate) for candidate in reading.candidates)
    assert len(reading.candidates) <= 4


@pytest.mark.parametrize(
    "written",
    [
        "n/a",
        "none",
        "someWebSite",
        "paper.pdf",
        "draft.ps",
        "C:\\papers\\a.pdf",
        "/home/me/a.pdf",
        "see the author's page",
        "http://",
        "https://",
        "http:",
        "http://[::1/",
        "http://x.org:port/",
        "http://x.org:99999/",
        "http://-x.org/",
        "me@x.org",
        "<Go to ISI>://000200148800007",
        "%E0%A4%A",
        "...",
        "10.1/x",
        "ISBN 0-306-40615-2",
    ],
)
def test_what_is_no_address_is_not_made_one(written: str) -> None:
    reading = examine(written)
    assert (reading.url, reading.candidates) == ("", ())
    assert Defect.NOT_AN_ADDRESS in reading.defects


@pytest.mark.parametrize(
    ("written", "defect"), [("", Defect.EMPTY), ("  \n ", Defect.EMPTY), ("x" * 9000, Defect.TOO_LONG)]
)
def test_nothing_and_too_much(written: str, defect: Defect) -> None:
    assert examine(written).defects == (defect,)


@pytest.mark.parametrize(
    "url", ["ftp://x.org/a", "file:///etc/passwd", "mailto:me@x.org", "javascript:alert(1)", "urn:isbn:1"]
)
def test_other_kinds_of_address_are_passed_on_as_they_are(url: str) -> None:
    assert examine(url).url == url


@pytest.mark.parametrize(
    ("written", "url"),
    [
        (r"http://x.org/a\_b", "http://x.org/a_b"),
        (r"http://x.org/a{\_}b", "http://x.org/a_b"),
        (r"http://x.org/?a=1\&b=2", "http://x.org/?a=1&b=2"),
        (r"http://x.org/a\%20b", "http://x.org/a%20b"),
        (r"http://x.org/\#top", "http://x.org/#top"),
        (r"http://x.org/\~me/", "http://x.org/~me/"),
        (r"http://x.org/\~{}me/", "http://x.org/~me/"),
        (r"http://x.org/{\textasciitilde}me/", "http://x.org/~me/"),
        (r"http://x.org/\textasciitilde me/", "http://x.org/~me/"),
        (r"http://x.org/$\sim$me/", "http://x.org/~me/"),
        (r"http://x.org/a\allowbreak/b", "http://x.org/a/b"),
        (r"http://x.org/a\-b", "http://x.org/ab"),
        (r"\url{http://x.org/a_b}", "http://x.org/a_b"),
        (r"\href{http://x.org/a}{A}", "http://x.org/a"),
    ],
)
def test_latex_is_a_spelling_and_no_defect(written: str, url: str) -> None:
    reading = examine(written)
    assert (reading.url, reading.defects) == (url, ())


def test_trailing_punctuation_may_be_asked_as_it_is() -> None:
    """``.../Foo_Inc.`` is a page of Wikipedia."""
    assert examine("https://en.wikipedia.org/wiki/Foo_Inc.").url == "https://en.wikipedia.org/wiki/Foo_Inc."


def test_a_scheme_that_is_guessed_may_be_the_other() -> None:
    assert examine("www.x.org").candidates == ("https://www.x.org", "http://www.x.org")


def test_a_doi_is_found_in_its_resolvers_address_only() -> None:
    assert str(doi_in_address("http://dx.doi.org/10.1000/A.b")) == "doi:10.1000/A.b"
    assert doi_in_address("https://link.springer.com/article/10.1000/A.b") is None
    assert doi_in_address("https://www.doi.org/the-identifier/") is None
    assert doi_in_address("http://[::1/") is None


PIECES = st.lists(
    st.sampled_from(
        [*"<>{}[]()\\/.,;:\"'&?#%@ \n\t|^`$~_-", "http", "https", "://", "www.", "x.org", "&amp;", "\\url{", "\\href",
         "10.1000/x", "}, a = {", "accessed", "\u200b", "\u2019", "\udcff", "%zz", "[::1]", ":80", "me:pw@",
         "xn--", "é", "١"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(st.text(max_size=200) | PIECES)
def test_any_text_gives_a_reading(text: str) -> None:
    reading = examine(text)
    assert reading.url or reading.defects
    assert all(is_well_formed(candidate) for candidate in reading.candidates)


@settings(max_examples=500, deadline=None)
@given(PIECES)
def test_a_repair_needs_no_repair(text: str) -> None:
    for candidate in examine(text).candidates:
        again = examine(candidate)
        assert again.url == candidate
        assert not set(again.defects) - {Defect.TRAILING}


@pytest.mark.parametrize(
    "text",
    ["http://" * 1000, "<" * 8000, "www." * 2000, "a." * 4000, " http://x.org" * 600, "see " * 2000, "\\_" * 4000,
     "{" * 8000, "http://x.org/" + "(" * 4000 + ")" * 4000, "},a=" * 2000, "h t t p " * 1000,
     "accessed " * 900, "10.1000/" * 1000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_hostile_text_takes_no_time(text: str) -> None:
    started = time.process_time()
    examine(text)
    assert time.process_time() - started < 0.5
