"""``ppreflist cite``."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.cli.driving import in_this_process

LIBRARY = r"""
@article{first, author={Smith, Ann}, title={First {\&} foremost}, journal={Journal}, year=2006, pages={1--9}}
@article{second, author={Smith, Ann}, title={Second}, journal={Journal}, year=2006}
@book{young, author={Young, Bo}, title={Old}, publisher={Press}, year=1999}
@xdata{data, publisher={Press}}
"""


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "references.bib").write_text(LIBRARY, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return in_this_process(folder, "cite", *words)


def ok(folder: Path, *words: str) -> str:
    done = run(folder, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # the year suffix of the bibliography, though the other work is not cited
        (("first",), "(Smith, 2006a)"),
        (("second",), "(Smith, 2006b)"),
        (("young", "first", "second"), "(Smith, 2006a, 2006b; Young, 1999)"),
        (("first", "--page", "3"), "(Smith, 2006a, p. 3)"),
        (("first", "--locator", "3", "--label", "chapter"), "(Smith, 2006a, Chapter 3)"),
        (("first", "--prefix", "see "), "(see Smith, 2006a)"),
        (("first", "--suffix", ", for one"), "(Smith, 2006a, for one)"),
        (("first", "--no-author"), "(2006a)"),
        (("first", "--page", "3", "--lang", "de-DE"), "(Smith, 2006a, S. 3)"),
        (("first", "--style", "ieee"), "[1]"),
        (("first", "first"), "(Smith, 2006a)"),
    ],
)
def test_a_citation(folder: Path, words: tuple[str, ...], expected: str) -> None:
    assert ok(folder, *words) == expected + "\n"


def test_a_note_style_gives_the_text_of_the_note(folder: Path) -> None:
    text = ok(folder, "first", "--style", "chicago-notes-bibliography", "--format", "markdown")
    assert text.startswith("Ann Smith, “First & Foremost,” *Journal*, 2006")


def test_json(folder: Path) -> None:
    answer = json.loads(ok(folder, "first", "--json"))
    assert answer == {"citation": "(Smith, 2006a)", "keys": ["first"], "style": "apa", "format": "text"}


def test_an_unknown_key_names_the_nearest(folder: Path) -> None:
    done = run(folder, "frist")
    assert (done.returncode, done.stdout) == (1, "")
    assert "first" in done.stderr


def test_an_unknown_style_names_the_nearest(folder: Path) -> None:
    done = run(folder, "first", "--style", "vancuver")
    assert done.returncode == 1
    assert "vancouver" in done.stderr


def test_what_is_no_work_cannot_be_cited(folder: Path) -> None:
    done = run(folder, "data")
    assert done.returncode == 1
    assert "no work" in done.stderr


@pytest.mark.parametrize(
    "words",
    [(), ("first", "second", "--page", "3"), ("first", "--page", "3", "--locator", "4"), ("first", "--label", "x")],
)
def test_wrong_usage(folder: Path, words: tuple[str, ...]) -> None:
    assert run(folder, *words).returncode == 2
