"""``ppreflist export``; once as a real process."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from tests.cli.driving import in_this_process, ppreflist

from ppreflist.cli.export import FORMATS, SUFFIXES
from ppreflist.cli.styling import WRITTEN
from ppreflist.csl.writers.registry import WRITERS

SEED = Path(__file__).parents[2] / "references.bib"

LIBRARY = r"""
@string{pph = "Post-Polio Health"}
@article{b2006, author={{Polio {\&} Co}}, title={Second <b>bold</b> & {DNA}}, journal=pph # { News}, year=2006,
  number=2, pages={e0200001}, keywords={x}}
@article{a2006, author={{Polio {\&} Co}}, title={First \emph{thing}}, journal=pph, year=2006, doi={https://doi.org/10.1212/a},
  keywords={x, y}}
@inproceedings{c2001, author={van der Borg, Kristian}, title={Paper}, crossref={p2001}}
@proceedings{p2001, title={Proceedings}, editor={Ed, E.}, year=2001, publisher={Press}}
@book{d2000, author={{Press House}}, publisher={Press House}, title={Self}, year={in press}}
@xdata{x, note={n}}
@online{e, author={A, B}, title={Bad}, url={javascript:alert(1)}, year=2000}
"""

APA = [
    "A, B. (2000). *Bad*. javascript:alert(1)",
    "Ed, E. (Ed.). (2001). *Proceedings*. Press.",
    "Polio & Co. (2006a). First *thing*. *Post-Polio Health*. <https://doi.org/10.1212/a>",
    "van der Borg, K. (2001). Paper. In E. Ed (Ed.), *Proceedings*. Press.",
]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "references.bib").write_text(LIBRARY, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return in_this_process(folder, "export", *words)


def ok(folder: Path, *words: str) -> str:
    done = run(folder, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_apa_as_markdown_is_what_comes_without_options(folder: Path) -> None:
    entries = ppreflist(folder, "export").stdout.strip().split("\n\n")
    for expected in APA:
        assert expected in entries
    second = next(each for each in entries if "2006b" in each)
    assert "Post-Polio Health News" in second
    assert "Article e0200001" in second
    assert "DNA" in second
    assert entries.index(APA[2]) < entries.index(second)
    (own,) = [each for each in entries if each.startswith("Press House")]
    assert own == "Press House. (in press). *Self*."
    assert len(entries) == 6


def test_the_seed_list_is_apa_to_the_letter() -> None:
    done = run(SEED.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n\n")[:2] == [
        "Farbu, E., Rekand, T., Vik-Mo, E., Lygren, H., Gilhus, N. E., & Aarli, J. A. (2007). Post-polio syndrome "
        "patients treated with intravenous immunoglobulin: A double-blinded randomized controlled pilot study. "
        "*European Journal of Neurology*, *14*(1), 60–65. <https://doi.org/10.1111/j.1468-1331.2006.01552.x>",
        "Gonzalez, H., Sunnerhagen, K. S., Sjöberg, I., Kaponides, G., Olsson, T., & Borg, K. (2006). Intravenous "
        "immunoglobulin for post-polio syndrome: A randomised controlled trial. *Lancet Neurology*, *5*(6), 493–500. "
        "[https://doi.org/10.1016/S1474-4422(06)70447-1](https://doi.org/10.1016/S1474-4422%2806%2970447-1)",
    ]
    assert (
        "Post-Polio Health International. (2006a). Intravenous immunoglobulin treatment for improving muscle strength. "
        "*Post-Polio Health*, *22*(2)." in done.stdout
    )
    assert (
        "Post-Polio Health International. (2006b). Recent experience using immunoglobulin to treat post-polio "
        "syndrome. *Post-Polio Health*, *26*(3)." in done.stdout
    )


def test_html_is_escaped_and_links_are_safe(folder: Path) -> None:
    fragment = ok(folder, "--format", "html")
    assert fragment.startswith('<div class="csl-bib-body">')
    assert '<a href="https://doi.org/10.1212/a">https://doi.org/10.1212/a</a>' in fragment
    assert "<b>bold" not in fragment
    assert "Polio &#38; Co" in fragment
    assert re.search(r'href="(?!https?:)', fragment) is None


def test_a_page_is_complete(folder: Path) -> None:
    page = ok(folder, "-f", "html", "--standalone", "--style", "ieee")
    assert page.startswith("<!DOCTYPE html>")
    assert '<meta charset="utf-8">' in page
    assert page.rstrip().endswith("</html>")
    assert "[1]" in page


def test_the_name_of_the_file_says_the_format(folder: Path) -> None:
    done = run(folder, "-o", "list.html", "a2006")
    assert done.returncode == 0
    assert done.stdout == ""
    assert "1 entry written to list.html" in done.stderr
    assert (folder / "list.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    ok(folder, "-o", "part.html", "--fragment")
    assert (folder / "part.html").read_text("utf-8").startswith("<div")
    ok(folder, "-o", "list.bib", "a2006")
    assert "@string{pph" in (folder / "list.bib").read_text("utf-8")
    ok(folder, "-o", "list", "a2006")
    assert "*Post-Polio Health*" in (folder / "list").read_text("utf-8")
    assert [each.name for each in folder.iterdir() if each.name.endswith(".tmp")] == []


def test_bibtex_is_the_text_of_the_file_with_what_it_needs(folder: Path) -> None:
    assert ok(folder, "-f", "bibtex", "c2001") == (
        "@inproceedings{c2001, author={van der Borg, Kristian}, title={Paper}, crossref={p2001}}\n\n"
        "@proceedings{p2001, title={Proceedings}, editor={Ed, E.}, year=2001, publisher={Press}}\n"
    )


def test_csl_json_is_an_array_in_file_order(folder: Path) -> None:
    found = json.loads(ok(folder, "-f", "csl-json"))
    assert [each["id"] for each in found] == ["b2006", "a2006", "c2001", "p2001", "d2000", "e"]
    assert found[2]["container-title"] == "Proceedings"
    assert found[4]["publisher"] == "Press House"


def test_ris(folder: Path) -> None:
    text = ok(folder, "-f", "ris", "a2006")
    assert text.startswith("TY  - JOUR\r\n")
    assert "DO  - 10.1212/a\r\n" in text


def test_selection_by_tag_and_query(folder: Path) -> None:
    assert len(json.loads(ok(folder, "-f", "csl-json", "--tag", "x"))) == 2
    assert [each["id"] for each in json.loads(ok(folder, "-f", "csl-json", "author:borg"))] == ["c2001"]


def test_an_exported_key_that_is_defined_twice_is_printed_twice(folder: Path) -> None:
    (folder / "references.bib").write_text("@book{k, title={One}}\n@book{k, title={Two}}\n")
    assert [each["id"] for each in json.loads(ok(folder, "-f", "csl-json"))] == ["k", "k#2"]
    assert ok(folder, "-f", "text").count("(n.d.") == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a2007"], "a2006"),
        (["--tag", "none"], "no entry has the tag"),
        (["--style", "apaa"], "apa"),
        (["--style", "my refs.bib"], "--library 'my refs.bib'"),
        (["--lang", "xx-YY"], "no locale"),
        (["-o", "references.bib"], "the library itself"),
        (["-o", "./link.bib"], "the library itself"),
        (["-o", "."], "folder"),
        (["-o", "missing/list.md"], "no such folder"),
        (["x"], "nothing to export"),
        (["-l", "empty.bib"], "nothing to export"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, words: list[str], message: str) -> None:
    (folder / "link.bib").symlink_to("references.bib")
    (folder / "empty.bib").write_text("% nothing\n")
    done = run(folder, *words)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert (folder / "references.bib").read_text("utf-8") == LIBRARY


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk that is always full")
def test_a_full_disk_is_said_with_the_name_of_the_file(folder: Path) -> None:
    done = run(folder, "-o", "/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith("error: /dev/full: cannot be written: no space left on device")


def test_wrong_usage(folder: Path) -> None:
    assert run(folder, "--standalone", "-f", "text").returncode == 2
    assert run(folder, "-f", "word").returncode == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [("list.docx", "A word processor opens .rtf"), ("list.PDF", "no format is written to .pdf files")],
)
def test_a_name_that_promises_another_format_is_refused(folder: Path, name: str, message: str) -> None:
    refused = run(folder, "-o", name)
    assert refused.returncode == 2
    assert message in refused.stderr
    assert not (folder / name).exists()
    assert run(folder, "-o", name, "--format", "text").returncode == 0


def test_an_output_keeps_its_mode_and_link(folder: Path) -> None:
    target = folder / "real.md"
    target.write_text("old")
    target.chmod(0o600)
    (folder / "out.md").symlink_to("real.md")
    assert run(folder, "-o", "out.md").returncode == 0
    assert (folder / "out.md").is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600
    assert "Polio" in target.read_text("utf-8")


def test_control_characters_do_not_reach_the_output(folder: Path) -> None:
    (folder / "references.bib").write_text("@book{k, title={Red \x1b[31m text}, author={B, C\u202e}, year=2000}\n")
    text = ok(folder, "-f", "text")
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_formats_are_those_of_the_writers() -> None:
    assert set(WRITTEN) == set(WRITERS)
    assert set(SUFFIXES.values()) <= set(FORMATS)


def test_an_export_does_not_replace_somebody_elses_library(folder: Path) -> None:
    other = folder / "other.bib"
    other.write_text("@misc{mine, title = {Mine}}\n")
    done = run(folder, "-o", "other.bib", "a2006")
    assert done.returncode == 1
    assert "mine" in done.stderr
    assert "--force" in done.stderr
    assert other.read_text() == "@misc{mine, title = {Mine}}\n"
    ok(folder, "-o", "other.bib", "a2006", "--force")
    ok(folder, "-o", "other.bib", "a2006", "b2006")
    assert "mine" not in other.read_text()
