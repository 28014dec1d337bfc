"""Web addresses in the wrong place, and addresses that contradict the DOI.

Whether an address is well formed and answers is for `ppreflist check-links`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ppreflist.lint.check import Check, Context, Finding, at_field, removal_fix, rename_fix, shown
from ppreflist.model.edit import SetField
from ppreflist.model.entry import Entry, Field
from ppreflist.model.identifier import DOI, other_doi, parse_doi
from ppreflist.model.problem import Fix, Severity

_NO_PLACE_FOR_URLS = (
    "title", "booktitle", "journal", "journaltitle", "author", "editor", "publisher", "series", "institution", "school",
    "organization", "address", "location", "volume", "number", "pages", "edition", "year", "month", "isbn", "issn",
)  # fmt: skip
_ADDRESS = re.compile(r"\b(?:https?|ftp)://[^\s{}|\\^<>\"]{3,2000}", re.IGNORECASE)
_ONLY_ADDRESS = re.compile(
    r"\s*(?:\\url\s?\{)?\s?(?P<url>(?:https?|ftp)://[^\s{}]{3,2000})\s?\}?\s*[.;,]?\s*\Z", re.IGNORECASE
)
_DOI_HOST = re.compile(r"(?:dx\.|www\.)?doi\.org\Z", re.IGNORECASE)


def misplaced(context: Context) -> Iterator[Finding]:
    for entry, field in context.named(*_NO_PLACE_FOR_URLS):
        if "://" not in field.latex:
            continue
        found = _ADDRESS.search(field.latex)
        if found is None:
            continue
        alone = _ONLY_ADDRESS.match(field.latex)
        fix = _move_to_url(entry, field, alone["url"]) if alone and field.name not in ("title", "author") else None
        advice = "it is in the field url already: remove it here" if entry.text("url") else "move it to the field url"
        yield at_field(entry, field, f"a web address stands in {field.name}: {shown(found[0])}; {advice}", fix)


def in_note(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("note", "howpublished", "annote", "ee"):
        if "://" not in field.latex or entry.text("url").strip():
            continue
        alone = _ONLY_ADDRESS.match(field.latex)
        if alone:
            fix = _move_to_url(entry, field, alone["url"])
            yield at_field(entry, field, f"{field.name} holds nothing but a web address: move it to the field url", fix)


def _move_to_url(entry: Entry, field: Field, url: str) -> Fix | None:
    renamed = rename_fix(entry, field, "url", "move the address to the field url")
    if renamed is None or url == field.latex:
        return renamed
    edits = (*renamed.edits, SetField(entry.key, "url", url))
    return Fix(renamed.description, edits)


def is_doi(context: Context) -> Iterator[Finding]:
    """An address that is nothing but the DOI."""
    for entry, field in context.named("url"):
        found = _resolver_doi(field.text)
        if found is None:
            continue
        if not entry.text("doi").strip():
            fix = _url_to_doi(entry, field, found)
            yield at_field(entry, field, f"the address is a DOI: write doi = {{{found.value}}} instead of url", fix)
        elif parse_doi(entry.text("doi")) == found:
            fix = removal_fix(entry, field, "remove url, which repeats the DOI")
            message = "url repeats the DOI; styles make the link from doi by themselves: remove url"
            yield at_field(entry, field, message, fix, Severity.INFO)


def _url_to_doi(entry: Entry, field: Field, found: DOI) -> Fix | None:
    renamed = rename_fix(entry, field, "doi", f"write doi = {{{found.value}}} instead of url")
    if renamed is None:
        # A blank doi field is there already.
        return None
    return Fix(renamed.description, (*renamed.edits, SetField(entry.key, "doi", found.value)))


def _resolver_doi(address: str) -> DOI | None:
    if "doi.org" not in address.lower():
        return None
    host = _host(address)
    if not host or not _DOI_HOST.match(host):
        return None
    found = parse_doi(address)
    return found if isinstance(found, DOI) else None


def _host(address: str) -> str:
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def disagrees_with_doi(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("url"):
        found = other_doi(entry.text("doi"), field.text)
        if found is not None:
            own, other = found
            message = f"url holds the DOI {other.value}, but doi is {own.value}: one of the two belongs to another work"
            yield at_field(entry, field, message)


CHECKS = (
    Check(
        "url-misplaced",
        "A web address in a field that is not for it.",
        Severity.WARNING,
        why=(
            "In a title, journal or publisher an address is neither a link nor what the field says. The fix moves "
            "it to url where the field holds nothing else; an address in title or author asks for a person."
        ),
        before="publisher = {https://post-polio.org}",
        after="url = {https://post-polio.org}",
        run=misplaced,
    ),
    Check(
        "url-in-note",
        "note or howpublished holds nothing but a web address.",
        Severity.INFO,
        why=(
            "Styles print it, but as text: in the field url it becomes a link. Classic BibTeX styles know no url, "
            "so that this is a remark."
        ),
        before=r"howpublished = {\url{https://post-polio.org}}",
        after="url = {https://post-polio.org}",
        run=in_note,
    ),
    Check(
        "url-is-doi",
        "An address that is only the DOI again.",
        Severity.INFO,
        why=(
            "https://doi.org/10... in url is a DOI: in the field doi it can be checked, compared and written in "
            "the style's way. When doi says the same already, url can go."
        ),
        before="url = {https://doi.org/10.1212/WNL.0b013e31824de293}",
        after="doi = {10.1212/WNL.0b013e31824de293}",
        run=is_doi,
    ),
    Check(
        "url-doi-differ",
        "url and doi name different DOIs.",
        Severity.WARNING,
        why="One of them was copied from another entry.",
        before="doi = {10.1000/182}, url = {https://link.springer.com/article/10.1007/BF03250842}",
        after="doi = {10.1007/BF03250842}",
        run=disagrees_with_doi,
    ),
)
