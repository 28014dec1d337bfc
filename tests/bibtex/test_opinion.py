"""The second opinion: how bibtexparser's reading is compared, and why a window of the file is enough."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from ppreflist.bibtex import cache, disk, opinion
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.encoding import decode
from ppreflist.errors import LibraryUnreadable

SHARED = Path(__file__).parents[3] / "shared" / "bib"


def files() -> list[Path]:
    if not SHARED.is_dir():
        pytest.skip("needs the real .bib files of ../shared/bib")
    return sorted(path for path in SHARED.rglob("*") if path.is_file())


def texts() -> list[str]:
    found: list[str] = []
    for path in files():
        try:
            found.append(decode(path.read_bytes())[0])
        except LibraryUnreadable:
            continue
    return found


CANNOT = "bibtexparser cannot read this entry"
NOT_SEEN = "bibtexparser does not see this entry"
DIFFERENT: dict[str, list[str]] = {
    "@a{k, % x\n b = 1}": ["bibtexparser reads '% x b' where field 'b' is"],
    '@a{k, b = "T{"u}b", c = 1}': ["bibtexparser reads another value of field 'b'"],
    "@www-x{k, b = 1}": [NOT_SEEN],
    "@a\n{k, b = 1}": [NOT_SEEN],
    "@a{k, b = {1} x, c = 2}": ["bibtexparser reads another value of field 'b'"],
    "@a{k, b = {\n@c{d}\n}}": [CANNOT, "only bibtexparser sees an entry here, 'd'"],
    "@a{k, b = {x\\}}": [CANNOT],
    "@a{k, b = {x\\\\}}": [CANNOT],
    "@A{k, B = {1}, B = {2}}": [],
    "@a{k}\n@a{k}": [],
    "%@a{l}\n@a{k}": ["only bibtexparser sees an entry here, 'l'"],
    "@comment{\n@a{l}\n}": ["only bibtexparser sees an entry here, 'l'"],
}


@pytest.mark.parametrize("text", DIFFERENT)
def test_says_how_the_readings_differ(text: str) -> None:
    assert [each.message for each in opinion.disagreements(BibFile.parse(text))] == DIFFERENT[text]


def test_disagreements_have_places() -> None:
    bib = BibFile.parse("\n  @a{k, % x\n b = 1}")
    (problem,) = opinion.problems(bib, opinion.disagreements(bib))
    assert (problem.check, problem.key, problem.line, problem.column) == ("second-opinion", "k", 2, 3)


def test_an_entry_alone_is_read_as_in_the_whole_file() -> None:
    """The claim of opinion's docstring, on every entry of every real file."""
    compared = 0
    for text in texts():
        bib = BibFile.parse(text)
        whole = {each.start: each.message for each in opinion.disagreements(bib)}
        entries = bib.entries if len(bib.entries) < 300 else random.Random(1).sample(bib.entries, 300)
        for entry in entries:
            assert opinion.disagreement(bib, entry) == whole.get(entry.start, "")
            compared += 1
    assert compared > 2000


def test_between_fences_a_text_is_read_as_by_itself() -> None:
    """Cut at fences, also in the middle of broken blocks: the readings of the parts are those of the whole."""
    chance = random.Random(2)
    compared = 0
    for text in texts():
        if len(text) > 60_000:
            continue
        for _ in range(2):
            damaged = _damaged(text, chance)
            whole = [(each.kind, each.key, each.fields) for each in opinion.readings(damaged)]
            cut = opinion.fence_at_or_after(damaged, chance.randrange(len(damaged) + 1))
            parts = opinion.readings(damaged[:cut]) + opinion.readings(damaged[cut:])
            assert [(each.kind, each.key, each.fields) for each in parts] == whole
            compared += 1
    assert compared > 200


def _damaged(text: str, chance: random.Random) -> str:
    """A real file with some characters that matter lost or doubled."""
    marks = [index for index, character in enumerate(text) if character in '{}",=\\@\n']
    for index in sorted(chance.sample(marks, min(3, len(marks))), reverse=True):
        text = text[:index] + chance.choice(["", text[index] * 2]) + text[index + 1 :]
    return text


def test_fences() -> None:
    text = "x @a{\n  @b{c}\n@ d{e}\n@f {g}\n\\@h{\n"
    assert [opinion.fence_at_or_after(text, at) for at in (0, 8, 9)] == [8, 8, text.index("@f")]
    assert opinion.fence_at_or_after(text, text.index("@f") + 1) == len(text)
    assert [opinion.fence_at_or_before(text, at) for at in (7, 8, len(text))] == [0, 8, text.index("@f")]


def test_the_answer_on_a_whole_file_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PPREFLIST_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "refs.bib"
    path.write_text("@a{k, % x\n b = 1}\n@c{d}\n", encoding="utf-8")
    first = cache.second_opinion(disk.read(path))
    assert [each.key for each in first] == ["k"]
    monkeypatch.setattr(opinion, "disagreements", lambda bib: pytest.fail("asked again"))
    assert cache.second_opinion(disk.read(path)) == first


def test_another_file_is_another_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PPREFLIST_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "refs.bib"
    path.write_text("@a{k, % x\n b = 1}\n", encoding="utf-8")
    assert len(cache.second_opinion(disk.read(path))) == 1
    path.write_text("@a{k,\n b = 1}\n", encoding="utf-8")
    assert cache.second_opinion(disk.read(path)) == ()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"scheme": "0", "found": []}', b"\xff"])
def test_a_damaged_cache_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setenv("PPREFLIST_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "refs.bib"
    path.write_text("@a{k, % x\n b = 1}\n", encoding="utf-8")
    first = cache.second_opinion(disk.read(path))
    (kept,) = (tmp_path / "cache" / "opinion").iterdir()
    kept.write_bytes(content)
    assert cache.second_opinion(disk.read(path)) == first
    assert json.loads(kept.read_bytes())["found"]


def test_without_a_cache_folder_the_answer_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PPREFLIST_CACHE_DIR", str(tmp_path / "file" / "below"))
    path = tmp_path / "refs.bib"
    path.write_text("@a{k, % x\n b = 1}\n", encoding="utf-8")
    assert len(cache.second_opinion(disk.read(path))) == 1


def test_the_cache_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PPREFLIST_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_KEPT", 3)
    path = tmp_path / "refs.bib"
    for number in range(6):
        path.write_text(f"@a{{k{number}}}\n", encoding="utf-8")
        cache.second_opinion(disk.read(path))
    assert len(os.listdir(tmp_path / "cache" / "opinion")) == 3
