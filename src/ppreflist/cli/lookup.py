"""Asking services for ``add``: identifiers and web addresses to candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ppreflist.cli import candidate as made
from ppreflist.cli.candidate import Candidate
from ppreflist.model.identifier import ISSN, Identifier

if TYPE_CHECKING:
    from ppreflist.resolve.record import Record
    from ppreflist.resolve.resolver import Resolver


@dataclass
class Lookup:
    """Services, asked as the environment says. Nothing is imported or opened before something is asked.

    ``codec`` is the encoding of the file that the candidates are for, ``purpose`` what the services are told.
    """

    environ: Mapping[str, str]
    timeout: float
    allow_private: bool
    codec: str
    today: date
    purpose: str = "adds a reference"

    def prepare(self, identifiers: Iterable[Identifier]) -> None:
        """Fetch what will be wanted, in few requests."""
        self._resolver.prepare(identifiers)

    def candidate(self, origin: str, identifier: Identifier) -> Candidate:
        """The work that an identifier names. ServiceError, or EditRefused when there is no such service."""
        return made.from_record(origin, self._resolver.record(identifier), self.codec)

    def journal(self, issn: ISSN) -> str:
        """The name of a journal, as CSL rich text. ServiceError."""
        return self._resolver.journal(issn).title

    def matching(self, citation: str) -> tuple[Record, ...]:
        """The records that the words of a citation may mean, the likeliest first. ServiceError."""
        from ppreflist.resolve.crossref import search
        from ppreflist.resolve.services import CROSSREF

        return search(citation, self._resolver.client, CROSSREF.address(self.environ))

    @cached_property
    def _resolver(self) -> Resolver:
        from ppreflist.net.client import Client
        from ppreflist.net.settings import settings_from
        from ppreflist.resolve.resolver import Resolver
        from ppreflist.resolve.services import named

        settings = settings_from(self.environ, purpose=self.purpose, allow_private=self.allow_private)
        client = Client(settings.with_timeout(self.timeout).trusting(*named(self.environ)))
        return Resolver(client, self.environ)
