"""RIS files as EndNote, Zotero, Mendeley and publishers write them."""

from __future__ import annotations

from typing import Any

import pytest
import rispy

from ppreflist.formats import ris
from ppreflist.formats.imported import Record

ZOTERO = """TY  - JOUR
TI  - Post-polio syndrome patients treated with <i>intravenous</i> immunoglobulin
AU  - Farbu, E.
AU  - Vik-Mo, E.
AU  - van der Meché, F. G. A.
T2  - European Journal of Neurology
AB  - First paragraph
which goes on, TY  - not a tag here.

Second paragraph
DA  - 2007/01//
PY  - 2007
DO  - 10.1111/j.1468-1331.2006.01552.x
VL  - 14
IS  - 1
SP  - 60
EP  - 65
J2  - Eur J Neurol
SN  - 1351-5101
UR  - https://onlinelibrary.wiley.com/doi/10.1111/j.1468-1331.2006.01552.x
Y2  - 2024/03/05/10:12:00
L1  - http://example.org/full.pdf
KW  - IVIg
KW  - Immunoglobulins, Intravenous
ER  -
"""


def read(text: str) -> list[Record]:
    reading = ris.read(text)
    assert not reading.unread
    return reading.records


def item(body: str) -> dict[str, Any]:
    (record,) = read(f"{body}\nER  - \n")
    return record.item


def test_an_article_of_zotero() -> None:
    (record,) = read(ZOTERO)
    assert record.item == {
        "type": "article-journal",
        "title": "Post-polio syndrome patients treated with <i>intravenous</i> immunoglobulin",
        "author": [
            {"family": "Farbu", "given": "E."},
            {"family": "Vik-Mo", "given": "E."},
            {"non-dropping-particle": "van der", "family": "Meché", "given": "F. G. A."},
        ],
        "container-title": "European Journal of Neurology",
        "container-title-short": "Eur J Neurol",
        "abstract": "First paragraph which goes on, TY  - not a tag here. Second paragraph".replace("  ", " "),
        "issued": {"date-parts": [[2007, 1]]},
        "DOI": "10.1111/j.1468-1331.2006.01552.x",
        "volume": "14",
        "issue": "1",
        "page": "60–65",
        "ISSN": "1351-5101",
        "URL": "https://onlinelibrary.wiley.com/doi/10.1111/j.1468-1331.2006.01552.x",
        "accessed": {"date-parts": [[2024, 3, 5]]},
        "keyword": "IVIg, Immunoglobulins Intravenous",
    }
    assert record.left_out == ("L1",)
    assert record.line == 1


@pytest.mark.parametrize(
    ("body", "variable", "value"),
    [
        ("TY  - JOUR\nT1  - Old tag\nA1  - Borg, K", "author", [{"family": "Borg", "given": "K"}]),
        ("TY  - JOUR\nTI  - x\nAU  - Borg KM", "author", [{"family": "Borg", "given": "K. M."}]),
        ("TY  - JOUR\nTI  - x\nAU  - World Health Organization", "author", [{"literal": "World Health Organization"}]),
        ("TY  - JOUR\nTI  - x\nAU  - WHO,", "author", [{"literal": "WHO"}]),
        ("TY  - JOUR\nTI  - x\nAU  - King, M., Jr", "author", [{"family": "King", "given": "M.", "suffix": "Jr"}]),
        ("TY  - JOUR\nTI  - x\nSP  - 1009\nEP  - 15", "page", "1009–1015"),
        ("TY  - JOUR\nTI  - x\nSP  - 1009-1015\nEP  - 1015", "page", "1009-1015"),
        ("TY  - JOUR\nTI  - x\nPY  - 2012///Spring", "issued", {"date-parts": [[2012]]}),
        ("TY  - JOUR\nTI  - x\nPY  - 2012\nDA  - Mar 27", "issued", {"date-parts": [[2012, 3, 27]]}),
        ("TY  - JOUR\nTI  - x\nY1  - 2012/03/27/", "issued", {"date-parts": [[2012, 3, 27]]}),
        ("TY  - JOUR\nTI  - x\nPY  - in press", "issued", {"literal": "in press"}),
        ("TY  - JOUR\nTI  - x\nJO  - Lancet\nJF  - The Lancet", "container-title", "The Lancet"),
        ("TY  - JOUR\nTI  - x\nJA  - Lancet Neurol", "container-title", "Lancet Neurol"),
        ("TY  - JOUR\nTI  - x\nM3  - doi: 10.1000/182", "DOI", "10.1000/182"),
        ("TY  - JOUR\nTI  - x\nDO  - https://doi.org/10.1000/182", "DOI", "10.1000/182"),
        ("TY  - JOUR\nTI  - x\nAN  - 17222116\nDB  - PubMed", "PMID", "17222116"),
        ("TY  - JOUR\nTI  - x\nC2  - PMC38908", "PMCID", "PMC38908"),
        ("TY  - JOUR\nTI  - x\nSN  - 0028-3878 (Print)", "ISSN", "0028-3878"),
        ("TY  - BOOK\nTI  - x\nSN  - 978-0-262-03384-8", "ISBN", "978-0-262-03384-8"),
        ("TY  - BOOK\nTI  - x\nSN  - 978 0 262 03384 8", "ISBN", "978-0-262-03384-8"),
        ("TY  - JOUR\nTI  - x\nSN  - 0028-3878 (Print) 1526-632X (Electronic)", "ISSN", "0028-3878"),
        ("TY  - BOOK\nTI  - x\nSP  - 320", "number-of-pages", "320"),
        ("TY  - BOOK\nTI  - x\nA2  - Series, E.\nA3  - Volume, E.", "editor", [{"family": "Volume", "given": "E."}]),
        ("TY  - EDBOOK\nTI  - x\nAU  - Editor, E.", "editor", [{"family": "Editor", "given": "E."}]),
        ("TY  - BOOK\nBT  - Only a book title", "title", "Only a book title"),
        ("TY  - BOOK\nTI  - x\nT2  - A series", "collection-title", "A series"),
        ("TY  - CHAP\nTI  - x\nT2  - A book\nED  - Editor, E.", "editor", [{"family": "Editor", "given": "E."}]),
        ("TY  - CONF\nTI  - x\nT2  - The meeting\nC3  - The proceedings", "event-title", "The meeting"),
        ("TY  - RPRT\nTI  - x\nSN  - TR-12", "number", "TR-12"),
        ("TY  - UNPB\nTI  - x\nM3  - Preprint", "type", "article"),
        ("TY  - FOO\nTI  - x", "type", "document"),
        ("TY - JOUR\nTI - one space\nPY - 2001", "title", "one space"),
        ("TY  - JOUR\nTI  - x\nKW  - a; b", "keyword", "a, b"),
    ],
)  # fmt: skip
def test_what_a_tag_says(body: str, variable: str, value: object) -> None:
    assert item(body)[variable] == value


def test_keys_are_those_that_look_like_keys() -> None:
    text = "".join(f"TY  - BOOK\nID  - {key}\nTI  - x\nER  - \n" for key in ("borg2006", "1234", "a b", "x,y"))
    assert [record.key for record in read(text)] == ["borg2006", "", "", ""]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_marks(end: str) -> None:
    records = read("\ufeff" + ("\n\n" + ZOTERO + ZOTERO).replace("\n", end).lstrip("\ufeff"))
    assert [record.line for record in records] == [3, 3 + ZOTERO.count("\n")]


def test_one_bad_record_costs_only_itself() -> None:
    reading = ris.read(
        "Provider: somebody\n\nTY  - JOUR\nAU  - Borg, K\n\nTY  - JOUR\nTI  - not closed\n"
        "TY  - BOOK\nTI  - good\nER  - \nAU  - stray\nTI  - stray\n\nTY  - BOOK\nTI  - cut o"
    )
    assert [record.item["title"] for record in reading.records] == ["not closed", "good", "cut o"]
    assert [(each.line, each.message) for each in reading.unread] == [
        (3, "the record has no title"),
        (11, "the tag AU stands outside of a record"),
    ]


def test_a_second_text_under_one_tag_is_named() -> None:
    (record,) = read("TY  - BOOK\nTI  - x\nPB  - A\nPB  - B\nUR  - javascript:alert(1)\nC5  - y\nER  - \n")
    assert record.left_out == ("PB", "C5")
    assert record.warnings == ("the address 'javascript:alert(1)' was left out: it is not one of the web",)
    assert "URL" not in record.item


def test_rispy_reads_what_is_written() -> None:
    items = [
        {"id": f"k{n}", "type": "article-journal", "title": f"Title {n}", "container-title": "J", "page": "1–9",
         "author": [{"family": "Borg", "given": "K."}, {"literal": "WHO"}], "issued": {"date-parts": [[2012, 3]]}}
        for n in range(3)
    ]  # fmt: skip
    found = rispy.loads(ris.records(items))
    assert [each["id"] for each in found] == ["k0", "k1", "k2"]
    assert found[0]["authors"] == ["Borg, K.", "WHO"]
    assert (found[0]["start_page"], found[0]["end_page"], found[0]["year"]) == ("1", "9", "2012")


def test_rispy_and_this_reader_agree_on_sound_records() -> None:
    (theirs,) = rispy.loads(ZOTERO)
    (ours,) = read(ZOTERO)
    assert theirs["title"] == ours.item["title"]
    assert theirs["doi"] == ours.item["DOI"]
    assert theirs["keywords"][0] == "IVIg"


@pytest.mark.parametrize(
    "text",
    ["TY  - JOUR\nTI  - A\n\nTY  - JOUR\nTI  - B\nER  - \n", "TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nTI  - B"],
)
def test_why_rispy_is_not_the_reader(text: str) -> None:
    """If this fails, rispy has learnt to keep such records: think again about using it."""
    assert len(rispy.loads(text)) == 1
    assert [record.item["title"] for record in read(text)] == ["A", "B"]


def test_a_hostile_file_takes_no_time_to_speak_of() -> None:
    assert len(ris.read("TY  - JOUR\nTI  - x\n" + "AB  - y\n" * 50_000 + "z\n" * 50_000).records) == 1
    assert len(ris.read("TY  - BOOK\n" * 3000).unread) == 3000
