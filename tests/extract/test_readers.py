"""The readers of HTML, Word and PDF, with files that are damaged, protected and hostile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from tests.extract import papers

from ppreflist.errors import DocumentUnreadable
from ppreflist.extract import docx, html, pdf
from ppreflist.extract.detect import Format, format_of, text_of
from ppreflist.extract.find import find
from ppreflist.extract.finding import Kind

FIRST = "1. Chen A. A study of many things. J Things 2001;2:3-4."
SECOND = "2. Bo C. Another study of many things. J Things 2002;3:5-6."

PAGE = f"""<!doctype html><html><head><title>T</title><script>var a = "10.1000/script";</script></head>
<body><nav><a href="https://doi.org/10.1000/nav">n</a></nav>
<h1>All about it</h1><p>Some prose with <a href="https://www.example.org/page">our page</a>
and me@example.org.</p>
<h2>References</h2>
<ol><li>{FIRST[3:].replace("-", "&ndash;")} <a href="https://doi.org/10.1000/things.3">Crossref</a></li>
<li><i>Bo C</i>. Another study of many
things. J Things 2002;3:5-6.</li></ol></body></html>"""


def test_a_web_page_is_read_with_the_lines_of_its_source() -> None:
    found = find(html.document(PAGE))
    assert [(each.kind, each.place.line) for each in found] == [(Kind.LISTED, 6), (Kind.LISTED, 7)]
    assert [str(each) for each in found[0].identifiers] == ["doi:10.1000/things.3"], "only the link's target has it"
    assert found[1].item["title"] == "Another study of many things"


def test_preformatted_text_keeps_its_lines() -> None:
    lines = html.document("<p>a</p>\n<pre>b\n\nc</pre>").lines
    assert [(line.text, line.number) for line in lines if line.text] == [("a", 1), ("b", 2), ("c", 4)]


@given(st.text(alphabet="<>/apreolishd !-=\"'&;#x\n", max_size=120))
def test_any_markup_is_read(text: str) -> None:
    html.document(text)


def test_a_word_document_is_read_by_its_paragraphs() -> None:
    data = papers.docx(
        papers.paragraph("Prose."), papers.paragraph("References", "Heading1"), papers.paragraph(FIRST),
        papers.paragraph(SECOND, link="rId5"), rId5="https://doi.org/10.1000/things.5",
    )  # fmt: skip
    found = find(docx.document(data))
    assert [each.place.line for each in found] == [3, 4]
    assert [str(each) for each in found[1].identifiers] == ["doi:10.1000/things.5"]


def test_deleted_text_of_a_word_document_is_left_out() -> None:
    deleted = "<w:p><w:del><w:r><w:t>gone</w:t></w:r></w:del><w:r><w:t>there</w:t></w:r></w:p>"
    assert [line.text for line in docx.document(papers.docx(deleted)).lines if line.text] == ["there"]


def test_a_pdf_is_read_by_pages() -> None:
    found = find(pdf.document(papers.pdf(["All about it", "References", FIRST], [SECOND])))
    assert [(each.kind, str(each.place)) for each in found] == [
        (Kind.LISTED, "page 1, line 3"),
        (Kind.LISTED, "page 2, line 1"),
    ]


def encrypted(user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(papers.pdf(["References", FIRST, SECOND]))))
    writer.encrypt(user, owner, algorithm="RC4-128")
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    assert len(find(pdf.document(encrypted("", "owner")))) == 2


def locked_docx() -> bytes:
    """A Word document of which the ZIP says that it is encrypted."""
    data = bytearray(papers.docx(papers.paragraph("x")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 1)
    return bytes(data)


def bomb() -> bytes:
    """Half a megabyte that unpacks to two hundred."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(50):
            part.write(b"<w:p></w:p>" * 100_000)
    return packed.getvalue()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "scan": (lambda: papers.pdf([]), "no text in this PDF", "OCR"),
    "protected-pdf": (lambda: encrypted("secret", "owner"), "protected by a password", "without one"),
    "cut-off-pdf": (lambda: b"%PDF-1.7\n1 0 obj\n<<", "damaged", "pdftotext"),
    "protected-docx": (locked_docx, "protected by a password", "without one"),
    "bomb": (bomb, "unpacks to far more", "word processor"),
    "entities": (lambda: papers.docx(papers.paragraph("&b;"), prolog=ENTITIES), "damaged", "word processor"),
    "broken-xml": (lambda: papers.docx("<w:p>"), "damaged", "word processor"),
    "cut-off-docx": (lambda: papers.docx(papers.paragraph("x"))[:-40], "damaged", "word processor"),
    "zip": (lambda: b"PK\x03\x04" + bytes(40), "not a Word document", ".docx"),
    "old-doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "old Word document", ".docx"),
    "rtf": (lambda: b"{\\rtf1 hello}", "RTF", ".docx"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture", "text"),
    "binary": (lambda: bytes(range(256)) * 4, "not text", "PDF"),
    "control": (lambda: b"\x01\x02\x03\x04abc" * 40, "not text", "PDF"),
}


def read(data: bytes) -> None:
    kind = format_of(data, "x")
    if kind is Format.PDF:
        pdf.document(data, "x")
    elif kind is Format.DOCX:
        docx.document(data, "x")
    else:
        text_of(data, "x")


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_said_with_what_to_do(name: str) -> None:
    made, message, hint = BAD[name]
    with pytest.raises(DocumentUnreadable) as caught:
        read(made())
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.path == "x"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Some <b>text</b>", Format.TEXT),
        (b"# Title\n\n* a list", Format.TEXT),
        (b"\n <!-- a comment -->\n<HTML>", Format.HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html>", Format.HTML),
        (b"<p>x", Format.HTML),
        (papers.pdf(["x"]), Format.PDF),
        (papers.docx(papers.paragraph("x")), Format.DOCX),
    ],
)
def test_the_content_tells_the_format(data: bytes, kind: Format) -> None:
    assert format_of(data) is kind


@settings(max_examples=60)
@given(st.integers(0, 600), st.integers(0, 255))
def test_any_damage_to_a_pdf_is_survived(place: int, value: int) -> None:
    data = bytearray(papers.pdf(["References", FIRST, SECOND]))
    data[place % len(data)] = value
    try:
        find(pdf.document(bytes(data)))
    except DocumentUnreadable:
        return
