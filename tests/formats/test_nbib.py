"""PubMed's format, as PubMed saves it."""

from __future__ import annotations

from typing import Any

import pytest

from ppreflist.formats import nbib

ARTICLE = """
PMID- 17222116
OWN - NLM
STAT- MEDLINE
DCOM- 20070306
IS  - 1468-1331 (Electronic)
IS  - 1351-5101 (Print)
IS  - 1351-5101 (Linking)
VI  - 14
IP  - 1
DP  - 2007 Jan
TI  - Post-polio syndrome patients treated with intravenous immunoglobulin: a
      double-blinded randomized controlled pilot study.
PG  - 60-5
LID - 10.1111/j.1468-1331.2006.01552.x [doi]
AB  - Post-polio syndrome (PPS) is characterized by new muscle weakness, pain and
      fatigue several years after the acute polio (P < 0.05).
FAU - Farbu, E
AU  - Farbu E
AD  - Department of Neurology, Stavanger University Hospital.
FAU - King, Martin L Jr
AU  - King ML Jr
CN  - The Study Group.
LA  - eng
PT  - Journal Article
PT  - Randomized Controlled Trial
PL  - England
TA  - Eur J Neurol
JT  - European journal of neurology
MH  - Aged
MH  - Immunoglobulins, Intravenous/administration & dosage/*therapeutic use
MH  - *Postpoliomyelitis Syndrome
OT  - ivig
PMC - PMC38908
EDAT- 2007/01/16 09:00
SO  - Eur J Neurol. 2007 Jan;14(1):60-5. doi: 10.1111/j.1468-1331.2006.01552.x.
"""
CHAPTER = """
PMID- 21249755
STAT- Publisher
PB  - National Center for Biotechnology Information (US)
DP  - 2009
TI  - Peutz-Jeghers Syndrome
BTI - Cancer Syndromes
FED - Riegert-Johnson, Douglas L
ED  - Riegert-Johnson DL
AU  - Gleeson FC
LA  - ger
PT  - Book Chapter
PL  - Bethesda (MD)
"""


def item(text: str) -> dict[str, Any]:
    (record,) = nbib.read(text).records
    return record.item


def test_an_article() -> None:
    reading = nbib.read(ARTICLE)
    (record,) = reading.records
    assert not reading.unread
    assert record.line == 2
    assert record.left_out == ("AD",)
    assert record.item == {
        "type": "article-journal",
        "title": "Post-polio syndrome patients treated with intravenous immunoglobulin: a double-blinded randomized "
        "controlled pilot study",
        "container-title": "European journal of neurology",
        "container-title-short": "Eur J Neurol",
        "author": [
            {"family": "Farbu", "given": "E."},
            {"family": "King", "given": "Martin L.", "suffix": "Jr"},
            {"literal": "The Study Group"},
        ],
        "issued": {"date-parts": [[2007, 1]]},
        "volume": "14",
        "issue": "1",
        "page": "60–65",
        "DOI": "10.1111/j.1468-1331.2006.01552.x",
        "ISSN": "1351-5101",
        "PMID": "17222116",
        "PMCID": "PMC38908",
        "language": "en",
        "abstract": "Post-polio syndrome (PPS) is characterized by new muscle weakness, pain and fatigue several years "
        "after the acute polio (P < 0.05).",
        "keyword": "ivig, Aged, Immunoglobulins Intravenous, Postpoliomyelitis Syndrome",
    }


def test_a_chapter() -> None:
    assert item(CHAPTER) == {
        "type": "chapter",
        "title": "Peutz-Jeghers Syndrome",
        "container-title": "Cancer Syndromes",
        "author": [{"family": "Gleeson", "given": "F. C."}],
        "editor": [{"family": "Riegert-Johnson", "given": "Douglas L."}],
        "issued": {"date-parts": [[2009]]},
        "publisher": "National Center for Biotechnology Information (US)",
        "publisher-place": "Bethesda (MD)",
        "language": "de",
        "PMID": "21249755",
    }


@pytest.mark.parametrize(
    ("tags", "variable", "value"),
    [
        ("TI  - x\nDP  - 1996 Jul 9", "issued", {"date-parts": [[1996, 7, 9]]}),
        ("TI  - x\nDP  - 2012 Nov-Dec", "issued", {"date-parts": [[2012, 11], [2012, 12]]}),
        ("TI  - x\nDP  - 2012 Winter", "issued", {"date-parts": [[2012]], "season": 4}),
        ("TI  - x\nDP  - soon", "issued", {"literal": "soon"}),
        ("TI  - x\nPG  - S12-20, 30", "page", "S12–S20, 30"),
        ("TI  - x\nLID - e1234 [pii]", "number", "e1234"),
        ("TI  - x\nAID - S0140-6736(07)60000-1 [pii]\nAID - 10.1000/182 [doi]", "DOI", "10.1000/182"),
        ("TI  - x\nPT  - Journal Article\nPT  - Preprint", "type", "article"),
        ("TI  - [A translated title].\nTT  - Ein Titel.", "original-title", "Ein Titel"),
        ("BTI - A book.\nPB  - P", "title", "A book"),
        ("TI  - x\nTA  - Only short", "container-title", "Only short"),
    ],
)
def test_what_a_tag_says(tags: str, variable: str, value: object) -> None:
    assert item(f"PMID- 1\n{tags}\n")[variable] == value


def test_one_bad_record_costs_only_itself() -> None:
    text = f"{ARTICLE}\nPMID- 2\nOWN - NLM\nVI  - 3\n{CHAPTER}\n<html>a notice of the server</html>\n{ARTICLE}"
    lines = text.split("\n")
    reading = nbib.read(text)
    assert [record.item["PMID"] for record in reading.records] == ["17222116", "21249755", "17222116"]
    assert [(each.line, each.message) for each in reading.unread] == [
        (lines.index("PMID- 2") + 1, "the record has no title"),
        (lines.index("<html>a notice of the server</html>") + 1, "this text belongs to no record"),
    ]


def test_a_long_text_is_wrapped_as_pubmed_does() -> None:
    text = nbib.record({"type": "article-journal", "title": "word " * 60, "PMID": "1", "abstract": "A" * 200})
    lines = text.splitlines()
    assert lines[0] == "PMID- 1"
    assert all(len(line) <= 87 or "A" * 200 in line for line in lines)
    assert all(line[4] == "-" or line.startswith("      ") for line in lines)
    assert item(text)["title"] == " ".join(["word"] * 60)


def test_a_long_record_takes_no_time_to_speak_of() -> None:
    assert len(item("PMID- 1\nTI  - x\nAB  - y\n" + "      z\n" * 100_000)["abstract"]) == 200_001
