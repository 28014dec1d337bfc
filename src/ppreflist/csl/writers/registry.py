"""Output formats by name."""

from __future__ import annotations

from typing import Final

from ppreflist.csl.writers import asciidoc, html, latex, markdown, org, rst, rtf, text, typst
from ppreflist.csl.writers.writer import Writer

WRITERS: Final[dict[str, Writer]] = {
    each.name: each
    for each in (
        html.writer,
        text.writer,
        markdown.writer,
        latex.writer,
        rtf.writer,
        rst.writer,
        asciidoc.writer,
        typst.writer,
        org.writer,
    )
}
