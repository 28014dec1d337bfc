"""Values as they stand in a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.bibtex.value import LONGEST, Macros, parts, value


def read(source: str, macros: Macros | None = None) -> str:
    return value(source, 0, len(source), macros or Macros({"pph": "Post-Polio Health", "long": "x" * 600_000}))


@pytest.mark.parametrize(
    ("source", "latex"),
    [
        ("{braced {x} text}", "braced {x} text"),
        ('"quoted {"}x"', 'quoted {"}x'),
        ("2006", "2006"),
        ("jan", "January"),
        ("JAN", "January"),
        ("pph", "Post-Polio Health"),
        ("PPH # { News}", "Post-Polio Health News"),
        ('{a} # "b" # 3 # pph', "ab3Post-Polio Health"),
        ('"10~" # jan', "10~January"),
        ("{a # b}", "a # b"),
        ('"a # b"', "a # b"),
        ("{a} # % comment with # and {\n {b}", "ab"),
        ("missing", "missing"),
        ("missing # { x}", "missing x"),
        ("", ""),
    ],
)
def test_value(source: str, latex: str) -> None:
    assert read(source) == latex


def test_undefined_macros_are_counted() -> None:
    macros = Macros()
    assert read("nn # nn # {x}", macros) == "nnnnx"
    assert macros.undefined == {"nn": 2}


def test_parts() -> None:
    assert parts('{a{b}} # "c" # d # 7') == [("{", "a{b}"), ('"', "c"), ("", "d"), ("", "7")]


def test_joining_macros_is_bounded() -> None:
    assert len(read("long # long # long")) < LONGEST
    macros = Macros({"a": "x" * 1000}, budget=1500)
    assert len(read("a # {}", macros)) == 1000
    assert read("a # {}", macros) == "a"


@given(st.text(alphabet='{}"#ab1 %\n,='))
def test_any_source_can_be_read(source: str) -> None:
    read(source)
    parts(source)
