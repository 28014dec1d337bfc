"""The frame of the command line, driven as real processes."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import click
import pytest

from ppreflist import __version__
from ppreflist.cli.main import COMMANDS


def ppreflist(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ppreflist", *words], cwd=cwd, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_the_short_help_of_the_table_and_examples(name: str) -> None:
    module, short_help = COMMANDS[name]
    command = importlib.import_module(module).command
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.get_short_help_str(limit=200) == short_help
    assert command.help
    assert command.epilog is not None
    assert f"ppreflist {name}" in command.epilog
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"


def test_help_does_not_import_what_a_command_needs(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from ppreflist.cli.main import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        "heavy = {'requests', 'rich', 'bibtexparser', 'xml', 'filelock', 'http', 'ssl', 'sqlite3', 'asyncio'}\n"
        "print('HEAVY', sorted(heavy & {name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert "check-links" in done.stdout
    assert "HEAVY []" in done.stdout


def test_version(tmp_path: Path) -> None:
    done = ppreflist("--version", cwd=tmp_path)
    assert done.returncode == 0
    assert __version__ in done.stdout


def test_a_mistyped_command_names_the_nearest(tmp_path: Path) -> None:
    done = ppreflist("chek-links", cwd=tmp_path)
    assert done.returncode == 2
    assert "check-links" in done.stderr


def test_no_library_is_said_with_what_to_do(tmp_path: Path) -> None:
    done = ppreflist("list", "--library", "nowhere.bib", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: nowhere.bib: ")
    assert "ppreflist add" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", ["list", "check-links --offline --no-history", "export -f csl-json"])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, words: str) -> None:
    """Whether the output is printed at once or line by line, and whatever the exit code would have been."""
    (tmp_path / "references.bib").write_text(
        "".join(f"@misc{{key{n},\n  title = {{Title {n}}},\n  url = {{htps:/h{n}.org/}},\n}}\n" for n in range(2000))
    )
    command = f'"{sys.executable}" -m ppreflist {words} | head -n 1'
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize("words", [("list", "year:twenty"), ("export", '"open'), ("lint", "--check", "nope")])
def test_what_cannot_be_understood_is_wrong_usage(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text("@misc{a, title = {A}}")
    done = ppreflist(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
