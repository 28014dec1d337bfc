from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ppreflist.links.collect import links_of
from ppreflist.links.finding import Finding, repairs
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.verdict import Verdict
from ppreflist.model.edit import SetField
from ppreflist.model.entry import Entry, Field
from ppreflist.model.name import Name, NameList


def entry(**fields: str) -> Entry:
    return Entry("key", "misc", {name: Field(name, value, value, 10) for name, value in fields.items()})


def links(**fields: str) -> list[Link]:
    return list(links_of([entry(**fields)]))


def written(**fields: str) -> list[str]:
    return [link.written for link in links(**fields)]


def test_an_address_is_the_whole_field_whatever_is_in_it() -> None:
    assert written(url=" www.x.org/a. Full.html ") == ["www.x.org/a. Full.html"]


def test_identifiers_have_their_kinds() -> None:
    found = links(doi="10.1000/x", pmid="123", pmcid="PMC1", eprint="2101.00001")
    assert [link.kind for link in found] == [LinkKind.DOI, LinkKind.PMID, LinkKind.PMCID, LinkKind.ARXIV]


def test_an_eprint_is_what_its_type_says() -> None:
    assert [link.kind for link in links(eprint="hep-th/9901001", archiveprefix="arXiv")] == [LinkKind.ARXIV]
    assert [link.kind for link in links(eprint="12345678", eprinttype="pubmed")] == [LinkKind.PMID]
    assert [link.kind for link in links(eprint="2027/mdp.39015", eprinttype="hdl")] == [LinkKind.HANDLE]
    assert [link.kind for link in links(eprint="10.2307/1", eprinttype="jstor")] == [LinkKind.JSTOR]
    assert [link.kind for link in links(eprint="https://x.org/a.pdf")] == [LinkKind.URL]
    assert links(eprint="abc", eprinttype="googlebooks") == []
    assert links(eprint="some words") == []


def test_latex_around_an_address_is_not_part_of_it() -> None:
    assert written(url=r"\url{http://x.org/a}") == ["http://x.org/a"]
    assert written(howpublished=r"Available at \url{http://x.org/a_b}, 2012") == ["http://x.org/a_b"]
    assert written(note=r"See \href{http://x.org/a}{the page} and \nolinkurl{x.org}") == ["http://x.org/a", "x.org"]
    assert written(note=r"\url{http://x.org/{a}\}b}") == [r"http://x.org/{a}\}b"]


def test_bare_addresses_in_running_text_lose_the_sentence_around_them() -> None:
    text = "See http://x.org/a, (https://y.org/b_(c)), <http://z.org/d>; www.v.org/e. Also http//w.org/f!"
    assert written(note=text) == [
        "http://x.org/a", "https://y.org/b_(c)", "http://z.org/d", "www.v.org/e", "http//w.org/f",
    ]  # fmt: skip


def test_an_address_that_a_word_processor_broke_is_found_whole() -> None:
    found = written(note="can be accessed at www.neurology.org/content/78/13/1009. Full.html today")
    assert found == ["www.neurology.org/content/78/13/1009. Full.html"]


def test_escaped_specials_belong_to_the_address() -> None:
    assert written(note=r"http://x.org/a\_b\%20c{\_}d and more") == [r"http://x.org/a\_b\%20c{\_}d"]


def test_several_addresses_in_a_field_for_one() -> None:
    found = links(url="http://x.org/a and\n http://y.org/b")
    assert [(link.written, link.alone, link.line) for link in found] == [
        ("http://x.org/a", False, 10),
        ("http://y.org/b", False, 11),
    ]


def test_an_address_inside_an_address_is_no_second_one() -> None:
    for url in ("https://web.archive.org/web/2012/http://x.org/a", "https://p.edu/login?url=https://x.org/a"):
        assert written(url=url) == [url]
        assert written(note=url) == [url]


def test_the_line_is_that_of_the_link() -> None:
    assert [link.line for link in links(note="one\ntwo\nhttp://x.org/a")] == [12]


def test_what_is_not_for_readers_is_left_alone() -> None:
    assert written(abstract="http://x.org/a", keywords="www.x.org", file="http.pdf", title="A http://x.org") == []
    assert written(note="12/13 and/or www") == []
    assert written(journal="Journal www.x.org") == []


def test_an_inherited_field_is_the_parents() -> None:
    inherited = Field("url", "http://x.org", "http://x.org", 10, origin="parent")
    assert list(links_of([Entry("key", "misc", {"url": inherited})])) == []


def test_the_entrys_own_words() -> None:
    value = {"url": Field("url", "x", "x"), "publisher": Field("publisher", "Post-Polio Health International", "")}
    people = {"author": NameList((Name("World Health Organization", literal=True), Name("Headley", "Joan L.")))}
    (link,) = links_of([Entry("key", "misc", value, people)])
    assert link.words == ("Post-Polio Health International", "World Health Organization")


def fixed(link: Link, fix: str, *, safe: bool = True) -> Finding:
    return Finding(link, Verdict.MALFORMED, "why", fix, safe)


def test_repairs_of_one_field_are_one_edit() -> None:
    value = "See www.x.org/a and www.y.org/b."
    first, second = links(note=value)
    edits = repairs([fixed(first, "https://x.org/longer"), fixed(second, "https://y.org/")])
    assert edits == (SetField("key", "note", "See https://x.org/longer and https://y.org/.", value),)


def test_what_is_not_safe_is_not_repaired() -> None:
    (link,) = links(url="www.x.org")
    assert repairs([fixed(link, "https://x.org", safe=False)]) == ()
    assert repairs([Finding(link, Verdict.NOT_FOUND, "why")]) == ()


def test_a_replacement_is_escaped_as_what_it_replaces() -> None:
    (link,) = links(url=r"http//x.org/a\_b\%20c")
    assert repairs([fixed(link, "http://x.org/a_b%20c#d&e")])[0].value == r"http://x.org/a\_b\%20c#d&e"


TEXTS = st.lists(
    st.sampled_from([*"{}\\ ,.()\n", "\\url{", "\\href{", "http://", "www.", "x.org", "http", "a. Full.html", " and "]),
    max_size=30,
).map("".join)


@given(TEXTS | st.text(max_size=100))
def test_any_value_gives_spans_within_it(value: str) -> None:
    for name in ("url", "note", "howpublished", "doi", "eprint", "publisher"):
        spans = sorted((link.start, link.end) for link in links(**{name: value}))
        assert all(0 <= start <= end <= len(value) for start, end in spans)
        assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_hostile_values_take_no_time() -> None:
    started = time.process_time()
    for value in ("\\url{" * 20000, "http://" * 20000, "www." * 30000, " http://x.org" * 10000, "\\" * 100000):
        links(note=value, url=value)
    assert time.process_time() - started < 3
