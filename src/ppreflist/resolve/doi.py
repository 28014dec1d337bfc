"""DOI to record: CSL-JSON by content negotiation, whichever agency registered the DOI.

https://citation.crosscite.org/docs.html (also https://citation.doi.org/docs.html): ``GET https://doi.org/<DOI>`` with
``Accept: application/vnd.citationstyles.csl+json`` is redirected to the agency's service (Crossref, DataCite, mEDRA,
JaLC ...), which answers 200 with one item, 204 when it has no metadata, 404 when there is no such DOI, 406 when the
agency does not offer this format. A short DOI (https://shortdoi.org) is asked in the same way: doi.org leads on.
"""

from __future__ import annotations

from urllib.parse import quote

from ppreflist.errors import ServiceMalformed, ServiceNotFound
from ppreflist.model.identifier import DOI, parse_doi
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.resolve.asking import Request, ask, by_hand, json_of, naming
from ppreflist.resolve.record import Item, Record, clean_item, title_doubts
from ppreflist.resolve.services import DOI_ORG

BASE_URL = DOI_ORG.url
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def request(doi: DOI, base_url: str = BASE_URL) -> Request:
    """What to ask for a DOI's record."""
    address = base_url.rstrip("/") + "/" + quote(doi.value, safe="/:;()-._~")
    return Request(address, {"Accept": f"{MEDIA_TYPE}, application/json;q=0.5"})


def record_from(answer: Answer, doi: DOI) -> Record:
    """The record in a 2xx answer; ServiceNotFound when there is none, ServiceMalformed when it is not CSL-JSON."""
    if answer.status == 204 or not answer.body.strip():
        hint = f"Try again later, {by_hand(doi)}"
        raise ServiceNotFound(f"{doi.value} is registered, but its agency has no record of it", hint=hint)
    raw, warnings = json_of(answer)
    if not isinstance(raw, dict):
        raise ServiceMalformed("the answer is JSON, but not a record")
    # Crossref's REST API wraps its record; a configured service may be one.
    message = raw.get("message")
    item = clean_item(message if isinstance(message, dict) and "type" not in raw else raw)
    return Record(item, DOI_ORG.name, (*warnings, *_check(item, doi)))


def lookup(doi: DOI, client: Client, base_url: str = BASE_URL) -> Record:
    """Ask for the record of a DOI. Every ServiceError names the DOI and says what to do next."""
    with naming(doi):
        return record_from(ask(request(doi, base_url), client, DOI_ORG), doi)


def _check(item: Item, doi: DOI) -> list[str]:
    """What a person should look at; the DOI that was asked for is put in where the record has none."""
    warnings = title_doubts(item, doi.value)
    given = parse_doi(item.get("DOI", ""))
    if not isinstance(given, DOI):
        item["DOI"] = doi.value
    elif given != doi and doi.prefix != "10":
        warnings.append(f"the record says its DOI is {given.value}")
    elif given == doi:
        item["DOI"] = doi.value  # as it was written: publishers' spelling is friendlier than Crossref's lower case
    return warnings
