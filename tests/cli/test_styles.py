"""``ppreflist styles``."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.cli.driving import in_this_process


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests: building the catalogue takes a second."""
    return tmp_path_factory.mktemp("home")


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return in_this_process(home, "styles", *words, PPREFLIST_CACHE_DIR=str(home / "cache"))


def found(home: Path, *words: str) -> list[dict[str, Any]]:
    done = run(home, *words, "--json")
    assert done.returncode == 0, done.stderr
    answer: list[dict[str, Any]] = json.loads(done.stdout)
    return answer


def test_a_style_is_found_by_name_title_and_former_name(home: Path) -> None:
    assert found(home, "apa")[0]["name"] == "apa"
    assert found(home, "chicago", "author-date")[0]["name"] == "chicago-author-date"
    assert "vancouver" in found(home, "vancouver")[0]["former_names"]


def test_a_table_shows_what_a_journal_follows(home: Path) -> None:
    done = run(home, "nature", "physics")
    assert done.returncode == 0
    assert done.stdout.startswith("nature-physics")
    assert "Nature Physics (follows nature)" in done.stdout


def test_options_narrow_the_search(home: Path) -> None:
    records = found(home, "--format", "note", "--field", "law", "--lang", "fr", "--independent", "--all")
    assert records
    for record in records:
        assert record["format"] == "note"
        assert "law" in record["fields"]
        assert record["locale"].startswith("fr")
        assert record["parent"] is None


def test_what_is_not_shown_is_counted(home: Path) -> None:
    done = run(home, "--format", "numeric")
    assert len(done.stdout.splitlines()) == 25
    assert "more; --all shows them" in done.stderr
    assert len(found(home, "--format", "numeric", "--all")) > 900


def test_the_catalogue_is_kept_in_the_cache(home: Path) -> None:
    found(home, "apa")
    assert (home / "cache" / "styles.tsv").is_file()


def test_nothing_found_names_the_nearest(home: Path) -> None:
    done = run(home, "vancuver")
    assert (done.returncode, done.stdout) == (1, "")
    assert "vancouver" in done.stderr


def test_an_unknown_field_names_the_fields(home: Path) -> None:
    done = run(home, "--field", "medicin")
    assert done.returncode == 1
    assert "medicine" in done.stderr


def test_an_unknown_format_is_wrong_usage(home: Path) -> None:
    assert run(home, "--format", "footnote").returncode == 2
