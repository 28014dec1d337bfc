# ruff: noqa: E501 - references read better in one line
from __future__ import annotations

import pytest

from ppreflist.extract.addresses import mail_hosts, read, spans
from ppreflist.links.hosts import KnownHosts


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is at www.journal.example.org/content/12/3/456. Full.html today", "www.journal.example.org/content/12/3/456. Full.html"),
        ("see http://www.example.org/a/long-\npath/to/page.html.", "http://www.example.org/a/long-\npath/to/page.html"),
        ("see http://www.example.org/a/\npage.html.", "http://www.example.org/a/\npage.html"),
        ("see http://www.example.org/\nindex.php?id=3, too", "http://www.example.org/\nindex.php?id=3"),
        ("see https://www.example.\norg/page", "https://www.example.\norg/page"),
        ("at http://example.org/a\n/b/c.", "http://example.org/a\n/b/c"),
        ("at http://example.org/q?a=1&\nb=2 now", "http://example.org/q?a=1&\nb=2"),
        ("(http://example.org/a_(b))", "http://example.org/a_(b)"),
        ("on the site example.org/page", "example.org/page"),
        ("our site www.example.org\nFor more about it", "www.example.org"),
        ("Visit http://www.example.org/ The rest follows", "http://www.example.org/"),
        ("Visit http://www.example.org/\nThe rest follows", "http://www.example.org/"),
        ("at https://example.org/a. Another sentence", "https://example.org/a"),
    ],
)  # fmt: skip
def test_an_address_is_whole_and_nothing_more(text: str, expected: str) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["write to someone@example.org today", "someone@www.example.org", "e.g. this, i.e. that", "version 1.2.3 of it", "U.S. data"],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert found(text) == []


def test_two_addresses_in_a_row_are_two() -> None:
    assert found("http://example.org/a/ http://example.org/b/") == ["http://example.org/a/", "http://example.org/b/"]


def test_an_address_is_repaired_and_what_was_wrong_is_said() -> None:
    address = read("www.journal.example.org/content/12/3/456. Full.html")
    assert address.printed == "www.journal.example.org/content/12/3/456. Full.html"
    assert address.url == "https://www.journal.example.org/content/12/3/456.full.html"
    assert address.repairs == ("has a space in it",)


def test_a_mistyped_host_is_told_by_the_hosts_of_the_document() -> None:
    known = KnownHosts(f"http://{host}/" for host in mail_hosts("Write to us: info@garden-society.org."))
    address = read("www.garden-societ.org", known, ["Garden Society News"])
    assert address.url == "https://www.garden-societ.org", "only a person can know"
    assert [url for url, _ in address.suggestions] == ["https://www.garden-society.org"]
