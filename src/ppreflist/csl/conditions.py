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
        for word in value.split():
            if attribute == "variable":
                yield word in shape.present
            elif attribute == "type":
                yield word == shape.type
            elif attribute == "is-numeric":
                yield word in shape.numeric
            elif attribute == "is-uncertain-date":
                yield word in shape.uncertain
            elif attribute == "position":
                yield word in shape.positions
            else:
                yield word.replace(" ", "-") == shape.label.replace(" ", "-")
