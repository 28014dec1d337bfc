"""Any identifier to its record: which service is asked for which kind, and many at once in few requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from ppreflist.errors import EditRefused, ServiceError, ServiceMalformed, ServiceNotFound
from ppreflist.model.identifier import DOI, ISBN, ISSN, PMCID, PMID, ArXiv, Identifier
from ppreflist.net.client import Client
from ppreflist.resolve import arxiv, doi, issn, openlibrary, pmc, pubmed
from ppreflist.resolve.asking import by_hand, naming, shown
from ppreflist.resolve.record import Record
from ppreflist.resolve.services import ARXIV, CROSSREF, DOI_ORG, OPEN_LIBRARY, PMC, PUBMED, Service

_AT_ONCE: Final = 50
"""Identifiers in one request: below what every service takes, and little is lost when one is answered badly."""

Found = Mapping[Any, Record]


@dataclass(frozen=True, slots=True)
class _Many:
    """A service that answers about several identifiers at once."""

    service: Service
    lookup_all: Callable[[Any, Client, str], Found]
    pick: Callable[[Any, Any], Record]


_MANY: Final[Mapping[type[Identifier], _Many]] = {
    PMID: _Many(PUBMED, pubmed.lookup_all, pubmed.pick),
    ArXiv: _Many(ARXIV, arxiv.lookup_all, arxiv.pick),
    ISBN: _Many(OPEN_LIBRARY, openlibrary.lookup_all, openlibrary.pick),
}


class Resolver:
    """Looks identifiers up. ``environ`` names other addresses of services (``resolve/services.py``)."""

    def __init__(self, client: Client, environ: Mapping[str, str]) -> None:
        self.client = client
        self.environ = environ
        self._ready: dict[str, Found | ServiceError] = {}

    def record(self, identifier: Identifier) -> Record:
        """The record of a work. ServiceError, or EditRefused for what names no work that a service knows."""
        match identifier:
            case DOI():
                return doi.lookup(identifier, self.client, DOI_ORG.address(self.environ))
            case PMID() | ArXiv() | ISBN():
                return self._one_of_many(identifier)
            case PMCID():
                return self._from_pmc(identifier)
            case ISSN():
                raise self._not_a_work(identifier)
        raise EditRefused(
            f"{identifier}: no service is asked for a {identifier.label}",
            hint=f"Give a DOI or another identifier, {by_hand(identifier)}",
        )

    def journal(self, number: ISSN) -> issn.Journal:
        """The journal that an ISSN names. ServiceError."""
        return issn.lookup(number, self.client, CROSSREF.address(self.environ))

    def prepare(self, identifiers: Iterable[Identifier]) -> None:
        """Fetch those that will be wanted, many in one request where the service can. Errors wait for ``record``."""
        wanted = dict.fromkeys(identifiers)
        for kind in _MANY:
            some = iter([each for each in wanted if isinstance(each, kind)])
            failed: ServiceError | None = None
            while batch := list(islice(some, _AT_ONCE)):
                if failed is not None:
                    self._ready |= dict.fromkeys(map(str, batch), failed)
                elif len(batch) > 1:
                    failed = self._prepare(_MANY[kind], batch)

    def _prepare(self, many: _Many, batch: list[Identifier]) -> ServiceError | None:
        """Ask for a batch; the error when the service cannot be asked at all."""
        try:
            found = many.lookup_all(batch, self.client, many.service.address(self.environ))
        except (ServiceNotFound, ServiceMalformed):
            return None  # one of them may be to blame: they are asked for one by one
        except ServiceError as error:
            self._ready |= dict.fromkeys(map(str, batch), error)
            return error
        self._ready |= dict.fromkeys(map(str, batch), found)
        return None

    def _one_of_many(self, identifier: Identifier) -> Record:
        many = _MANY[type(identifier)]
        with naming(identifier):
            ready = self._ready.get(str(identifier))
            if isinstance(ready, ServiceError):
                raise ready
            if ready is None:
                ready = many.lookup_all([identifier], self.client, many.service.address(self.environ))
            return many.pick(ready, identifier)

    def _from_pmc(self, pmcid: PMCID) -> Record:
        """PubMed's record of an article in PMC, or else that of its DOI."""
        known = pmc.lookup(pmcid, self.client, PMC.address(self.environ))
        with naming(pmcid):
            record = self.record(known.work)
        item = {**record.item, "PMCID": pmcid.value}
        if known.doi is not None:
            item.setdefault("DOI", known.doi.value)
        return replace(record, item=item)

    def _not_a_work(self, number: ISSN) -> EditRefused:
        try:
            name = self.journal(number).title
        except ServiceError:
            name = ""
        means = f"is the journal {name!r}" if name else "names a journal"
        return EditRefused(
            f"{shown(number)} {means}, not an article in it",
            hint="Give the article's DOI or PMID, or add it by its fields: ppreflist add --type article --title TITLE "
            f"--author NAME --field issn={number.value}",
        )
