"""What BibTeX (or, where they differ, biber) reads in a text, case by case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.bibtex.blocks import BrokenBlock, CommentBlock, EntryBlock, PreambleBlock, StringBlock
from ppreflist.bibtex.scan import MAX_BROKEN, MAX_OPEN_BRACES, Scan, scan

Seen = tuple[str, str, list[tuple[str, str]]]


def entries(text: str) -> list[Seen]:
    """(type, key, [(name, raw value)]) of each entry."""
    return [
        (block.type, block.key, [(each.name, text[each.value_start : each.value_end]) for each in block.fields])
        for block in scan(text).blocks
        if isinstance(block, EntryBlock)
    ]


def kinds(found: Scan) -> list[str]:
    return [type(block).__name__ for block in found.blocks]


READ_WITHOUT_A_WORD: dict[str, tuple[str, list[Seen]]] = {
    "plain": ("@article{k, year = 2006}", [("article", "k", [("year", "2006")])]),
    "trailing comma": ("@article{k, year = {1},}", [("article", "k", [("year", "{1}")])]),
    "no fields": ("@misc{k}", [("misc", "k", [])]),
    "no fields, comma": ("@misc{k,\n}", [("misc", "k", [])]),
    "case as written": ("@ARTICLE{K, Year = 1}", [("ARTICLE", "K", [("Year", "1")])]),
    "type with a hyphen": ("@www-inproceedings{k, a={b}}", [("www-inproceedings", "k", [("a", "{b}")])]),
    "space behind @": ("@ article{k, a={b}}", [("article", "k", [("a", "{b}")])]),
    "line break before the brace": ("@article\n{k, a={b}}", [("article", "k", [("a", "{b}")])]),
    "parentheses": ('@article(k, a={b)}, c="d")', [("article", "k", [("a", "{b)}"), ("c", '"d"')])]),
    "key on its own line": ("@article{\n  k,\n  a=1}", [("article", "k", [("a", "1")])]),
    "quote in braces in quotes": (
        '@book{k, title = "T{"u}bingen", year = 1}',
        [("book", "k", [("title", '"T{"u}bingen"'), ("year", "1")])],
    ),
    "joined": ('@book{k, a = b # "c" # {d} , e = 1}', [("book", "k", [("a", 'b # "c" # {d}'), ("e", "1")])]),
    "joined over lines": ("@book{k, a = b #\n  c}", [("book", "k", [("a", "b #\n  c")])]),
    "a backslash escapes no brace": (
        "@book{k, a = {\\}, b = {C:\\dir\\}}",
        [("book", "k", [("a", "{\\}"), ("b", "{C:\\dir\\}")])],
    ),
    "two backslashes": ("@book{k, a = {x \\\\}, b = 1}", [("book", "k", [("a", "{x \\\\}"), ("b", "1")])]),
    "deep nesting": (
        "@book{k, a = {" + "{" * 50 + "x" + "}" * 50 + "}}",
        [("book", "k", [("a", "{" * 51 + "x" + "}" * 51)])],
    ),
    "deep nesting in quotes": (
        '@book{k, a = "' + "{" * 9 + '"' + "}" * 9 + '", b = 1}',
        [("book", "k", [("a", '"' + "{" * 9 + '"' + "}" * 9 + '"'), ("b", "1")])],
    ),
    "an @ in a value": ("@misc{k, email = {me@home.org}}", [("misc", "k", [("email", "{me@home.org}")])]),
    "@word{ at a line start in a value": (
        "@misc{k, a = {x\n@book{y} z}, b = 1}",
        [("misc", "k", [("a", "{x\n@book{y} z}"), ("b", "1")])],
    ),
    "comment between fields": (
        "@misc{k, % note, with = {all}\n  a = 1, % more }\n  b = 2 % last\n}",
        [("misc", "k", [("a", "1"), ("b", "2")])],
    ),
    "percent in a value": ("@misc{k, a = {50% off}, b = 1}", [("misc", "k", [("a", "{50% off}"), ("b", "1")])]),
    "two on one line": ("@a{x, b=1} @c{y, d=2}", [("a", "x", [("b", "1")]), ("c", "y", [("d", "2")])]),
    "no space between": ("@a{x, b=1}@c{y, d=2}", [("a", "x", [("b", "1")]), ("c", "y", [("d", "2")])]),
    "text between entries": ("free text, me@home.org\n@a{x, b=1}\nmore", [("a", "x", [("b", "1")])]),
    "entry behind text on its line": ("see also @a{x, b=1}", [("a", "x", [("b", "1")])]),
    "foo@bar{baz} in text": ("write foo@bar{baz} here", []),
    "negative number": ("@a{x, volume = -3}", [("a", "x", [("volume", "-3")])]),
    "CRLF": ("@a{x,\r\n  b = {1},\r\n}\r\n", [("a", "x", [("b", "{1}")])]),
    "CR": ("% c\r@a{x,\r  b = {1},\r}\r", [("a", "x", [("b", "{1}")])]),
    "names with signs": (
        "@a{x, bdsk-url-1 = {u}, date:added = 1}",
        [("a", "x", [("bdsk-url-1", "{u}"), ("date:added", "1")])],
    ),
    "key with signs": ("@a{DBLP:conf/x/Y+06'\"#%, b=1}", [("a", "DBLP:conf/x/Y+06'\"#%", [("b", "1")])]),
    "not ASCII": ("@a{müller, título = {ñ}}", [("a", "müller", [("título", "{ñ}")])]),
    "empty values": ('@a{x, b = {}, c = ""}', [("a", "x", [("b", "{}"), ("c", '""')])]),
    "no end of line at the end": ("@a{x, b = 1}", [("a", "x", [("b", "1")])]),
    "comment hides entries": ("@comment{\n@a{x, b=1}\n}\n@c{y, d=1}", [("c", "y", [("d", "1")])]),
    "comment hides an entry on its line": ("@comment{@a{x, b=1}}", []),
    "comment with parentheses": ("@comment(a)\n@a{x, b=1}", [("a", "x", [("b", "1")])]),
    "comment without a brace": ("@comment jabref-meta {\n@a{x, b=1}", [("a", "x", [("b", "1")])]),
    "comment that says something": ("@Comment{jabref-meta: a:{b};}\n@a{x, b=1}", [("a", "x", [("b", "1")])]),
    "nothing": ("", []),
    "only white space": (" \n\n", []),
}


@pytest.mark.parametrize("case", READ_WITHOUT_A_WORD)
def test_reads(case: str) -> None:
    text, expected = READ_WITHOUT_A_WORD[case]
    assert entries(text) == expected
    assert scan(text).flaws == ()


REPORTED: dict[str, tuple[str, list[Seen], str]] = {
    "missing comma": (
        "@a{x, title={T}\n year={1}}",
        [("a", "x", [("title", "{T}"), ("year", "{1}")])],
        "no comma behind field 'title'",
    ),
    "text behind a value": (
        "@a{x, title={T} more, year={1}}",
        [("a", "x", [("title", "{T}"), ("year", "{1}")])],
        "text behind the value of field 'title'",
    ),
    "two commas": ("@a{x, b=1,, c=2}", [("a", "x", [("b", "1"), ("c", "2")])], "a comma with no field before it"),
    "no equals sign": ("@a{x, title, b=1}", [("a", "x", [("b", "1")])], "a field without '='"),
    "no value": ("@a{x, b = , c = 1}", [("a", "x", [("b", ""), ("c", "1")])], "field 'b' has no value"),
    "no key": ("@a{title = {x}}\n@b{y}", [("b", "y", [])], "the citation key, or the comma behind it, is missing"),
    "no comma behind the key": ("@a{x\n b = 1}\n@c{y}", [("c", "y", [])], "the comma behind it"),
    "brace never closed": (
        "@a{x, title = {T\n}\n\n@b{y, c = 1}\n",
        [("b", "y", [("c", "1")])],
        "a new entry begins before this one is closed",
    ),
    "brace never closed, at all": (
        "@a{x, title = {{T},\n}\n\n@b{y, c = {1}}\n@d{z, c = {2}}",
        [("b", "y", [("c", "{1}")]), ("d", "z", [("c", "{2}")])],
        "",
    ),
    "value opens and never closes": ("@a{x, t = {T\n@b{y, c = {1}}", [("b", "y", [("c", "{1}")])], "never closed"),
    "quote never closed": ('@a{x, t = "T,\n}\n@b{y, c = 1}', [("b", "y", [("c", "1")])], "never closed"),
    "entry never closed": (
        "@a{x, t = {T},\n\n@b{y, c = 1}",
        [("b", "y", [("c", "1")])],
        "begins before this one is closed",
    ),
    "the file ends": ("@b{y, c = 1}\n@a{x, t = {T},\n", [("b", "y", [("c", "1")])], "the file ends"),
    "string without a value": ("@string{a}\n@b{y}", [("b", "y", [])], "@string needs 'name = value'"),
    "commented out": ("%@a{x, b=1}\n@b{y}", [("b", "y", [])], "BibTeX reads it all the same"),
    "commented out behind an entry": ("@b{y} % @a{x, b=1}\n", [("b", "y", [])], "BibTeX reads it all the same"),
    "a comment that would hide entries": (
        "@comment{todo\n@a{x, b=1}\n}\n@b{y}",
        [("a", "x", [("b", "1")]), ("b", "y", [])],
        "the entries in it are read",
    ),
    "a comment never closed": (
        "@comment{\n@a{x,\n b=1}\n@b{y,\n c={1}}\n",
        [("a", "x", [("b", "1")]), ("b", "y", [("c", "{1}")])],
        "never closed; the entries in it are read",
    ),
}


@pytest.mark.parametrize("case", REPORTED)
def test_reports_and_goes_on(case: str) -> None:
    text, expected, message = REPORTED[case]
    assert entries(text) == expected
    flaws = scan(text).flaws
    assert len(flaws) == 1
    assert message in flaws[0].message
    assert 0 <= flaws[0].offset <= len(text)


def test_a_recovered_entry_says_what_was_passed_over() -> None:
    (entry,) = scan("@a{x, title={T} more, year={1}}").blocks
    assert isinstance(entry, EntryBlock)
    assert entry.recovered == "text behind the value of field 'title'"


def test_strings_and_preambles() -> None:
    text = '@string{jan1 = "A" # b}\n@STRING(c = {d})\n@preamble{"\\newcommand{\\x}{y}" # jan1}\n'
    first, second, preamble = scan(text).blocks
    assert isinstance(first, StringBlock)
    assert (first.name, text[first.value_start : first.value_end]) == ("jan1", '"A" # b')
    assert isinstance(second, StringBlock)
    assert (second.name, text[second.value_start : second.value_end]) == ("c", "{d}")
    assert isinstance(preamble, PreambleBlock)
    assert text[preamble.value_start : preamble.value_end] == '"\\newcommand{\\x}{y}" # jan1'


def test_spans_of_an_entry() -> None:
    text = "  @ Article {  some:key , Year =  {1} ,\n}"
    (entry,) = scan(text).blocks
    assert isinstance(entry, EntryBlock)
    assert text[entry.start : entry.end] == text.strip()
    assert text[entry.type_start : entry.type_end] == "Article"
    assert text[entry.key_start : entry.key_end] == "some:key"
    assert text[entry.body - 1] == "{"
    assert text[entry.end - 1] == entry.closer == "}"
    (field,) = entry.fields
    assert text[field.name_start : field.name_end] == field.name == "Year"
    assert text[field.value_start : field.value_end] == "{1}"
    assert entry.field("YEAR") == field
    assert entry.field("month") is None


def test_an_entry_without_a_key_is_an_entry() -> None:
    assert entries("@article{,\n year = 1}\n@book{ , a = 1}") == [
        ("article", "", [("year", "1")]),
        ("book", "", [("a", "1")]),
    ]


def test_a_broken_block_ends_where_its_text_ends() -> None:
    text = "@a{x, t = {T,\n}\n\n@b{y, c = 1}\n"
    broken, entry = scan(text).blocks
    assert isinstance(broken, BrokenBlock)
    assert text[broken.start : broken.end] == "@a{x, t = {T,\n}"
    assert isinstance(entry, EntryBlock)


def test_a_comment_that_does_not_hide_ends_before_the_entry() -> None:
    text = "@comment{todo\n\n@a{x, b=1}\n}\n"
    comment, _ = scan(text).blocks
    assert isinstance(comment, CommentBlock)
    assert text[comment.start : comment.end] == "@comment{todo"


def test_a_value_is_not_taken_for_an_entry_behind_an_error() -> None:
    text = "@a{x, t = {\n@b{y, c = 1}\n} {oops}}\n@c{z, d = 1}"
    assert [key for _, key, _ in entries(text)] == ["z"]


HOSTILE: dict[str, Callable[[int], str]] = {
    "open braces": lambda n: "{" * n,
    "entries that open": lambda n: "@a{" * (n // 3),
    "lines that open": lambda n: "@a{\n" * (n // 4),
    "values that open": lambda n: "@a{b,c={\n" * (n // 9),
    "one value that opens": lambda n: "@a{b,c=" + "{" * n,
    "quotes that open": lambda n: '@a{b,c="\n' * (n // 9),
    "quotes": lambda n: '"' * n,
    "braces in quotes": lambda n: '@a(b,c="{\n' * (n // 10),
    "deep": lambda n: "@a{b,c=" + "{" * (n // 2) + "}" * (n // 2) + "}",
    "entries in entries": lambda n: "@a{b,c={\n" * (n // 20) + "}x}" * (n // 20),
    "entries on one line": lambda n: "x @a{b,c={d}," * (n // 13),
    "comments that open": lambda n: "@comment{\n" * (n // 10),
    "comments that open with parentheses": lambda n: "@comment(\n" * (n // 10),
    "percent signs": lambda n: "x%" * (n // 2),
    "comments in a field": lambda n: "@a{b," + "%\n" * (n // 2),
    "at signs": lambda n: "@" * n,
    "spaces behind at signs": lambda n: ("@" + " " * 1000) * (n // 1000),
    "commas": lambda n: "@a{b" + "," * n,
    "joined": lambda n: "@a{b,c=" + '"a"#' * (n // 4),
    "strings that open": lambda n: '@string{a="\n' * (n // 12),
    "white space": lambda n: " " * n,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_is_read_to_its_end(case: str) -> None:
    """Blocks in order, nothing raised; how the time grows is measured by tests/bench/store.py."""
    text = HOSTILE[case](60_000)
    position = 0
    for block in scan(text).blocks:
        assert position <= block.start < block.end <= len(text)
        position = block.end


def test_too_many_open_braces_are_one_broken_block() -> None:
    text = "@a{b,c=" + "{" * (MAX_OPEN_BRACES + 1) + "\n@d{e}"
    assert kinds(scan(text)) == ["BrokenBlock"]


def test_too_many_broken_blocks_end_in_one() -> None:
    text = "@a{\n" * (MAX_BROKEN + 5)
    blocks = scan(text).blocks
    assert len(blocks) == MAX_BROKEN
    assert blocks[-1].end == len(text.rstrip())
