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
        text += m.strip(name.family or name.literal).replace(" ", "")[:count]
    if not text:
        text = m.strip(item.text("title")).replace(" ", "")[:4]
    date = item.date("issued")
    year = date.start[0] if date is not None else 0
    return f"{text}{abs(year) % 100:02d}" if year else text
