"""EndNote XML as EndNote, Zotero and Mendeley export it."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from ppreflist.formats import endnote, ristags

STYLED = """<?xml version="1.0" encoding="UTF-8" ?><xml><records><record><database name="My.enl">My.enl</database>
<source-app name="EndNote" version="17.4">EndNote</source-app><rec-number>12</rec-number>
<foreign-keys><key app="EN" db-id="x">12</key></foreign-keys><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal" font="default" size="100%">Farbu, E.</style></author>
<author><style face="normal" font="default" size="100%">World Health Organization,</style></author></authors>
</contributors>
<auth-address>Stavanger</auth-address>
<titles><title><style face="normal">Effects in </style><style face="italic">E. coli</style><style face="normal"> &amp;
CO</style><style face="subscript">2</style></title>
<secondary-title>European Journal of Neurology</secondary-title></titles>
<periodical><full-title>European Journal of Neurology</full-title><abbr-1>Eur J Neurol</abbr-1></periodical>
<pages>60-65</pages><volume>14</volume><number>1</number><edition>2006/12/01</edition>
<keywords><keyword>ivig</keyword><keyword>trial</keyword></keywords>
<dates><year>2007</year><pub-dates><date>Jan</date></pub-dates></dates><isbn>1351-5101</isbn>
<accession-num>17222116</accession-num><abstract>Text</abstract><label>farbu2007</label>
<urls><related-urls><url>https://example.org/a?b=1&amp;c=2</url></related-urls></urls>
<custom2>PMC38908</custom2><electronic-resource-num>10.1111/j.1468-1331.2006.01552.x</electronic-resource-num>
<remote-database-name>PubMed</remote-database-name></record>
</records></xml>
"""


def test_an_article_of_endnote() -> None:
    reading = endnote.read(STYLED)
    (record,) = reading.records
    assert not reading.unread
    assert record.item == {
        "type": "article-journal",
        "title": "Effects in <i>E. coli</i> & CO<sub>2</sub>",
        "author": [{"family": "Farbu", "given": "E."}, {"literal": "World Health Organization"}],
        "container-title": "European Journal of Neurology",
        "container-title-short": "Eur J Neurol",
        "page": "60-65",
        "volume": "14",
        "issue": "1",
        "edition": "2006/12/01",
        "keyword": "ivig, trial",
        "issued": {"date-parts": [[2007, 1]]},
        "ISSN": "1351-5101",
        "PMID": "17222116",
        "PMCID": "PMC38908",
        "abstract": "Text",
        "URL": "https://example.org/a?b=1&c=2",
        "DOI": "10.1111/j.1468-1331.2006.01552.x",
    }
    assert (record.line, record.key, record.left_out) == (1, "farbu2007", ("auth-address",))


def test_types_by_number_and_by_name() -> None:
    text = "".join(f"<record><ref-type {kind}<titles><title>x</title></titles></record>" for kind in (
        'name="Book">6</ref-type>', 'name="Thesis"></ref-type>', 'name="Odd">99</ref-type>', 'name="Book"/>',
    ))  # fmt: skip
    reading = endnote.read(f"<xml><records>{text}</records></xml>")
    assert [record.item["type"] for record in reading.records] == ["book", "thesis", "document", "book"]


def test_one_bad_record_costs_only_itself() -> None:
    record = "<record>\n<ref-type name='Book'>6</ref-type>\n<titles><title>{}</title></titles></record>\n"
    text = (
        record.format("good")
        + record.format("a & b")
        + record.format("&nbsp;")
        + record.format("")
        + record.format("fine")
    )
    reading = endnote.read(f"<xml><records>\n{text}<record><titles>")
    assert [each.item["title"] for each in reading.records] == ["good", "fine"]
    assert [(each.line, each.message) for each in reading.unread] == [
        (7, "this record is no XML: not well-formed (invalid token)"),
        (10, "this record is no XML: undefined entity"),
        (11, "the record has no title"),
        (17, "the file ends inside of this record: it was cut off"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><xml><record>&lol2;</record></xml>',
        '<?xml version="1.0"?>\n<!doctype r SYSTEM "file:///etc/passwd"><xml><record><title>x</title></record></xml>',
    ],
)  # fmt: skip
def test_bombs_and_external_entities_are_refused(text: str) -> None:
    reading = endnote.read(text)
    assert not reading.records
    assert "declares a document type" in reading.unread[0].message


def test_depth_and_size_are_no_trouble() -> None:
    deep = "<style>" * 20_000 + "x" + "</style>" * 20_000
    assert endnote.read(f"<xml><record><titles><title>{deep}</title></titles></record></xml>").records
    assert len(endnote.read("<record><titles>&</record>" * 1000).unread) == 100


def test_what_is_written_is_well_formed_and_shows_no_tags() -> None:
    text = endnote.records(
        [
            {
                "id": "a",
                "type": "book",
                "title": '<span class="nocase">DNA</span> & <i>x</i>\x00',
                "publisher": "<i>P</i> <q>",
            }
        ]
    )
    root = fromstring(text)
    assert [style.get("face") for style in root.iterfind(".//title/style")] == ["normal", "italic"]
    assert "".join(root.find(".//title").itertext()) == "DNA & x"  # type: ignore[union-attr]
    assert "".join(root.find(".//publisher").itertext()) == "P <q>"  # type: ignore[union-attr]


def test_every_type_has_a_number() -> None:
    for kind in ristags.TYPES:
        record = fromstring(endnote.records([{"id": "a", "type": kind, "title": "x"}])).find(".//ref-type")
        assert record is not None
        assert record.text != "13", kind
