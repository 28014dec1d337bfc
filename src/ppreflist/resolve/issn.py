"""ISSN to the journal's name, by Crossref's REST API: to complete an entry, for an ISSN names no article.

https://api.crossref.org/swagger-ui/index.html#/Journals/get_journals__issn_: ``/journals/{issn}`` answers ``message``
with ``title``, ``publisher`` and ``ISSN`` (all of the journal's). Who says how to reach them (``mailto``) is served
better: https://www.crossref.org/documentation/retrieve-metadata/rest-api/tips-for-using-the-crossref-rest-api/.
"""

from __future__ import annotations

from dataclasses import dataclass

from ppreflist.errors import ServiceMalformed
from ppreflist.model.identifier import ISSN
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.resolve.asking import Request, ask, json_of, naming, with_query
from ppreflist.resolve.record import clean_item
from ppreflist.resolve.services import CROSSREF


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal and who publishes it."""

    title: str
    publisher: str


def request(issn: ISSN, base_url: str = CROSSREF.url, mailto: str = "") -> Request:
    """What to ask for a journal."""
    address = f"{base_url.rstrip('/')}/journals/{issn.value}"
    return Request(with_query(address, {"mailto": mailto}) if mailto else address, {"Accept": "application/json"})


def journal_from(answer: Answer) -> Journal:
    """The journal in a 2xx answer. ServiceMalformed when it is not of the documented shape, or has no title."""
    raw, _ = json_of(answer)
    message = raw.get("message") if isinstance(raw, dict) else None
    if not isinstance(message, dict):
        raise ServiceMalformed("the answer is JSON, but not from Crossref's REST API")
    item = clean_item({"title": message.get("title"), "publisher": message.get("publisher")})
    if not item.get("title"):
        raise ServiceMalformed("the record of the journal has no title")
    return Journal(item["title"], item.get("publisher", ""))


def lookup(issn: ISSN, client: Client, base_url: str = CROSSREF.url) -> Journal:
    """Ask for a journal. Every ServiceError names the ISSN and says what to do next."""
    with naming(issn):
        return journal_from(ask(request(issn, base_url, client.settings.mailto), client, CROSSREF))
