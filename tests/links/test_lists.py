"""Lists of addresses: what is a link in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.links.lists import links_of_line


def found(line: str) -> list[str]:
    return [f"{link.kind} {link.written}" for link in links_of_line(line, 7, "list.txt")]


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("https://x.org/a", ["url https://x.org/a"]),
        ("  https://x.org/a\r", ["url https://x.org/a"]),
        ("www.x.org/a", ["url www.x.org/a"]),
        ("x.org/a", ["url x.org/a"]),
        ("10.1000/182", ["doi 10.1000/182"]),
        ("doi:10.1000/182", ["doi 10.1000/182"]),
        ("DOI: 10.1000/182", ["doi 10.1000/182"]),
        ("https://doi.org/10.1000/182", ["url https://doi.org/10.1000/182"]),
        # What is damaged is a link, too: it gets its verdict.
        ("http//x.org/a", ["url http//x.org/a"]),
        ("htps://x.org", ["url htps://x.org"]),
        ("https://x.org/a.", ["url https://x.org/a."]),
        ("www,x.org/a", ["url www,x.org/a"]),
        ("ftp://x.org/a", ["url ftp://x.org/a"]),
        # Running text.
        ("See https://x.org/a, and www.y.org.", ["url https://x.org/a", "url www.y.org"]),
        ("https://x.org/a\tok", ["url https://x.org/a"]),
        ("A line of text", []),
        ("Text", []),
        ("# https://x.org/a", []),
        ("#https://x.org/a", []),
        ("", []),
        (" \t", []),
    ],
)
def test_lines(line: str, links: list[str]) -> None:
    assert found(line) == links


def test_a_link_knows_its_place() -> None:
    (link,) = links_of_line("  www.x.org ", 7, "list.txt")
    assert (link.line, link.file, link.key, link.field, link.editable) == (7, "list.txt", "list.txt", "link", False)


@given(st.text())
def test_any_line_is_read(line: str) -> None:
    assert all(link.written for link in links_of_line(line, 1, "x"))
