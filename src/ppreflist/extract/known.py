"""Which references of a document a library has already."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ppreflist.lint.duplicates import Match, WorkIndex, told_apart
from ppreflist.model.entry import Entry
from ppreflist.model.key import ascii_fold
from ppreflist.model.query import entry_year

_NOT_LETTER = re.compile(r"[\W_]+")
_SHORTEST = 20


class Known:
    """The works of a library. What a document says of a work is often less than the library has: a title without its
    subtitle, initials for names. So the same year, volume and first page are the same work here, too, and so is the
    same address."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._index = WorkIndex()
        self._by_place: dict[tuple[int, str, str], Entry] = {}
        self._by_address: dict[str, Entry] = {}
        self._by_title: dict[tuple[int | None, str], list[tuple[str, Entry]]] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Put an entry with them."""
        self._index.add(entry)
        place = _place(entry)
        if place is not None:
            self._by_place.setdefault(place, entry)
        address = _address(entry)
        if address:
            self._by_address.setdefault(address, entry)
        title = _title(entry)
        if len(title) >= _SHORTEST:
            self._by_title.setdefault((entry_year(entry), title[:_SHORTEST]), []).append((title, entry))

    def find(self, entry: Entry) -> Match | None:
        """The entry of the library that is about the same work, or None."""
        match = self._index.find(entry)
        if match is not None:
            return match
        place = _place(entry)
        found = self._by_place.get(place) if place is not None else None
        if found is not None and _alike(_title(entry), _title(found)):
            return Match(found, "same year, volume and first page")
        address = _address(entry)
        found = self._by_address.get(address) if address else None
        if found is not None and entry.type in ("online", "misc"):
            return Match(found, "same address")
        return self._shortened(entry)

    def _shortened(self, entry: Entry) -> Match | None:
        """An entry of the same year and volume whose title goes on where this one stops."""
        title = _title(entry)
        if len(title) < _SHORTEST:
            return None
        for other, found in self._by_title.get((entry_year(entry), title[:_SHORTEST]), ()):
            if (other.startswith(title) or title.startswith(other)) and _same(entry, found, "volume"):
                return Match(found, "same year, the same title with a subtitle")
        return None


def shortened(one: Entry, other: Entry) -> bool:
    """Whether one is the other with its subtitle left out: the same year, volume and first page, and titles of which
    one is the long beginning of the other."""
    first, second = sorted((_title(one), _title(other)), key=len)
    if len(first) < _SHORTEST or not second.startswith(first):
        return False
    place = _place(one)
    return place is not None and place == _place(other) and not told_apart(one, other)


def _place(entry: Entry) -> tuple[int, str, str] | None:
    year, volume = entry_year(entry), entry.text("volume").strip()
    page = re.match(r"\W*(\w+)", entry.text("pages"))
    return (year, volume, page[1]) if year is not None and volume and page is not None else None


def _alike(one: str, other: str) -> bool:
    """Whether two titles may be the same one's: one is missing, or they begin alike."""
    return not one or not other or one[:12] == other[:12]


def _same(one: Entry, other: Entry, name: str) -> bool:
    return not one.text(name) or not other.text(name) or one.text(name).strip() == other.text(name).strip()


def _address(entry: Entry) -> str:
    url = "".join(entry.text("url").split()).lower()
    return re.sub(r"\A(?:https?://)?(?:www\.)?|/\Z", "", url)


def _title(entry: Entry) -> str:
    return _NOT_LETTER.sub("", ascii_fold(entry.text("title")))
