"""CSL-JSON text for formats of lines: without markup and without anything that would end the line."""

from __future__ import annotations

import re
from typing import Any, Final

from ppreflist.bibtex.latex import TAG_GUARD

_MARKUP: Final = re.compile(r"</?(?:i|b|sup|sub|sc)>|<span [^<>]{0,100}>|</span>")
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def plain(value: Any) -> str:
    """A variable's value as one line of plain text; empty for None."""
    text = one_line(value)
    return " ".join(_MARKUP.sub("", text).replace(TAG_GUARD, "").split()) if "<" in text else text


def one_line(value: Any) -> str:
    """A variable's value as one line with its markup; empty for None."""
    if value is None:
        return ""
    text = str(value)
    if not text.isprintable():
        text = _BREAKS.sub(" ", text)
    return " ".join(text.split())
