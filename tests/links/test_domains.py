from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.links.domains import is_ending, registered_domain, split_domain


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("a.b.ox.ac.uk", "ox.ac.uk"),
        ("x.org", "x.org"),
        ("WWW.X.ORG.", "x.org"),
        ("www.phac-aspc.gc.ca", "phac-aspc.gc.ca"),
        ("www.inspq.qc.ca", "inspq.qc.ca"),
        ("www.prov.vic.gov.au", "prov.vic.gov.au"),
        ("www.something.ck", "www.something.ck"),
        ("a.b.something.ck", "b.something.ck"),
        ("www.ck", "www.ck"),
        ("someone.github.io", "github.io"),
        ("www.harvard.edi", "harvard.edi"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("", ""),
        (".", ""),
    ],
)
def test_registered_domains(host: str, domain: str) -> None:
    assert registered_domain(host) == domain


def test_a_label_and_its_ending() -> None:
    assert split_domain("bbc.co.uk") == ("bbc", "co.uk")
    assert split_domain("localhost") == ("localhost", "")


def test_endings() -> None:
    assert all(
        map(is_ending, ("org", "co.uk", "ORG", "xn--p1ai", "museum", "za", "ck", "yu", "example", "\u0440\u0444"))
    )
    assert not any(map(is_ending, ("cmo", "ogr", "html", "c", "x1", "xx", "og", "")))


@given(st.text(".ab-\u00e4", max_size=12) | st.text(max_size=20))
def test_any_text_may_be_a_host(host: str) -> None:
    assert len(registered_domain(host)) <= len(host.lower())
    assert isinstance(is_ending(host), bool)
