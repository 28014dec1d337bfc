"""What a file in another format yields: records as clean CSL-JSON items, and what could not be read, with its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ppreflist.formats.cslclean import Item, clean_item, clean_text
from ppreflist.formats.cslentry import READ

_UNTITLED: Final = frozenset({"personal_communication", "interview", "periodical"})
"""Types whose works may have no title."""
_OF_NO_USE: Final = frozenset({"id", "type", "citation-key", "citation-label", "language", "source", "_id"})
"""Variables that are for the program which wrote them, or taken for granted."""
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Record:
    """One work as a file describes it.

    ``line`` (1-based) is where it begins. ``key`` is the citation key that the file gives, or empty. ``left_out`` are
    the names of tags or variables that hold something which no field takes; ``warnings`` are for people.
    """

    item: Item
    line: int
    key: str = ""
    left_out: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of the file that could not be read: where it begins (1-based), why, and what to do."""

    line: int
    message: str
    hint: str = ""


@dataclass(slots=True)
class Reading:
    """All that a file yields, in its order."""

    records: list[Record] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def take(self, raw: Mapping[str, Any], line: int, key: str = "", left_out: Iterable[str] = ()) -> None:
        """Clean an item and keep it as a record; one without a title is unread."""
        item = clean_item(raw, whole=True)
        if not item.get("title") and item["type"] not in _UNTITLED:
            self.unread.append(Unread(line, "the record has no title", "Give it one, or leave the record out."))
            return
        dropped = [*left_out, *(name for name in raw if name not in READ and name not in _OF_NO_USE and raw[name])]
        self.records.append(Record(item, line, key, tuple(dict.fromkeys(dropped)), tuple(_doubts(raw, item))))


def _doubts(raw: Mapping[str, Any], item: Item) -> Iterable[str]:
    """An address that no reader should be sent to."""
    value = raw.get("URL")
    if isinstance(value, str) and value.strip() and "URL" not in item and "DOI" not in item:
        yield f"the address {clean_text(value)[:_SHOWN]!r} was left out: it is not one of the web"
