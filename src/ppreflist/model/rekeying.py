"""New citation keys for entries of a library: which, and the edits that give them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final

from ppreflist.model.edit import Edit, RemoveField, RenameKey, SetField
from ppreflist.model.entry import Entry
from ppreflist.model.keypattern import Pattern
from ppreflist.model.library import Library
from ppreflist.model.references import KEY_FIELDS, aliases, renamed

_DETOUR: Final = "rekeying"


def new_keys(library: Library, entries: Iterable[Entry], pattern: Pattern, *, keep: bool = False) -> dict[str, str]:
    """The new keys of those of the entries whose key does not fit the pattern; with a suffix it fits.

    A key that fits stays, so that keys are stable. No new key is one that another entry has, or had (``ids``; with
    ``keep`` the old keys will be there).
    """
    asked = [entry for entry in entries if entry.editable]
    changing = {entry.key: entry for entry in asked if not pattern.fits(entry.key, entry)}
    taken = {entry.key.casefold() for entry in library if keep or entry.key not in changing}
    taken |= {alias.casefold() for entry in library for alias in aliases(entry)}
    found: dict[str, str] = {}
    for key, entry in changing.items():
        own = {alias.casefold() for alias in (key, *aliases(entry))}
        new = pattern.key(entry, _Taken(taken, own))
        taken.add(new.casefold())
        if new != key:
            found[key] = new
    return found


class _Taken(Container[str]):
    """The keys that are taken, but for an entry's own."""

    def __init__(self, taken: set[str], own: set[str]) -> None:
        self._taken, self._own = taken, own

    def __contains__(self, key: object) -> bool:
        return key in self._taken and key not in self._own


def rekeyed(library: Library, to: Mapping[str, str], *, keep: bool = False) -> list[Edit]:
    """The edits that rename keys and let every reference in the library follow; with ``keep`` the old keys become ids.

    The new keys must be free when all old ones are gone; they may go round in a circle.
    """
    edits: list[Edit] = [*_renames(library, to)]
    for entry in library:
        key = to.get(entry.key, entry.key)
        for name in KEY_FIELDS:
            before = entry.latex(name)
            after = renamed(before, to) if before else before
            if after != before:
                edits.append(SetField(key, name, after))
        if entry.key in to:
            names = [alias for alias in aliases(entry) if alias != key]
            wanted = [*names, entry.key] if keep else names
            if wanted != aliases(entry):
                edits.append(SetField(key, "ids", ", ".join(wanted)) if wanted else RemoveField(key, "ids"))
    return edits


def _renames(library: Library, to: Mapping[str, str]) -> Iterator[RenameKey]:
    """The renames in an order in which each new key is free; a circle is broken by a key that stands in for a while."""
    waiting = {old: new for old, new in to.items() if old != new}
    holder = {old.casefold(): old for old in waiting}
    while waiting:
        ready = [old for old, new in waiting.items() if holder.get(new.casefold(), old) == old]
        if not ready:
            old = next(iter(waiting))
            detour = next(
                made for made in (f"{_DETOUR}{number}" for number in range(len(library) + 2)) if made not in library
            )
            yield RenameKey(old, detour)
            waiting[detour] = waiting.pop(old)
            del holder[old.casefold()]
            holder[detour] = detour
            continue
        for old in ready:
            yield RenameKey(old, waiting.pop(old))
            del holder[old.casefold()]
