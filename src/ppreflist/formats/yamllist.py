"""CSL-YAML: items as YAML, a list or the ``references`` of a document's metadata.

Source: pandoc's manual, 'Specifying bibliographic data': the variables of CSL-JSON, with pandoc's Markdown for what
CSL-JSON marks up like HTML. Also read are pandoc-citeproc's older dates (``year``, ``month``, ``day``).

The YAML is read as events, never as objects: neither aliases (which can stand for gigabytes) nor tags (which can stand
for code) mean anything here, every scalar is text, and depth is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import yaml

from ppreflist.formats.cslclean import RICH_IN_FILES
from ppreflist.formats.imported import Reading, Unread
from ppreflist.formats.jsonlist import take
from ppreflist.formats.markdown import from_markdown, to_markdown
from ppreflist.formats.plain import one_line

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DUMPER: Final = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_DEEPEST: Final = 20
_MOST_DAMAGED: Final = 100
_DATES: Final = frozenset({"issued", "accessed", "event-date", "original-date", "submitted", "available-date"})
_LISTS: Final = ("references", "items")


class _Map(dict[str, Any]):
    """A mapping that knows its line (1-based)."""

    line = 0


class _TooMuch(Exception):
    """The YAML does what no bibliography does."""


class _Builder:
    """Events to values. ``items`` are those of the list of references, as they are finished."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.column = 0
        self.started = 0
        self.done = False
        self._open: list[Any] = []
        self._keys: list[str | None] = []
        self._listing = -1

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise _TooMuch("aliases (*name) are not read")
        if isinstance(event, yaml.ScalarEvent):
            self._add(str(event.value))
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._start(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            value = self._open.pop()
            self._keys.pop()
            if self._listing == len(self._open):
                self._listing, self.done = -1, True
            else:
                self._add(value)
        elif isinstance(event, yaml.DocumentEndEvent):
            self.done = True

    def _start(self, event: Any) -> None:
        depth = len(self._open)
        if depth >= _DEEPEST:
            raise _TooMuch("it is nested too deeply")
        mark = event.start_mark
        if depth == self._listing + 1:
            self.started = mark.line + 1
        if isinstance(event, yaml.SequenceStartEvent):
            if self._listing < 0 and (not depth or (depth == 1 and self._keys[0] in _LISTS)):
                self._listing, self.column = depth, mark.column
            self._open.append([])
        else:
            made = _Map()
            made.line = mark.line + 1
            self._open.append(made)
        self._keys.append(None)

    def _add(self, value: Any) -> None:
        """Put a finished value where it belongs."""
        if not self._open:
            if isinstance(value, _Map):
                self.items.append(value)
            return
        parent = self._open[-1]
        if isinstance(parent, list):
            if self._listing == len(self._open) - 1:
                self.items.append(value)
                self.started = 0
            else:
                parent.append(value)
        elif self._keys[-1] is None:
            if not isinstance(value, str):
                raise _TooMuch("a key is not a word")
            self._keys[-1] = value
        else:
            parent[self._keys[-1]] = value
            self._keys[-1] = None


def read(text: str) -> Reading:
    """The items of a file. Behind a mistake in the YAML, reading goes on with the next item of the list."""
    reading = Reading()
    text = text.lstrip("\ufeff")
    offset = skipped = 0
    while offset < len(text):
        builder = _Builder()
        problem = _parse(text[offset:], builder)
        for each in builder.items:
            _take(each, skipped, reading)
        if problem is None:
            break
        line, message = problem
        line = builder.started or line
        reading.unread.append(Unread(skipped + line, message, "Correct it, or leave it out."))
        following = re.compile(rf"^ {{{builder.column}}}- ", re.MULTILINE)
        match = following.search(text, _line_start(text, offset, line))
        if match is None or len(reading.unread) >= _MOST_DAMAGED:
            break
        skipped += text.count("\n", offset, match.start())
        offset = match.start()
    return reading


def _parse(text: str, builder: _Builder) -> tuple[int, str] | None:
    """Fill the builder; the line (1-based) and the nature of a mistake, if there is one."""
    line = 1
    try:
        events: Iterable[Any] = yaml.parse(text, Loader=_LOADER)
        for event in events:
            line = event.start_mark.line + 1
            builder.take(event)
            if builder.done:
                break
    except _TooMuch as error:
        return line, f"this YAML is not read: {error}"
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return (mark.line + 1 if mark is not None else line), f"this is not YAML: {error.problem or error.context}"
    except yaml.YAMLError as error:
        return line, f"this is not YAML: {str(error).splitlines()[0]}"
    return None


def _line_start(text: str, offset: int, line: int) -> int:
    """Where the line begins that follows line ``line`` (1-based) behind ``offset``."""
    for _ in range(line):
        end = text.find("\n", offset)
        if end < 0:
            return len(text)
        offset = end + 1
    return offset


def _take(value: Any, skipped: int, reading: Reading) -> None:
    if not isinstance(value, _Map):
        reading.unread.append(Unread(skipped + 1, "this is no CSL item, which would have 'type:' and 'title:'"))
        return
    made: dict[str, Any] = {}
    for name, each in value.items():
        if name in _DATES:
            made[name] = _date(each)
        elif isinstance(each, str) and name in RICH_IN_FILES:
            made[name] = from_markdown(each)
        elif isinstance(each, _Map):
            made[name] = [each]
        else:
            made[name] = each
    take(made, value.line + skipped, reading)


def _date(value: Any) -> Any:
    """A date as CSL-JSON has it: pandoc-citeproc had ``year``, ``month`` and ``day``, or a list of two such."""
    if isinstance(value, _Map) and "year" in value:
        value = [value]
    if isinstance(value, list) and value and all(isinstance(each, _Map) and "year" in each for each in value):
        return {
            "date-parts": [[each[part] for part in ("year", "month", "day") if part in each] for each in value],
            "circa": value[0].get("circa", ""),
            "season": value[0].get("season", ""),
        }
    return value


class _Dumper(_DUMPER):  # type: ignore[misc, valid-type]
    """No anchors: an item is written out each time."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def records(items: Iterable[Mapping[str, Any]]) -> str:
    """The file of CSL-JSON items (``csljson.item``), as pandoc reads it for ``bibliography`` or ``--metadata-file``."""
    made = [{name: _written(name, value) for name, value in item.items()} for item in items]
    return (
        "---\n"
        + str(yaml.dump({"references": made}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000))
        + "...\n"
    )


def _written(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return to_markdown(value) if name in RICH_IN_FILES else one_line(value)
