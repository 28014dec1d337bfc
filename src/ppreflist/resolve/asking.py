"""What every resolver does alike: ask, read JSON or XML that may be anything, and name in every error what was asked.

JSON: RFC 8259. XML: read by defusedxml, so that no entity is expanded and nothing is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ppreflist.errors import Offline, ServiceError, ServiceMalformed, ServiceNotFound
from ppreflist.model.identifier import DOI, ISBN, PMCID, ArXiv, Identifier
from ppreflist.net.answer import Answer, charset_of_web
from ppreflist.net.client import Client
from ppreflist.resolve.services import Service

MAX_BYTES = 16 * 1024 * 1024
"""Records of large collaborations list thousands of authors and references; none in use is near this."""

TOOL = "ppreflist"


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: the address and the headers."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)


def with_query(url: str, parameters: Mapping[str, str]) -> str:
    """The address with these parameters; those without a value are left out."""
    return f"{url}?{urlencode({name: value for name, value in parameters.items() if value}, safe=',:')}"


def ask(request: Request, client: Client, service: Service) -> Answer:
    """GET at the pace of the service: a 2xx answer, or a ServiceError."""
    return client.get(request.url, headers=request.headers, max_bytes=MAX_BYTES, service=service.name, gap=service.gap)


def shown(identifier: Identifier) -> str:
    """An identifier as messages name it."""
    if isinstance(identifier, ArXiv):
        return f"arXiv:{identifier.value}"
    return identifier.value if isinstance(identifier, DOI | PMCID) else f"{identifier.label} {identifier.value}"


def by_hand(identifier: Identifier | None = None) -> str:
    """What to do when no service helps, as the end of a sentence."""
    kind = "book" if isinstance(identifier, ISBN) else "article" if identifier is not None else "online"
    return (
        f"or add the reference by its fields: ppreflist add --type {kind} --title TITLE --author NAME --field year=YEAR"
    )


@contextmanager
def naming(identifier: Identifier) -> Iterator[None]:
    """Let every ServiceError inside name the identifier and say what to do next."""
    try:
        yield
    except ServiceError as error:
        name = shown(identifier)
        message = error.message if identifier.value in error.message else f"{name}: {error.message}"
        instead = by_hand(identifier)
        hint = error.hint if instead in error.hint else f"{_what_next(error, identifier)}, {instead}"
        raise type(error)(message, hint=hint) from error


def _what_next(error: ServiceError, identifier: Identifier) -> str:
    if isinstance(error, ServiceNotFound):
        return f"Check the {identifier.label} for a slip"
    return "Connect and try again" if isinstance(error, Offline) else "Try again later"


def json_of(answer: Answer) -> tuple[Any, list[str]]:
    """The decoded body, and a warning when it was not in the charset that JSON asks for (RFC 8259, 8.1: UTF-8)."""
    warnings = []
    try:
        text = answer.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = decoded(answer)
        warnings.append("the record was not in UTF-8: check its accents")
    if text.lstrip()[:1] == "<":
        raise ServiceMalformed("a web page came where a record was expected")
    try:
        return json.loads(text), warnings
    except (ValueError, RecursionError):
        raise ServiceMalformed("the answer is not valid JSON, or was cut off") from None


def xml_of(answer: Answer) -> Element:
    """The root element of the body. ServiceMalformed: it is HTML, broken, or defines entities."""
    head = answer.body[:600].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise ServiceMalformed("a web page came where a record was expected")
    try:
        root: Element = fromstring(answer.body)
    except DefusedXmlException:
        raise ServiceMalformed("the answer is XML that defines entities, which no record needs") from None
    except (ParseError, ValueError, LookupError, RecursionError):
        raise ServiceMalformed("the answer is not valid XML, or was cut off") from None
    return root


def charset_of(answer: Answer) -> str:
    """The charset that the headers name, or an empty string."""
    stated = answer.headers.get("content-type", "").lower().partition("charset=")[2].strip(" \"'").split(";")[0]
    return charset_of_web(stated)


def decoded(answer: Answer) -> str:
    """The body of an answer that is not in UTF-8, in the charset that it names or else a likely one."""
    charset = charset_of(answer)
    for encoding in (charset, "cp1252"):
        try:
            if encoding and encoding not in ("utf-8", "utf8"):
                return answer.body.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return answer.body.decode("latin-1")
