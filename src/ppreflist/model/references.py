"""The fields in which an entry names other entries by their keys (BibLaTeX manual, 'Special Fields').

``x-distinct`` is our own: the entries that look like this one and are not the same work, each with a reason in
parentheses if one likes. biblatex and BibTeX pass over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from ppreflist.model.entry import Entry

DISTINCT: Final = "x-distinct"
RELATIONS: Final = ("crossref", "xref", "xdata", "related", "entryset")
"""Fields that name an entry's parents, parts and versions."""
KEY_FIELDS: Final = (*RELATIONS, DISTINCT)

_KEY_OR_REASON: Final = re.compile(r"\([^()]{0,400}\)|[^,\s()]+")


def named_keys(entry: Entry, fields: Iterable[str] = KEY_FIELDS) -> list[str]:
    """The keys in these fields of an entry, in their order."""
    return [
        found[0]
        for name in fields
        if name in entry.fields
        for found in _KEY_OR_REASON.finditer(entry.text(name))
        if found[0][0] != "("
    ]


def aliases(entry: Entry) -> list[str]:
    """The further keys by which an entry may be cited (field ``ids``)."""
    return named_keys(entry, ("ids",))


def renamed(value: str, to: Mapping[str, str]) -> str:
    """The value of such a field with keys replaced, everything else as it is."""
    return _KEY_OR_REASON.sub(lambda found: found[0] if found[0][0] == "(" else to.get(found[0], found[0]), value)


def without_repeats(value: str, *keys: str) -> str:
    """A list of keys with each once, and without ``keys``; reasons stay with their key."""
    parts: dict[str, str] = {}
    key = ""
    for found in _KEY_OR_REASON.finditer(value):
        if found[0][0] != "(":
            key = "" if found[0] in keys or found[0] in parts else found[0]
            if key:
                parts[key] = key
        elif key:
            parts[key] += f" {found[0]}"
    return ", ".join(parts.values())
