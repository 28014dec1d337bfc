"""``ppreflist add``, driven as real processes against real files and a double of doi.org."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.cli.driving import Run, environment, in_this_process, library, on_terminal

from ppreflist.cli.main import cli

FARBU = "10.1111/j.1468-1331.2006.01552.x"
FARBU_ITEM = {
    "type": "journal-article",
    "title": ["Post-polio syndrome patients treated with <i>intravenous</i> immunoglobulin & more"],
    "container-title": ["European Journal of Neurology"],
    "author": [{"family": "Farbu", "given": "E."}, {"family": "Vik-Mo", "given": "E."}],
    "issued": {"date-parts": [[2006, 12]]},
    "published-print": {"date-parts": [[2007, 1]]},
    "volume": "14",
    "issue": "1",
    "page": "60-65",
    "ISSN": ["1351-5101"],
    "URL": "http://dx.doi.org/10.1111/j.1468-1331.2006.01552.x",
}
BY_FIELDS = ("--type", "article", "--title", "Recent experience", "--field", "year=2006", "--field", "journal=PPH")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return partial(in_this_process, tmp_path)


def editor(tmp_path: Path, script: str) -> str:
    """A program that changes the file it is given, as $EDITOR."""
    path = tmp_path / "editor.py"
    path.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\ntext = path.read_text()\n{script}\n")
    return f"{sys.executable} {path}"


# By DOI


def test_a_doi_in_any_form_is_looked_up_and_added_with_a_readable_key(
    run: Run, tmp_path: Path, doi_service: Any
) -> None:
    doi_service.register(FARBU, FARBU_ITEM)
    done = run("add", f"https://onlinelibrary.wiley.com/doi/full/{FARBU}", PPREFLIST_DOI_URL=doi_service.url)
    assert (done.returncode, done.stdout) == (0, "Added farbu2007post (references.bib:1).\n")
    text = library(tmp_path)
    assert text.startswith("@article{farbu2007post,\n")
    assert "Farbu, E. and Vik-Mo, E." in text
    assert "\\emph{intravenous} immunoglobulin \\& more" in text
    assert "60--65" in text
    assert f"{{{FARBU}}}" in text
    assert "dx.doi.org" not in text
    again = run("add", f"doi:{FARBU.upper()}", PPREFLIST_DOI_URL=doi_service.url)
    assert again.returncode == 3
    assert "already there as farbu2007post (same DOI), references.bib:1." in again.stderr
    assert library(tmp_path) == text
    assert len(doi_service.asked) == 2, "what is there already is not asked for"


def test_options_correct_the_record(run: Run, tmp_path: Path, doi_service: Any) -> None:
    doi_service.register(FARBU, FARBU_ITEM)
    corrections = (
        "--title",
        "A better title",
        "--field",
        "year=2007",
        "--field",
        "note=x",
        "--tag",
        "ivig",
        "--key",
        "My:key",
    )
    done = run("add", FARBU, *corrections, PPREFLIST_DOI_URL=doi_service.url)
    assert done.returncode == 0
    text = library(tmp_path)
    assert text.startswith("@article{My:key,")
    assert "title = {A better title}" in text
    assert "year = {2007}" in text
    assert "date" not in text
    assert "keywords = {ivig}" in text


def test_many_at_once_each_with_its_outcome_and_the_worst_exit_code(run: Run, tmp_path: Path, doi_service: Any) -> None:
    doi_service.register(FARBU, FARBU_ITEM)
    doi_service.register("10.1000/other", {**FARBU_ITEM, "title": "Another title altogether", "author": []})
    doi_service.register("10.1000/html", {})
    doi_service.replies["10.1000/html"].body = b"<html>We use cookies</html>"
    words = (FARBU, FARBU.upper(), "10.1000/missing", "10.1000/html", "10.1016/S1474-4422(06", "10.1000/other")
    done = run("add", "--json", *words, PPREFLIST_DOI_URL=doi_service.url)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert [each["outcome"] for each in told] == ["added", "duplicate", "failed", "failed", "failed", "added"]
    assert [each["input"] for each in told] == list(words)
    assert told[0]["key"] == told[1]["key"] == "farbu2007post"
    assert (told[0]["saved"], told[1]["saved"], told[0]["line"]) == (True, False, 1)
    assert "no such record" in told[2]["message"]
    assert "Check the DOI" in told[2]["hint"]
    assert "web page" in told[3]["message"]
    assert "never closed" in told[4]["message"]
    assert told[5]["warnings"]
    assert library(tmp_path).count("@article") == 2


def test_a_service_that_fails_is_one_clear_line_and_the_library_stays(
    run: Run, tmp_path: Path, doi_service: Any
) -> None:
    before = "@misc{x,\n  title = {X},\n}\n"
    (tmp_path / "references.bib").write_text(before)
    doi_service.register(FARBU, FARBU_ITEM)
    doi_service.replies[FARBU].status = 503
    doi_service.replies[FARBU].headers = {"Retry-After": "0"}
    done = run("add", FARBU, PPREFLIST_DOI_URL=doi_service.url)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {FARBU}: doi.org is failing at the moment")
    assert "ppreflist add --type" in done.stderr
    assert library(tmp_path) == before
    assert len(doi_service.asked) == 6, "asked three times, politely"


def test_every_fault_of_a_service_is_one_line_and_what_is_good_is_added(
    run: Run, tmp_path: Path, doi_service: Any
) -> None:
    item = {"type": "book", "title": "Sjögren", "author": [{"literal": "WHO"}], "DOI": "10.1000/latin"}
    bodies = {
        "truncated": b'{"title": "Po',
        "endless": b" " * 65536,
        "nothing": b'{"type": "book"}',
        "latin": json.dumps(item, ensure_ascii=False).encode("latin-1"),
        "untitled": b'{"type": "book", "author": [{"family": "Borg"}], "volume": 3}',
    }
    for name, body in bodies.items():
        doi_service.register(f"10.1000/{name}", {})
        doi_service.replies[f"10.1000/{name}"].body = body
    doi_service.replies["10.1000/endless"].endless = True
    doi_service.register("10.1000/loop", {})
    doi_service.replies["10.1000/loop"].status = 302
    doi_service.replies["10.1000/loop"].headers = {"Location": "/agency/10.1000/loop"}
    done = run("add", *(f"10.1000/{name}" for name in (*bodies, "loop")), PPREFLIST_DOI_URL=doi_service.url)
    assert done.returncode == 1
    for name, told in (
        ("truncated", "not valid JSON, or was cut off"),
        ("endless", "more than was to be expected"),
        ("nothing", "neither title nor names"),
        ("loop", "redirects in a circle"),
    ):
        (line,) = [line for line in done.stderr.splitlines() if line.startswith("error: ") and f"/{name}" in line]
        assert told in line
    assert "not in UTF-8: check its accents" in done.stderr
    assert "no title: add one with --title" in done.stderr
    assert "title = {Sjögren}" in library(tmp_path)
    assert library(tmp_path).count("@book{") == 2


def test_ctrl_c_between_two_keeps_the_finished_one(tmp_path: Path, doi_service: Any) -> None:
    doi_service.register(FARBU, FARBU_ITEM)
    doi_service.register("10.1000/slow", FARBU_ITEM)
    doi_service.replies["10.1000/slow"].silent = True
    process = subprocess.Popen(
        [sys.executable, "-m", "ppreflist", "add", FARBU, "10.1000/slow", "10.1000/never"],
        cwd=tmp_path,
        env=environment(tmp_path, PPREFLIST_DOI_URL=doi_service.url),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    doi_service.wait_for("/agency/10.1000/slow")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == "Added farbu2007post (references.bib:1).\n"
    assert "what was finished before is kept" in err
    assert "Traceback" not in err
    assert library(tmp_path).startswith("@article{farbu2007post,")


# By fields


def test_by_fields_with_text_escaped_and_braces_kept(run: Run, tmp_path: Path) -> None:
    fields = ("journal=Post-Polio Health", "date=2007", "pages=5-9", "doi=https://doi.org/10.1000/A_b%28c%29")
    words = ["add", "--type", "article", "--title", "More about {IVIg} & 5% of $10_a", "--tag", "a", "--tag", "b"]
    for name in ("Sjöberg, Ingrid", "{Post-Polio Health International}", "Kristian Borg"):
        words += ["--author", name]
    for field in fields:
        words += ["--field", field]
    done = run(*words)
    assert (done.returncode, done.stderr) == (0, "Made references.bib.\n")
    assert library(tmp_path) == (
        "@article{sjoberg2007more,\n"
        "  author = {Sjöberg, Ingrid and {Post-Polio Health International} and Borg, Kristian},\n"
        "  title = {More about {IVIg} \\& 5\\% of \\$10\\_a},\n"
        "  journal = {Post-Polio Health},\n"
        "  date = {2007},\n"
        "  pages = {5--9},\n"
        "  doi = {10.1000/A_b(c)},\n"
        "  keywords = {a, b},\n"
        "}\n"
    )


def test_by_fields_does_not_load_what_only_the_network_needs(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom ppreflist.cli.main import cli\n"
        "cli.main(['add', '--type', 'misc', '--title', 'X'], standalone_mode=False)\n"
        "print(sorted({'requests', 'urllib3', 'rich', 'ssl'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.endswith("[]\n")


def test_what_is_missing_or_doubtful_is_said_and_added_all_the_same(run: Run, tmp_path: Path) -> None:
    done = run(
        "add", "--type", "article", "--title", "X", "--field", "doi=10.1016/S1474-4422(06", "--field", "issn=1066-5332"
    )
    assert done.returncode == 0
    assert "needs a date" in done.stderr
    assert "never closed" in done.stderr
    assert "the check digit should be 1, not 2" in done.stderr
    assert "@article{anonndx," in library(tmp_path)


def test_the_same_title_and_year_is_there_already(run: Run, tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(
        '\n\n@Article(old,\n TITLE = "{\\\'E}vidence-based {G}uideline", year = 2012)\n'
    )
    before = library(tmp_path)
    words = ("add", "--type", "article", "--title", "evidence based guideline", "--field", "date=2012-03-27")
    done = run(*words)
    assert done.returncode == 3
    assert "already there as old (same title and year), references.bib:3." in done.stderr
    assert library(tmp_path) == before
    assert run(*words, "--allow-duplicates").returncode == 0
    assert library(tmp_path).startswith(before)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Nothing to add"),
        (("--title", "X"), "--type"),
        (("--type", "artcle", "--title", "X"), "Did you mean 'article'?"),
        (("--type", "article", "--field", "titel=X"), "Did you mean 'title'?"),
        (("--type", "article", "--title", "X", "--field", "yaer=2010"), "Did you mean 'year'?"),
        (("--type", "article", "--field", "year"), "NAME=VALUE"),
        (("--type", "article", "--field", "a b=1"), "NAME=VALUE"),
        (("--type", "article", "--field", "year=1", "--field", "Year=2"), "twice"),
        (("--type", "article", "--title", "X", "--field", "title=X"), "once"),
        (("--type", "article", "--title", "X", "--key", "a b"), "white space"),
        (("--type", "article", FARBU), "--type is for adding by fields"),
        (("--key", "x", FARBU, "10.1000/x"), "one reference at a time"),
    ],
)
def test_wrong_usage_is_exit_2_and_writes_nothing(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    done = CliRunner().invoke(cli, ["add", "--library", str(tmp_path / "references.bib"), *words])
    assert done.exit_code == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_in_any_field_is_nothing_to_add(run: Run, tmp_path: Path) -> None:
    done = run("add", "--type", "misc", "--title", " ")
    assert done.returncode == 1
    assert "--title TITLE" in done.stderr
    assert not (tmp_path / "references.bib").exists()


def test_what_is_neither_identifier_nor_file_says_what_to_do(run: Run, tmp_path: Path) -> None:
    done = run(
        "add",
        "10665331",
        "nonsense",
        "missing.bib",
        "ftp://ftp.example.org/x.txt",
        "isbn:0-306-40615-3",
        "1234",
        "1O.1016/j.x.y",
        ".",
    )
    assert done.returncode == 1
    for told in (
        "ppreflist add pmid:10665331 or issn:1066-5331",
        "'nonsense' is no identifier",
        "missing.bib: there is no such file",
        "'ftp://ftp.example.org/x.txt' is no identifier, no web address",
        "the check digit should be 2, not 3",
        "for example pmid:1234",
        "Did you mean 10.1016/j.x.y?",
        "8 failed.",
    ):
        assert told in done.stderr
    assert not (tmp_path / "references.bib").exists()


def test_a_key_that_is_taken(run: Run, tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text("@misc{ANON2006recent, title={Y}}\n@misc{Mine, title={Z}}\n")
    assert run("add", *BY_FIELDS).stdout == "Added anon2006recenta (references.bib:3).\n"
    refused = run("add", *BY_FIELDS, "--key", "mine", "--allow-duplicates")
    assert refused.returncode == 1
    assert "the key 'mine' is taken" in refused.stderr


def test_dry_run_shows_a_diff_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    done = run("add", *BY_FIELDS, "--dry-run")
    assert done.returncode == 0
    assert "+@article{anon2006recent,\n" in done.stdout
    assert list(tmp_path.glob("*.bib*")) == []


def test_a_file_in_another_encoding_gets_what_it_can_hold(run: Run, tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_bytes("@misc{å, title = {Å}}\r\n".encode("latin-1"))
    done = run("add", "--type", "misc", "--title", "Ærø – Łódź", "--field", "year=2006")
    assert done.returncode == 0
    raw = (tmp_path / "references.bib").read_bytes()
    assert raw.startswith("@misc{å, title = {Å}}\r\n".encode("latin-1"))
    assert "Ærø".encode("latin-1") in raw
    assert b"\\'{o}d\\'{z}" in raw or b"\\'{z}" in raw
    refused = run("add", "-", stdin="@misc{x, title = {中文}}\n@misc{y, title = {plain}}\n")
    assert refused.returncode == 1
    assert "Windows-1252" in refused.stderr
    assert "Added y" in refused.stdout


# BibTeX


def test_bibtex_from_standard_input_is_kept_as_it_was_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text("@misc{Borg, title = {Taken}}\n")
    parent = (
        '@Article{borg,\n\tTitle = "The {Parent}",\n\tjournal = pph # { news},\n'
        "\tmonth = mar, year = 2006,\n\tdoi = {} }"
    )
    pasted = (
        "Dear editor, here they are.\n"
        "@string{pph = {Post-Polio \\& Health}}\n"
        f"{parent}\n"
        "@misc{child, crossref = {borg}, title = {The child}}\n"
        "@book{no comma\n"
        "@misc{, title = {Without key}, year = 1999}\n"
        "@misc{twice, title = {a}, title = {b}}\n"
    )
    done = run("add", "-", stdin=pasted)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "Added borga (references.bib:3).",
        "Added child (references.bib:8).",
        "Added anon1999without (references.bib:10).",
    ]
    assert re.search(r"standard input:(9|10):\d+: ", done.stderr)
    assert "standard input:11" in done.stderr
    assert library(tmp_path) == (
        "@misc{Borg, title = {Taken}}\n\n"
        '@Article{borga,\n\tTitle = "The {Parent}",\n\tjournal = {Post-Polio \\& Health news},\n'
        "\tmonth = mar, year = 2006 }\n\n"
        "@misc{child, crossref = {borga}, title = {The child}}\n\n"
        "@misc{anon1999without, title = {Without key}, year = 1999}\n"
    )


def test_an_entry_that_only_we_can_read_is_written_anew(run: Run, tmp_path: Path) -> None:
    done = run("add", "-", stdin="@misc{x,\n  title = {T}, % why\n  month = mar,\n  year = 2006,\n}\n")
    assert done.returncode == 0
    assert "without the comments" in done.stderr
    assert library(tmp_path) == "@misc{x,\n  title = {T},\n  month = mar,\n  year = {2006},\n}\n"


def test_a_file_its_duplicates_within_and_a_list_of_identifiers(run: Run, tmp_path: Path, doi_service: Any) -> None:
    doi_service.register(FARBU, FARBU_ITEM)
    (tmp_path / "more.bib").write_text("@misc{a, doi={10.1000/x}, title={A}}\n@misc{b, doi={10.1000/X}, title={B}}\n")
    (tmp_path / "dois.txt").write_text(f"# mine\n\nhttps://doi.org/{FARBU}\n")
    done = run("add", "more.bib", "--file", "dois.txt", "--tag", "new", PPREFLIST_DOI_URL=doi_service.url)
    assert done.returncode == 3
    assert "more.bib:2: already there as a (same DOI), just now." in done.stderr
    assert "2 added, 1 already there." in done.stderr
    assert library(tmp_path).count("{new}") == 2


@pytest.mark.parametrize("stdin", ["", "\n# only a comment\n", b"\xff\xfe\x00", b"@misc{a, title={x\x00}}"])
def test_nothing_usable_on_standard_input(run: Run, tmp_path: Path, stdin: str | bytes) -> None:
    done = run("add", "-", stdin=stdin)
    assert done.returncode == 1
    assert done.stderr.startswith("error: standard input")
    assert not (tmp_path / "references.bib").exists()


def test_a_library_that_cannot_be_read_is_said_before_anything_is_asked(
    run: Run, tmp_path: Path, doi_service: Any
) -> None:
    (tmp_path / "references.bib").mkdir()
    done = run("add", FARBU, "--library", "references.bib", PPREFLIST_DOI_URL=doi_service.url)
    assert done.returncode == 1
    assert "a directory" in done.stderr
    assert doi_service.asked == []


# At a terminal and in the editor


def test_at_a_terminal_the_entry_is_shown_and_asked_about(tmp_path: Path, doi_service: Any) -> None:
    doi_service.register(FARBU, FARBU_ITEM)
    code, shown = on_terminal(tmp_path, "add", FARBU, answers="n\n", PPREFLIST_DOI_URL=doi_service.url)
    assert code == 0
    assert "@article{farbu2007post," in shown
    assert "Add it to references.bib? (y)es, (n)o, (e)dit [y]" in shown
    assert not (tmp_path / "references.bib").exists()
    code, shown = on_terminal(tmp_path, "add", FARBU, answers="\n", PPREFLIST_DOI_URL=doi_service.url)
    assert code == 0
    assert "Added farbu2007post" in shown
    assert shown.count("farbu2007post") == 2
    assert "@article{farbu2007post," in library(tmp_path)


def test_the_end_of_the_input_at_the_question_adds_nothing(tmp_path: Path) -> None:
    code, shown = on_terminal(tmp_path, "add", "--type", "article", "--title", "X", answers="\x04")
    assert code == 130
    assert shown.index("needs a date") < shown.index("Add it to")
    assert not (tmp_path / "references.bib").exists()


def test_at_a_terminal_the_answer_can_be_to_edit_first(tmp_path: Path) -> None:
    change = editor(tmp_path, "path.write_text(text.replace('Recent', 'Old').replace('anon2006recent', 'old'))")
    code, _ = on_terminal(tmp_path, "add", *BY_FIELDS, answers="e\n", EDITOR=change)
    assert code == 0
    assert library(tmp_path).startswith("@article{old,\n  title = {Old experience},")


def test_many_at_a_terminal_are_asked_about_once(tmp_path: Path) -> None:
    (tmp_path / "more.bib").write_text("".join(f"@misc{{k{n}, title={{Title {n}}}}}\n" for n in range(6)))
    code, shown = on_terminal(tmp_path, "add", "more.bib", answers="y\n")
    assert code == 0
    assert "Add these 6 to references.bib?" in shown
    assert library(tmp_path).count("@misc") == 6


def test_a_template_is_filled_in_in_the_editor(run: Run, tmp_path: Path) -> None:
    script = "path.write_text(text.replace('{,', '{mine,').replace('title        = {}', 'title        = {Filled in}'))"
    done = run("add", "--type", "book", "--edit", "--tag", "new", VISUAL=editor(tmp_path, script))
    assert done.returncode == 0
    text = library(tmp_path)
    assert text.startswith("@book{mine,\n")
    assert "= {Filled in}," in text
    assert "keywords" in text
    assert "publisher" not in text, "what was left empty is left out"


@pytest.mark.parametrize("script", ["", "path.write_text('')", "path.write_text(text)"])
def test_an_unchanged_or_empty_text_adds_nothing(run: Run, tmp_path: Path, script: str) -> None:
    done = run("add", "--type", "book", "--edit", EDITOR=editor(tmp_path, script))
    assert done.returncode == 0
    assert "nothing was added" in done.stderr
    assert not (tmp_path / "references.bib").exists()


def test_a_text_that_cannot_be_read_is_kept_and_its_place_told(run: Run, tmp_path: Path) -> None:
    done = run("add", *BY_FIELDS, "--edit", EDITOR=editor(tmp_path, "path.write_text('@article{x, title = {unclosed')"))
    assert done.returncode == 1
    assert "what you wrote:1" in done.stderr
    assert "references.rejected.bib" in done.stderr
    assert (tmp_path / "references.rejected.bib").read_text() == "@article{x, title = {unclosed"
    assert not (tmp_path / "references.bib").exists()


def test_at_a_terminal_it_is_opened_again(tmp_path: Path) -> None:
    script = "path.write_text('@misc{fine, title={Fine}}' if 'unclosed' in text else '@misc{x, title={unclosed')"
    code, shown = on_terminal(tmp_path, "add", *BY_FIELDS, "--edit", answers="y\n", EDITOR=editor(tmp_path, script))
    assert code == 0
    assert "Open it again?" in shown
    assert library(tmp_path) == "@misc{fine, title={Fine}}\n"


# Together


def test_eight_at_once_leave_all_entries_with_keys_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(
        "".join(f"@misc{{k{n},\n  title = {{Title {n}}},\n}}\n\n" for n in range(300))
    )
    command = [sys.executable, "-m", "ppreflist", "add", "--type", "article", "--field", "year=2006"]
    processes = [
        subprocess.Popen(
            [*command, "--title", f"Recent experience {n}", "--field", f"doi=10.1000/{n // 2}"],
            cwd=tmp_path,
            env=environment(tmp_path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for n in range(8)
    ]
    codes = [process.wait(timeout=120) for process in processes]
    assert sorted(codes) == [0, 0, 0, 0, 3, 3, 3, 3], "of each pair with one DOI the second is a duplicate"
    text = library(tmp_path)
    assert text.count("@misc{") == 300
    assert all(f"@article{{anon2006recent{suffix}," in text for suffix in ("", "a", "b", "c"))
    assert text.count("@article{") == 4
