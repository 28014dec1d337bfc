"""Conditions of cs:if and cs:else-if, decided by the shape alone (specification, "Choose")."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ppreflist.csl.context import Shape
from ppreflist.csl.xmltree import Node

TESTS: Final = frozenset(("disambiguate", "is-numeric", "is-uncertain-date", "locator", "position", "type", "variable"))


def holds(node: Node, shape: Shape, disambiguating: Callable[[], bool]) -> bool:
    """Whether the branch ``node`` is taken. ``disambiguating`` answers the tests of ``disambiguate`` in turn."""
    match = node.get("match", "all")
    results = list(_results(node, shape, disambiguating))
    if match == "any":
        return any(results)
    if match == "none":
        return not any(results)
    return all(results)


def _results(node: Node, shape: Shape, disambiguating: Callable[[], bool]) -> Iterator[bool]:
    for attribute, value in node.attributes.items():
        if attribute not in TESTS:
            continue
        if attribute == "disambiguate":
            yield disambiguating() == (value == "true")
            continue
        words = value.split()
        if attribute == "variable":
            yield from (word in shape.present for word in words)
        elif attribute == "is-numeric":
            yield from (word in shape.numeric for word in words)
        elif attribute == "is-uncertain-date":
            yield from (word in shape.uncertain for word in words)
        # An item has one type and a cite one label: of several, any will do, even with match="all".
        elif attribute == "type":
            yield shape.type in words
        elif attribute == "locator":
            yield shape.label in words
        else:
            yield from (word in shape.positions for word in words)
