"""What must not be written into a .bib file: each refusal says why and what to do. Pure."""

from __future__ import annotations

import re

from ppreflist.bibtex.encoding import Encoding, lacking
from ppreflist.errors import EditRefused

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BRACE = re.compile(r"[{}]")
_UNESCAPED_BRACE = re.compile(r"(?<!\\)[{}]")
_BLOCK_START = re.compile(r"[\n\r]\s*@\w*[ \t]*[{(]")
_BAD_IN_KEY = re.compile(r"""[\s"@',\\#{}~%=()\x00-\x20\x7f-\x9f]""")
_FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.:+*/-]*\Z")
_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_NOT_ENTRIES = frozenset({"comment", "string", "preamble"})


def refuse_value(field: str, value: str, encoding: Encoding) -> None:
    """Raise EditRefused when ``value``, put between delimiters, would damage the file."""
    if (control := _CONTROL.search(value)) is not None:
        raise EditRefused(
            f"the value for {field!r} holds the control character U+{ord(control[0]):04X}",
            hint="Remove it; it was probably copied from a PDF or a terminal.",
        )
    for braces in (_BRACE, _UNESCAPED_BRACE):
        if not _balanced(braces, value):
            raise EditRefused(
                f"the value for {field!r} has unbalanced braces",
                hint="Every { needs its }, and BibTeX counts \\{ and \\} too; \\textbraceleft is a lone brace.",
            )
    if value.endswith("\\"):
        raise EditRefused(
            f"the value for {field!r} ends in a backslash, which would escape the closing delimiter",
            hint="Remove it, or write \\textbackslash{}.",
        )
    if _BLOCK_START.search(value):
        raise EditRefused(
            f"a line in the value for {field!r} begins like an entry (@word{{)",
            hint="Join that line to the one before it.",
        )
    if missing := lacking(value, encoding):
        raise EditRefused(
            f"the file is {encoding.title}, which has no {missing!r} (U+{ord(missing):04X}), wanted in {field!r}",
            hint="Save the file as UTF-8 with a text editor, or write the character as a LaTeX command.",
        )


def refuse_key(key: str, encoding: Encoding) -> None:
    """Raise EditRefused when ``key`` is not one that BibTeX and biber accept (BibLaTeX manual, 'Entry Keys')."""
    if not key:
        raise EditRefused("the citation key is empty", hint="Give a key such as patwa2012evidence.")
    bad = _BAD_IN_KEY.search(key)
    if bad is not None:
        raise EditRefused(
            f"the citation key {key!r} must not hold {bad[0]!r}",
            hint="Use letters, digits and - _ : . + / only.",
        )
    if _CONTROL.search(key) or lacking(key, encoding):
        raise EditRefused(
            f"the citation key {key!r} holds a character that the file cannot hold",
            hint="Use letters, digits and - _ : . + / only.",
        )


def refuse_field_name(name: str) -> None:
    """Raise EditRefused when ``name`` cannot be a field name."""
    if _FIELD_NAME.match(name) is None:
        raise EditRefused(
            f"{name!r} cannot be a field name",
            hint="A field name is a letter and then letters, digits and - _ : . + /, for example archiveurl.",
        )


def refuse_type(name: str) -> None:
    """Raise EditRefused when ``name`` cannot be an entry type."""
    if _TYPE.match(name) is None or name.lower() in _NOT_ENTRIES:
        raise EditRefused(
            f"{name!r} cannot be an entry type",
            hint="An entry type is one word, for example article, book, online or misc.",
        )


def _balanced(braces: re.Pattern[str], value: str) -> bool:
    depth = 0
    for mark in braces.finditer(value):
        depth += 1 if mark[0] == "{" else -1
        if depth < 0:
            return False
    return depth == 0
