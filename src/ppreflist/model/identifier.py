"""Identifiers as typed values: recognised in any spelling, normalised, checked by their check digits.

Sources:

* DOI: DOI Handbook, 'DOI name syntax' (https://www.doi.org/doi-handbook/HTML/dois-syntax.html); short DOIs
  https://shortdoi.org; trailing parts of publishers' addresses are from the publishers' own sites
* Handle: RFC 3651, section 2
* PMID, PMCID: https://www.ncbi.nlm.nih.gov/pmc/pmctopmid/ and the MEDLINE/PubMed field descriptions
* arXiv: https://info.arxiv.org/help/arxiv_identifier.html
* ISBN: ISO 2108 and the ISBN Users' Manual, 'Structure of an ISBN'; ISSN: ISO 3297 and the ISSN Manual, 1.2

``parse_doi`` and its siblings read the value of a field that should hold one such identifier and always say why they
refuse (``Malformed``). ``interpret`` reads what a person pasted and finds the kind by the shape; ``recognise`` is the
same without the reasons; ``candidates`` gives all readings of a number that could be several things.
Every pattern here has bounded repeats, so time grows linearly with the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote, unquote

LONGEST = 2000
"""No identifier in use is near this many characters; longer text is refused unread."""


@dataclass(frozen=True, slots=True, eq=False)
class Identifier:
    """Base of the typed identifiers. Two are equal when they name the same work: same kind, same ``key``.

    ``value`` keeps the spelling of the source, normalised (no prefix, no resolver, plain hyphens).
    """

    value: str
    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""

    @property
    def key(self) -> str:
        """The form to compare and index by."""
        return self.value

    @property
    def url(self) -> str:
        """The canonical https address."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Identifier) and other.key == self.key

    def __hash__(self) -> int:
        return hash((self.kind, self.key))

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


class DOI(Identifier):
    """A DOI name, as ``10.1212/WNL.0b013e31824de293`` or short as ``10/aabbe``. Case-insensitive in ASCII only."""

    __slots__ = ()
    kind = "doi"
    label = "DOI"

    @property
    def key(self) -> str:
        return self.value.translate(_ASCII_LOWER)

    @property
    def url(self) -> str:
        return "https://doi.org/" + quote(self.value, safe="/:;()-._~,@+!*='")

    @property
    def prefix(self) -> str:
        """``10.1212``: the part up to the first slash, which names the registrant."""
        return self.value.partition("/")[0]

    @property
    def arxiv(self) -> ArXiv | None:
        """The arXiv identifier that a DOI registered by arXiv (10.48550/arXiv...) stands for."""
        if not self.key.startswith("10.48550/arxiv."):
            return None
        found = parse_arxiv(self.value[len("10.48550/arxiv.") :])
        return found if isinstance(found, ArXiv) else None


class Handle(Identifier):
    """A Handle that is not a DOI, as ``2027/mdp.39015`` or ``20.1000/100``."""

    __slots__ = ()
    kind = "hdl"
    label = "Handle"

    @property
    def key(self) -> str:
        return self.value.translate(_ASCII_LOWER)

    @property
    def url(self) -> str:
        return "https://hdl.handle.net/" + quote(self.value, safe="/:;()-._~,@+!*='")


class PMID(Identifier):
    """A PubMed identifier: one to eight digits without leading zeros."""

    __slots__ = ()
    kind = "pmid"
    label = "PMID"

    @property
    def url(self) -> str:
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.value}/"


class PMCID(Identifier):
    """A PubMed Central identifier: ``PMC`` and digits; a manuscript version (``.1``) is dropped."""

    __slots__ = ()
    kind = "pmcid"
    label = "PMCID"

    @property
    def url(self) -> str:
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.value}/"


class ArXiv(Identifier):
    """An arXiv identifier, as ``2101.00001v2`` or ``hep-th/9901001``; the version is no part of ``key``."""

    __slots__ = ()
    kind = "arxiv"
    label = "arXiv identifier"

    @property
    def key(self) -> str:
        return _ARXIV_VERSION.sub("", self.value)

    @property
    def version(self) -> int | None:
        """The version number, or None when the identifier means the newest one."""
        found = _ARXIV_VERSION.search(self.value)
        return int(found[0][1:]) if found else None

    @property
    def url(self) -> str:
        return f"https://arxiv.org/abs/{self.value}"


class ISBN(Identifier):
    """An ISBN of 10 or 13 digits with a right check digit; ``value`` keeps the hyphens, ``key`` is the 13 digits."""

    __slots__ = ()
    kind = "isbn"
    label = "ISBN"

    @property
    def compact(self) -> str:
        """The digits alone, ``X`` upper-case: 10 or 13 of them."""
        return self.value.replace("-", "").upper()

    @property
    def key(self) -> str:
        compact = self.compact
        return compact if len(compact) == 13 else isbn13_of("978" + compact[:9])

    @property
    def url(self) -> str:
        return f"https://openlibrary.org/isbn/{self.compact}"


class ISSN(Identifier):
    """An ISSN, as ``1066-5331``, with a right check digit."""

    __slots__ = ()
    kind = "issn"
    label = "ISSN"

    @property
    def url(self) -> str:
        return f"https://portal.issn.org/resource/ISSN/{self.value}"


@dataclass(frozen=True, slots=True)
class Malformed:
    """Why a text is not a valid identifier of ``kind``.

    ``reason`` is a clause for people ("the check digit should be 1, not 2"). ``right`` is the identifier that was
    surely meant, or None when only a person can know: a wrong check digit does not tell which digit is wrong, so its
    ``right`` is None and ``expected`` holds the check digit that the other digits ask for.
    """

    kind: str
    text: str
    reason: str
    right: Identifier | None = None
    expected: str = ""

    @property
    def label(self) -> str:
        """The name of the kind, for people."""
        return {each.kind: each.label for each in Identifier.__subclasses__()}[self.kind]


# Check digits ---------------------------------------------------------------------------------------------------------


def isbn10_check(digits: str) -> str:
    """The check digit of the first nine digits of an ISBN-10: weights 10 to 2, modulus 11, ten is X."""
    return _mod11(digits[:9], 10)


def isbn13_of(digits: str) -> str:
    """The twelve digits with their check digit: weights 1 and 3 in turn, modulus 10."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12]))
    return digits[:12] + str(-total % 10)


def issn_check(digits: str) -> str:
    """The check digit of the first seven digits of an ISSN: weights 8 to 2, modulus 11, ten is X."""
    return _mod11(digits[:7], 8)


def _mod11(digits: str, weight: int) -> str:
    remainder = -sum(int(digit) * (weight - place) for place, digit in enumerate(digits)) % 11
    return "X" if remainder == 10 else str(remainder)


# Cleaning -------------------------------------------------------------------------------------------------------------

_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_INVISIBLE: dict[int, str | None] = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202C, 0x2060, 0x2066, 0x2069, 0xFEFF]
)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " ")
_TIDY: dict[int, str | None] = {**_DASHES, **_INVISIBLE, **_SPACES}
_ESCAPED = re.compile(r"\{\\([_%&#$~])\}|\\([_%&#$~])")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
_TRAILING = ".,;:!?'\"\u2018\u2019\u201c\u201d\u00bb\u2026`*"
_LEADING = "<([{'\"\u2018\u201c\u00ab`*"


def _tidied(text: str) -> str:
    """The text with plain hyphens, without invisible characters, LaTeX escapes and HTML entities."""
    text = text.translate(_TIDY) if not text.isascii() else text
    if "\\" in text:
        text = _ESCAPED.sub(r"\1\2", text)
    if "&" in text:
        for entity, character in _ENTITIES:
            text = text.replace(entity, character)
    return text.strip()


def _unwrapped(text: str) -> str:
    """The text without the punctuation and unpaired closing brackets that prose leaves around an identifier."""
    text = text.lstrip(_LEADING + " ")
    extra = {close: text.count(close) - text.count(opening) for close, opening in _BRACKETS.items()}
    end = len(text)
    while end:
        last = text[end - 1]
        if extra.get(last, 0) > 0:
            extra[last] -= 1
        elif last not in _TRAILING and not last.isspace():
            break
        end -= 1
    return text[:end]


# DOI ------------------------------------------------------------------------------------------------------------------

_DOI_START = re.compile(r"(?<![\d.])10\.\d{4,9}(?:\.\d{1,9}){0,4}/")
_SHORT_DOI = re.compile(r"10/[a-z0-9]{3,12}", re.IGNORECASE | re.ASCII)
_DOI_GARNISH = re.compile(
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
_PREFIX_ALONE = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,4}\Z", re.ASCII)
_MISTYPED_TEN = re.compile(r"(?:1[Oo]|[lI]0|[lI][Oo])\.(\d{4,9}/)|10,\s?(\d{4,9}/)")
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
    tidy = _tidied(text)
    if not tidy:
        return Malformed("doi", text, "empty")
    in_url = _looks_like_url(tidy)
    if in_url and not _DOI_START.search(tidy):
        tidy = unquote(tidy)
    start = _DOI_START.search(tidy)
    if start is None:
        return _short_doi(text, tidy) or _not_a_doi(text, tidy)
    before, rest = tidy[: start.start()], tidy[start.start() :]
    rest = _cut_from_url(before, rest) if in_url else unquote(rest) if "%" in rest else rest
    found = _checked_doi(text, _unwrapped(rest))
    stray = _DOI_GARNISH.sub("", before).strip(_LEADING + " ") if not in_url else ""
    if isinstance(found, DOI) and stray:
        return Malformed("doi", text, f"{_shown(stray)} stands before the DOI", found)
    return found


def _looks_like_url(text: str) -> bool:
    return bool(_URL.match(text.lstrip(_LEADING)) or _HOST_PATH.match(text.lstrip(_LEADING)))


def _cut_from_url(before: str, rest: str) -> str:
    """The DOI at the start of ``rest``, the end of an address that begins with ``before``."""
    in_query = "?" in before or "#" in before
    rest = re.split(r"[&#]" if in_query else r"[?#]", rest, maxsplit=1)[0]
    rest = unquote(rest)
    if _DOI_HOST.match(before):
        return rest
    rest = _unwrapped(rest)
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
    bare = _unwrapped(_DOI_GARNISH.sub("", tidy, count=1))
    if _SHORT_DOI.fullmatch(bare):
        return DOI(bare)
    if re.match(r"(?:https?://)?(?:dx\.)?doi\.org/", tidy, re.I) and re.fullmatch(r"[a-z0-9]{3,12}", bare, re.A):
        return DOI("10/" + bare)
    return None


def _not_a_doi(text: str, tidy: str) -> Malformed:
    mistyped = _MISTYPED_TEN.search(tidy)
    if mistyped:
        right = parse_doi("10." + tidy[mistyped.start(1) if mistyped[1] else mistyped.start(2) :])
        return Malformed("doi", text, "a DOI begins with 10.", right if isinstance(right, DOI) else None)
    bare = _DOI_GARNISH.sub("", tidy, count=1)
    if _PREFIX_ALONE.match(bare):
        return Malformed("doi", text, "truncated: nothing follows the prefix")
    if re.match(r"10\.\d{0,3}/", bare):
        return Malformed("doi", text, "the number after 10. has at least four digits")
    if _looks_like_url(tidy):
        return Malformed("doi", text, "a web address without a DOI in it")
    return Malformed("doi", text, "a DOI begins with 10., a number of four or more digits, and a slash")


def _checked_doi(text: str, value: str) -> DOI | Malformed:
    """The DOI, unless ``value`` shows that something was cut off or run into it."""
    suffix = value.partition("/")[2]
    if not suffix:
        return Malformed("doi", text, "truncated: nothing follows the slash")
    if _DOI_START.search(suffix) and re.search(r"[\s,;|]", suffix):
        return Malformed("doi", text, "more than one DOI")
    if any(character.isspace() for character in value):
        joined = _checked_doi(text, "".join(value.split()))
        return Malformed("doi", text, "white space inside", joined if isinstance(joined, DOI) else None)
    if not value.isprintable() or "\ufffd" in value:
        return Malformed("doi", text, "a character that cannot be printed")
    for close, opening in _BRACKETS.items():
        if value.count(opening) > value.count(close):
            return Malformed("doi", text, f"truncated: its {opening!r} is never closed")
    if suffix[-1] in "-_/\u2026":
        return Malformed("doi", text, f"truncated: it ends in {suffix[-1]!r}")
    for shape, reason in _SHAPES:
        if shape.match(value):
            return Malformed("doi", text, f"truncated: {reason}")
    return DOI(value)


# Numbers --------------------------------------------------------------------------------------------------------------

_PUBMED_URL = re.compile(
    r"(?:https?:)?/{0,2}(?:pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.|m\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?"
    r"|(?:www\.)?pubmed\.gov/|(?:www\.)?europepmc\.org/(?:article|abstract)/med/)0{0,8}(\d{1,8})(?!\d)",
    re.IGNORECASE,
)
_PMC_URL = re.compile(
    r"(?:https?:)?/{0,2}(?:pmc\.ncbi\.nlm\.nih\.gov/articles/|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pmc/(?:articles/)?"
    r"|(?:www\.)?europepmc\.org/(?:articles?|abstract)/(?:pmc/)?)(?:PMC)?(\d{1,8})(?!\d)",
    re.IGNORECASE,
)
_ARXIV_URL = re.compile(
    r"(?:https?:)?/{0,2}(?:[\w-]{1,20}\.)?(?:arxiv\.org|alphaxiv\.org)/(?:abs|pdf|html|format|e-print|ps|src)/",
    re.IGNORECASE,
)
_ARXIV_OLD = re.compile(r"([a-z][a-z-]{1,15})(?:\.[a-z]{2})?/(\d{7})(v\d{1,3})?(?![\d/])", re.IGNORECASE | re.ASCII)
_ARXIV_NEW = re.compile(r"(\d{2})(\d{2})\.(\d{4,5})([vV]\d{1,3})?(?![\d/])", re.ASCII)
_ARXIV_VERSION = re.compile(r"v\d{1,3}\Z", re.IGNORECASE)
_ARXIV_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int supr-con"
)
_ISBN_URL = re.compile(
    r"(?:https?:)?/{0,2}(?:[\w-]{1,30}\.){1,4}[a-z]{2,8}/(?:[\w%-]{0,100}/)?(?:isbn|dp)[/:=]?([\dX-]{10,17})(?![\dX-])",
    re.IGNORECASE,
)
_ISSN_URL = re.compile(r"(?:https?:)?/{0,2}portal\.issn\.org/resource/ISSN/(\d{4}-\d{3}[\dX])", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:urn:|info:)?(doi|pmid|pmcid|arxiv|(?:e-?)?isbn(?:[- ]?1[03])?|(?:[ep]-?)?issn(?:-l)?|hdl|handle)"
    r"(?:\s{0,3}[:=]\s{0,3}|\s{1,3}|/(?=10\.))",
    re.IGNORECASE,
)


def _unlabelled(text: str, *labels: str) -> str:
    """The text without punctuation around it and without one of these labels before it."""
    text = _unwrapped(_tidied(text))
    found = _LABEL.match(text)
    return text[found.end() :].strip() if found and _kind_of(found[1]) in labels else text


def _kind_of(label: str) -> str:
    label = label.lower()
    for kind in ("isbn", "issn"):
        if kind in label:
            return kind
    return "hdl" if label == "handle" else label


def parse_pmid(text: str) -> PMID | Malformed:
    """Read a PubMed identifier."""
    bare = _unlabelled(text[:LONGEST], "pmid")
    found = _PUBMED_URL.match(bare)
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
    found = _PMC_URL.match(bare) or re.fullmatch(r"(?:PMC)?\s?(\d{1,8})(?:\.\d{1,3})?", bare, re.I | re.A)
    if not found or not found[1].lstrip("0"):
        return Malformed("pmcid", text, "a PMCID is PMC and one to eight digits")
    return PMCID("PMC" + found[1].lstrip("0"))


def parse_arxiv(text: str) -> ArXiv | Malformed:
    """Read an arXiv identifier, of the form used since April 2007 or the older one."""
    bare = _unlabelled(text[:LONGEST], "arxiv")
    address = _ARXIV_URL.match(bare)
    if address:
        bare = re.sub(r"\.pdf\Z", "", re.split(r"[?#]", bare[address.end() :], maxsplit=1)[0].rstrip("/"), flags=re.I)
        bare = re.sub(r"\Aarxiv:", "", bare, flags=re.I)
    else:
        bare = re.sub(r"\s{0,3}\[[\w.-]{2,20}\]\Z|\A10\.48550/arxiv\.", "", bare, flags=re.I)
    new = _ARXIV_NEW.fullmatch(bare)
    if new:
        return _new_arxiv(text, new)
    old = _ARXIV_OLD.fullmatch(bare)
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
    address = _ISBN_URL.match(bare)
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
    address = _ISSN_URL.match(bare)
    digits = (address[1] if address else bare).replace("-", "").replace(" ", "").upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits, re.A):
        return Malformed("issn", text, "an ISSN is eight digits, like 1066-5331; the last may be X")
    expected = issn_check(digits)
    if digits[-1] != expected:
        return Malformed("issn", text, f"the check digit should be {expected}, not {digits[-1]}", expected=expected)
    return ISSN(f"{digits[:4]}-{digits[4:]}")


_HANDLE_URL = re.compile(r"(?:https?:)?/{0,2}hdl\.handle\.net/", re.IGNORECASE)


def parse_handle(text: str) -> Handle | Malformed:
    """Read a Handle: ``hdl:2027/x`` or an address at hdl.handle.net. A DOI is refused here: it is a DOI."""
    bare = _unlabelled(text[:LONGEST], "hdl")
    address = _HANDLE_URL.match(bare)
    if address:
        bare = unquote(re.split(r"[?#]", bare[address.end() :], maxsplit=1)[0])
    if not re.fullmatch(r"\d[\d.]{0,60}/[^\s\x00-\x1f]{1,1000}", bare, re.A):
        return Malformed("hdl", text, "a Handle is like 2027/mdp.39015")
    if bare.startswith("10."):
        return Malformed("hdl", text, "a DOI, not another Handle")
    return Handle(bare)


# Any kind -------------------------------------------------------------------------------------------------------------

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
    parts = [part for part in _BETWEEN.split(_tidied(text[:LONGEST])) if part]
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
    tidy = _tidied(text).lstrip(_LEADING)
    label = _LABEL.match(tidy)
    if label and not tidy[label.end() :].startswith("//"):
        return _PARSERS[_kind_of(label[1])](text)
    tidy = _unwrapped(tidy)
    if not tidy:
        return None
    if _ARXIV_OLD.fullmatch(tidy):
        return next(iter(candidates(tidy)), None)
    if _looks_like_url(tidy):
        return _in_address(tidy)
    if _DOI_START.match(tidy) or _SHORT_DOI.fullmatch(tidy) or _PREFIX_ALONE.match(tidy) or _MISTYPED_TEN.match(tidy):
        return parse_doi(text)
    readings = candidates(tidy)
    if len(readings) == 1:
        return readings[0]
    return None if readings else _failed_number(tidy)


def candidates(text: str) -> tuple[Identifier, ...]:
    """Every valid reading of a text without label or address; a bare number can have several."""
    tidy = _unwrapped(_tidied(text[:LONGEST]))
    compact = tidy.replace("-", "").replace(" ", "")
    kinds: list[str] = []
    if re.fullmatch(r"PMC\d{1,8}(?:\.\d{1,3})?", tidy, re.I | re.A):
        kinds = ["pmcid"]
    elif _ARXIV_NEW.fullmatch(tidy) or _ARXIV_OLD.fullmatch(tidy):
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
    elif _ARXIV_NEW.fullmatch(tidy):
        found = parse_arxiv(tidy)
    else:
        return None
    return found if isinstance(found, Malformed) else None


def _in_address(tidy: str) -> Identifier | Malformed | None:
    """The identifier in a web address; a publisher's address without one is None."""
    address = tidy
    for pattern, parser in ((_PUBMED_URL, parse_pmid), (_PMC_URL, parse_pmcid), (_ARXIV_URL, parse_arxiv)):
        if pattern.match(address):
            return parser(address)
    if _ISSN_URL.match(address):
        return parse_issn(address)
    if _DOI_START.search(address) or _DOI_START.search(unquote(address)) or _DOI_GARNISH.match(address):
        return parse_doi(address)
    if _HANDLE_URL.match(address):
        return parse_handle(address)
    if _ISBN_URL.match(address):
        return parse_isbn(address)
    return None


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "\u2026")
