"""How the commands speak: lines, tables, JSON, errors. Colour only on a terminal (click strips it elsewhere)."""

from __future__ import annotations

import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence

import click

WIDEST = 100
"""Columns beyond which a line is not read with ease."""

_NARROWEST = 34

# C0 and C1 controls but tab and line feed; line separators; bidirectional marks and overrides, which can make a line
# read as another. And the bytes of a file's name that are no UTF-8, which cannot be printed.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


LONG = 200
"""Objects of a list beyond which each has a line of its own: indenting is ten times slower."""


def clean(text: str) -> str:
    """Text from a file or the network, safe to print: no terminal escapes, no bidirectional overrides."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def shown(text: str) -> str:
    """Text that programs get to the byte, and a terminal made harmless."""
    return clean(text.replace("\r\n", "\n")) if sys.stdout.isatty() else text


def examples(*lines: str) -> str:
    """An epilog for ``--help`` that shows examples as they are typed."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def echo_json(value: object) -> None:
    """Print a value as JSON, for programs."""
    click.echo(json_text(value))


def json_text(value: object) -> str:
    """A value as JSON, for programs. A long list has one object a line."""
    if isinstance(value, list) and len(value) > LONG:
        encode = json.JSONEncoder(ensure_ascii=False).encode
        text = "[\n" + ",\n".join(map(encode, value)) + "\n]"
    else:
        text = json.dumps(value, ensure_ascii=False, indent=2)
    # JSON escapes C0 controls only; the others steer a terminal, too. They can stand nowhere but in strings.
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def json_line(value: object) -> str:
    """A value as JSON in one line, which neither ends early nor steers a terminal."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def report_error(message: str, hint: str = "") -> None:
    """Print an error on stderr: one line that says what, and one that says what to do next."""
    click.echo(click.style("error: ", fg="red", bold=True) + clean(message), err=True)
    if hint:
        click.echo("       " + clean(hint), err=True)


def note(message: str) -> None:
    """Print something worth knowing on stderr, so that stdout stays what was asked for."""
    click.echo(clean(message), err=True)


def on_terminal() -> bool:
    """Whether a person sits at both ends: only then may a command ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal (UAX #11: wide and fullwidth characters take two, combining none)."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fitted(text: str, width: int) -> str:
    """The text cut to this many columns, with an ellipsis when something was cut."""
    if width_of(text) <= width:
        return text
    kept, used = [], 1
    for character in text:
        used += width_of(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def text_width() -> int:
    """Columns that sentences may take: the terminal's, but no more than is read with ease."""
    return max(min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST), _NARROWEST)


# Between two wide characters (Chinese, Japanese) a line may end, though there is no space.
_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\U0001f300-\U0001faff\U00020000-\U0003fffd"
_PIECES = re.compile(rf"[{_WIDE}] *|[^ {_WIDE}]+ *| +")


def wrapped(text: str, width: int, indent: str, further: str) -> str:
    """A paragraph in lines of so many columns, safe to print: the first line behind ``indent``, the others behind
    ``further``. An address is not broken, so that it can be taken whole."""
    lines, line, used = [], [indent], len(indent)
    for word in _PIECES.findall(clean(" ".join(text.split()))):
        room = width_of(word.rstrip())
        if used + room > width and len(line) > 1:
            lines.append("".join(line).rstrip())
            line, used = [further], len(further)
        line.append(word)
        used += width_of(word)
    return "\n".join([*lines, "".join(line).rstrip()])


def table(rows: Iterable[Sequence[str]], *, caps: Sequence[int]) -> None:
    """Print rows in aligned columns; ``caps`` are the widest that each column but the last may become.

    The last column takes what is left of the terminal; off a terminal nothing is cut. Cost is linear in the cells.
    """
    cells = [[clean(" ".join(cell.split())) for cell in row] for row in rows]
    if not cells:
        return
    last = len(cells[0]) - 1
    widths = [[width_of(row[column]) for row in cells] for column in range(last)]
    columns = [max(each) for each in widths]
    room = 0
    if sys.stdout.isatty():
        columns = [min(width, cap) for width, cap in zip(columns, caps, strict=True)]
        room = max(20, shutil.get_terminal_size((100, 24)).columns - sum(columns) - 2 * last)
    lines = []
    for row, *used in zip(cells, *widths, strict=True):
        parts = []
        for cell, width, column in zip(row, used, columns, strict=False):
            shown = cell if width <= column else fitted(cell, column)
            parts.append(shown + " " * (column - (width if shown is cell else width_of(shown))))
        parts.append(fitted(row[last], room) if room else row[last])
        lines.append("  ".join(parts).rstrip())
    click.echo("\n".join(lines))
