"""``ppreflist add`` by every kind of identifier, against doubles of the services."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.driving import environment, in_this_process, library, on_terminal
from tests.servers.scholarly import Scholarly, arxiv_entry
from tests.servers.web import Exchange, answer, endless_body

from ppreflist.net.pace import Pace

BOOK = {"title": "Fantastic Mr. Fox", "authors": [{"name": "Roald Dahl"}], "publish_date": "1988"}
BEFORE = "@misc{x,\n  title = {X},\n}\n"


@pytest.fixture
def unpaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doubles have one origin between them, and would have to be asked at the pace of the slowest."""
    monkeypatch.setattr(Pace, "wait", lambda *_: None)


@pytest.mark.usefixtures("unpaced")
def test_each_kind_of_identifier_alone_labelled_and_in_an_address(tmp_path: Path, scholarly: Scholarly) -> None:
    scholarly.pmc["PMC77"] = {"pmid": "22454268"}
    scholarly.books["ISBN:0140328726"] = BOOK
    scholarly.arxiv["2101.00001v2"] = arxiv_entry("2101.00001v2", "On $x^2$")
    done = in_this_process(
        tmp_path, "add", "-", stdin="pmid:22454268\n0-14-032872-6\narxiv:2101.00001v2\n", **scholarly.environ
    )
    assert (done.returncode, done.stdout) == (
        0,
        "Added patwa2012evidence (references.bib:1).\n"
        "Added dahl1988fantastic (references.bib:15).\n"
        "Added lovelace2021x2 (references.bib:22).\n",
    )
    text = library(tmp_path)
    for line in (
        "  pages = {1009--1015},",
        "  doi = {10.1212/WNL.0b013e31824de293},",
        "  pmid = {22454268},",
        "  isbn = {0-14-032872-6},",
        "  eprint = {2101.00001v2},",
        "  eprinttype = {arxiv},",
        "  eprintclass = {cs.DL},",
    ):
        assert f"\n{line}\n" in text
    same = (
        "https://pubmed.ncbi.nlm.nih.gov/22454268/?from=x",
        "https://arxiv.org/pdf/2101.00001",
        "https://openlibrary.org/isbn/9780140328721",
        "doi:10.1212/WNL.0B013E31824DE293",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC3310314/",
        "PMC77",
    )
    asked = scholarly.web.total
    again = in_this_process(tmp_path, "add", *same, **scholarly.environ)
    assert again.returncode == 3
    assert "6 already there." in again.stderr
    assert library(tmp_path) == text
    assert scholarly.web.total == asked + 2, "only the PMCID that is not in the library is asked about"


@pytest.mark.usefixtures("unpaced")
def test_a_list_is_looked_up_in_few_requests_and_each_has_its_outcome(tmp_path: Path, scholarly: Scholarly) -> None:
    for number in range(4):
        scholarly.arxiv[f"2101.0000{number}"] = arxiv_entry(f"2101.0000{number}v1", f"Title {number}")
    words = [
        *(f"arxiv:2101.0000{number}" for number in range(6)),
        "pmid:22454268",
        "PMC9",
        "ISBN 0140328727",
        "pmid:22454268",
    ]
    done = in_this_process(tmp_path, "add", "--json", *words, **scholarly.environ)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert [each["input"] for each in told] == words
    outcomes = ["added"] * 4 + ["failed"] * 2 + ["added", "failed", "failed", "duplicate"]
    assert [each["outcome"] for each in told] == outcomes
    assert told[4]["message"] == "arXiv has no paper 2101.00004"
    assert "PMC9" in told[7]["message"]
    assert "check digit should be 6, not 7" in told[8]["message"]
    assert all(each["hint"] for each in told if each["outcome"] == "failed")
    assert sorted(path.partition("?")[0] for path in scholarly.asked) == [
        "/arxiv/query",
        "/pmc/",
        "/pubmed/efetch.fcgi",
    ]


def test_who_asks_says_how_to_be_reached(tmp_path: Path, scholarly: Scholarly) -> None:
    done = in_this_process(tmp_path, "add", "pmid:22454268", PPREFLIST_MAILTO="lab@uni.example", **scholarly.environ)
    assert done.returncode == 0
    assert "&email=lab%40uni.example" in scholarly.asked[0]
    assert "mailto:lab@uni.example" in scholarly.web.headers[0]["user-agent"]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (answer(503, retry_after="0"), "PubMed is failing at the moment (status 503)"),
        (answer(200, b"<html>Cookies"), "a web page came where a record was expected"),
        (answer(200, b"<PubmedArticleSet><Pubmed"), "not valid XML, or was cut off"),
        (endless_body, "more than was to be expected"),
    ],
)
def test_a_service_that_fails_is_one_clear_line_and_the_library_stays(
    tmp_path: Path, scholarly: Scholarly, page: Any, told: str
) -> None:
    (tmp_path / "references.bib").write_text(BEFORE)
    scholarly.web.page("/pubmed/efetch.fcgi", page)
    done = in_this_process(tmp_path, "add", "pmid:22454268", **scholarly.environ)
    assert (done.returncode, done.stdout) == (1, "")
    first, second, *more = done.stderr.splitlines()
    assert first.startswith("error: PMID 22454268: ")
    assert told in first
    assert "ppreflist add --type article" in second
    assert not more
    assert library(tmp_path) == BEFORE


def test_a_retraction_is_told(tmp_path: Path, scholarly: Scholarly) -> None:
    scholarly.pubmed["22454268"] = scholarly.pubmed["22454268"].replace(
        "</Article></MedlineCitation>",
        '</Article><CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>Neurology. 2013;1:2'
        "</RefSource></CommentsCorrections></CommentsCorrectionsList></MedlineCitation>",
    )
    done = in_this_process(tmp_path, "add", "pmid:22454268", **scholarly.environ)
    assert done.returncode == 0
    assert "Note: patwa2012evidence: it was retracted: Neurology. 2013;1:2" in done.stderr


def test_an_ambiguous_number_is_asked_about_on_a_terminal(tmp_path: Path, scholarly: Scholarly) -> None:
    scholarly.pubmed["10665331"] = scholarly.pubmed["22454268"].replace("22454268", "10665331")
    code, shown = on_terminal(tmp_path, "add", "10665331", answers="1\ny\n", **scholarly.environ)
    assert code == 0
    assert "10665331 can be: 1 PMID 10665331, 2 ISSN 1066-5331." in shown
    assert "pmid = {10665331}" in library(tmp_path)


def test_an_issn_completes_and_is_no_article(tmp_path: Path, scholarly: Scholarly) -> None:
    scholarly.journal("1066-5331", title="Post-Polio &amp; Health", publisher="PHI")
    done = in_this_process(tmp_path, "add", "1066-5331", **scholarly.environ)
    assert done.returncode == 1
    assert "ISSN 1066-5331 is the journal 'Post-Polio & Health', not an article in it" in done.stderr
    words = ("--type", "article", "--title", "More", "--field", "issn=1066-5331", "--field", "year=2007")
    done = in_this_process(tmp_path, "add", *words, **scholarly.environ)
    assert done.returncode == 0
    assert "journal = {Post-Polio \\& Health}" in library(tmp_path)
    assert "Post-Polio & Health" in done.stderr
    done = in_this_process(tmp_path, "add", *words, "--field", "journal=PPH", "--allow-duplicates", **scholarly.environ)
    assert library(tmp_path).count("journal = {PPH}") == 1
    done = in_this_process(tmp_path, "add", *words, "--allow-duplicates")
    assert done.returncode == 0, "without the service the entry is added all the same"
    assert "Crossref could not be asked" in done.stderr


def test_a_doi_that_looks_cut_off_is_looked_up_only_when_told(tmp_path: Path, doi_service: Any) -> None:
    odd = "10.1016/S1474-4422(06"
    doi_service.register(odd, {"type": "book", "title": "Odd"})
    at = {"PPREFLIST_DOI_URL": doi_service.url}
    done = in_this_process(tmp_path, "add", odd, **at)
    assert done.returncode == 1
    assert "is not a whole DOI: truncated: its '(' is never closed" in done.stderr
    assert f"ppreflist add --anyway '{odd}'" in done.stderr
    assert doi_service.asked == []
    code, shown = on_terminal(tmp_path, "add", odd, answers="\n", **at)
    assert code == 1
    assert "Look it up all the same? [y/N]" in shown
    assert doi_service.asked == []
    done = in_this_process(tmp_path, "add", "--anyway", odd, **at)
    assert done.returncode == 0
    assert f"doi = {{{odd}}}" in library(tmp_path)


def test_a_short_doi_is_followed_to_the_whole_one(tmp_path: Path, doi_service: Any) -> None:
    doi_service.register("10/aabbe", {"type": "book", "title": "Short", "DOI": "10.1000/long"})
    done = in_this_process(tmp_path, "add", "https://doi.org/aabbe", PPREFLIST_DOI_URL=doi_service.url)
    assert done.returncode == 0
    assert "doi = {10.1000/long}" in library(tmp_path)
    again = in_this_process(tmp_path, "add", "10/aabbe", PPREFLIST_DOI_URL=doi_service.url)
    assert again.returncode == 3


def test_ctrl_c_between_two_services_keeps_the_finished_one(tmp_path: Path, scholarly: Scholarly) -> None:
    def interrupt(exchange: Exchange) -> None:
        process.send_signal(signal.SIGINT)
        exchange.close = True
        exchange.pause(60)

    scholarly.web.page("/pmc/", interrupt)
    process = subprocess.Popen(
        [sys.executable, "-m", "ppreflist", "add", "pmid:22454268", "PMC5", "22454269"],
        cwd=tmp_path,
        env=environment(tmp_path, **scholarly.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == "Added patwa2012evidence (references.bib:1).\n"
    assert "what was finished before is kept" in err
    assert library(tmp_path).startswith("@article{patwa2012evidence,")
