"""DOI, ISBN, ISSN, PMID, PMCID and arXiv numbers: form, check digits, and what contradicts them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ppreflist.lint.check import Check, Context, Finding, at_field, rename_fix, shown, value_fix
from ppreflist.model.entry import Entry, Field
from ppreflist.model.identifier import (
    DOI,
    ISSN,
    ArXiv,
    Identifier,
    Malformed,
    parse_arxiv,
    parse_doi,
    parse_isbn,
    parse_issn,
    parse_pmcid,
    parse_pmid,
)
from ppreflist.model.problem import Severity
from ppreflist.model.query import entry_year

_PLAIN_DOI = re.compile(
    r"10\.\d{4,9}/(?!.*\.(?:pdf|html?|xml|epub)\Z)[a-z0-9.()_-]{0,99}[a-z0-9]\Z", re.IGNORECASE | re.ASCII
)

# "978-3-16-148410-0 (hbk); 0-306-40615-2": several numbers in a field, each with a word on what it is the number of.
_LONGEST = 1000
_QUALIFIER = re.compile(r"\([^()]{0,80}\)|\[[^][]{0,80}\]")
_LABEL = re.compile(r"(?:urn:)?[ep]?-?is[sb]n(?:[- ]?1[03])?(?:-l)?\s*:?\s*", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[,;/|]\s*|\s+(?:and|or)\s+|\s*\\{1,2}\s+")
_NUMBER = re.compile(r"[\dXx](?:[-\u2010-\u2015\u2212 ]?[\dXx])*")


def doi(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("doi"):
        found = parse_doi(field.text)
        if not isinstance(found, Malformed):
            continue
        fix = None
        if found.right is not None:
            fix = value_fix(entry, field, found.right.value, f"write {found.right.value}")
        elif _is_address(field.text):
            fix = rename_fix(entry, field, "url", "move the address to the field url")
        advice = f": write {found.right.value}" if found.right else ""
        yield at_field(entry, field, f"{shown(field.text)} is not a DOI: {found.reason}{advice}", fix)


def doi_not_bare(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("doi"):
        if _PLAIN_DOI.match(field.text):
            continue
        found = parse_doi(field.text)
        if isinstance(found, DOI) and not _is_bare(field, found):
            fix = value_fix(entry, field, found.value, f"write {found.value}")
            yield at_field(entry, field, f"{shown(field.text)} is more than the DOI itself: write {found.value}", fix)


def _is_bare(field: Field, found: DOI) -> bool:
    # Percent signs and LaTeX escapes are spellings of the same DOI; only what stands around it counts.
    plain = field.text.strip()
    if plain == found.value:
        return True
    return plain.startswith("10.") and not plain.startswith(found.value) and len(plain) >= len(found.value)


def isbn(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("isbn"):
        for number in _numbers(field.text):
            found = parse_isbn(number)
            if isinstance(found, Malformed):
                yield _bad_isbn(entry, field, number, found)


def _bad_isbn(entry: Entry, field: Field, number: str, found: Malformed) -> Finding:
    issn_meant = parse_issn(number)
    if isinstance(issn_meant, ISSN):
        alone = number == field.text.strip()
        fix = rename_fix(entry, field, "issn", "move it to the field issn") if alone else None
        message = f"{number} is an ISSN (of a journal or series), not an ISBN: move it to issn"
        return at_field(entry, field, message, fix)
    return at_field(entry, field, f"{shown(number)} is not an ISBN: {found.reason}")


def issn(context: Context) -> Iterator[Finding]:
    good: set[str] = set()
    for entry, field in context.named("issn", "eissn", "issn-l", "issn-linking"):
        # A journal's number stands in each of its articles.
        if field.text in good:
            continue
        if isinstance(parse_issn(field.text), ISSN) and "-" in field.text:
            good.add(field.text)
            continue
        if isinstance(parse_doi(field.text), DOI):
            fix = rename_fix(entry, field, "doi", "move it to the field doi")
            yield at_field(entry, field, f"{shown(field.text)} is a DOI, not an ISSN: move it to doi", fix)
            continue
        for number in _numbers(field.text):
            found = parse_issn(number)
            if isinstance(found, Malformed):
                yield _bad_issn(entry, field, number, found)
            elif number == field.text.strip() and re.fullmatch(r"\d{7}[\dXx]", number, re.ASCII):
                fix = value_fix(entry, field, found.value, f"write {found.value}")
                yield at_field(entry, field, f"write the ISSN with its hyphen: {found.value}", fix, Severity.INFO)


def _bad_issn(entry: Entry, field: Field, number: str, found: Malformed) -> Finding:
    if isinstance(parse_isbn(number), Malformed):
        return at_field(entry, field, f"{shown(number)} is not an ISSN: {found.reason}")
    alone = number == field.text.strip()
    fix = rename_fix(entry, field, "isbn", "move it to the field isbn") if alone else None
    return at_field(entry, field, f"{number} is an ISBN (of a book), not an ISSN: move it to isbn", fix)


def _numbers(text: str) -> Iterator[str]:
    """The numbers in a field of ISBNs or ISSNs, without labels and qualifiers, of whatever form they are."""
    for part in _SEPARATOR.split(_QUALIFIER.sub(" ", text[:_LONGEST])):
        number = _LABEL.sub("", part.strip(), count=1).strip(" .:{}")
        if not number:
            continue
        whole = _NUMBER.match(number)
        # "9780306406157 hardcover", "0-306-40615-2 alk. paper": words after a number are qualifiers too.
        if whole and len(whole[0]) >= 8 and number[whole.end() :][:1].isspace():
            number = whole[0]
        # Two or more ISSNs or ISBNs with nothing but spaces between them.
        pieces = number.split()
        if len(pieces) > 1 and all(len(piece.replace("-", "")) in (8, 10, 13) for piece in pieces):
            yield from pieces
        else:
            yield number


def pubmed(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("pmid", "pmcid"):
        found: Identifier | Malformed = parse_pmid(field.text) if field.name == "pmid" else parse_pmcid(field.text)
        if isinstance(found, Malformed):
            other = parse_pmcid(field.text) if field.name == "pmid" else None
            fix = None
            if other is not None and not isinstance(other, Malformed):
                fix = rename_fix(entry, field, "pmcid", "move it to the field pmcid")
            yield at_field(entry, field, f"{shown(field.text)} is not a {field.name.upper()}: {found.reason}", fix)
        elif field.text.strip() not in (found.value, found.value.removeprefix("PMC")):
            fix = value_fix(entry, field, found.value, f"write {found.value}")
            message = f"{shown(field.text)} is more than the {field.name.upper()} itself: write {found.value}"
            yield at_field(entry, field, message, fix, Severity.INFO)


def arxiv(context: Context) -> Iterator[Finding]:
    for entry, field in _arxiv_fields(context):
        found = parse_arxiv(field.text)
        if isinstance(found, Malformed):
            yield at_field(entry, field, f"{shown(field.text)} is not an arXiv identifier: {found.reason}")


def arxiv_year(context: Context) -> Iterator[Finding]:
    for entry, field in _arxiv_fields(context):
        found = parse_arxiv(field.text)
        year = entry_year(entry)
        if isinstance(found, ArXiv) and year is not None:
            posted = _year_posted(found)
            if 1000 < year < posted:
                yield at_field(
                    entry, field,
                    f"arXiv {found.value} was posted in {posted}, but the entry is of {year}: one of them is wrong, or "
                    f"the preprint came after the publication",
                )  # fmt: skip


def _arxiv_fields(context: Context) -> Iterator[tuple[Entry, Field]]:
    for entry, field in context.named("eprint"):
        kind = entry.first("eprinttype", "archiveprefix").strip().lower()
        if kind == "arxiv" or (not kind and "arxiv" in field.text.lower()):
            yield entry, field
    yield from context.named("arxivid", "arxiv")


def _year_posted(found: ArXiv) -> int:
    """The year in an arXiv identifier: YYMM from 1991 on, after the archive's name in the older form."""
    digits = found.key.rpartition("/")[2][:2]
    year = int(digits)
    return 1900 + year if year >= 91 else 2000 + year


def _is_address(text: str) -> bool:
    return bool(re.match(r"\s*(?:https?|ftp)://\S+\s*\Z", text))


CHECKS = (
    Check(
        "doi-form",
        "A DOI that is none.",
        Severity.WARNING,
        why=(
            "The field doi should hold one DOI: 10., a number, a slash and the rest. A mistyped or cut-off DOI "
            "leads nowhere, and styles print the dead link. The message says what is wrong with it; a web address "
            "without a DOI is moved to url by the fix."
        ),
        before="doi = {0.1088/0957-4484/22/26/265202}",
        after="doi = {10.1088/0957-4484/22/26/265202}",
        run=doi,
    ),
    Check(
        "doi-bare",
        "A DOI with an address or a prefix around it.",
        Severity.WARNING,
        why=(
            "Styles put https://doi.org/ before the DOI themselves. With the address in the field the link "
            "becomes https://doi.org/https://doi.org/10... The fix keeps the DOI alone."
        ),
        before="doi = {https://doi.org/10.1212/WNL.0b013e31824de293}",
        after="doi = {10.1212/WNL.0b013e31824de293}",
        run=doi_not_bare,
    ),
    Check(
        "isbn",
        "An ISBN with a wrong form or check digit, or an ISSN in its place.",
        Severity.WARNING,
        why=(
            "The last digit of an ISBN is computed from the others, so that one wrong digit or two swapped ones "
            "show. The message names the check digit that the other digits ask for; which digit is wrong only the "
            "book can tell. The commonest finding is an ISSN in the field isbn, which the fix moves. Several "
            "ISBNs, and words like (hardcover), are understood."
        ),
        before="isbn = {1066-5331}",
        after="issn = {1066-5331}",
        run=isbn,
    ),
    Check(
        "issn",
        "An ISSN with a wrong form or check digit, or an ISBN or DOI in its place.",
        Severity.WARNING,
        why=(
            "The last character of an ISSN is computed from the others (it may be X). An ISSN without its hyphen "
            "is a remark at info level."
        ),
        before="issn = {10665331}",
        after="issn = {1066-5331}",
        run=issn,
    ),
    Check(
        "pubmed-id",
        "A PMID or PMCID that is none.",
        Severity.WARNING,
        why="A PMID is a number of up to eight digits, a PMCID is PMC and a number.",
        before="pmid = {PMID: 22454268}",
        after="pmid = {22454268}",
        run=pubmed,
    ),
    Check(
        "arxiv-id",
        "An arXiv identifier that is none.",
        Severity.WARNING,
        why=(
            "Looks at eprint when eprinttype (or archiveprefix) is arxiv. An identifier is like 2101.00001, with "
            "a version v2 if need be, or hep-th/9901001 before April 2007; its first digits are a year and a "
            "month."
        ),
        before="eprint = {2113.00001}, eprinttype = {arxiv}",
        after="eprint = {2112.00001}, eprinttype = {arxiv}",
        run=arxiv,
    ),
    Check(
        "arxiv-year",
        "An arXiv number that is newer than the entry.",
        Severity.WARNING,
        why=(
            "The first two digits of an arXiv number are the year in which it was posted. When the entry is "
            "older, the year or the number belongs to another work, unless the author put up an old paper later."
        ),
        before="eprint = {1011.1669}, eprinttype = {arxiv}, year = {2006}",
        after="eprint = {1011.1669}, eprinttype = {arxiv}, year = {2010}",
        run=arxiv_year,
    ),
)
