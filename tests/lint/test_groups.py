from __future__ import annotations

import pytest

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.lint.groups import Found, find_groups, nearest
from ppreflist.lint.likeness import Kind

AUTHOR = "author = {Farbu, Elisabeth and Vik-Mo, Einar}"
TITLE = "title = {Post-polio syndrome patients treated with intravenous immunoglobulin}"
PLACE = "journal = {European Journal of Neurology}, volume = 14, number = 1, pages = {60--65}"
FULL = f"@article{{full, {AUTHOR}, {TITLE}, year = 2007, {PLACE}}}"


def found_in(*sources: str, least: float = 0.85) -> Found:
    return find_groups(library(BibFile.parse("\n".join(sources))), least=least)


def keys(found: Found) -> list[list[str]]:
    return [[entry.key for entry in group.entries] for group in found.groups]


@pytest.mark.parametrize(
    "other",
    [
        '@article{other, author={Farbu, E. and others}, title={{Post-Polio Syndrome Patients Treated With '
        'Intravenous Immunoglobulin}: A Pilot Study}, year=2007, pages={60-5}}',
        '@article{other, author={Einar Vik-Mo and Elisabeth Farbu}, title={POST-POLIO SYNDROME PATIENTS TREATED WITH '
        'INTRAVENOUS IMMUNOGLOBULIN}, year=2006, journal={Eur. J. Neurol.}, volume=14, pages={60}}',
        '@misc{other, author={Farb\\"{u}, Elisabeth}, title={Postpolio syndrom patients treated with intravenous '
        'immunoglobulin}, year=2007}',
        f"@article{{other, {TITLE}, year=2007}}",
        f"@article{{other, author={{Farbu E and Vik-Mo E}}, {TITLE}, date={{2007-01}}}}",
    ],
)  # fmt: skip
def test_one_work_written_in_two_ways(other: str) -> None:
    assert keys(found_in(FULL, other)) == [["full", "other"]]
    assert keys(found_in(other, FULL)) == [["other", "full"]]


@pytest.mark.parametrize(
    "other",
    [
        f"@article{{other, {AUTHOR}, {TITLE}, year=2007, {PLACE.replace('60--65', '90--95')}}}",
        f"@article{{other, {AUTHOR}, {TITLE}, year=2012, {PLACE.replace('14', '19')}}}",
        f"@article{{other, {AUTHOR}, title={{Reply to: Post-polio syndrome patients treated with intravenous "
        f"immunoglobulin}}, year=2007, {PLACE}}}",
        f"@article{{other, author={{Borg, Kristian}}, {TITLE}, year=2007}}",
        f"@inproceedings{{other, {AUTHOR}, {TITLE}, year=2007, booktitle={{Proceedings of a congress}}}}",
    ],
)
def test_different_works(other: str) -> None:
    assert keys(found_in(FULL, other)) == []


def test_editions_and_yearly_reports_are_different_works() -> None:
    book = "@book{%s, author={Halstead, Lauro}, title={Managing post-polio: a guide to living well}, %s}"
    assert not keys(found_in(book % ("one", "edition=1, year=1998"), book % ("two", "edition={2nd}, year=1998")))
    assert not keys(found_in(book % ("one", "year=1998"), book % ("two", "year=2006")))
    report = "@report{%s, institution={WHO}, title={Report on the eradication of poliomyelitis}, year=%d}"
    assert not keys(found_in(report % ("one", 2006), report % ("two", 2007)))


def test_editorials_need_their_page() -> None:
    text = "@article{%s, author={Borg, K.}, title={Editorial}, journal={Muscle Nerve}, year=2006, pages={%s}}"
    assert not keys(found_in(text % ("one", ""), text % ("two", "")))
    assert keys(found_in(text % ("one", "1--2"), text % ("two", "1"))) == [["one", "two"]]


def test_a_preprint_is_a_version_and_no_duplicate() -> None:
    preprint = f"@misc{{preprint, {AUTHOR}, {TITLE}, year=2005, eprint={{2005.01234}}, archiveprefix={{arXiv}}}}"
    found = found_in(preprint, FULL)
    assert not found.groups
    (pair,) = found.versions
    assert (pair.one.key, pair.other.key, pair.likeness.kind) == ("preprint", "full", Kind.VERSION)
    assert not found_in(preprint, FULL.replace("year", "related = {preprint}, year")).versions


def test_an_identifier_in_two_works_is_a_conflict() -> None:
    found = found_in(
        "@article{one, title={Bird song in cities}, author={Alpha, A.}, doi={10.1000/x}}",
        "@article{two, title={Quantum error correction}, author={Beta, B.}, doi={10.1000/X}}",
    )
    assert not found.groups
    assert [(pair.one.key, pair.other.key) for pair in found.conflicts] == [("one", "two")]


def test_what_a_person_said_is_remembered() -> None:
    other = FULL.replace("full", "other")
    assert keys(found_in(FULL, other)) == [["full", "other"]]
    said = other.replace("year", "x-distinct = {nobody, full (a reprint)}, year")
    assert not keys(found_in(FULL, said))
    assert not keys(found_in(said, FULL))


def test_a_group_holds_no_two_works_that_are_told_apart() -> None:
    poor = f"@article{{poor, {AUTHOR}, {TITLE}, year=2007}}"
    elsewhere = FULL.replace("full", "elsewhere").replace("60--65", "300--310")
    groups = keys(found_in(FULL, poor, elsewhere))
    assert len(groups) == 1
    assert not {"full", "elsewhere"} <= set(groups[0])


def test_only_what_was_asked_for() -> None:
    read = library(BibFile.parse("\n".join([FULL, FULL.replace("full", "again"), "@book{x, title={A book}}"])))
    assert not find_groups(read, wanted={"x"}).groups
    assert len(find_groups(read, wanted={"again"}).groups) == 1


def test_comparisons_grow_with_the_library_and_not_with_its_square() -> None:
    source = "@misc{k%d, title={Untitled notes on everything}, year=2006, author={Name%d, A.}, pages={%d}}"
    read = library(BibFile.parse("\n".join(source % (n, n, n) for n in range(1500))))
    assert find_groups(read).compared < 1500 * 40


def test_the_nearest_entry_to_one_that_shall_be_added() -> None:
    other = FULL.replace("full", "other").replace("60--65", "90--95").replace("Farbu, Elisabeth", "Borg, K.")
    read = library(BibFile.parse("\n".join([other, FULL, "@book{x, title={A book}}"])))
    candidate = library(BibFile.parse(FULL.replace("syndrome", "syndrom").replace("Elisabeth", "E."))).entries[0]
    found = nearest(candidate, read)
    assert found is not None
    assert found.one.key == "full"
    assert nearest(candidate, list(read)[2:]) is None
