"""A settled string as runs: pieces of text, each with the formatting that applies to it.

Formats whose markup is written with delimiters (Markdown, reStructuredText, AsciiDoc, Org) cannot say
"upright inside italics", and do not allow every nesting. They read runs, in which flip-flop is worked out,
white space at the edge of a formatting is outside of it, and neighbours differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from ppreflist.csl import markup as m


class Look(NamedTuple):
    """The formatting of a run; ``vertical`` is "sup", "sub" or "". ``href`` is "" without a link."""

    href: str = ""
    underline: bool = False
    small_caps: bool = False
    bold: bool = False
    italic: bool = False
    vertical: str = ""


class Run(NamedTuple):
    """Text of one look, or a display block: ``display`` is the character of the markup that begins or ends it."""

    text: str
    look: Look
    display: str = ""


PLAIN: Final = Look()
_ON: Final[dict[str, dict[str, object]]] = {
    m.ITALIC: {"italic": True},
    m.NORMAL_STYLE: {"italic": False},
    m.BOLD: {"bold": True},
    m.NORMAL_WEIGHT: {"bold": False},
    m.SMALL_CAPS: {"small_caps": True},
    m.NORMAL_VARIANT: {"small_caps": False},
    m.UNDERLINE: {"underline": True},
    m.NO_UNDERLINE: {"underline": False},
    m.SUPERSCRIPT: {"vertical": "sup"},
    m.SUBSCRIPT: {"vertical": "sub"},
    m.BASELINE: {"vertical": ""},
}
_ENDS: Final = frozenset(m.INLINE_PAIRS.values())
_DISPLAY: Final = frozenset((*m.DISPLAY_PAIRS, *m.DISPLAY_PAIRS.values()))
_TOKEN: Final = re.compile(f"({m.LINK}[^{m.LINK_TEXT}]*{m.LINK_TEXT}|[\x80\x81\ufdd0-\ufdee])")
# Line ends and controls: data may hold them, and a format that goes by lines would be broken by them.
_CONTROL: Final = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")
_SPACES: Final = re.compile(r"^\s+|\s+$|\S(?:.*\S)?", re.DOTALL)
_LINK: Final = re.compile(f"{m.LINK}([^{m.LINK_TEXT}]*){m.LINK_TEXT}([^{m.END_LINK}]*){m.END_LINK}")
_BREAKS: Final = frozenset((m.BLOCK, m.END_BLOCK, m.INDENT, m.END_INDENT))
_BREAK: Final = re.compile(f"([{''.join(sorted(_BREAKS))}])")
_MARGIN: Final = re.compile(f"[{m.LEFT_MARGIN}{m.RIGHT_INLINE}]|[ ]?{m.END_LEFT_MARGIN}[ ]?|{m.END_RIGHT_INLINE}")
_SCHEME: Final = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_NOT_IN_URLS: Final = re.compile(r"""[\x00-\x20\x7f"'()<>\[\\\]^`{|}]|[^\x00-\x7f]""")


def one_line(text: str) -> str:
    """``text`` with each line end or control character as a space."""
    return _CONTROL.sub(" ", text)


def safe_href(href: str) -> str:
    """``href`` percent-encoded so that no format's markup is in it; "" when its scheme is not allowed."""
    if not _SCHEME.match(href):
        return ""
    return _NOT_IN_URLS.sub(_percent, href)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", errors="replace"))


def runs(text: str) -> list[Run]:
    """The runs of a settled string; neighbours differ in look."""
    text = one_line(text)
    if not m.SETTLED.search(text):
        return [Run(text, PLAIN)] if text else []
    merged: list[Run] = []
    for run in _space_outside(list(_split(text))):
        if merged and not run.display and not merged[-1].display and merged[-1].look == run.look:
            merged[-1] = Run(merged[-1].text + run.text, run.look)
        else:
            merged.append(run)
    return merged


def _split(text: str) -> Iterator[Run]:
    look, outer = PLAIN, [PLAIN]
    for token in _TOKEN.split(text):
        if not token:
            continue
        if token[0] == m.LINK:
            outer.append(look)
            look = look._replace(href=safe_href(token[1:-1]))
        elif token in _ON:
            outer.append(look)
            look = _changed(look, token)
        elif token in _ENDS or token == m.END_LINK:
            look = outer.pop() if outer else PLAIN
        elif token in _DISPLAY:
            yield Run("", PLAIN, token)
        else:
            for part in _SPACES.findall(token):
                yield Run(part, look)


# There are few looks without a link, and they come again and again.
@lru_cache(maxsize=512)
def _changed(look: Look, token: str) -> Look:
    return look._replace(**_ON[token])  # type: ignore[arg-type]


def _space_outside(row: list[Run]) -> Iterator[Run]:
    """White space has only the formatting that the text before and after it share."""
    for place, run in enumerate(row):
        if run.look is PLAIN or not run.text.isspace():
            yield run
            continue
        before = row[place - 1].look if place else PLAIN
        after = row[place + 1].look if place + 1 < len(row) else PLAIN
        own = run.look
        yield Run(
            run.text,
            Look(
                own.href if own.href == before.href == after.href else "",
                own.underline and before.underline and after.underline,
                own.small_caps and before.small_caps and after.small_caps,
                own.bold and before.bold and after.bold,
                own.italic and before.italic and after.italic,
                own.vertical if own.vertical == before.vertical == after.vertical else "",
            ),
        )


def safe_links(text: str) -> str:
    """``text`` with ``safe_href`` in its links; a link that is not allowed is its anchor."""
    return _LINK.sub(_safe_link, text) if m.LINK in text else text


def _safe_link(match: re.Match[str]) -> str:
    href = safe_href(match[1])
    return f"{m.LINK}{href}{m.LINK_TEXT}{match[2]}{m.END_LINK}" if href else match[2]


def display_lines(text: str) -> list[tuple[bool, str]]:
    """The lines of an entry, each with whether it is indented; for writers that translate character by character.

    ``display="block"`` and ``"indent"`` begin a line and end it (specification, "Display"); the left margin and
    what stands right of it are one line with a space between them. Formatting may go on over the lines.
    """
    made: list[tuple[bool, str]] = []
    indented = False
    kept = ""
    for part in _BREAK.split(_MARGIN.sub(_space_after, text)):
        if part and part in _BREAKS:
            indented = part == m.INDENT
            continue
        kept += part
        if m.strip(kept).strip():
            made.append((indented, kept.strip(" ")))
            kept = ""
    if kept.strip() and made:
        made[-1] = (made[-1][0], made[-1][1] + kept.strip())
    return made


def _space_after(match: re.Match[str]) -> str:
    return "" if match[0] in (m.LEFT_MARGIN, m.RIGHT_INLINE) else " "
