"""Entries side by side, for a person who decides what they are to each other."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import click

from ppreflist.cli.output import clean, width_of

_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison: a label, a value for each column, the number of the column that wins (-1: none)."""

    label: str
    values: tuple[str, ...]
    wins: int = -1
    differ: bool = False


def side_by_side(heads: Sequence[str], rows: Sequence[Row], *, width: int = 0) -> str:
    """A table with a column for each head; what wins is green and marked with ``*``, what differs with ``!``."""
    room = width or min(160, shutil.get_terminal_size((100, 24)).columns)
    label_width = max([4, *(width_of(row.label) for row in rows)]) + 2
    column = max(16, (room - label_width) // max(1, len(heads)) - 3)
    lines = [
        " " * (label_width + 1) + "  ".join(click.style(_padded(f" {head}", column + 1), bold=True) for head in heads)
    ]
    for row in rows:
        cells = [_wrapped(value, column) for value in row.values]
        for number in range(max(len(cell) for cell in cells)):
            label = f"{'!' if row.differ else ' '} {row.label}" if number == 0 else ""
            parts = []
            for place, cell in enumerate(cells):
                mark = "*" if place == row.wins and number == 0 else " "
                text = cell[number] if number < len(cell) else ""
                text = mark + (text if place == len(cells) - 1 else _padded(text, column))
                parts.append(click.style(text, fg="green") if place == row.wins else text)
            lines.append(f"{_padded(label, label_width + 1)}{'  '.join(parts)}".rstrip())
    return "\n".join(line.rstrip() for line in lines)


def _wrapped(text: str, column: int) -> list[str]:
    lines = textwrap.wrap(clean(" ".join(text.split())), column, break_long_words=True) or [""]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1][: column - 1] + "…"]
    return lines


def _padded(text: str, column: int) -> str:
    text = clean(text)
    return text + " " * max(0, column - width_of(text))
