"""Plain text: formatting dropped; a display block begins a new line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ppreflist.csl import markup as m
from ppreflist.csl.writers.runs import display_lines

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout


class _Text:
    name = "text"

    def inline(self, text: str) -> str:
        rows = display_lines(text)
        return "\n".join(("    " if indented else "") + m.strip(row).strip() for indented, row in rows)

    def entry(self, text: str, layout: Layout) -> str:
        return self.inline(text) + "\n"

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        return "".join(entries)


writer = _Text()
