"""Keys and duplicates as they are decided on the file, without the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ppreflist.bibtex import disk, read
from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.cli import admission
from ppreflist.cli.admission import Status, decide, known
from ppreflist.cli.candidate import Candidate, changed, from_bibtex, from_fields, latex_names, latex_value
from ppreflist.errors import EditRefused, LibraryUnreadable
from ppreflist.lint.duplicates import WorkIndex
from ppreflist.model.edit import AddEntry, SetField
from ppreflist.model.identifier import DOI, ISBN, PMCID, PMID, ArXiv, Identifier
from ppreflist.model.keypattern import parse_pattern

SHARED = Path(__file__).parents[2].parent / "shared" / "bib"


def candidates(text: str) -> list[Candidate]:
    found, errors = from_bibtex(text, "x.bib")
    assert errors == []
    return found


def test_keys_avoid_those_of_entries_of_the_batch_and_of_what_cannot_be_read() -> None:
    bib = BibFile.parse("@misc{Borg, title={A}}\n@misc{borgA, title={B}\n@misc{c, title={C}}\n")
    edits, outcomes = decide(bib, candidates("@misc{borg, title={X}}\n@misc{BORG, title={Y}}\n"))
    keys = [outcome.key for outcome in outcomes]
    assert len({key.casefold() for key in keys} | {"borg", "borga"}) == 4
    assert [edit.key for edit in edits] == keys


def test_links_between_candidates_follow_their_keys() -> None:
    bib = BibFile.parse("@book{there, title={The parent}, year=2006}\n@misc{taken, title={T}}\n")
    batch = candidates(
        "@book{parent, title={The parent}, year=2006}\n@book{taken, title={Another}}\n"
        "@inbook{child, crossref={parent}, title={C}}\n@set{s, entryset={taken,child}, title={S}}\n"
    )
    edits, outcomes = decide(bib, batch)
    assert [(outcome.status, outcome.key) for outcome in outcomes] == [
        (Status.DUPLICATE, "there"),
        (Status.ADDED, "takena"),
        (Status.ADDED, "child"),
        (Status.ADDED, "s"),
    ]
    assert edits[-2:] == [SetField("child", "crossref", "there"), SetField("s", "entryset", "takena,child")]
    text = apply(bib, edits).new.text
    assert "crossref={there}" in text
    assert "entryset={takena,child}" in text


def test_duplicates_are_found_within_the_batch_and_can_be_allowed() -> None:
    batch = candidates("@misc{a, doi={10.1000/x}, title={A}}\n@misc{b, doi={10.1000/X}, title={B}}\n")
    _, outcomes = decide(BibFile.parse(""), batch)
    assert [outcome.status for outcome in outcomes] == [Status.ADDED, Status.DUPLICATE]
    assert (outcomes[1].key, outcomes[1].line) == ("a", 0)
    _, outcomes = decide(BibFile.parse(""), batch, allow_duplicates=True)
    assert [outcome.status for outcome in outcomes] == [Status.ADDED, Status.ADDED]


@pytest.mark.parametrize(
    ("source", "identifier"),
    [
        ("@misc{k, doi = {10.1000/ABC}}", DOI("10.1000/abc")),
        ("@misc{k, doi = {https://doi.org/10.1000\\_1/x%28y}}", DOI("10.1000/zzz")),
        ("@misc{k, url = {https://doi.org/10.1000%2Fabc}}", DOI("10.1000/abc")),
        ("@misc{k, doi = {10.1000/a\\_b}}", DOI("10.1000/a_b")),
        ("@misc{k, doi = {10.1000/a–b}}", DOI("10.1000/a-b")),
        ("@misc{k, eprint = {2101.00001v3}, archiveprefix = {arXiv}}", ArXiv("2101.00001")),
        ("@misc{k, doi = {10.48550/arXiv.2101.00001}}", ArXiv("2101.00001v2")),
        ("@misc{k, pmid = {16713924}}", PMID("16713924")),
        ("@misc{k, url = {https://pmc.ncbi.nlm.nih.gov/articles/PMC12345/}}", PMCID("PMC12345")),
        ("@book{k, isbn = {0-306-40615-2}}", ISBN("9780306406157")),
    ],
)
def test_what_is_known_by_an_identifier_is_found_by_it(source: str, identifier: Identifier) -> None:
    bib = BibFile.parse("@string{x = {y}}\n\n" + source + "\n")
    found = known(bib, identifier)
    if identifier == DOI("10.1000/zzz"):
        assert found is None
    else:
        assert found is not None
        assert (found.key, found.line) == ("k", 3)


@pytest.mark.parametrize(
    "title",
    [
        '"{\\\'E}vidence-based " # {{G}uideline}',
        "{Évidence-based \\emph{guideline}}",
        "macro # { guideline}",
        "{evidence}, subtitle = {based: Guideline}",
    ],
)
def test_titles_are_compared_decoded(title: str) -> None:
    bib = BibFile.parse("@string{macro = {Evidence-based}}\n@misc{k, title = " + title + ", year = 2012}\n")
    candidate = from_fields("x", "misc", [("title", "Evidence-based guideline"), ("year", "2012")])
    _, (outcome,) = decide(bib, [candidate])
    assert (outcome.status, outcome.key, outcome.line) == (Status.DUPLICATE, "k", 2)


def test_the_sieve_never_hides_what_the_whole_library_would_show() -> None:
    files = sorted(SHARED.glob("*/*.bib"))[::4]
    if not files:
        pytest.skip("no real .bib files beside the repository (../shared/bib)")
    compared = 0
    for path in files:
        try:
            bib = disk.read(path).file
        except LibraryUnreadable:
            continue
        entries = read.library(bib).entries
        index = WorkIndex(entries)
        for entry in entries[:: max(1, len(entries) // 4)]:
            candidate = replace(entry, key="candidate")
            expected = index.find(candidate)
            found = WorkIndex(admission._might_match(bib, [Candidate("", candidate)])).find(candidate)
            assert (found and (found.entry.key, found.entry.line, found.reason)) == (
                expected and (expected.entry.key, expected.entry.line, expected.reason)
            ), path
            compared += 1
    assert compared > 50


# Candidates


def test_fields_as_people_write_them() -> None:
    assert latex_value("title", "More about {IVIg} & 5%") == "More about {IVIg} \\& 5\\%"
    assert latex_value("title", "\\emph{E. coli} & {x}") == "\\emph{E. coli} & {x}"
    assert latex_value("pages", "60 – 65") == "60--65"
    assert latex_value("pages", "e_1") == "e\\_1"
    assert latex_value("url", "https://x.org/a_b%20c&d") == "https://x.org/a_b%20c&d"
    assert latex_value("issn", "ISSN 10665331") == "1066-5331"
    assert latex_value("title", "Łódź", "cp1252") == "{\\L}ód{\\'{z}}"
    assert latex_names(["Borg, Kristian", "{Smith & Sons}", "van der Berg, A"]) == (
        "Borg, Kristian and {Smith \\& Sons} and van der Berg, A"
    )


def test_a_field_takes_the_place_of_its_alias_and_of_a_rival_date() -> None:
    fields = [("title", "X"), ("journal", "A"), ("date", "2006-12")]
    candidate = changed(from_fields("x", "article", fields), [("journaltitle", "B"), ("year", "2007")], ["new"])
    assert candidate.fields == (("title", "X"), ("journaltitle", "B"), ("year", "2007"), ("keywords", "new"))
    assert candidate.edits("k") == [AddEntry("k", "article", candidate.fields)]


def test_bibtex_keeps_its_text_and_gets_fields_and_tags() -> None:
    (candidate,) = candidates("@misc{k, title = {X}, keywords = {old}, note = {}}")
    text = changed(candidate, [("year", "2006")], ["old", "new"]).written("k")
    assert text == "@misc{k, title = {X}, keywords = {old, new}, year = {2006}}\n"


def test_one_bad_record_never_stops_the_rest() -> None:
    records = [f"@misc{{k{n}, title = {{Title {n}}}}}" for n in range(9)]
    records[3] = "@misc{bad, title = {A}, title = {B}}"
    records[7] = "@misc{worse, title = {control \x07}}"
    found, errors = from_bibtex("\n".join(records), "x.bib")
    assert [candidate.key for candidate in found] == ["k0", "k1", "k2", "k4", "k5", "k6", "k8"]
    assert [error.line for error in errors] == [4, 8]
    with pytest.raises(EditRefused):
        from_fields("x", "misc", [("title", "control \x07")])


TRIAL = "Post-polio syndrome patients treated with intravenous immunoglobulin"
THERE = (
    f"@article{{there, author={{Farbu, Elisabeth and Vik-Mo, Einar}}, title={{{TRIAL}: a pilot study}}, year=2007, "
    "journal={European Journal of Neurology}, volume=14, pages={60--65}}\n"
)


def test_what_is_there_in_another_spelling_is_not_added() -> None:
    written = TRIAL.replace("syndrome", "syndrom").upper()
    (outcome,) = decide(
        BibFile.parse(THERE),
        candidates(f"@article{{x, author={{Farbu, E. and others}}, title={{{written}}}, year=2007, pages={{60}}}}"),
    )[1]
    assert (outcome.status, outcome.key) == (Status.DUPLICATE, "there")
    assert "same authors" in outcome.message


def test_what_may_be_there_is_added_with_a_remark() -> None:
    written = f"@misc{{x, author={{Farbu, E.}}, title={{{TRIAL}: a pilot study}}}}"
    (outcome,) = decide(BibFile.parse(THERE), candidates(written))[1]
    assert outcome.status is Status.ADDED
    assert outcome.candidate is not None
    assert any("may be the same work as there" in warning for warning in outcome.candidate.warnings)


def test_part_two_is_another_work() -> None:
    one = THERE.replace("a pilot study", "part I")
    (outcome,) = decide(BibFile.parse(one), candidates(one.replace("part I", "part II").replace("60--65", "66--70")))[1]
    assert outcome.status is Status.ADDED
    assert outcome.candidate is not None
    assert not outcome.candidate.warnings


def test_new_keys_follow_the_pattern_and_avoid_aliases() -> None:
    bib = BibFile.parse("@book{a, title={A}, ids={borg_2006, other}}\n")
    fields = (("author", "Borg, Kristian"), ("title", "A title"), ("year", "2006"))
    (outcome,) = decide(bib, [from_fields("x", "book", fields)], pattern=parse_pattern("{auth}_{year}"))[1]
    assert outcome.key == "borg_2006a"
