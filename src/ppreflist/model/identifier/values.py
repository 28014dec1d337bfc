"""The identifiers themselves.

Sources: DOI Handbook, 'DOI name syntax' (https://www.doi.org/doi-handbook/HTML/dois-syntax.html); RFC 3651, section 2
(Handle); https://info.arxiv.org/help/arxiv_identifier.html; ISBN Users' Manual; ISSN Manual.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote

from ppreflist.model.identifier.checkdigit import isbn13_of

_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_ARXIV_VERSION = re.compile(r"v\d{1,3}\Z", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(\d{4}\.\d{4,5}|[a-z-]{2,16}/\d{7})(?:v\d{1,3})?", re.ASCII)


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
        found = _ARXIV_DOI.fullmatch(self.key)
        return ArXiv(found[1]) if found else None


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
    ``right`` is None and ``expected`` holds the check digit that the other digits ask for. ``doubtful`` is the
    identifier that the text is if it is complete against all appearances (a DOI that looks cut off).
    """

    kind: str
    text: str
    reason: str
    right: Identifier | None = None
    expected: str = ""
    doubtful: Identifier | None = None

    @property
    def label(self) -> str:
        """The name of the kind, for people."""
        return {each.kind: each.label for each in Identifier.__subclasses__()}[self.kind]
