"""Output formats by name."""

from __future__ import annotations

from typing import Final

from ppreflist.csl.writers import html, text
from ppreflist.csl.writers.writer import Writer

WRITERS: Final[dict[str, Writer]] = {each.name: each for each in (html.writer, text.writer)}
