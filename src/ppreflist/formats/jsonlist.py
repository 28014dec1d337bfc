"""Files of CSL-JSON: what Zotero, Mendeley and pandoc export, and what Crossref and doi.org answer.

Source: ``csl-data.json`` (https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json). Read are a list
of items, one item, items one after the other (JSON lines), and items inside of ``references`` (pandoc), ``items``
(Zotero's API with ``format=csljson``) or ``message`` (Crossref's API).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from ppreflist.formats.imported import Reading, Unread
from ppreflist.formats.lines import LineCount
from ppreflist.model.key import key_flaw

_SPACE: Final = re.compile(r"[\s\ufeff]*")
_LIST: Final = re.compile(
    r'\{\s*(?:"[^"\\{}\[\]]{1,40}"\s*:\s*(?:"[^"\\]{0,200}"|[\w.-]{1,40})\s*,\s*){0,20}"(?:references|items)"\s*:\s*\['
)
_STRUCTURE: Final = re.compile(r'[{}\[\]]|"(?:[^"\\]|\\.)*+"', re.DOTALL)
_MOST_DAMAGED: Final = 100
"""After so many errors a file is no list of items; each costs time in proportion to the file."""
_TRUNCATED: Final = "the file ends inside of this record"
_EXPORT_AGAIN: Final = "Download or export it again."


def read(text: str) -> Reading:
    """The items of a file. What is damaged costs one record, and so does the end of a file that is cut off."""
    reading = Reading()
    lines = LineCount(text)
    for position, value in _values(text, reading, lines):
        line = lines.at(position)
        for each in _items(value):
            if isinstance(each, dict):
                _take(each, line, reading)
            else:
                reading.unread.append(Unread(line, "this is no CSL-JSON item, which would be an object {...}"))
    return reading


def _take(data: dict[str, Any], line: int, reading: Reading) -> None:
    if "itemType" in data and "type" not in data:
        reading.unread.append(
            Unread(line, "this is an item of Zotero's own JSON, not CSL-JSON", "Export as 'CSL JSON' in Zotero.")
        )
        return
    if "issued" not in data and isinstance(data.get("year"), int | str):
        data = {**data, "issued": {"raw": str(data["year"])}}
    data = {name: value for name, value in data.items() if name != "year"}
    reading.take(data, line, key_of(data))


def key_of(data: dict[str, Any]) -> str:
    """The citation key that an item has: ``citation-key``, or an ``id`` that looks like one."""
    for name in ("citation-key", "id"):
        key = data.get(name)
        if isinstance(key, str) and any(each.isalpha() for each in key) and not key_flaw(key) and "://" not in key:
            return key
    return ""


def _items(value: object) -> list[Any]:
    """The items in a value: itself, or those that an answer is wrapped around."""
    if isinstance(value, dict) and isinstance(value.get("message"), dict):
        value = value["message"]
    if isinstance(value, dict):
        for name in ("references", "items"):
            if isinstance(value.get(name), list):
                return list(value[name])
    return value if isinstance(value, list) else [value]


def _values(text: str, reading: Reading, lines: LineCount) -> Iterator[tuple[int, object]]:
    """The items one after the other with their positions, so that each has a line and one damaged stays alone."""
    decode = json.JSONDecoder(parse_constant=lambda _: None).raw_decode
    position = _skip(text, 0)
    head = _LIST.match(text, position)
    if head is not None or text.startswith("[", position):
        position = _skip(text, head.end() if head is not None else position + 1)
        if text.startswith("]", position):
            return
    while position < len(text):
        try:
            value, end = decode(text, position)
        except (ValueError, RecursionError) as error:
            end = _end_of_object(text, position)
            reading.unread.append(_unread(text, position, end, error, lines))
            if end < 0 or len(reading.unread) >= _MOST_DAMAGED:
                return
        else:
            yield position, value
        position = _skip(text, end)
        separator = text[position : position + 1]
        if separator == "]":
            return
        if separator == ",":
            position = _skip(text, position + 1)
            if text.startswith("]", position):
                return
        if end >= len(text) and (head is not None or text.lstrip("\ufeff \t\r\n").startswith("[")):
            line = text.count("\n") + 1
            reading.unread.append(Unread(line, "the file ends before its list does: it was cut off", _EXPORT_AGAIN))


def _unread(text: str, position: int, end: int, error: Exception, lines: LineCount) -> Unread:
    line = lines.at(position)
    if end < 0:
        if isinstance(error, json.JSONDecodeError) and text.startswith("{", position):
            return Unread(line, f"{_TRUNCATED}: it was cut off, or a quotation mark is missing", _EXPORT_AGAIN)
        return Unread(line, "this is not JSON", "Check what the file is; its beginning says it.")
    if isinstance(error, json.JSONDecodeError):
        return Unread(error.lineno, f"this is not JSON: {error.msg.lower()}", "Correct it, or leave the record out.")
    return Unread(line, "this record is nested too deeply, or has a number too long", "Leave the record out.")


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match is not None else position


def _end_of_object(text: str, position: int) -> int:
    """Where a damaged object ends by its brackets, outside of strings; -1 when it does not."""
    depth = 0
    for match in _STRUCTURE.finditer(text, position):
        mark = match[0]
        if mark in "{[":
            depth += 1
        elif mark in "}]":
            depth -= 1
            if depth <= 0:
                return match.end()
    return -1
