"""The shape of a cite: what of it the style can notice (see ``context.Shape``)."""

from __future__ import annotations

from typing import Final

from ppreflist.csl import numbers
from ppreflist.csl.context import SUBSEQUENT, Shape
from ppreflist.csl.items import Item
from ppreflist.csl.style import Style
from ppreflist.csl.variables import SHORT_FORMS
from ppreflist.csl.xmltree import Node

_NOTHING: Final[frozenset[str]] = frozenset()


class Shaper:
    """Knows which variables, positions and labels a style mentions."""

    __slots__ = (
        "_mentioned",
        "_numeric",
        "_positions",
        "_present",
        "_shapes",
        "_tests_locator",
        "_uncertain",
        "tests_disambiguate",
    )

    def __init__(self, style: Style) -> None:
        self._mentioned: set[str] = set()
        self._numeric: set[str] = set()
        self._uncertain: set[str] = set()
        self._positions: set[str] = set()
        self._tests_locator = False
        self.tests_disambiguate = 0
        for node in [*style.macros.values(), style.root]:
            self._scan(node)
        for name, short in SHORT_FORMS.items():
            if name in self._mentioned:
                self._mentioned.add(short)
        self._shapes: dict[Shape, Shape] = {}
        self._present: dict[frozenset[str], frozenset[str]] = {}

    def _scan(self, node: Node) -> None:
        for attribute, value in node.attributes.items():
            if attribute == "variable":
                self._mentioned.update(value.split())
            elif attribute == "is-numeric":
                self._numeric.update(value.split())
            elif attribute == "is-uncertain-date":
                self._uncertain.update(value.split())
            elif attribute == "position":
                self._positions.update(value.split())
            elif attribute == "locator":
                self._tests_locator = True
            elif attribute == "disambiguate":
                self.tests_disambiguate += 1
            elif attribute.startswith("et-al-subsequent"):
                self._positions.add(SUBSEQUENT)
        for child in node.children:
            self._scan(child)

    @staticmethod
    def mentions(node: Node, style: Style, variable: str) -> bool:
        """Whether ``node`` renders ``variable``, itself or in a macro."""
        seen: set[str] = set()

        def renders(each: Node) -> bool:
            if variable in each.get("variable").split() and each.tag in ("text", "number"):
                return True
            macro = each.get("macro")
            if macro and macro not in seen:
                seen.add(macro)
                if renders(style.macros[macro]):
                    return True
            return any(renders(child) for child in each.children)

        return renders(node)

    def shape(
        self,
        item: Item,
        *,
        positions: frozenset[str] = _NOTHING,
        label: str = "",
        locator: str = "",
        first_note: bool = False,
        year_suffix: bool = False,
        disambiguate: int = 0,
        form: str = "",
    ) -> Shape:
        key = (self, positions, label, locator, first_note, year_suffix, disambiguate, form)
        found: Shape | None = item.shapes.get(key)
        if found is None:
            found = self._shape(item, *key[1:])
            # The same shape is one object: comparing it is cheap.
            found = item.shapes[key] = self._shapes.setdefault(found, found)
        return found

    def _shape(
        self,
        item: Item,
        positions: frozenset[str],
        label: str,
        locator: str,
        first_note: bool,
        year_suffix: bool,
        disambiguate: int,
        form: str,
    ) -> Shape:
        present = self._present.get(item.present)
        if present is None:
            present = self._present[item.present] = item.present & self._mentioned
        extra = [
            name
            for name, there in (
                ("locator", locator),
                ("first-reference-note-number", first_note),
                ("year-suffix", year_suffix),
                ("citation-number", "citation-number" in self._mentioned),
            )
            if there
        ]
        if extra:
            present = present.union(extra)
        numeric = uncertain = _NOTHING
        if self._numeric:
            numeric = frozenset(
                name
                for name in self._numeric
                if (name in item.present or name in present) and self._is_numeric(item, name, locator)
            )
        if self._uncertain:
            uncertain = frozenset(
                name for name in self._uncertain & item.present if (date := item.date(name)) is not None and date.circa
            )
        return Shape(
            item.type,
            present,
            numeric,
            uncertain,
            item.language.partition("-")[0],
            frozenset(self._positions & positions) if positions else _NOTHING,
            label if locator else "",
            disambiguate,
            form,
        )

    @staticmethod
    def _is_numeric(item: Item, name: str, locator: str) -> bool:
        if name == "locator":
            return numbers.is_numeric(locator)
        if name in ("citation-number", "first-reference-note-number"):
            return True
        return numbers.is_numeric(item.text(name))
