"""Page ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ppreflist.lint.check import Check, Context, Finding, at_field, shown, value_fix
from ppreflist.model.pages import parse_pages
from ppreflist.model.problem import Severity

_PLAIN = re.compile(r"(\d{1,9})--(\d{1,9})\Z", re.ASCII)
_BARE_HYPHEN = re.compile(
    r"(?P<first>[A-Za-z]{0,3}\d{1,9})(?:\s?(?:-|[\u2010\u2011\u2212])\s?)(?P<last>[A-Za-z]{0,3}\d{1,9})\Z"
)
_LONG_DASH = re.compile(r"(?<=[\dA-Za-z])\s?(?:-{3,4}|\u2014|\u2015|\\textemdash(?:\{\}|\b)\s?)\s?(?=[\dA-Za-z])")
_WORD = re.compile(r"(?:pp?|pages?|pgs?|S|Seiten?)(?:\.~?\s?|[~\s])(?=[\divxlcIVXLC])")


def reversed_range(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("pages"):
        plain = _PLAIN.match(field.latex)
        if plain and len(plain[1]) == len(plain[2]) and plain[1] <= plain[2]:
            continue
        for part in parse_pages(field.text):
            # Numbers like LL16-04 and 041002-1 are a volume's own.
            if part.reversed and not part.first.startswith("0") and not part.last.startswith("0"):
                yield at_field(entry, field, f"pages {part} end before they begin: compare them with the source")


def dash(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("pages"):
        if _PLAIN.match(field.latex):
            continue
        parts = [part.strip() for part in field.latex.split(",")]
        written = ", ".join(_with_en_dash(part) for part in parts)
        if written != ", ".join(parts):
            fix = value_fix(entry, field, written, f"write {written}")
            yield at_field(entry, field, f"between pages stands an en dash: {written}", fix)


def _with_en_dash(part: str) -> str:
    hyphen = _BARE_HYPHEN.match(part)
    # 041002-1 is an article number with a page of it, and A-12 a page; only a range that rises is surely one.
    if hyphen is None:
        return _LONG_DASH.sub("--", part)
    first, last = hyphen["first"], hyphen["last"]
    rises = _number(first) < _number(last) or len(last) < len(first) <= 4
    return f"{first}--{last}" if rises and "0" not in (first[0], last[0]) else part


def _number(page: str) -> int:
    return int(page.lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def word(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("pages"):
        found = _WORD.match(field.latex)
        if found:
            rest = field.latex[found.end() :]
            fix = value_fix(entry, field, rest, f"write {rest}")
            message = f"{shown(field.latex)}: write the pages alone, the style adds its own p. or pp."
            yield at_field(entry, field, message, fix, Severity.INFO)


CHECKS = (
    Check(
        "pages-reversed",
        "Pages that end before they begin.",
        Severity.WARNING,
        why=(
            "A digit is wrong, or the two were swapped: only the source can tell, so that there is no fix. 614--7 "
            "is understood as 614 to 617."
        ),
        before="pages = {505--504}",
        after="pages = {505--514}",
        run=reversed_range,
    ),
    Check(
        "pages-dash",
        "A hyphen or a long dash between pages.",
        Severity.INFO,
        why=(
            "Classic BibTeX styles print what stands there; -- makes an en dash. Numbers that do not rise "
            "(041002-1, A-12) are article numbers and let pass."
        ),
        before="pages = {493-500}",
        after="pages = {493--500}",
        run=dash,
    ),
    Check(
        "pages-word",
        '"p." or "pp." in the field pages.',
        Severity.INFO,
        why="The style adds its own word for pages, in its own language.",
        before="pages = {pp. 493--500}",
        after="pages = {493--500}",
        run=word,
    ),
)
