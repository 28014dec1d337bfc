"""Text case of raw strings: markup is skipped, ``nocase`` text is kept.

Specification: "Text-case". The stop words are those of the schema's ``stop-words.json``. A stop word that
the data capitalise stays capitalised, and the first part of a hyphenated compound is no stop word
("Pro-Social", "Up-to-Date").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ppreflist.csl import markup as m

_STOP_WORDS_WORDS: Final = """
    a about across afore after against along alongside amid amidst among amongst an and anenst apropos apud
    around as aside astride at athwart atop barring before behind below beneath beside besides between
    beyond but by c ca circa d' de despite down during et except for forenenst from given in inside into
    lest like modulo near next nor notwithstanding of off on onto or out over per plus pro qua sans
    since so than the through throughout thru thruout till to toward towards under underneath until unto
    up upon v. van versus via vis-à-vis von vs. whereas with within without yet
"""
STOP_WORDS: Final = frozenset(_STOP_WORDS_WORDS.split())
# The stop words of the list that are phrases: "according to", "because of" ...
_STOP_PHRASES: Final = re.compile(
    r"\b(according|prior|pursuant|close|due|back)(?= to\b)|\b(ahead|because|instead|outside|regardless|that)(?= of\b)"
    r"|\b(apart|far)(?= from\b)|\b(rather)(?= than\b)|\b(such)(?= as\b)|\b(as)(?= regards\b)"
)
# Text that no case conversion touches: nocase spans; for title case also small capitals and raised or
# lowered text.
_NOCASE: Final = re.compile(f"{m.NOCASE}[^{m.END_NOCASE}]*{m.END_NOCASE}")
_KEPT_IN_TITLE: Final = re.compile(
    f"{m.NOCASE}[^{m.END_NOCASE}]*{m.END_NOCASE}"
    f"|{m.SUPERSCRIPT}[^{m.END_SUPERSCRIPT}]*{m.END_SUPERSCRIPT}"
    f"|{m.SUBSCRIPT}[^{m.END_SUBSCRIPT}]*{m.END_SUBSCRIPT}"
    f"|{m.FLIP_SMALL_CAPS}[^{m.END_FLIP_SMALL_CAPS}]*{m.END_FLIP_SMALL_CAPS}"
    f"|{m.NORMAL_STYLE}[^{m.END_NORMAL_STYLE}]*{m.END_NORMAL_STYLE}"
)
_MARK: Final = "\x80-\x84\x86-\x9f\ufdd0-\ufdef"
_WORD: Final = re.compile(f"[^\\s\\-\u2010-\u2014/{_MARK}]+")
_SPACED_WORD: Final = re.compile(f"[^\\s{_MARK}]+")
_LEADING: Final = "([{¿¡\"'"
_TRAILING: Final = ")]},;:!?\"'"

Case = Callable[[str, str], str]


def _outside(kept: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    if m.NOCASE not in text and kept is _NOCASE:
        return change(text)
    pieces: list[str] = []
    last = 0
    for match in kept.finditer(text):
        pieces += (change(text[last : match.start()]), match[0])
        last = match.end()
    pieces.append(change(text[last:]))
    return "".join(pieces)


def lowercase(text: str, language: str) -> str:
    if language in ("tr", "az"):
        return _outside(_NOCASE, text, lambda part: part.replace("İ", "i").replace("I", "ı").lower())
    return _outside(_NOCASE, text, str.lower)


def uppercase(text: str, language: str) -> str:
    if language in ("tr", "az"):
        return _outside(_NOCASE, text, lambda part: part.replace("i", "İ").upper())
    return _outside(_NOCASE, text, str.upper)


def _raise(word: str, language: str = "") -> str:
    """``word`` with its first letter in uppercase, after any opening punctuation."""
    for index, character in enumerate(word):
        if character not in _LEADING:
            if character == "i" and language in ("tr", "az"):
                return f"{word[:index]}İ{word[index + 1 :]}"
            return word[:index] + character.upper() + word[index + 1 :]
    return word


def capitalize_first(text: str, language: str) -> str:
    """ "capitalizes the first character of the first word, if the word is lowercase"."""
    kept = _NOCASE.match(text)
    if kept:
        return text
    word = _SPACED_WORD.search(text)
    if word is None or not word[0].islower():
        return text
    return text[: word.start()] + _raise(word[0], language) + text[word.end() :]


def capitalize_all(text: str, language: str) -> str:
    """ "capitalizes the first character of every lowercase word"."""

    def change(match: re.Match[str]) -> str:
        return _raise(match[0], language) if match[0].islower() else match[0]

    return _outside(_KEPT_IN_TITLE, text, lambda part: _WORD.sub(change, part))


def sentence(text: str, language: str) -> str:
    """ "Sentence Case Conversion": of an uppercase string only the first character stays; words of mixed strings
    that start with a capital are lowercased after the first word, as the reference does."""
    bare = m.strip(_NOCASE.sub("", text))
    if bare.isupper():
        lowered = _outside(_NOCASE, text, str.lower)
        word = _SPACED_WORD.search(lowered)
        return lowered[: word.start()] + _raise(word[0]) + lowered[word.end() :] if word else lowered
    word = _SPACED_WORD.search(text)
    if word is None:
        return text
    start, end = word.span()
    nocase_first = text.rfind(m.NOCASE, 0, start) > text.rfind(m.END_NOCASE, 0, start)
    if nocase_first:
        return text[:start] + _outside(_NOCASE, m.NOCASE + text[start:], str.lower)[1:]
    first = _raise(word[0]) if word[0].islower() else word[0]
    return text[:start] + first + _outside(_NOCASE, text[end:], str.lower)


def title(text: str, language: str) -> str:
    """ "Title Case Conversion". Whether the item is in English is the caller's to know."""
    kept = [match.span() for match in _KEPT_IN_TITLE.finditer(text)]
    phrases = {match.start() for match in _STOP_PHRASES.finditer(text)}
    words = list(_WORD.finditer(text))
    pieces: list[str] = []
    last = 0
    position = 0
    previous = ""
    for number, match in enumerate(words):
        start, end = match.span()
        while position < len(kept) and kept[position][1] <= start:
            position += 1
        word = match[0]
        if not (position < len(kept) and kept[position][0] <= start):
            is_first = number == 0 or _starts_title(previous, text, words, number)
            is_edge = is_first or number == len(words) - 1
            joined_after = text[end : end + 1] == "-"
            joined_before = start > 0 and text[start - 1] in "-\u2010"
            word = _title_word(word, is_first, is_edge, joined_before, joined_after, start in phrases)
        pieces += (text[last:start], word)
        last = end
        previous = match[0]
    pieces.append(text[last:])
    return "".join(pieces)


def _starts_title(previous: str, text: str, words: list[re.Match[str]], number: int) -> bool:
    """After a colon, question or exclamation mark, where a subtitle begins."""
    if not previous:
        return False
    between = text[words[number - 1].end() : words[number].start()]
    if previous[-1] in ":?!":
        return True
    return bool(between) and between.strip(" \u00a0")[:1] in (":", "?", "!")


def _title_word(
    word: str, is_first: bool, is_edge: bool, joined_before: bool, joined_after: bool, in_phrase: bool
) -> str:
    if not word.islower():
        return word
    bare = word.strip(_LEADING + _TRAILING)
    if bare in STOP_WORDS or bare.rstrip(".") in STOP_WORDS or in_phrase:
        if is_edge and (len(bare) > 1 or is_first):
            return _raise(word)
        return _raise(word) if joined_after and not joined_before and len(bare) > 1 else word
    if len(bare.rstrip(".")) < 2:
        return _raise(word) if is_first and not joined_after else word
    if not is_edge and (bare[1] in "’'." or bare[0].isdigit()):
        return word
    return _raise(word)


CASES: Final[dict[str, Case]] = {
    "lowercase": lowercase,
    "uppercase": uppercase,
    "capitalize-first": capitalize_first,
    "capitalize-all": capitalize_all,
    "sentence": sentence,
    "title": title,
}
