"""PMID to record, by NCBI's E-utilities.

https://www.ncbi.nlm.nih.gov/books/NBK25499/#chapter4.EFetch: ``efetch.fcgi?db=pubmed&id=1,2&retmode=xml`` answers a
``PubmedArticleSet``, whose elements https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/ describes; a PMID that is not there is
left out of it. NCBI asks for ``tool`` and ``email``, and for no more than three requests a second
(https://www.ncbi.nlm.nih.gov/books/NBK25497/#chapter2.Usage_Guidelines_and_Requirements).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from xml.etree.ElementTree import Element

from ppreflist.csl.textcase import title as title_case
from ppreflist.errors import ServiceMalformed, ServiceNotFound
from ppreflist.formats.csljson import csl_date
from ppreflist.formats.loosedate import loose_date
from ppreflist.model.identifier import PMID
from ppreflist.model.pages import parse_pages
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.resolve.asking import TOOL, Request, ask, naming, shown, with_query, xml_of
from ppreflist.resolve.people import with_stops
from ppreflist.resolve.record import Item, Record, clean_item, title_doubts
from ppreflist.resolve.services import PUBMED

_TAGS: Final = frozenset({"i", "b", "sup", "sub"})
_DEEPEST: Final = 20
_FORMAL: Final = re.compile(r"\s+:\s.*\Z", re.DOTALL)
"""``European journal of neurology : the official journal of ...``"""
_LANGUAGES: Final = {
    "chi": "zh", "dan": "da", "dut": "nl", "fin": "fi", "fre": "fr", "ger": "de", "hun": "hu", "ita": "it", "jpn": "ja",
    "nor": "no", "pol": "pl", "por": "pt", "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr",
}  # fmt: skip
"""MARC's codes, which PubMed uses, and those of BCP 47."""
_NOTICES: Final = {
    "RetractionIn": "it was retracted",
    "ExpressionOfConcernIn": "there is an expression of concern about it",
    "ErratumIn": "there is an erratum",
    "RetractedandRepublishedIn": "it was retracted and published anew",
}
"""``CommentsCorrections/@RefType`` and what a person who cites the article should know."""


def request(pmids: Iterable[PMID], base_url: str = PUBMED.url, mailto: str = "") -> Request:
    """What to ask for the records of some PMIDs (at most 200)."""
    ids = ",".join(pmid.value for pmid in pmids)
    query = {"db": "pubmed", "id": ids, "retmode": "xml", "tool": TOOL, "email": mailto}
    return Request(with_query(f"{base_url.rstrip('/')}/efetch.fcgi", query), {"Accept": "application/xml, text/xml"})


def records_from(answer: Answer) -> dict[PMID, Record]:
    """The records in a 2xx answer. ServiceMalformed when it is no PubmedArticleSet."""
    root = xml_of(answer)
    if root.tag != "PubmedArticleSet":
        told = root.findtext(".//ERROR") or ""
        raise ServiceMalformed(
            f"PubMed answered with an error: {told[:200]}" if told else "the answer is no PubMed record"
        )
    found: dict[PMID, Record] = {}
    for element in root:
        article, book = element.find("MedlineCitation/Article"), element.find("BookDocument")
        number = (element.findtext("MedlineCitation/PMID") or element.findtext("BookDocument/PMID") or "").strip()
        if number.isdecimal() and (article is not None or book is not None):
            raw = _article(element, article) if article is not None else _document(book)
            item = clean_item({**raw, "PMID": number})
            found.setdefault(PMID(number.lstrip("0")), Record(item, PUBMED.name, tuple(_notices(element))))
    return found


def record_from(answer: Answer, pmid: PMID) -> Record:
    """The record of one PMID in a 2xx answer; ServiceNotFound when it is not in it."""
    return pick(records_from(answer), pmid)


def pick(found: Mapping[PMID, Record], pmid: PMID) -> Record:
    """One of the records; ServiceNotFound when it is not among them."""
    record = found.get(pmid)
    if record is None:
        raise ServiceNotFound(f"PubMed has no record {pmid.value}")
    return replace(record, warnings=(*record.warnings, *title_doubts(record.item, shown(pmid))))


def lookup_all(pmids: Sequence[PMID], client: Client, base_url: str = PUBMED.url) -> dict[PMID, Record]:
    """Ask for several records at once (at most 200)."""
    return records_from(ask(request(pmids, base_url, client.settings.mailto), client, PUBMED))


def lookup(pmid: PMID, client: Client, base_url: str = PUBMED.url) -> Record:
    """Ask for the record of a PMID. Every ServiceError names the PMID and says what to do next."""
    with naming(pmid):
        return pick(lookup_all([pmid], client, base_url), pmid)


def _article(element: Element, article: Element) -> Item:
    types = {kind.text for kind in article.iterfind("PublicationTypeList/PublicationType")}
    english = article.findtext("Language", "eng") == "eng"
    journal = _FORMAL.sub("", article.findtext("Journal/Title", ""))
    item: Item = {
        "type": "article" if "Preprint" in types else "article-journal",
        "title": _title(article.find("ArticleTitle")),
        "original-title": _title(article.find("VernacularTitle")),
        "author": _names(article.iterfind("AuthorList/Author")),
        "container-title": title_case(journal, "en") if english else journal,
        "container-title-short": article.findtext("Journal/ISOAbbreviation"),
        "volume": article.findtext("Journal/JournalIssue/Volume"),
        "issue": article.findtext("Journal/JournalIssue/Issue"),
        "page": _pages(article.findtext("Pagination/MedlinePgn") or article.findtext("Pagination/StartPage") or ""),
        "ISSN": article.findtext("Journal/ISSN"),
        "issued": _date(article.find("Journal/JournalIssue/PubDate")) or _date(article.find("ArticleDate")),
        "language": _LANGUAGES.get(article.findtext("Language", ""), ""),
    }
    if item["container-title-short"] == item["container-title"]:
        del item["container-title-short"]
    if not item["page"]:
        item["number"] = article.findtext("ELocationID[@EIdType='pii']")
    item["DOI"] = article.findtext("ELocationID[@EIdType='doi']")
    # Not every ArticleIdList: the references of an article have lists of their own.
    for each in element.iterfind("PubmedData/ArticleIdList/ArticleId"):
        variable = {"doi": "DOI", "pmc": "PMCID"}.get(each.get("IdType", ""))
        if variable and not item.get(variable):
            item[variable] = (each.text or "").strip()
    return item


def _document(document: Element | None) -> Item:
    """A book of NCBI's Bookshelf, or a chapter of one."""
    book = document.find("Book") if document is not None else None
    if document is None or book is None:
        return {}
    chapter, whole = _title(document.find("ArticleTitle")), _title(book.find("BookTitle"))
    authors = [
        *document.iterfind("AuthorList[@Type='authors']/Author"),
        *book.iterfind("AuthorList[@Type='authors']/Author"),
    ]
    return {
        "type": "chapter" if chapter else "book",
        "title": chapter or whole,
        "container-title": whole if chapter else None,
        "collection-title": book.findtext("CollectionTitle"),
        "author": _names(authors),
        "editor": _names(book.iterfind("AuthorList[@Type='editors']/Author")),
        "publisher": book.findtext("Publisher/PublisherName"),
        "publisher-place": book.findtext("Publisher/PublisherLocation"),
        "edition": book.findtext("Edition"),
        "ISBN": [each.text or "" for each in book.iterfind("Isbn")],
        "issued": _date(document.find("ContributionDate")) or _date(book.find("PubDate")),
        "URL": f"https://www.ncbi.nlm.nih.gov/books/{book_id}/" if (book_id := _bookshelf(document)) else None,
    }


def _bookshelf(document: Element) -> str:
    number = document.findtext("ArticleIdList/ArticleId[@IdType='bookaccession']", "")
    return number if re.fullmatch(r"NBK\d{1,9}", number, re.ASCII) else ""


def _title(element: Element | None) -> str:
    """A title without PubMed's full stop, and without the brackets that say that it was translated."""
    text = " ".join(_rich(element).split()) if element is not None else ""
    text = re.sub(r"(?<!\.)\.\Z", "", text)
    if text.startswith("[") and text.endswith("]"):
        text = re.sub(r"(?<!\.)\.\Z", "", text[1:-1])
    return text


def _rich(element: Element, depth: int = 0) -> str:
    if depth >= _DEEPEST:
        return "".join(element.itertext())
    parts = [element.text or ""]
    for child in element:
        inner = _rich(child, depth + 1)
        parts += [f"<{child.tag}>{inner}</{child.tag}>" if child.tag in _TAGS else inner, child.tail or ""]
    return "".join(parts)


def _names(authors: Iterable[Element]) -> list[dict[str, str]]:
    found = []
    for author in authors:
        if author.get("ValidYN") == "N":
            continue
        group = author.find("CollectiveName")
        family = author.findtext("LastName", "")
        given = author.findtext("ForeName") or author.findtext("Initials") or ""
        if family:
            found.append({"family": family, "given": with_stops(given), "suffix": author.findtext("Suffix", "")})
        elif group is not None:
            found.append({"literal": " ".join("".join(group.itertext()).split())})
    return found


def _pages(text: str) -> str:
    """Pages with shortened last pages written out: ``1009-15`` as ``1009–1015``."""
    return ", ".join(str(each.expanded) for each in parse_pages(text))


def _date(element: Element | None) -> Any:
    if element is None:
        return None
    year, month, day = (element.findtext(name, "").strip() for name in ("Year", "Month", "Day"))
    words = element.findtext("MedlineDate") or " ".join(
        each for each in (year, month or element.findtext("Season", ""), day) if each
    )
    if year.isdecimal() and month.isdecimal():
        words = "-".join(each.zfill(2) for each in (year, month, day) if each)
    found = loose_date(words) or (loose_date(words[:4]) if words[:4].isdecimal() else None)
    return csl_date(found) if found is not None else {"literal": words}


def _notices(element: Element) -> Iterator[str]:
    """Retractions and the like."""
    told = set()
    for each in element.iterfind("MedlineCitation/CommentsCorrectionsList/CommentsCorrections"):
        kind = each.get("RefType", "")
        source = " ".join((each.findtext("RefSource") or "").split())[:200]
        if kind in _NOTICES and kind not in told:
            told.add(kind)
            yield f"{_NOTICES[kind]}{f': {source}' if source else ''}"
