"""Entries as CSL-JSON items, and items as entries."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.latex import TAG_GUARD
from ppreflist.bibtex.read import library
from ppreflist.formats.cslentry import from_rich
from ppreflist.formats.csljson import entry_fields, item, styled


def read(source: str) -> dict[str, Any]:
    """The item of the first entry in ``source``."""
    found = library(BibFile.parse(source))
    return item(found.entries[0], found)


def variables(source: str, *names: str) -> list[Any]:
    made = read(source)
    return [made.get(name) for name in names]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("@article{a, journal={J}}", "article-journal"),
        ("@article{a, journaltitle={J}, entrysubtype={magazine}}", "article-magazine"),
        ("@article{a, journal={J}, entrysubtype={newspaper}}", "article-newspaper"),
        ("@article{a, title={T}}", "article"),
        ("@online{a, eprint={2301.12345}, eprinttype={arxiv}}", "article"),
        ("@misc{a, eprint={2301.12345}, archivePrefix={arXiv}}", "article"),
        ("@misc{a}", "document"),
        ("@www{a}", "webpage"),
        ("@electronic{a}", "webpage"),
        ("@techreport{a}", "report"),
        ("@phdthesis{a}", "thesis"),
        ("@inbook{a}", "chapter"),
        ("@incollection{a}", "chapter"),
        ("@conference{a}", "paper-conference"),
        ("@proceedings{a}", "book"),
        ("@patent{a}", "patent"),
        ("@dataset{a}", "dataset"),
        ("@software{a}", "software"),
        ("@unpublished{a}", "manuscript"),
        ("@unpublished{a, eventtitle={E}}", "speech"),
        ("@inreference{a}", "entry-encyclopedia"),
        ("@unheardof{a}", "document"),
    ],
)
def test_types(source: str, kind: str) -> None:
    assert read(source)["type"] == kind


def test_an_article() -> None:
    made = read(r"""@article{patwa2012,
      author = {van der Patwa, Jr, H. S. and {American Academy of Neurology} and others},
      title = {The {DNA} of \emph{E. coli} and H$_2$O}, subtitle = {a report}, journal = {Neurology \& Life},
      date = {2012-03-27}, volume = {78}, number = {13}, pages = {1009--1015}, doi = {https://doi.org/10.1212/ABC},
      urldate = {2020-01-02}, langid = {ngerman}, keywords = {a; b,c}, issn = {1066-5331}, shortjournal = {Neurol.}}""")
    assert made == {
        "id": "patwa2012",
        "citation-key": "patwa2012",
        "type": "article-journal",
        "author": [
            {"family": "Patwa", "given": "H. S.", "non-dropping-particle": "van der", "suffix": "Jr"},
            {"literal": "American Academy of Neurology"},
            {"literal": "others"},
        ],
        "title": 'The <span class="nocase">DNA</span> of <i>E. coli</i> and H<sub>2</sub>O: A report',
        "title-short": 'The <span class="nocase">DNA</span> of <i>E. coli</i> and H<sub>2</sub>O',
        "container-title": "Neurology & Life",
        "container-title-short": "Neurol.",
        "issued": {"date-parts": [[2012, 3, 27]]},
        "accessed": {"date-parts": [[2020, 1, 2]]},
        "volume": "78",
        "issue": "13",
        "page": "1009–1015",
        "DOI": "10.1212/ABC",
        "ISSN": "1066-5331",
        "language": "de",
        "keyword": "a, b, c",
    }


def test_article_numbers_become_number() -> None:
    assert variables("@article{a, journal={J}, pages={e0200001}}", "number", "page") == ["e0200001", None]
    assert variables("@article{a, journal={J}, eid={123}, number={4}}", "number", "issue") == ["123", "4"]
    assert variables("@article{a, journal={J}, pages={e12--e15}}", "number", "page") == [None, "e12–e15"]
    assert variables("@article{a, journal={J}, pages={S12--9, 614--7}}", "page") == ["S12–S19, 614–617"]


def test_numbers_by_type() -> None:
    assert variables("@report{a, number={TR-7}}", "number", "collection-number") == ["TR-7", None]
    assert variables("@book{a, series={S}, number={7}}", "collection-title", "collection-number") == ["S", "7"]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = {2006}, month = mar", {"date-parts": [[2006, 3]]}),
        ("date = {2012~}", {"date-parts": [[2012]], "circa": True}),
        ("date = {2012-21}", {"date-parts": [[2012]], "season": 1}),
        ("date = {2012/2014}", {"date-parts": [[2012], [2014]]}),
        ("date = {2012/}", {"date-parts": [[2012], [0]]}),
        ("date = {199X}", {"date-parts": [[1990], [1999]]}),
        ("date = {-0043}", {"date-parts": [[-44]]}),
        ("year = {in press}", {"literal": "in press"}),
        ("title = {undated}", None),
    ],
)
def test_dates(fields: str, date: Any) -> None:
    assert read(f"@book{{a, {fields}}}").get("issued") == date


def test_thesis_and_report_genres() -> None:
    assert variables("@phdthesis{a, school={U}}", "genre", "publisher") == ["Doctoral dissertation", "U"]
    assert variables("@mastersthesis{a}", "genre") == ["Master's thesis"]
    assert variables("@thesis{a, type={mathesis}, institution={U}}", "genre", "publisher") == ["Master's thesis", "U"]
    assert variables("@techreport{a, type={Working Paper}, institution={I}}", "genre", "publisher") == [
        "Working Paper",
        "I",
    ]


def test_titles_of_volumes_and_parts() -> None:
    source = "@book{a, title={Vol}, subtitle={Sub}, maintitle={Works}, volume=2}"
    assert variables(source, "title", "volume-title", "volume") == ["Works", "Vol: Sub", "2"]
    source = "@inbook{a, title={Ch}, booktitle={Vol}, maintitle={Works}}"
    assert variables(source, "title", "container-title", "volume-title") == ["Ch", "Works", "Vol"]
    assert variables("@book{a, title={Why?}, subtitle={Because}, titleaddon={A note}}", "title") == [
        "Why? Because. A note"
    ]


def test_short_titles() -> None:
    assert variables("@book{a, title={T}, subtitle={a sub}}", "title", "title-short") == ["T: A sub", "T"]
    assert variables("@book{a, title={T}, subtitle={mRNA}}", "title") == ["T: mRNA"]
    assert variables("@book{a, title={T}, shorttitle={S}}", "title-short") == ["S"]
    assert variables("@book{a, title={V}, maintitle={M}, shorttitle={S}}", "title-short") == [None]


def test_parts_and_what_they_are_part_of() -> None:
    assert variables("@inbook{a, title={Ch}, maintitle={Works}}", "title", "container-title") == ["Ch", "Works"]
    assert variables("@collection{a, title={B}, booktitle={B}}", "container-title") == [None]
    source = "@periodical{a, title={Journal}, issuetitle={Special}, issuesubtitle={issue}}"
    assert variables(source, "title", "container-title") == ["Special: Issue", "Journal"]
    source = "@online{a, author={A}, title={Page}, organization={Site}}"
    assert variables(source, "title", "container-title", "publisher") == ["Page", "Site", None]


def test_lists_series_and_notes() -> None:
    assert variables("@book{a, location={Durham and {Trinidad and Tobago}}}", "publisher-place") == [
        'Durham; <span class="nocase">Trinidad and Tobago</span>'
    ]
    assert variables("@book{a, publisher={Taylor and Francis}}", "publisher") == ["Taylor and Francis"]
    assert variables("@book{a, publisher={A and B and C}}", "publisher") == ["A; B; C"]
    source = "@patent{a, type={patentus}, location={countryus}, number={1}}"
    assert variables(source, "authority", "genre", "number") == ["U.S.", "Patent", "1"]
    assert variables("@patent{a, location={countryfr and countryde}}", "authority") == ["France; Germany"]
    assert variables("@article{a, journal={J}, series={3}}", "collection-title") == ["3rd series"]
    assert variables("@article{a, journal={J}, series={newseries}}", "collection-title") == ["New series"]
    assert variables("@book{a, series={3}, note={A note}, addendum={More}}", "collection-title", "note") == [
        "3",
        "A note. More",
    ]


def test_crossref_parents_are_part_of_the_item() -> None:
    made = read("@inproceedings{a, title={P}, crossref={b}} @proceedings{b, title={Proc}, editor={E, F}, year=2001}")
    assert made["container-title"] == "Proc"
    assert made["editor"] == [{"family": "E", "given": "F"}]
    assert made["issued"] == {"date-parts": [[2001]]}


def test_editors_by_their_role() -> None:
    made = read("@book{a, editor={A, B}, editortype={compiler}, editora={C, D}, editoratype={redactor}}")
    assert made["compiler"] == [{"family": "A", "given": "B"}]
    assert made["contributor"] == [{"family": "C", "given": "D"}]
    assert "editor" not in made


def test_addresses() -> None:
    assert variables(r"@misc{a, howpublished = {\url{http://x.org/a_b}}}", "URL", "publisher") == [
        "http://x.org/a_b",
        None,
    ]
    assert variables("@misc{a, howpublished = {Leaflet}}", "URL", "publisher") == [None, "Leaflet"]
    assert variables("@misc{a, url = {www.x.org/a. Full.html}}", "URL") == ["www.x.org/a. Full.html"]
    assert variables("@misc{a, eprint={2301.12345}, eprinttype={arxiv}}", "URL", "number", "publisher") == [
        "https://arxiv.org/abs/2301.12345",
        "arXiv:2301.12345",
        "arXiv",
    ]
    assert variables("@article{a, journal={J}, eprint={123456}, eprinttype={pubmed}}", "PMID") == ["123456"]


@pytest.mark.parametrize(
    ("written", "edition"), [("Second", "2"), ("3rd", "3"), ("4th ed.", "4"), ("2", "2"), ("Rev.", "Rev.")]
)
def test_editions(written: str, edition: str) -> None:
    assert read(f"@book{{a, edition={{{written}}}}}")["edition"] == edition


def test_text_that_looks_like_a_tag_is_text() -> None:
    made = read("@book{a, title={<b>x</b>}, publisher={<i>P}, author={<i>A</i>, B}}")
    assert made["title"] == f"<{TAG_GUARD}b>x<{TAG_GUARD}/b>"
    assert made["publisher"] == f"<{TAG_GUARD}i>P"
    assert made["author"][0]["family"] == f"<{TAG_GUARD}i>A<{TAG_GUARD}/i>"


def test_styles_see_an_author_that_publishes_once() -> None:
    made = read("@book{a, author={{World Health Organization}}, publisher={World Health Organization}, title={T}}")
    assert made["publisher"] == "World Health Organization"
    assert "publisher" not in styled(made)
    assert "publisher" not in styled(read("@book{a, author={{W H O}}, publisher={{W} H O}}"))
    assert "publisher" in styled(made | {"author": [{"literal": "Somebody Else"}]})


def test_hyphens_of_report_numbers_are_no_ranges() -> None:
    made = read("@report{a, number={2005-213}}")
    assert made["number"] == "2005-213"
    assert styled(made)["number"] == r"2005\-213"
    made = read("@article{a, journal={J}, volume={J70-D}, number={3-4}}")
    assert (styled(made)["volume"], styled(made)["issue"]) == (r"J70\-D", "3-4")


def test_entry_fields_of_an_article() -> None:
    kind, fields = entry_fields(
        {
            "type": "article-journal",
            "title": "CO<sub>2</sub> & <i>E. coli</i> at 100%",
            "author": [
                {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
                {"family": "Arc", "given": "A", "dropping-particle": "Van"},
                {"literal": "Food and Drug Administration"},
            ],
            "container-title": "Neurology",
            "issued": {"date-parts": [[2012, 3, 27]]},
            "volume": 78,
            "issue": "13",
            "page": "1009-1015",
            "DOI": "10.1212/WNL.0b013e31824de293",
            "ISSN": "0028-3878",
            "URL": "http://x.org/{a}",
            "language": "en-US",
        }
    )
    assert kind == "article"
    assert fields == (
        ("author", "van Beethoven, Ludwig and Van Arc, A and {Food and Drug Administration}"),
        ("title", r"{CO}\textsubscript{2} \& \emph{E. coli} at 100\%"),
        ("journal", "Neurology"),
        ("date", "2012-03-27"),
        ("volume", "78"),
        ("number", "13"),
        ("pages", "1009--1015"),
        ("doi", "10.1212/WNL.0b013e31824de293"),
        ("issn", "0028-3878"),
        ("url", "http://x.org/%7Ba%7D"),
    )


@pytest.mark.parametrize(
    ("data", "kind", "field"),
    [
        ({"type": "thesis", "publisher": "U", "genre": "PhD thesis"}, "phdthesis", ("type", "PhD thesis")),
        ({"type": "thesis", "publisher": "U"}, "phdthesis", ("school", "U")),
        ({"type": "thesis", "genre": "Master's thesis", "publisher": "U"}, "mastersthesis", ("school", "U")),
        ({"type": "report", "publisher": "I", "number": "7-8"}, "techreport", ("institution", "I")),
        ({"type": "report", "genre": "Working paper"}, "report", ("type", "Working paper")),
        ({"type": "article-magazine", "title": "T"}, "article", ("entrysubtype", "magazine")),
        ({"type": "article", "number": "arXiv:2301.12345"}, "online", ("eprint", "2301.12345")),
        ({"type": "chapter", "container-title": "B"}, "incollection", ("booktitle", "B")),
        ({"type": "book", "issued": {"date-parts": [[2006]]}}, "book", ("year", "2006")),
        ({"type": "book", "issued": {"literal": "in press"}}, "book", ("year", "in press")),
        ({"type": "book", "issued": {"raw": "2006-05"}}, "book", ("date", "2006-05")),
        ({"type": "book", "language": "de"}, "book", ("langid", "german")),
        ({"type": "never-heard-of", "title": "x\x00\x1by {"}, "misc", ("title", r"x y \textbraceleft{}")),
        ({"type": "article-journal", "number": "e1"}, "article", ("eid", "e1")),
    ],
)
def test_entry_fields(data: dict[str, Any], kind: str, field: tuple[str, str]) -> None:
    found, fields = entry_fields(data)
    assert found == kind
    assert field in fields


def test_entry_fields_for_an_ascii_file() -> None:
    _, fields = entry_fields({"type": "book", "title": "Été – <i>ß</i>", "author": [{"family": "Šmíd"}]}, "ascii")
    assert dict(fields) == {"author": r"{\v{S}}m{\'{i}}d", "title": r"{\'{E}}t{\'{e}} -- \emph{{\ss}}"}


@pytest.mark.parametrize(
    ("rich", "latex"),
    [
        ("<i>a <b>b</i> c", r"\emph{a \textbf{b}} c"),
        ("a</i> <b>b", r"a \textbf{b}"),
        ('<span class="nocase">DNA</span> <span style="font-variant:small-caps">x</span>', r"{DNA} \textsc{x}"),
        ("1 < 2 <x>", "1 < 2 <x>"),
    ],
)
def test_from_rich(rich: str, latex: str) -> None:
    assert from_rich(rich) == latex


@pytest.mark.parametrize(
    ("rich", "latex"),
    [
        ("More about IVIg and mRNA, (COVID-19) in Sweden", "More about {IVIg} and {mRNA}, ({COVID}-19) in Sweden"),
        ('<i>DNA</i> of <span class="nocase">RNA</span>', r"\emph{{DNA}} of {RNA}"),
        ("ALL IN CAPITALS", "ALL IN CAPITALS"),
        ("Only First Letters", "Only First Letters"),
        ("R&D_X of McArdle--ÉTÉ", r"R\&D\_X of {McArdle}-{}-{ÉTÉ}"),
    ],
)
def test_capitals_that_matter_are_protected(rich: str, latex: str) -> None:
    assert from_rich(rich, protect=True) == latex
    _, fields = entry_fields({"type": "book", "title": rich})
    assert fields == (("title", latex),)


def test_names_of_journals_need_no_protection() -> None:
    _, fields = entry_fields({"type": "article-journal", "title": "T", "container-title": "PLoS ONE and more"})
    assert ("journal", "PLoS ONE and more") in fields


TEXT = st.text(
    alphabet=st.characters(exclude_categories=["C", "Z", "M"], exclude_characters="{}<\u2060"), min_size=1, max_size=12
)
WORDS = st.lists(TEXT, min_size=1, max_size=4).map(" ".join)
WORD = st.text(alphabet="ABÉÖxyzé&%#_$~^", min_size=1, max_size=8).filter(lambda word: word[0] in "ABÉÖ")
NAME = st.one_of(
    st.builds(lambda family, given: {"family": family, "given": given}, WORD, WORD),
    st.builds(lambda family, given: {"family": family, "given": given, "non-dropping-particle": "van der"}, WORD, WORD),
    st.builds(lambda whole: {"literal": f"{whole} and Sons"}, WORD),
)
ITEMS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["article-journal", "book", "chapter", "paper-conference", "report", "webpage"]),
        "title": WORDS,
        "author": st.lists(NAME, min_size=1, max_size=4),
        "container-title": WORDS,
        "issued": st.dates(min_value=date(1000, 1, 2)).map(lambda d: {"date-parts": [[d.year, d.month, d.day]]}),
        "volume": st.integers(1, 999).map(str),
        "page": st.builds(lambda a, b: f"{a}–{b}", st.integers(1, 99), st.integers(100, 999)),
    }
)  # fmt: skip


@given(ITEMS)
def test_items_survive_the_way_through_bibtex(data: dict[str, Any]) -> None:
    kind, fields = entry_fields(data)
    source = f"@{kind}{{key,\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields) + "\n}\n"
    bib = BibFile.parse(source)
    assert not bib.problems
    again = item(library(bib).entries[0])
    without_container = data["type"] in ("book", "report")
    for name, value in data.items():
        if not (name == "container-title" and without_container):
            got = again[name]
            if isinstance(value, str):
                got = re.sub('<span class="nocase">|</span>', "", got).replace(TAG_GUARD, "")
            assert got == value


KEYS = ["family", "given", "literal", "date-parts"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet="{}\\%<i>/a\x00é-", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=6,
)  # fmt: skip
VARIABLES = ["type", "title", "author", "issued", "page", "DOI", "URL", "number", "language", "genre", "publisher"]


@given(st.dictionaries(st.sampled_from(VARIABLES), JSON))
def test_any_item_makes_values_that_a_file_can_hold(data: dict[str, Any]) -> None:
    kind, fields = entry_fields(data)
    source = f"@{kind}{{key,\n" + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields) + "\n}\n"
    bib = BibFile.parse(source)
    assert not bib.problems
    (entry,) = bib.entries
    assert [each.name for each in entry.fields] == [name for name, _ in fields]
    assert all(character.isprintable() for _, value in fields for character in value if character != " ")
