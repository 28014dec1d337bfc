"""Plain text: formatting dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ppreflist.csl import markup as m

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout

_DISPLAY = re.compile(f"[{''.join(m.DISPLAY_PAIRS.values())}]+")


class _Text:
    name = "text"

    def inline(self, text: str) -> str:
        return m.strip(_DISPLAY.sub(" ", text)).strip()

    def entry(self, text: str, layout: Layout) -> str:
        return self.inline(text) + "\n"

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        return "".join(entries)


writer = _Text()
