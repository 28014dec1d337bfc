"""Edits keep an entry's layout, change nothing else, and are refused where they would do damage."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.encoding import Encoding
from ppreflist.errors import EditRefused, UnknownKey
from ppreflist.model.edit import (
    AddEntry,
    AddSource,
    Edit,
    RemoveEntry,
    RemoveField,
    RenameField,
    RenameKey,
    SetField,
    SetType,
)


def edited(text: str, *edits: Edit) -> str:
    return apply(BibFile.parse(text, "refs.bib"), edits).new.text


ALIGNED = """\
@article{k,
  author  = {A},
  title   = {T},
  journal = {J},
}
"""

LAYOUTS: dict[str, tuple[str, Edit, str]] = {
    "set: braces": ("@a{k,\n  b = {1},\n}", SetField("k", "b", "2"), "@a{k,\n  b = {2},\n}"),
    "set: quotes": ('@a{k, b = "1"}', SetField("k", "b", "2"), '@a{k, b = "2"}'),
    "set: a quote in quotes": ('@a{k, b = "1"}', SetField("k", "b", 'T{"u}b'), '@a{k, b = {T{"u}b}}'),
    "set: bare number": ("@a{k, year = 2006}", SetField("k", "year", "2007"), "@a{k, year = 2007}"),
    "set: bare number to text": ("@a{k, year = 2006}", SetField("k", "year", "ca. 2007"), "@a{k, year = {ca. 2007}}"),
    "set: macro": ('@a{k, a = "x", b = "y", j = ieee}', SetField("k", "j", "J"), '@a{k, a = "x", b = "y", j = "J"}'),
    "set: joined": ('@a{k, b = "1" # x # {2}}', SetField("k", "b", "3"), '@a{k, b = "3"}'),
    "set: month": ("@a{k, month = {mar}}", SetField("k", "month", "apr"), "@a{k, month = apr}"),
    "set: name case ignored": ("@a{k, DOI = {1}}", SetField("k", "doi", "2"), "@a{k, DOI = {2}}"),
    "set: no value yet": ("@a{k, b = , c = 1}", SetField("k", "b", "2"), "@a{k, b = {2} , c = 1}"),
    "set: nothing after =": ("@a{k, b =, c = 1}", SetField("k", "b", "2"), "@a{k, b = {2}, c = 1}"),
    "set: CRLF in a value": ("@a{k,\r\n b={1}\r\n}", SetField("k", "b", "x\ny"), "@a{k,\r\n b={x\r\ny}\r\n}"),
    "set: same": ("@a{k, b = {1}}", SetField("k", "b", "1"), "@a{k, b = {1}}"),
    "set: old matches": ("@a{k, b = {1  x}}", SetField("k", "b", "2", old="1 x"), "@a{k, b = {2}}"),
    "set: old with macros": (
        '@a{k, b = {1}, c = x # " and " # {z} # jan}',
        SetField("k", "c", "2", old="y and zJanuary"),
        "@a{k, b = {1}, c = {2}}",
    ),
    "set: old absent": ("@a{k, b = 1}", SetField("k", "c", "2", old=""), "@a{k, b = 1, c = 2}"),
    "add: trailing comma": ("@a{k,\n  b = {1},\n}", SetField("k", "c", "x"), "@a{k,\n  b = {1},\n  c = {x},\n}"),
    "add: no trailing comma": ("@a{k,\n  b = {1}\n}", SetField("k", "c", "x"), "@a{k,\n  b = {1},\n  c = {x}\n}"),
    "add: aligned": (ALIGNED, SetField("k", "doi", "x"), ALIGNED[:-2] + "  doi     = {x},\n}\n"),
    "add: aligned, name too long": (ALIGNED, SetField("k", "publisher", "x"), ALIGNED[:-2] + "  publisher = {x},\n}\n"),
    "add: values aligned": (
        "@a{k,\n  b =      {1},\n  title =  {T}\n}",
        SetField("k", "doi", "x"),
        "@a{k,\n  b =      {1},\n  title =  {T},\n  doi =    {x}\n}",
    ),
    "add: names end in a column": (
        "@a{k,\n   author = {A},\n    title = {T},\n  journal = {J}\n}",
        SetField("k", "doi", "x"),
        "@a{k,\n   author = {A},\n    title = {T},\n  journal = {J},\n      doi = {x}\n}",
    ),
    "add: tabs": ("@a{k,\n\tb=\t{1},\n}", SetField("k", "c", "x"), "@a{k,\n\tb=\t{1},\n\tc=\t{x},\n}"),
    "add: no spaces": ("@a{k,b={1}}", SetField("k", "c", "x"), "@a{k,b={1},c={x}}"),
    "add: one line": ("@a{k, b = {1}, c = {2}}", SetField("k", "d", "x"), "@a{k, b = {1}, c = {2}, d = {x}}"),
    "add: one line, trailing comma": ("@a{k, b={1}, c={2},}", SetField("k", "d", "x"), "@a{k, b={1}, c={2}, d={x},}"),
    "add: comma first": (
        "@a{k\n , b = {1}\n , c = {2}\n}",
        SetField("k", "d", "x"),
        "@a{k\n , b = {1}\n , c = {2}\n , d = {x}\n}",
    ),
    "add: quotes": ('@a{k,\n  b = "1"\n}', SetField("k", "c", "x"), '@a{k,\n  b = "1",\n  c = "x"\n}'),
    "add: upper case": ("@A{k,\n  BB = {1},\n}", SetField("k", "doi", "x"), "@A{k,\n  BB = {1},\n  DOI = {x},\n}"),
    "add: title case": ("@A{k,\n  Bb = {1},\n}", SetField("k", "doi", "x"), "@A{k,\n  Bb = {1},\n  Doi = {x},\n}"),
    "add: bare number": ("@a{k, year = 2006}", SetField("k", "volume", "26"), "@a{k, year = 2006, volume = 26}"),
    "add: braced number": ("@a{k, year = {2006}}", SetField("k", "number", "3"), "@a{k, year = {2006}, number = {3}}"),
    "add: parentheses": ("@a(k,\n  b = {1}\n)", SetField("k", "c", "x"), "@a(k,\n  b = {1},\n  c = {x}\n)"),
    "add: CRLF": ("@a{k,\r\n  b = {1},\r\n}", SetField("k", "c", "x"), "@a{k,\r\n  b = {1},\r\n  c = {x},\r\n}"),
    "add: closing brace behind the value": (
        "@a{k,\n  b = {1},\n  c = {2}}",
        SetField("k", "d", "x"),
        "@a{k,\n  b = {1},\n  c = {2},\n  d = {x}}",
    ),
    "add: to no fields": ("@a{k}", SetField("k", "c", "x"), "@a{k, c = {x}}"),
    "add: to no fields, comma": ("@a{k,\n}", SetField("k", "c", "x"), "@a{k, c = {x}}"),
    "remove: first": (ALIGNED, RemoveField("k", "author"), ALIGNED.replace("  author  = {A},\n", "")),
    "remove: middle": (ALIGNED, RemoveField("k", "Title"), ALIGNED.replace("  title   = {T},\n", "")),
    "remove: last": (ALIGNED, RemoveField("k", "journal"), ALIGNED.replace("  journal = {J},\n", "")),
    "remove: last, no comma": ("@a{k,\n  b = 1,\n  c = 2\n}", RemoveField("k", "c"), "@a{k,\n  b = 1\n}"),
    "remove: only": ("@a{k,\n  b = 1,\n}", RemoveField("k", "b"), "@a{k,\n}"),
    "remove: only, no comma": ("@a{k,\n  b = 1\n}", RemoveField("k", "b"), "@a{k\n}"),
    "remove: one line": ("@a{k, b = 1, c = 2, d = 3}", RemoveField("k", "c"), "@a{k, b = 1, d = 3}"),
    "remove: one line, last": ("@a{k, b = 1, c = 2}", RemoveField("k", "c"), "@a{k, b = 1}"),
    "remove: comma first": ("@a{k\n , b = 1\n , c = 2\n}", RemoveField("k", "b"), "@a{k\n , c = 2\n}"),
    "remove: comma first, last": ("@a{k\n , b = 1\n , c = 2\n}", RemoveField("k", "c"), "@a{k\n , b = 1\n}"),
    "remove: comma first but for the first": (
        "@a{k,\n   b = 1\n , c = 2\n}",
        RemoveField("k", "b"),
        "@a{k,\n   c = 2\n}",
    ),
    "remove: right-aligned": (
        "@a{k,\n   author = {A},\n    title = {T},\n  journal = {J}\n}",
        RemoveField("k", "author"),
        "@a{k,\n    title = {T},\n  journal = {J}\n}",
    ),
    "rename: field": ("@a{k, b = {1}, c = 2}", RenameField("k", "b", "bb"), "@a{k, bb = {1}, c = 2}"),
    "rename: aligned": (ALIGNED, RenameField("k", "title", "note"), ALIGNED.replace("title   =", "note    =")),
    "rename: upper case": ("@A{k, JOURNAL = {1}}", RenameField("k", "journal", "x"), "@A{k, X = {1}}"),
    "rename: only case": ("@a{k, Doi = {1}, b = 2}", RenameField("k", "Doi", "doi"), "@a{k, doi = {1}, b = 2}"),
    "rename: right-aligned": (
        "@a{k,\n   author = {A},\n    title = {T},\n  journal = {J}\n}",
        RenameField("k", "journal", "booktitle"),
        "@a{k,\n   author = {A},\n    title = {T},\nbooktitle = {J}\n}",
    ),
    "key": ("@a{ k , b = 1}", RenameKey("k", "new2006key"), "@a{ new2006key , b = 1}"),
    "key: only case": ("@a{k, b = 1}", RenameKey("k", "K"), "@a{K, b = 1}"),
    "type": ("@article{k, b = 1}", SetType("k", "book"), "@book{k, b = 1}"),
    "type: upper case": ("@ARTICLE{k, b = 1}", SetType("k", "book"), "@BOOK{k, b = 1}"),
    "type: as JabRef writes it": ("@Article{k, b = 1}", SetType("k", "inproceedings"), "@InProceedings{k, b = 1}"),
    "type: as the file writes it": (
        "@Article{k, b = 1}\n@TechReport{l}",
        SetType("k", "techreport"),
        "@TechReport{k, b = 1}\n@TechReport{l}",
    ),
}


@pytest.mark.parametrize("case", LAYOUTS)
def test_an_edit_keeps_the_layout(case: str) -> None:
    before, edit, after = LAYOUTS[case]
    around = "% a comment\n@string{x = {y}}\n\n{}\n\n@misc{other, note = {n}}\n"
    if "\r\n" in before:
        around = around.replace("\n", "\r\n")
    assert edited(around.replace("{}", before, 1), edit) == around.replace("{}", after, 1)


def test_nothing_to_do_gives_the_same_file() -> None:
    bib = BibFile.parse("@a{k, b = {1}}")
    applied = apply(bib, [SetField("k", "b", "1")])
    assert applied.new is bib
    assert applied.splices == ()


ENTRY = AddEntry("new", "book", (("title", "T"), ("year", "2006")))

ADDITIONS: dict[str, tuple[str, str]] = {
    "empty file": ("", "@book{new,\n  title = {T},\n  year = {2006},\n}\n"),
    "blank file": ("\n\n", "\n\n@book{new,\n  title = {T},\n  year = {2006},\n}\n"),
    "only a comment": ("% mine\n", "% mine\n\n@book{new,\n  title = {T},\n  year = {2006},\n}\n"),
    "only a comment, no line end": ("% mine", "% mine\n\n@book{new,\n  title = {T},\n  year = {2006},\n}\n"),
    "one line entries": (
        "@a{k, b = 1, c = 2}\n@a{l, b = 1, c = 2}\n",
        "@a{k, b = 1, c = 2}\n@a{l, b = 1, c = 2}\n@book{new, title = {T}, year = 2006}\n",
    ),
    "no last line end": ("@a{k,\n\tb={1}\n}", "@a{k,\n\tb={1}\n}\n\n@book{new,\n\ttitle={T},\n\tyear={2006}\n}"),
    "CRLF": (
        "@a{k,\r\n  b = {1},\r\n}\r\n",
        "@a{k,\r\n  b = {1},\r\n}\r\n\r\n@book{new,\r\n  title = {T},\r\n  year = {2006},\r\n}\r\n",
    ),
    "two blank lines": (
        "@a{k}\n\n\n@a{l}\n\n\n@a{m,\n  b = {1},\n}\n",
        "@a{k}\n\n\n@a{l}\n\n\n@a{m,\n  b = {1},\n}\n\n\n@book{new,\n  title = {T},\n  year = {2006},\n}\n",
    ),
    "before a comment at the end": (
        '@A{k,\n  BB = "1",\n}\n\n@Comment{jabref-meta: x;}\n',
        '@A{k,\n  BB = "1",\n}\n\n@BOOK{new,\n  TITLE = "T",\n  YEAR = "2006",\n}\n\n@Comment{jabref-meta: x;}\n',
    ),
    "behind text on the last entry's line": (
        "@a{k, b = {1}} % note\n",
        "@a{k, b = {1}} % note\n\n@book{new, title = {T}, year = {2006}}\n",
    ),
    "aligned by the longest name": (
        "@a{k,\n  author = {A},\n  b      = {1},\n}\n\n@a{l,\n  c  = {1},\n  dd = {2},\n}\n",
        "@a{k,\n  author = {A},\n  b      = {1},\n}\n\n@a{l,\n  c  = {1},\n  dd = {2},\n}\n"
        "\n@book{new,\n  title = {T},\n  year  = {2006},\n}\n",
    ),
    "aligned in a fixed column": (
        "@a{k,\n  author     = {A},\n  b          = {1},\n}\n",
        "@a{k,\n  author     = {A},\n  b          = {1},\n}\n"
        "\n@book{new,\n  title      = {T},\n  year       = {2006},\n}\n",
    ),
}


@pytest.mark.parametrize("case", ADDITIONS)
def test_a_new_entry_looks_like_the_others(case: str) -> None:
    before, after = ADDITIONS[case]
    assert edited(before, ENTRY) == after


def test_a_new_entry_of_the_file_commonest_layout() -> None:
    common = "".join(f"@a{{k{n},\n   b={{{n}}}\n}}\n\n" for n in range(5))
    odd = "@a{odd, b = 1}\n"
    assert edited(common + odd, AddEntry("new", "misc", (("c", "2"),))).endswith("@misc{new,\n   c={2}\n}\n")


def test_a_new_entry_without_fields() -> None:
    assert edited("", AddEntry("new", "misc", ())) == "@misc{new,}\n"


def test_a_pasted_entry_stays_as_it_was_written() -> None:
    source = '% from the publisher\n@Article{theirs ,\n AUTHOR="X",\n\n year=2006}\n'
    assert edited("@a{k, b = 1}\n", AddSource("mine", source)) == (
        '@a{k, b = 1}\n\n@Article{mine ,\n AUTHOR="X",\n\n year=2006}\n'
    )


def test_a_pasted_entry_takes_the_line_ends_of_the_file() -> None:
    text = edited("@a{k, b = 1}\r\n", AddSource("l", "@b{x,\n c = 1\n}"))
    assert text == "@a{k, b = 1}\r\n\r\n@b{l,\r\n c = 1\r\n}\r\n"


REMOVALS: dict[str, tuple[str, Sequence[str], str]] = {
    "first": ("@a{x}\n\n@b{y}\n\n@c{z}\n", ["x"], "@b{y}\n\n@c{z}\n"),
    "middle": ("@a{x}\n\n@b{y}\n\n@c{z}\n", ["y"], "@a{x}\n\n@c{z}\n"),
    "last": ("@a{x}\n\n@b{y}\n\n@c{z}\n", ["z"], "@a{x}\n\n@b{y}\n"),
    "last, no line end": ("@a{x}\n\n@b{y}", ["y"], "@a{x}"),
    "last two": ("@a{x}\n\n@b{y}\n\n@c{z}\n", ["y", "z"], "@a{x}\n"),
    "last two, the other way round": ("@a{x}\n\n@b{y}\n\n@c{z}\n", ["z", "y"], "@a{x}\n"),
    "all": ("@a{x}\n\n@b{y}\n", ["x", "y"], ""),
    "only": ("@a{x}\n", ["x"], ""),
    "dense": ("@a{x}\n@b{y}\n@c{z}\n", ["y"], "@a{x}\n@c{z}\n"),
    "comments stay": ("% one\n@a{x}\n% two\n\n@b{y}\n", ["x"], "% one\n% two\n\n@b{y}\n"),
    "comment before the last stays": ("@a{x}\n\n% two\n@b{y}\n", ["y"], "@a{x}\n\n% two\n"),
    "on one line": ("@a{x} @b{y} @c{z}\n", ["y"], "@a{x}  @c{z}\n"),
    "text behind it": ("@a{x} % note\n@b{y}\n", ["x"], " % note\n@b{y}\n"),
    "CRLF": ("@a{x}\r\n\r\n@b{y}\r\n", ["x"], "@b{y}\r\n"),
    "strings stay": ("@string{s = {t}}\n\n@a{x}\n\n@comment{c}\n", ["x"], "@string{s = {t}}\n\n@comment{c}\n"),
}


@pytest.mark.parametrize("case", REMOVALS)
def test_removing_entries(case: str) -> None:
    before, keys, after = REMOVALS[case]
    assert edited(before, *(RemoveEntry(key) for key in keys)) == after


def test_edits_are_done_in_order() -> None:
    text = edited(
        "@a{k,\n  b = {1},\n}\n",
        SetField("k", "c", "2"),
        RenameKey("k", "l"),
        SetField("l", "b", "3"),
        RemoveField("l", "c"),
        AddEntry("k", "misc", (("n", "x"),)),
        SetType("k", "online"),
        RenameKey("k", "m"),
        AddEntry("gone", "misc", ()),
        RemoveEntry("gone"),
    )
    assert text == "@a{l,\n  b = {3},\n}\n\n@online{m,\n  n = {x},\n}\n"


def test_keys_can_be_exchanged() -> None:
    text = edited("@a{x}\n@b{y}\n", RenameKey("x", "t"), RenameKey("y", "x"), RenameKey("t", "y"))
    assert text == "@a{y}\n@b{x}\n"


def test_a_removed_key_can_be_used_again() -> None:
    assert edited("@a{x}\n", RemoveEntry("x"), AddEntry("x", "misc", ())) == "@misc{x,}\n"


def test_new_entries_take_the_place_of_the_last_removed() -> None:
    text = "% one\n@a{x}\n\n@b{y}\n\n% two\n"
    assert edited(text, RemoveEntry("x"), RemoveEntry("y"), ENTRY) == (
        "% one\n@book{new,\n  title = {T},\n  year = {2006},\n}\n\n% two\n"
    )
    assert edited("@a{x} % c  \n@b{y}\n", RemoveEntry("y"), AddEntry("z", "c", ())) == "@a{x} % c  \n\n@c{z,}\n"


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(UnknownKey) as caught:
        edited("@a{patwa2012evidence}\n", SetField("patwa2012evidense", "year", "2012"))
    assert caught.value.hint == "Did you mean patwa2012evidence?"
    with pytest.raises(UnknownKey):
        edited("@a{x}\n", RemoveEntry("x"), SetField("x", "b", "1"))
    with pytest.raises(UnknownKey):
        edited("@a{x}\n", RenameKey("x", "y"), SetField("x", "b", "1"))


REFUSED: dict[str, tuple[str, Edit, str]] = {
    "open brace": ("@a{k, b = 1}", SetField("k", "b", "{x"), "unbalanced braces"),
    "closed brace": ("@a{k, b = 1}", SetField("k", "b", "}x{"), "unbalanced braces"),
    "escaped brace": ("@a{k, b = 1}", SetField("k", "b", "\\{x"), "unbalanced braces"),
    "balanced for BibTeX only": ("@a{k, b = 1}", SetField("k", "b", "\\{x}"), "unbalanced braces"),
    "backslash at the end": ("@a{k, b = 1}", SetField("k", "b", "x\\"), "ends in a backslash"),
    "like an entry": ("@a{k, b = 1}", SetField("k", "b", "x\n  @book{y}"), "begins like an entry"),
    "NUL": ("@a{k, b = 1}", SetField("k", "b", "x\0"), "control character U+0000"),
    "escape": ("@a{k, b = 1}", SetField("k", "b", "\x1b[31m"), "control character U+001B"),
    "surrogate": ("@a{k, b = 1}", SetField("k", "b", "\ud800"), "control character U+D800"),
    "field name with a space": ("@a{k, b = 1}", SetField("k", "a b", "x"), "cannot be a field name"),
    "field name with an equals sign": ("@a{k, b = 1}", SetField("k", "a=b", "x"), "cannot be a field name"),
    "empty field name": ("@a{k, b = 1}", RenameField("k", "b", ""), "cannot be a field name"),
    "field renamed to one that is there": (
        "@a{k, b = 1, c = 2}",
        RenameField("k", "b", "C"),
        "already has a field 'c'",
    ),
    "field not there": ("@a{k, b = 1}", RemoveField("k", "c"), "has no field 'c'"),
    "field twice": ("@a{k, b = 1, B = 2}", SetField("k", "b", "3"), "is given 2 times"),
    "field changed in the meantime": ("@a{k, b = {1}}", SetField("k", "b", "3", old="2"), "changed in the meantime"),
    "key with a space": ("@a{k}", RenameKey("k", "a b"), "must not hold ' '"),
    "key with a comma": ("@a{k}", RenameKey("k", "a,b"), "must not hold ','"),
    "key with a brace": ("@a{k}", AddEntry("a}b", "misc", ()), "must not hold '}'"),
    "key with a percent sign": ("@a{k}", AddEntry("a%b", "misc", ()), "must not hold '%'"),
    "key with a control character": ("@a{k}", AddEntry("a\x07b", "misc", ()), "must not hold"),
    "empty key": ("@a{k}", RenameKey("k", ""), "key is empty"),
    "key in use": ("@a{k}\n@b{l}", RenameKey("k", "l"), "the key 'l' is already in use"),
    "key in use but for case": ("@a{k}\n@b{L}", AddEntry("l", "misc", ()), "already in use (as 'L'"),
    "type with a space": ("@a{k}", SetType("k", "a b"), "cannot be an entry type"),
    "type comment": ("@a{k}", SetType("k", "Comment"), "cannot be an entry type"),
    "type string": ("@a{k}", AddEntry("x", "string", ()), "cannot be an entry type"),
    "new field twice": ("", AddEntry("x", "misc", (("a", "1"), ("A", "2"))), "given twice"),
    "source: nothing": ("", AddSource("x", "hello"), "holds no entries"),
    "source: two": ("", AddSource("x", "@a{b}\n@c{d}"), "holds 2 entries"),
    "source: broken": ("", AddSource("x", "@a{b,\n c = {d\n}"), "cannot be read at its line 1"),
    "source: field twice": ("", AddSource("x", "@a{b, c = 1, c = 2}"), "is given 2 times"),
    "source: control character": ("", AddSource("x", "@a{b, c = {\x07}}"), "control character"),
    "source: parsers differ": ("", AddSource("x", '@a{b, c = "T{"u}b", d = 1}'), "bibtexparser"),
    "key defined twice": ("@a{k, b = 1}\n@a{k, b = 2}", SetField("k", "b", "3"), "defined more than once"),
    "recovered entry": ("@a{k, b = {1} c = {2}}", SetField("k", "b", "3"), "no comma behind field 'b'"),
    "parsers differ: comment": ("@a{k, % x\n b = {1}}", SetField("k", "b", "3"), "bibtexparser reads '% x b' where"),
    "parsers differ: quotes": ('@a{k, b = "T{"u}b", c = 1}', RemoveField("k", "c"), "bibtexparser"),
    "parsers differ: type": ("@www-x{k, b = {1}}", RemoveEntry("k"), "bibtexparser does not see this entry"),
    "parsers differ: space": ("@ a{k, b = {1}}", SetField("k", "b", "2"), "bibtexparser does not see this entry"),
    "parsers differ: value": ("@a{k, b = {\n@c{d}\n}}", SetField("k", "b", "2"), "bibtexparser cannot read"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refuses(case: str) -> None:
    text, edit, message = REFUSED[case]
    with pytest.raises(EditRefused) as caught:
        edited(text, edit)
    assert message in caught.value.message
    assert caught.value.hint


def test_a_refusal_has_its_place() -> None:
    with pytest.raises(EditRefused) as caught:
        edited("% x\n\n  @a{k, b = 1}\n", SetField("k", "b", "{"))
    assert caught.value.place == "refs.bib:3:3"


def test_a_refusal_of_a_key_points_at_the_other_entry() -> None:
    with pytest.raises(EditRefused) as caught:
        edited("@a{k}\n@b{l}\n", RenameKey("k", "l"))
    assert caught.value.place == "refs.bib:2:1"


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_a_character_that_the_encoding_lacks(codec: str) -> None:
    bib = BibFile.parse("@a{k, b = {ü}}", "", Encoding(codec))
    for edit in (
        SetField("k", "b", "ł"),
        AddEntry("x", "misc", (("b", "ł"),)),
        AddSource("x", "@a{b, c = {ł}}"),
        RenameKey("k", "ł"),
    ):
        with pytest.raises(EditRefused):
            apply(bib, [edit])
    assert apply(bib, [SetField("k", "b", "é")]).new.text == "@a{k, b = {é}}"


def test_a_batch_is_done_whole_or_not_at_all() -> None:
    bib = BibFile.parse("@a{k, b = 1}\n@c{l, d = 1}\n")
    with pytest.raises(EditRefused):
        apply(bib, [SetField("k", "b", "2"), SetField("l", "d", "{")])
    assert bib.text == "@a{k, b = 1}\n@c{l, d = 1}\n"


def test_an_entry_between_broken_ones_can_be_edited() -> None:
    text = "@a{x, t = {T\n\n@b{y, c = {1}}\n\n@d{z, e = {\n"
    assert edited(text, SetField("y", "c", "2")) == text.replace("{1}", "{2}")
    assert edited(text, AddEntry("n", "misc", (("c", "3"),))) == text.replace("}}\n", "}}\n\n@misc{n, c = {3}}\n")


def test_an_entry_behind_a_broken_one_can_be_removed() -> None:
    assert edited("@a{x, t = {T\n\n@b{y}\n% c\n@d{z}\n", RemoveEntry("y")) == "@a{x, t = {T\n\n% c\n@d{z}\n"


def test_comments_of_the_last_entry_are_not_its_layout() -> None:
    text = "@a{k,\n  author = %\n  {A},\n}\n"
    assert edited(text, AddEntry("l", "misc", (("title", "T"),))) == text + "\n@misc{l,\n  title = {T},\n}\n"


def test_a_commented_entry_before_it_does_not_hinder_an_edit() -> None:
    text = "%@a{x,\n  b = {1},\n\n@c{y, d = {1}}\n"
    assert edited(text, SetField("y", "d", "2")) == text.replace("d = {1}", "d = {2}")


def test_many_edits_at_once() -> None:
    text = "".join(f"@a{{k{n},\n  b = {{{n}}},\n}}\n\n" for n in range(300))
    edits = [SetField(f"k{n}", "b", "x") for n in range(0, 300, 2)]
    edits_too = [RemoveEntry(f"k{n}") for n in range(1, 300, 2)]
    assert (
        edited(text, *edits, *edits_too)
        == "\n\n".join(f"@a{{k{n},\n  b = {{x}},\n}}" for n in range(0, 300, 2)) + "\n\n"
    )
