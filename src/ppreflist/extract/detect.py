"""What kind of document some bytes are: told by their content, as names lie and standard input has none."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from ppreflist.bibtex.encoding import decode
from ppreflist.errors import DocumentUnreadable, LibraryUnreadable

_HTML: Final = re.compile(
    rb"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--.{0,2000}?-->\s{0,200}){0,3}<(?:!doctype\s+html|html|head|body|meta|title|article|div|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_RTF: Final = b"{\\rtf"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_OTHERS: Final = (
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"), (b"\x1f\x8b", "a compressed file"), (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"), (b"%!PS", "PostScript"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
    (b"ID3", "a recording"), (b"OggS", "a recording"), (b"SQLite format 3", "a data base"),
)  # fmt: skip


class Format(StrEnum):
    """What a document is."""

    TEXT = "text"
    HTML = "HTML"
    DOCX = "Word (.docx)"
    PDF = "PDF"


def format_of(data: bytes, path: str = "") -> Format:
    """The format of a document. DocumentUnreadable for what has no text that can be read here."""
    head = data[:1024]
    if b"%PDF-" in head:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        if b"word/" in data:
            return Format.DOCX
        kind = "an OpenDocument text" if b"opendocument" in data[:200] else "a ZIP archive, but not a Word document"
        raise DocumentUnreadable(f"this is {kind}", path=path, hint="Save it as .docx, PDF or plain text.")
    if head.startswith((_OLE, _RTF)):
        kind = "RTF" if head.startswith(_RTF) else "an old Word document (.doc), or a protected one"
        raise DocumentUnreadable(f"this is {kind}", path=path, hint="Save it as .docx, PDF or plain text.")
    for mark, kind in _OTHERS:
        if head.startswith(mark):
            raise DocumentUnreadable(f"this is {kind}, not text", path=path, hint="Give the text itself, or its PDF.")
    return Format.HTML if _HTML.match(data[:4096]) else Format.TEXT


def text_of(data: bytes, path: str = "") -> str:
    """The text in some bytes. DocumentUnreadable when they are none."""
    try:
        text = decode(data, path)[0]
    except LibraryUnreadable as error:
        hint = "Text, Markdown, HTML, Word (.docx) and PDF are read."
        raise DocumentUnreadable("this is not text", path=path, hint=hint) from error
    sample = text[:4096]
    odd = sum(not (each.isprintable() or each.isspace()) for each in sample)
    if odd * 10 > len(sample):
        hint = "Text, Markdown, HTML, Word (.docx) and PDF are read."
        raise DocumentUnreadable("this is not text", path=path, hint=hint)
    return text
