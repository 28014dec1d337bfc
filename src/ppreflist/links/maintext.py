"""The words of a page's main text: what it says, without what stands around it on every page of the site.

A cheap scan of markup, linear in its length whatever it is: ``<main>`` or ``<article>`` where there is one (HTML
Standard, 4.4.14 and 4.3.2), without navigation, headers, footers, asides and forms, and without the text of links,
which in menus, tag clouds and "related articles" is nearly all there is. Numbers are left out: they are mostly dates
and counters. What leaves nearly nothing is done again with less left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

MOST_WORDS = 500
"""Words of a text that are weighed."""

FEW = 40
"""Words below which too much was left out, or there is too little to be weighed."""

_LONGEST = 64 * 1024
_ARTICLE = re.compile(rb"<article(?=[\s>])")
_MAIN = re.compile(rb"<main(?=[\s>])|<div\s[^<>]{0,200}\brole\s{0,4}=\s{0,4}[\"']?main\b")
_AROUND = re.compile(rb"<(?P<name>nav|header|footer|aside|form|select|button)(?=[\s>])")
_MOST_AROUND = 100
_LINK_OR_TAG = re.compile(rb"<a\s[^<>]*>[^<]*(?:<(?!/?a[\s>])[^<>]*>[^<]*){0,4}</a\s{0,4}>|<[^<>]*>")
_TAG = re.compile(rb"<[^<>]*>")


def main_words(bare: bytes, lower: bytes, charset: str) -> list[bytes]:
    """The first words of the main text, in lower case and UTF-8; ``bare`` is markup without scripts and comments,
    ``lower`` the same in lower case, ``charset`` an encoding that Python knows."""
    return main_text(bare, lower, charset)[0]


def main_text(bare: bytes, lower: bytes, charset: str) -> tuple[list[bytes], bool]:
    """As ``main_words``, and whether there is next to no such text, so that these are the words of the whole page."""
    bare, lower = bare[:_LONGEST], lower[:_LONGEST]
    body = max(lower.find(b"<body"), lower.find(b"</head"), lower.find(b"</title"), 0)
    for start, end in _regions(lower, body):
        words = _words(_LINK_OR_TAG.sub(b" ", _without_around(bare, lower, start, end)), charset)
        if len(words) >= FEW:
            return words, False
    return _words(_TAG.sub(b" ", bare[body:]), charset), True


def _regions(lower: bytes, body: int) -> Iterable[tuple[int, int]]:
    """Where the main text may stand, likeliest first."""
    main = _MAIN.search(lower, body)
    if main is not None:
        close = lower.find(b"</main", main.end()) if lower.startswith(b"<main", main.start()) else -1
        yield main.start(), close if close >= 0 else len(lower)
    article = _ARTICLE.search(lower, body)
    if article is not None and _ARTICLE.search(lower, article.end()) is None:
        close = lower.rfind(b"</article", article.end())
        yield article.start(), close if close >= 0 else len(lower)
    yield body, len(lower)


def _without_around(bare: bytes, lower: bytes, start: int, end: int) -> bytes:
    """A span of markup without what stands around a text."""
    parts: list[bytes] = []
    place = start
    unclosed: set[bytes] = set()
    found = _AROUND.search(lower, start, end)
    for _ in range(_MOST_AROUND):
        if found is None:
            break
        name = found["name"]
        close = -1 if name in unclosed else lower.find(b"</" + name, found.end(), end)
        if close < 0:
            unclosed.add(name)
            resume = found.end()
        elif name == b"form" and 2 * (close - found.start()) > end - start:
            resume = found.end()  # some frameworks put the whole page into a form
        else:
            parts.append(bare[place : found.start()])
            place = resume = close
        found = _AROUND.search(lower, resume, end)
    parts.append(bare[place:end])
    return b" ".join(parts)


# Words ----------------------------------------------------------------------------------------------------------------

_BETWEEN = bytes(
    byte + 32 if 65 <= byte <= 90 else byte if 97 <= byte <= 122 or byte >= 128 else 32 for byte in range(256)
)
# The marks among what is not ASCII: U+00A0 to U+00BF, U+2000 to U+203F; and those of the scripts that follow.
_SIGNS = re.compile(rb"\xc2[\xa0-\xbf]")
_MARKS = re.compile(rb"\xe2\x80[\x80-\xbf]")
_OTHER_MARKS = re.compile("[\u2040-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\ufeff]+")
# Scripts that do not part words, whose words are taken to be of two characters, as search engines do.
_UNPARTED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]{1,400}")
_ELSEWHERE = bytes(byte for byte in range(256) if byte not in (0xE0, 0xE1, *range(0xE3, 0xEE), 0xEF))
"""All bytes but those with which characters of these scripts begin in UTF-8."""
_MOST_BYTES = 20 * MOST_WORDS


def _words(raw: bytes, charset: str) -> list[bytes]:
    if len(raw) > _MOST_BYTES:
        raw = b" ".join(raw.split(None, 2 * MOST_WORDS)[: 2 * MOST_WORDS])[:_MOST_BYTES]
    try:
        text = raw.decode(charset, "ignore")
    except (UnicodeError, ValueError, TypeError, LookupError):
        text = raw.decode("utf-8", "ignore")
    return words_of(html.unescape(text) if "&" in text else text)


def words_of(text: str) -> list[bytes]:
    """The first words of a text: runs of letters, in lower case and UTF-8."""
    if text.isascii():
        raw = text.encode()
    else:
        text = text.lower()
        raw = text.encode("utf-8", "replace")
        if raw.translate(None, _ELSEWHERE):
            raw = _OTHER_MARKS.sub(" ", _UNPARTED.sub(_parted, text)).encode("utf-8", "replace")
        raw = _MARKS.sub(b" ", _SIGNS.sub(b" ", raw))
    return raw.translate(_BETWEEN).split(None, MOST_WORDS)[:MOST_WORDS]


def _parted(run: re.Match[str]) -> str:
    text = run[0]
    return f" {' '.join(map(str.__add__, text, text[1:])) or text} "
