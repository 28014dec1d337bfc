"""Doubles of the services that resolvers ask, in their documented shapes, on one server.

What is in ``pubmed``, ``pmc``, ``arxiv``, ``books``, ``works`` and ``journals`` is answered; ``web.pages`` takes what
misbehaves.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from tests.servers.web import Exchange, WebServer

PUBMED_HEAD = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>'
)
ARXIV_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    "<title>ArXiv Query</title><id>http://arxiv.org/api/x</id><updated>2024-01-01T00:00:00-05:00</updated>"
)

PATWA = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">22454268</PMID>
<Article PubModel="Print"><Journal><ISSN IssnType="Electronic">1526-632X</ISSN><JournalIssue CitedMedium="Internet">
<Volume>78</Volume><Issue>13</Issue><PubDate><Year>2012</Year><Month>Mar</Month><Day>27</Day></PubDate></JournalIssue>
<Title>Neurology</Title><ISOAbbreviation>Neurology</ISOAbbreviation></Journal>
<ArticleTitle>Evidence-based guideline: <i>intravenous</i> immunoglobulin
in the treatment of neuromuscular disorders: report.</ArticleTitle>
<Pagination><StartPage>1009</StartPage><EndPage>1015</EndPage><MedlinePgn>1009-15</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.1212/WNL.0b013e31824de293</ELocationID>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Patwa</LastName><ForeName>H S</ForeName><Initials>HS</Initials>
</Author><Author ValidYN="Y"><LastName>So</LastName><ForeName>Yuen T</ForeName><Suffix>Jr</Suffix></Author>
<Author ValidYN="Y"><CollectiveName>Subcommittee of the <b>Academy</b></CollectiveName></Author></AuthorList>
<Language>eng</Language><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
</PublicationTypeList></Article></MedlineCitation><PubmedData><ArticleIdList>
<ArticleId IdType="pubmed">22454268</ArticleId>
<ArticleId IdType="pmc">PMC3310314</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList>
<ArticleId IdType="doi">10.1000/of-a-reference</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData>
</PubmedArticle>"""


def arxiv_entry(
    identifier: str, title: str = "A title", authors: tuple[str, ...] = ("Ada Lovelace",), more: str = ""
) -> str:
    names = "".join(f"<author><name>{escape(name)}</name></author>" for name in authors)
    return (
        f"<entry><id>http://arxiv.org/abs/{identifier}</id><updated>2021-02-03T04:05:06Z</updated>"
        f"<published>2021-01-01T18:00:00Z</published><title>{escape(title)}</title><summary>S</summary>{names}"
        f'<arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.DL"/>{more}</entry>'
    )


class Scholarly:
    """The services on a running server."""

    def __init__(self, web: WebServer) -> None:
        self.web = web
        self.pubmed: dict[str, str] = {"22454268": PATWA}
        self.pmc: dict[str, dict[str, Any]] = {}
        self.arxiv: dict[str, str] = {}
        self.books: dict[str, dict[str, Any]] = {}
        self.journals: dict[str, dict[str, Any]] = {}
        self.works: dict[str, dict[str, Any]] = {}
        pages: dict[str, Callable[[dict[str, str]], tuple[str, str]]] = {
            "/pubmed/efetch.fcgi": self._efetch,
            "/pmc/": self._idconv,
            "/arxiv/query": self._query,
            "/books/api/books": self._books,
            "/crossref/works": self._works,
        }
        for path, made in pages.items():
            web.page(path, lambda exchange, made=made: self._answer(exchange, made))  # type: ignore[misc]

    @property
    def environ(self) -> dict[str, str]:
        """The variables that lead ppreflist here."""
        names = {"PUBMED": "pubmed", "PMC": "pmc", "ARXIV": "arxiv", "OPENLIBRARY": "books", "CROSSREF": "crossref"}
        return {f"PPREFLIST_{name}_URL": f"{self.web.url}/{path}" for name, path in names.items()}

    @property
    def asked(self) -> list[str]:
        return list(self.web.asked)

    def journal(self, issn: str, **message: Any) -> None:
        body = json.dumps({"status": "ok", "message-type": "journal", "message": message}).encode()
        self.web.page(
            f"/crossref/journals/{issn}", lambda exchange: exchange.reply(200, body, content_type="application/json")
        )

    def work(self, doi: str, **record: Any) -> None:
        """Let Crossref have a work; its DOIs are in lower case."""
        self.works[doi.lower()] = {"DOI": doi.lower(), **record}

    def _answer(self, exchange: Exchange, made: Callable[[dict[str, str]], tuple[str, str]]) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(exchange.path).query).items()}
        body, content_type = made(query)
        exchange.reply(200, body.encode(), content_type=content_type)

    def _efetch(self, query: dict[str, str]) -> tuple[str, str]:
        assert (query["db"], query["retmode"], query["tool"]) == ("pubmed", "xml", "ppreflist")
        found = "".join(self.pubmed.get(each, "") for each in query["id"].split(","))
        return f"{PUBMED_HEAD}{found}</PubmedArticleSet>", "text/xml; charset=UTF-8"

    def _idconv(self, query: dict[str, str]) -> tuple[str, str]:
        assert query["format"] == "json"
        records = []
        for each in query["ids"].split(","):
            failed = {"requested-id": each, "pmcid": each, "status": "error", "errmsg": "Identifier not found in PMC"}
            records.append({"requested-id": each, "pmcid": each, **self.pmc[each]} if each in self.pmc else failed)
        return json.dumps(
            {"status": "ok", "response-date": "2025-01-01 00:00:00", "records": records}
        ), "application/json"

    def _query(self, query: dict[str, str]) -> tuple[str, str]:
        ids = query["id_list"].split(",")
        assert int(query["max_results"]) == len(ids)
        return ARXIV_HEAD + "".join(self.arxiv.get(each, "") for each in ids) + "</feed>", "application/atom+xml"

    def _works(self, query: dict[str, str]) -> tuple[str, str]:
        """A list of works: those of the DOIs in the filter, or those of a prefix, whatever the words.

        ``filter`` is a list of names and values with commas between; filters of one name are alternatives
        (https://github.com/CrossRef/rest-api-doc/issues/234). ``select`` leaves out all other fields, ``rows`` cuts.
        """
        filters = [each.partition(":")[::2] for each in query["filter"].split(",")]
        assert {name for name, _ in filters} in ({"doi"}, {"prefix"}), query["filter"]
        wanted = {value.lower() for _, value in filters}
        found = [work for doi, work in self.works.items() if doi in wanted or doi.partition("/")[0] in wanted]
        fields = query["select"].split(",")
        assert set(fields) <= {"DOI", "title", "updated-by", "update-to"}
        items = [{name: work[name] for name in fields if name in work} for work in found[: int(query["rows"])]]
        message = {"facets": {}, "total-results": len(found), "items": items, "items-per-page": int(query["rows"])}
        answer = {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message}
        return json.dumps(answer), "application/json;charset=utf-8"

    def _books(self, query: dict[str, str]) -> tuple[str, str]:
        assert (query["jscmd"], query["format"]) == ("data", "json")
        keys = query["bibkeys"].split(",")
        return json.dumps({key: self.books[key] for key in keys if key in self.books}), "application/json"
