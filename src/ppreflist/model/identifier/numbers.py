"""Reading PMIDs, PMCIDs, arXiv identifiers, ISBNs, ISSNs and Handles.

PMID, PMCID: https://www.ncbi.nlm.nih.gov/pmc/pmctopmid/ and the MEDLINE/PubMed field descriptions; arXiv:
https://info.arxiv.org/help/arxiv_identifier.html; ISBN Users' Manual, 'Structure of an ISBN'; ISSN Manual, 1.2.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from ppreflist.model.identifier.checkdigit import isbn10_check, isbn13_of, issn_check
from ppreflist.model.identifier.cleaning import LONGEST, tidied, unwrapped
from ppreflist.model.identifier.values import ISBN, ISSN, PMCID, PMID, ArXiv, Handle, Malformed

PUBMED_URL = re.compile(
    r"(?:https?:)?/{0,2}(?:pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.|m\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?"
    r"|(?:www\.)?pubmed\.gov/|(?:www\.)?europepmc\.org/(?:article|abstract)/med/)0{0,8}(\d{1,8})(?!\d)",
    re.IGNORECASE,
)
PMC_URL = re.compile(
    r"(?:https?:)?/{0,2}(?:pmc\.ncbi\.nlm\.nih\.gov/articles/|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pmc/(?:articles/)?"
    r"|(?:www\.)?europepmc\.org/(?:articles?|abstract)/(?:pmc/)?)(?:PMC)?(\d{1,8})(?!\d)",
    re.IGNORECASE,
)
ARXIV_URL = re.compile(
    r"(?:https?:)?/{0,2}(?:[\w-]{1,20}\.)?(?:arxiv\.org|alphaxiv\.org)/(?:abs|pdf|html|format|e-print|ps|src)/",
    re.IGNORECASE,
)
ARXIV_OLD = re.compile(r"([a-z][a-z-]{1,15})(?:\.[a-z]{2})?/(\d{7})(v\d{1,3})?(?![\d/])", re.IGNORECASE | re.ASCII)
ARXIV_NEW = re.compile(r"(\d{2})(\d{2})\.(\d{4,5})([vV]\d{1,3})?(?![\d/])", re.ASCII)
_ARXIV_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int supr-con"
)
ISBN_URL = re.compile(
    r"(?:https?:)?/{0,2}(?:[\w-]{1,30}\.){1,4}[a-z]{2,8}/(?:[\w%-]{0,100}/)?(?:isbn|dp)[/:=]?([\dX-]{10,17})(?![\dX-])",
    re.IGNORECASE,
)
ISSN_URL = re.compile(r"(?:https?:)?/{0,2}portal\.issn\.org/resource/ISSN/(\d{4}-\d{3}[\dX])", re.IGNORECASE)
LABEL = re.compile(
    r"(?:urn:|info:)?(doi|pmid|pmcid|arxiv|(?:e-?)?isbn(?:[- ]?1[03])?|(?:[ep]-?)?issn(?:-l)?|hdl|handle)"
    r"(?:\s{0,3}[:=]\s{0,3}|\s{1,3}|/(?=10\.))",
    re.IGNORECASE,
)


def _unlabelled(text: str, *labels: str) -> str:
    """The text without punctuation around it and without one of these labels before it."""
    text = unwrapped(tidied(text))
    found = LABEL.match(text)
    return text[found.end() :].strip() if found and kind_of(found[1]) in labels else text


def kind_of(label: str) -> str:
    label = label.lower()
    for kind in ("isbn", "issn"):
        if kind in label:
            return kind
    return "hdl" if label == "handle" else label


def parse_pmid(text: str) -> PMID | Malformed:
    """Read a PubMed identifier."""
    bare = _unlabelled(text[:LONGEST], "pmid")
    found = PUBMED_URL.match(bare)
    digits = found[1] if found else bare
    if re.fullmatch(r"PMC\d{1,8}", digits, re.I | re.A):
        return Malformed("pmid", text, "a PMCID, not a PMID")
    if not re.fullmatch(r"\d{1,20}", digits, re.A):
        return Malformed("pmid", text, "a PMID is one to eight digits")
    digits = digits.lstrip("0")
    if not 1 <= len(digits) <= 8:
        return Malformed("pmid", text, "a PMID is one to eight digits")
    return PMID(digits)


def parse_pmcid(text: str) -> PMCID | Malformed:
    """Read a PubMed Central identifier."""
    bare = _unlabelled(text[:LONGEST], "pmcid")
    found = PMC_URL.match(bare) or re.fullmatch(r"(?:PMC)?\s?(\d{1,8})(?:\.\d{1,3})?", bare, re.I | re.A)
    if not found or not found[1].lstrip("0"):
        return Malformed("pmcid", text, "a PMCID is PMC and one to eight digits")
    return PMCID("PMC" + found[1].lstrip("0"))


def parse_arxiv(text: str) -> ArXiv | Malformed:
    """Read an arXiv identifier, of the form used since April 2007 or the older one."""
    bare = _unlabelled(text[:LONGEST], "arxiv")
    address = ARXIV_URL.match(bare)
    if address:
        bare = re.sub(r"\.pdf\Z", "", re.split(r"[?#]", bare[address.end() :], maxsplit=1)[0].rstrip("/"), flags=re.I)
        bare = re.sub(r"\Aarxiv:", "", bare, flags=re.I)
    else:
        bare = re.sub(r"\s{0,3}\[[\w.-]{2,20}\]\Z|\A10\.48550/arxiv\.", "", bare, flags=re.I)
    new = ARXIV_NEW.fullmatch(bare)
    if new:
        return _new_arxiv(text, new)
    old = ARXIV_OLD.fullmatch(bare)
    if old and old[1].lower() in _ARXIV_ARCHIVES.split():
        if not "01" <= old[2][2:4] <= "12":
            return Malformed("arxiv", text, f"{old[2][2:4]} is not a month")
        return ArXiv(f"{old[1].lower()}/{old[2]}{(old[3] or '').lower()}")
    return Malformed("arxiv", text, "an arXiv identifier is like 2101.00001 or hep-th/9901001")


def _new_arxiv(text: str, found: re.Match[str]) -> ArXiv | Malformed:
    year, month, number, version = found.groups()
    if not "01" <= month <= "12":
        return Malformed("arxiv", text, f"{month} is not a month")
    digits = 5 if year >= "15" else 4
    if len(number) != digits:
        return Malformed(
            "arxiv", text, f"{'truncated: ' if len(number) < digits else ''}{year}{month} numbers have {digits} digits"
        )
    return ArXiv(f"{year}{month}.{number}{(version or '').lower()}")


def parse_isbn(text: str) -> ISBN | Malformed:
    """Read an ISBN of 10 or 13 digits and check its check digit."""
    bare = _unlabelled(text[:LONGEST], "isbn")
    address = ISBN_URL.match(bare)
    bare = (address[1] if address else bare).strip()
    spelled = "-".join(bare.replace("-", " ").split()).upper()
    digits = spelled.replace("-", "")
    if re.fullmatch(r"\d{4}-\d{3}[\dX]", spelled, re.A) and isinstance(parse_issn(spelled), ISSN):
        return Malformed("isbn", text, "an ISSN, not an ISBN")
    if not re.fullmatch(r"\d{9,20}X?", digits, re.A):
        return Malformed("isbn", text, "an ISBN is 10 or 13 digits, in groups joined by hyphens")
    if len(digits) == 10:
        expected = isbn10_check(digits)
    elif len(digits) == 13 and digits.isdigit():
        if not digits.startswith(("978", "979")):
            return Malformed("isbn", text, "an ISBN of 13 digits begins with 978 or 979")
        expected = isbn13_of(digits)[-1]
    else:
        return Malformed("isbn", text, f"{len(digits)} digits; an ISBN has 10 or 13")
    if digits[-1] != expected:
        return Malformed("isbn", text, f"the check digit should be {expected}, not {digits[-1]}", expected=expected)
    return ISBN(spelled)


def parse_issn(text: str) -> ISSN | Malformed:
    """Read an ISSN and check its check digit."""
    bare = _unlabelled(text[:LONGEST], "issn")
    address = ISSN_URL.match(bare)
    digits = (address[1] if address else bare).replace("-", "").replace(" ", "").upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits, re.A):
        return Malformed("issn", text, "an ISSN is eight digits, like 1066-5331; the last may be X")
    expected = issn_check(digits)
    if digits[-1] != expected:
        return Malformed("issn", text, f"the check digit should be {expected}, not {digits[-1]}", expected=expected)
    return ISSN(f"{digits[:4]}-{digits[4:]}")


HANDLE_URL = re.compile(r"(?:https?:)?/{0,2}hdl\.handle\.net/", re.IGNORECASE)


def parse_handle(text: str) -> Handle | Malformed:
    """Read a Handle: ``hdl:2027/x`` or an address at hdl.handle.net. A DOI is refused here: it is a DOI."""
    bare = _unlabelled(text[:LONGEST], "hdl")
    address = HANDLE_URL.match(bare)
    if address:
        bare = unquote(re.split(r"[?#]", bare[address.end() :], maxsplit=1)[0])
    if not re.fullmatch(r"\d[\d.]{0,60}/[^\s\x00-\x1f]{1,1000}", bare, re.A):
        return Malformed("hdl", text, "a Handle is like 2027/mdp.39015")
    if bare.startswith("10."):
        return Malformed("hdl", text, "a DOI, not another Handle")
    return Handle(bare)
