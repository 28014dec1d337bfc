"""Where links stand in their files: what a report says must be what a program finds there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.cli.reports.places import Region, in_documents, in_library
from ppreflist.links.collect import links_of
from ppreflist.links.documents import DocumentKind, links_in
from ppreflist.links.link import Link

LIBRARY = r"""@string{site = "https://x.org/"}
@misc{a, title = {中文 \url{https://in.title/}}, url = {https://x.org/a_b},
  note = "Two: \url{https://x.org/\_1} and
    (see https://y.org/2).",
  pmid = 123456,
  howpublished = site # {behind a macro},
  urlraw =
    { https://x.org/below#part },
}
@misc{a, url={https://x.org/same/key}}
@misc{b, title = {𝔘𝔫𝔦𝔠𝔬𝔡𝔢}, url = {https://x.org/b}}
"""


def text_at(text: str, region: Region) -> str:
    lines = text.split("\n")[region.line - 1 : region.end_line]
    lines[-1] = lines[-1][: region.end_column - 1]
    lines[0] = lines[0][region.column - 1 :]
    return "\n".join(lines)


def found_in(text: str) -> tuple[list[Link], dict[Link, Region]]:
    file = BibFile.parse(text)
    links = list(links_of(library(file).entries))
    return links, in_library(file, links)


def test_the_links_of_a_library() -> None:
    links, places = found_in(LIBRARY)
    at = {link.written: places.get(link) for link in links}
    expected = [
        (r"https://x.org/a_b", 2), (r"https://x.org/\_1", 3), ("https://y.org/2", 4), ("123456", 5),
        ("https://x.org/below#part", 8), ("https://x.org/same/key", 10), ("https://x.org/b", 11),
    ]  # fmt: skip
    for written, line in expected:
        column = LIBRARY.split("\n")[line - 1].index(written) + 1
        assert at[written] == Region(line, column, line, column + len(written))
    assert len(places) == len(expected)
    assert all(text_at(LIBRARY, places[link]) == link.written for link in places)


def test_what_a_macro_is_part_of_stands_nowhere() -> None:
    links, places = found_in(
        '@string{s = "https://x.org/"}\n@misc{a, url = s # "page", note = s # "see https://y.org"}'
    )
    assert [link.written for link in links] == ["https://x.org/page", "https://x.org/see", "https://y.org"]
    assert places == {}


def test_a_file_that_was_changed_in_between() -> None:
    links, _ = found_in("@misc{a, url = {https://x.org/a}}")
    assert in_library(BibFile.parse("@misc{a, url = {https://x.org/b}}"), links) == {}
    assert in_library(BibFile.parse("\n@misc{a, url = {https://x.org/a}}"), links) == {}


ADDRESSES = st.from_regex(r"https://x\.org/[a-zé中~_&%#\\-]{0,6}", fullmatch=True)
GAPS = st.text(alphabet=" \n\t,;aé中𝔘({", max_size=5).map(lambda text: text.replace("{", "{}"))


@given(
    st.lists(st.tuples(GAPS, ADDRESSES), max_size=4), st.sampled_from(["url", "note"]), st.sampled_from(['""', "{}"])
)
def test_what_is_said_to_stand_there_stands_there(parts: list[tuple[str, str]], field: str, marks: str) -> None:
    value = "".join(gap + address for gap, address in parts)
    text = f"@misc{{k,\n title = {{t}}, {field} = {marks[0]}{value}{marks[1]}\n}}\n"
    links, places = found_in(text)
    assert all(text_at(text, region) == link.written for link, region in places.items())
    assert len(places) == len(set(links))


def test_the_links_of_documents() -> None:
    text = "# 中文\n\nSee https://x.org/a, [b](https://x.org/b), <https://x.org/c> and\n[https://x.org/d](https://x.org/d).\n"
    links = list(links_in(text, "notes.md", DocumentKind.MARKDOWN))
    places = in_documents({"notes.md": text}, links)
    assert [link.written for link in links if link in places] == [f"https://x.org/{each}" for each in "abc"]
    assert all(text_at(text, region) == link.written for link, region in places.items())
    assert in_documents({}, links) == {}
