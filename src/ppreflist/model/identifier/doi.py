"""Reading DOIs.

DOI Handbook, 'DOI name syntax' (https://www.doi.org/doi-handbook/HTML/dois-syntax.html); short DOIs
https://shortdoi.org; the trailing parts of publishers' addresses are from the publishers' own sites.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from ppreflist.model.identifier.cleaning import BRACKETS, LEADING, LONGEST, tidied, unwrapped
from ppreflist.model.identifier.values import DOI, Malformed

DOI_START = re.compile(r"(?<![\d.])10\.\d{4,9}(?:\.\d{1,9}){0,4}/")
SHORT_DOI = re.compile(r"10/[a-z0-9]{3,12}", re.IGNORECASE | re.ASCII)
GARNISH = re.compile(
    r"(?:(?:info:|urn:)?doi\b\s{0,3}[:=/]?\s{0,3}|(?:https?:)?/{0,2}(?:www\.)?(?:dx\.)?doi\.org/)", re.IGNORECASE
)
_URL = re.compile(r"(?:https?|ftp):?/{1,3}|www\.|//", re.IGNORECASE)
_HOST_PATH = re.compile(r"(?:[\w-]{1,63}\.){1,8}[a-z]{2,18}(?::\d{1,5})?/", re.ASCII)
_DOI_HOST = re.compile(
    r"(?:https?:)?/{0,2}(?:[\w-]{1,63}\.){0,3}?(?:dx[.-])?doi[.-]org(?:\.[\w-]{1,63}){0,8}(?::\d{1,5})?/", re.I
)
_PUBLISHER_TAIL = re.compile(
    r"(?:/(?:full(?:text)?(?:/html|\.html?)?|abstract|summary|e?pdf(?:direct|plus)?|meta|references|citedby|figures|tables|"
    r"download|html|xml|asset(?:/.{0,500})?|issuetoc|related|metrics|suppl_file(?:/.{0,500})?|fulltext\.html))?"
    r"(?:\.(?:pdf|html?|xml|epub))?/?\Z",
    re.IGNORECASE,
)
_PREPRINT_TAIL = re.compile(
    r"v\d{1,3}(?:\.(?:full|abstract|article-[\w-]{1,20}))?(?:\.(?:pdf|full-text))?(?:\+html)?\Z"
)
PREFIX_ALONE = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,4}\Z", re.ASCII)
MISTYPED_TEN = re.compile(r"(?:1[Oo]|[lI]0|[lI][Oo])\.(\d{4,9}/)|10,\s?(\d{4,9}/)")
_SHAPES = (
    # Elsevier's PII: S, ISSN, (year), five digits, a check character.
    (re.compile(r"10\.1016/[SB]\d{4}-\d{3}[\dX]\(\d\d\)\d{0,5}-?\Z", re.I), "the part after the year is incomplete"),
    (re.compile(r"10\.1016/[SB]\d{4}-\d{0,3}\Z", re.I), "it stops inside the ISSN"),
    # Blackwell's DOIs of 1999 to 2012 end in .x.
    (re.compile(r"10\.1111/j\.\d{4}-\d{3}[\dX](?:\.\d{0,4})?\Z", re.I), "it stops before the article's number"),
    (re.compile(r"10\.1111/j\.\d{4}-\d{3}[\dX]\.\d{4}\.\d{0,5}\Z", re.I), "DOIs of this form end in .x"),
    (re.compile(r"10\.1371/journal\.p[a-z]{3}(?:\.\d{0,6})?\Z", re.I), "DOIs of this journal end in seven digits"),
)


def parse_doi(text: str) -> DOI | Malformed:
    """Read the DOI in the value of a ``doi`` field or in an address, however it is written.

    The spelling is kept; resolver, prefix, percent signs of an address, publisher's tails (``/full``, ``.pdf``), dashes
    of word processors and trailing punctuation are taken off.
    """
    if len(text) > LONGEST:
        return Malformed("doi", text[:80], "far too long for a DOI")
    tidy = tidied(text)
    if not tidy:
        return Malformed("doi", text, "empty")
    in_url = looks_like_url(tidy)
    if in_url and not DOI_START.search(tidy):
        tidy = unquote(tidy)
    start = DOI_START.search(tidy)
    if start is None:
        return _short_doi(text, tidy) or _not_a_doi(text, tidy)
    before, rest = tidy[: start.start()], tidy[start.start() :]
    rest = _cut_from_url(before, rest) if in_url else unquote(rest) if "%" in rest else rest
    found = _checked_doi(text, unwrapped(rest))
    stray = GARNISH.sub("", before).strip(LEADING + " ") if not in_url else ""
    if isinstance(found, DOI) and stray:
        return Malformed("doi", text, f"{_shown(stray)} stands before the DOI", found)
    return found


def other_doi(own: str, address: str) -> tuple[DOI, DOI] | None:
    """The DOI of an entry and the different one that its address names, in this order; None when they agree.

    One that goes on where the other ends is a part of the same work, a version, or a publisher's tail on the address;
    arXiv's DOIs stand beside those of the journals.
    """
    if "10." not in address or not own.strip():
        return None
    held, named = parse_doi(own), parse_doi(address)
    if not isinstance(held, DOI) or not isinstance(named, DOI) or held.arxiv or named.arxiv:
        return None
    return None if held.key.startswith(named.key) or named.key.startswith(held.key) else (held, named)


def looks_like_url(text: str) -> bool:
    return bool(_URL.match(text.lstrip(LEADING)) or _HOST_PATH.match(text.lstrip(LEADING)))


def _cut_from_url(before: str, rest: str) -> str:
    """The DOI at the start of ``rest``, the end of an address that begins with ``before``."""
    in_query = "?" in before or "#" in before
    rest = re.split(r"[&#]" if in_query else r"[?#]", rest, maxsplit=1)[0]
    rest = unquote(rest)
    if _DOI_HOST.match(before):
        return rest
    rest = unwrapped(rest)
    if "rxiv.org" in before.lower():
        return _PREPRINT_TAIL.sub("", rest)
    return rest[: _tail_start(rest)]


def _tail_start(rest: str) -> int:
    # A tail is looked for in the last bit only, so that the unanchored search stays linear.
    floor = rest.find("/") + 2
    window = max(floor, len(rest) - 600)
    found = _PUBLISHER_TAIL.search(rest, window)
    return found.start() if found else len(rest)


def _short_doi(text: str, tidy: str) -> DOI | None:
    """A short DOI, ``10/aabbe`` or ``https://doi.org/aabbe``."""
    bare = unwrapped(GARNISH.sub("", tidy, count=1))
    if SHORT_DOI.fullmatch(bare):
        return DOI(bare)
    if re.match(r"(?:https?://)?(?:dx\.)?doi\.org/", tidy, re.I) and re.fullmatch(r"[a-z0-9]{3,12}", bare, re.A):
        return DOI("10/" + bare)
    return None


def _not_a_doi(text: str, tidy: str) -> Malformed:
    mistyped = MISTYPED_TEN.search(tidy)
    if mistyped:
        right = parse_doi("10." + tidy[mistyped.start(1) if mistyped[1] else mistyped.start(2) :])
        return Malformed("doi", text, "a DOI begins with 10.", right if isinstance(right, DOI) else None)
    bare = GARNISH.sub("", tidy, count=1)
    if PREFIX_ALONE.match(bare):
        return Malformed("doi", text, "truncated: nothing follows the prefix")
    if re.match(r"10\.\d{0,3}/", bare):
        return Malformed("doi", text, "the number after 10. has at least four digits")
    if looks_like_url(tidy):
        return Malformed("doi", text, "a web address without a DOI in it")
    return Malformed("doi", text, "a DOI begins with 10., a number of four or more digits, and a slash")


def _checked_doi(text: str, value: str) -> DOI | Malformed:
    """The DOI, unless ``value`` shows that something was cut off or run into it."""
    suffix = value.partition("/")[2]
    if not suffix:
        return Malformed("doi", text, "truncated: nothing follows the slash")
    if DOI_START.search(suffix) and re.search(r"[\s,;|]", suffix):
        return Malformed("doi", text, "more than one DOI")
    if any(character.isspace() for character in value):
        joined = _checked_doi(text, "".join(value.split()))
        return Malformed("doi", text, "white space inside", joined if isinstance(joined, DOI) else None)
    if not value.isprintable() or "\ufffd" in value:
        return Malformed("doi", text, "a character that cannot be printed")
    for close, opening in BRACKETS.items():
        if value.count(opening) > value.count(close):
            return _doubtful(text, value, f"its {opening!r} is never closed")
    if suffix[-1] == "\u2026":
        return Malformed("doi", text, f"truncated: it ends in {suffix[-1]!r}")
    if suffix[-1] in "-_/":
        return _doubtful(text, value, f"it ends in {suffix[-1]!r}")
    for shape, reason in _SHAPES:
        if shape.match(value):
            return _doubtful(text, value, reason)
    return DOI(value)


def _doubtful(text: str, value: str, reason: str) -> Malformed:
    return Malformed("doi", text, f"truncated: {reason}", doubtful=DOI(value))


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "\u2026")
