"""What Crossref is asked before the links of a run are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from ppreflist.cli.output import note
from ppreflist.cli.progress import progress

if TYPE_CHECKING:
    from ppreflist.links.link import Link
    from ppreflist.links.question import Context
    from ppreflist.net.settings import Settings


def knowing_notices(
    context: Context, links: Iterable[Link], settings: Settings, address: str, *, quiet: bool
) -> Context:
    """The same context with the notices on the works that these links lead to, and where to look for a DOI that was cut
    off. What could not be learnt is said on stderr."""
    from ppreflist.links.crossref import askable, impatient, notices_of
    from ppreflist.links.dois import dois_of
    from ppreflist.links.question import Searches
    from ppreflist.net.client import Client

    dois = list(askable(dois_of(links)))
    if dois:
        client = Client(impatient(settings))
        with progress("Looking for retractions", len(dois), quiet=quiet) as step:
            asked = notices_of(dois, client, address, progress=step)
        if asked.sentence:
            note(asked.sentence)
        context = replace(context, notices=asked.notices)
    return replace(context, searches=Searches(address))
