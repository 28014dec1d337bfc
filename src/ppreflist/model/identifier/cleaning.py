"""Text around and inside an identifier that is none of it: invisible characters, dashes, quotes, brackets, escapes."""

from __future__ import annotations

import re

LONGEST = 2000
"""No identifier in use is near this many characters; longer text is refused unread."""

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_INVISIBLE: dict[int, str | None] = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202C, 0x2060, 0x2066, 0x2069, 0xFEFF]
)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " ")
_TIDY: dict[int, str | None] = {**_DASHES, **_INVISIBLE, **_SPACES}
_ESCAPED = re.compile(r"\{\\([_%&#$~])\}|\\([_%&#$~])")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
_TRAILING = ".,;:!?'\"\u2018\u2019\u201c\u201d\u00bb\u2026`*"
LEADING = "<([{'\"\u2018\u201c\u00ab`*"


def tidied(text: str) -> str:
    """The text with plain hyphens, without invisible characters, LaTeX escapes and HTML entities."""
    text = text.translate(_TIDY) if not text.isascii() else text
    if "\\" in text:
        text = _ESCAPED.sub(r"\1\2", text)
    if "&" in text:
        for entity, character in _ENTITIES:
            text = text.replace(entity, character)
    return text.strip()


def unwrapped(text: str) -> str:
    """The text without the punctuation and unpaired closing brackets that prose leaves around an identifier."""
    text = text.lstrip(LEADING + " ")
    extra = {close: text.count(close) - text.count(opening) for close, opening in BRACKETS.items()}
    end = len(text)
    while end:
        last = text[end - 1]
        if extra.get(last, 0) > 0:
            extra[last] -= 1
        elif last not in _TRAILING and not last.isspace():
            break
        end -= 1
    return text[:end]
