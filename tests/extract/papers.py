"""PDF and Word files for tests, made here so that it is known what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def pdf(*pages: Sequence[str]) -> bytes:
    """A PDF with these lines on its pages (ISO 32000-1, 7.5 'File structure'; Latin-1 text only)."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        shown = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
        stream = "\n".join(["BT /F1 10 Tf 50 780 Td 12 TL", *(f"({line}) Tj T*" for line in shown), "ET"]).encode(
            "cp1252"
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        resources = b"<< /Font << /F1 3 0 R >> >>"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %s >>"
        objects.append(page % (len(objects), resources))
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = b"%PDF-1.4\n"
    offsets = []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def paragraph(text: str, style: str = "", link: str = "") -> str:
    """A paragraph of WordprocessingML; ``link`` is the relationship of a link "Full text" at its end."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    linked = f'<w:hyperlink r:id="{link}"><w:r><w:t>Full text</w:t></w:r></w:hyperlink>' if link else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text} </w:t></w:r>{linked}</w:p>'


def docx(*paragraphs: str, prolog: str = "", **targets: str) -> bytes:
    """A Word document with these paragraphs; ``targets`` are its relationships."""
    relationships = "".join(
        f'<Relationship Id="{name}" Type="hyperlink" Target="{target}" TargetMode="External"/>'
        for name, target in targets.items()
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        body = f"<w:document {_W}><w:body>{''.join(paragraphs)}</w:body></w:document>"
        archive.writestr("word/document.xml", f'<?xml version="1.0"?>{prolog}{body}')
        schema = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{schema}">{relationships}</Relationships>'
        )
    return packed.getvalue()
