"""CSL-YAML, as pandoc and Better BibTeX write it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from ppreflist.formats import yamllist
from ppreflist.formats.markdown import from_markdown, to_markdown

PANDOC = """---
nocite: "@*"
references:
- id: WatsonCrick1953
  type: article-journal
  author:
  - family: Watson
    given: J. D.
  - literal: Crick and *others*
  issued: 1953-04-25
  title: 'Molecular structure of *nucleic* acids: [DNA]{.nocase} and H~2~O'
  volume: 171
  issue: 012
  publisher: NO
- id: old
  type: book
  title: Old dates
  author:
    family: Borg
    given: K.
  issued:
  - year: 2006
    month: 3
  - year: 2007
---

# A heading: [not] {YAML
"""


def item(body: str) -> dict[str, Any]:
    (record,) = yamllist.read(f"- {body}").records
    return record.item


def test_the_metadata_of_a_document() -> None:
    reading = yamllist.read(PANDOC)
    assert not reading.unread
    first, second = reading.records
    assert first.item == {
        "type": "article-journal",
        "title": 'Molecular structure of <i>nucleic</i> acids: <span class="nocase">DNA</span> and H<sub>2</sub>O',
        "author": [{"family": "Watson", "given": "J. D."}, {"literal": "Crick and *others*"}],
        "issued": {"raw": "1953-04-25"},
        "volume": "171",
        "issue": "012",
        "publisher": "NO",
    }
    assert (first.line, first.key) == (4, "WatsonCrick1953")
    assert second.item["author"] == [{"family": "Borg", "given": "K."}]
    assert second.item["issued"] == {"date-parts": [[2006, 3], [2007]]}
    assert second.line == 15


@pytest.mark.parametrize(
    ("text", "found", "line", "message"),
    [
        ('- title: a\n- title: "b\n  type: book\n- title: c\n', ["a", "c"], 2, "unexpected end of stream"),
        ("- title: a\n- title: b\n\ttype: book\n- title: c\n", ["a", "c"], 2, "tab character"),
        ("- title: a\n- type: book\n- title: c\n", ["a", "c"], 2, "the record has no title"),
        ("- title: a\n- just text\n- title: c\n", ["a", "c"], 1, "this is no CSL item"),
        ("- title: a\n- &x {title: b}\n- *x\n- title: c\n", ["a", "b", "c"], 3, "aliases"),
        ("- title: a\n- title: b\n  x: " + "[" * 100_000, ["a"], 2, "nested too deeply"),
    ],
)
def test_one_bad_record_costs_only_itself(text: str, found: list[str], line: int, message: str) -> None:
    reading = yamllist.read(text)
    assert [record.item["title"] for record in reading.records] == found
    assert len(reading.unread) == 1
    assert reading.unread[0].line == line
    assert message in reading.unread[0].message


def test_yaml_that_makes_objects_or_gigabytes_makes_neither() -> None:
    assert item("title: !!python/object/apply:os.system [x]\n  title: y") == {"type": "document", "title": "y"}
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nreferences: [{title: x}]\n"
    assert "aliases" in yamllist.read(bomb).unread[0].message


def test_what_is_written_is_yaml_for_everybody() -> None:
    names = [{"family": "Borg"}]
    text = yamllist.records(
        [{"id": "no", "title": "a *b*: <i>c</i> [x]", "author": names, "editor": names, "volume": "012"}]
    )
    (found,) = yaml.safe_load(text)["references"]
    assert found == {
        "id": "no", "title": "a \\*b\\*: *c* \\[x\\]", "author": names, "editor": names, "volume": "012",
    }  # fmt: skip
    assert "&id" not in text


@pytest.mark.parametrize(
    ("markdown", "rich"),
    [
        ("plain", "plain"),
        ("*a* **b** ^c^ ~d~", "<i>a</i> <b>b</b> <sup>c</sup> <sub>d</sub>"),
        ("_a_ snake_case_word", "<i>a</i> snake_case_word"),
        ("[DNA]{.nocase}", '<span class="nocase">DNA</span>'),
        ("[ad]{.smallcaps}", '<span style="font-variant:small-caps">ad</span>'),
        ("*a **b** c*", "<i>a <b>b</b> c</i>"),
        ("5 * 3 * 2 and a ^ b", "5 * 3 * 2 and a ^ b"),
        (r"\*a\* \[b\] \\ 3 \< 4", r"*a* [b] \ 3 < 4"),
        (r"\<i\>", "<\u2060i>"),
    ],
)  # fmt: skip
def test_markdown_to_rich_text(markdown: str, rich: str) -> None:
    assert from_markdown(markdown) == rich


@pytest.mark.parametrize(
    "rich",
    [
        "<i>a</i> b",
        "a*b_c^d~e[f]g\\h`i$j@k#l|m",
        "<b>x <sup>2</sup></b>",
        '<span class="nocase">D*N*A</span>',
        "p < 0.05",
    ],
)
def test_rich_text_through_markdown(rich: str) -> None:
    assert from_markdown(to_markdown(rich)) == rich


def test_markdown_takes_linear_time() -> None:
    for text in ("*" * 50_000, "[" * 50_000, "*a" * 25_000, "~a" * 25_000, "**a*" * 12_000, "^a" * 25_000):
        from_markdown(text)
