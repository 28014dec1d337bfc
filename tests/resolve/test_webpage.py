"""What web pages say of themselves, the well-meant and the hostile."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.servers.web import WebServer, endless_body, hang, redirect
from tests.servers.web import answer as served

from ppreflist.errors import ServiceDown, ServiceError, ServiceMalformed, ServiceNotFound, ServiceRefused
from ppreflist.model.identifier import DOI, PMID, ArXiv
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.net.settings import Settings
from ppreflist.resolve import html
from ppreflist.resolve.webpage import Page, lookup, page_from

TODAY = date(2026, 11, 22)
URL = "https://www.example.org/a/b.html"


def page(text: str | bytes, url: str = URL, complete: bool = True, content_type: str = "text/html") -> Page:
    raw = text.encode() if isinstance(text, str) else text
    return page_from(Answer(200, url, {"content-type": content_type}, raw, complete), TODAY)


def item(text: str | bytes, url: str = URL) -> dict[str, Any]:
    return page(text, url).record.item


def meta(**names: str | list[str]) -> str:
    several = ((name.replace("__", "."), each if isinstance(each, list) else [each]) for name, each in names.items())
    return "".join(f'<meta name="{name}" content="{value}">' for name, values in several for value in values)


def linked(*objects: Any) -> str:
    return f'<title>T</title><script type="application/ld+json">{json.dumps(list(objects))}</script>'


# The vocabularies


def test_highwire_press_tags_make_an_article() -> None:
    found = page(
        "<html lang=en><head>"
        + meta(
            citation_title="Evidence-based &lt;i&gt;guideline&lt;/i&gt; &amp;amp; more",
            citation_author=["Patwa, H S", "Yuen T. So, MD", "American Academy of Neurology"],
            citation_journal_title="Neurology",
            citation_volume="78",
            citation_issue="13",
            citation_firstpage="1009",
            citation_lastpage="1015",
            citation_publication_date="2012/03/27",
            citation_issn="0028-3878",
            citation_doi="doi:10.1212/WNL.0b013e31824de293",
            og__title="Something else",
        )
    )
    assert found.own == DOI("10.1212/WNL.0b013e31824de293")
    assert found.record.item == {
        "type": "article-journal",
        "title": "Evidence-based <i>guideline</i> & more",
        "author": [
            {"family": "Patwa", "given": "H. S."},
            {"family": "So", "given": "Yuen T."},
            {"literal": "American Academy of Neurology"},
        ],
        "container-title": "Neurology",
        "volume": "78",
        "issue": "13",
        "page": "1009-1015",
        "issued": {"date-parts": [[2012, 3, 27]]},
        "ISSN": "0028-3878",
        "DOI": "10.1212/WNL.0b013e31824de293",
        "language": "en",
        "URL": URL,
        "accessed": {"date-parts": [[2026, 11, 22]]},
    }


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ({"citation_conference_title": "C"}, "paper-conference"),
        ({"citation_dissertation_institution": "U"}, "thesis"),
        ({"citation_technical_report_institution": "U"}, "report"),
        ({"citation_inbook_title": "B"}, "chapter"),
        ({"citation_isbn": "9780140328721"}, "book"),
        ({"prism__publicationname": "J"}, "article-journal"),
        ({}, "webpage"),
    ],
)
def test_what_it_is_by_what_it_stands_in(names: dict[str, str], kind: str) -> None:
    assert item(meta(citation_title="T", **names))["type"] == kind


def test_prism_and_dublin_core() -> None:
    found = item(
        meta(
            DC__Title="Recent experience",
            DC__Creator=["Headley, Joan L.", "Borg, Kristian"],
            DC__Date="2006",
            prism__publicationName="Post-Polio Health",
            prism__volume="22",
            prism__number="2",
            prism__startingPage="5",
            prism__endingPage="9",
        )
    )
    assert (found["title"], found["volume"], found["issue"], found["page"]) == ("Recent experience", "22", "2", "5-9")
    assert [each["family"] for each in found["author"]] == ["Headley", "Borg"]
    assert (found["container-title"], found["issued"]) == ("Post-Polio Health", {"date-parts": [[2006]]})


def test_open_graph_and_a_title_with_the_name_of_the_site() -> None:
    text = (
        "<title>Living with polio | Post-Polio Health</title><meta property='og:site_name' content='Post-Polio Health'>"
        "<meta property='article:published_time' content='2012-03-27T23:30:00-05:00'><meta name=author content="
        "'By Joan L. Headley and Kristian Borg'><meta property='og:url' content='/a/canonical'>"
    )
    assert item(text) == {
        "type": "webpage",
        "title": "Living with polio",
        "author": [{"family": "Headley", "given": "Joan L."}, {"family": "Borg", "given": "Kristian"}],
        "container-title": "Post-Polio Health",
        "issued": {"date-parts": [[2012, 3, 27]]},
        "URL": "https://www.example.org/a/canonical",
        "accessed": {"date-parts": [[2026, 11, 22]]},
    }


def test_linked_data_news_and_who_wrote_them() -> None:
    found = item(
        linked(
            {"@type": "WebPage", "name": "x"},
            {
                "@graph": [
                    {"@type": "BreadcrumbList"},
                    {
                        "@type": ["NewsArticle"],
                        "headline": "Polio is back",
                        "author": [
                            {"@type": "Person", "name": "Jane van der Doe", "url": "https://x"},
                            {"@type": "Organization", "name": "Associated Press"},
                            {"@type": "Person", "givenName": "Ann", "familyName": "Lee"},
                        ],
                        "publisher": {"@type": "Organization", "name": "The Times"},
                        "datePublished": "2020-05-06T01:02:03Z",
                    },
                ]
            },
        )
    )
    assert (found["type"], found["title"], found["container-title"]) == (
        "article-newspaper",
        "Polio is back",
        "The Times",
    )
    assert found["author"] == [
        {"family": "Doe", "given": "Jane", "non-dropping-particle": "van der"},
        {"literal": "Associated Press"},
        {"family": "Lee", "given": "Ann"},
    ]
    assert found["issued"] == {"date-parts": [[2020, 5, 6]]}


def test_linked_data_of_a_journal_and_of_the_object_that_is_the_page() -> None:
    issue = {
        "@type": "PublicationIssue",
        "issueNumber": "2",
        "isPartOf": {"@type": "PublicationVolume", "volumeNumber": 7},
    }
    issue["isPartOf"]["isPartOf"] = {"@type": "Periodical", "name": "Annals", "issn": "0028-3878"}  # type: ignore[index]
    other = {"@type": "ScholarlyArticle", "name": "Another", "url": "https://www.example.org/other"}
    main = {"@type": "ScholarlyArticle", "name": "This", "mainEntityOfPage": URL, "isPartOf": issue, "pageStart": 3}
    found = page(linked(other, {**main, "sameAs": ["https://doi.org/10.1000/this"]}))
    got = found.record.item
    assert (got["title"], got["container-title"], got["volume"], got["issue"], got["page"]) == (
        "This",
        "Annals",
        "7",
        "2",
        "3",
    )
    assert found.own == DOI("10.1000/this")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("BlogPosting", "post-weblog"), ("Report", "report"), ("Dataset", "dataset"), ("Article", "webpage"),
     ("ScholarlyArticle", "webpage"), ("https://schema.org/Book", "book"), ("Recipe", "webpage")],
)  # fmt: skip
def test_types_of_linked_data(kind: str, expected: str) -> None:
    assert item(linked({"@type": kind, "name": "N"}))["type"] == expected


@pytest.mark.parametrize(
    ("written", "parts"),
    [("2012/03/27", [2012, 3, 27]), ("27 March 2012", [2012, 3, 27]), ("March 27, 2012", [2012, 3, 27]),
     ("2012-03", [2012, 3]), ("2012", [2012]), ("soon", None), ("", None), ("2012-13-45T00:00", [2012])],
)  # fmt: skip
def test_dates_and_a_broken_one_does_not_hide_the_next(written: str, parts: Any) -> None:
    text = "<title>T</title>" + meta(citation_date="never", dc__date=written)
    assert item(text).get("issued") == ({"date-parts": [parts]} if parts else None)


# Identifiers


@pytest.mark.parametrize(
    ("text", "own", "mentioned"),
    [
        (meta(prism__doi="10.1000/x"), DOI("10.1000/x"), None),
        (meta(dc__identifier="https://doi.org/10.1000/x"), DOI("10.1000/x"), None),
        (meta(dc__identifier="oai:7"), None, None),
        ("<link rel='cite-as' href='https://doi.org/10.1000/x'>", DOI("10.1000/x"), None),
        (meta(citation_arxiv_id="2101.00001"), ArXiv("2101.00001"), None),
        (meta(citation_pmid="22454268"), PMID("22454268"), None),
        (meta(citation_doi="none", citation_pmid="x"), None, None),
        ("<a href='https://doi.org/10.1000/y'>y</a> <a href='http://dx.doi.org/10.1000/Y'>", None, DOI("10.1000/y")),
        ("<a href='https://doi.org/10.1000/y'>y</a> <a href='https://doi.org/10.1000/z'>", None, None),
    ],
)
def test_its_own_identifier_and_one_that_it_mentions(text: str, own: Any, mentioned: Any) -> None:
    found = page(f"<title>T</title>{text}")
    assert (found.own, found.mentioned) == (own, mentioned)


# Addresses


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("/c#part", "https://www.example.org/c"),
        ("http://example.org/c", "http://example.org/c"),
        ("https://www.example.org/", URL),
        ("https://elsewhere.example/c", URL),
        ("http://10.0.0.1/c", URL),
        ("javascript:alert(1)", URL),
        ("https://user:secret@www.example.org/c", URL),
        ("http://[", URL),
        ("", URL),
    ],
)
def test_the_canonical_address_when_it_is_believable(canonical: str, expected: str) -> None:
    assert item(f"<title>T</title><link rel=canonical href='{canonical}'>")["URL"] == expected


def test_what_only_says_where_a_reader_came_from_is_left_out() -> None:
    assert item("<title>T</title>", f"{URL}?id=3&utm_source=x&fbclid=y#top")["URL"] == f"{URL}?id=3#top"


# Hostile and broken pages


def test_control_characters_and_markup_are_cleaned() -> None:
    text = "<title>A\u202eB \x1b[31m&lt;script&gt;alert(1)&lt;/script&gt; {x} \\input{/etc/passwd}</title>"
    assert item(text)["title"] == "AB [31malert(1) {x} \\input{/etc/passwd}"


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("<title>Sjögren".encode("latin-1"), "Sjögren"),
        (b"<meta charset=koi8-r><title>" + "Полио".encode("koi8-r"), "Полио"),
        (b"\xff\xfe" + "<title>Polio ö".encode("utf-16-le"), "Polio ö"),
        (b"<meta charset=unicode_escape><title>\xc4\\x41", "Ä\\x41"),
        # Half a minute, were it believed.
        (b"<meta charset=punycode><title>x</title>" + b"a" * 300_000 + b"-" + b"b99a" * 100_000 + b"\xff", "x"),
        (b"<meta charset=klingon><title>\xff\x00x", "ÿx"),
    ],
)
def test_charsets(raw: bytes, title: str) -> None:
    assert item(raw)["title"] == title


def test_a_page_that_was_cut_off_says_what_its_beginning_says() -> None:
    found = page("<title>Ö</title><p>".encode() + "ö".encode()[:1], complete=False)
    assert found.record.item["title"] == "Ö"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p>no title",
        "<title></title>",
        "<title>\x00\x01</title>",
        "plain text",
        "<!--",
        "<script type=application/ld+json>{",
    ],
)
def test_a_page_that_says_nothing(text: str) -> None:
    with pytest.raises(ServiceMalformed, match="no title"):
        page(text)


def test_what_is_no_web_page_and_who_wants_to_see_a_person() -> None:
    with pytest.raises(ServiceMalformed, match="not a web page but application/pdf"):
        page("%PDF-1.7", content_type="application/pdf")
    for title in ("Just a moment...", "Access Denied", "Are you a robot?", "Log in"):
        with pytest.raises(ServiceRefused, match="see a person first"):
            page(f"<title>{title}</title>")
    for title in ("404 Not Found", "Page not found", "404"):
        with pytest.raises(ServiceNotFound, match="says that there is nothing"):
            page(f"<title>{title}</title>")
    for title in ("Access denied to vaccines", "Lost and not found", "Just a moment: a memoir"):
        assert item(f"<title>{title}</title>")["title"] == title


HUGE = {
    "metas": "<title>T</title>" + '<meta name="citation_author" content="Borg, K.">' * 40_000,
    "names": "<title>T</title>" + "".join(f"<meta name=n{n} content=x>" for n in range(60_000)),
    "deep": "<title>T</title>" + "<div>" * 300_000,
    "attributes": "<title>T</title><meta " + " ".join(f"a{n}=1" for n in range(5_000)) + ">",
    "comments": "<title>T</title>" + "<!--" * 400_000,
    "title": "<title>" + "T" * 2_000_000,
    "json": "<title>T</title><script type=application/ld+json>" + "[" * 1_900_000 + "</script>",
    "nested": "<title>T</title><script type=application/ld+json>" + '{"@graph":[' * 500 + "</script>",
    "separators": "<title>" + "T - " * 400_000,
    "titles": "<title>T</title>" + "<h1>" * 200_000,
}


@pytest.mark.parametrize("shape", HUGE)
def test_huge_pages_take_bounded_time_and_yield_a_bounded_record(shape: str) -> None:
    start = time.process_time()
    found = item(HUGE[shape])
    assert len(json.dumps(found)) < 200_000
    assert time.process_time() - start < 20, "a bound against quadratic time, not a measurement"


def test_a_page_that_takes_too_long_to_read_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LONGEST_PARSE", 0.0)
    with pytest.raises(ServiceMalformed, match="too long to read"):
        page("<title>T</title><meta " + " ".join(f"a{n}=1" for n in range(8_000)) + ">")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@graph", "name", "author", "isPartOf", "identifier", "publisher", "headline", "@id"]
            ),
            each
            | st.sampled_from(["ScholarlyArticle", "Periodical", "Person", "10.1000/x", "https://doi.org/10.1000/y"]),
            max_size=5,
        )
    ),
    max_leaves=10,
)


@given(values)
def test_any_linked_data_is_a_record(value: Any) -> None:
    found = item(linked(value))
    assert found["title"]
    assert found["URL"] == URL


pieces = st.sampled_from(
    ["<title>", "</title>", "<meta name=citation_title content=", "<meta name=author content='", "'", '"', ">",
     "<script type=application/ld+json>", "{}", "</script>", "<!--", "-->", "<link rel=canonical href=", "&#0;",
     "&lt;", "Ö", "\x00"]
)  # fmt: skip


@given(st.lists(pieces | st.text(max_size=4), max_size=15).map("".join))
def test_any_page_is_a_record_or_a_typed_error(text: str) -> None:
    try:
        found = item(text)
    except ServiceError:
        return
    assert found["title"].isprintable()


# Through the client


@pytest.mark.parametrize(
    ("made", "error", "told", "hint"),
    [
        (served(404), ServiceNotFound, "status 404", "Check the address"),
        (served(403), ServiceRefused, "refused", "Open it in a browser"),
        (served(503, retry_after="0"), ServiceDown, "failing", "Try again later"),
        (
            served(200, b"%PDF", content_type="application/pdf"),
            ServiceMalformed,
            "application/pdf",
            "ppreflist extract",
        ),
        (served(200, b"<p>x"), ServiceMalformed, "no title", "Give the DOI"),
        (endless_body, ServiceMalformed, "no title", "Give the DOI"),
        (redirect("/x"), ServiceDown, "circle", "Try again later"),
        (hang, ServiceDown, "in time", "Try again later"),
    ],
)
def test_every_fault_names_the_address_and_what_to_do(
    made: Any, error: type[ServiceError], told: str, hint: str
) -> None:
    with WebServer() as server:
        url = server.page("/x", made)
        client = Client(Settings(allow_private=True, read=0.2), sleep=lambda seconds: None)
        with pytest.raises(error) as raised:
            lookup(url, client, TODAY)
    assert type(raised.value) is error
    assert raised.value.message.startswith(f"{url}: ")
    assert told in raised.value.message
    assert hint in raised.value.hint
    assert f"ppreflist add --type online --title TITLE --field url={url}" in raised.value.hint


def test_an_address_in_the_own_network_is_not_asked() -> None:
    with WebServer() as server:
        url = server.page("/x", served(200))
        with pytest.raises(ServiceRefused):
            lookup(url, Client(Settings()), TODAY)
        assert server.total == 0
