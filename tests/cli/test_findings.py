"""The findings on a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from ppreflist.cli.findings import as_text, show
from ppreflist.cli.output import width_of
from ppreflist.cli.reports.html import as_html
from ppreflist.cli.reports.markdown import as_markdown
from ppreflist.cli.reports.report import LinkReport
from ppreflist.links.finding import Finding
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.memory import Acceptance, Past, address_of, look_of
from ppreflist.links.report import Reported, reported
from ppreflist.links.verdict import Verdict

NOW = 1_790_000_000
AGAIN = "check again another day before you replace it."


def row(
    verdict: Verdict, url: str = "https://x.org/a", message: str = "So.", fix: str | None = None, line: int = 7
) -> Reported:
    link = Link("key", "url", line, LinkKind.URL, url, 0, len(url))
    finding = Finding(link, verdict, message, fix, fix is not None, url, 404)
    past = Past(address_of(link), NOW).grown(look_of(finding, NOW))
    (found,) = reported([finding], {address_of(link): past}, NOW, "my.bib")
    return found


def shown(capsys: pytest.CaptureFixture[str], *rows: Reported, **titles: str) -> str:
    show(rows, titles)
    return capsys.readouterr().out


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_one_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, row(Verdict.MALFORMED, "x.org", "It lacks https://.", "https://x.org"), key="A\n  title") == (
        "To repair (1): what was probably meant is shown\n"
        "\n"
        "my.bib:7: key, url: x.org\n"
        "    A title\n"
        "    malformed: It lacks https://.\n"
        "    write: https://x.org\n"
        "\n"
    )


def test_nothing_is_said_of_what_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, row(Verdict.OK, message="It works."), row(Verdict.OFFLINE)) == ""


def test_what_holds_for_several_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    one, two = row(Verdict.NOT_FOUND), row(Verdict.SOFT_404, "https://x.org/b")
    assert shown(capsys, one).lower().count(AGAIN) == 1
    found = shown(capsys, one, two)
    assert found.lower().count(AGAIN) == 1
    assert found.count("First seen failing today.") == 2
    assert AGAIN not in shown(capsys, row(Verdict.TEMPORARY)).lower()


def test_what_is_gone_is_not_said_to_come_back(capsys: pytest.CaptureFixture[str]) -> None:
    missing = [row(Verdict.NOT_FOUND), row(Verdict.NOT_FOUND, "https://x.org/b")]
    assert "may come back: check again another day" in shown(capsys, *missing)
    found = shown(capsys, *missing, row(Verdict.GONE, "https://x.org/c"))
    assert "may come back (not what was removed for good): check again" in found
    doi = Finding(Link("key", "doi", 8, LinkKind.DOI, "10.1000/x", 0, 9), Verdict.NOT_FOUND, "So.", status=404)
    address = address_of(doi.link)
    (unregistered,) = reported([doi], {address: Past(address, NOW).grown(look_of(doi, NOW))}, NOW)
    found = shown(capsys, *missing, row(Verdict.GONE, "https://x.org/c"), unregistered)
    assert "(not what was removed for good or what is not registered): check" in " ".join(found.split())


def test_the_new_address_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    new = "https://y.org/b"
    found = shown(capsys, row(Verdict.MOVED, message=f"The page has moved for good to {new}", fix=new))
    assert found.count(new) == 1
    assert "moved: The page has moved for good.\n" in found


def test_an_acceptance(capsys: pytest.CaptureFixture[str]) -> None:
    accepted = replace(row(Verdict.NOT_FOUND), accepted=Acceptance(date(2027, 1, 31), "seen in\na browser"))
    assert "    Accepted until 2027-01-31: seen in a browser\n" in shown(capsys, accepted)


def test_many_that_need_nothing_are_folded_by_host(capsys: pytest.CaptureFixture[str]) -> None:
    refused = [row(Verdict.REFUSED, f"https://a.org/{number}") for number in range(30)]
    others = [row(Verdict.REFUSED, f"https://{host}.org/{number}") for host in "bcdef" for number in range(5)]
    found = shown(capsys, *refused, *others)
    assert found.startswith("To look at in a browser (55)")
    assert re.findall(r"https://(\w\.org/\d+)\n", found) == [f"{host}.org/{n}" for host in "abcdef" for n in range(3)]
    assert found.endswith(
        "... and 37 more: 27 at a.org, 2 at b.org, 2 at c.org, 6 elsewhere (-o links.html\n    shows all).\n\n"
    )
    hosts = [row(Verdict.REFUSED, f"https://h{number}.org/") for number in range(30)]
    found = shown(capsys, *hosts)
    assert found.count("my.bib:7:") == 20
    assert "... and 10 more: 1 at h20.org, 1 at h21.org, 1 at h22.org, 7 elsewhere" in found
    assert "more:" not in shown(capsys, *refused[:20])
    report = LinkReport([*refused, *others], "my.bib", NOW, "1.0")
    assert as_text(report).count("my.bib:7:") == 55


@pytest.mark.parametrize("verdict", [Verdict.NOT_FOUND, Verdict.NOTICE, Verdict.MALFORMED])
def test_problems_are_never_folded(capsys: pytest.CaptureFixture[str], verdict: Verdict) -> None:
    found = shown(capsys, *(row(verdict, f"https://a.org/{number}") for number in range(60)))
    assert found.count("my.bib:7:") == 60
    assert "more:" not in found


@pytest.mark.parametrize("columns", [20, 40, 80, 300])
def test_lines_fit_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    message = "这个网站没有这样的页面" * 9 + " and these words are plain " * 9
    lines = shown(capsys, row(Verdict.NOT_FOUND, message=message), key="日本語の題名" * 20).splitlines()[3:]
    assert max(map(width_of, lines)) <= min(max(columns, 34), 100)
    assert "".join("".join(lines).split()).count("这个网站没有这样的页面") == 9


def test_addresses_are_kept_whole_up_to_a_length(capsys: pytest.CaptureFixture[str]) -> None:
    address = f"https://x.org/{'a' * 150}"
    found = shown(capsys, row(Verdict.NOT_FOUND, address, f"See {address} there."))
    assert f"url: {address}\n" in found
    assert found.count(address) == 2
    assert len(shown(capsys, row(Verdict.NOT_FOUND, "https://x.org/" + "a" * 9000)).splitlines()[2]) < 450


def test_colours_are_for_terminals(capsys: pytest.CaptureFixture[str]) -> None:
    strange = row(Verdict.NOT_FOUND, "https://x.org/\x1b[31m", "\x1b]0;owned\x07 \u202e", fix="https://x.org/\x9b")
    assert not re.search("[\x1b\x9b\x07\u202e]", shown(capsys, strange, key="\x1b[5m"))


def test_a_password_is_shown_to_be_there(capsys: pytest.CaptureFixture[str]) -> None:
    secretive = row(Verdict.MALFORMED, "https://me:secret@x.org/a", fix="https://x.org/a")
    found = shown(capsys, secretive)
    assert "key, url: https://***@x.org/a\n" in found
    assert "    write: https://x.org/a\n" in found
    report = LinkReport([secretive], "my.bib", NOW, "1.0")
    assert "`https://***@x.org/a`" in as_markdown(report)
    assert '<a href="https://x.org/a" rel="noopener noreferrer nofollow">https://***@x.org/a</a>' in as_html(report)
    assert "secret" not in found + as_markdown(report) + as_html(report)


def test_text_for_a_file() -> None:
    report = LinkReport([row(Verdict.NOT_FOUND)], "my.bib", NOW, "1.0", interrupted=True, titles={"key": "A title"})
    text = as_text(report)
    assert text.startswith(
        "Links of my.bib, checked on 2026-09-21: stopped before every link was checked\n\nTo replace"
    )
    assert "    A title\n" in text
    assert text.endswith("1 link in 1 entry: 1 not-found.\n")
    assert "\x1b" not in text
