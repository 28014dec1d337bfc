"""Characters that were damaged on their way into the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from ppreflist.lint.check import Check, Context, Finding, at_field, removal_fix, shown, value_fix
from ppreflist.model.entry import VERBATIM_FIELDS
from ppreflist.model.problem import Severity

# UTF-8 read as Windows-1252: the bytes C2..F4 are seen as letters, the bytes 80..BF after them as signs. One such pair
# proves it only where nobody writes it: after the letters of Latin-1, but not a closing quotation mark after a capital.
_SIGNS = (
    "\x80-\xbf\u20ac\u201a\u0192\u2020\u2021\u02c6\u2030"
    "\u0160\u2039\u0152\u017d\u2022\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
)
_ANY = f"[{_SIGNS}\u201c-\u201e\u2018\u2019\u2013\u2014\u2026]"
_MOJIBAKE = re.compile(
    f"[\xc2\xc3]{_ANY}|[\xc4\xc5][{_SIGNS}]|[\xe2\xef]{_ANY}{{2}}|\xf0{_ANY}{{3}}"
    f"|(?:[\xc6-\xdf]{_ANY}){{2,}}|(?:[\xe0-\xef]{_ANY}{{2}}){{2,}}"
)

_SEQUENCE = re.compile(f"[\xc2-\xdf]{_ANY}|[\xe0-\xef]{_ANY}{{2}}|[\xf0-\xf4]{_ANY}{{3}}")

_INVISIBLE = {
    "\u00ad": "soft hyphen",
    "\u200b": "zero width space",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
    "\u200e": "left-to-right mark",
    "\u200f": "right-to-left mark",
    "\u200c": "zero width non-joiner",
    "\u200d": "zero width joiner",
    "\u202a": "direction mark", "\u202b": "direction mark", "\u202c": "direction mark", "\u202d": "direction mark",
    "\u202e": "direction mark", "\u2066": "direction mark", "\u2067": "direction mark", "\u2068": "direction mark",
    "\u2069": "direction mark",
    "\u2028": "line separator", "\u2029": "paragraph separator",
}  # fmt: skip
_INVISIBLE_PATTERN = re.compile("[" + "".join(_INVISIBLE) + "]")
_BROKEN_LINE = re.compile("(?<=[a-z\u00df-\u024f])\u00ad\\s{1,3}(?=[a-z\u00df-\u024f])")
_NEEDED_IN_SCRIPTS = "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPACE_LIKE = frozenset("\u2028\u2029")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

_ENTITY = re.compile(
    r"\\?&(?P<name>amp|lt|gt|quot|apos|nbsp|[a-z]{2,8}[0-9]{0,2}|#[0-9]{2,6}|#x[0-9a-f]{2,6})(?P<end>\\?;)", re.I
)
_TAG = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|sc|italic|bold|p|br|span|scp|inf|title|tt|jats:[a-z-]{1,20}|mml:[a-z]{1,20})(?:\s[^<>]{0,200})?/?>",
    re.I,
)
_SPECIAL_IN_LATEX = {
    **{each: "\\" + each for each in "&%#_${}"},
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}", "\u00a0": "~",
}  # fmt: skip


def mojibake(context: Context) -> Iterator[Finding]:
    for entry, field in context.not_ascii:
        if "\ufffd" in field.latex:
            before = field.latex.partition("\ufffd")[0].split()[-1:]
            near = f" after {shown(before[0])}" if before else ""
            message = f"a character was lost{near} (it reads \ufffd): type it again from the source"
            yield at_field(entry, field, message, severity=Severity.ERROR)
            continue
        found = _MOJIBAKE.search(field.latex)
        if found:
            # Where one is sure, the others are too.
            repaired = _SEQUENCE.sub(_decoded, field.latex)
            if repaired == field.latex:
                continue
            fix = value_fix(entry, field, repaired, f"write {shown(repaired)}")
            message = f"{shown(found[0])} is {shown(_decoded(found))} that went through the wrong encoding"
            yield at_field(entry, field, message, fix)


def _decoded(found: re.Match[str]) -> str:
    try:
        raw = b"".join(bytes([ord(c)]) if ord(c) < 0x100 else c.encode("cp1252") for c in found[0])
        text = raw.decode("utf-8")
    except UnicodeError:
        return found[0]
    return text if all(each.isprintable() or each in "\u00a0\ufeff" for each in text) else found[0]


def not_nfc(context: Context) -> Iterator[Finding]:
    for entry, field in context.not_ascii:
        if not unicodedata.is_normalized("NFC", field.latex):
            composed = unicodedata.normalize("NFC", field.latex)
            fix = value_fix(entry, field, composed, "compose the accents (Unicode NFC)")
            message = "accents are written as separate characters (not NFC): searching and sorting can miss this entry"
            yield at_field(entry, field, message, fix)


def invisible(context: Context) -> Iterator[Finding]:
    for entry, field in context.fields:
        value = field.latex
        found = _CONTROL.search(value) if value.isascii() else _first_invisible(value)
        if found is None:
            continue
        name = _INVISIBLE.get(found[0]) or f"control character U+{ord(found[0]):04X}"
        before = shown(value[max(0, found.start() - 12) : found.start()])
        fix = value_fix(entry, field, _without_invisible(value), "remove the invisible characters")
        yield at_field(entry, field, f"an invisible character ({name}) stands after {before}: remove it", fix)


def _first_invisible(value: str) -> re.Match[str] | None:
    needed = _needs_marks(value)
    for found in _INVISIBLE_PATTERN.finditer(value):
        if not (needed and found[0] in _NEEDED_IN_SCRIPTS):
            return found
    return _CONTROL.search(value)


def _needs_marks(value: str) -> bool:
    """Whether the value has a script in which joiners and direction marks are part of the spelling, or an emoji."""
    return any(
        "\u0590" <= character <= "\u08ff" or "\u0900" <= character <= "\u109f" or "\u1780" <= character <= "\u18af"
        or "\ufb1d" <= character <= "\ufefc" or character >= "\U0001f000"
        for character in value
    )  # fmt: skip


def _without_invisible(value: str) -> str:
    kept = _NEEDED_IN_SCRIPTS if _needs_marks(value) else ""
    # A soft hyphen before white space is where a line of print was broken.
    value = _BROKEN_LINE.sub("", value)
    value = _INVISIBLE_PATTERN.sub(
        lambda found: found[0] if found[0] in kept else " " if found[0] in _SPACE_LIKE else "", value
    )
    return _CONTROL.sub("", value)


def html_entity(context: Context) -> Iterator[Finding]:
    for entry, field in context.fields:
        if "&" not in field.latex or ";" not in field.latex:
            continue
        found = next((each for each in _ENTITY.finditer(field.latex) if _meaning(each) is not None), None)
        if found is None:
            continue
        verbatim = field.name in VERBATIM_FIELDS
        repaired = _ENTITY.sub(_as_verbatim if verbatim else _as_latex, field.latex)
        fix = value_fix(entry, field, repaired, "write the characters themselves")
        meaning = _meaning(found) or ""
        what = shown(meaning) if meaning.strip() else "a space"
        message = f"{found[0]} is HTML for {what}: write the character itself"
        yield at_field(entry, field, message, fix)


def _meaning(found: re.Match[str]) -> str | None:
    """The character that an HTML entity stands for, or None when there is no such entity."""
    entity = f"&{found['name']};"
    character = unescape(entity)
    return None if character == entity or character == "\ufffd" else character


def _as_verbatim(found: re.Match[str]) -> str:
    return _meaning(found) or found[0]


def _as_latex(found: re.Match[str]) -> str:
    character = _meaning(found)
    if character is None:
        return found[0]
    return "".join(_SPECIAL_IN_LATEX.get(each, each) for each in character)


def html_tag(context: Context) -> Iterator[Finding]:
    for entry, field in context.fields:
        if "<" not in field.latex or field.name in VERBATIM_FIELDS or field.name in ("abstract", "annote", "note"):
            continue
        found = _TAG.search(field.latex)
        if found:
            message = (
                f"{found[0]} is HTML, which BibTeX prints as it stands: write \\emph{{..}}, \\textsuperscript{{..}}"
            )
            yield at_field(entry, field, message)


def empty(context: Context) -> Iterator[Finding]:
    for entry, field in context.fields:
        if not field.latex or field.latex.isspace():
            fix = removal_fix(entry, field, f"remove the empty field {field.name}")
            yield at_field(entry, field, f"{field.name} is empty: fill it in or remove it", fix)


CHECKS = (
    Check(
        "mojibake",
        "Characters that went through the wrong encoding.",
        Severity.WARNING,
        why=(
            "UTF-8 that a program took for Windows-1252: an apostrophe becomes three signs. The fix turns them "
            "back. A character that was lost altogether (the replacement character) is an error: only the source "
            "has it."
        ),
        before="title = {Childrenâ€™s literature}",
        after="title = {Children’s literature}",
        run=mojibake,
    ),
    Check(
        "not-nfc",
        "Accents written as separate characters.",
        Severity.WARNING,
        why=(
            "Two ways to write é look alike and are not equal: searching, sorting and comparing can miss the "
            "entry. The fix composes them (Unicode normalisation form C, as JabRef and biber expect)."
        ),
        before=r"author = {Sjo\u0308berg, I.}",
        after=r"author = {Sj\u00f6berg, I.}",
        run=not_nfc,
    ),
    Check(
        "invisible",
        "Invisible characters.",
        Severity.WARNING,
        why=(
            "Soft hyphens, zero width spaces, byte order marks and control characters come along with text copied "
            "from PDFs and web pages, and break searches and line ends. Marks that a script needs (Arabic, "
            "Hebrew, Indic, emoji) are left alone."
        ),
        before=r"title = {Zero\u200bwidth}",
        after="title = {Zerowidth}",
        run=invisible,
    ),
    Check(
        "html-entity",
        "HTML entities.",
        Severity.WARNING,
        why=(
            "Databases export &amp; for an ampersand. In url it breaks the address, elsewhere it is printed as it "
            "stands. The fix writes the character, escaped for LaTeX where that is needed."
        ),
        before="journal = {Muscle &amp; Nerve}",
        after=r"journal = {Muscle \& Nerve}",
        run=html_entity,
    ),
    Check(
        "html-tag",
        "HTML tags.",
        Severity.INFO,
        why=(
            "Tags such as <i> and <sub> from a publisher's database. Some CSL processors understand a few; BibTeX "
            "prints them."
        ),
        before="title = {The <i>PMP22</i> gene}",
        after=r"title = {The \emph{PMP22} gene}",
        run=html_tag,
    ),
    Check(
        "empty-field",
        "A field without a value.",
        Severity.INFO,
        why="Left behind by a form. Harmless, but it hides that something is missing.",
        before="publisher = {}",
        after="(no field)",
        run=empty,
    ),
)
