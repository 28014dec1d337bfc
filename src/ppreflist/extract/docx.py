"""Word documents (.docx) -> lines, one for each paragraph (ECMA-376, part 1, 17.3.1 'Paragraphs').

The number of a line is that of its paragraph. Only ``word/document.xml``, the notes and the targets of links are read,
piece by piece and no further than a bound, so that a ZIP bomb costs little; entities and DTDs are refused (defusedxml).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ppreflist.errors import DocumentUnreadable
from ppreflist.extract.document import Document, Line, line_of
from ppreflist.model.identifier import recognise

MOST_BYTES: Final = 64 * 1024 * 1024
"""Bytes of one part when unpacked; a book of a thousand pages has about ten million."""
_HONEST: Final = 150
_HONEST_SIZE: Final = 4 * 1024 * 1024
"""XML of this size or more that was packed to less than one in so many is a bomb: real text comes to one in thirty."""
_BOMB: Final = "it unpacks to far more than any honest document"
MOST_LINES: Final = 500_000
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_ID: Final = re.compile(r"\}id\Z")
_PARTS: Final = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_AGAIN: Final = "Open it with a word processor and save it again, or save it as plain text."


def document(data: bytes, path: str = "") -> Document:
    """The paragraphs of a Word document. DocumentUnreadable when it is damaged, protected or unreasonably large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if any(
                each.file_size > _HONEST_SIZE and each.file_size > _HONEST * each.compress_size
                for each in archive.infolist()
            ):
                raise DocumentUnreadable(_BOMB, path=path, hint=_AGAIN)
            if _PARTS[0] not in names:
                raise DocumentUnreadable("this ZIP archive holds no Word document", path=path, hint=_AGAIN)
            lines: list[Line] = []
            number = 0
            for part in _PARTS:
                if part in names:
                    targets = _targets(archive, names, part)
                    with archive.open(part) as stream:
                        for paragraph in _paragraphs(_Bounded(stream, path), targets):
                            number += 1
                            if paragraph[0].strip():
                                lines += [_line(paragraph, number), Line("", number)]
                            if len(lines) > MOST_LINES:
                                raise DocumentUnreadable("it has too many paragraphs", path=path, hint=_AGAIN)
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise DocumentUnreadable("it is protected by a password", path=path, hint="Save it without one.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ParseError, DefusedXmlException) as error:
        raise DocumentUnreadable("the Word document is damaged", path=path, hint=_AGAIN) from error
    return Document(tuple(lines))


def _line(paragraph: tuple[str, str, bool], number: int) -> Line:
    text, style, numbered = paragraph
    return line_of(text, number, heading=style.lower().startswith(("heading", "title")), item=numbered)


class _Bounded:
    """A part of the archive, unpacked no further than a bound."""

    def __init__(self, stream: IO[bytes], path: str) -> None:
        self._stream = stream
        self._path = path
        self._left = MOST_BYTES

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(min(size if size > 0 else 65536, 65536))
        self._left -= len(data)
        if self._left < 0:
            raise DocumentUnreadable(_BOMB, path=self._path, hint=_AGAIN)
        return data


def _targets(archive: zipfile.ZipFile, names: set[str], part: str) -> dict[str, str]:
    """The targets of the links of a part, by the identifiers of their relationships (ECMA-376, part 2, 9.3)."""
    name = part.replace("word/", "word/_rels/") + ".rels"
    found: dict[str, str] = {}
    if name in names:
        with archive.open(name) as stream:
            for _, element in iterparse(_Bounded(stream, part), ("end",)):
                if element.get("TargetMode") == "External":
                    found[element.get("Id", "")] = element.get("Target", "")
                element.clear()
    return found


def _paragraphs(stream: Any, targets: dict[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Each paragraph's text, the name of its style, and whether it is numbered."""
    text: list[str] = []
    style, numbered, deleted = "", False, 0
    parents: list[Any] = []
    for event, element in iterparse(stream, ("start", "end")):
        if event == "start":
            parents.append(element)
        else:
            parents.pop()
        tag = element.tag.replace(_STRICT, _W)
        if not tag.startswith(_W):
            continue
        name = tag[len(_W) :]
        if event == "start":
            deleted += name in ("del", "moveFrom")
            continue
        if name in ("del", "moveFrom"):
            deleted -= 1
        elif name == "t" and not deleted:
            text.append(element.text or "")
        elif name in ("tab", "br", "cr"):
            text.append(" ")
        elif name == "noBreakHyphen":
            text.append("-")
        elif name == "pStyle":
            style = next((value for key, value in element.attrib.items() if key.endswith("}val")), "")
        elif name == "numPr":
            numbered = True
        elif name == "hyperlink":
            text.append(_hidden_target(element, targets, "".join(text[-20:])))
        elif name == "p":
            yield "".join(text)[:100_000], style, numbered
            text, style, numbered = [], "", False
            if parents:
                parents[-1].clear()  # this paragraph, too: memory is that of one paragraph


def _hidden_target(element: Any, targets: dict[str, str], shown: str) -> str:
    """The target of a link when it is an identifier that the text does not show."""
    key = next((value for name, value in element.attrib.items() if _ID.search(name)), "")
    target = targets.get(key, "")
    found = recognise(target) if target.startswith("http") else None
    return f" {target} " if found is not None and found.value.lower() not in shown.lower() else ""
