"""A library: the entries of one .bib file, in file order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from ppreflist.errors import UnknownKey
from ppreflist.model.entry import Entry
from ppreflist.model.problem import Problem
from ppreflist.model.references import aliases

_NEAR, _FAR = 0.8, 0.5


@dataclass(frozen=True)
class Library:
    """The entries of one .bib file and what was noticed when they were read.

    ``entries`` hold their own fields only; ``model.inherit.resolved`` adds those of crossref and xdata parents.
    An entry is found under its key and under its aliases (BibLaTeX manual, field ``ids``); a key comes first.
    ``macros`` are the ``@string`` abbreviations by lower-cased name, as Unicode text. ``path`` is for messages.
    """

    entries: tuple[Entry, ...] = ()
    macros: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    path: str = ""
    _by_key: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key: dict[str, Entry] = {}
        for entry in self.entries:
            by_key.setdefault(entry.key, entry)
        for entry in self.entries:
            if "ids" in entry.fields:
                for alias in aliases(entry):
                    by_key.setdefault(alias, entry)
        object.__setattr__(self, "_by_key", by_key)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def get(self, key: str) -> Entry | None:
        """The entry with this key (the first, if the key is defined twice) or with this alias in ``ids``, or None."""
        return self._by_key.get(key)

    def __getitem__(self, key: str) -> Entry:
        """The entry with this key; UnknownKey names the nearest keys."""
        entry = self._by_key.get(key)
        if entry is None:
            raise unknown_key(key, self._by_key, self.path)
        return entry


def unknown_key(key: str, known: Mapping[str, object], path: str = "") -> UnknownKey:
    """The error for a key that no entry has, naming the nearest ones."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    folded_key = key.casefold()
    # Keys are made of the same few parts (a name, a year, a word), so that unlike ones look alike by half: when one is
    # really near, the others are noise.
    close = get_close_matches(folded_key, by_folded, n=3, cutoff=_NEAR) or get_close_matches(
        folded_key, by_folded, n=3, cutoff=_FAR
    )
    near = [by_folded[folded] for folded in close]
    if near:
        hint = f"Did you mean {' or '.join(near)}?"
    elif known:
        hint = "See `ppreflist list` for the keys in this library."
    else:
        hint = "The library has no entries yet; `ppreflist add` adds the first."
    return UnknownKey(f"no entry has the key {key!r}", hint=hint, path=path)
