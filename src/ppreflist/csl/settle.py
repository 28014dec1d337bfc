"""From raw strings to settled ones: punctuation, quotes, flip-flop, superscripts (see ``markup``).

Specification: "Affixes", "Quotes", "Locale Options" (punctuation-in-quote), "Formatting".
"""

from __future__ import annotations

import re
from typing import Final

from ppreflist.csl import markup as m
from ppreflist.csl.locale import Locale

# What is left of two marks that meet at a seam (title ending in "?" + suffix "."). Pairs not listed both stay.
_MERGED: Final = {
    "::": ":",
    "..": ".",
    ";;": ";",
    "!!": "!",
    "??": "?",
    ",,": ",",
    ";:": ";",
    "!:": "!",
    "?:": "?",
    ":.": ":",
    ";.": ";",
    "!.": "!",
    "?.": "?",
    "!;": "!;",
    ":!": "!",
    ";!": "!",
    ":?": "?",
    ";?": "?",
}
_OPEN: Final = "".join(m.INLINE_PAIRS) + m.FLIP_ITALIC + m.FLIP_BOLD + m.FLIP_SMALL_CAPS
_CLOSE: Final = "".join(m.INLINE_PAIRS.values()) + m.END_FLIP_ITALIC + m.END_FLIP_BOLD + m.END_FLIP_SMALL_CAPS
_MARKS: Final = (
    f"{_OPEN}{_CLOSE}{m.NOCASE}{m.END_NOCASE}{m.YEAR_SUFFIX}{m.END_YEAR_SUFFIX}{m.FIRST_NAMES}{m.END_FIRST_NAMES}"
    f"{m.WRITTEN_QUOTE}{m.END_WRITTEN_QUOTE}{m.TERM}"
)
_ENDS: Final = m.END_QUOTE + m.END_SINGLE_QUOTE + m.END_CURLY_QUOTE
# Two marks, or two spaces, or a closing quote and a mark, with nothing but markup between.
_SEAM: Final = re.compile(
    f"([.,:;!?])([{_MARKS}{_ENDS}]*)([.,:;!?])|([{_ENDS}])([{_MARKS}{_ENDS}]*)([.,!?])|( )([{_MARKS}]*) "
)
# What a seam is made of, and from how many characters on a string is long.
_MARK_RUN: Final = re.compile(f"[.,:;!? {_MARKS}{_ENDS}]{{2,}}")
_LONG: Final = 4000
_SPECIAL: Final = re.compile(
    f"[{_OPEN}{_CLOSE}{m.QUOTE}{m.END_QUOTE}{m.SINGLE_QUOTE}{m.END_SINGLE_QUOTE}{m.CURLY_QUOTE}{m.END_CURLY_QUOTE}{m.NOCASE}{m.END_NOCASE}"
    f"{m.YEAR_SUFFIX}{m.END_YEAR_SUFFIX}{m.FIRST_NAMES}{m.END_FIRST_NAMES}{m.PROTECT}{m.WRITTEN_QUOTE}{m.END_WRITTEN_QUOTE}{m.TERM}]"
)
_SUPERSCRIPTS: Final = {
    "ª": "a", "²": "2", "³": "3", "¹": "1", "º": "o", "ʰ": "h", "ʱ": "ɦ", "ʲ": "j", "ʳ": "r", "ʴ": "ɹ",
    "ʵ": "ɻ", "ʶ": "ʁ", "ʷ": "w", "ʸ": "y", "ˠ": "ɣ", "ˡ": "l", "ˢ": "s", "ˣ": "x", "ˤ": "ʕ", "ᴬ": "A",
    "ᴭ": "Æ", "ᴮ": "B", "ᴰ": "D", "ᴱ": "E", "ᴲ": "Ǝ", "ᴳ": "G", "ᴴ": "H", "ᴵ": "I", "ᴶ": "J", "ᴷ": "K",
    "ᴸ": "L", "ᴹ": "M", "ᴺ": "N", "ᴼ": "O", "ᴽ": "Ȣ", "ᴾ": "P", "ᴿ": "R", "ᵀ": "T", "ᵁ": "U", "ᵂ": "W",
    "ᵃ": "a", "ᵄ": "ɐ", "ᵅ": "ɑ", "ᵆ": "ᴂ", "ᵇ": "b", "ᵈ": "d", "ᵉ": "e", "ᵊ": "ə", "ᵋ": "ɛ", "ᵌ": "ɜ",
    "ᵍ": "g", "ᵏ": "k", "ᵐ": "m", "ᵑ": "ŋ", "ᵒ": "o", "ᵓ": "ɔ", "ᵔ": "ᴖ", "ᵕ": "ᴗ", "ᵖ": "p", "ᵗ": "t",
    "ᵘ": "u", "ᵙ": "ᴝ", "ᵚ": "ɯ", "ᵛ": "v", "ᵜ": "ᴥ", "ᵝ": "β", "ᵞ": "γ", "ᵟ": "δ", "ᵠ": "φ", "ᵡ": "χ",
    "⁰": "0", "ⁱ": "i", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁺": "+", "⁻": "−",
    "㆒": "一", "㆓": "二", "㆔": "三", "㆕": "四", "㆖": "上", "㆗": "中", "㆘": "下", "㆙": "甲",
    "㆚": "乙", "㆛": "丙", "㆜": "丁", "㆝": "天", "㆞": "地", "㆟": "人", "ˀ": "ʔ", "ˁ": "ʕ", "ۥ": "و", "ۦ": "ي",
    "⁼": "=", "⁽": "(", "⁾": ")", "ⁿ": "n", "℠": "SM", "™": "TM",
}  # fmt: skip
_SUPERSCRIPT: Final = re.compile(f"[{''.join(_SUPERSCRIPTS)}]")


def _raised(match: re.Match[str]) -> str:
    return f"{m.SUPERSCRIPT}{_SUPERSCRIPTS[match[0]]}{m.END_SUPERSCRIPT}"


class Settler:
    """Settles strings by the quotes and options of one locale."""

    __slots__ = ("_in_quote", "_quotes")

    def __init__(self, locale: Locale) -> None:
        self._in_quote = locale.punctuation_in_quote
        self._quotes = (
            (locale.find("open-quote") or "“", locale.find("close-quote") or "”"),
            (locale.find("open-inner-quote") or "‘", locale.find("close-inner-quote") or "’"),
        )

    def settle(self, text: str) -> str:
        text = self.punctuate(text)
        if _SUPERSCRIPT.search(text):
            text = _SUPERSCRIPT.sub(_raised, text)
        if _SPECIAL.search(text):
            text = self._flip(text)
        return text

    def punctuate(self, text: str) -> str:
        """Marks and spaces at seams merged, punctuation in quotes as the locale wants it."""
        if len(text) < _LONG:
            return self._punctuate(text)
        # Each merge copies the string: in a long one every run of marks is taken by itself, and no run that
        # only a hostile field has.
        return _MARK_RUN.sub(lambda run: self._punctuate(run[0]) if len(run[0]) < _LONG else run[0], text)

    def _punctuate(self, text: str) -> str:
        start = 0
        while True:
            match = _SEAM.search(text, start)
            if match is None:
                return text
            begin = match.start()
            if match[7] is not None:
                # Two spaces: the first stays.
                text = f"{text[:begin]} {match[8]}{text[match.end() :]}"
                start = begin
                continue
            if match[1] is not None:
                replaced = self._merge(match[1], match[2], match[3])
            else:
                replaced = self._into_quote(match[4] + match[5], match[6])
            if replaced is None:
                start = begin + 1
                continue
            text = f"{text[:begin]}{replaced}{text[match.end() :]}"
            # A mark that stays may meet the next one.
            start = max(0, begin - 1)

    def _merge(self, first: str, between: str, second: str) -> str | None:
        quoted = any(each in _ENDS for each in between)
        merged = _MERGED.get(first + second)
        if merged is not None and len(merged) == 1:
            if quoted and not self._in_quote and first in ".," and second == first:
                return f"{first}{between}"
            return f"{merged}{between}"
        if quoted and self._in_quote and second in ".,!?":
            return f"{first}{second}{between}"
        return None

    def _into_quote(self, ends: str, mark: str) -> str | None:
        if not self._in_quote:
            return None
        # Before the outermost run of closing quotes, after formatting that ends inside them.
        return f"{mark}{ends}"

    def _flip(self, text: str) -> str:
        """Quotation marks by depth, formatting in formatting reversed, engine marks dropped."""
        out: list[str] = []
        # (raw closing mark, what is written for it, family, whether the family was active before)
        stack: list[tuple[str, str, str, bool]] = []
        active: dict[str, bool] = {}
        depth = 0
        last = 0
        for match in _SPECIAL.finditer(text):
            if match.start() > last:
                out.append(text[last : match.start()])
            last = match.end()
            mark = match[0]
            closing = _OPENERS.get(mark)
            if closing is not None:
                family, opened, closed = "", mark, closing
                if mark in _FLIPPING:
                    family, kind = _FLIPPING[mark]
                    is_active = active.get(family, False)
                    opened, closed = _flipped(family, kind, is_active)
                    stack.append((closing, closed, family, is_active))
                    if opened:
                        active[family] = not is_active
                else:
                    if mark == m.QUOTE:
                        opened, closed = self._quotes[depth % 2]
                        depth += 1
                    elif mark == m.WRITTEN_QUOTE:
                        opened = closed = ""
                        depth += 1
                    elif mark in _WRITTEN:
                        opened, closed = self._written(_WRITTEN[mark], depth)
                        depth += 1
                    stack.append((closing, closed, "", False))
                out.append(opened)
            elif stack and stack[-1][0] == mark:
                _, closed, family, was_active = stack.pop()
                out.append(closed)
                if family:
                    active[family] = was_active
                elif mark in _ENDS or mark == m.END_WRITTEN_QUOTE:
                    depth -= 1
            # Any other mark is only for the engine, or unbalanced: dropped, the text stays.
        out.append(text[last:])
        out.extend(entry[1] for entry in reversed(stack))
        return "".join(out)

    def _written(self, written: tuple[str, str], depth: int) -> tuple[str, str]:
        """Curly quotes of a field: they flip inside other quotes, if they are quotes of the locale at all."""
        return self._quotes[depth % 2] if depth and written in self._quotes else written


def _flipped(family: str, kind: str, is_active: bool) -> tuple[str, str]:
    """What is written for a mark that wants ``family`` on, off, or flipped; nothing when it is so already."""
    if kind == "on" or kind == "flip":
        if not is_active:
            return family, m.PAIRS[family]
        if kind == "on":
            return "", ""
    elif not is_active:
        return "", ""
    reverse = _REVERSE[family]
    return reverse, m.PAIRS[reverse]


_WRITTEN: Final = {m.SINGLE_QUOTE: ("‘", "’"), m.CURLY_QUOTE: ("“", "”")}
_REVERSE: Final = {
    m.ITALIC: m.NORMAL_STYLE,
    m.BOLD: m.NORMAL_WEIGHT,
    m.SMALL_CAPS: m.NORMAL_VARIANT,
    m.UNDERLINE: m.NO_UNDERLINE,
}
_FLIPPING: Final = {
    **{mark: (mark, "on") for mark in _REVERSE},
    **{reverse: (mark, "off") for mark, reverse in _REVERSE.items()},
    m.FLIP_ITALIC: (m.ITALIC, "flip"),
    m.FLIP_BOLD: (m.BOLD, "flip"),
    m.FLIP_SMALL_CAPS: (m.SMALL_CAPS, "flip"),
}
_OPENERS: Final = {
    **m.INLINE_PAIRS,
    m.QUOTE: m.END_QUOTE,
    m.SINGLE_QUOTE: m.END_SINGLE_QUOTE,
    m.CURLY_QUOTE: m.END_CURLY_QUOTE,
    m.WRITTEN_QUOTE: m.END_WRITTEN_QUOTE,
    m.FLIP_ITALIC: m.END_FLIP_ITALIC,
    m.FLIP_BOLD: m.END_FLIP_BOLD,
    m.FLIP_SMALL_CAPS: m.END_FLIP_SMALL_CAPS,
}
