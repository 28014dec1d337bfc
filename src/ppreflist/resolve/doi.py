"""DOI to record: CSL-JSON by content negotiation, whichever agency registered the DOI.

https://citation.crosscite.org/docs.html (also https://citation.doi.org/docs.html): ``GET https://doi.org/<DOI>`` with
``Accept: application/vnd.citationstyles.csl+json`` is redirected to the agency's service (Crossref, DataCite, mEDRA,
JaLC ...), which answers 200 with one item, 204 when it has no metadata, 404 when there is no such DOI, 406 when the
agency does not offer this format.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ppreflist.errors import Offline, ServiceError, ServiceMalformed, ServiceNotFound
from ppreflist.model.identifier import DOI, parse_doi
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.resolve.record import NO_TITLE, Item, Record, clean_item

BASE_URL = "https://doi.org"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
MAX_BYTES = 16 * 1024 * 1024
"""Records of large collaborations list thousands of authors and references; none in use is near this."""

_BY_HAND = (
    "or add the reference by its fields: ppreflist add --type article --title TITLE --author NAME --field year=YEAR"
)


@dataclass(frozen=True, slots=True)
class Request:
    url: str
    headers: dict[str, str]


def request(doi: DOI, base_url: str = BASE_URL) -> Request:
    """What to ask for a DOI's record."""
    address = base_url.rstrip("/") + "/" + quote(doi.value, safe="/:;()-._~")
    return Request(address, {"Accept": f"{MEDIA_TYPE}, application/json;q=0.5"})


def record_from(answer: Answer, doi: DOI) -> Record:
    """The record in a 2xx answer; ServiceNotFound when there is none, ServiceMalformed when it is not CSL-JSON."""
    if answer.status == 204 or not answer.body.strip():
        raise ServiceNotFound(f"{doi.value} is registered, but its agency has no record of it", hint=_hint())
    raw, warnings = _json(answer)
    if not isinstance(raw, dict):
        raise ServiceMalformed("the answer is JSON, but not a record", hint=_hint())
    # Crossref's REST API wraps its record; a configured service may be one.
    message = raw.get("message")
    item = clean_item(message if isinstance(message, dict) and "type" not in raw else raw)
    return Record(item, "doi.org", (*warnings, *_check(item, doi)))


def lookup(doi: DOI, client: Client, base_url: str = BASE_URL) -> Record:
    """Ask for the record of a DOI. Every ServiceError names the DOI and says what to do next."""
    asked = request(doi, base_url)
    try:
        answer = client.get(asked.url, headers=asked.headers, max_bytes=MAX_BYTES, service="doi.org")
        return record_from(answer, doi)
    except ServiceError as error:
        message = error.message if doi.value in error.message else f"{doi.value}: {error.message}"
        raise type(error)(message, hint=_hint(error)) from error


def _hint(error: ServiceError | None = None) -> str:
    if isinstance(error, ServiceNotFound) and "agency" not in error.message:
        return f"Check the DOI for a slip, {_BY_HAND}"
    if isinstance(error, Offline):
        return f"Connect and try again, {_BY_HAND}"
    return f"Try again later, {_BY_HAND}"


def _json(answer: Answer) -> tuple[Any, list[str]]:
    """The decoded body, and a warning when it was not in the charset that JSON asks for (RFC 8259, 8.1: UTF-8)."""
    warnings = []
    try:
        text = answer.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decoded(answer)
        warnings.append("the record was not in UTF-8: check its accents")
    if text.lstrip()[:1] == "<":
        raise ServiceMalformed("a web page came where a record was expected", hint=_hint())
    try:
        return json.loads(text), warnings
    except (ValueError, RecursionError):
        raise ServiceMalformed("the answer is not valid JSON, or was cut off", hint=_hint()) from None


def _decoded(answer: Answer) -> str:
    charset = answer.headers.get("content-type", "").lower().partition("charset=")[2].strip(" \"'").split(";")[0]
    for encoding in (charset, "cp1252"):
        try:
            if encoding and encoding not in ("utf-8", "utf8"):
                return answer.body.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return answer.body.decode("latin-1")


def _check(item: Item, doi: DOI) -> list[str]:
    """What a person should look at; the DOI that was asked for is put in where the record has none."""
    warnings = []
    if not item.get("title"):
        if not any(item.get(name) for name in ("author", "editor", "container-title")):
            raise ServiceMalformed(f"the record of {doi.value} has neither title nor names", hint=_hint())
        warnings.append(NO_TITLE)
    given = parse_doi(item.get("DOI", ""))
    if not isinstance(given, DOI):
        item["DOI"] = doi.value
    elif given != doi and doi.prefix != "10":
        warnings.append(f"the record says its DOI is {given.value}")
    elif given == doi:
        item["DOI"] = doi.value  # as it was written: publishers' spelling is friendlier than Crossref's lower case
    return warnings
