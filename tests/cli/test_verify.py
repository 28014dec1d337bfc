"""``ppreflist verify`` and ``ppreflist update`` against a double of doi.org."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.conftest import DoiService, Reply

from ppreflist.cli.main import cli

FARBU = "10.1111/j.1468-1331.2006.01552.x"
SOLAR = "10.1000/solar"
ITEM: dict[str, Any] = {
    "type": "article-journal",
    "title": "Post-polio syndrome patients treated with intravenous immunoglobulin",
    "container-title": "European Journal of Neurology",
    "author": [{"family": "Farbu", "given": "E."}, {"family": "Vik-Mo", "given": "E."}],
    "issued": {"date-parts": [[2007]]},
    "volume": "14",
    "issue": "1",
    "page": "60-65",
    "ISSN": "1351-5101",
}
SOLAR_ITEM = {
    "type": "article-journal",
    "title": "Solar cells without silicon",
    "author": [{"family": "Beta", "given": "Bo"}],
    "issued": {"date-parts": [[1999]]},
    "container-title": "Nature",
}
SOURCE = f"""@article{{farbu,
  author = {{Farbu, Elisabeth and Vik-Mo, Einar}},
  title  = {{Post-polio syndrome patients treated with intravenous immunoglobulin}},
  journaltitle = {{Eur J Neurol}},
  date   = {{2007}},
  doi    = {{{FARBU}}},
}}

@article{{borg,
  author = {{Borg, Kristian}},
  title  = {{Late effects of poliomyelitis}},
  year   = 2006,
  doi    = {{{SOLAR}}},
}}

@book{{none, title = {{Without an identifier}}}}
"""

Run = Callable[..., Result]


@pytest.fixture
def bib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doi_service: DoiService) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, value in {"XDG_STATE_HOME": str(tmp_path / ".state"), "PPREFLIST_DOI_URL": doi_service.url}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("no_proxy", "*")
    doi_service.register(FARBU, ITEM)
    doi_service.register(SOLAR, SOLAR_ITEM)
    path = tmp_path / "references.bib"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), catch_exceptions=False)


def statuses(result: Result, name: str = "status") -> dict[str, str]:
    return {each["key"]: each[name] for each in json.loads(result.stdout)}


def test_a_doi_of_another_work_is_found_and_shown_beside_the_entry(bib: Path) -> None:
    result = run("verify")
    assert result.exit_code == 3
    assert "references.bib:9: borg: doi:10.1000/solar is another work" in result.stdout
    assert "Late effects of poliomyelitis" in result.stdout
    assert "Solar cells without silicon" in result.stdout
    assert "farbu" not in result.stdout
    assert (
        "2 records asked for: 1 same work, 1 another work; 1 without an identifier was not asked for." in result.stderr
    )


def test_what_agrees_is_shown_when_asked_for(bib: Path) -> None:
    result = run("verify", "farbu", "--all")
    assert (result.exit_code, "farbu: the same work [" in result.stdout) == (0, True)


def test_verify_as_json(bib: Path) -> None:
    result = run("verify", "--json")
    assert statuses(result, "verdict") == {"farbu": "same work", "borg": "another work", "none": "no identifier"}
    borg = json.loads(result.stdout)[1]
    assert borg["score"] < 0.2
    assert borg["fields"]["title"] == {
        "entry": "Late effects of poliomyelitis", "record": "Solar cells without silicon", "agreement": "differs",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "verdict", "code"),
    [
        (Reply(b"", 404), "not found", 3),
        (Reply(b"no", 403), "refused", 1),
        (Reply(b"<html>", 200, {"Content-Type": "text/html"}), "malformed answer", 1),
        (Reply(b'{"title": "cut off', 200), "malformed answer", 1),
    ],
)
def test_why_an_entry_could_not_be_verified(
    bib: Path, doi_service: DoiService, reply: Reply, verdict: str, code: int
) -> None:
    doi_service.reply(FARBU, reply)
    result = run("verify", "farbu", "--json")
    assert (statuses(result, "verdict"), result.exit_code) == ({"farbu": verdict}, code)


def test_the_others_are_verified_when_one_fails(bib: Path, doi_service: DoiService) -> None:
    doi_service.reply(FARBU, Reply(b"no", 403))
    result = run("verify")
    assert result.exit_code == 1
    assert "farbu: refused:" in result.stderr
    assert "borg: doi:10.1000/solar is another work" in result.stdout


def test_a_service_that_refuses_is_not_asked_for_the_rest(bib: Path, doi_service: DoiService) -> None:
    dois = [f"10.1000/{number}" for number in range(6)]
    for doi in dois:
        doi_service.reply(doi, Reply(b"no", 403))
    bib.write_text("".join(f"@book{{k{doi[-1]}, title={{T}}, doi={{{doi}}}}}\n" for doi in dois), encoding="utf-8")
    result = run("verify", "--json")
    assert set(statuses(result, "verdict").values()) == {"refused"}
    assert len({path for path in doi_service.asked if not path.startswith("/agency")}) == 3


def test_missing_fields_are_filled_and_nothing_else_changes(bib: Path) -> None:
    dry = run("update", "farbu", "--dry-run")
    assert (dry.exit_code, bib.read_text(encoding="utf-8")) == (0, SOURCE)
    assert "+  pages  = {60--65}," in dry.stdout
    result = run("update", "farbu")
    assert result.exit_code == 0
    assert "Updated 4 fields of 1 entry." in result.stderr
    added = "  volume = {14},\n  number = {1},\n  pages  = {60--65},\n  issn   = {1351-5101},\n"
    assert bib.read_text(encoding="utf-8") == SOURCE.replace(f"{FARBU}}},\n", f"{FARBU}}},\n{added}")
    again = run("update", "farbu")
    assert "Nothing to add" in again.stderr


def test_an_entry_is_not_completed_with_another_work(bib: Path) -> None:
    result = run("update")
    assert result.exit_code == 3
    assert "borg: doi:10.1000/solar is another work, 'Solar cells without silicon'; nothing was added" in result.stderr
    assert "Solar" not in bib.read_text(encoding="utf-8")
    assert "volume = {14}" in bib.read_text(encoding="utf-8")


def test_only_the_fields_that_were_asked_for(bib: Path) -> None:
    run("update", "farbu", "--field", "issn", "--field", "pages")
    text = bib.read_text(encoding="utf-8")
    assert "1351-5101" in text
    assert "60--65" in text
    assert "volume" not in text


def test_overwriting_only_when_named(bib: Path, doi_service: DoiService) -> None:
    doi_service.register(FARBU, {**ITEM, "issued": {"date-parts": [[2006, 12]]}})
    run("update", "farbu", "--overwrite", "journal", "--overwrite", "date")
    text = bib.read_text(encoding="utf-8")
    assert "journaltitle = {European Journal of Neurology}," in text
    assert "date   = {2006-12}," in text
    assert "Farbu, Elisabeth" in text
    assert "volume" not in text


def test_update_says_what_could_not_be_had_and_does_the_rest(bib: Path, doi_service: DoiService) -> None:
    doi_service.reply(SOLAR, Reply(b"", 404))
    result = run("update", "--json", "--yes")
    assert result.exit_code == 1
    assert statuses(result) == {"farbu": "updated", "borg": "not found", "none": "no identifier"}
    assert "pages" in json.loads(result.stdout)[0]["fields"]
    assert "60--65" in bib.read_text(encoding="utf-8")


def test_update_as_json_does_not_change_without_yes(bib: Path) -> None:
    assert run("update", "--json").exit_code == 2
    result = run("update", "farbu", "--json", "--dry-run")
    assert json.loads(result.stdout)[0]["fields"]["volume"] == "14"
    assert bib.read_text(encoding="utf-8") == SOURCE
