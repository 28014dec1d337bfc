"""The checks on real files of other tools' test folders, when they lie beside the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.lint.fixing import fix_all
from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]

CORPUS = Path(__file__).parents[3] / "shared" / "bib"
FOLDERS = sorted(path for path in CORPUS.iterdir() if path.is_dir()) if CORPUS.is_dir() else []

pytestmark = pytest.mark.skipif(not FOLDERS, reason="../shared/bib is not there")


def text_of(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_fix_ends_its_problem_and_brings_no_new_one(lint: Lint, folder: Path) -> None:
    for path in sorted(folder.rglob("*.bib")):
        file = BibFile.parse(text_of(path), path.name)
        if not file.entries:
            continue
        before = Counter(problem.check for problem in lint(file.text))
        made = fix_all(file, lambda each: lint(each.text))
        after = Counter(problem.check for problem in made.remaining)
        refused = {(each.problem.check, each.problem.key, each.problem.field) for each in made.refused}
        left = {(each.check, each.key, each.field) for each in made.remaining if each.fix is not None}
        assert left <= refused, path.name
        # An ISSN that was found in the field isbn can contradict another journal's.
        assert set(after - before) <= {"journal-issn"}, f"{path.name}: {after - before}"
        again = apply(file, made.edits).new
        assert [entry.key for entry in again.entries] == [entry.key for entry in file.entries]
