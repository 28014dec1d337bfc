"""RIS records."""

from __future__ import annotations

from typing import Any

import pytest

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.formats.csljson import item
from ppreflist.formats.ris import record, records


def lines(source: str) -> list[str]:
    found = library(BibFile.parse(source))
    return record(item(found.entries[0], found)).split("\r\n")


def test_an_article() -> None:
    assert lines(r"""@article{k, author={van Beethoven, Jr, Ludwig and {WHO}}, title={The {DNA} of \emph{X}},
        journal={J. Music}, date={2012-03-27}, volume=78, number=13, pages={1009--1015}, doi={10.1/x}, issn={1066-5331},
        url={http://x.org}, urldate={2020-01-02}, keywords={a, b}, note={First
        second}}""") == [
        "TY  - JOUR",
        "ID  - k",
        "AU  - van Beethoven, Ludwig, Jr",
        "AU  - WHO",
        "TI  - The DNA of X",
        "T2  - J. Music",
        "VL  - 78",
        "IS  - 13",
        "DO  - 10.1/x",
        "UR  - http://x.org",
        "N1  - First second",
        "PY  - 2012",
        "DA  - 2012/03/27",
        "Y2  - 2020/01/02",
        "SP  - 1009",
        "EP  - 1015",
        "SN  - 1066-5331",
        "KW  - a",
        "KW  - b",
        "ER  - ",
        "",
        "",
    ]


def test_a_chapter_of_a_crossref_parent() -> None:
    found = lines(
        "@incollection{k, title={Ch}, crossref={b}} @book{b, title={B}, editor={E, F}, publisher={P}, address={L}}"
    )
    for line in ("TY  - CHAP", "T2  - B", "A2  - E, F", "PB  - P", "CY  - L"):
        assert line in found


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({"type": "book", "issued": {"literal": "in press"}}, "PY  - in press"),
        ({"type": "book", "page": "1–3, 7–9"}, "SP  - 1–3, 7–9"),
        ({"type": "article-journal", "number": "e1234"}, "M1  - e1234"),
        ({"type": "something-else"}, "TY  - GEN"),
        ({"type": "book", "title": "a\r\nER  - \nTY  - BOOK"}, "TI  - a ER - TY - BOOK"),
        ({"type": "book", "title": "a\u2028b\x85c"}, "TI  - a b c"),
    ],
)
def test_single_lines(data: dict[str, Any], line: str) -> None:
    assert line in record(data).split("\r\n")


def test_each_record_ends_and_nothing_can_end_it_early() -> None:
    text = records([{"id": "a", "type": "book", "title": "x\nER  - "}, {"id": "b", "type": "book"}])
    assert text.count("\r\nER  - \r\n") == 2
    assert text.endswith("ER  - \r\n\r\n")
