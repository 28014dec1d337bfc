"""The services that resolvers ask: their addresses, their pace, and the variables that lead elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Service:
    """One service.

    ``name`` is for messages, ``url`` its public address, ``variable`` the environment variable that replaces it (a
    mirror, a proxy, a test). ``gap`` is the least number of seconds between two requests. ``purpose`` and ``source``
    are for documentation: what is asked of it, and where its rules are written.
    """

    name: str
    variable: str
    url: str
    gap: float
    purpose: str
    source: str

    def address(self, environ: Mapping[str, str]) -> str:
        """Where to ask it, without a slash at the end."""
        return (environ.get(self.variable) or self.url).rstrip("/")


DOI_ORG: Final = Service(
    "doi.org", "PPREFLIST_DOI_URL", "https://doi.org", 0.0, "DOIs, short DOIs",
    "https://citation.crosscite.org/docs.html",
)  # fmt: skip
PUBMED: Final = Service(
    "PubMed", "PPREFLIST_PUBMED_URL", "https://eutils.ncbi.nlm.nih.gov/entrez/eutils", 0.34, "PMIDs",
    "https://www.ncbi.nlm.nih.gov/books/NBK25497/#chapter2.Usage_Guidelines_and_Requirements",
)  # fmt: skip
PMC: Final = Service(
    "PubMed Central", "PPREFLIST_PMC_URL", "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles", 0.34, "PMCIDs",
    "https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/",
)  # fmt: skip
ARXIV: Final = Service(
    "arXiv", "PPREFLIST_ARXIV_URL", "https://export.arxiv.org/api", 3.0, "arXiv identifiers",
    "https://info.arxiv.org/help/api/tou.html",
)  # fmt: skip
OPEN_LIBRARY: Final = Service(
    "Open Library", "PPREFLIST_OPENLIBRARY_URL", "https://openlibrary.org", 1.0, "ISBNs",
    "https://openlibrary.org/developers/api",
)  # fmt: skip
CROSSREF: Final = Service(
    "Crossref", "PPREFLIST_CROSSREF_URL", "https://api.crossref.org", 0.1, "ISSNs, pasted citations, retractions",
    "https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/",
)  # fmt: skip

CROSSREF_LIST_GAP: Final = 1.0
CROSSREF_POLITE_LIST_GAP: Final = 0.34
"""Seconds from one list (a search, a filter) to the next: without contact data one a second, with three. Single records
may be asked for faster. https://www.crossref.org/blog/announcing-changes-to-rest-api-rate-limits/ (from 1 December
2025)."""

SERVICES: Final = (DOI_ORG, PUBMED, PMC, ARXIV, OPEN_LIBRARY, CROSSREF)


def named(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses that the user has named: they may be private (``Settings.trusting``)."""
    return tuple(environ[each.variable] for each in SERVICES if environ.get(each.variable))
