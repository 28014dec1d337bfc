"""list, search, show, edit, remove and undo on real files, as real processes where that matters."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.cli.driving import in_this_process, on_terminal, ppreflist

LIBRARY = """\
% my list
@string{pph = "Post-Polio Health"}

@article{borg2006,
    author = "Borg, Kristian and Sj{\\"o}berg, Ingrid",
    title  = {Post-polio and {IVIg}},
    journal = pph # { News},
    year   = 2006,
    keywords = {ivig, trial}
}

@Book(who2010, title={Health}, author={{World Health Organization}}, year={2010})
% the end"""


@dataclass
class Shell:
    """A folder with a library, and the command run in it."""

    folder: Path

    @property
    def library(self) -> Path:
        return self.folder / "references.bib"

    def run(self, *words: str, editor: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        base = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "PPREFLIST_STATE_DIR": str(self.folder / "state"),
            "PPREFLIST_CACHE_DIR": str(self.folder / "cache"),
            "EDITOR": editor,
        }
        return in_this_process(self.folder, *words, **base | environment)

    def ok(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def editor(self, code: str) -> str:
        """An editor: a program that runs ``code`` on the text of the file that it is given."""
        path = self.folder / "editor"
        path.write_text(
            f"#!{sys.executable}\nimport pathlib, sys\n"
            "file = pathlib.Path(sys.argv[1]); text = file.read_text()\n"
            f"file.write_text({code})\n"
        )
        path.chmod(0o755)
        return str(path)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    (tmp_path / "references.bib").write_text(LIBRARY)
    return Shell(tmp_path)


def test_list_shows_a_line_an_entry(shell: Shell) -> None:
    lines = shell.ok("list").splitlines()
    assert lines == [
        "borg2006  2006  Borg & Sjöberg             Post-polio and IVIg",
        "who2010   2010  World Health Organization  Health",
    ]


def test_list_finds_the_library_upwards_and_by_the_variable(shell: Shell) -> None:
    below = shell.folder / "a" / "b"
    below.mkdir(parents=True)
    assert "borg2006" in Shell(below).ok("list")
    elsewhere = shell.folder.parent / "elsewhere"
    done = shell.run("list", PPREFLIST_LIBRARY=str(elsewhere))
    assert done.returncode == 1
    assert "elsewhere" in done.stderr


def test_list_sorts_filters_and_prints_keys(shell: Shell) -> None:
    assert shell.ok("list", "--keys", "--sort", "title") == "who2010\nborg2006\n"
    assert shell.ok("list", "--keys", "--tag", "TRIAL") == "borg2006\n"
    assert shell.ok("list", "--keys", "who2010", "author:borg") == "borg2006\nwho2010\n"


def test_list_json_is_for_programs(shell: Shell) -> None:
    entries = json.loads(shell.ok("list", "--json"))
    assert [entry["key"] for entry in entries] == ["borg2006", "who2010"]
    first = entries[0]
    assert first["author"] == ["Borg, Kristian", "Sjöberg, Ingrid"]
    assert first["year"] == 2006
    assert first["line"] == 4
    assert first["tags"] == ["ivig", "trial"]
    assert first["fields"]["journal"] == "Post-Polio Health News"
    assert first["fields"]["title"] == "Post-polio and IVIg"
    assert first["latex"]["title"] == "Post-polio and {IVIg}"


def test_a_query_that_finds_nothing_names_the_nearest_key(shell: Shell) -> None:
    done = shell.run("list", "borg2007")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Did you mean borg2006" in done.stderr


def test_an_empty_library_says_how_to_begin(shell: Shell) -> None:
    shell.library.write_text("")
    done = shell.run("list")
    assert (done.returncode, done.stdout) == (0, "")
    assert "ppreflist add" in done.stderr
    assert json.loads(shell.ok("list", "--json")) == []


def test_search_shows_where_it_matches(shell: Shell) -> None:
    assert shell.ok("search", "sjoberg").splitlines() == [
        "borg2006  Borg & Sjöberg, 2006. Post-polio and IVIg",
        "    author: Borg, Kristian and Sjöberg, Ingrid",
    ]
    found = json.loads(shell.ok("search", "ivig", "--json"))
    assert found[0]["matches"] == {"title": "Post-polio and IVIg", "keywords": "ivig, trial"}


def test_control_characters_in_a_file_do_not_reach_the_terminal(shell: Shell) -> None:
    shell.library.write_text("@misc{x, title = {\x1b]0;owned\x07evil\u202e}}")
    out = shell.ok("list") + shell.ok("show", "x") + shell.ok("search", "evil")
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "evil" in out


def test_what_programs_get_to_the_byte_does_not_steer_a_terminal(tmp_path: Path) -> None:
    source = "@misc{x\u202e, title = {\x1b]0;owned\x07 \x9b31m \u202e}}"
    (tmp_path / "references.bib").write_text(source, encoding="utf-8", newline="")
    for words in (["list", "--keys"], ["list", "--json"], ["show", "x\u202e", "--bibtex"]):
        code, seen = on_terminal(tmp_path, *words)
        assert code == 0
        assert not set("\x1b\x07\x9b\u202e").intersection(seen), words
        piped = ppreflist(tmp_path, *words).stdout
        if "--json" in words:
            assert json.loads(piped)[0]["key"] == "x\u202e"
        else:
            assert piped.strip() in source


def test_show_prints_fields_source_or_json(shell: Shell) -> None:
    assert shell.ok("show", "borg2006").splitlines()[:2] == [
        "borg2006  @article  references.bib:4",
        "  author    Borg, Kristian and Sjöberg, Ingrid",
    ]
    assert shell.ok("show", "who2010", "--bibtex") == (
        "@Book(who2010, title={Health}, author={{World Health Organization}}, year={2010})\n"
    )
    assert json.loads(shell.ok("show", "who2010", "--json"))[0]["author"] == ["World Health Organization"]
    done = shell.run("show", "brog2006")
    assert done.returncode == 1
    assert "borg2006" in done.stderr


def test_show_says_what_is_inherited(shell: Shell) -> None:
    shell.library.write_text(
        "@inproceedings{paper, title={P}, crossref={conf}}\n@proceedings{conf, title={The Conference}, year={2001}}"
    )
    out = shell.ok("show", "paper")
    assert "The Conference  (from conf)" in out


def test_edit_changes_one_line_and_says_so(shell: Shell) -> None:
    out = shell.ok("edit", "borg2006", "year=2010")
    assert "-    year   = 2006," in out
    assert "+    year   = 2010," in out
    assert shell.library.read_text() == LIBRARY.replace("year   = 2006", "year   = 2010")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("yaer=2010",), "Note: borg2006: yaer is no field: probably year is meant"),
        (("year=zwei",), 'Note: borg2006: "zwei" is not a year'),
        (("--type", "artcile", "--rename", "new"), "Note: new: @artcile is no entry type: probably @article"),
    ],
)
def test_a_slip_in_an_edit_is_said_at_once(shell: Shell, words: tuple[str, ...], says: str) -> None:
    done = shell.run("edit", "borg2006", *words)
    assert done.returncode == 0
    assert says in done.stderr
    assert "Note" not in shell.run("edit", "who2010", "note=fine").stderr


def test_edit_without_a_terminal_and_an_editor_says_what_to_give(shell: Shell) -> None:
    done = shell.run("edit", "borg2006")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Give FIELD=VALUE, or set $EDITOR" in done.stderr


def test_edit_adds_removes_renames_and_retypes(shell: Shell) -> None:
    shell.ok("edit", "who2010", "publisher=WHO", "year=", "--type", "report", "--rename", "who")
    assert shell.library.read_text() == LIBRARY.replace(
        "@Book(who2010, title={Health}, author={{World Health Organization}}, year={2010})",
        "@Report(who, title={Health}, author={{World Health Organization}}, publisher={WHO})",
    )


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("edit", "borg2006", "title={open"), 1, "unbalanced"),
        (("edit", "borg2006", "year"), 2, "FIELD=VALUE"),
        (("edit", "borg2006", "--rename", "who2010"), 1, "who2010"),
        (("edit", "borg2006", "--rename", "a b"), 1, "key"),
        (("edit", "borg2006", "nofield="), 1, "nofield"),
        (("edit", "borg2006", "year=2010", "Year=2011"), 2, "more than once"),
        (("edit", "borg2006", "--rename", ""), 1, "key"),
        (("edit", "borg2006", "--type", ""), 1, "entry type"),
        (("list", ""), 1, "query is empty"),
        (("search", " "), 1, "query is empty"),
        (("edit", "borg", "year=1"), 1, "borg2006"),
        (("remove", "nobody"), 1, "nobody"),
        (("undo",), 1, "no change"),
    ],
)
def test_what_cannot_be_done_changes_nothing(shell: Shell, words: tuple[str, ...], code: int, says: str) -> None:
    done = shell.run(*words)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert shell.library.read_text() == LIBRARY


@pytest.mark.parametrize("words", [("edit", "borg2006", "year=1999"), ("remove", "borg2006")])
def test_a_change_that_undo_will_not_know_is_said(shell: Shell, words: tuple[str, ...]) -> None:
    (shell.folder / "file").touch()
    done = shell.run(*words, PPREFLIST_STATE_DIR=str(shell.folder / "file" / "state"))
    assert done.returncode == 0
    assert "undo` cannot take this back" in done.stderr
    assert "undo` takes it back" not in done.stderr


def test_dry_run_shows_and_changes_nothing(shell: Shell) -> None:
    assert "+    year   = 1999," in shell.ok("edit", "borg2006", "year=1999", "--dry-run")
    assert "-@Book(who2010" in shell.ok("remove", "who2010", "--dry-run")
    assert shell.library.read_text() == LIBRARY


def test_edit_in_the_editor_keeps_the_layout(shell: Shell) -> None:
    editor = shell.editor(
        "text.replace('= 2006,', '= 2007,').replace('{ivig, trial}', '{ivig}').replace('title ', 'Title ')"
    )
    done = shell.run("edit", "borg2006", editor=editor)
    assert done.returncode == 0, done.stderr
    assert shell.library.read_text() == LIBRARY.replace("= 2006,", "= 2007,").replace(", trial", "")


def test_an_edit_that_cannot_be_read_is_kept_for_the_writer(shell: Shell) -> None:
    done = shell.run("edit", "borg2006", editor=shell.editor("text.replace('{ivig, trial}', '{ivig, trial')"))
    assert done.returncode == 1
    assert shell.library.read_text() == LIBRARY
    kept = shell.folder / "references.borg2006.rejected.bib"
    assert "{ivig, trial\n" in kept.read_text()
    assert kept.name in done.stderr


def test_remove_and_undo_walk_back_to_the_byte(shell: Shell) -> None:
    shell.ok("edit", "borg2006", "note=new")
    shell.ok("remove", "who2010", "borg2006")
    assert "@article" not in shell.library.read_text()
    assert "% my list" in shell.library.read_text()
    assert "% the end" in shell.library.read_text()
    assert "+@Book(who2010" in shell.ok("undo", "--dry-run")
    assert "+@Book(who2010" in shell.ok("undo")
    shell.ok("undo")
    assert shell.library.read_text() == LIBRARY
    assert shell.run("undo").returncode == 1


def test_undo_refuses_when_the_file_was_changed_by_something_else(shell: Shell) -> None:
    shell.ok("edit", "borg2006", "year=2001")
    shell.library.write_text(shell.library.read_text() + "\n% by hand")
    before = shell.library.read_text()
    done = shell.run("undo")
    assert done.returncode == 1
    assert "changed by something else" in done.stderr
    assert shell.library.read_text() == before


@pytest.mark.parametrize("command", [("list",), ("search", "fine"), ("show", "second"), ("export",)])
def test_what_cannot_be_read_is_said_where_entries_are_shown(shell: Shell, command: tuple[str, ...]) -> None:
    shell.library.write_text("@misc{first, title = {Never closed, year = {2001}\n\n@misc{second, title = {Fine}}\n")
    done = shell.run(*command)
    assert done.returncode == 0
    assert "Fine" in done.stdout
    assert "references.bib:1:22: not read: " in done.stderr
    assert "ppreflist lint" in done.stderr


def test_a_library_of_which_nothing_can_be_read_is_not_called_empty(shell: Shell) -> None:
    shell.library.write_text("@misc{first, title = {Never closed")
    done = shell.run("list")
    assert "no entries yet" not in done.stderr
    assert "references.bib:1:" in done.stderr


def test_bad_files_are_one_clear_line(shell: Shell) -> None:
    folder = shell.folder / "folder.bib"
    folder.mkdir()
    utf16 = shell.folder / "utf16.bib"
    utf16.write_bytes("@misc{a, title={x}}".encode("utf-16-le"))
    for path, says in ((folder, "directory"), (utf16, "UTF-16")):
        for command in ("list", "lint"):
            done = shell.run(command, "--library", str(path))
            assert done.returncode == 1, done.stdout
            assert says in done.stderr
            assert len(done.stderr.splitlines()) <= 2
    unreadable = shell.folder / "secret.bib"
    unreadable.write_text(LIBRARY)
    unreadable.chmod(0)
    if os.access(unreadable, os.R_OK):
        return  # a superuser reads everything
    done = shell.run("list", "--library", str(unreadable))
    assert done.returncode == 1
    assert "permission" in done.stderr.lower()


def test_an_entry_is_found_by_the_keys_it_had_before(shell: Shell) -> None:
    shell.ok("edit", "borg2006", "ids=old, older")
    assert "Borg" in shell.ok("cite", "old")
    shell.ok("edit", "older", "year=2007")
    assert "year   = 2007," in shell.library.read_text()
    assert shell.run("edit", "oldest", "year=2008").returncode == 1
    shell.ok("remove", "old", "older")
    assert "borg2006" not in shell.library.read_text()


def test_mode_and_link_survive_an_edit(shell: Shell) -> None:
    real = shell.folder / "real.bib"
    shell.library.rename(real)
    real.chmod(0o640)
    shell.library.symlink_to("real.bib")
    shell.ok("edit", "borg2006", "year=2001")
    assert shell.library.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert "2001" in real.read_text()
