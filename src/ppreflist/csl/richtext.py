"""Rich text of fields and affixes: tags, quotation marks and apostrophes to markup.

The tags are those of CSL-JSON
(https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#html-like-formatting-tags). Tags and
quotes that have no partner stay what they are, as text; a lone straight single quote is an apostrophe.
"""

from __future__ import annotations

import re
from typing import Final

from ppreflist.csl import markup as m

# How many open tags and quotes are looked back upon for a partner.
MAX_OPEN: Final = 50
_PAIRS: Final = {
    "<i>": (m.FLIP_ITALIC, m.END_FLIP_ITALIC),
    "<b>": (m.FLIP_BOLD, m.END_FLIP_BOLD),
    "<sup>": (m.SUPERSCRIPT, m.END_SUPERSCRIPT),
    "<sub>": (m.SUBSCRIPT, m.END_SUBSCRIPT),
    "<sc>": (m.FLIP_SMALL_CAPS, m.END_FLIP_SMALL_CAPS),
}
_NO_DECORATION: Final = (
    m.NORMAL_STYLE + m.NORMAL_WEIGHT + m.NORMAL_VARIANT + m.NO_UNDERLINE,
    m.END_NO_UNDERLINE + m.END_NORMAL_VARIANT + m.END_NORMAL_WEIGHT + m.END_NORMAL_STYLE,
)
_TOKEN: Final = re.compile(
    r"</?(?:i|b|su[pb]|sc)>"
    r"|<span(?: class=\"?(?P<class>nocase|nodecor)\"?| style=\"(?P<style>[^\"<>]*)\")\s*>|</span>"
    r"|[\"'“”‘’]"
)
# Of several spaces that a style wants the first does not break: the others would be lost in HTML.
_SPACES: Final = re.compile(r" {2,}")
_MARKS: Final = re.compile(r"[.,:;!?](?=[.,:;!?])| (?= )")
_INTERESTING: Final = re.compile("[<\"'“”‘’]")
# Marks that were written side by side on purpose (an ellipsis, "C++ std::") are not merged by ``settle``.
# French spacing: a space before high punctuation or inside guillemets does not break.
_RUN: Final = re.compile(r"[.,:;!?](?=[.,:;!?])|  +| (?=[:;!?»](?:[\s\u00a0]|$))|« ")
_BEFORE_OPENING: Final = frozenset(" \u00a0\u202f\t\n([{/-\u2010\u2011\u2013\u2014\u2012=+—")
_CLOSERS: Final = {'"': '"', "'": "'", "”": "“", "’": "‘"}
_QUOTE_MARKUP: Final = {
    '"': (m.QUOTE, m.END_QUOTE),
    "'": (m.QUOTE, m.END_QUOTE),
    "“": (m.CURLY_QUOTE, m.END_CURLY_QUOTE),
    "‘": (m.SINGLE_QUOTE, m.END_SINGLE_QUOTE),
}


def _protect(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == "«":
        return "«\u202f"
    if found[0] == " ":
        return " " if len(found) > 1 else "\u202f"
    return found + m.PROTECT


def parse(text: str, *, quotes: bool = True) -> str:
    """``text`` (already cleaned, see ``markup.clean``) as a raw string of markup.

    Affixes and delimiters of a style are parsed without ``quotes``: theirs are written as they are meant.
    """
    if quotes and _RUN.search(text):
        text = _RUN.sub(_protect, text)
    elif not quotes and _MARKS.search(text):
        text = _MARKS.sub(rf"\g<0>{m.PROTECT}", _SPACES.sub(lambda match: "\u00a0" + match[0][1:], text))
    if not _INTERESTING.search(text):
        return text
    pieces: list[str] = []
    # (kind, index in pieces, closing markup)
    open_: list[tuple[str, int, str]] = []
    last = 0
    for match in _TOKEN.finditer(text):
        pieces.append(text[last : match.start()])
        last = match.end()
        token = match[0]
        index = len(pieces)
        if token[0] != "<" and not quotes:
            pieces.append(token)
        elif token[0] != "<":
            pieces.append("’" if token == "'" else token)
            _quote(token, text, match, pieces, open_)
        elif token[1] == "/":
            pieces.append(token)
            _end_tag("span" if token == "</span>" else f"<{token[2:]}", index, pieces, open_)
        elif token in _PAIRS:
            pieces.append(token)
            open_.append((token, index, ""))
        else:
            pieces.append(token)
            style = (match["style"] or "").replace(" ", "").rstrip(";")
            if match["class"] or style == "font-variant:small-caps":
                open_.append(("span", index, match["class"] or "small-caps"))
            else:
                open_.append(("span", index, "unknown"))
    pieces.append(text[last:])
    return "".join(pieces)


def _end_tag(kind: str, index: int, pieces: list[str], open_: list[tuple[str, int, str]]) -> None:
    for position in range(len(open_) - 1, max(len(open_) - MAX_OPEN, 0) - 1, -1):
        if open_[position][0] == kind:
            _, start, detail = open_[position]
            del open_[position:]
            if kind in _PAIRS:
                pieces[start], pieces[index] = _PAIRS[kind]
            elif detail == "nocase":
                pieces[start], pieces[index] = m.NOCASE, m.END_NOCASE
            elif detail == "nodecor":
                pieces[start], pieces[index] = _NO_DECORATION
            elif detail == "small-caps":
                pieces[start], pieces[index] = m.FLIP_SMALL_CAPS, m.END_FLIP_SMALL_CAPS
            return


def _quote(token: str, text: str, match: re.Match[str], pieces: list[str], open_: list[tuple[str, int, str]]) -> None:
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    opener = _CLOSERS.get(token)
    if opener is not None and not before.isspace() and before not in "([{" and not after.isalnum():
        for position in range(len(open_) - 1, max(len(open_) - MAX_OPEN, 0) - 1, -1):
            kind, start, _ = open_[position]
            if kind == opener:
                del open_[position:]
                pieces[start], pieces[-1] = _QUOTE_MARKUP[opener]
                if after in ".,!?":
                    # Written outside the quotation on purpose.
                    pieces[-1] += m.PROTECT
                return
            if kind[0] == "<" or kind == "span":
                break
    if (
        token in _QUOTE_MARKUP
        and not after.isspace()
        and (
            before in _BEFORE_OPENING
            or before == ">"
            or token in "“‘"
            or (before in "\"'“‘" and bool(open_) and open_[-1][1] == len(pieces) - 3)
        )
    ):
        open_.append((token, len(pieces) - 1, ""))
