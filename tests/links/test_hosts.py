from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.links.domains import is_ending, registered_domain
from ppreflist.links.hosts import KnownHosts, host_of, with_host
from ppreflist.links.known_domains import known_domains
from ppreflist.links.slips import is_one_edit

KNOWN = KnownHosts()
PHI = ("Post-Polio Health International",)


def questioned(host: str, *words: str) -> list[str]:
    return [each.host for each in KNOWN.questioned(host, words)]


def meant(host: str, *words: str) -> list[str]:
    return [each.host for each in KNOWN.meant(host, words)]


@pytest.mark.parametrize(
    ("host", "right"),
    [
        ("www.post-poli.org", "www.post-polio.org"),
        ("www.neurolgy.org", "www.neurology.org"),
        ("www.nuerology.org", "www.neurology.org"),
        ("scienedirect.com", "sciencedirect.com"),
        ("www.jsatsoft.org", "www.jstatsoft.org"),
        ("pubmed.ncbi.nlm.nhi.gov", ""),  # three letters: too short to question
        ("www.harvard.edi", "www.harvard.edu"),
        ("www.nature.cmo", "www.nature.com"),
        ("ww.nature.com", "www.nature.com"),
        ("wwww.nature.com", "www.nature.com"),
        ("wwwnature.com", "www.nature.com"),
        ("en.wikipeda.org", "en.wikipedia.org"),
        ("onlinelibrary.willey.com", "onlinelibrary.wiley.com"),
    ],
)
def test_slips_are_questioned_unasked(host: str, right: str) -> None:
    assert (questioned(host) or [""])[0] == right


def test_a_host_of_the_table_is_never_questioned() -> None:
    table = known_domains()
    assert len(table) > 2000
    assert [domain for domain in table if questioned(domain) or questioned(f"www.{domain}")] == []
    assert {tuple(meant(domain)) for domain in table if meant(domain) != [f"www.{domain}"]} == set()
    assert [domain for domain in table if registered_domain(domain) != domain] == []


@pytest.mark.parametrize(
    "host",
    [
        "www.example.org", "unknown-society.org", "unice.it", "127.0.0.1", "[::1]", "localhost", "", ".", "a.b",
        "jneurosci2.org", "who1.int", "x", "http", "www.http", "www", "ww", "www.www.org", "2130706433",
    ],
)  # fmt: skip
def test_strangers_are_not(host: str) -> None:
    assert KNOWN.questioned(host) == []


def test_the_entrys_own_words_tell_without_a_table() -> None:
    assert questioned("www.quiet-harbor-instittute.org", "Quiet Harbor Institute") == ["www.quiet-harbor-institute.org"]
    assert questioned("www.quietharborinstitut.org", "The Quiet Harbor Institute") == ["www.quietharborinstitute.org"]
    assert questioned("www.quietharborinstitute.org", "Quiet Harbor Institute") == []


def test_a_single_short_word_or_a_plural_tells_nothing() -> None:
    assert questioned("www.acoustic.org", "Acoustics") == []
    assert questioned("www.letter.example.com", "Letters") == []


def test_the_hosts_of_the_library_tell() -> None:
    often = ["https://www.quietharbor.net/a", "https://quietharbor.net/b", "https://quietharbor.net/c"]
    known = KnownHosts([*often, "https://quietharbr.net/d"])
    assert [each.host for each in known.questioned("quietharbr.net")] == ["quietharbor.net"]
    assert known.questioned("quietharbor.net") == []


def test_a_name_without_an_ending_lacks_one() -> None:
    (first, *_) = KNOWN.questioned("post-polio")
    assert (first.host, first.reason) == ("post-polio.org", "its ending is missing")


@pytest.mark.parametrize("host", ["x", "http", "https", "www.http", "www"])
def test_schemes_and_letters_are_no_slips_even_after_a_failure(host: str) -> None:
    assert KnownHosts(["http://x.com/", "http://http.com/"]).meant(host) == []


def test_two_hosts_cited_alike_do_not_question_each_other() -> None:
    known = KnownHosts(["https://quietharbor.net/a", "https://quietharbr.net/d"])
    assert known.questioned("quietharbr.net") == []
    assert known.questioned("quietharbor.net") == []


def test_after_a_failure_short_names_and_other_endings_count() -> None:
    assert "www.who.int" in meant("www.whoo.int")
    assert "www.cdc.gov" in meant("www.cdc.com")
    assert meant("www.post-poli.org", *PHI)[0] == "www.post-polio.org"
    assert meant("www.nothing-like-it.org") == ["nothing-like-it.org"]


def test_the_better_known_of_two_comes_first() -> None:
    known = KnownHosts(["https://www.unict.it/"] * 5)
    assert known.meant("unicx.it")[0].host == "unict.it"


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_one_edit_is_the_distance_of_optimal_string_alignment(a: str, b: str) -> None:
    table = [[max(i, j) if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            )  # fmt: skip
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    assert is_one_edit(a, b) is (table[len(a)][len(b)] == 1)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_may_be_a_host(host: str, words: str) -> None:
    assert isinstance(KNOWN.questioned(host, [words]), list)
    assert isinstance(KNOWN.meant(host, [words]), list)


def test_hosts_in_addresses() -> None:
    assert host_of("https://me@www.X.org:80/a") == "www.x.org"
    assert host_of("http://[::1/") == ""
    assert with_host("https://www.x.org:8080/a?b#c", "www.y.org") == "https://www.y.org:8080/a?b#c"


@pytest.mark.parametrize(
    ("host", "domain"),
    [("www.bbc.co.uk", "bbc.co.uk"), ("a.b.ox.ac.uk", "ox.ac.uk"), ("x.org", "x.org"), ("WWW.X.ORG.", "x.org")],
)
def test_registered_domains(host: str, domain: str) -> None:
    assert registered_domain(host) == domain


def test_endings() -> None:
    assert all(map(is_ending, ("org", "co.uk", "xn--p1ai", "museum")))
    assert not any(map(is_ending, ("cmo", "ogr", "html", "c", "x1")))
