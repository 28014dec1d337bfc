"""Bytes -> text -> the same bytes."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppreflist.bibtex.encoding import Encoding, decode, encode, lacking
from ppreflist.errors import LibraryUnreadable


@pytest.mark.parametrize(
    ("data", "text", "codec"),
    [
        (b"", "", "utf-8"),
        ("Sjöberg".encode(), "Sjöberg", "utf-8"),
        (codecs.BOM_UTF8 + "Sjöberg".encode(), "Sjöberg", "utf-8"),
        (codecs.BOM_UTF16_LE + "Sjöberg\r\n".encode("utf-16-le"), "Sjöberg\r\n", "utf-16-le"),
        (codecs.BOM_UTF16_BE + "Sjöberg".encode("utf-16-be"), "Sjöberg", "utf-16-be"),
        (codecs.BOM_UTF32_LE + "Sjöberg".encode("utf-32-le"), "Sjöberg", "utf-32-le"),
        (codecs.BOM_UTF32_BE + "Sjöberg".encode("utf-32-be"), "Sjöberg", "utf-32-be"),
        ("Sjöberg “x”".encode("cp1252"), "Sjöberg “x”", "cp1252"),
        (b"Sj\xf6berg \x81", "Sjöberg \x81", "latin-1"),
    ],
)
def test_finds_the_encoding(data: bytes, text: str, codec: str) -> None:
    found, encoding = decode(data)
    assert found == text
    assert encoding.codec == codec
    assert encode(found, encoding) == data


@settings(deadline=None)
@given(st.binary())
def test_bytes_come_back(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except LibraryUnreadable:
        return
    assert encode(text, encoding) == data


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_text_in_utf_8_comes_back(text: str) -> None:
    assert decode(text.encode()) == (text, Encoding())


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        ("@a{x}\n@b{y}".encode("utf-16-le"), "UTF-16", 1),
        ("@a{x}\n@b{y}".encode("utf-16-be"), "UTF-16", 1),
        (b"@a{x}\nbc\0d", "binary", 2),
        (b"\x7fELF\0\0\0\0\0\0", "binary", 1),
        (codecs.BOM_UTF16_LE + b"a", "UTF-16", 0),
        (codecs.BOM_UTF8 + b"\xff", "UTF-8", 0),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, message: str, line: int) -> None:
    with pytest.raises(LibraryUnreadable) as caught:
        decode(data, "refs.bib")
    assert message in caught.value.message
    assert caught.value.hint
    assert (caught.value.path, caught.value.line) == ("refs.bib", line)


def test_lacking() -> None:
    assert lacking("Sjöberg", Encoding("cp1252")) == ""
    assert lacking("Sjöberg Łódź", Encoding("cp1252")) == "Ł"
    assert lacking("“", Encoding("latin-1")) == "“"
    assert lacking("日本", Encoding("utf-16-le", codecs.BOM_UTF16_LE)) == ""
