# ruff: noqa: E501 - references read better in one line
from __future__ import annotations

from ppreflist.extract.document import Document, Joiner
from ppreflist.extract.layout import without_heads
from ppreflist.extract.references import one_by_one, split

FIRST = "Farbu E, Rekand T. Post-polio syndrome patients treated with immunoglobulin: a pilot study. Eur J Neurol. 2007;14:60-65."
SECOND = "Gonzalez H, Sunnerhagen KS. Intravenous immunoglobulin for post-polio syndrome: a trial. Lancet Neurol 2006;5:493-500."
THIRD = "World Health Organization. Guidelines for things. 2nd ed. Geneva: WHO; 2010."


def titles(text: str) -> list[str]:
    document = without_heads(Document.of_text(text))
    listed, _ = split(document, Joiner.of(document))
    return [str(each.reference.item["title"]).partition(" ")[0] for each in listed]


EXPECTED = ["Post-polio", "Intravenous", "Guidelines"]


def broken(text: str, width: int, indent: str = "") -> str:
    lines = []
    while len(text) > width:
        cut = text.rindex(" ", 0, width)
        lines.append(text[:cut])
        text = text[cut + 1 :]
    return f"\n{indent}".join([*lines, text])


def test_numbered_references() -> None:
    entries = [f"{number}. {broken(each, 50)}" for number, each in enumerate((FIRST, SECOND, THIRD), 1)]
    assert titles("Some prose.\n\nReferences\n\n" + "\n".join(entries)) == EXPECTED


def test_a_line_that_begins_with_a_number_by_chance_begins_no_reference() -> None:
    text = (
        "References\n1. Chen A. A study of people in the years after\n3. It went on. J Things 2001;2:3-4.\n2. " + SECOND
    )
    assert titles(text) == ["A", "Intravenous"]


def test_years_at_the_beginning_of_lines_number_no_references() -> None:
    lines = ["Chen, Anna, and Carl Bo.", "2001. “A study of things.” J Things 2: 3–4.", "Eck, Dora, and Carl Bo."]
    lines += ["2002. “Another study.” J Things 3: 3–4.", "Fay, Eva. 2003. “The last study.” J Things 4: 3–4."]
    assert titles("References\n" + "\n".join(lines)) == ["A", "Another", "The"]


def test_references_with_gaps_between_them() -> None:
    assert titles("LITERATURE CITED\n\n" + "\n\n".join(broken(each, 60) for each in (FIRST, SECOND, THIRD))) == EXPECTED


def test_hanging_references() -> None:
    assert (
        titles("References:\n\n" + "\n".join(broken(each, 60, "    ") for each in (FIRST, SECOND, THIRD))) == EXPECTED
    )


def test_references_with_nothing_between_them() -> None:
    assert titles("References\n" + "\n".join(broken(each, 60) for each in (FIRST, SECOND))) == EXPECTED[:2]


def test_a_list_without_a_heading() -> None:
    assert titles(f"Some prose here.\n\n{FIRST}\n\n{SECOND}") == EXPECTED[:2]


def test_the_list_ends_where_something_else_begins() -> None:
    text = f"References\n\n{FIRST}\n\nAcknowledgements\n\nChen A, Bo C. and others helped us in 2010. Thanks."
    assert titles(text) == EXPECTED[:1]


def test_running_heads_and_page_numbers_are_no_part_of_a_reference() -> None:
    lines = broken(f"1. {FIRST}", 50).split("\n")
    pages = [lines[0], "", "17", "", "Annual Review of Things 3", "", *lines[1:], "2. " + SECOND, "", "18"]
    pages += ["", "Annual Review of Things 4", "", "3. " + THIRD, "", "19", "", "Annual Review of Things 5", ""]
    text = "References\n" + "\n".join(pages)
    document = without_heads(Document.of_text(text))
    listed, _ = split(document, Joiner.of(document))
    assert [each.reference.item["title"].partition(" ")[0] for each in listed] == EXPECTED
    assert listed[0].reference.item["page"] == "60-65"
    assert [each.passage.place(0).line for each in listed] == [
        number for number, line in enumerate(text.split("\n"), 1) if line[:3] in ("1. ", "2. ", "3. ")
    ]


def test_a_short_last_line_that_comes_often_is_no_running_head() -> None:
    text = "\n\n".join(f"Chen A. A study of number {number}. Berlin: Some\nPress; 2001." for number in range(5))
    assert without_heads(Document.of_text(text)) == Document.of_text(text)


def test_pasted_references_are_all_kept() -> None:
    passages = one_by_one(Document.of_text(f"{FIRST}\n\nnothing to be made of this\n\n{SECOND}\n"))
    assert [passage.text[:7] for passage in passages] == ["Farbu E", "nothing", "Gonzale"]
    assert one_by_one(Document.of_text("\n")) == []


def test_a_work_of_about_a_year_is_not_run_into_the_one_before() -> None:
    lines = (
        "Farbu, E. (2007). The first title of all. Journal of Things, 14(1), 60–65. https://doi.org/10.1000/1",
        "Headley, J. L. (ca. 2012). An update. Garden Club International.",
        "Garden Club International. (2007). More about roses. Garden News, 23(2). www.garden.example.org",
        "Garden Club International. (circa 2012). Home of roses. www.garden.example.org",
    )
    assert titles("References\n" + "\n".join(lines)) == ["The", "An", "More", "Home"]
