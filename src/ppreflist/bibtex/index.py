"""Open a library quickly: an index of what reading a .bib file yielded, kept in the cache folder.

The file is the truth: its bytes are hashed (SHA-256) at every opening, and an index that was made from other bytes, by
another version of this package, or that is damaged in any way is thrown away and made anew. Without a cache folder
that can be written, everything works as before, only slower. The index is JSON: reading it runs no code.

Entries come back lazily: ``Field`` and ``Name`` values are made when they are asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from platformdirs import user_cache_dir

import ppreflist
from ppreflist.bibtex import disk, read
from ppreflist.bibtex.read import without_collector
from ppreflist.model import name
from ppreflist.model.entry import Entry, Field
from ppreflist.model.library import Library
from ppreflist.model.name import Name, NameList
from ppreflist.model.problem import Problem, Severity

CACHE_VARIABLE: Final = "PPREFLIST_CACHE_DIR"
FORMAT: Final = 2
"""Raised when the layout of the index changes."""
SMALLEST: Final = 100_000
"""Bytes below which a file is read faster than its index would be."""
KEPT: Final = 20
"""Indexes kept; the oldest go first."""
KEPT_BYTES: Final = 400_000_000
"""Bytes that the indexes may take together; the newest is kept whatever its size."""

_TOGETHER: Final = 200
"""Entries in one line of an index: more are not read faster."""
_SEVERITIES: Final = {str(each): each for each in Severity}

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """A library that is read once, an entry after another, and never held as a whole. The other fields are as in
    ``Library``."""

    entries: Iterator[Entry]
    macros: Mapping[str, str]
    problems: tuple[Problem, ...]
    path: str


def open_library(path: Path | str, *, cache: Path | None = None) -> Library:
    """Read the library at ``path``, from its index when the file's bytes have not changed.

    LibraryNotFound and LibraryUnreadable say what is wrong with the file as a whole; everything else is in
    ``Library.problems``. ``cache`` is the folder of the indexes (default: ``cache_folder()``).
    """
    found = skim(path, cache=cache)
    return _whole(found) if isinstance(found, Reading) else found


def skim(path: Path | str, *, cache: Path | None = None) -> Library | Reading:
    """The same, for who needs each entry once: from an index, entries are made one after another."""
    path = Path(path)
    snapshot = disk.read(path)
    if len(snapshot.data) < SMALLEST:
        return read.library(snapshot.file)
    folder = cache if cache is not None else cache_folder() / "index"
    place = folder / f"{hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:32]}.json"
    stamp = _stamp(snapshot)
    if os.path.exists(place):  # which a folder that may not be read does not upset
        del snapshot  # its text takes as much memory as the index, and is hardly ever needed
        with contextlib.suppress(OSError):
            found = _reading_of(place.read_bytes(), stamp, str(path))
            if found is not None:
                return found
        snapshot = disk.read(path)
        stamp = _stamp(snapshot)
    file = snapshot.file
    del snapshot  # with its bytes, and then the text and the blocks
    library = read.library(file)
    del file
    with contextlib.suppress(OSError):
        _save(place, dump(library, stamp))
    return library


def cache_folder() -> Path:
    """``$PPREFLIST_CACHE_DIR``, else the user's cache folder."""
    return Path(os.environ.get(CACHE_VARIABLE) or user_cache_dir("ppreflist", appauthor=False))


def dump(library: Library, stamp: str) -> bytes:
    """The index of a library: a line with ``stamp`` and a check sum, lines of some entries each, and one of all else,
    all in JSON. So no more than one line is ever held in two forms."""
    table: dict[Name, int] = {}
    entries = library.entries
    lines = [
        _encoded([_row(entry, table) for entry in entries[begin : begin + _TOGETHER]])
        for begin in range(0, len(entries), _TOGETHER)
    ]
    lines.append(
        _encoded(
            {
                "names": [
                    [each.family, each.given, each.particle, each.suffix, each.literal, each.given_initials]
                    for each in table
                ],
                "macros": dict(library.macros),
                "problems": [
                    [each.check, str(each.severity), each.message, each.key, each.field, each.line, each.column]
                    for each in library.problems
                ],
            }
        )
    )
    check = hashlib.sha256()
    for line in lines:
        check.update(line)
    return b"".join([f"{stamp} {check.hexdigest()}\n".encode(), *lines])


def _row(entry: Entry, table: dict[Name, int]) -> Row:
    """An entry as it stands in the index; its names are numbered in the ``table``."""
    fields = entry.fields
    names = {
        field: [found.others, *(table.setdefault(name, len(table)) for name in found.names)]
        for field, found in entry.names.items()
    }
    return [
        entry.key,
        entry.type,
        entry.line,
        entry.column,
        entry.editable,
        {name: each.text for name, each in fields.items()},
        {name: each.latex for name, each in fields.items() if each.latex != each.text},
        [number for each in fields.values() for number in (each.line, each.column)],
        names,
    ]


def _encoded(value: object) -> bytes:
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    return line.encode("utf-8", "surrogatepass")


def load(index: bytes, stamp: str, path: str) -> Library | None:
    """The library in an index, or None when it was made from something else or is damaged."""
    found = _reading_of(index, stamp, path)
    return None if found is None else _whole(found)


def _whole(reading: Reading) -> Library:
    with without_collector():
        entries = tuple(reading.entries)
    return Library(entries, reading.macros, reading.problems, reading.path)


def _reading_of(index: bytes, stamp: str, path: str) -> Reading | None:
    begin = index.find(b"\n") + 1
    if index[: begin - 1] != f"{stamp} {hashlib.sha256(memoryview(index)[begin:]).hexdigest()}".encode():
        return None
    end = index.rfind(b"\n", 0, -1) + 1
    rest = _decoded(index[end:])
    problems = tuple(
        Problem(check, _SEVERITIES[severity], message, key, field, line, column)
        for check, severity, message, key, field, line, column in rest["problems"]
    )
    return Reading(_entries(index, begin, end, _NameTable(rest["names"])), rest["macros"], problems, path)


def _entries(index: bytes, begin: int, end: int, table: _NameTable) -> Iterator[Entry]:
    lines = io.BytesIO(index)
    lines.seek(begin)
    while lines.tell() < end:
        for key, kind, line, column, editable, texts, latex, places, names in _decoded(lines.readline()):
            fields = _Fields(texts, latex, array("q", places))
            yield Entry(key, kind, fields, _Names(names, table), line, column, editable)


def _decoded(line: bytes) -> Any:
    return json.loads(line.decode("utf-8", "surrogatepass"))


class _Fields(Mapping[str, Field]):
    """The fields of one entry, each made when it is asked for."""

    __slots__ = ("_latex", "_places", "_texts")

    def __init__(self, texts: dict[str, str], latex: dict[str, str], places: array[int]) -> None:
        self._texts = texts
        self._latex = latex
        self._places = places

    def __getitem__(self, name: str) -> Field:
        text = self._texts[name]
        at = 2 * list(self._texts).index(name)
        return Field(name, text, self._latex.get(name, text), self._places[at], self._places[at + 1])

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, name: object) -> bool:
        return name in self._texts

    def __repr__(self) -> str:
        return repr(dict(self))

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in self._texts else default

    def texts(self) -> Iterable[str]:
        """The texts of all fields, in file order."""
        return self._texts.values()


class _NameTable:
    """The different names of a library, each made when it is first asked for."""

    __slots__ = ("_rows",)

    def __init__(self, rows: list[Row]) -> None:
        self._rows: list[Row | Name] = list(rows)

    def __getitem__(self, number: int) -> Name:
        found = self._rows[number]
        if type(found) is not Name:
            found = self._rows[number] = Name(*found)  # type: ignore[misc]
        return found


class _Names(Mapping[str, NameList]):
    """The name lists of one entry, each made when it is asked for."""

    __slots__ = ("_rows", "_table")

    def __init__(self, rows: dict[str, Row], table: _NameTable) -> None:
        self._rows = rows
        self._table = table

    def __getitem__(self, field: str) -> NameList:
        others, *numbers = self._rows[field]
        return NameList(tuple(self._table[number] for number in numbers), others)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return repr(dict(self))


def _stamp(snapshot: disk.Snapshot) -> str:
    return f"ppreflist-index {FORMAT} {_reading()} {snapshot.sha256}"


def _reading() -> str:
    """What stands for the way a file is read: the version, and when the code was last changed (for developers)."""
    newest = 0
    for package in (read.__file__, name.__file__):
        with contextlib.suppress(OSError), os.scandir(Path(package).parent) as files:
            newest = max([newest, *(each.stat().st_mtime_ns for each in files if each.name.endswith(".py"))])
    return f"{ppreflist.__version__}-{newest}"


def _save(place: Path, index: bytes) -> None:
    """Write an index, whole or not at all, and let the oldest go."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = place.with_suffix(f".{os.getpid()}.tmp")
    try:
        temporary.write_bytes(index)
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)
    by_age = sorted(place.parent.glob("*.json"), key=lambda each: each.stat().st_mtime, reverse=True)
    total = 0
    for number, each in enumerate(by_age):
        total += each.stat().st_size
        if number >= KEPT or (number and total > KEPT_BYTES):
            each.unlink(missing_ok=True)
