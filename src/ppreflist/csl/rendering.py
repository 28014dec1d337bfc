"""The rendering elements by tag (specification, "Rendering Elements"), and scopes that know them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ppreflist.csl import dates, elements, names
from ppreflist.csl.compiler import CompileElement, Scope
from ppreflist.csl.locale import Locale
from ppreflist.csl.style import Section, Style

# cs:choose and cs:layout are no elements of their own: the compiler walks through them.
ELEMENTS: Final[Mapping[str, CompileElement]] = {
    "text": elements.text,
    "number": elements.number,
    "label": elements.label,
    "group": elements.group,
    "date": dates.date,
    "names": names.names,
}


def scope(style: Style, section: Section, locale: Locale, *, sorting: bool = False, links: bool = False) -> Scope:
    """One section of a style in one locale, ready to compile."""
    return Scope(style, section, locale, ELEMENTS, sorting=sorting, links=links)
