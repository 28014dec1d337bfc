"""The catalogue of styles: what a style says about itself (specification, "Info"), to list and to search.

``installed()`` builds it from the style files once and keeps it in a cache; all else here is pure.
"""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from platformdirs import user_cache_path

from ppreflist.csl import locate

_CSL: Final = "{http://purl.org/net/xbiblio/csl}"
_CACHE_FORMAT: Final = "ppreflist styles 2"
_INFO_END: Final = b"</info>"
# What a style says about itself comes first; this much of the file nearly always holds it.
_INFO_BYTES: Final = 16 * 1024
_FILE: Final = "styles.tsv"


class StyleRecord(NamedTuple):
    """One installed style.

    ``format`` is the ``citation-format`` of its category (author, author-date, label, note, numeric), ``fields``
    its subjects (``medicine`` ...), ``parent`` the short name of the independent style that a dependent one uses
    ("" for an independent style), ``locale`` its ``default-locale`` or "", ``former`` the short names it once had.
    """

    name: str
    title: str
    short_title: str
    format: str
    fields: tuple[str, ...]
    parent: str
    locale: str
    former: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id by which other tools know the style."""
        return f"http://www.zotero.org/styles/{self.name}"


# name, title, short title, format, fields, parent, locale, former names, what a query is looked up in
_COLUMNS: Final = 9


def read_record(name: str, data: bytes, former: Sequence[str] = ()) -> tuple[str, ...] | None:
    """The row of a style file; None when it is not CSL. ``former``: the names it once had.

    Only what comes before ``</info>`` is parsed: it is a twentieth of an independent style.
    """
    end = data.find(_INFO_END)
    root: Element | None = None
    if end >= 0:
        root = _parse(data[: end + len(_INFO_END)] + b"</style>")
    if root is None:
        root = _parse(data)
    if root is None or root.tag != f"{_CSL}style":
        return None
    info = root.find(f"{_CSL}info")
    if info is None:
        return None
    title = _text(info, "title")
    short_title = _text(info, "title-short")
    citation_format = ""
    fields: list[str] = []
    parent = ""
    for child in info:
        if child.tag == f"{_CSL}category":
            citation_format = citation_format or child.get("citation-format", "").strip()
            if field := "_".join(child.get("field", "").split()):
                fields.append(field)
        elif child.tag == f"{_CSL}link" and child.get("rel") == "independent-parent":
            parent = _one_line(child.get("href", "").rstrip("/").rsplit("/", 1)[-1])
    return (
        name,
        title,
        short_title,
        _one_line(citation_format),
        " ".join(fields),
        parent,
        _one_line(root.get("default-locale", "")),
        " ".join(former),
        fold(" ".join((name, title, short_title, *former))),
    )


def _parse(data: bytes) -> Element | None:
    try:
        root = fromstring(data)
    except (ParseError, ValueError, LookupError, DefusedXmlException):
        return None
    return root if isinstance(root, Element) else None


def _text(info: Element, tag: str) -> str:
    child = info.find(f"{_CSL}{tag}")
    return _one_line("".join(child.itertext())) if child is not None else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def fold(text: str) -> str:
    """``text`` as it is compared in a search: no case, no accents, words between single spaces."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The installed styles, independent ones first, each group in the order of names."""

    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def build(cls, rows: Iterable[tuple[str, ...]]) -> Catalogue:
        return cls(tuple(sorted(rows, key=lambda row: (row[5] != "", row[0]))))

    def dumps(self, key: str) -> str:
        """The text of the cache file: a head line with a checksum and ``key``, then a line a style."""
        body = "\n".join("\t".join(row) for row in self.rows)
        return f"{_CACHE_FORMAT}\t{_checksum(body)}\t{key}\n{body}"

    @classmethod
    def loads(cls, text: str, key: str) -> Catalogue | None:
        """What ``dumps`` wrote; None when it is damaged, or was not made with the same ``key``."""
        head, _, body = text.partition("\n")
        if head != f"{_CACHE_FORMAT}\t{_checksum(body)}\t{key}":
            return None
        rows = tuple(tuple(line.split("\t")) for line in body.split("\n"))
        if any(len(row) != _COLUMNS for row in rows):
            return None
        return cls(rows)

    def __len__(self) -> int:
        return len(self.rows)

    def get(self, name: str) -> StyleRecord | None:
        """The style with this short name."""
        return next((_record(row) for row in self.rows if row[0] == name), None)

    def fields(self) -> list[str]:
        """The subjects that styles name, sorted."""
        return sorted({field for row in self.rows for field in row[4].split()})

    def search(
        self,
        query: str = "",
        *,
        field: str = "",
        citation_format: str = "",
        locale: str = "",
        dependent: bool | None = None,
    ) -> list[StyleRecord]:
        """The styles in whose name and titles every word of ``query`` begins a word, best first.

        ``field`` and ``citation_format`` must be equal, ``locale`` may be a language (``de``) or a dialect
        (``de-AT``); ``dependent`` limits to dependent (True) or independent styles. Best: the name or title is
        the query, begins with it, holds the words as they stand; independent before dependent, short before long.
        """
        words = fold(_query_name(query)).split()
        wanted = " ".join(words)
        field, locale = fold(field).replace(" ", "_"), locale.lower()
        found = []
        for row in self.rows:
            haystack = f" {row[8]}"
            if not all(f" {word}" in haystack for word in words):
                continue
            if citation_format and row[3] != citation_format:
                continue
            if field and field not in row[4].split():
                continue
            if locale and not f"{row[6].lower()}-".startswith(f"{locale}-"):
                continue
            if dependent is not None and dependent != bool(row[5]):
                continue
            found.append(row)
        if words:
            found.sort(key=lambda row: _rank(row, wanted))
        return [_record(row) for row in found]


def _query_name(query: str) -> str:
    """A style id is looked up by its last part."""
    return query.rstrip("/").rsplit("/", 1)[-1] if query.startswith(("http://", "https://")) else query


def _rank(row: tuple[str, ...], wanted: str) -> tuple[bool, bool, bool, bool, int, str]:
    name, title, short_title = fold(row[0]), fold(row[1]), fold(row[2])
    return (
        wanted not in (name, title, short_title, *map(fold, row[7].split())),
        bool(row[5]),
        not (name.startswith(wanted) or title.startswith(wanted)),
        f" {wanted} " not in f" {row[8]} ",
        len(row[0]),
        row[0],
    )


def _record(row: tuple[str, ...]) -> StyleRecord:
    name, title, short_title, citation_format, fields, parent, locale, former, _ = row
    return StyleRecord(
        name,
        title,
        short_title,
        citation_format,
        tuple(fields.split()),
        parent,
        locale,
        tuple(former.split()),
    )


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode('utf-8')):08x}"


def installed(cache_dir: Path | None = None) -> Catalogue:
    """Every installed style: name, title, field, format ... to list and to search.

    Built from the 10,844 style files once, then read back from ``cache_dir/styles.tsv`` (None: the user's
    cache directory) for as long as the installed package is the same. A cache that is missing, not
    writable, damaged or of another package is built anew: that is slower, never wrong.
    """
    key = _key()
    path = (user_cache_path("ppreflist", appauthor=False) if cache_dir is None else cache_dir) / _FILE
    try:
        stored = Catalogue.loads(path.read_text("utf-8"), key)
    except (OSError, UnicodeDecodeError):
        stored = None
    if stored is not None:
        return stored
    built = Catalogue.build(_read_rows())
    _write_whole(path, built.dumps(key))
    return built


def _read_rows() -> Iterator[tuple[str, ...]]:
    former: dict[str, list[str]] = {}
    for old, new in locate.renamed().items():
        former.setdefault(new, []).append(old)
    for folder in (locate.style_dir(), locate.style_dir() / "dependent"):
        for file_name in locate.list_styles(folder):
            with open(os.path.join(folder, file_name), "rb", buffering=0) as file:
                data = file.read(_INFO_BYTES)
                if len(data) == _INFO_BYTES and b"</info>" not in data:
                    data += file.read(locate.MAX_STYLE_BYTES)
            name = file_name[:-4]
            record = read_record(name, data, former.get(name, ()))
            if record is not None:
                yield record


def _key() -> str:
    """What the catalogue was made from: the place, the version and the times of the style folders."""
    stamps = [str(locate.style_dir())]
    for path in (locate.style_dir(), locate.style_dir() / "dependent", locate.style_dir().parent / "version.py"):
        try:
            stat = path.stat()
        except OSError:
            stamps.append("-")
        else:
            stamps.append(f"{stat.st_mtime_ns}:{stat.st_size}")
    return " ".join(stamps)


def _write_whole(path: Path, text: str) -> None:
    """Write the file at once or not at all; a cache that cannot be written is no error."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        if temporary:
            try:
                os.unlink(temporary)
            except OSError:
                return
