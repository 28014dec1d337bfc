"""``ppreflist add`` by the address of a web page, against a local server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.cli.driving import in_this_process, library, on_terminal, ppreflist
from tests.servers.web import WebServer, answer, endless_body, redirect

NEWS = (
    "<html lang=en><title>Living with polio | Post-Polio Health</title>"
    "<meta property=og:site_name content='Post-Polio Health'><meta name=author content='Joan L. Headley'>"
    "<meta name=date content=2012-03-27>"
)


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def test_a_page_becomes_an_online_entry_with_the_day_of_access(tmp_path: Path, web: WebServer) -> None:
    url = web.page("/living.html", answer(200, NEWS.encode()))
    web.page("/moved", redirect("/living.html?utm_source=newsletter"))
    done = ppreflist(tmp_path, "add", "--allow-private", f"{web.url}/moved")
    assert (done.returncode, done.stdout) == (0, "Added headley2012living (references.bib:1).\n")
    assert library(tmp_path) == (
        "@online{headley2012living,\n"
        "  author = {Headley, Joan L.},\n"
        "  title = {Living with polio},\n"
        "  organization = {Post-Polio Health},\n"
        "  date = {2012-03-27},\n"
        f"  url = {{{url}}},\n"
        f"  urldate = {{{date.today()}}},\n"
        "}\n"
    )
    asked = web.total
    again = ppreflist(tmp_path, "add", "--allow-private", f"{url}/", f"{web.url}/moved")
    assert again.returncode == 3
    assert again.stderr.count("already there as headley2012living (same address), references.bib:1.") == 2
    assert web.total == asked + 2, "an address that is there is not asked"


def test_the_work_that_a_page_says_it_is_is_taken_from_its_record(
    tmp_path: Path, web: WebServer, doi_service: Any
) -> None:
    doi_service.register("10.1000/own", {"type": "article-journal", "title": "The record", "volume": "3"})
    text = "<meta name=citation_doi content=10.1000/own><meta name=citation_title content='The page'>"
    url = web.page("/article", answer(200, text.encode()))
    at = {"PPREFLIST_DOI_URL": doi_service.url}
    done = in_this_process(tmp_path, "add", "--allow-private", url, **at)
    assert done.returncode == 0
    assert "title = {The record}" in library(tmp_path)
    assert "url" not in library(tmp_path)
    again = in_this_process(tmp_path, "add", "--allow-private", url, **at)
    assert (again.returncode, "(same DOI)" in again.stderr) == (3, True)


def test_when_the_record_cannot_be_had_the_page_is_taken_and_that_is_said(
    tmp_path: Path, web: WebServer, doi_service: Any
) -> None:
    text = "<meta name=citation_doi content=10.1000/gone><meta name=citation_title content='The page'>"
    url = web.page("/article", answer(200, text.encode()))
    done = in_this_process(tmp_path, "add", "--allow-private", "--json", url, PPREFLIST_DOI_URL=doi_service.url)
    assert done.returncode == 0
    (told,) = json.loads(done.stdout)
    assert told["fields"]["title"] == "The page"
    assert told["fields"]["doi"] == "10.1000/gone"
    warning = "this is what the page says of itself; 10.1000/gone: doi.org has no such record"
    assert told["warnings"][0].startswith(warning)


def test_a_work_that_a_page_only_mentions_is_offered(tmp_path: Path, web: WebServer, doi_service: Any) -> None:
    doi_service.register("10.1000/cited", {"type": "article-journal", "title": "The cited"})
    url = web.page("/news", answer(200, f"{NEWS}<a href=https://doi.org/10.1000/cited>study</a>".encode()))
    at = {"PPREFLIST_DOI_URL": doi_service.url}
    code, shown = on_terminal(tmp_path, "add", "--allow-private", url, answers="y\ny\n", **at)
    assert code == 0
    assert "links to https://doi.org/10.1000/cited." in shown
    assert "title = {The cited}" in library(tmp_path)
    done = in_this_process(tmp_path, "add", "--allow-private", url, **at)
    assert "Note: headley2012living: the page links to one work: ppreflist add 10.1000/cited" in done.stderr
    assert "title = {Living with polio}" in library(tmp_path)


def test_hostile_text_is_tamed(tmp_path: Path, web: WebServer) -> None:
    text = (
        "<title>\x1b]0;x\x07A &lt;b&gt;bold&lt;/b&gt; \u202etitle} @misc{y, \\write18{rm}</title>"
        "<meta name=citation_author content='} }, evil = {x'><meta name=citation_volume content='{{{'>"
    )
    url = web.page("/x", answer(200, text.encode(), content_type="text/html; charset=utf-8"))
    done = in_this_process(tmp_path, "add", "--allow-private", "--key", "tamed", url)
    assert done.returncode == 0
    written = library(tmp_path)
    assert "\x1b" not in written + done.stdout + done.stderr
    assert "\u202e" not in written
    (entry,) = json.loads(in_this_process(tmp_path, "list", "--json").stdout)
    assert entry["key"] == "tamed"
    assert set(entry["fields"]) == {"author", "title", "volume", "url", "urldate"}
    assert "A bold title} @misc{y, \\write18{rm}" in entry["title"]


def test_what_goes_wrong_is_one_line_and_the_library_stays(tmp_path: Path, web: WebServer) -> None:
    (tmp_path / "references.bib").write_text("@misc{x, title={X}}\n")
    pages = {
        "/pdf": (answer(200, b"%PDF", content_type="application/pdf"), "it is not a web page but application/pdf"),
        "/none": (answer(404), "has no such record (status 404)"),
        "/robot": (answer(200, b"<title>Just a moment...</title>"), "wants to see a person first"),
        "/endless": (endless_body, "the page has no title"),
        "/loop": (redirect("/loop"), "redirects in a circle"),
    }
    urls = [web.page(path, made) for path, (made, _) in pages.items()]
    done = in_this_process(tmp_path, "add", "--allow-private", *urls)
    assert (done.returncode, done.stdout) == (1, "")
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    for line, url, (_, told) in zip(errors, urls, pages.values(), strict=True):
        assert line.startswith(f"error: {url}: ")
        assert told in line
    assert done.stderr.count("add it by its fields: ppreflist add --type online") == len(urls)
    assert library(tmp_path) == "@misc{x, title={X}}\n"


def test_the_own_network_is_not_asked_unless_that_is_allowed(tmp_path: Path, web: WebServer) -> None:
    web.page("/x", answer(200, NEWS.encode()))
    done = in_this_process(tmp_path, "add", f"{web.url}/x", "http://169.254.169.254/latest/meta-data/")
    assert done.returncode == 1
    assert web.total == 0
    assert "--allow-private" in done.stderr
