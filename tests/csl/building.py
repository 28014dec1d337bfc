"""Small styles and items to test with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.csl.fixture import locale_text

from ppreflist.csl.processor import Processor
from ppreflist.csl.style import Style, load_style


def style_xml(
    citation: str = '<text variable="title"/>',
    *,
    bibliography: str = "",
    style: str = "",
    citation_attributes: str = "",
    layout: str = "",
    before: str = "",
) -> str:
    """A style around the children of cs:layout; ``before`` goes before cs:citation (macros, locales)."""
    entries = f"<bibliography><layout>{bibliography}</layout></bibliography>" if bibliography else ""
    kind = "" if "class=" in style else 'class="in-text" '
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" {kind}{style}>'
        f"<info><id>test</id><title>Test</title></info>{before}"
        f"<citation {citation_attributes}><layout {layout}>{citation}</layout></citation>{entries}</style>"
    )


def load(**parts: str) -> Style:
    return load_style(style_xml(**parts))


def processor(**parts: str) -> Processor:
    return Processor(load(**parts), locale_text=locale_text, links=False)


def cite(elements: str, item: Mapping[str, Any], **parts: str) -> str:
    """What the elements of cs:layout make of one item, in HTML."""
    made = processor(citation=elements, **parts)
    return made.cite([{"id": "i", "type": "book", **item}], [{"id": "i"}])


def cites(elements: str, items: Sequence[Mapping[str, Any]], **parts: str) -> str:
    """One citation of all items."""
    full = [{"id": f"i{index}", "type": "book", **item} for index, item in enumerate(items)]
    return processor(citation=elements, **parts).cite(full, [{"id": item["id"]} for item in full])


def names(*people: str) -> list[dict[str, str]]:
    """ "Doe, Jane" -> CSL-JSON names."""
    parted = [person.partition(", ") for person in people]
    return [{"family": family, "given": given} for family, _, given in parted]


def year(value: int) -> dict[str, list[list[int]]]:
    return {"date-parts": [[value]]}
