"""The filter ``python -m ppreflist.csl``, as another program calls it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ppreflist.csl import locate
from ppreflist.csl.__main__ import main
from ppreflist.csl.writers.registry import WRITERS

SMITH = [{"family": "Smith", "given": "Ann"}]
ITEMS = [
    {
        "id": "one",
        "type": "article-journal",
        "title": "On <i>E. coli</i> & friends",
        "author": SMITH,
        "issued": {"date-parts": [[2006]]},
        "container-title": "Journal",
        "volume": 8,
        "DOI": "10.1000/x",
    },
    {
        "id": "two",
        "type": "book",
        "title": "Second",
        "author": SMITH,
        "issued": {"date-parts": [[2006]]},
        "publisher": "Pub",
    },
]
REQUEST: dict[str, Any] = {
    "style": "apa",
    "references": ITEMS,
    "citations": [[{"id": "two"}], [{"id": "one", "locator": "3", "label": "page"}]],
}


def run(data: bytes) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "ppreflist.csl"], input=data, capture_output=True, check=False)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def ask(request: object) -> tuple[int, Any, str]:
    """The same without a process."""
    stdout, stderr = io.BytesIO(), io.StringIO()
    code = main(io.BytesIO(json.dumps(request).encode()), stdout, stderr)
    return code, json.loads(stdout.getvalue() or "null"), stderr.getvalue()


def test_a_process_answers() -> None:
    code, out, err = run(json.dumps(REQUEST).encode())
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "citations": ["(Smith, 2006b)", "(Smith, 2006a, p. 3)"],
        "bibliography": [
            [
                "one",
                "Smith, A. (2006a). On <i>E. coli</i> &#38; friends. <i>Journal</i>, <i>8</i>. https://doi.org/10.1000/x",
            ],
            ["two", "Smith, A. (2006b). <i>Second</i>. Pub."],
        ],
        "warnings": [],
    }


def test_links_are_asked_for() -> None:
    code, answer, _ = ask({**REQUEST, "links": True, "format": "markdown"})
    assert code == 0
    assert answer["bibliography"][0][1].endswith("*Journal*, *8*. <https://doi.org/10.1000/x>")


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_every_format(name: str) -> None:
    code, answer, _ = ask({**REQUEST, "format": name})
    assert code == 0
    assert [entry[0] for entry in answer["bibliography"]] == ["one", "two"]
    assert all("Smith, A. (2006" in entry[1] for entry in answer["bibliography"])


def test_a_style_is_an_id_a_path_or_its_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.csl"
    path.write_text(locate.style_text("apa"), encoding="utf-8")
    answers = [
        ask({**REQUEST, "style": style})[1]
        for style in ("http://www.zotero.org/styles/apa", str(path), "\n" + locate.style_text("apa"))
    ]
    assert answers == [ask(REQUEST)[1]] * 3


def test_a_dependent_style_has_its_parent() -> None:
    dependent = ask({**REQUEST, "style": "nature-physics"})[1]
    assert dependent["bibliography"] == ask({**REQUEST, "style": "nature", "lang": "en-GB"})[1]["bibliography"]


def test_lang_beats_the_style() -> None:
    code, answer, _ = ask({**REQUEST, "lang": "de-DE"})
    assert code == 0
    assert answer["citations"][1] == "(Smith, 2006a, S. 3)"


def test_a_note_style_takes_note_numbers() -> None:
    citations = [
        {"citationItems": [{"id": "one"}], "properties": {"noteIndex": 4}},
        {"citationItems": [{"id": "one"}], "properties": {"noteIndex": 5}},
    ]
    code, answer, _ = ask({**REQUEST, "style": "chicago-notes-bibliography", "citations": citations})
    assert code == 0
    first, second = answer["citations"]
    assert len(second) < len(first)


def test_what_is_wrong_with_items_is_a_warning() -> None:
    references = [*ITEMS, {"type": "book"}, 7]
    code, answer, err = ask({**REQUEST, "references": references, "citations": [[{"id": "nobody"}]]})
    assert (code, err) == (0, "")
    assert any("nobody" in warning for warning in answer["warnings"])
    assert len(answer["bibliography"]) >= 2


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({"style": "apaa"}, "nearest: apa"),
        ({"style": "<style/>"}, "namespace"),
        ({"style": "<style xmlns='http://purl.org/net/xbiblio/csl'"}, "1"),
        ({"style": "/nowhere/x.csl"}, "no such file"),
    ],
)
def test_a_style_that_cannot_be_had_is_exit_code_1(request_: object, said: str) -> None:
    code, answer, err = ask(request_)
    assert (code, answer) == (1, None)
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not JSON"),
        (b"[", "not JSON: line 1"),
        (b"[]", "not a JSON object"),
        (b"{}", "style: missing"),
        (b"\xff", "not UTF-8"),
        (b'{"style": 1}', "style: a string is wanted"),
        (b'{"style": "apa", "references": {}}', "references: a list is wanted"),
        (b'{"style": "apa", "citations": "x"}', "citations: a list is wanted"),
        (b'{"style": "apa", "format": "pdf"}', "format: 'pdf' is none of"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_other_input_is_exit_code_2(data: bytes, said: str) -> None:
    stdout, stderr = io.BytesIO(), io.StringIO()
    assert main(io.BytesIO(data), stdout, stderr) == 2
    assert stdout.getvalue() == b""
    assert said in stderr.getvalue()
    assert stderr.getvalue().count("\n") == 1


def test_a_process_says_its_exit_code() -> None:
    code, out, err = run(b'{"style": "apaa"}')
    assert (code, out) == (1, "")
    assert "Traceback" not in err


def test_a_number_of_thousands_of_digits_is_one_line_of_error() -> None:
    request = b'{"style": "apa", "references": [{"id": "a", "volume": ' + b"9" * 6000 + b"}]}"
    done = subprocess.run(
        [sys.executable, "-m", "ppreflist.csl"], input=request, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
