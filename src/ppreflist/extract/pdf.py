"""PDF -> lines with their pages, by pypdf (https://pypdf.readthedocs.io/en/stable/user/extract-text.html).

The text of a PDF is placed, not written: lines come as they stand on the page, words as far as the file tells them.
"""

from __future__ import annotations

import io
import logging
from typing import Final

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ppreflist.errors import DocumentUnreadable
from ppreflist.extract.document import Document, Line, line_of

MOST_PAGES: Final = 2000
_FEWEST_LETTERS: Final = 20
_AS_TEXT: Final = "Save it as text with another program (pdftotext FILE -), and give that."


def document(data: bytes, path: str = "") -> Document:
    """The lines of a PDF. DocumentUnreadable when it is protected, scanned without text recognition, or damaged."""
    # pypdf warns about every oddity of a file; what matters to people is whether text came out of it.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            hint = "Open it with the password and save it without one, or save its text."
            raise DocumentUnreadable("it is protected by a password", path=path, hint=hint)
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise DocumentUnreadable(
                f"it has {count} pages", path=path, hint=f"At most {MOST_PAGES} are read: split it."
            )
        lines = [line for number in range(count) for line in _page(reader, number)]
    except DependencyError as error:
        hint = "pip install cryptography, or save it without protection."
        raise DocumentUnreadable(
            "it is encrypted in a way that needs one more package", path=path, hint=hint
        ) from error
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError) as error:
        # A damaged file makes pypdf stumble in many ways; all of them mean the same to people.
        raise DocumentUnreadable("the PDF is damaged", path=path, hint=_AS_TEXT) from error
    letters = sum(character.isalpha() for line in lines for character in line.text)
    if letters < _FEWEST_LETTERS:
        hint = "Let a text recognition (OCR) program read it, for example: ocrmypdf IN.pdf OUT.pdf"
        raise DocumentUnreadable(
            "there is no text in this PDF: it is a scan, or has pictures only", path=path, hint=hint
        )
    return Document(tuple(lines))


def _page(reader: PdfReader, number: int) -> list[Line]:
    text = reader.pages[number].extract_text()
    return [line_of(raw, at, number + 1) for at, raw in enumerate(text.split("\n"), 1)]
