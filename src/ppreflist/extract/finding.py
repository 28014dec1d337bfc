"""What was found in a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ppreflist.extract.addresses import Address
from ppreflist.extract.document import Place
from ppreflist.formats.cslclean import Item
from ppreflist.model.identifier import Identifier


class Kind(StrEnum):
    """Where a reference was found."""

    LISTED = "reference list"
    PROSE = "prose"
    IDENTIFIER = "identifier"
    ADDRESS = "web address"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reference: where it is, how it is printed, and a draft of it as a CSL-JSON item.

    ``identifiers`` and ``address`` are those that stand in it. ``remarks`` are for people. A finding that is only an
    identifier or an address has an item with nothing else in it.
    """

    kind: Kind
    place: Place
    printed: str
    item: Item
    identifiers: tuple[Identifier, ...] = ()
    address: Address | None = None
    remarks: tuple[str, ...] = field(default=())
