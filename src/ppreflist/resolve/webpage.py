"""Web address to record: what the page says of itself.

In this order: Highwire Press tags (``citation_title`` ..., https://scholar.google.com/intl/en/scholar/inclusion.html),
PRISM (https://www.w3.org/submissions/prism/), Dublin Core (https://www.dublincore.org/specifications/dublin-core/dc-html/),
JSON-LD (https://schema.org), Open Graph (https://ogp.me), then the page's title. Nothing on the page is executed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from ppreflist.errors import Offline, ServiceError, ServiceMalformed, ServiceNotFound, ServiceRefused
from ppreflist.formats.csljson import csl_date
from ppreflist.formats.loosedate import loose_date
from ppreflist.model.identifier import DOI, PMID, ArXiv, parse_arxiv, parse_doi, parse_pmid
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.resolve.asking import Request
from ppreflist.resolve.html import MAX_BYTES, Head, head_of
from ppreflist.resolve.linkeddata import item_from
from ppreflist.resolve.people import person, persons
from ppreflist.resolve.record import Item, Record, clean_item, clean_rich, clean_text

_HTML: Final = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"})
_GUARDED: Final = re.compile(
    r"just a moment|attention required!? . cloudflare|access (?:to this page (?:has been|is) )?denied"
    r"|(?:are you|verify (?:that )?you are) (?:a |not a )?(?:robot|human)\??|security check(?:point)?"
    r"|pardon our interruption"
    r"|(?:ddos|bot) (?:protection|verification).{0,40}|request (?:rejected|blocked)|robot or human\??|captcha"
    r"|(?:please )?(?:log|sign) in|login",
    re.IGNORECASE,
)
"""Titles of pages that stand before the one that was asked for."""
_NOT_THERE: Final = re.compile(
    r"(?:error )?404(?:\W{1,3}(?:page )?not found)?|(?:page|file|document|article|object) not found|not found",
    re.IGNORECASE,
)
_TRACKING: Final = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|_ga|igshid", re.IGNORECASE)
_NOBODY: Final = frozenset(
    {"admin", "administrator", "webmaster", "root", "user", "author", "editor", "unknown", "anonymous"}
)
_SEPARATOR: Final = re.compile(r"\s(?:[|\u2013\u2014\u00b7\u2022\u00bb]|-|::)\s")
_DATE_TIME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d", re.ASCII)
_LONGEST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. ``own`` is the identifier that it says is its own; ``mentioned`` is the one DOI that it links
    to without saying so, or None."""

    record: Record
    own: DOI | PMID | ArXiv | None
    mentioned: DOI | None


def request(url: str) -> Request:
    """What to ask for a page."""
    return Request(url, {"Accept": "text/html, application/xhtml+xml, */*;q=0.1"})


def page_from(answer: Answer, today: date) -> Page:
    """What the page in a 2xx answer says of itself. ServiceMalformed: it is no web page, or says nothing;
    ServiceRefused: it wants to see a person first. ``today`` becomes the day of access."""
    if answer.content_type not in _HTML:
        raise ServiceMalformed(f"it is not a web page but {answer.content_type}")
    head = head_of(answer)
    address = _address(head, answer.url)
    linked = item_from(head.objects, address)
    kind = _kind(head, linked)
    item = clean_item({**_work(head, linked, kind), "type": kind})
    item["URL"] = address
    item["accessed"] = {"date-parts": [[today.year, today.month, today.day]]}
    if not item.get("title"):
        raise ServiceMalformed("the page has no title")
    if not head.all("citation_title", "author"):
        bare = item["title"].rstrip(" .!\u2026")
        if _GUARDED.fullmatch(bare):
            raise ServiceRefused(f"the page wants to see a person first ({bare!r})")
        if _NOT_THERE.fullmatch(bare):
            raise ServiceNotFound(f"the page says that there is nothing ({bare!r})")
    own, mentioned = _own(head, linked), _mentioned(head)
    if isinstance(own, DOI):
        item["DOI"] = own.value
    elif isinstance(own, PMID):
        item["PMID"] = own.value
    return Page(Record(item, urlsplit(address).hostname or "", ()), own, mentioned if own is None else None)


def lookup(url: str, client: Client, today: date) -> Page:
    """Ask for a page. Every ServiceError names the address and says what to do next."""
    asked = request(url)
    try:
        return page_from(client.get(asked.url, headers=asked.headers, max_bytes=MAX_BYTES, whole=False), today)
    except ServiceError as error:
        name = _shown(url)
        by_hand = f"ppreflist add --type online --title TITLE --field url={name}"
        raise type(error)(
            f"{name}: {error.message}", hint=f"{_what_next(error)}, or add it by its fields: {by_hand}"
        ) from error


def _what_next(error: ServiceError) -> str:
    if "application/pdf" in error.message:
        return "Save it and let `ppreflist extract FILE` find its identifiers"
    if isinstance(error, ServiceNotFound):
        return "Check the address"
    if error.hint.startswith("Private addresses"):
        return "If you trust it, allow that with --allow-private"
    if isinstance(error, ServiceRefused):
        return "Open it in a browser and give the DOI that you find there"
    if isinstance(error, ServiceMalformed):
        return "Give the DOI of what you mean"
    return "Connect and try again" if isinstance(error, Offline) else "Try again later"


def _shown(url: str) -> str:
    url = clean_text(url)
    return url if len(url) <= _LONGEST_SHOWN else url[: _LONGEST_SHOWN - 1] + "\u2026"


def _work(head: Head, linked: Item, kind: str) -> Item:
    """The variables of the work, not cleaned yet."""
    site = clean_text(head.first("og:site_name", "application-name", "dc.publisher", "dcterms.publisher"))
    container = head.first(
        "citation_journal_title", "citation_conference_title", "citation_inbook_title", "citation_book_title",
        "prism.publicationname", "bepress_citation_journal_title",
    )  # fmt: skip
    publisher = head.first(
        "citation_publisher", "citation_dissertation_institution", "citation_technical_report_institution",
        "dc.publisher", "dcterms.publisher", "bepress_citation_publisher",
    )  # fmt: skip
    item: Item = {
        "title": _title(head, linked, site),
        "author": _authors(head) or linked.get("author"),
        "editor": [name for each in head.all("citation_editor") if (name := person(each))] or linked.get("editor"),
        "container-title": container or linked.get("container-title") or site,
        "container-title-short": head.first("citation_journal_abbrev"),
        "publisher": publisher or linked.get("publisher"),
        "volume": head.first("citation_volume", "prism.volume", "bepress_citation_volume") or linked.get("volume"),
        "issue": head.first("citation_issue", "prism.number", "prism.issueidentifier", "bepress_citation_issue")
        or linked.get("issue"),
        "page": _pages(head) or linked.get("page"),
        "number": head.first("citation_technical_report_number", "citation_article_number"),
        "ISSN": head.first("citation_issn", "prism.issn", "prism.eissn") or linked.get("ISSN"),
        "ISBN": head.first("citation_isbn") or linked.get("ISBN"),
        "issued": _issued(head, linked),
        "language": head.first("citation_language", "dc.language") or linked.get("language") or head.language,
        "version": linked.get("version"),
    }
    if kind in ("webpage", "post-weblog", "post", "article-newspaper", "article-magazine"):
        item["publisher"] = None
    elif (
        kind in ("article-journal", "report", "thesis", "book", "dataset", "software")
        and not container
        and item["container-title"] == site
    ):
        item["container-title"] = linked.get("container-title") if kind == "article-journal" else None
        item["publisher"] = item["publisher"] or site
    return item


def _kind(head: Head, linked: Item) -> str:
    """The CSL type: what the page's own citation says, then its JSON-LD."""
    for names, kind in (
        (("citation_journal_title", "bepress_citation_journal_title"), "article-journal"),
        (("citation_conference_title", "citation_conference"), "paper-conference"),
        (("citation_dissertation_institution",), "thesis"),
        (("citation_technical_report_institution", "citation_technical_report_number"), "report"),
        (("citation_inbook_title", "citation_book_title"), "chapter"),
        (("prism.publicationname",), "article-journal"),
        (("citation_isbn",), "book"),
    ):
        if head.all(*names):
            return kind
    kind = str(linked.get("type", "webpage"))
    # An article in nothing is a page.
    return "webpage" if kind.startswith("article-") and not linked.get("container-title") else kind


def _title(head: Head, linked: Item, site: str) -> str:
    exact = head.first("citation_title", "bepress_citation_title", "dc.title", "dcterms.title", "prism.title")
    if exact:
        return exact
    title = linked.get("title") or head.first("og:title", "twitter:title") or head.title or head.heading
    return _without_site(clean_rich(str(title)), site, head.heading)


def _without_site(title: str, site: str, heading: str) -> str:
    """The title without the name of the site that most pages put before or behind it."""
    parts = _SEPARATOR.split(title)
    for rest, end in (((0, -1), -1), ((1, None), 0)):
        if len(parts) > 1 and (parts[end].casefold() == site.casefold()):
            kept = parts[slice(*rest)]
            start = title.find(kept[0])
            return title[start : title.rfind(kept[-1]) + len(kept[-1])]
    return heading if len(parts) > 1 and heading and heading in parts else title


def _authors(head: Head) -> list[dict[str, str]]:
    for names in (
        ("citation_author", "bepress_citation_author"),
        ("dc.creator", "dcterms.creator"),
        ("dc.contributor",),
    ):
        found = [name for each in head.all(*names)[:1000] for name in _several(each)]
        if found:
            return found
    listed = head.first("citation_authors")
    if listed:
        return persons(listed)
    written = head.all("author", "article:author", "parsely-author", "sailthru.author", "byl")
    return [name for each in written[:50] for name in persons(each) if not _is_nobody(name)]


def _several(text: str) -> list[dict[str, str]]:
    """The names in one element: it should hold one, but some list them with semicolons."""
    if ";" in text:
        return persons(text)
    name = person(text)
    return [name] if name else []


def _is_nobody(name: dict[str, str]) -> bool:
    return name.get("literal", "").casefold() in _NOBODY


def _pages(head: Head) -> str:
    first = head.first("citation_firstpage", "prism.startingpage", "bepress_citation_firstpage")
    last = head.first("citation_lastpage", "prism.endingpage", "bepress_citation_lastpage")
    return (
        f"{first}-{last}"
        if first and last and first != last
        else first or head.first("citation_pages", "prism.pagerange")
    )


def _issued(head: Head, linked: Item) -> Any:
    """The first date that can be read, so that a broken one does not hide the next."""
    for name in (
        "citation_publication_date", "citation_date", "citation_cover_date", "citation_online_date", "citation_year",
        "bepress_citation_date", "prism.publicationdate", "prism.coverdate", "dcterms.issued", "dc.date.issued",
        "dc.date", "dcterms.date", "dcterms.created",
    ):  # fmt: skip
        made = _date(head.first(name))
        if made:
            return made
    later = (
        "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
        "date", "pubdate", "publish-date", "publication_date",
    )  # fmt: skip
    for text in (str(linked.get("date", "")), *(head.first(name) for name in later), head.published):
        made = _date(text)
        if made:
            return made
    return None


def _date(text: str) -> Item | None:
    text = clean_text(text[:80])
    moment = _DATE_TIME.match(text)
    found = loose_date(moment[1] if moment else text)
    return csl_date(found) if found is not None else None


def _address(head: Head, url: str) -> str:
    """The page's canonical address (RFC 6596) when it is believable, else the one that answered."""
    asked = urlsplit(url)
    for href in (*head.links.get("canonical", ()), *head.all("og:url"), *head.all("citation_abstract_html_url")):
        try:
            parts = urlsplit(urljoin(url, href))
            host = parts.hostname or ""
        except ValueError:
            continue
        # Sites name their front page, or a host inside their network, by mistake.
        same = _site(host) == _site(asked.hostname or "") and parts.scheme in ("http", "https")
        if same and "@" not in parts.netloc and (parts.path not in ("", "/") or asked.path in ("", "/")):
            return _tidy(parts._replace(fragment="").geturl())
    return _tidy(url)


def _site(host: str) -> str:
    return host.lower().removeprefix("www.").removeprefix("m.")


def _tidy(url: str) -> str:
    """The address without what only says where a reader came from."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return clean_text(urlunsplit(parts._replace(query=query)))


def _own(head: Head, linked: Item) -> DOI | PMID | ArXiv | None:
    """The identifier that the page says is its own."""
    dois = [
        *head.all("citation_doi"), *head.all("bepress_citation_doi"), *head.all("prism.doi"),
        *(each for each in head.all("dc.identifier", "dcterms.identifier") if "10." in each),
        *head.all("doi", "dc.identifier.doi"), *head.links.get("cite-as", ()), str(linked.get("DOI", "")),
    ]  # fmt: skip
    for each in dois:
        doi = parse_doi(each) if each else None
        if isinstance(doi, DOI):
            return doi
    arxiv, pmid = parse_arxiv(head.first("citation_arxiv_id")), parse_pmid(head.first("citation_pmid"))
    if isinstance(arxiv, ArXiv):
        return arxiv
    return pmid if isinstance(pmid, PMID) else None


def _mentioned(head: Head) -> DOI | None:
    """The only DOI that the page links to, or None when there are none or several."""
    found = {doi for each in head.doi_links if isinstance(doi := parse_doi(each), DOI)}
    return next(iter(found)) if len(found) == 1 else None
