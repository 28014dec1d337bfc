from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bench.hosts import of_table

from ppreflist.links.domains import registered_domain
from ppreflist.links.hosts import KnownHosts, host_of, with_host
from ppreflist.links.known_domains import known_domains

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
        ("onlinelibary.wiley.com", "onlinelibrary.wiley.com"),
        ("w.nature.com", "www.nature.com"),
        ("www.nature.con", "www.nature.com"),
        ("www.nature.c0m", "www.nature.com"),
        ("content.iospress.cmo", "content.iospress.com"),  # and not .nl, which exists as well
        ("www.bbc.co.ku", "www.bbc.co.uk"),
        ("www.sciencedirect.co", "www.sciencedirect.com"),
        ("www.statcn.gc.ca", ""),  # six letters, and seldom cited
        ("www.phac-aspcc.gc.ca", "www.phac-aspc.gc.ca"),
        ("www.g1thub.com", "www.github.com"),
        ("www.g\u0456thub.com", "www.github.com"),  # a Cyrillic letter in it
        ("xn--gthub-n2e.com", "github.com"),  # the same as it is looked up
        ("\u0430rxiv.org", "arxiv.org"),
        ("www.post-\u0440olio.org", "www.post-polio.org"),
        ("nowhere-kn\u043ewn.org", "nowhere-known.org"),
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
        "jneurosci2.org", "who1.int", "www.m\u00fcller.de", "\u044f\u043d\u0434\u0435\u043a\u0441.ru", "xn--a",
        "xn--p1ai", "www.gov.uk", "citeseer.ist.psu.edu", "my-onlinelibrary.wiley.com", "journal.lww.com",
        "www.twitter.co.uk", "x", "http", "www.http", "www", "ww", "www.www.org", "2130706433",
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


def test_a_short_name_under_an_ending_is_found_after_a_failure() -> None:
    assert meant("www.b.se")[0] == "www.kb.se"  # b.se is an ending of its own in Sweden
    assert "www.gov.uk" in meant("www.gvo.uk")


def test_a_name_before_the_domain_tells_neighbours_apart() -> None:
    assert meant("www.ac.org")[0] == "www.acm.org"
    assert meant("pubs.ac.org")[0] == "pubs.acs.org"
    assert meant("dl.ac.org")[0] == "dl.acm.org"


def test_who_published_it_tells_neighbours_apart() -> None:
    assert meant("www.as.org", "American Mathematical Society")[0] == "www.ams.org"
    assert meant("www.as.org", "American Physical Society")[0] == "www.aps.org"
    assert meant("www.as.org", "ACS Publications")[0] == "www.acs.org"


def test_a_known_name_comes_before_the_same_words_written_otherwise() -> None:
    assert meant("www.washingtonppost.com", "The Washington Post")[0] == "www.washingtonpost.com"
    assert meant("www.census.gvo", "U.S. Census Bureau")[0] == "www.census.gov"


def test_a_host_that_a_list_cites_often_is_no_slip() -> None:
    assert KnownHosts(["https://lithub.com/a"] * 4 + ["https://github.com/a"] * 5).questioned("lithub.com") == []
    often = [f"https://www{number}.proxy.quietharbor.net/" for number in range(1, 4)] * 5
    assert KnownHosts(often).questioned("www9.proxy.quietharbor.net") == []


def test_a_site_may_answer_with_or_without_www_only() -> None:
    assert [(each.host, each.weak) for each in KNOWN.meant("nothing-like-it.org")] == [
        ("www.nothing-like-it.org", True)
    ]
    assert meant("www.quiet.example.test") == meant("..") == []


def test_slips_are_found_and_the_right_host_comes_first() -> None:
    tally = of_table(KNOWN, known_domains(), [71], evenly=False, every=4)
    made = tally.made.total()
    assert tally.found.total() / made >= 0.99
    assert tally.first.total() / tally.answered.total() >= 0.99
    assert tally.asked_right.total() / tally.unasked.total() >= 0.99


def test_the_better_known_of_two_comes_first() -> None:
    known = KnownHosts(["https://www.unict.it/"] * 5)
    assert known.meant("unicx.it")[0].host == "unict.it"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_may_be_a_host(host: str, words: str) -> None:
    assert isinstance(KNOWN.questioned(host, [words]), list)
    assert isinstance(KNOWN.meant(host, [words]), list)


@given(st.lists(st.text("ab.-wk1", max_size=12), max_size=4), st.text("ab.-wk1o", max_size=12))
def test_any_text_may_be_a_host_of_the_library(cited: list[str], host: str) -> None:
    known = KnownHosts([f"https://{each}/" for each in (*cited, ".b.org", "uk", "co.uk", "..")] * 3, table={"a.uk": 5})
    assert isinstance(known.questioned(host), list)
    assert all(each.host for each in known.meant(host, ["A B Kab"]))


def test_hosts_in_addresses() -> None:
    assert host_of("https://me@www.X.org:80/a") == "www.x.org"
    assert host_of("http://[::1/") == ""
    assert with_host("https://www.x.org:8080/a?b#c", "www.y.org") == "https://www.y.org:8080/a?b#c"
