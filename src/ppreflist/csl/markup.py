"""The flat string markup that the engine renders to and the writers read.

A rendered entry or citation is one ``str``. Text is plain Unicode; formatting is single code points that
cannot occur in data: the 32 noncharacters U+FDD0-U+FDEF (Unicode 23.7: "for process-internal use") and the
C1 controls U+0080-U+009F except U+0085. ``clean`` takes them out of every string that comes from outside,
so a hostile title can never produce markup.

Two stages use the alphabet:

*Raw* strings are what the rendering elements concatenate. They may hold every character below, in any
nesting.

*Settled* strings are what ``settle`` (settle.py) makes of them and **all that a writer ever sees**. In a
settled string

- punctuation, spaces and quotation marks are final: quotes are ordinary characters of the locale;
- only the characters of ``PAIRS`` and the three link characters occur;
- pairs are balanced and properly nested, never empty, and a pair never opens inside another of the same
  kind;
- flip-flop is done: italics in italics is ``NORMAL_STYLE`` inside ``ITALIC``, bold in bold is
  ``NORMAL_WEIGHT``, small capitals in small capitals ``NORMAL_VARIANT``, underline in underline
  ``NO_UNDERLINE``. They occur only inside the formatting which they undo;
- the display pairs (``BLOCK``, ``LEFT_MARGIN``, ``RIGHT_INLINE``, ``INDENT``) are found in bibliography
  entries only (specification, "Display"), may be nested, and hold inline content;
- a link is ``LINK + href + LINK_TEXT + anchor + END_LINK``. ``href`` is raw text (not escaped for any
  format) whose scheme is http, https or mailto; ``anchor`` is settled text (it may hold formatting pairs
  but no link). A writer without links drops ``href`` and keeps the anchor;
- there are no line breaks: a writer is free to add its own around display pairs.

What a writer does: escape the ordinary characters for its format and translate the others. See
``writers/html.py``.
"""

from __future__ import annotations

import re

# Character formatting: (opening, closing). Settled and raw.
ITALIC, END_ITALIC = "\ufdd0", "\ufdd1"
BOLD, END_BOLD = "\ufdd2", "\ufdd3"
SMALL_CAPS, END_SMALL_CAPS = "\ufdd4", "\ufdd5"
SUPERSCRIPT, END_SUPERSCRIPT = "\ufdd6", "\ufdd7"
SUBSCRIPT, END_SUBSCRIPT = "\ufdd8", "\ufdd9"
UNDERLINE, END_UNDERLINE = "\ufdda", "\ufddb"
# "font-style: normal" and so on. Raw: asked for by a style; settled: only inside what they undo.
NORMAL_STYLE, END_NORMAL_STYLE = "\ufddc", "\ufddd"
NORMAL_WEIGHT, END_NORMAL_WEIGHT = "\ufdde", "\ufddf"
NORMAL_VARIANT, END_NORMAL_VARIANT = "\ufde0", "\ufde1"
NO_UNDERLINE, END_NO_UNDERLINE = "\ufde2", "\ufde3"
BASELINE, END_BASELINE = "\x80", "\x81"
# Display (block-level) pairs, bibliography only.
BLOCK, END_BLOCK = "\ufde4", "\ufde5"
LEFT_MARGIN, END_LEFT_MARGIN = "\ufde6", "\ufde7"
RIGHT_INLINE, END_RIGHT_INLINE = "\ufde8", "\ufde9"
INDENT, END_INDENT = "\ufdea", "\ufdeb"
# Links: LINK href LINK_TEXT anchor END_LINK
LINK, LINK_TEXT, END_LINK = "\ufdec", "\ufded", "\ufdee"

INLINE_PAIRS = {
    ITALIC: END_ITALIC,
    BOLD: END_BOLD,
    SMALL_CAPS: END_SMALL_CAPS,
    SUPERSCRIPT: END_SUPERSCRIPT,
    SUBSCRIPT: END_SUBSCRIPT,
    UNDERLINE: END_UNDERLINE,
    NORMAL_STYLE: END_NORMAL_STYLE,
    NORMAL_WEIGHT: END_NORMAL_WEIGHT,
    NORMAL_VARIANT: END_NORMAL_VARIANT,
    NO_UNDERLINE: END_NO_UNDERLINE,
    BASELINE: END_BASELINE,
}
DISPLAY_PAIRS = {
    BLOCK: END_BLOCK,
    LEFT_MARGIN: END_LEFT_MARGIN,
    RIGHT_INLINE: END_RIGHT_INLINE,
    INDENT: END_INDENT,
}
PAIRS = {**INLINE_PAIRS, **DISPLAY_PAIRS}

# Raw only, gone in settled strings
# Quotation marks; which characters they become depends on nesting and locale. The second and third pair are those
# that a field wrote as single or double curly quotes: they stay so unless they are inside other quotes.
QUOTE, END_QUOTE = "\x82", "\x83"
SINGLE_QUOTE, END_SINGLE_QUOTE = "\x84", "\x86"
CURLY_QUOTE, END_CURLY_QUOTE = "\x99", "\x9a"
# Text whose case stays (<span class="nocase">).
NOCASE, END_NOCASE = "\x87", "\x88"
# The year-suffix of a cite and the first names rendered; collapsing and grouping look for them.
YEAR_SUFFIX, END_YEAR_SUFFIX = "\x89", "\x8a"
FIRST_NAMES, END_FIRST_NAMES = "\x8b", "\x8c"
# Between two punctuation marks or spaces that were written side by side on purpose: they are not merged.
PROTECT = "\x8d"

# Formatting that a field asks for: it flips when the text around it has it already.
FLIP_ITALIC, END_FLIP_ITALIC = "\x90", "\x91"
FLIP_BOLD, END_FLIP_BOLD = "\x92", "\x93"
FLIP_SMALL_CAPS, END_FLIP_SMALL_CAPS = "\x94", "\x95"
# Quotation marks that the style writes as affixes: they count for the depth, nothing else.
WRITTEN_QUOTE, END_WRITTEN_QUOTE = "\x96", "\x97"
# A term of a note style that is capitalised when the citation begins with it.
TERM = "\x98"

DISPLAY = re.compile("[\ufde4-\ufdeb]")
RESERVED = re.compile("[\x80-\x84\x86-\x9f\ufdd0-\ufdef]")
# What a writer may meet in a settled string, besides text.
SETTLED = re.compile("[\x80\x81\ufdd0-\ufdee]")

# A C1 control in data is a byte of Windows-1252 that was read as Latin-1.
_MOJIBAKE = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0) if code != 0x85}


def _repair(match: re.Match[str]) -> str:
    return _MOJIBAKE.get(ord(match[0]), "")


def clean(text: str) -> str:
    """``text`` without the characters the markup reserves; C1 controls become what Windows-1252 means."""
    return RESERVED.sub(_repair, text) if not text.isascii() else text


def strip(text: str) -> str:
    """The plain text of a settled or raw string: markup and link targets dropped."""
    if LINK in text:
        text = re.sub(f"{LINK}[^{LINK_TEXT}]*{LINK_TEXT}", "", text)
    return RESERVED.sub("", text)
