"""ISBN to record, by Open Library's Books API.

https://openlibrary.org/dev/docs/api/books: ``/api/books?bibkeys=ISBN:9780140328721&jscmd=data&format=json`` answers an
object with an entry for each key that is known; an ISBN that is not there has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from ppreflist.errors import ServiceMalformed, ServiceNotFound
from ppreflist.formats.csljson import csl_date
from ppreflist.formats.loosedate import loose_date
from ppreflist.model.identifier import ISBN, parse_isbn
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.resolve.asking import Request, ask, json_of, naming, shown, with_query
from ppreflist.resolve.people import person
from ppreflist.resolve.record import Record, clean_item, clean_text, title_doubts
from ppreflist.resolve.services import OPEN_LIBRARY

_YEAR: Final = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)", re.ASCII)
_EDITED: Final = re.compile(r"\W{0,3}(?:edited|ed\.|compiled)\s", re.IGNORECASE)


def request(isbns: Iterable[ISBN], base_url: str = OPEN_LIBRARY.url) -> Request:
    """What to ask for some books (at most 100)."""
    keys = ",".join(f"ISBN:{isbn.compact}" for isbn in isbns)
    query = {"bibkeys": keys, "jscmd": "data", "format": "json"}
    return Request(with_query(f"{base_url.rstrip('/')}/api/books", query), {"Accept": "application/json"})


def records_from(answer: Answer) -> dict[ISBN, Record]:
    """The records in a 2xx answer. ServiceMalformed when it is not of the documented shape."""
    raw, warnings = json_of(answer)
    if not isinstance(raw, dict):
        raise ServiceMalformed("the answer is JSON, but not from the Books API")
    found: dict[ISBN, Record] = {}
    for key, data in raw.items():
        isbn = parse_isbn(key.removeprefix("ISBN:"))
        if isinstance(isbn, ISBN) and isinstance(data, dict):
            found.setdefault(isbn, Record(clean_item(_book(data)), OPEN_LIBRARY.name, tuple(warnings)))
    return found


def record_from(answer: Answer, isbn: ISBN) -> Record:
    """The record of one book in a 2xx answer; ServiceNotFound when it is not in it."""
    return pick(records_from(answer), isbn)


def pick(found: Mapping[ISBN, Record], isbn: ISBN) -> Record:
    """One of the records; ServiceNotFound when it is not among them."""
    record = found.get(isbn)
    if record is None:
        raise ServiceNotFound(f"Open Library has no book with the ISBN {isbn.value}")
    item = {**record.item, "ISBN": isbn.value}
    return replace(record, item=item, warnings=(*record.warnings, *title_doubts(item, shown(isbn))))


def lookup_all(isbns: Sequence[ISBN], client: Client, base_url: str = OPEN_LIBRARY.url) -> dict[ISBN, Record]:
    """Ask for several books at once (at most 100)."""
    return records_from(ask(request(isbns, base_url), client, OPEN_LIBRARY))


def lookup(isbn: ISBN, client: Client, base_url: str = OPEN_LIBRARY.url) -> Record:
    """Ask for the record of a book. Every ServiceError names the ISBN and says what to do next."""
    with naming(isbn):
        return pick(lookup_all([isbn], client, base_url), isbn)


def _book(data: Mapping[str, Any]) -> dict[str, Any]:
    title, subtitle = _text(data.get("title")), _text(data.get("subtitle"))
    people = [name for each in _names(data.get("authors")) if (name := person(each))]
    edited = _EDITED.match(_text(data.get("by_statement")))
    pages = data.get("number_of_pages")
    return {
        "type": "book",
        "title": title,
        "subtitle": subtitle,
        "editor" if edited else "author": people,
        "publisher": next(iter(_names(data.get("publishers"))), ""),
        "publisher-place": next(iter(_names(data.get("publish_places"))), ""),
        "issued": _date(_text(data.get("publish_date"))),
        "number-of-pages": pages if isinstance(pages, int) and pages > 0 else None,
    }


def _text(value: object) -> str:
    return clean_text(value[:1000]).rstrip(" /:;") if isinstance(value, str) else ""


def _names(value: object) -> list[str]:
    """The names in a list of ``{"name": ...}``."""
    entries = value[:100] if isinstance(value, list) else []
    return [name for each in entries if isinstance(each, Mapping) and (name := _text(each.get("name")))]


def _date(text: str) -> dict[str, Any] | None:
    found = loose_date(text)
    if found is not None:
        return csl_date(found)
    year = _YEAR.search(text[:100])
    return {"date-parts": [[int(year[1])]]} if year else None
