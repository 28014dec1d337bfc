"""Asking services for ``add``: identifiers and web addresses to candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ppreflist.cli import candidate as made
from ppreflist.cli.candidate import Candidate
from ppreflist.errors import ServiceError
from ppreflist.model.identifier import ISSN, Identifier

if TYPE_CHECKING:
    from ppreflist.resolve.record import Record
    from ppreflist.resolve.resolver import Resolver
    from ppreflist.resolve.webpage import Page


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

    def page(self, url: str) -> Page:
        """What a web page says of itself. ServiceError."""
        from ppreflist.resolve import webpage

        return webpage.lookup(url, self._resolver.client, self.today)

    def candidate_of(self, origin: str, page: Page, identifier: Identifier | None) -> Candidate:
        """The work that an identifier on a page names, or the page itself when there is none or it leads nowhere."""
        if identifier is not None:
            try:
                return self.candidate(origin, identifier)
            except ServiceError as error:
                warning = f"this is what the page says of itself; {error.message}"
        elif page.mentioned is not None:
            warning = f"the page links to one work: ppreflist add {page.mentioned.value}"
        else:
            return made.from_record(origin, page.record, self.codec)
        return made.from_record(origin, replace(page.record, warnings=(*page.record.warnings, warning)), self.codec)

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
