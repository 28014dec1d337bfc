"""Open a library quickly: an index of what reading a .bib file yielded, kept in the cache folder.

The file is the truth: its bytes are hashed (SHA-256) at every opening, and an index that was made from other bytes, by
another version of this package, or that is damaged in any way is thrown away and made anew. Without a cache folder
that can be written, everything works as before, only slower. The index is JSON: reading it runs no code.

Entries come back lazily: ``Field`` and ``Name`` values are made when they are asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
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
FORMAT: Final = 1
"""Raised when the layout of the index changes."""
SMALLEST: Final = 100_000
"""Bytes below which a file is read faster than its index would be."""
KEPT: Final = 20
"""Indexes kept; the oldest go first."""
KEPT_BYTES: Final = 400_000_000
"""Bytes that the indexes may take together; the newest is kept whatever its size."""

_SEVERITIES: Final = {str(each): each for each in Severity}

Row = list[Any]


def open_library(path: Path | str, *, cache: Path | None = None) -> Library:
    """Read the library at ``path``, from its index when the file's bytes have not changed.

    LibraryNotFound and LibraryUnreadable say what is wrong with the file as a whole; everything else is in
    ``Library.problems``. ``cache`` is the folder of the indexes (default: ``cache_folder()``).
    """
    path = Path(path)
    snapshot = disk.read(path)
    if len(snapshot.data) < SMALLEST:
        return read.library(snapshot.file)
    folder = cache if cache is not None else cache_folder() / "index"
    place = folder / f"{hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:32]}.json"
    stamp = f"ppreflist-index {FORMAT} {_reading()} {snapshot.sha256}"
    with contextlib.suppress(OSError):
        found = load(place.read_bytes(), stamp, str(path))
        if found is not None:
            return found
    library = read.library(snapshot.file)
    del snapshot  # its text and blocks take as much memory as the index that is made now
    with contextlib.suppress(OSError):
        _save(place, dump(library, stamp))
    return library


def cache_folder() -> Path:
    """``$PPREFLIST_CACHE_DIR``, else the user's cache folder."""
    return Path(os.environ.get(CACHE_VARIABLE) or user_cache_dir("ppreflist", appauthor=False))


def dump(library: Library, stamp: str) -> bytes:
    """The index of a library: ``stamp``, a check sum, and one JSON document."""
    table: dict[Name, int] = {}
    entries: list[Row] = []
    for entry in library.entries:
        fields = entry.fields
        names = {
            field: [found.others, *(table.setdefault(name, len(table)) for name in found.names)]
            for field, found in entry.names.items()
        }
        entries.append(
            [
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
        )
    document = {
        "entries": entries,
        "names": [
            [each.family, each.given, each.particle, each.suffix, each.literal, each.given_initials] for each in table
        ],
        "macros": dict(library.macros),
        "problems": [
            [each.check, str(each.severity), each.message, each.key, each.field, each.line, each.column]
            for each in library.problems
        ],
    }
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return f"{stamp} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def load(index: bytes, stamp: str, path: str) -> Library | None:
    """The library in an index, or None when it was made from something else or is damaged."""
    end = index.find(b"\n")
    body = memoryview(index)[end + 1 :]
    if index[:end] != f"{stamp} {hashlib.sha256(body).hexdigest()}".encode():
        return None
    with without_collector():
        document = json.loads(bytes(body).decode("utf-8", "surrogatepass"))
        table = _NameTable(document["names"])
        entries = tuple(
            Entry(key, kind, _Fields(texts, latex, places), _Names(names, table), line, column, editable)
            for key, kind, line, column, editable, texts, latex, places, names in document["entries"]
        )
    problems = tuple(
        Problem(check, _SEVERITIES[severity], message, key, field, line, column)
        for check, severity, message, key, field, line, column in document["problems"]
    )
    return Library(entries, document["macros"], problems, path)


class _Fields(Mapping[str, Field]):
    """The fields of one entry, each made when it is asked for."""

    __slots__ = ("_latex", "_places", "_texts")

    def __init__(self, texts: dict[str, str], latex: dict[str, str], places: list[int]) -> None:
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
