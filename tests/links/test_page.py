from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.links.page import Page, is_html, page_of, read_page, visited
from ppreflist.links.verdict import Verdict, judge
from ppreflist.net.answer import Answer

URL = "https://x.org/a/b.html"


def read(markup: str | bytes, content_type: str = "text/html; charset=utf-8", complete: bool = True) -> Page:
    body = markup if isinstance(markup, bytes) else markup.encode()
    return read_page(body, URL, content_type, complete=complete)


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>A page</title>", "A page"),
        ("<TITLE lang=en>\n A &amp; B\n\tC </TITLE>", "A & B C"),
        ("<head><title>A <b>page</b></title>", "A page"),
        ("<!-- <title>No</title> --><title>Yes</title>", "Yes"),
        ("<script>var t = '<title>No</title>'</script><title>Yes</title>", "Yes"),
        ("<svg><title>Icon</title></svg><title>Yes</title>", "Yes"),
        ("<noscript><title>No</title></noscript><title>Yes</title>", "Yes"),
        ("<title>never closed", "never closed"),
        ("<title></title>", ""),
        ("<titles>no</titles>", ""),
        ("<p>none", ""),
        ("<title>a\x1b[31mred\u202e</title>", "a [31mred"),
    ],
)
def test_titles(markup: str, title: str) -> None:
    assert read(markup).title == title


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        ("<title>Ärzte</title>".encode("latin-1"), "text/html; charset=ISO-8859-1", "Ärzte"),
        ("<title>“q”</title>".encode("cp1252"), "text/html; charset=iso-8859-1", "“q”"),
        ('<meta charset="shift_jis"><title>見</title>'.encode("shift_jis"), "text/html", "見"),
        ("<title>é</title>".encode(), "text/html; charset=no-such-thing", "é"),
        ("<title>é</title>".encode(), "text/html; charset=base64", "é"),
        ("<title>é</title>".encode(), "text/html; charset=punycode", "é"),
        (b"<title>a\\x41</title>", "text/html; charset=unicode_escape", "a\\x41"),
        ("<title>é</title>".encode("utf-8-sig"), "text/html; charset=iso-8859-1", "é"),
        ("<title>é</title>".encode("utf-16"), "text/html", "é"),
        ("<title>é</title>".encode("utf-16-be"), "text/html; charset=UTF-16BE", "é"),
        ("<title>é</title>".encode("utf-16-le"), "text/html; charset=utf-16", "é"),
        ("<title>é</title>".encode("latin-1"), "text/html", "\ufffd"),
    ],
)
def test_characters(body: bytes, content_type: str, title: str) -> None:
    assert read(body, content_type).title == title


def test_what_a_head_says() -> None:
    page = read(
        "<link href='/c' rel=canonical><meta name=citation_doi content='doi:10.1000/x'>"
        "<h1>The <i>heading</i></h1><input name=p type='password'>"
    )
    assert (page.canonical, page.doi, page.heading, page.password) == (
        "https://x.org/c", "10.1000/x", "The heading", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "to"),
    [
        ('<meta http-equiv="refresh" content="0; url=/new">', "https://x.org/new"),
        ("<META HTTP-EQUIV=Refresh CONTENT='5;URL=\"https://y.org/\"'>", "https://y.org/"),
        ("<meta http-equiv=refresh content='0;c.html'>", "https://x.org/a/c.html"),
        ("<meta http-equiv=refresh content='300; url=/new'>", ""),
        ("<meta http-equiv=refresh content='30'>", ""),
        ("<noscript><meta http-equiv=refresh content='0; url=/noscript'></noscript>", ""),
        ("<!-- <meta http-equiv=refresh content='0; url=/old'> -->", ""),
        ("<meta http-equiv=refresh content='0; url=javascript:alert(1)'>", ""),
        ("<meta http-equiv=refresh content='0; url=file:///etc/passwd'>", ""),
        ("<script>window.location.href = '/new'</script>", "https://x.org/new"),
        ('<script>location.replace("https:\\/\\/y.org\\/b")</script>', "https://y.org/b"),
        ("<script>top.location='/new';</script><p>Please wait</p>", "https://x.org/new"),
        ("<script>location.href = '/go?' + next</script>", ""),
        ("<script>my.relocation = '/x'</script>", ""),
        ("<script>location = '/new'</script>" + "<p>Much text.</p>" * 100, ""),
    ],
)
def test_where_a_page_sends_its_readers(markup: str, to: str) -> None:
    assert read(markup).refresh == to


def test_a_tiny_page_is_kept_and_a_larger_one_is_not() -> None:
    assert (read("<title>T</title><p>Some &lt;text&gt;</p>").text, read("<p>x").tiny) == ("Some <text>", True)
    assert (read("<p>Some text.</p>" * 100).text, read("<p>Some text.</p>" * 100).tiny) == ("", False)
    assert not read("<p>x", complete=False).tiny


@pytest.mark.parametrize(
    ("fragment", "there"),
    [("sec2", True), ("Sec2", False), ("s%203", True), ("s 3", True), ("old", True), ("ä", True), ("%C3%A4", True),
     ("none", False), ("", True), ("top", True), (":~:text=abc", True), ("page=3", True), ("!/route", True)],
)  # fmt: skip
def test_places(fragment: str, there: bool) -> None:
    page = read("<h2 id='sec2'>x</h2><p ID=\"s 3\"><a name=old><p id='&auml;'>")
    assert page.has_anchor(fragment) is there


@pytest.mark.parametrize(
    ("body", "content_type"), [(b"%PDF-1.4", "text/html"), (b"{}", "application/json"), (b"", "text/html"), (b"x", "")]
)
def test_what_is_no_page_has_no_facts(body: bytes, content_type: str) -> None:
    assert read(body, content_type) == Page()


def test_a_visit_keeps_the_facts_and_not_the_body() -> None:
    answer = Answer(200, URL, {"content-type": "text/html"}, b"<title>A page</title>")
    visit = visited(answer)
    assert (visit.status, visit.body, visit.page.title, page_of(visit), visited(visit)) == (
        200, b"<", "A page", page_of(answer), visit,
    )  # fmt: skip
    assert is_html(answer)
    assert is_html(visit)


@pytest.mark.parametrize(
    "piece",
    [b"<meta ", b"<title", b"<title>", b"<script", b"<!--", b"<h1 ", b"<input ", b" id=", b"<", b"<a ", b"<meta a=",
     b"&", b"<script>location='", b"<svg></svg>", b'<meta name="', b"</script", b"<p>", b"&#x1F600;", b"charset="],
)  # fmt: skip
def test_hostile_markup_costs_little(piece: bytes) -> None:
    body = (piece * 40_000)[: 32 * 1024]
    started = time.process_time()
    read(body)
    read(b"<script>" + body[:4000] + b"</script>")
    assert time.process_time() - started < 0.5


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_may_be_a_page(body: bytes, content_type: str) -> None:
    assert isinstance(read(b"<" + body, content_type), Page)
    assert isinstance(read(b"<meta http-equiv=refresh content='0;url=" + body), Page)


def test_a_page_that_begins_with_white_space_is_not_empty() -> None:
    html = {"content-type": "text/html"}
    for space in ("\n", "\r\n \t", " " * 5000):
        visit = visited(Answer(200, "https://x.org/a", html, f"{space}<title>A study</title>".encode()))
        assert (visit.body, visit.page.title, judge(visit).verdict) == (b"<", "A study", Verdict.OK)
    assert judge(visited(Answer(200, "https://x.org/a", html, b" \n "))).verdict is Verdict.REFUSED
