"""The little Markdown that CSL-YAML needs <-> CSL-JSON's markup.

Source: pandoc's manual, 'Pandoc's Markdown': emphasis, superscripts and subscripts, bracketed spans, backslash escapes.
"""

from __future__ import annotations

import re
from typing import Final

from ppreflist.bibtex.latex import TAG_GUARD
from ppreflist.formats.plain import one_line

_SPECIAL: Final = re.compile(r"[\\`*_^~\[\]<>$@#|]")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPAN: Final = r"\[([^\[\]]{1,500})\]\{\.(nocase|smallcaps)\}"
_MARKS: Final = re.compile(
    rf"{_SPAN}|\*\*(?=\S)([^*]{{1,500}}?)(?<=\S)\*\*|\*(?=\S)([^*]{{1,500}}?)(?<=\S)\*"
    r"|(?<!\w)_(?=\S)([^_]{1,500}?)(?<=\S)_(?!\w)|\^(\S[^^\s]{0,200}?)\^|~([^~\s]{1,200})~"
)
_TAG: Final = re.compile(r'<(/?)(i|b|sup|sub|sc|span)(?: (?:class="(nocase)"|style="font-variant:\s?small-caps;?"))?>')
_WRITTEN: Final = {"i": ("*", "*"), "b": ("**", "**"), "sup": ("^", "^"), "sub": ("~", "~")}
_HIDDEN: Final = 0xE000
"""Escaped characters stand in the private use area while the markup is read."""


def from_markdown(text: str) -> str:
    """Markdown as CSL-JSON rich text. What is not closed, or is other markup, stays as it is."""
    text = one_line(text)
    if not _SPECIAL.search(text):
        return text
    text = _ESCAPED.sub(lambda match: chr(_HIDDEN + ord(match[1])), text)
    for _ in range(3):  # markup in markup
        text, count = _MARKS.subn(_tagged, text)
        if not count:
            break
    text = re.sub(f"{chr(_HIDDEN + ord('<'))}(?=/?[a-z])", f"<{TAG_GUARD}", text)
    return re.sub("[\ue021-\ue07e]", lambda match: chr(ord(match[0]) - _HIDDEN), text)


def _tagged(match: re.Match[str]) -> str:
    spanned, kind, strong, emphasis, underlined, raised, lowered = match.groups()
    if spanned:
        attribute = 'class="nocase"' if kind == "nocase" else 'style="font-variant:small-caps"'
        return f"<span {attribute}>{spanned}</span>"
    if strong:
        return f"<b>{strong}</b>"
    if emphasis or underlined:
        return f"<i>{emphasis or underlined}</i>"
    return f"<sup>{raised}</sup>" if raised else f"<sub>{lowered}</sub>"


def to_markdown(text: str) -> str:
    """CSL-JSON rich text as Markdown."""
    text = one_line(text)
    if not _SPECIAL.search(text):
        return text
    pieces: list[str] = []
    closers: list[tuple[str, str]] = []
    position = 0
    for match in _TAG.finditer(text):
        pieces.append(_escaped(text[position : match.start()]))
        position = match.end()
        closing, name, nocase = match.groups()
        if not closing:
            opener, closer = _WRITTEN.get(name, ("[", "]{.nocase}" if nocase else "]{.smallcaps}"))
            pieces.append(opener)
            closers.append((name, closer))
        elif closers and closers[-1][0] == name:
            pieces.append(closers.pop()[1])
    pieces.append(_escaped(text[position:]))
    pieces += [closer for _, closer in reversed(closers)]
    return "".join(pieces)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text.replace(TAG_GUARD, ""))
