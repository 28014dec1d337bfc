"""arXiv identifier to record, by arXiv's Atom API.

https://info.arxiv.org/help/api/user-manual.html: ``query?id_list=2101.00001v2,hep-th/9901001`` answers an Atom feed
(RFC 4287) with an ``entry`` a paper, in the version that was asked for or else the newest. An identifier that is not
there has no entry, a bad one an entry whose ``id`` is below ``/api/errors``. arXiv asks for three seconds between
requests (https://info.arxiv.org/help/api/tou.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from ppreflist.bibtex.latex import decode
from ppreflist.errors import ServiceMalformed, ServiceNotFound
from ppreflist.model.identifier import DOI, ArXiv, parse_arxiv, parse_doi
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.resolve.asking import Request, ask, naming, shown, with_query, xml_of
from ppreflist.resolve.people import person
from ppreflist.resolve.record import Item, Record, clean_item, clean_text, title_doubts
from ppreflist.resolve.services import ARXIV

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_OWN: Final = "{http://arxiv.org/schemas/atom}"
_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})T", re.ASCII)
_LATEX: Final = re.compile(r"\\[A-Za-z'`^\"~=.{]|\$[^$]{1,500}\$")


def request(identifiers: Iterable[ArXiv], base_url: str = ARXIV.url) -> Request:
    """What to ask for some papers (at most 100)."""
    ids = [each.value for each in identifiers]
    query = {"id_list": ",".join(ids), "max_results": str(len(ids))}
    return Request(
        with_query(f"{base_url.rstrip('/')}/query", query).replace("%2F", "/"), {"Accept": "application/atom+xml"}
    )


def records_from(answer: Answer) -> dict[ArXiv, Record]:
    """The records in a 2xx answer, by the identifier without its version. ServiceMalformed when it is no Atom feed."""
    feed = xml_of(answer)
    if feed.tag != f"{_ATOM}feed":
        raise ServiceMalformed("the answer is XML, but no Atom feed")
    found: dict[ArXiv, Record] = {}
    for entry in feed.iterfind(f"{_ATOM}entry"):
        identifier = parse_arxiv(entry.findtext(f"{_ATOM}id", "").strip())
        if isinstance(identifier, ArXiv):
            found.setdefault(identifier, _record(entry, identifier))
    return found


def record_from(answer: Answer, identifier: ArXiv) -> Record:
    """The record of one paper in a 2xx answer; ServiceNotFound when it is not in it."""
    return pick(records_from(answer), identifier)


def pick(found: Mapping[ArXiv, Record], identifier: ArXiv) -> Record:
    """One of the records, with the version that was asked for; ServiceNotFound when it is not among them."""
    record = found.get(identifier)
    if record is None:
        raise ServiceNotFound(f"arXiv has no paper {identifier.value}")
    item = {**record.item, "number": f"arXiv:{identifier.value}"}
    return replace(record, item=item, warnings=(*record.warnings, *title_doubts(item, shown(identifier))))


def lookup_all(identifiers: Sequence[ArXiv], client: Client, base_url: str = ARXIV.url) -> dict[ArXiv, Record]:
    """Ask for several papers at once (at most 100), each in one version only."""
    return records_from(ask(request(identifiers, base_url), client, ARXIV))


def lookup(identifier: ArXiv, client: Client, base_url: str = ARXIV.url) -> Record:
    """Ask for the record of a paper. Every ServiceError names the identifier and says what to do next."""
    with naming(identifier):
        return pick(lookup_all([identifier], client, base_url), identifier)


def _record(entry: Element, identifier: ArXiv) -> Record:
    title = " ".join(entry.findtext(f"{_ATOM}title", "").split())
    # The day of the version that this is: 'published' is that of the first.
    versions = identifier.version not in (None, 1)
    day = _DATE.match(entry.findtext(f"{_ATOM}{'updated' if versions else 'published'}", "").strip())
    names = (person(each.findtext(f"{_ATOM}name", "")) for each in entry.iterfind(f"{_ATOM}author"))
    item: Item = clean_item(
        {
            "type": "article",
            "title": decode(title) if _LATEX.search(title) else title,
            "author": [name for name in names if name],
            "issued": {"date-parts": [[int(part) for part in day.groups()]]} if day else None,
            "number": f"arXiv:{identifier.value}",
            "publisher": "arXiv",
        }
    )
    primary = entry.find(f"{_OWN}primary_category")
    category = clean_text((primary.get("term") or "")[:40]) if primary is not None else ""
    fields = (("eprintclass", category),) if category else ()
    return Record(item, ARXIV.name, tuple(_published(entry)), fields)


def _published(entry: Element) -> list[str]:
    """What arXiv says of the published version: another work, which it is better to cite."""
    doi = parse_doi(entry.findtext(f"{_OWN}doi", "").strip())
    journal = clean_text(entry.findtext(f"{_OWN}journal_ref", "")[:300])
    if isinstance(doi, DOI) and doi.arxiv is None:
        return [f"it was published{f' in {journal}' if journal else ''}: ppreflist add {doi.value}"]
    return [f"it was published in {journal}"] if journal else []
