"""Simple LaTeX math as text: ``x^2``, ``H_{2}O``, ``\\alpha \\leq 5``. What is not simple is left to its source."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ppreflist.bibtex.latex_table import (
    DOUBLE_STRUCK,
    MATH_ACCENTS,
    MATH_FONTS,
    MATH_SILENT,
    OPERATORS,
    SPACES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
)

LONGEST: Final = 2000
"""Longer math is left as it is: converting it would help nobody, and this bounds the work on hostile nesting."""

_TOKEN: Final = re.compile(
    r"\\(?P<word>[A-Za-z]+)\s*|\\(?P<symbol>.)|(?P<mark>[{}^_'~-])|(?P<text>[^\\{}^_'~-]+)", re.DOTALL
)
_SYMBOLS: Final = {",": " ", ";": " ", ":": " ", " ": " ", "!": "", "\\": " ", "|": "‖"} | {c: c for c in "{}%&#_$"}
_PRIMES: Final = "′"


class _Group(NamedTuple):
    """An open group: where its output begins and what becomes of it at the end."""

    start: int
    role: str  # "" plain, "sup", "sub", "bb", "bf", "root", "over", "under"


class _NotSimple(Exception):
    """The math cannot be said in plain text."""


class _Converter:
    """One pass over the tokens; a role ('sup', 'root' ...) waits for the next group or token."""

    def __init__(self, tags: dict[str, tuple[str, str]]) -> None:
        self.tags = tags
        self.out: list[str] = []
        self.groups: list[_Group] = []
        self.role = ""
        self.accent = ""

    def convert(self, source: str) -> str:
        position = 0
        for token in _TOKEN.finditer(source):
            if token.start() != position:
                raise _NotSimple
            position = token.end()
            if token["mark"] is not None:
                self.mark(token["mark"])
            elif token["text"] is not None:
                self.text(token["text"])
            elif token["symbol"] is not None:
                self.emit(_known(_SYMBOLS, token["symbol"]))
            else:
                self.word(token["word"], token[0])
        if position != len(source) or self.groups or self.role or self.accent:
            raise _NotSimple
        return "".join(self.out)

    def mark(self, mark: str) -> None:
        if mark == "{":
            self.groups.append(_Group(len(self.out), self.role))
            self.role = ""
        elif mark == "}":
            if not self.groups or self.role or self.accent:
                raise _NotSimple
            group = self.groups.pop()
            text = "".join(self.out[group.start :])
            del self.out[group.start :]
            self.finish(group.role, text)
        elif mark in "^_":
            if self.role or self.accent:
                raise _NotSimple
            self.role = "sup" if mark == "^" else "sub"
        else:
            self.emit({"'": _PRIMES, "~": "\u00a0", "-": "−"}[mark])

    def word(self, word: str, source: str) -> None:
        if word in MATH_SILENT:
            return
        if word in ("sp", "sb"):
            self.mark("^" if word == "sp" else "_")
        elif word in MATH_FONTS:
            self.group_role({"mathbb": "bb", "mathbf": "bf", "boldsymbol": "bf", "bm": "bf"}.get(word, ""))
        elif word in MATH_ACCENTS:
            if self.role:
                raise _NotSimple
            self.accent += MATH_ACCENTS[word]
        elif word == "sqrt":
            self.group_role("root")
        elif word == "frac":
            self.group_role("over")
        elif word in OPERATORS:
            before = " " if not self.role and self.out and self.out[-1][-1:].isalnum() else ""
            after = " " if source[-1].isspace() else ""
            self.emit(before + word + after)
        elif word in SPACES:
            self.emit(" ")
        else:
            symbol = _known(SYMBOLS, word)
            self.emit(symbol + (" " if source[-1].isspace() and not self.role else ""))

    def group_role(self, role: str) -> None:
        """Keep a role for the next group; a script may stand before a font: ``x^\\mathrm{T}``."""
        if self.role and role:
            raise _NotSimple
        self.role = self.role or role

    def text(self, text: str) -> None:
        """Plain characters; a waiting role or accent takes the first of them."""
        if self.role or self.accent:
            text = text.lstrip()
            if not text:
                return
            self.emit(text[0])
            text = text[1:]
        if text:
            self.out.append(text)

    def emit(self, text: str) -> None:
        role, self.role = self.role, ""
        self.finish(role, text)

    def finish(self, role: str, text: str) -> None:
        """Append what a group or a single token came to."""
        if self.accent:
            if len(text.strip()) != 1:
                raise _NotSimple
            text, self.accent = text.strip() + self.accent, ""
        match role:
            case "sup" | "sub":
                self.script(role, text)
            case "bb":
                self.out.append(text.translate(DOUBLE_STRUCK))
            case "bf":
                opening, closing = self.tags.get("b", ("", ""))
                self.out.append(opening + text + closing)
            case "root":
                self.out.append(f"√{_bracketed(text)}")
            case "over":
                self.out.append(f"{_bracketed(text)}/")
                self.role = "under"
            case "under":
                self.out.append(_bracketed(text))
            case _:
                self.out.append(text)

    def script(self, role: str, text: str) -> None:
        text = text.strip()
        if text in {"∘", "′", "∗"} and role == "sup":
            self.out.append({"∘": "°", "∗": "*"}.get(text, text))
        elif role in self.tags:
            opening, closing = self.tags[role]
            self.out.append(f"{opening}{text}{closing}")
        else:
            mark = "^" if role == "sup" else "_"
            self.out.append(script(text, role) or (f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"))


def convert(source: str, tags: dict[str, tuple[str, str]]) -> str | None:
    """The math between the dollars as text, or None when it is not simple.

    ``tags`` holds the marks around 'sup', 'sub' and 'b' text; without them Unicode's raised characters are used.
    """
    if len(source) > LONGEST:
        return None
    try:
        return _Converter(tags).convert(source)
    except _NotSimple:
        return None


def script(text: str, role: str) -> str | None:
    """``text`` in Unicode's superscript ('sup') or subscript ('sub') characters, or None if one is missing."""
    table = SUPERSCRIPTS if role == "sup" else SUBSCRIPTS
    if not text or any(character not in table for character in text):
        return None
    return "".join(table[character] for character in text)


def _known(table: dict[str, str], name: str) -> str:
    text = table.get(name)
    if text is None:
        raise _NotSimple
    return text


def _bracketed(text: str) -> str:
    return text if len(text) == 1 or text.isalnum() else f"({text})"
