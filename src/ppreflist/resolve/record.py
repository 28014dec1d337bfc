"""What a service says about a work: a clean CSL-JSON item (``formats/cslclean.py``) and remarks for people."""

from __future__ import annotations

from dataclasses import dataclass, field

from ppreflist.formats.cslclean import Item, clean_item, clean_rich, clean_text

__all__ = ["Item", "Record", "clean_item", "clean_rich", "clean_text"]

NO_TITLE = "the record has no title: add one with --title"


@dataclass(frozen=True)
class Record:
    """What a service knows about a work: a clean CSL-JSON ``item``, and what a person should know about it."""

    item: Item
    service: str
    warnings: tuple[str, ...] = field(default=())
