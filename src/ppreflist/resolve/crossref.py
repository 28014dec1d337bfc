"""A citation's words to the records that may be meant, by Crossref's REST API.

https://api.crossref.org/swagger-ui/index.html#/Works/get_works: ``/works`` with ``query.bibliographic`` (titles,
authors, ISSNs and years: what a citation says) and ``rows`` answers ``message`` with ``items``, the likeliest first,
each with Crossref's own ``score``. How to ask politely, and that few rows are enough for matching a citation:
https://www.crossref.org/documentation/retrieve-metadata/rest-api/tips-for-using-the-crossref-rest-api/.
Which of the records is meant is decided in ``matching``.
"""

from __future__ import annotations

from dataclasses import replace

from ppreflist.errors import Offline, ServiceError, ServiceMalformed
from ppreflist.model.identifier import DOI, parse_doi
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.resolve.asking import Request, ask, json_of, with_query
from ppreflist.resolve.record import Record, clean_item
from ppreflist.resolve.services import CROSSREF, CROSSREF_LIST_GAP, CROSSREF_POLITE_LIST_GAP, Service

ROWS = 5
LONGEST_QUERY = 500
"""Characters of a citation that are sent: more make the service slower, not surer."""

_OF_NO_USE = frozenset({"peer-review", "component", "grant", "journal", "journal-issue", "journal-volume"})
"""Types that nobody cites by their own, though their titles repeat those of what is cited."""


def request(citation: str, base_url: str = CROSSREF.url, mailto: str = "", rows: int = ROWS) -> Request:
    """What to ask for the words of a citation."""
    words = " ".join(citation.split())[:LONGEST_QUERY]
    address = with_query(
        f"{base_url.rstrip('/')}/works", {"query.bibliographic": words, "rows": str(rows), "mailto": mailto}
    )
    return Request(address, {"Accept": "application/json"})


def records_from(answer: Answer) -> tuple[Record, ...]:
    """The records in a 2xx answer, the likeliest first; none when Crossref knows nothing like it. ServiceMalformed."""
    raw, warnings = json_of(answer)
    message = raw.get("message") if isinstance(raw, dict) else None
    items = message.get("items") if isinstance(message, dict) else None
    if not isinstance(items, list):
        raise ServiceMalformed("the answer is JSON, but not a list of works from Crossref's REST API")
    found = []
    for each in items:
        if not isinstance(each, dict) or str(each.get("type")) in _OF_NO_USE:
            continue
        item = clean_item(each)
        # The address is the DOI's again, or the publisher's landing page, which the DOI leads to.
        item.pop("URL", None)
        if item.get("title") and isinstance(parse_doi(item.get("DOI", "")), DOI):
            found.append(Record(item, CROSSREF.name, tuple(warnings)))
    return tuple(found)


def paced(base_url: str, mailto: str) -> Service:
    """The service at the pace of its lists; a copy that the user has named bears what its owner lets it bear."""
    if base_url.rstrip("/") != CROSSREF.url:
        return CROSSREF
    return replace(CROSSREF, gap=CROSSREF_POLITE_LIST_GAP if mailto else CROSSREF_LIST_GAP)


def search(citation: str, client: Client, base_url: str = CROSSREF.url) -> tuple[Record, ...]:
    """Ask for the records that a citation may mean. Every ServiceError says what to do next."""
    try:
        mailto = client.settings.mailto
        return records_from(ask(request(citation, base_url, mailto), client, paced(base_url, mailto)))
    except ServiceError as error:
        when = "Connect and try again" if isinstance(error, Offline) else "Try again later"
        hint = f"{when}, or add what the text says as a draft: --offline"
        raise type(error)(error.message, hint=hint) from error
