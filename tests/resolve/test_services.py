"""What every resolver owes: the documented request, the documented answer read, and a typed error for every fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.servers.scholarly import Scholarly, arxiv_entry
from tests.servers.web import Page, answer, endless_body, gzip_bomb, hang, in_turn, redirect, reset

from ppreflist.errors import (
    EditRefused,
    Offline,
    RequestRejected,
    ServiceDown,
    ServiceError,
    ServiceMalformed,
    ServiceNotFound,
    ServiceRefused,
)
from ppreflist.model.identifier import DOI, ISBN, ISSN, PMCID, PMID, ArXiv, Handle, Identifier
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.net.settings import Settings
from ppreflist.resolve import arxiv, issn, openlibrary, pmc, pubmed
from ppreflist.resolve.resolver import Resolver

PATWA = PMID("22454268")
BOOK = ISBN("978-0-14-032872-1")
PAPER = ArXiv("2101.00001")


def resolver(scholarly: Scholarly, **settings: Any) -> Resolver:
    client = Client(Settings(allow_private=True, **settings), sleep=lambda seconds: None)
    return Resolver(client, scholarly.environ)


def body(raw: bytes | str, **headers: str) -> Answer:
    return Answer(200, "https://service.example/", headers, raw.encode() if isinstance(raw, str) else raw)


PLACES: dict[str, tuple[Identifier, str]] = {
    "PubMed": (PATWA, "/pubmed/efetch.fcgi"),
    "PubMed Central": (PMCID("PMC3310314"), "/pmc/"),
    "arXiv": (PAPER, "/arxiv/query"),
    "Open Library": (BOOK, "/books/api/books"),
}

ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
FAULTS: dict[str, tuple[Page, type[ServiceError], str]] = {
    "not found": (answer(404), ServiceNotFound, "no such record"),
    "refused": (answer(403), ServiceRefused, "refused to answer"),
    "too many": (answer(429, retry_after="3600"), ServiceRefused, "status 429"),
    "failing": (answer(500), ServiceDown, "failing at the moment"),
    "bad request": (answer(400, b'{"error":"x"}'), RequestRejected, "unexpected status 400"),
    "web page": (answer(200, b"\n<!DOCTYPE html><html><p>We use cookies"), ServiceMalformed, "a web page came"),
    "nothing": (answer(200, b""), ServiceMalformed, "cut off"),
    "truncated XML": (answer(200, b"<PubmedArticleSet><PubmedArticle><Medl"), ServiceMalformed, ""),
    "truncated JSON": (answer(200, b'{"records": [{"pmid'), ServiceMalformed, "cut off"),
    "another shape": (answer(200, b"<feed><entry/></feed>"), ServiceMalformed, ""),
    "a list": (answer(200, b"[[[]]]"), ServiceMalformed, ""),
    "deep": (answer(200, b"[" * 200_000), ServiceMalformed, ""),
    "deep XML": (answer(200, b"<a>" * 200_000), ServiceMalformed, ""),
    "another charset": (answer(200, '<?xml version="1.0"?><x>ö'.encode("latin-1")), ServiceMalformed, ""),
    "no such charset": (answer(200, b'<?xml version="1.0" encoding="klingon"?><x/>'), ServiceMalformed, ""),
    "entities": (answer(200, ENTITIES), ServiceMalformed, ""),
    "outside entities": (answer(200, OUTSIDE), ServiceMalformed, ""),
    "circle": (lambda exchange: exchange.reply(302, location=exchange.path), ServiceDown, "circle"),
    "gzip bomb": (gzip_bomb(), ServiceMalformed, ""),
    "endless": (endless_body, ServiceMalformed, "more than was to be expected"),
    "silent": (hang, ServiceDown, "did not answer in time"),
    "reset": (reset, ServiceDown, ""),
}


@pytest.mark.parametrize("service", PLACES)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_a_typed_error_that_names_what_was_asked_and_what_to_do(
    scholarly: Scholarly, fault: str, service: str
) -> None:
    identifier, path = PLACES[service]
    page, error, told = FAULTS[fault]
    scholarly.web.page(path, page)
    with pytest.raises(error) as raised:
        resolver(scholarly, read=0.2).record(identifier)
    assert type(raised.value) is error
    assert identifier.value in raised.value.message
    assert told in raised.value.message
    assert "ppreflist add --type" in raised.value.hint
    assert len(raised.value.message) < 300


def test_what_is_busy_is_asked_again_when_it_says(scholarly: Scholarly) -> None:
    whole = scholarly.web.pages["/pubmed/efetch.fcgi"]
    scholarly.web.page("/pubmed/efetch.fcgi", in_turn(answer(429, retry_after="7"), whole))
    waits: list[float] = []
    client = Client(Settings(allow_private=True), sleep=waits.append)
    assert Resolver(client, scholarly.environ).record(PATWA).item["volume"] == "78"
    assert 7.0 in waits


def test_offline_is_said() -> None:
    def no_names(host: str, port: int) -> Any:
        raise OSError(-3, "no network")

    client = Client(Settings(), lookup=no_names, sleep=lambda seconds: None, witnesses=())
    for identifier, _ in PLACES.values():
        with pytest.raises(Offline) as raised:
            Resolver(client, {}).record(identifier)
        assert "Connect and try again" in raised.value.hint


def test_an_address_that_leads_into_the_own_network_is_not_followed(scholarly: Scholarly) -> None:
    scholarly.web.page("/arxiv/query", redirect("http://10.1.2.3/"))
    client = Client(Settings().trusting(scholarly.web.url), sleep=lambda seconds: None)
    with pytest.raises(ServiceRefused):
        Resolver(client, scholarly.environ).record(PAPER)


# PubMed


def test_a_pmid_is_asked_for_with_who_asks() -> None:
    asked = pubmed.request([PATWA, PMID("1")], "http://localhost:1/", "a@b.example")
    assert asked.url == (
        "http://localhost:1/efetch.fcgi?db=pubmed&id=22454268,1&retmode=xml&tool=ppreflist&email=a%40b.example"
    )


def test_a_pubmed_record_keeps_both_its_identifiers(scholarly: Scholarly) -> None:
    record = resolver(scholarly).record(PATWA)
    assert record.warnings == ()
    assert record.item == {
        "type": "article-journal",
        "title": "Evidence-based guideline: <i>intravenous</i> immunoglobulin in the treatment of neuromuscular "
        "disorders: report",
        "author": [
            {"family": "Patwa", "given": "H. S."},
            {"family": "So", "given": "Yuen T.", "suffix": "Jr"},
            {"literal": "Subcommittee of the Academy"},
        ],
        "container-title": "Neurology",
        "volume": "78",
        "issue": "13",
        "page": "1009–1015",
        "issued": {"date-parts": [[2012, 3, 27]]},
        "ISSN": "1526-632X",
        "DOI": "10.1212/WNL.0b013e31824de293",
        "PMID": "22454268",
        "PMCID": "PMC3310314",
    }


def article(inner: str, around: str = "", language: str = "eng") -> str:
    return (
        f"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article>{inner}"
        f"<Language>{language}</Language></Article>{around}</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("<Year>2006</Year><Season>Winter</Season>", {"date-parts": [[2006]], "season": 4}),
        ("<MedlineDate>2006 Nov-Dec</MedlineDate>", {"date-parts": [[2006, 11], [2006, 12]]}),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", {"date-parts": [[1998]]}),
        ("<Year>2012</Year><Month>03</Month><Day>7</Day>", {"date-parts": [[2012, 3, 7]]}),
        ("<Year>2012</Year>", {"date-parts": [[2012]]}),
    ],
)
def test_pubmeds_dates(date: str, issued: Any) -> None:
    text = article(
        f"<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal><ArticleTitle>T</ArticleTitle>"
    )
    assert pubmed.record_from(body(text), PMID("7")).item["issued"] == issued


def test_a_translated_title_journals_formal_name_and_a_retraction() -> None:
    retracted = (
        "<CommentsCorrectionsList><CommentsCorrections RefType='RetractionIn'><RefSource>J. 2010;1:2</RefSource>"
        "</CommentsCorrections><CommentsCorrections RefType='Cites'/></CommentsCorrectionsList>"
    )
    text = article(
        "<Journal><Title>European journal of neurology : the official journal of a federation</Title></Journal>"
        "<ArticleTitle>[The <sup>2</sup>treatment.].</ArticleTitle><VernacularTitle>Die Behandlung.</VernacularTitle>",
        retracted,
    )
    record = pubmed.record_from(body(text), PMID("7"))
    assert record.item["title"] == "The <sup>2</sup>treatment"
    assert record.item["original-title"] == "Die Behandlung"
    assert record.item["container-title"] == "European Journal of Neurology"
    assert record.warnings == ("it was retracted: J. 2010;1:2",)


def test_a_chapter_of_the_bookshelf() -> None:
    text = (
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>20301295</PMID><ArticleIdList>"
        '<ArticleId IdType="bookaccession">NBK1116</ArticleId></ArticleIdList><Book><Publisher><PublisherName>'
        "University of Washington</PublisherName><PublisherLocation>Seattle (WA)</PublisherLocation></Publisher>"
        '<BookTitle book="gene">GeneReviews</BookTitle><PubDate><Year>1993</Year></PubDate><AuthorList Type="editors">'
        "<Author><LastName>Adam</LastName><ForeName>Margaret P</ForeName></Author></AuthorList></Book><ArticleTitle>"
        'GNE Myopathy</ArticleTitle><AuthorList Type="authors"><Author><LastName>Argov</LastName><Initials>Z</Initials>'
        "</Author></AuthorList><ContributionDate><Year>2004</Year><Month>3</Month></ContributionDate></BookDocument>"
        "</PubmedBookArticle></PubmedArticleSet>"
    )
    item = pubmed.record_from(body(text), PMID("20301295")).item
    assert (item["type"], item["title"], item["container-title"]) == ("chapter", "GNE Myopathy", "GeneReviews")
    assert item["author"] == [{"family": "Argov", "given": "Z."}]
    assert item["editor"] == [{"family": "Adam", "given": "Margaret P."}]
    assert item["issued"] == {"date-parts": [[2004, 3]]}
    assert item["URL"] == "https://www.ncbi.nlm.nih.gov/books/NBK1116/"


def test_pubmed_says_that_it_has_no_such_record(scholarly: Scholarly) -> None:
    with pytest.raises(ServiceNotFound, match="PubMed has no record 99") as raised:
        resolver(scholarly).record(PMID("99"))
    assert "Check the PMID for a slip" in raised.value.hint
    with pytest.raises(ServiceMalformed, match="ID list is empty"):
        pubmed.record_from(body("<eFetchResult><ERROR>ID list is empty!</ERROR></eFetchResult>"), PATWA)
    with pytest.raises(ServiceMalformed, match="neither title nor names"):
        pubmed.record_from(body(article("")), PMID("7"))


# PMC


def test_a_pmcid_becomes_pubmeds_record_or_else_the_dois(scholarly: Scholarly, doi_service: Any) -> None:
    scholarly.pmc["PMC3310314"] = {"pmid": 22454268, "doi": "10.1212/WNL.0b013e31824de293"}
    item = resolver(scholarly).record(PMCID("PMC3310314")).item
    assert (item["PMCID"], item["PMID"], item["DOI"]) == ("PMC3310314", "22454268", "10.1212/WNL.0b013e31824de293")
    scholarly.pmc["PMC2"] = {"doi": "10.1000/two"}
    doi_service.register("10.1000/two", {"type": "article-journal", "title": "Two"})
    asking = Resolver(resolver(scholarly).client, {**scholarly.environ, "PPREFLIST_DOI_URL": doi_service.url})
    item = asking.record(PMCID("PMC2")).item
    assert (item["title"], item["PMCID"], item["DOI"]) == ("Two", "PMC2", "10.1000/two")


@pytest.mark.parametrize(
    ("record", "told"),
    [(None, "has no article PMC9"), ({"live": True}, "neither PMID nor DOI")],
)
def test_what_pmc_does_not_know(scholarly: Scholarly, record: Any, told: str) -> None:
    if record is not None:
        scholarly.pmc["PMC9"] = record
    with pytest.raises(ServiceNotFound, match=told):
        resolver(scholarly).record(PMCID("PMC9"))


def test_the_id_converter_is_asked_with_who_asks() -> None:
    asked = pmc.request(PMCID("PMC1"), "https://x.example/v1/articles", "a@b.example")
    assert asked.url == "https://x.example/v1/articles/?ids=PMC1&format=json&tool=ppreflist&email=a%40b.example"


# arXiv


def test_an_arxiv_paper_with_its_version_and_what_became_of_it(scholarly: Scholarly) -> None:
    published = (
        '<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/pub</arxiv:doi>'
        '<arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">J. Phys. 3 (2021)</arxiv:journal_ref>'
    )
    names = ("Ludwig van Beethoven", "The ATLAS Collaboration", "Martin L. King Jr.")
    scholarly.arxiv["2101.00001v2"] = arxiv_entry("2101.00001v2", "On\n  $\\alpha$-stable  sums", names, published)
    record = resolver(scholarly).record(ArXiv("2101.00001v2"))
    assert record.item == {
        "type": "article",
        "title": "On α-stable sums",
        "author": [
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"literal": "The ATLAS Collaboration"},
            {"family": "King", "given": "Martin L.", "suffix": "Jr."},
        ],
        "issued": {"date-parts": [[2021, 2, 3]]},
        "number": "arXiv:2101.00001v2",
        "publisher": "arXiv",
    }
    assert record.fields == (("eprintclass", "cs.DL"),)
    assert record.warnings == ("it was published in J. Phys. 3 (2021): ppreflist add 10.1000/pub",)


def test_the_newest_version_is_named_as_it_was_asked_for(scholarly: Scholarly) -> None:
    scholarly.arxiv["hep-th/9901001"] = arxiv_entry("hep-th/9901001v1")
    item = resolver(scholarly).record(ArXiv("hep-th/9901001")).item
    assert (item["number"], item["issued"]) == ("arXiv:hep-th/9901001", {"date-parts": [[2021, 1, 1]]})
    assert arxiv.request([ArXiv("hep-th/9901001"), PAPER], "https://x.example").url == (
        "https://x.example/query?id_list=hep-th/9901001,2101.00001&max_results=2"
    )


def test_what_arxiv_does_not_have(scholarly: Scholarly) -> None:
    error = "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_1</id><title>Error</title></entry>"
    for text in ("", error):
        scholarly.arxiv["2101.00001"] = text
        with pytest.raises(ServiceNotFound, match=r"arXiv has no paper 2101\.00001"):
            resolver(scholarly).record(PAPER)


# Open Library


def test_a_book_by_its_isbn(scholarly: Scholarly) -> None:
    scholarly.books["ISBN:9780140328721"] = {
        "url": "https://openlibrary.org/books/OL7353617M/Fantastic_Mr._Fox",
        "title": "Fantastic Mr. Fox :",
        "subtitle": "a story",
        "authors": [
            {"url": "https://openlibrary.org/authors/OL34184A", "name": "Roald Dahl"},
            {"name": "Puffin Group"},
        ],
        "publishers": [{"name": "Puffin"}, {"name": "Other"}],
        "publish_places": [{"name": "London"}],
        "publish_date": "October 1, 1988",
        "number_of_pages": 96,
        "identifiers": {"isbn_13": ["9780140328721"]},
    }
    item = resolver(scholarly).record(BOOK).item
    assert item == {
        "type": "book",
        "title": "Fantastic Mr. Fox: a story",
        "author": [{"family": "Dahl", "given": "Roald"}, {"literal": "Puffin Group"}],
        "publisher": "Puffin",
        "publisher-place": "London",
        "issued": {"date-parts": [[1988, 10, 1]]},
        "number-of-pages": "96",
        "ISBN": "978-0-14-032872-1",
    }


@pytest.mark.parametrize(
    ("written", "parts"),
    [("c1999.", [1999]), ("[2004.]", [2004]), ("July 2004", [2004, 7]), ("n.d.", None), (7, None)],
)
def test_dates_of_books(written: object, parts: Any) -> None:
    raw = {"ISBN:0140328726": {"title": "T", "publish_date": written, "by_statement": "edited by A. B."}}
    item = openlibrary.record_from(body(json.dumps(raw)), BOOK).item
    assert item.get("issued") == ({"date-parts": [parts]} if parts else None)


def test_the_other_isbn_of_the_book_is_the_same_book_and_editors_are_no_authors() -> None:
    raw = {"ISBN:0140328726": {"title": "T", "by_statement": "edited by R. Dahl", "authors": [{"name": "Dahl, R."}]}}
    item = openlibrary.record_from(body(json.dumps(raw)), BOOK).item
    assert item["editor"] == [{"family": "Dahl", "given": "R."}]
    assert "author" not in item


def test_a_book_that_open_library_does_not_have(scholarly: Scholarly) -> None:
    with pytest.raises(ServiceNotFound, match="Open Library has no book with the ISBN 978-0-14-032872-1") as raised:
        resolver(scholarly).record(BOOK)
    assert "--type book" in raised.value.hint


# ISSN and what is no work


def test_an_issn_names_a_journal_and_no_article(scholarly: Scholarly) -> None:
    scholarly.journal("1066-5331", title="Post-Polio Health", publisher="PHI", ISSN=["1066-5331"])
    asking = resolver(scholarly)
    assert asking.journal(ISSN("1066-5331")) == issn.Journal("Post-Polio Health", "PHI")
    with pytest.raises(EditRefused, match="is the journal 'Post-Polio Health', not an article"):
        asking.record(ISSN("1066-5331"))
    with pytest.raises(EditRefused, match="names a journal"):
        asking.record(ISSN("0028-3878"))
    assert issn.request(ISSN("1066-5331"), "https://x", "a@b").url == "https://x/journals/1066-5331?mailto=a%40b"
    for raw in ("[]", '{"message": []}', '{"message": {"publisher": "x"}}'):
        with pytest.raises(ServiceMalformed):
            issn.journal_from(body(raw))


def test_a_handle_is_asked_of_nobody(scholarly: Scholarly) -> None:
    with pytest.raises(EditRefused, match="no service is asked for a Handle"):
        resolver(scholarly).record(Handle("2027/x"))


# Many at once


def test_many_are_asked_for_in_one_request_each_with_its_own_answer(scholarly: Scholarly) -> None:
    for number in range(3):
        scholarly.arxiv[f"2101.0000{number}"] = arxiv_entry(f"2101.0000{number}v1", f"Title {number}")
    asking = resolver(scholarly)
    papers = [ArXiv(f"2101.0000{number}") for number in range(4)]
    asking.prepare([*papers, PATWA, PMID("99"), PATWA])
    assert [asking.record(each).item["title"] for each in papers[:3]] == ["Title 0", "Title 1", "Title 2"]
    assert asking.record(PATWA).item["volume"] == "78"
    for missing in (papers[3], PMID("99")):
        with pytest.raises(ServiceNotFound):
            asking.record(missing)
    assert scholarly.web.total == 2


def test_when_one_request_for_many_fails(scholarly: Scholarly) -> None:
    scholarly.arxiv["2101.00001"] = arxiv_entry("2101.00001")
    whole = scholarly.web.pages["/arxiv/query"]
    scholarly.web.page("/arxiv/query", in_turn(answer(400), whole))
    asking = resolver(scholarly)
    asking.prepare([PAPER, ArXiv("2101.00002")])
    assert asking.record(PAPER).item["title"] == "A title", "asked for one by one after a refusal of all"
    scholarly.web.page("/pubmed/efetch.fcgi", answer(503, retry_after="0"))
    asking.prepare([PATWA, PMID("99")])
    asked = scholarly.web.total
    for each in (PATWA, PMID("99")):
        with pytest.raises(ServiceDown, match=each.value):
            asking.record(each)
    assert scholarly.web.total == asked, "a service that is down is not asked again for each"
    asking.prepare([PMID(str(number)) for number in range(1, 120)])
    assert scholarly.web.total == asked + 3, "nor for the rest of a long list"


# Anything at all

READERS: dict[str, Callable[[Answer], object]] = {
    "pubmed": lambda each: pubmed.record_from(each, PMID("7")),
    "pmc": lambda each: pmc.known_from(each, PMCID("PMC1")),
    "arxiv": lambda each: arxiv.record_from(each, PAPER),
    "books": lambda each: openlibrary.record_from(each, BOOK),
    "issn": issn.journal_from,
}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=9), each, max_size=3),
    max_leaves=6,
)
FIELDS = [
    "title",
    "subtitle",
    "authors",
    "publishers",
    "publish_date",
    "pmid",
    "doi",
    "pmcid",
    "name",
    "number_of_pages",
]
objects = st.dictionaries(
    st.sampled_from(FIELDS), values | st.lists(st.fixed_dictionaries({"name": values}), max_size=2)
)
shapes = st.one_of(
    values,
    objects.map(lambda each: {"ISBN:9780140328721": each}),
    objects.map(lambda each: {"message": each}),
    objects.map(lambda each: {"records": [{"pmcid": "PMC1", **each}]}),
)


@pytest.mark.parametrize("service", ["pmc", "books", "issn"])
@given(shapes)
def test_any_json_is_a_record_or_a_typed_error(service: str, value: object) -> None:
    try:
        made = READERS[service](body(json.dumps(value)))
    except ServiceError:
        return
    assert made


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="<>&\ufffe\uffff"), max_size=12
)
TAGS = ["Journal", "Title", "Year", "Month", "Day", "PubDate", "JournalIssue", "ArticleTitle", "Author", "LastName",
        "AuthorList", "MedlinePgn", "Pagination", "i", "CollectiveName", "MedlineDate", "Language"]  # fmt: skip
elements = st.recursive(
    words,
    lambda each: st.tuples(st.sampled_from(TAGS), st.lists(each, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=12,
)


@given(elements)
def test_any_xml_is_a_record_or_a_typed_error(inner: str) -> None:
    try:
        record = pubmed.record_from(body(article(inner)), PMID("7"))
    except ServiceError:
        return
    assert record.item["PMID"] == "7"


@pytest.mark.parametrize("service", READERS)
@given(st.binary(max_size=40))
def test_any_bytes_are_a_typed_error(service: str, raw: bytes) -> None:
    with pytest.raises(ServiceError):
        READERS[service](body(raw))


def test_a_doi_is_asked_of_doi_org_wherever_that_is(doi_service: Any) -> None:
    doi_service.register("10.1000/x", {"type": "book", "title": "X"})
    client = Client(Settings(allow_private=True))
    assert Resolver(client, {"PPREFLIST_DOI_URL": doi_service.url}).record(DOI("10.1000/x")).item["title"] == "X"
