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
_NEXT: Final = re.compile(
    r'\}\s*,\s*(?=\{\s*"(?!(?:family|given|literal|suffix|name|creatorType|firstName|lastName|date-parts)"|[^"]*particle))'
)
_MOST_DAMAGED: Final = 100
"""After so many errors a file is no list of items; each costs time in proportion to the file."""
_IN_NOTES: Final = {
    "pmid": "PMID", "pmcid": "PMCID", "doi": "DOI", "citation key": "citation-key", "original date": "original-date",
}  # fmt: skip
_NEAR_THE_END: Final = 1000
_EXPORT_AGAIN: Final = "Download or export it again."


def read(text: str) -> Reading:
    """The items of a file. What is damaged costs one record, and so does the end of a file that is cut off."""
    reading = Reading()
    lines = LineCount(text)
    for position, value in _values(text, reading, lines):
        line = lines.at(position)
        for each in _items(value):
            if isinstance(each, dict):
                take(each, line, reading)
            else:
                reading.unread.append(Unread(line, "this is no CSL-JSON item, which would be an object {...}"))
    return reading


def take(data: dict[str, Any], line: int, reading: Reading) -> None:
    """Keep an item as a record, with what its note says of it."""
    if "itemType" in data and "type" not in data:
        reading.unread.append(
            Unread(line, "this is an item of Zotero's own JSON, not CSL-JSON", "Export as 'CSL JSON' in Zotero.")
        )
        return
    data = {**data, **_said_in_note(data)}
    if "issued" not in data and isinstance(data.get("year"), int | str):
        data = {**data, "issued": {"raw": str(data["year"])}}
    data = {name: value for name, value in data.items() if name != "year"}
    reading.take(data, line, key_of(data))


def _said_in_note(data: dict[str, Any]) -> dict[str, Any]:
    """The variables in lines of ``note``, where Zotero puts what it has no field for: ``PMID: 17222116``."""
    note = data.get("note")
    if not isinstance(note, str) or ":" not in note:
        return {}
    rest, said = [], {}
    for line in note.split("\n"):
        name, colon, value = line.partition(":")
        variable = _IN_NOTES.get(name.strip().casefold()) if colon else None
        if variable and value.strip() and not data.get(variable):
            said[variable] = value.strip()
        else:
            rest.append(line)
    return {**said, "note": "\n".join(rest).strip()} if said else {}


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
    listed = head is not None or text.startswith("[", position)
    if listed:
        position = _skip(text, head.end() if head is not None else position + 1)
    while position < len(text) and not (listed and text.startswith("]", position)):
        try:
            value, end = decode(text, position)
        except (ValueError, RecursionError) as error:
            end = _next_object(text, position)
            reading.unread.append(_unread(text, lines.at(position), end, error))
            if end < 0 or len(reading.unread) >= _MOST_DAMAGED:
                return
            position = end
            continue
        yield position, value
        position = _skip(text, end)
        if text.startswith(",", position):
            position = _skip(text, position + 1)
    if listed and position >= len(text):
        line = text.count("\n") + 1
        reading.unread.append(Unread(line, "the file ends before its list does: it was cut off", _EXPORT_AGAIN))


def _unread(text: str, line: int, following: int, error: Exception) -> Unread:
    """What to say of a record at this line that is no JSON; ``following`` is where the next one begins, or -1."""
    if not isinstance(error, json.JSONDecodeError):
        return Unread(line, "this record is nested too deeply, or has a number too long", "Leave the record out.")
    rest = len(text) - error.pos
    if following < 0 and (
        error.msg.startswith("Unterminated") or (rest < _NEAR_THE_END and not text[error.pos :].strip())
    ):
        return Unread(line, "the file ends inside of this record: it was cut off", _EXPORT_AGAIN)
    return Unread(error.lineno, f"this is not JSON: {error.msg.lower()}", "Correct it, or leave the record out.")


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match is not None else position


def _next_object(text: str, position: int) -> int:
    """Where the next item seems to begin behind a damaged one; -1 when none does."""
    match = _NEXT.search(text, position)
    return match.end() if match is not None else -1
