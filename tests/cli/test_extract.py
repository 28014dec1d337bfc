# ruff: noqa: E501 - references read better in one line
"""``ppreflist extract`` and ``add --text``, against real files and a double of Crossref."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.cli.driving import environment, library, on_terminal
from tests.cli.driving import ppreflist as process
from tests.extract import papers
from tests.servers.web import WebServer, answer

from ppreflist.cli.main import cli

ARTICLE = """A garden letter

The May 4, 2011 issue (Vol. 12, No. 3; 45-61) of Gardening featured \x20
“Roses in the shade of trees.”  It can be
accessed at www.gardening.example.org/content/12/3/45. Full.html

Write to editor@garden-society.org or see www.garden-societ.org

More about Roses, Garden-Club News, (Vol. 12, No. 3) 2011

References
1. Chen A. A study of many things. J Things 2001;2:3-4. doi:10.1000/things.3
2. Bo C, Eck D. Another study of many things. J Things
2002;3:5-6.
"""
KNOWN = """@article{roses,
  title = {Roses in the Shade of Trees: What to plant},
  journal = {Gardening},
  year = {2011},
  volume = {12},
  pages = {45--61},
}
"""


@dataclass(frozen=True)
class Done:
    """What a run came to."""

    returncode: int
    stdout: str
    stderr: str


def ppreflist(folder: Path, *words: str, stdin: str = "", **variables: str) -> Done:
    """Run the command in a folder, in this process: a process costs more than most of these tests."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(cli, words, input=stdin, env=environment(folder, **variables))
    finally:
        os.chdir(before)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return Done(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "letter.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "references.bib").write_text(KNOWN, encoding="utf-8")
    return tmp_path


def test_drafts_are_printed_with_their_lines_and_what_is_there_is_said(folder: Path) -> None:
    done = ppreflist(folder, "extract", "letter.txt")
    assert done.returncode == 0
    assert "% letter.txt, line 3: May 4, 2011 issue" in done.stdout
    assert "% already in references.bib as roses (same year, volume and first page)" in done.stdout
    assert "printed as 'www.gardening.example.org/content/12/3/45. Full.html': it has a space in it" in done.stdout
    assert "may be meant as https://www.garden-society.org" in done.stdout
    assert "% letter.txt, line 12: 1. Chen A." in done.stdout
    assert (
        "@article{chen2001study,\n  author = {Chen, A.},\n  title = {A study of many things},\n  journal = {J Things},"
        in done.stdout
    )
    assert done.stdout.count("keywords = {unverified}") == 4
    assert (
        done.stderr
        == "Found 5: 2 in reference lists, 2 in running text, 1 web addresses alone; 1 of them in references.bib already.\n"
    )
    assert library(folder) == KNOWN


def test_the_drafts_are_bibtex(folder: Path) -> None:
    drafts = ppreflist(folder, "extract", "letter.txt", "--new").stdout
    assert "roses" not in drafts
    done = ppreflist(folder, "add", "-", "-l", "other.bib", stdin=drafts)
    assert done.returncode == 0
    assert (folder / "other.bib").read_text(encoding="utf-8").count("\n@") == 4


def test_add_adds_what_is_new_and_adds_nothing_twice(folder: Path) -> None:
    done = ppreflist(folder, "extract", "letter.txt", "--add", "--tag", "letter")
    assert done.returncode == 0
    assert "Added bo2002another" in done.stdout
    text = library(folder)
    assert text.startswith(KNOWN)
    assert text.count("@") == 5
    assert text.count("{unverified, letter}") == 4
    again = ppreflist(folder, "extract", "letter.txt", "--add")
    assert again.returncode == 0
    assert "5 of them in references.bib already" in again.stderr
    assert library(folder) == text


def test_what_is_given_by_its_identifier_alone_is_looked_up_when_added(tmp_path: Path, doi_service: Any) -> None:
    doi_service.register(WORK["DOI"], WORK)
    text = f"See doi:{WORK['DOI']} and doi:10.1000/unknown for more.\n"
    shown = ppreflist(tmp_path, "extract", "-", stdin=text, PPREFLIST_DOI_URL=doi_service.url)
    assert (shown.stdout.count("doi = "), doi_service.asked) == (2, [])
    left = ppreflist(tmp_path, "extract", "-", "--add", "--offline", stdin=text)
    assert left.stderr.count("left out, as only its number is known") == 2
    done = ppreflist(tmp_path, "extract", "-", "--add", stdin=text, PPREFLIST_DOI_URL=doi_service.url)
    assert (done.returncode, "no such record" in done.stderr) == (1, True)
    assert "a pilot study" in library(tmp_path)
    assert "unverified" not in library(tmp_path)


def test_a_dry_run_changes_nothing(folder: Path) -> None:
    done = ppreflist(folder, "extract", "letter.txt", "--add", "--dry-run")
    assert "+@article{chen2001study," in done.stdout
    assert library(folder) == KNOWN
    assert ppreflist(folder, "extract", "letter.txt", "--dry-run").returncode == 2


def test_json_tells_everything(folder: Path) -> None:
    found = json.loads(ppreflist(folder, "extract", "letter.txt", "--json").stdout)
    assert [each["found_in"] for each in found] == ["prose", "web address", "prose", "reference list", "reference list"]
    assert found[0]["already"] == {"key": "roses", "reason": "same year, volume and first page", "in": "library"}
    assert found[0]["address"]["url"] == "https://www.gardening.example.org/content/12/3/45.full.html"
    assert found[1]["address"]["suggestions"][0]["url"] == "https://www.garden-society.org"
    assert (found[3]["line"], found[3]["identifiers"], found[3]["key"]) == (
        12,
        ["doi:10.1000/things.3"],
        "chen2001study",
    )


def test_a_work_that_the_document_cites_twice_is_one(tmp_path: Path) -> None:
    text = "References\n\nChen A. A study of many things. J Things 2001;2:3-4.\n\nChen A. A study of many things. J Things 2001;2:3-4.\n"
    done = ppreflist(tmp_path, "extract", "-", stdin=text)
    assert done.stdout.count("@article") == 1
    assert "the same as chen2001study above" in done.stdout


def test_one_document_that_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    (folder / "scan.pdf").write_bytes(papers.pdf([]))
    (folder / "empty.txt").write_bytes(b"\n")
    done = process(folder, "extract", "scan.pdf", "missing.txt", "empty.txt", ".", "letter.txt")
    assert done.returncode == 1
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert [error.split(": ")[1] for error in errors] == ["scan.pdf", "missing.txt", "empty.txt", "."]
    assert "@article{chen2001study" in done.stdout


def test_a_text_without_references_is_no_failure(tmp_path: Path) -> None:
    done = ppreflist(tmp_path, "extract", "-", stdin="Nothing to see here.")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "No references were found.\n")


def test_terminal_escapes_in_a_document_are_not_printed(tmp_path: Path) -> None:
    done = ppreflist(
        tmp_path, "extract", "-", stdin="References\n\nChen A. A study \x1b[31mof\x1b[0m things. J Things 2001;2:3-4.\n"
    )
    assert "\x1b" not in done.stdout


# add --text

FARBU = "Farbu E, et al. Post-polio syndrome patients treated with ... Eur J Neurol 2007;14:60-65."
WORK: dict[str, Any] = {
    "DOI": "10.1111/j.1468-1331.2006.01552.x",
    "type": "journal-article",
    "title": ["Post-polio syndrome patients treated with intravenous immunoglobulin: a pilot study"],
    "author": [{"family": "Farbu", "given": "E."}, {"family": "Rekand", "given": "T."}],
    "container-title": ["European Journal of Neurology"],
    "issued": {"date-parts": [[2007, 1]]},
    "volume": "14",
    "page": "60-65",
}
OTHER = {
    **WORK,
    "DOI": "10.1000/other",
    "title": ["Post-polio syndrome patients treated with water"],
    "volume": "3",
    "page": "1-2",
}


@pytest.fixture
def crossref() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def say(server: WebServer, *works: object) -> str:
    """Let Crossref answer with these works; its address."""
    body = json.dumps({"status": "ok", "message": {"items": list(works)}}).encode()
    server.page("/works", answer(200, body, content_type="application/json"))
    return server.url


def test_a_record_that_clearly_agrees_is_added(tmp_path: Path, crossref: WebServer) -> None:
    done = process(tmp_path, "add", "--text", FARBU, PPREFLIST_CROSSREF_URL=say(crossref, OTHER, WORK))
    assert (done.returncode, done.stdout) == (0, "Added farbu2007post (references.bib:1).\n")
    assert (
        "Crossref's record 10.1111/j.1468-1331.2006.01552.x: title, first author, volume, first page and year agree"
        in done.stderr
    )
    assert "intravenous immunoglobulin: a pilot study" in library(tmp_path)
    assert "unverified" not in library(tmp_path)


def test_what_is_doubtful_is_listed_and_nothing_is_guessed(tmp_path: Path, crossref: WebServer) -> None:
    url = say(crossref, OTHER, {**WORK, "volume": "15"})
    done = ppreflist(tmp_path, "add", "--text", FARBU, PPREFLIST_CROSSREF_URL=url)
    assert done.returncode == 1
    assert not (tmp_path / "references.bib").exists()
    assert "1  " in done.stdout
    assert "but not volume" in done.stdout
    assert "--choose NUMBER or by its DOI" in done.stderr
    chosen = ppreflist(tmp_path, "add", "--text", FARBU, "--choose", "1", PPREFLIST_CROSSREF_URL=url)
    assert chosen.returncode == 0
    assert "volume differ" in chosen.stderr
    assert "a pilot study" in library(tmp_path)
    assert ppreflist(tmp_path, "add", "--text", FARBU, "--choose", "3", PPREFLIST_CROSSREF_URL=url).returncode == 1


def test_programs_get_the_candidates_as_data(tmp_path: Path, crossref: WebServer) -> None:
    url = say(crossref, OTHER, {**WORK, "volume": "15"})
    done = ppreflist(tmp_path, "add", "--text", FARBU, "--json", PPREFLIST_CROSSREF_URL=url)
    assert done.returncode == 1
    (told,) = json.loads(done.stdout)
    assert [each["number"] for each in told["candidates"]] == [1, 2]
    first = told["candidates"][0]
    assert (first["doi"], first["differs"]) == (WORK["DOI"], ["volume"])
    assert first["item"]["volume"] == "15"


def test_an_answer_that_cannot_be_read_names_who_gave_it(tmp_path: Path, crossref: WebServer) -> None:
    crossref.page("/works", answer(200, b'{"message": {"items": [', content_type="application/json"))
    done = ppreflist(tmp_path, "add", "--text", FARBU, PPREFLIST_CROSSREF_URL=crossref.url)
    assert done.returncode == 1
    assert "Crossref, asked about 'Farbu E, et al." in done.stderr


def test_a_person_chooses_at_a_terminal(tmp_path: Path, crossref: WebServer) -> None:
    url = say(crossref, OTHER, {**WORK, "volume": "15"})
    code, shown = on_terminal(tmp_path, "add", "--text", FARBU, answers="0\n", PPREFLIST_CROSSREF_URL=url)
    assert (code, "not added" in shown) == (0, True)
    code, shown = on_terminal(tmp_path, "add", "--text", FARBU, answers="1\ny\n", PPREFLIST_CROSSREF_URL=url)
    assert code == 0
    assert "volume = {15}" in library(tmp_path)


def test_nothing_like_it_is_said_with_what_to_do(tmp_path: Path, crossref: WebServer) -> None:
    done = ppreflist(tmp_path, "add", "--text", FARBU, PPREFLIST_CROSSREF_URL=say(crossref))
    assert done.returncode == 1
    assert "knows nothing like" in done.stderr
    assert "--offline" in done.stderr


def test_a_service_that_is_down_makes_no_draft(tmp_path: Path, crossref: WebServer) -> None:
    crossref.page("/works", answer(403))
    done = ppreflist(tmp_path, "add", "--text", FARBU, PPREFLIST_CROSSREF_URL=crossref.url)
    assert done.returncode == 1
    assert "refused" in done.stderr
    assert not (tmp_path / "references.bib").exists()


def test_offline_the_text_becomes_a_marked_draft(tmp_path: Path) -> None:
    done = ppreflist(tmp_path, "add", "--text", FARBU, "--offline")
    assert (done.returncode, done.stdout) == (0, "Added farbu2007post (references.bib:1).\n")
    assert "keywords = {unverified}" in library(tmp_path)
    assert "no service was asked" in done.stderr
    assert "farbu2007post" in ppreflist(tmp_path, "list", "--tag", "unverified").stdout
    assert ppreflist(tmp_path, "add", "--text", FARBU, "--offline").returncode == 3


def test_an_identifier_in_the_text_wins(tmp_path: Path, crossref: WebServer, doi_service: Any) -> None:
    doi_service.register("10.1111/j.1468-1331.2006.01552.x", WORK)
    done = ppreflist(
        tmp_path, "add", "--text", f"{FARBU} doi:10.1111/j.1468-1331.\n2006.01552.x",
        PPREFLIST_CROSSREF_URL=say(crossref, OTHER), PPREFLIST_DOI_URL=doi_service.url,
    )  # fmt: skip
    assert done.returncode == 0
    assert "a pilot study" in library(tmp_path)
    assert crossref.total == 0


def test_many_citations_come_on_standard_input(tmp_path: Path) -> None:
    pasted = "1. Chen A. A study of many\nthings. J Things 2001;2:3-4.\n2. Bo C. Another study of things. J Things 2002;3:5-6.\n\n"
    done = ppreflist(tmp_path, "add", "--text", "-", "--offline", stdin=pasted)
    assert done.returncode == 0
    assert "2 added." in done.stderr
    done = ppreflist(tmp_path, "add", "--text", "-", "--offline", stdin="Hm.\n")
    assert done.returncode in (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        ("--choose", "1"),
        ("--offline",),
        ("--text", " "),
        ("--text", "a", "--text", "b", "--choose", "1"),
        ("--text", "a", "--type", "book"),
    ],
)
def test_wrong_usage(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert ppreflist(tmp_path, "add", *words).returncode == 2


def test_the_three_ways_to_a_list_end_in_the_same(tmp_path: Path, crossref: WebServer, doi_service: Any) -> None:
    doi_service.register(WORK["DOI"], WORK)
    services = {"PPREFLIST_CROSSREF_URL": say(crossref, WORK), "PPREFLIST_DOI_URL": doi_service.url}
    (tmp_path / "letter.txt").write_text(f"References\n\n{FARBU}\n", encoding="utf-8")
    assert ppreflist(tmp_path, "add", WORK["DOI"], **services).returncode == 0
    text = library(tmp_path)
    pasted = ppreflist(tmp_path, "add", "--text", FARBU, **services)
    assert (pasted.returncode, "already there as farbu2007post" in pasted.stderr) == (3, True)
    assert ppreflist(tmp_path, "extract", "letter.txt", "--add").returncode == 0
    assert library(tmp_path) == text
