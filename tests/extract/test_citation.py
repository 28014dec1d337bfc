# ruff: noqa: E501 - references read better in one line
from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.extract.citation import parse
from ppreflist.extract.document import Document, Joiner


def item(text: str) -> dict[str, Any]:
    document = Document.of_text(text)
    return parse(Joiner.of(document).join(document.lines).text).item


def year(data: dict[str, Any]) -> int:
    value: int = data["issued"]["date-parts"][0][0]
    return value


ARTICLE = "Post-polio syndrome patients treated with intravenous immunoglobulin: A pilot study"
ARTICLES = {
    "apa": f"Farbu, E., & Rekand, T. (2007). {ARTICLE}. European Journal of Neurology, 14(1), 60–65. https://doi.org/10.1111/x",
    "vancouver": f"12. Farbu E, Rekand T. {ARTICLE}. Eur J Neurol. 2007 Jan;14(1):60–5.",
    "chicago": f"Farbu, Elisabeth, and Tiina Rekand. 2007. “{ARTICLE}.” European Journal of Neurology 14 (1): 60–65.",
    "note": f"Elisabeth Farbu and Tiina Rekand, “{ARTICLE},” European Journal of Neurology 14, no. 1 (2007): 60–65.",
    "ieee": f"[3] E. Farbu and T. Rekand, “{ARTICLE},” Eur. J. Neurol., vol. 14, no. 1, pp. 60–65, Jan. 2007, doi: 10.1111/x.",
    "harvard": f"Farbu, E. and Rekand, T. (2007) ‘{ARTICLE}’, European Journal of Neurology, 14(1), pp. 60–65.",
    "mla": f"Farbu, Elisabeth, and Tiina Rekand. “{ARTICLE}.” European Journal of Neurology, vol. 14, no. 1, 2007, pp. 60–65.",
    "nature": f"1. Farbu, E. & Rekand, T. {ARTICLE}. Eur. J. Neurol. 14, 60–65 (2007).",
    "springer": f"Farbu, E., Rekand, T.: {ARTICLE}. Eur. J. Neurol. 14, 60–65 (2007)",
    "elsevier": f"[7] E. Farbu, T. Rekand, {ARTICLE}, Eur. J. Neurol. 14 (2007) 60–65.",
    "ama": f"Farbu E, Rekand T. {ARTICLE}. Eur J Neurol. 2007;14(1):60-65. doi:10.1111/x",
}


@pytest.mark.parametrize("style", ARTICLES)
def test_an_article_in_any_style(style: str) -> None:
    read = item(ARTICLES[style])
    assert read["title"] == ARTICLE
    assert [name["family"] for name in read["author"]] == ["Farbu", "Rekand"]
    assert read["container-title"].replace(".", "") in ("European Journal of Neurology", "Eur J Neurol")
    assert (year(read), read["volume"], read["page"].partition("-")[0]) == (2007, "14", "60")
    assert read["type"] == "article-journal"


BOOKS = {
    "apa": "Chen, A., & Bo, C. (2010). The long way: A history of it (2nd ed.). Springer.",
    "vancouver": "Chen A, Bo C. The long way: A history of it. 2nd ed. Berlin: Springer; 2010.",
    "chicago": "Chen, Anna, and Carl Bo. 2010. The long way: A history of it. 2nd ed. Springer.",
    "ieee": "A. Chen and C. Bo, The long way: A history of it, 2nd ed. Berlin: Springer, 2010.",
    "harvard": "Chen, A. and Bo, C. (2010) The long way: A history of it. 2nd edn. Berlin: Springer.",
}


@pytest.mark.parametrize("style", BOOKS)
def test_a_book_in_any_style(style: str) -> None:
    read = item(BOOKS[style])
    assert read["title"] == "The long way: A history of it"
    assert [name["family"] for name in read["author"]] == ["Chen", "Bo"]
    assert (year(read), read["edition"], read["publisher"], read["type"]) == (2010, "2", "Springer", "book")


CHAPTERS = {
    "apa": "Chen, A. (2010). What came first. In C. Bo & D. Eck (Eds.), The whole story (pp. 12–34). Springer.",
    "vancouver": "Chen A. What came first. In: Bo C, Eck D, editors. The whole story. Berlin: Springer; 2010. p. 12–34.",
    "ieee": "A. Chen, “What came first,” in The whole story, C. Bo and D. Eck, Eds., Berlin: Springer, 2010, pp. 12–34.",
    "harvard": "Chen, A. (2010) ‘What came first’, in C. Bo and D. Eck (eds.) The whole story. Berlin: Springer, pp. 12–34.",
}


@pytest.mark.parametrize("style", CHAPTERS)
def test_a_chapter_in_any_style(style: str) -> None:
    read = item(CHAPTERS[style])
    assert (read["title"], read["container-title"]) == ("What came first", "The whole story")
    assert [name["family"] for name in read["editor"]] == ["Bo", "Eck"]
    assert (year(read), read["page"], read["type"]) == (2010, "12-34", "chapter")


def test_a_citation_may_leave_out_the_end_of_its_title() -> None:
    read = item("Farbu E, et al. Post-polio syndrome patients treated with ... Eur J Neurol 2007;14:60-65.")
    assert read["title"] == "Post-polio syndrome patients treated with ..."
    assert read["container-title"] == "Eur J Neurol"
    assert read["author"][-1] == {"literal": "others"}


def test_an_organisation_is_one_name() -> None:
    read = item("World Health Organization. (2010). Guidelines for things. Geneva: WHO.")
    assert read["author"] == [{"literal": "World Health Organization"}]
    assert read["title"] == "Guidelines for things"


def test_a_web_page_has_its_day() -> None:
    read = item("Chen A. All about it [Internet]. 2010 [cited 2012 Mar 3]. Available from: http://example.org/a.html")
    assert read["title"] == "All about it"
    assert (year(read), read["accessed"]) == (2010, {"date-parts": [[2012, 3, 3]]})


def test_a_thesis_is_told() -> None:
    read = item("Chen, A. (2010). All about it [Doctoral dissertation, Uppsala University].")
    assert (read["type"], read["publisher"], read["title"]) == ("thesis", "Uppsala University", "All about it")


@pytest.mark.parametrize(
    "text",
    [
        "The recommendation is that evidence is insufficient to support or refute its use.",
        "All experts agree that it is not just one problem. More research needs to be done in 2010.",
        "Dr. Anna Chen, Professor and chair, tells us that many are being treated.",
    ],
)
def test_prose_gives_little_evidence(text: str) -> None:
    assert parse(text).evidence < 3


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    parse(text)


pieces = st.sampled_from(
    ["Farbu", "E.", "E", ", ", ". ", " & ", "and", "et al.", "(2007)", "2007", ";", "14", "(1)", ":", "60–65", "“", "”", "‘", "’",
     "Title of it", "In", "In:", "(Eds.)", "Eur. J.", "pp. 1-2", "vol. 3", "[Internet]", "[cited 2010 May 3]", " ", "?", "...", "\U000f0000"]
)  # fmt: skip


@given(st.lists(pieces, max_size=40))
def test_any_pieces_of_a_reference_are_read(parts: list[str]) -> None:
    read = parse("".join(parts)).item
    assert isinstance(read.get("title", ""), str)


def test_about_a_year_and_a_town_with_a_stop_in_it() -> None:
    read = item("Headley, J. L. (ca. 2012). An update. St. Louis, Missouri: Garden Club International.")
    assert read["issued"] == {"date-parts": [[2012]], "circa": True}
    assert (read["title"], read["publisher-place"]) == ("An update", "St. Louis, Missouri")
    assert read["publisher"] == "Garden Club International"
