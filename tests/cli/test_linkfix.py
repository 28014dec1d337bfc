"""Repairs with their evidence: every kind, tried by the whole command against servers on 127.0.0.1."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.servers.web import Page, WebServer, answer, fine, redirect

from ppreflist.cli.check_links import command
from ppreflist.cli.linkfix import fixed
from ppreflist.cli.linkwishes import Wishes
from ppreflist.cli.undo import command as undo
from ppreflist.links.evidence import Repair
from ppreflist.model.edit import SetField

LIBRARY = Path("references.bib")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, web: WebServer) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PPREFLIST_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("PPREFLIST_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PPREFLIST_DOI_URL", web.url)
    monkeypatch.setenv("PPREFLIST_CROSSREF_URL", f"{web.url}/crossref")
    monkeypatch.setenv("PPREFLIST_WAYBACK_URL", web.url)
    monkeypatch.delenv("PPREFLIST_LIBRARY", raising=False)


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        server.page("/fine", fine)
        server.page("/new", fine)
        server.page("/moved", redirect("/new", 301))
        server.page("/moved308", redirect("/new", 308))
        server.page("/for-now", redirect("/new", 302))
        server.page("/deep/page", redirect("/", 301))
        server.page("/", answer(200, b"<title>Home</title>"))
        server.page("/members/page", redirect("/login?back=1", 301))
        server.page("/login", answer(200, b"<title>Log in</title><input type=password>"))
        server.page("/api/handles/10.1000/good", record(1))
        server.page("/crossref/works", answer(200, b'{"message": {"items": []}}', content_type="application/json"))
        yield server


def record(code: int) -> Page:
    return answer(
        200 if code == 1 else 404, json.dumps({"responseCode": code}).encode(), content_type="application/json"
    )


def write(*fields: str) -> str:
    text = "".join(f"@misc{{key{number},\n  {each},\n}}\n\n" for number, each in enumerate(fields))
    LIBRARY.write_text(text, encoding="utf-8")
    return text


def check(*words: str) -> Result:
    result = CliRunner().invoke(command, ["--allow-private", "--delay", "0", "--no-crossref", *words])
    assert not isinstance(result.exception, Exception), result.output
    return result


def reasons(result: Result) -> dict[str, str]:
    """The lines above the diff, by place."""
    lines = result.stdout.partition("\n--- ")[0].splitlines()
    assert all(line.startswith("# ") for line in lines)
    found = (re.fullmatch(r"# (\S+, \w+): (.*)", line) for line in lines)
    return {match[1]: match[2] for match in found if match}


@pytest.mark.parametrize("path", ["/moved", "/moved308"])
def test_a_permanent_redirect(web: WebServer, path: str) -> None:
    write(f"url = {{{web.url}{path}#place}}")
    (reason,) = reasons(check("--dry-run")).values()
    assert reason.startswith(f"moved: The page has moved for good to {web.url}/new.")
    assert "127.0.0.1 sends there for good (every redirect is a 301 or 308)" in reason
    assert "answered 200 on 20" in reason
    check("--fix", "--yes")
    assert f"url = {{{web.url}/new#place}}" in LIBRARY.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["/for-now", "/deep/page", "/members/page", "/fine"])
def test_what_is_never_written(web: WebServer, path: str) -> None:
    """A temporary redirect, a home page, a log-in."""
    before = write(f"url = {{{web.url}{path}}}")
    result = check("--fix", "--yes")
    assert "nothing to repair" in result.stderr
    assert LIBRARY.read_text(encoding="utf-8") == before


def test_parameters_that_follow_readers(web: WebServer) -> None:
    write(f"url = {{{web.url}/fine?utm_source=x&id=2&fbclid=y}}")
    (reason,) = reasons(check("--dry-run")).values()
    assert 'only serve to follow readers (both are titled "A page")' in reason
    check("--fix", "--yes")
    assert f"{{{web.url}/fine?id=2}}" in LIBRARY.read_text(encoding="utf-8")


def test_a_doi_with_what_does_not_belong_to_it() -> None:
    write("doi = {https://doi.org/10.1000/good}", "doi = {10.1000/good.}")
    found = reasons(check("--dry-run"))
    assert "should hold the bare DOI" in found["key0, doi"]
    assert "The repaired DOI exists." in found["key0, doi"]
    assert "doi.org answered 200 on" in found["key1, doi"]
    check("--fix", "--yes")
    assert LIBRARY.read_text(encoding="utf-8").count("doi = {10.1000/good},") == 2


def test_a_mistyped_host_without_a_network() -> None:
    write("url = {https://www.post-poli.org/x}")
    (reason,) = reasons(check("--offline", "--dry-run")).values()
    assert "did you mean www.post-polio.org" in reason
    assert "could not be asked" in reason


def test_a_copy_of_what_is_gone(web: WebServer) -> None:
    gone = web.page("/gone", answer(410))
    web.page(f"/web/20110520000000id_/{gone}", redirect(f"/web/20110611010203id_/{gone}", 302))
    web.page(f"/web/20110611010203id_/{gone}", fine)
    write(f"url = {{{gone}}},\n  urldate = {{2011-05-20}}")
    found = reasons(check("--dry-run", "--archived"))
    assert "nearest to urldate = 2011-05-20" in found["key0, archiveurl"]
    assert 'titled "A page"' in found["key0, archiveurl"]
    assert found["key0, archivedate"] == "the day of that capture."


def test_several_repairs_of_one_field_are_one_edit_with_a_reason_each(web: WebServer) -> None:
    address = web.url.removeprefix("http://")
    before = write(
        rf"note = {{See \url{{{web.url}/moved}} and \url{{http//{address}/fine}} and \url{{{web.url}/fine}}}}"
    )
    result = check("--dry-run")
    lines = [line for line in result.stdout.splitlines() if line.startswith("# ")]
    assert [line.partition(".")[0].partition(":")[0] for line in lines] == ["# key0, note"] * 2
    check("--fix", "--yes")
    text = LIBRARY.read_text(encoding="utf-8")
    assert rf"\url{{{web.url}/new}} and \url{{http://{address}/fine}} and \url{{{web.url}/fine}}" in text
    assert CliRunner().invoke(undo, []).exit_code == 0
    assert LIBRARY.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("program", [["patch", "-p0"], ["git", "apply", "-p0", "-"]])
def test_what_is_shown_can_be_forwarded_and_applied(web: WebServer, program: list[str]) -> None:
    if shutil.which(program[0]) is None:
        pytest.skip(f"{program[0]} is not installed")
    write(f"url = {{{web.url}/moved}}", "url = {http://[}", "doi = {10.1000/good.}")
    shown = check("--dry-run").stdout
    assert shown.index("# key0, url: moved") < shown.index("# key2, doi: ") < shown.index("--- references.bib")
    subprocess.run(program, input=shown, text=True, check=True, capture_output=True)
    applied = LIBRARY.read_bytes()
    write(f"url = {{{web.url}/moved}}", "url = {http://[}", "doi = {10.1000/good.}")
    check("--fix", "--yes")
    assert LIBRARY.read_bytes() == applied


def test_a_hostile_title_is_one_line_and_no_header(web: WebServer) -> None:
    title = b"<title>x\n--- a/etc/passwd\n+++ b/etc/passwd\n\x1b[2J</title>"
    web.page("/hostile", answer(200, title))
    write(f"url = {{{web.url}/hostile?utm_source=x}}")
    shown = check("--dry-run").stdout
    assert shown.count("\n--- ") == 1
    assert "\x1b" not in shown
    assert sum(line.startswith("# ") for line in shown.splitlines()) == 1


def test_wishes_that_cannot_be_fulfilled_are_refused_before_anybody_is_asked(web: WebServer) -> None:
    write(f"url = {{{web.url}/moved}}")
    for words in (["--fix", "--json"], ["--fix", "--format", "csv"]):
        result = check(*words)
        assert result.exit_code == 2
        assert "add --yes" in result.stderr
    assert web.total == 0
    assert json.loads(check("--fix", "--json", "--yes").stdout)[0]["fix"] == web.url + "/new"
    assert "/new}" in LIBRARY.read_text(encoding="utf-8")


def test_the_address_and_the_day_of_a_copy_are_written_together_or_not_at_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = write("url = {http://x.org/}", "url = {http://y.org/}")
    wanted = [
        Repair(SetField("key0", "archiveurl", "http://x.org/\x00", ""), ("a copy.",)),
        Repair(SetField("key0", "archivedate", "2011-06-11", ""), ("its day.",)),
        Repair(SetField("key1", "url", "https://y.org/"), ("moved.",)),
    ]
    with command.make_context("check-links", ["--fix", "--yes"]) as context:
        wishes = Wishes(**context.params)
    assert fixed(wanted, LIBRARY, wishes) == {("key1", "url")}
    assert LIBRARY.read_text(encoding="utf-8") == before.replace("http://y", "https://y")
    assert "key0, archiveurl and archivedate: left as it is" in capsys.readouterr().err
