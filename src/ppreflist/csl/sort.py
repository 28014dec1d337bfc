"""Sorting of bibliography entries and of the cites in a citation (specification, "Sorting")."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

from ppreflist.csl import markup as m
from ppreflist.csl.code import as_run, grouped
from ppreflist.csl.compiler import Compiler
from ppreflist.csl.context import Cite, Run, Shape
from ppreflist.csl.dates import sort_date
from ppreflist.csl.elements import sort_number
from ppreflist.csl.labels import trigraph
from ppreflist.csl.locale import Locale
from ppreflist.csl.namelist import NameFormat
from ppreflist.csl.rendering import scope
from ppreflist.csl.style import Section, Style
from ppreflist.csl.variables import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES
from ppreflist.csl.xmltree import Node

_NAMES_OPTIONS: Final = {
    "names-min": ("et-al-min", "et-al-subsequent-min"),
    "names-use-first": ("et-al-use-first", "et-al-subsequent-use-first"),
    "names-use-last": ("et-al-use-last",),
}
Collate = Callable[[str], str]


class _Key:
    """One cs:key: a function from a cite to its value."""

    __slots__ = ("descending", "macro", "node", "programs", "scope", "variable")

    def __init__(self, style: Style, section: Section, locale: Locale, node: Node) -> None:
        self.node = node
        self.variable = node.get("variable")
        self.macro = node.get("macro")
        self.descending = node.get("sort") == "descending"
        self.scope = scope(style, section, locale, sorting=True)
        for name, options in _NAMES_OPTIONS.items():
            if name in node.attributes:
                for option in options:
                    self.scope.sort_names[option] = node.attributes[name]
        self.programs: dict[Shape, Run] = {}

    def value(self, cite: Cite, shape: Shape) -> str:
        if not self.macro:
            return self._variable(cite)
        program = self.programs.get(shape)
        if program is None:
            compiler = Compiler(self.scope, shape)
            nodes = self.scope.style.macros[self.macro].children
            program = self.programs[shape] = as_run(grouped(compiler.children(nodes), ""))
        return program(cite)

    def _variable(self, cite: Cite) -> str:
        name = self.variable
        item = cite.item
        if name in DATE_VARIABLES:
            date = item.date(name)
            return sort_date(date) if date is not None else ""
        if name in NAME_VARIABLES:
            return self._names(cite, name)
        if name == "citation-number":
            return f"{cite.number:08d}" if cite.number else ""
        if name == "citation-label":
            return item.text(name) or trigraph(item)
        if name == "locator":
            return sort_number(cite.locator)
        text = item.text(name)
        return sort_number(text) if name in NUMBER_VARIABLES else text

    def _names(self, cite: Cite, name: str) -> str:
        """ "returned as a name list string, with form "long" and name-as-sort-order "all"."""
        section = self.scope.section
        name_format = self.scope.name_formats.get(id(self.node))
        if name_format is None:
            options = {**section.name_options, "form": "long", **self.scope.sort_names}
            name_format = self.scope.name_formats[id(self.node)] = NameFormat(self.scope, options, None, None)
        return name_format.renderer(name, False, False)(cite)


# Marks that do not count in sorting: quotes, apostrophes, brackets, commas.
_DROPPED: Final = re.compile("[\"'’‘“”«»\\[\\],]")


class Sorter:
    """Sorts cites by the keys of a section."""

    __slots__ = ("_collate", "_keys")

    def __init__(self, style: Style, section: Section, locale: Locale, collate: Collate) -> None:
        self._keys = [_Key(style, section, locale, node) for node in section.sort]
        self._collate = collate

    def __bool__(self) -> bool:
        return bool(self._keys)

    def order(self, cites: Sequence[tuple[Cite, Shape]]) -> list[int]:
        """The indexes of ``cites`` in sorted order. Stable; empty values go last in both directions.

        A key is worked out only for cites that the keys before it leave equal.
        """
        order = list(range(len(cites)))
        # (start, end, key) of runs that are equal so far
        pending = [(0, len(cites), 0)]
        while pending:
            start, end, depth = pending.pop()
            if end - start < 2 or depth == len(self._keys):
                continue
            key = self._keys[depth]
            run = order[start:end]
            values = {index: self._comparable(key.value(*cites[index])) for index in run}
            filled = [index for index in run if values[index] is not None]
            empty = [index for index in run if values[index] is None]
            filled.sort(key=values.__getitem__, reverse=key.descending)  # type: ignore[arg-type]
            order[start:end] = filled + empty
            position = start
            for _, group in groupby(order[start:end], key=values.__getitem__):
                size = len(list(group))
                pending.append((position, position + size, depth + 1))
                position += size
        return order

    def _comparable(self, value: str) -> str | None:
        """The collation key, or None when there is nothing to sort by."""
        text = value if value.isascii() else m.RESERVED.sub("", value)
        if not text or text.isspace():
            return None
        if '"' in text or not text.isalnum():
            text = _DROPPED.sub("", text)
        return self._collate(text)
