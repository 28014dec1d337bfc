"""PMCID to PMID and DOI, by the PMC ID Converter.

https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/: ``?ids=PMC1,PMC2&format=json`` answers ``records``, each with
``pmcid`` and, as far as they exist, ``pmid`` and ``doi``; one that PMC does not have has ``status: error`` and
``errmsg``. NCBI asks for ``tool`` and ``email``.
"""

from __future__ import annotations

from dataclasses import dataclass

from ppreflist.errors import ServiceMalformed, ServiceNotFound
from ppreflist.model.identifier import DOI, PMCID, PMID, parse_doi, parse_pmid
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.resolve.asking import TOOL, Request, ask, json_of, naming, with_query
from ppreflist.resolve.services import PMC


@dataclass(frozen=True, slots=True)
class Known:
    """By what else an article in PMC is known: ``work`` is its PMID if it has one, else its DOI."""

    work: PMID | DOI
    doi: DOI | None


def request(pmcid: PMCID, base_url: str = PMC.url, mailto: str = "") -> Request:
    """What to ask for the other identifiers of an article."""
    query = {"ids": pmcid.value, "format": "json", "tool": TOOL, "email": mailto}
    return Request(with_query(f"{base_url.rstrip('/')}/", query), {"Accept": "application/json"})


def known_from(answer: Answer, pmcid: PMCID) -> Known:
    """The identifiers in a 2xx answer; ServiceNotFound when PMC has no such article, or neither identifier of it."""
    raw, _ = json_of(answer)
    records = raw.get("records") if isinstance(raw, dict) else None
    if not isinstance(records, list):
        raise ServiceMalformed("the answer is JSON, but not from the ID Converter")
    for each in records:
        if not isinstance(each, dict) or pmcid.value not in (
            str(each.get("pmcid", "")).split(".")[0].upper(),
            str(each.get("requested-id", "")).upper(),
        ):
            continue
        if each.get("status") == "error" or each.get("errmsg"):
            break
        pmid, doi = parse_pmid(str(each.get("pmid", ""))), parse_doi(str(each.get("doi", "")))
        if isinstance(pmid, PMID):
            return Known(pmid, doi if isinstance(doi, DOI) else None)
        if isinstance(doi, DOI):
            return Known(doi, doi)
        raise ServiceNotFound(f"PubMed Central knows neither PMID nor DOI of {pmcid.value}")
    raise ServiceNotFound(f"PubMed Central has no article {pmcid.value}")


def lookup(pmcid: PMCID, client: Client, base_url: str = PMC.url) -> Known:
    """Ask by what else an article is known. Every ServiceError names the PMCID and says what to do next."""
    with naming(pmcid):
        return known_from(ask(request(pmcid, base_url, client.settings.mailto), client, PMC), pmcid)
