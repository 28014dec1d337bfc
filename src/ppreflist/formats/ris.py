"""RIS, the format of Research Information Systems, read by every reference manager.

Source: 'RIS Format Specifications' (2011): lines of two letters, two spaces, a hyphen and a space; a record begins
with ``TY`` and ends with ``ER``. What the tags mean is in ``ristags``.

There is a well-kept reader of RIS, rispy; it is not used here because a record whose ``ER`` is missing swallows the
next one there, lines with one space or with CR line ends alone disappear, and nothing tells where a record stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ppreflist.formats.imported import Reading, Unread
from ppreflist.formats.lines import joined, numbered
from ppreflist.formats.plain import plain
from ppreflist.formats.ristags import TYPES, Tags, item_of, tags_of

__all__ = ["TYPES", "read", "record", "records"]

_LINE: Final = re.compile(r"([A-Z][A-Z0-9])(  |\t| )-(?:\s(.*))?\Z", re.DOTALL)


def records(items: Iterable[Mapping[str, Any]]) -> str:
    """The RIS file of CSL-JSON items (``csljson.item``): lines end in CR LF, as the specification asks."""
    return "".join(record(each) for each in items)


def record(data: Mapping[str, Any]) -> str:
    """One RIS record, from ``TY`` to ``ER`` and the blank line behind it."""
    body = "".join(f"{tag}  - {text}\r\n" for tag, text in tags_of(data, plain))
    return f"{body}ER  - \r\n\r\n"


def read(text: str) -> Reading:
    """The records of a RIS file. A record that is not closed ends where the next one begins."""
    reading = Reading()
    for line, tags in _records(text, reading):
        item, key, left_out = item_of(tags)
        reading.take(item, line, key, left_out)
    return reading


def _records(text: str, reading: Reading) -> Iterator[tuple[int, Tags]]:
    """The lines of each record as tags, with the number of its first line; stray lines are noted as unread."""
    tags: list[tuple[str, list[str]]] = []
    start = stray = 0
    for number, line in numbered(text):
        match = _LINE.match(line)
        tag = match[1] if match is not None else ""
        if tag == "TY" or (tag == "ER" and tags):
            if tags:
                yield start, joined(tags)
            tags = []
            if tag == "TY" and match is not None:
                tags, start, stray = [("TY", [(match[3] or "").strip()])], number, 0
        elif match is not None and tags:
            tags.append((tag, [(match[3] or "").strip()]))
        elif len(tags) > 1 and line.strip():
            tags[-1][1].append(line.strip())
        elif match is not None and tag != "ER" and not tags and not stray:
            stray = number
            reading.unread.append(
                Unread(number, f"the tag {tag} stands outside of a record", "A record begins with a line 'TY  - JOUR'.")
            )
    if tags:
        yield start, joined(tags)
