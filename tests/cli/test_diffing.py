"""The diff that is shown before a change: what `patch` makes of it is the new text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.cli.changes import show_diff
from ppreflist.cli.diffing import diff_lines

LINES = st.lists(
    st.sampled_from(["}", "", "a", "b", "c", "year = {2006},", "@misc{x,", "@misc{y,", "unique"]), max_size=30
)


def patched(old: list[str], diff: list[str]) -> list[str]:
    """Apply a unified diff by hand, checking every line that it says is there."""
    result: list[str] = []
    place = 0
    for line in diff[2:]:
        if line.startswith("@@"):
            first, _, length = line.split()[1][1:].partition(",")
            start = int(first) - (0 if length == "0" else 1)
            result += old[place:start]
            place = start
        elif line[0] == "+":
            result.append(line[1:])
        else:
            assert old[place] == line[1:]
            place += 1
            if line[0] == " ":
                result.append(line[1:])
    return result + old[place:]


@given(LINES, LINES)
def test_the_diff_leads_from_one_text_to_the_other(old: list[str], new: list[str]) -> None:
    diff = list(diff_lines("\n".join([*old, "end\n"]), "\n".join([*new, "end\n"]), "x.bib"))
    assert patched([*old, "end"], diff) == [*new, "end"]
    assert bool(diff) == (old != new)


def test_it_is_a_unified_diff(tmp_path: Path) -> None:
    old = [f"line {number}" for number in range(40)]
    new = [*old[:5], "new", *old[6:20], *old[22:], "last"]
    (tmp_path / "x.bib").write_text("\n".join(old) + "\n")
    diff = "\n".join(diff_lines("\n".join(old) + "\n", "\n".join(new) + "\n", "x.bib")) + "\n"
    subprocess.run(["git", "apply", "-p0", "-"], input=diff, text=True, cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "x.bib").read_text() == "\n".join(new) + "\n"
    assert diff.startswith("--- x.bib\n+++ x.bib\n@@ -3,7 +3,7 @@\n line 2\n")


@pytest.mark.parametrize("tool", [("git", "apply", "-p0"), ("patch", "-p0", "--binary", "-s")])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\nb", "a\nc"),
        ("a\nb", "a\nb\n"),
        ("a\nb\n", "a\nb"),
        ("@misc{a, url={x}}", "@misc{a, url={y}}"),
        ("a\r\nb\r\nc\r\n", "a\r\nB\r\nc\r\n"),
        ("a\x0cb\x1cc\x85d\u2028e\rf\x0bg\nh\n", "a\x0cb\x1cc\x85d\u2028e\rf\x0bg\ni\n"),
        ("\x1b[31mred\x1b[0m \u202e\nh\n", "\x1b[31mred\x1b[0m \u202e\ni\n"),
        ("--- a\n+++ b\n@@ -1 +1 @@\nx\n", "--- a\n+++ b\n@@ -1 +1 @@\ny\n"),
    ],
)
def test_programs_get_it_to_the_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], old: str, new: str,
    tool: tuple[str, ...],
) -> None:  # fmt: skip
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")
    monkeypatch.chdir(tmp_path)
    Path("x.bib").write_bytes(old.encode())
    show_diff(old, new, "x.bib")
    shown = capfdbinary.readouterr().out
    subprocess.run(tool, input=b"# a reason\n" + shown, check=True, timeout=60)
    assert Path("x.bib").read_bytes() == new.encode()


def test_a_change_of_every_entry_takes_time_like_its_length() -> None:
    """difflib alone compared 20,000 x 20,000 lines here, for minutes; no more than the anchors' gaps are left to it."""
    old = [
        line
        for n in range(20_000)
        for line in (f"@misc{{old{n},", f"  title = {{T {n}}},", "  year = {2006},", "}", "")
    ]
    new = [line.replace("old", "new") for line in old]
    diff = list(diff_lines("\n".join(old), "\n".join(new), "x.bib"))
    assert sum(line.startswith("+@misc{new") for line in diff) == 20_000
    assert sum(line.startswith("-") for line in diff) == 20_001
