"""What a service says about a work: a clean CSL-JSON item (``formats/cslclean.py``) and remarks for people."""

from __future__ import annotations

from dataclasses import dataclass, field

from ppreflist.errors import ServiceMalformed
from ppreflist.formats.cslclean import Item, clean_item, clean_rich, clean_text

__all__ = ["Item", "Record", "clean_item", "clean_rich", "clean_text", "title_doubts"]

NO_TITLE = "the record has no title: add one with --title"


@dataclass(frozen=True)
class Record:
    """What a service knows about a work: a clean CSL-JSON ``item``, and what a person should know about it.

    ``fields`` are BibLaTeX fields, as plain text, for what CSL has no variable for.
    """

    item: Item
    service: str
    warnings: tuple[str, ...] = field(default=())
    fields: tuple[tuple[str, str], ...] = ()


def title_doubts(item: Item, of: str) -> list[str]:
    """A warning when an item has no title; ServiceMalformed when it has no names either, and so is no record."""
    if item.get("title"):
        return []
    if not any(item.get(name) for name in ("author", "editor", "container-title")):
        raise ServiceMalformed(f"the record of {of} has neither title nor names")
    return [NO_TITLE]
