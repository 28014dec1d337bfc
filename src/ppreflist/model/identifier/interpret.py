"""Reading an identifier of any kind."""

from __future__ import annotations

import re
from urllib.parse import unquote

from ppreflist.model.identifier.cleaning import LEADING, LONGEST, tidied, unwrapped
from ppreflist.model.identifier.doi import (
    DOI_START,
    GARNISH,
    MISTYPED_TEN,
    PREFIX_ALONE,
    SHORT_DOI,
    looks_like_url,
    parse_doi,
)
from ppreflist.model.identifier.numbers import (
    ARXIV_NEW,
    ARXIV_OLD,
    ARXIV_URL,
    HANDLE_URL,
    ISBN_URL,
    ISSN_URL,
    LABEL,
    PMC_URL,
    PUBMED_URL,
    kind_of,
    parse_arxiv,
    parse_handle,
    parse_isbn,
    parse_issn,
    parse_pmcid,
    parse_pmid,
)
from ppreflist.model.identifier.values import Identifier, Malformed

_PARSERS = {
    "doi": parse_doi,
    "pmid": parse_pmid,
    "pmcid": parse_pmcid,
    "arxiv": parse_arxiv,
    "isbn": parse_isbn,
    "issn": parse_issn,
    "hdl": parse_handle,
}
KINDS = tuple(_PARSERS)
"""The kinds of identifier, as used in prefixes: ``doi:``, ``pmid:`` ..."""


def parse(kind: str, text: str) -> Identifier | Malformed:
    """Read an identifier of a known kind (one of ``KINDS``)."""
    return _PARSERS[kind](text)


_BETWEEN = re.compile(r"\s{0,9}(?:\([^()]{0,40}\)|[,;/|]|\s)\s{0,9}[,;]?\s{0,9}")


def parse_several(kind: str, text: str) -> tuple[Identifier | Malformed, ...]:
    """Read a field that may hold several ISBNs, ISSNs or other numbers: ``0304-3975 (print), 1879-2294 (electronic)``.

    A value that is one identifier (hyphens and single spaces inside an ISBN included) is read as one.
    """
    whole = parse(kind, text)
    parts = [part for part in _BETWEEN.split(tidied(text[:LONGEST])) if part]
    if isinstance(whole, Identifier) or kind == "doi" or len(parts) < 2:
        return (whole,)
    found = tuple(parse(kind, part) for part in parts)
    return found if any(isinstance(each, Identifier) for each in found) else (whole,)


def recognise(text: str) -> Identifier | None:
    """The one valid identifier that the text is: alone, labelled (``doi:``), or inside an address; else None."""
    found = interpret(text)
    return found if isinstance(found, Identifier) else None


def interpret(text: str) -> Identifier | Malformed | None:
    """What a pasted text identifies; Malformed when it is plainly meant as an identifier but is not valid.

    None when it is no identifier at all, or a number that could be several (see ``candidates``).
    """
    if len(text) > LONGEST:
        return None
    tidy = tidied(text).lstrip(LEADING)
    label = LABEL.match(tidy)
    if label and not tidy[label.end() :].startswith("//"):
        return _PARSERS[kind_of(label[1])](text)
    tidy = unwrapped(tidy)
    if not tidy:
        return None
    if ARXIV_OLD.fullmatch(tidy):
        return next(iter(candidates(tidy)), None)
    if looks_like_url(tidy):
        return _in_address(tidy)
    if DOI_START.match(tidy) or SHORT_DOI.fullmatch(tidy) or PREFIX_ALONE.match(tidy) or MISTYPED_TEN.match(tidy):
        return parse_doi(text)
    readings = candidates(tidy)
    if len(readings) == 1:
        return readings[0]
    return None if readings else _failed_number(tidy)


def candidates(text: str) -> tuple[Identifier, ...]:
    """Every valid reading of a text without label or address; a bare number can have several."""
    tidy = unwrapped(tidied(text[:LONGEST]))
    compact = tidy.replace("-", "").replace(" ", "")
    kinds: list[str] = []
    if re.fullmatch(r"PMC\d{1,8}(?:\.\d{1,3})?", tidy, re.I | re.A):
        kinds = ["pmcid"]
    elif ARXIV_NEW.fullmatch(tidy) or ARXIV_OLD.fullmatch(tidy):
        kinds = ["arxiv"]
    elif re.fullmatch(r"\d{4}-\d{3}[\dXx]", tidy, re.A):
        kinds = ["issn"]
    elif re.fullmatch(r"\d{9}[\dXx]|97[89]\d{10}", compact, re.A):
        kinds = ["isbn"]
    elif re.fullmatch(r"\d{5,8}|\d{7}[Xx]", tidy, re.A):
        kinds = ["pmid", "issn"]
    found = (_PARSERS[kind](tidy) for kind in kinds)
    return tuple(each for each in found if isinstance(each, Identifier))


def _failed_number(tidy: str) -> Malformed | None:
    """The reason why a text with the shape of an identifier is none."""
    compact = tidy.replace("-", "").replace(" ", "")
    if re.fullmatch(r"\d{4}-\d{3}[\dXx]", tidy, re.A):
        found: Identifier | Malformed = parse_issn(tidy)
    elif re.fullmatch(r"\d{9}[\dXx]|97[89]\d{10}", compact, re.A):
        found = parse_isbn(tidy)
    elif ARXIV_NEW.fullmatch(tidy):
        found = parse_arxiv(tidy)
    else:
        return None
    return found if isinstance(found, Malformed) else None


def _in_address(tidy: str) -> Identifier | Malformed | None:
    """The identifier in a web address; a publisher's address without one is None."""
    address = tidy
    for pattern, parser in ((PUBMED_URL, parse_pmid), (PMC_URL, parse_pmcid), (ARXIV_URL, parse_arxiv)):
        if pattern.match(address):
            return parser(address)
    if ISSN_URL.match(address):
        return parse_issn(address)
    if DOI_START.search(address) or DOI_START.search(unquote(address)) or GARNISH.match(address):
        return parse_doi(address)
    if HANDLE_URL.match(address):
        return parse_handle(address)
    if ISBN_URL.match(address):
        return parse_isbn(address)
    return None
