"""``ppreflist dedupe``, on real files, with and without a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.driving import on_terminal

from ppreflist.bibtex.index import open_library
from ppreflist.cli.main import cli

TITLE = "Post-polio syndrome patients treated with intravenous immunoglobulin"
SOURCE = f"""% the trial, twice
@article{{farbu2007,
  author = {{Farbu, E. and Vik-Mo, E.}},
  title = {{{TITLE}: a pilot study}},
  journal = {{Eur J Neurol}},
  year = {{2007}},
}}

@article{{pilot,
  author = {{Farbu, Elisabeth and Vik-Mo, Einar}},
  title = {{{TITLE}}},
  journal = {{European Journal of Neurology}},
  year = {{2007}},
  pages = {{60--65}},
}}

@book{{other, title = {{Something else}}, related = {{farbu2007}}}}
"""


@pytest.fixture
def bib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / ".state"))
    path = tmp_path / "references.bib"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["dedupe", *words], catch_exceptions=False)


def test_duplicates_are_listed_with_their_places(bib: Path) -> None:
    result = run()
    assert result.exit_code == 3
    assert "references.bib:2: farbu2007: Farbu & Vik-Mo, 2007" in result.output
    assert "references.bib:9: pilot:" in result.output
    assert "same authors" in result.output
    assert bib.read_text(encoding="utf-8") == SOURCE


def test_no_duplicates(bib: Path) -> None:
    assert run("other").exit_code == 0
    bib.write_text("@book{a, title={A}}\n", encoding="utf-8")
    result = run()
    assert (result.exit_code, "No duplicates in references.bib (1 entries)" in result.output) == (0, True)


def test_json_says_what_a_merge_would_make(bib: Path) -> None:
    result = run("--json")
    assert result.exit_code == 3
    found = json.loads(result.output)
    (group,) = found["groups"]
    assert group["keys"] == ["farbu2007", "pilot"]
    assert group["fields"]["title"] == f"{TITLE}: a pilot study"
    assert group["fields"]["author"] == "Farbu, Elisabeth and Vik-Mo, Einar"
    assert (found["saved"], found["versions"], found["conflicts"]) == (False, [], [])


def test_merging_by_rules(bib: Path) -> None:
    dry = run("--merge", "--dry-run", "--keep", "first")
    assert dry.exit_code == 3
    assert "+  ids = {pilot}," in dry.output
    assert bib.read_text(encoding="utf-8") == SOURCE
    result = run("--merge", "--keep", "first")
    assert (result.exit_code, "Merged pilot into farbu2007." in result.output) == (0, True)
    text = bib.read_text(encoding="utf-8")
    assert text.startswith("% the trial, twice\n@article{farbu2007,")
    assert text.endswith("@book{other, title = {Something else}, related = {farbu2007}}\n")
    library = open_library(bib)
    assert library["pilot"].key == "farbu2007"
    assert library["pilot"].text("pages") == "60–65"
    assert library["pilot"].text("journal") == "European Journal of Neurology"


def test_a_key_that_is_gone_still_shows_the_entry(bib: Path) -> None:
    run("--merge", "--keep", "first")
    for words in (["show", "pilot"], ["show", "pilot", "--bibtex"], ["list", "pilot"], ["export", "pilot"]):
        shown = CliRunner().invoke(cli, words, catch_exceptions=False)
        assert (shown.exit_code, "Farbu" in shown.output) == (0, True)


def test_json_does_not_change_anything_without_yes(bib: Path) -> None:
    assert run("--merge", "--json").exit_code == 2
    done = run("--merge", "--json", "--yes")
    assert (done.exit_code, json.loads(done.output)["saved"]) == (0, True)
    assert len(open_library(bib)) == 2


def test_an_entry_that_cannot_be_read_safely_is_left_alone(bib: Path, tmp_path: Path) -> None:
    bib.write_text(SOURCE + "@article{pilot, title={Again}}\n", encoding="utf-8")
    before = bib.read_bytes()
    result = run("--merge")
    assert result.exit_code == 3
    assert "cannot be read safely" in result.output
    assert bib.read_bytes() == before
    code, shown = on_terminal(tmp_path, "dedupe", answers="m\n")
    assert (code, "cannot be read safely" in shown, bib.read_bytes() == before) == (3, True, True)


def test_a_person_merges_and_chooses_what_is_kept(bib: Path, tmp_path: Path) -> None:
    code, shown = on_terminal(tmp_path, "dedupe", answers="1\nm\n")
    assert code == 0
    assert "1 farbu2007" in shown
    assert "2 pilot" in shown
    assert "Merged pilot into farbu2007." in shown
    assert [entry.key for entry in open_library(bib)] == ["farbu2007", "other"]


def test_a_person_says_that_they_are_not_the_same_and_is_not_asked_again(bib: Path, tmp_path: Path) -> None:
    code, _ = on_terminal(tmp_path, "dedupe", answers="n\n")
    assert code == 0
    assert open_library(bib)["pilot"].text("x-distinct") == "farbu2007"
    assert run().exit_code == 0


def test_skipping_changes_nothing(bib: Path, tmp_path: Path) -> None:
    code, _ = on_terminal(tmp_path, "dedupe", answers="s\n")
    assert (code, bib.read_text(encoding="utf-8")) == (3, SOURCE)


def test_preprints_are_linked(bib: Path) -> None:
    preprint = "@misc{arxiv, author = {Farbu, E. and Vik-Mo, E.}, title = {%s}, year = 2006, eprint = {2006.00001}}\n"
    published = SOURCE[SOURCE.index("@article{pilot") :]
    bib.write_text(preprint % TITLE + published, encoding="utf-8")
    told = run()
    assert (told.exit_code, "preprint and published version" in told.output) == (0, True)
    assert run("--link").exit_code == 0
    assert open_library(bib)["pilot"].text("related") == "arxiv"
    assert "No duplicates" in run().output
