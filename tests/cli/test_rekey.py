"""``ppreflist rekey``, on real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.driving import on_terminal

from ppreflist.bibtex.index import open_library
from ppreflist.cli.main import cli
from ppreflist.errors import DocumentUnreadable, PpreflistError

SOURCE = """% keys as they came
@article{one,
  author = {Farbu, Elisabeth},
  title = {Post-polio syndrome},
  year = {2007},
  related = {two, three},
}

@article{two, author = {Farbu, E.}, title = {Post-polio now}, year = 2007, crossref = {three}}
@book{three, editor = {Borg, K.}, title = {The whole book}, year = 2006}
@misc{borg2006wholec, editor = {Borg, K.}, title = {Whole}, year = 2006}
"""
TEX = "See \\cite[12]{one,two} and one; \\verb|\\cite{one}|.\n"


@pytest.fixture
def bib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PPREFLIST_KEY_PATTERN", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / ".state"))
    path = tmp_path / "references.bib"
    path.write_text(SOURCE, encoding="utf-8")
    (tmp_path / "paper.tex").write_text(TEX, encoding="utf-8")
    return path


def run(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(cli, ["rekey", *words], catch_exceptions=False, env=environment)


def keys(bib: Path) -> list[str]:
    return [entry.key for entry in open_library(bib)]


def test_every_entry_gets_the_key_of_the_pattern_and_references_follow(bib: Path) -> None:
    result = run("--yes")
    assert result.exit_code == 0
    assert keys(bib) == ["farbu2007post", "farbu2007posta", "borg2006whole", "borg2006wholec"]
    text = bib.read_text(encoding="utf-8")
    expected = SOURCE.replace("{one,", "{farbu2007post,").replace("@article{two,", "@article{farbu2007posta,")
    expected = expected.replace("related = {two, three}", "related = {farbu2007posta, borg2006whole}")
    expected = expected.replace("crossref = {three}", "crossref = {borg2006whole}").replace(
        "k{three,", "k{borg2006whole,"
    )
    assert text == expected
    again = run("--yes")
    assert "Every key fits {auth}{year}{title1}; nothing to change." in again.output


def test_nothing_changes_without_yes(bib: Path) -> None:
    result = run()
    assert "one    ->  farbu2007post" in result.output
    assert "pass --yes" in result.output
    dry = run("--dry-run", "--in", "paper.tex")
    assert "+@article{farbu2007post," in dry.output
    assert "+See \\cite[12]{farbu2007post,farbu2007posta} and one; \\verb|\\cite{one}|." in dry.output
    assert bib.read_text(encoding="utf-8") == SOURCE


def test_documents_follow(bib: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_bytes("\ufeffAs @two says [@one].\r\n".encode())
    result = run("--yes", "--in", "paper.tex", "--in", "notes.md")
    assert "paper.tex: 2 keys replaced." in result.output
    after = (tmp_path / "paper.tex").read_text(encoding="utf-8")
    assert after == TEX.replace("{one,two}", "{farbu2007post,farbu2007posta}")
    assert (tmp_path / "notes.md").read_bytes() == "\ufeffAs @farbu2007posta says [@farbu2007post].\r\n".encode()


def test_a_key_that_a_person_chooses_and_back_again(bib: Path, tmp_path: Path) -> None:
    assert run("one=polio:2007", "--in", "paper.tex", "--yes").exit_code == 0
    assert keys(bib)[0] == "polio:2007"
    assert run("polio:2007=one", "--in", "paper.tex", "--yes").exit_code == 0
    assert bib.read_text(encoding="utf-8") == SOURCE
    assert (tmp_path / "paper.tex").read_text(encoding="utf-8") == TEX


def test_keys_may_change_places(bib: Path) -> None:
    run("one=two", "two=three", "three=one", "--yes")
    assert keys(bib)[:3] == ["two", "three", "one"]
    assert open_library(bib)["two"].text("related") == "three, one"


def test_old_keys_can_be_kept_as_aliases(bib: Path) -> None:
    run("one", "--alias", "--yes")
    library = open_library(bib)
    assert library["one"].key == "farbu2007post"
    assert library["one"].text("ids") == "one"
    run("farbu2007post=one", "--yes")
    assert bib.read_text(encoding="utf-8") == SOURCE


def test_another_pattern(bib: Path) -> None:
    run("one", "--pattern", "{auth:capital}_{shortyear}", "--yes")
    assert keys(bib)[0] == "Farbu_07"
    run("two", "--yes", PPREFLIST_KEY_PATTERN="{year}{auth}")
    assert keys(bib)[1] == "2007farbu"
    wrong = run("--pattern", "{auht}")
    assert (wrong.exit_code, "is {auth} meant" in wrong.output) == (2, True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("one=two",), "would both be two"),
        (("one=a b",), "white space"),
        (("one=new", "--in", "slides.pptx"), "a file of this kind is not known"),
        (("one=new", "--in", "missing.tex"), "there is no such file"),
    ],
)
def test_what_cannot_be_done_changes_nothing(bib: Path, words: tuple[str, ...], message: str) -> None:
    with pytest.raises(PpreflistError, match=message):
        run(*words, "--yes")
    assert bib.read_text(encoding="utf-8") == SOURCE


def test_a_document_that_is_missing_is_not_taken_for_a_library(bib: Path) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        run("one=new", "--in", "missing.tex", "--yes")
    assert caught.value.path == "missing.tex"
    assert caught.value.hint.startswith("--in names")


def test_json(bib: Path) -> None:
    assert run("--json").exit_code == 2
    found = json.loads(run("one", "--json", "--dry-run", "--in", "paper.tex").output)
    assert found["keys"] == {"one": "farbu2007post"}
    assert found["documents"] == {"paper.tex": {"one": 1}}
    assert found["saved"] is False


def test_a_person_is_asked(bib: Path, tmp_path: Path) -> None:
    code, shown = on_terminal(tmp_path, "rekey", "one", answers="n\n")
    assert (code, "Change it?" in shown, bib.read_text(encoding="utf-8")) == (0, True, SOURCE)
    code, _ = on_terminal(tmp_path, "rekey", "one", answers="y\n")
    assert (code, keys(bib)[0]) == (0, "farbu2007post")
