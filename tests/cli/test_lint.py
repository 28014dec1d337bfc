"""``ppreflist lint`` on real files; on a terminal as a real process."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.cli.driving import in_this_process

LIBRARY = """\
% the list
@article{intravenous, author = {{PHI}}, title = {Strength}, journal = {Newsletter}, volume = {22}, year = {2006}}
@article{recent,
  author = {Farbu E, Rekand T},
  title = {Recent experience},
  journal = {Newsletter},
  volume = {26},
  year = {2006},
  pages = {1-9},
  doi = {https://doi.org/10.1000/182},
}
@article{more, author = {{PHI}}, title = {More about it}, journal = {Newsletter}, volume = {23}, year = {2007}}
"""


@dataclass
class Shell:
    """A folder with a library, and the command run in it."""

    folder: Path

    @property
    def library(self) -> Path:
        return self.folder / "references.bib"

    def lint(self, *words: str) -> subprocess.CompletedProcess[str]:
        return in_this_process(self.folder, "lint", *words)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path)
    shell.library.write_text(LIBRARY, encoding="utf-8")
    return shell


def test_problems_are_printed_as_compilers_do(shell: Shell) -> None:
    done = shell.lint()
    assert done.returncode == 3
    lines = done.stdout.splitlines()
    assert lines[0].startswith("references.bib:4:3: warning: recent: ")
    assert lines[0].endswith("[name-list]")
    assert "volume 26 should be 2010, and 2006 should be volume 22 [volume-year]" in lines[1]
    assert lines[2].startswith("references.bib:10:3: warning: recent: ")
    assert len(lines) == 3
    assert done.stderr.splitlines() == [
        "3 warnings in 1 entry.",
        "2 can be fixed: ppreflist lint --fix (--dry-run shows the change).",
        "1 remark more: ppreflist lint --severity info.",
    ]


def test_a_clean_library(shell: Shell) -> None:
    shell.library.write_text("@book{a, author = {Borg, K.}, title = {T}, date = {2006}}\n")
    done = shell.lint()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "No problems.\n")


def test_remarks_alone_are_no_failure(shell: Shell) -> None:
    shell.library.write_text("@book{a, author = {Borg, K.}, title = {T}, date = {2006}, pages = {1-2}}\n")
    done = shell.lint("--severity", "info")
    assert done.returncode == 0
    assert ": info: a: " in done.stdout
    assert shell.lint().stdout == ""


def test_json(shell: Shell) -> None:
    done = shell.lint("--json", "--severity", "info")
    assert done.returncode == 3
    found = json.loads(done.stdout)
    assert [each["check"] for each in found] == ["name-list", "volume-year", "pages-dash", "doi-bare"]
    assert found[1] | {"message": ""} == {
        "check": "volume-year", "severity": "warning", "message": "", "file": "references.bib", "line": 7, "column": 3,
        "key": "recent", "field": "volume", "fix": None,
    }  # fmt: skip
    assert found[3]["fix"] == {
        "description": "write 10.1000/182",
        "edits": [
            {
                "edit": "set-field", "key": "recent", "field": "doi", "value": "10.1000/182",
                "old": "https://doi.org/10.1000/182",
            }
        ],
    }  # fmt: skip


def test_github(shell: Shell) -> None:
    shell.library.write_text("@book{a%b:c, title = {T}, date = {2060}, author = {A, B}}\n")
    done = shell.lint("--format", "github", "--check", "year-future")
    assert done.stdout == (
        "::warning file=references.bib,line=1,col=27,title=ppreflist%3A year-future::"
        "a%25b:c: the year 2060 is still to come\n"
    )


def test_fix(shell: Shell) -> None:
    done = shell.lint("--fix", "--yes", "--severity", "info")
    assert done.returncode == 3  # the year is left for a person
    assert "Fixed 3 problems" in done.stderr
    assert [line.split()[-1] for line in done.stdout.splitlines()] == ["[volume-year]"]
    after = (
        LIBRARY.replace("Farbu E, Rekand T", "Farbu, E. and Rekand, T.")
        .replace("1-9", "1--9")
        .replace("https://doi.org/", "")
    )
    assert shell.library.read_text(encoding="utf-8") == after


def test_nothing_is_fixed_unasked(shell: Shell) -> None:
    done = shell.lint("--fix")
    assert done.returncode == 3
    assert "--yes" in done.stderr
    assert shell.library.read_text(encoding="utf-8") == LIBRARY


def test_only_what_is_shown_is_fixed(shell: Shell) -> None:
    done = shell.lint("--check", "doi-bare", "--fix", "-y")
    assert done.returncode == 0
    assert shell.library.read_text(encoding="utf-8") == LIBRARY.replace("https://doi.org/", "")


def test_dry_run(shell: Shell) -> None:
    done = shell.lint("--fix", "--dry-run")
    assert "-  doi = {https://doi.org/10.1000/182}," in done.stdout
    assert "+  doi = {10.1000/182}," in done.stdout
    assert "2 problems would be fixed." in done.stderr
    assert shell.library.read_text(encoding="utf-8") == LIBRARY


def test_fix_with_json_prints_nothing_but_json(shell: Shell) -> None:
    done = shell.lint("--fix", "--yes", "--json")
    assert [each["check"] for each in json.loads(done.stdout)] == ["volume-year"]


def test_a_diff_is_no_json(shell: Shell) -> None:
    done = shell.lint("--fix", "--dry-run", "--json")
    assert done.returncode == 2
    assert "--dry-run" in done.stderr


def test_a_terminal_is_asked(shell: Shell) -> None:
    """A pseudo-terminal on which a person says no, then yes."""
    for answer, after in (("n", LIBRARY), ("y", LIBRARY.replace("https://doi.org/", ""))):
        words = [sys.executable, "-m", "ppreflist", "lint", "--check", "doi-bare", "--fix"]
        shown = on_a_terminal(words, shell.folder, answer)
        assert "+  doi = {10.1000/182}," in shown
        assert "Apply these fixes of 1 problem?" in shown
        assert shell.library.read_text(encoding="utf-8") == after


def on_a_terminal(words: list[str], folder: Path, answer: str) -> str:
    """What a command prints on a terminal where ``answer`` is typed at its first question."""
    terminal, inside = pty.openpty()
    environment = os.environ | {
        "PPREFLIST_STATE_DIR": str(folder / "state"),
        "PPREFLIST_CACHE_DIR": str(folder / "cache"),
    }
    process = subprocess.Popen(words, cwd=folder, env=environment, stdin=inside, stdout=inside, stderr=inside)
    os.close(inside)
    shown = b""
    answered = False
    with contextlib.suppress(OSError):  # Linux reports the end of a pseudo-terminal as an error
        while part := os.read(terminal, 4096):
            shown += part
            if not answered and b"[Y/n]" in shown:
                os.write(terminal, answer.encode() + b"\n")
                answered = True
    process.wait(timeout=60)
    os.close(terminal)
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n")


def test_nothing_to_fix(shell: Shell) -> None:
    done = shell.lint("--check", "volume-year", "--fix")
    assert done.returncode == 3
    assert "nothing to fix" in done.stderr
    assert shell.library.read_text(encoding="utf-8") == LIBRARY


def test_some_entries_only(shell: Shell) -> None:
    assert shell.lint("more").returncode == 0
    assert shell.lint("author:farbu").returncode == 3
    missing = shell.lint("nosuchkey")
    assert missing.returncode == 1
    assert missing.stderr.startswith("error: ")


def test_checks_left_out(shell: Shell) -> None:
    done = shell.lint("--ignore", "volume-year", "--ignore", "name-list")
    assert [line.split()[-1] for line in done.stdout.splitlines()] == ["[doi-bare]"]


@pytest.mark.parametrize("option", ["--check", "--ignore", "--explain"])
def test_an_unknown_check_names_the_nearest(shell: Shell, option: str) -> None:
    done = shell.lint(option, "volum-year")
    assert done.returncode == 2
    assert "volume-year" in done.stderr
    assert done.stdout == ""


def test_explain(shell: Shell) -> None:
    done = shell.lint("--explain", "volume-year")
    assert done.returncode == 0
    assert done.stdout.startswith("volume-year (warning)\n")
    assert "x-nolint = {volume-year (your reason)}" in done.stdout
    assert "@comment{ppreflist-nolint: volume-year}" in done.stdout


def test_what_explain_says_silences(shell: Shell) -> None:
    shell.library.write_text(LIBRARY + "@comment{ppreflist-nolint: volume-year, name-list, doi-bare}\n")
    assert shell.lint().returncode == 0


def test_list_checks(shell: Shell) -> None:
    done = shell.lint("--list-checks")
    assert done.returncode == 0
    assert "volume-year" in done.stdout
    listed = json.loads(shell.lint("--list-checks", "--json").stdout)
    assert {"name", "severity", "summary"} == set(listed[0])


def test_what_cannot_be_read_is_shown_and_the_rest_checked(shell: Shell) -> None:
    shell.library.write_text("@article{broken, title = {x\n\n" + LIBRARY, encoding="utf-8")
    done = shell.lint()
    assert done.returncode == 3
    assert "error:" in done.stdout
    assert "[volume-year]" in done.stdout
    assert "Traceback" not in done.stderr


def test_no_escape_sequence_reaches_the_terminal(shell: Shell) -> None:
    shell.library.write_text("@book{a, title = {\x1b[31mred}, date = {2006}, doi = {\x1b]0;x\x07}}\n")
    done = shell.lint("--severity", "info")
    assert "\x1b" not in done.stdout + done.stderr
    for line in shell.lint("--format", "github").stdout.splitlines():
        assert line.startswith("::")
        assert "\x1b" not in line
