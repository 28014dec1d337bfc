"""What every output format offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout


class Writer(Protocol):
    """One output format. Stateless; all three methods take settled strings (``ppreflist.csl.markup``)."""

    @property
    def name(self) -> str:
        """The name by which the format is asked for: ``html``, ``text`` ..."""

    def inline(self, text: str) -> str:
        """A citation, or any other text without display blocks, in the format."""

    def entry(self, text: str, layout: Layout) -> str:
        """One bibliography entry, complete, without the list around it."""

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        """The whole bibliography out of what ``entry`` made; ``layout`` has hanging-indent and so on."""
