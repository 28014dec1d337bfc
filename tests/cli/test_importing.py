"""Files in other formats through ``ppreflist add`` and back through ``export``, as real processes."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from tests.cli.driving import Run, in_this_process, library

LIBRARY = r"""@article{farbu2007post,
  author = {Farbu, E. and Vik-Mo, E. and van der Mech{\'e}, F. G. A.},
  title = {Treatment with immunoglobulin},
  journal = {European Journal of Neurology},
  year = {2007},
  volume = {14},
  pages = {60--65},
  doi = {10.1111/j.1468-1331.2006.01552.x},
  keywords = {ivig, trial},
}

@book{borg2010,
  author = {Borg, Kristian},
  title = {A book & more},
  publisher = {Elsevier},
  year = {2010},
  file = {book.pdf},
}
"""
RIS = "TY  - JOUR\nAU  - Sjöberg, I.\nTI  - {} & “more”\nT2  - Lancet Neurology\nPY  - 2006\nL1  - x.pdf\nER  - \n"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return partial(in_this_process, tmp_path)


@pytest.mark.parametrize("form", ["csl-json", "csl-yaml", "ris", "nbib", "endnote"])
def test_what_is_exported_is_known_again_and_can_be_added_elsewhere(run: Run, tmp_path: Path, form: str) -> None:
    (tmp_path / "references.bib").write_text(LIBRARY)
    exported = run("export", "--format", form)
    assert exported.returncode == 0
    assert "does not hold: " in exported.stderr
    assert "file" in exported.stderr
    again = run("add", "-", stdin=exported.stdout)
    assert (again.returncode, again.stdout) == (3, "")
    assert "2 already there." in again.stderr
    assert library(tmp_path) == LIBRARY
    elsewhere = run("add", "-", "--library", "other.bib", stdin=exported.stdout)
    assert elsewhere.returncode == 0
    made = (tmp_path / "other.bib").read_text()
    assert "author = {Farbu, E. and Vik-Mo, E. and van der Meché, F. G. A.}" in made
    assert "title = {A book \\& more}" in made
    assert "pages = {60--65}" in made
    assert ("{farbu2007post," in made) == (form != "nbib") or form == "nbib"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(run: Run, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "scopus.txt").write_bytes(RIS.format("Träning").encode(encoding))
    done = run("add", "scopus.txt")
    assert done.returncode == 0
    assert "scopus.txt: not taken over, as no field holds it: L1" in done.stderr
    assert "author = {Sjöberg, I.}" in library(tmp_path)
    assert "title = {Träning \\& “more”}" in library(tmp_path) or "\\& ``more''}" in library(tmp_path)


def test_one_bad_record_is_named_and_the_rest_is_added(run: Run, tmp_path: Path) -> None:
    text = f"{RIS.format('One')}TY  - JOUR\nAU  - Nobody\nER  - \n{RIS.format('One')}{RIS.format('Two')}"
    (tmp_path / "a.ris").write_text(text, encoding="utf-8")
    done = run("add", "a.ris")
    assert done.returncode == 1
    assert "error: a.ris:8: the record has no title\n" in done.stderr
    assert "a.ris:11: already there as " in done.stderr
    assert "2 added, 1 already there, 1 failed." in done.stderr
    assert "crossref" not in library(tmp_path), "a duplicate without a key is no parent of the others"
    assert library(tmp_path).count("@article") == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!DOCTYPE html><html><body>Please log in</body></html>", "this is a web page (HTML), not a list"),
        ('[{"title": "x"', "1: the file ends inside of this record: it was cut off"),
        ("[]", "there are no references in it (CSL-JSON)"),
        ("<?xml version='1.0'?><PubmedArticleSet/>", "this is PubMed's XML, not a list of references"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xml><records><record>&a;</record></records></xml>', "document type"),
        ("%0 Journal Article\n%T x\n", "EndNote's tagged format"),
        ("TY  - JOUR\nVL  - 3\nER  - \n", "1: the record has no title"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line_with_what_to_do(run: Run, tmp_path: Path, text: str, said: str) -> None:
    done = run("add", "-", stdin=text)
    assert done.returncode == 1
    error, hint = done.stderr.splitlines()[:2]
    assert error.startswith("error: standard input")
    assert said in error
    assert hint.strip()
    assert not (tmp_path / "references.bib").exists()


def test_hostile_values_stay_in_their_fields(run: Run, tmp_path: Path) -> None:
    hostile = {
        "id": "a}, title={x",
        "type": "article-journal\n}",
        "title": "A } title {\\input{/etc/passwd} \x1b[31m <script>alert(1)</script> % $x_y^2$ # & ~",
        "author": [{"family": "Bo{rg", "given": "K}"}, {"literal": "and and and"}],
        "URL": "javascript:alert(1)",
        "volume": {"deep": [1]},
        "note": "@book{b, title={y}}",
    }
    done = run("add", "-", "--json", stdin=json.dumps([hostile]))
    assert done.returncode == 0
    (outcome,) = json.loads(done.stdout)
    assert outcome["fields"]["note"] == "@book{b, title={y}}"
    assert "address 'javascript:alert(1)' was left out" in " ".join(outcome["warnings"])
    assert "\x1b" not in library(tmp_path)
    listed = json.loads(run("list", "--json").stdout)
    assert len(listed) == 1


def test_keys_and_comments_of_bibtex_stay(run: Run, tmp_path: Path) -> None:
    source = (
        "% Encoding: UTF-8\n\n@string{nn = {Neuro News}}\n\n% The first trial,\n% which is small.\n\n"
        "@article{Odd:Key_1,\n   TITLE = {x},\n   year = 2001, journal = nn }  % beside\n"
        "Automatically generated by Mendeley\n@comment{jabref-meta: x}\n% mail me@example.org\n"
        "% Good.\n@book{b, title={y}}\n"
        "% Twice.\n@article{Odd:Key_1, title={x}, year=2001}\n"
    )
    (tmp_path / "a.bib").write_text(source)
    assert run("add", "a.bib").returncode == 3
    assert library(tmp_path) == (
        "% The first trial,\n% which is small.\n"
        "@article{Odd:Key_1,\n   TITLE = {x},\n   year = 2001, journal = {Neuro News} }\n\n"
        "% Good.\n@book{b, title={y}}\n"
    )


def test_a_look_before_anything_is_added(run: Run, tmp_path: Path) -> None:
    done = run("add", "-", "--dry-run", stdin=RIS.format("One"))
    assert done.returncode == 0
    assert "+  title = {One \\& " in done.stdout
    assert not (tmp_path / "references.bib").exists()
