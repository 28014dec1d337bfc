"""The bytes of a .bib file <-> text, so that writing gives back the bytes that were read.

Order of trial: a byte order mark (UTF-8, UTF-16, UTF-32), strict UTF-8, Windows-1252, Latin-1. Line ends are never
translated. Pure: no file is opened here.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from ppreflist.errors import LibraryUnreadable

_MARKS = (  # the UTF-32 marks first: the little-endian one begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TITLES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 (little-endian)",
    "utf-16-be": "UTF-16 (big-endian)",
    "utf-32-le": "UTF-32 (little-endian)",
    "utf-32-be": "UTF-32 (big-endian)",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's bytes are read and written: a Python codec name, and the byte order mark (empty: none)."""

    codec: str = "utf-8"
    mark: bytes = b""

    @property
    def title(self) -> str:
        """The name that people know."""
        return _TITLES.get(self.codec, self.codec)


UTF_8 = Encoding()


def decode(data: bytes, path: str = "") -> tuple[str, Encoding]:
    """The text and how it was encoded; ``encode`` is the exact inverse. LibraryUnreadable when it is not text."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(codec), Encoding(codec, mark)
            except UnicodeDecodeError as error:
                raise LibraryUnreadable(
                    f"the file begins with the mark of {_TITLES[codec]} but byte {error.start} is not",
                    hint="Save it as UTF-8 with a text editor.",
                    path=path,
                ) from error
    zero = data.find(b"\0")
    if zero >= 0:
        raise _not_text(data, zero, path)
    for codec in ("utf-8", "cp1252"):
        try:
            return data.decode(codec), Encoding(codec)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), Encoding("latin-1")


def encode(text: str, encoding: Encoding) -> bytes:
    """The bytes of ``text``. UnicodeEncodeError when the encoding lacks a character: edits are checked before."""
    return encoding.mark + text.encode(encoding.codec)


def lacking(text: str, encoding: Encoding) -> str:
    """The first character of ``text`` that the encoding cannot write, or an empty string."""
    try:
        text.encode(encoding.codec)
    except UnicodeEncodeError as error:
        return text[error.start]
    return ""


def _not_text(data: bytes, zero: int, path: str) -> LibraryUnreadable:
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    line = data.count(b"\n", 0, zero) + 1
    if max(even, odd) * 3 > len(sample) and min(even, odd) * 20 < len(sample):
        return LibraryUnreadable(
            "NUL bytes: this looks like UTF-16 without a byte order mark",
            hint="Save it as UTF-8 with a text editor (or: iconv -f UTF-16 -t UTF-8).",
            path=path,
            line=line,
        )
    return LibraryUnreadable(
        "NUL bytes: this looks like a binary file, not like a .bib file",
        hint="Check the file name; if it is a .bib file, restore it from a backup or from version control.",
        path=path,
        line=line,
    )
