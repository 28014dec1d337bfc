"""Citation labels made by the processor: "Doe65", "RoNo78" (specification, "citation-label")."""

from __future__ import annotations

from typing import Final

from ppreflist.csl import markup as m
from ppreflist.csl.items import Item

# Letters taken of each name, by number of names.
_LETTERS: Final = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}


def trigraph(item: Item) -> str:
    """Letters of the family names and two digits of the year, as label styles use them."""
    names = next((found for name in ("author", "editor", "translator") if (found := item.names(name))), [])
    text = ""
    for name, count in zip(names, _LETTERS.get(len(names), (1, 1, 1, 1)), strict=False):
        text += _letters(name.family or name.literal)[:count]
    if not text:
        text = _letters(item.text("title"))[:4]
    date = item.date("issued")
    year = date.start[0] if date is not None else 0
    return f"{text}{abs(year) % 100:02d}"


def _letters(text: str) -> str:
    """ "O'Neill" -> "Oneill": the letters of a name, the first a capital."""
    letters = "".join(character for character in m.strip(text) if character.isalpha())
    return letters[:1].upper() + letters[1:].lower() if "’" in text else letters[:1].upper() + letters[1:]
