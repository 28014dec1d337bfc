"""What the processor hands back. Plain values."""

from __future__ import annotations

from typing import Final, NamedTuple

# What stands where an item renders nothing in a style: an empty answer would be silent. As citeproc-js writes it.
NO_PRINTED_FORM: Final = "[CSL STYLE ERROR: reference with no printed form.]"


class Layout(NamedTuple):
    """How a bibliography is set (specification, "Bibliography-specific Options", "Whitespace")."""

    hanging_indent: bool = False
    # "" or "flush" or "margin"
    second_field_align: str = ""
    line_spacing: int = 1
    entry_spacing: int = 1
    # The longest first field of the bibliography, in characters; 0 without second-field-align.
    max_offset: int = 0


class Entry(NamedTuple):
    """One bibliography entry: the id of its item, and its text in the output format."""

    id: str
    text: str


class Warning(NamedTuple):  # noqa: A001 - the word of the domain
    """Something in an item or cite that could not be used. ``variable`` is "" for the item as a whole."""

    item: str
    variable: str
    message: str

    def __str__(self) -> str:
        place = f"{self.item}: {self.variable}" if self.variable else self.item
        return f"{place}: {self.message}"


class Bibliography(NamedTuple):
    """Entries in the order of the style, how to set them, and the whole as one text in the output format."""

    entries: tuple[Entry, ...]
    layout: Layout
    text: str


class Rendered(NamedTuple):
    """A processed document: one text for each citation, the bibliography, the warnings."""

    citations: tuple[str, ...]
    bibliography: Bibliography
    warnings: tuple[Warning, ...]
