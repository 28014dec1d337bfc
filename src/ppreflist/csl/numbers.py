"""Numbers: what is numeric, what is plural, ordinals, roman numerals, page ranges.

Specification: "Number", "Label", "Choose" (is-numeric), "Ordinal Suffixes", "Appendix V - Page Range Formats".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ppreflist.csl.locale import Locale

_DASH: Final = "[-\u2010\u2011\u2012\u2013\u2014\u2212]"
_ATOM: Final = r"[A-Za-z]*\d+[A-Za-z]*"
_NUMERIC: Final = re.compile(rf"^\s*{_ATOM}(?:\s*(?:[,&]|{_DASH}{{1,2}})\s*{_ATOM})*\s*$")
_ROMAN: Final = re.compile(r"^[ivxlcdm]+$|^[IVXLCDM]+$")
_PLAIN: Final = re.compile(r"^\d+$")
# Optional white space begins where none is before it: else a long run of it is tried from each of its characters.
_JOINT: Final = re.compile(
    rf"((?:(?<!\s)\s+)?(?:,\s*(?:&|and\b|et\b|und\b|y\b)?|&|\band\b|\bet\b|\bund\b|\by\b|(?<!\\){_DASH}{{1,2}})\s*)"
)
_AFFIXED: Final = re.compile(r"^([^\W\d_]*)(\d+)([^\W\d_]*)$")
_ROMAN_DIGITS: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
# Terms whose content is a count: the number itself decides the plural.
COUNTS: Final = frozenset(("number-of-pages", "number-of-volumes"))


def is_numeric(text: str) -> bool:
    """ "Content is considered numeric if it solely consists of numbers", which may have affixes and be joined."""
    return len(text) < 200 and _NUMERIC.match(text) is not None


def is_plural(text: str, variable: str = "") -> bool:
    """ "Content is considered plural when it contains multiple numbers"."""
    if variable in COUNTS:
        return text.strip().isdigit() and text.isascii() and len(text) < 20 and int(text) != 1
    pieces = _JOINT.split(text)
    return any(
        _is_number(pieces[index - 1]) and _is_number(pieces[index + 1]) for index in range(1, len(pieces) - 1, 2)
    )


def _is_number(text: str) -> bool:
    text = text.strip()
    return bool(_AFFIXED.match(text) or _ROMAN.match(text))


def roman(number: int) -> str:
    if not 0 < number < 5000:
        return str(number)
    pieces = []
    for value, letters in _ROMAN_DIGITS:
        count, number = divmod(number, value)
        pieces.append(letters * count)
    return "".join(pieces)


def ordinal(number: int, locale: Locale, gender: str) -> str:
    return f"{number}{locale.ordinal_suffix(number, gender)}"


def formatted(number: str, form: str, locale: Locale, gender: str) -> str:
    """One number without affixes, in the form that cs:number asks for."""
    if len(number) > 15:
        return number
    value = int(number)
    if form == "roman":
        return roman(value)
    if form == "long-ordinal" and (found := locale.long_ordinal(value, gender)) is not None:
        return found
    if form in ("ordinal", "long-ordinal"):
        return ordinal(value, locale, gender)
    return number


# A label written inside a number: "7, p. 3-8".
_EMBEDDED: Final = re.compile(r"(?<=[,;&] )(p|pp|vol|no|fig|ch|chap|sec|pt|para|fol|n|bk|col)\.\s+(?=\d)")
_EMBEDDED_TERMS: Final = {
    "p": "page", "pp": "page", "vol": "volume", "no": "issue", "fig": "figure", "ch": "chapter", "chap": "chapter",
    "sec": "section", "pt": "part", "para": "paragraph", "fol": "folio", "n": "note", "bk": "book", "col": "column",
}  # fmt: skip


def _with_labels(text: str, locale: Locale, render: Callable[[str], str], rest: Callable[[str], str]) -> str:
    """``text`` with the labels inside it in their short form and number; ``render`` is for what comes before them."""
    pieces = _EMBEDDED.split(text)
    result = render(pieces[0].rstrip(", ")) + pieces[0][len(pieces[0].rstrip(", ")) :]
    for index in range(1, len(pieces), 2):
        name, content = pieces[index], pieces[index + 1]
        label = locale.find(_EMBEDDED_TERMS[name], "short", is_plural(content)) or f"{name}."
        result += f"{label} {rest(content)}"
    return result


def number(text: str, form: str, locale: Locale, gender: str, delimiter: str = "–") -> str:
    """ "If a number variable is rendered with cs:number and only contains numeric content ... the number(s) are
    extracted"; otherwise as ``joined`` renders it."""
    if ". " in text and _EMBEDDED.search(text):
        return _with_labels(
            text,
            locale,
            lambda part: number(part, form, locale, gender, delimiter),
            lambda part: joined(part, locale, delimiter),
        )
    pieces = _JOINT.split(text)
    if not all(_is_number(piece) for piece in pieces[::2]):
        return joined(text, locale, delimiter)
    result = []
    for index, piece in enumerate(pieces):
        if index % 2:
            result.append(_joint(piece, pieces[index - 1], pieces[index + 1], locale, delimiter))
        else:
            piece = piece.strip()
            result.append(formatted(piece, form, locale, gender) if _PLAIN.match(piece) else piece)
    return "".join(result)


def _joint(joint: str, before: str, after: str, locale: Locale, delimiter: str) -> str:
    bare = joint.strip()
    if bare == ",":
        return ", "
    if bare == "&":
        return f" {locale.find('and', 'symbol') or '&'} "
    if bare[0] in "-\u2010\u2011\u2012\u2013\u2014\u2212":
        if not (_is_number(before) and _is_number(after)):
            return "-" if bare in ("-", "\u2010", "\u2011") else bare
        return delimiter
    return joint


def joined(text: str, locale: Locale, delimiter: str = "–") -> str:
    """The text of a number variable: ranges get ``delimiter``, joints their spaces; an escaped hyphen is one."""
    if text.isdigit() or not _JOINT.search(text):
        return text.replace("\\-", "-")
    pieces = _JOINT.split(text)
    for index in range(1, len(pieces), 2):
        if pieces[index].strip()[:1] not in (",", "") and (
            pieces[index].strip()[0] not in "&" or _is_number(pieces[index - 1])
        ):
            pieces[index] = _joint(pieces[index], pieces[index - 1], pieces[index + 1], locale, delimiter)
    return "".join(pieces).replace("\\-", "-")


_RANGE_END: Final = re.compile(r"^([A-Za-z]*)(\d+)$")
_RANGE_START: Final = re.compile(r"^((?:\d*[A-Za-z]+)?)(\d{1,30})$")


def pages(text: str, style_format: str, locale: Locale, delimiter: str) -> str:
    """Appendix V: ranges expanded or collapsed, delimited by the page-range-delimiter term."""
    pieces = _JOINT.split(text)
    if len(pieces) == 1:
        return text.replace("\\-", "-")
    index = 1
    while index < len(pieces):
        bare = pieces[index].strip()
        if bare and bare[0] in "-\u2010\u2011\u2012\u2013\u2014\u2212":
            first, last = pieces[index - 1].strip(), pieces[index + 1].strip()
            pieces[index], pieces[index + 1] = _range(first, last, style_format, delimiter, bare)
            if first != pieces[index - 1]:
                pieces[index - 1] = first
        elif bare == "&":
            pieces[index] = f" {locale.find('and', 'symbol') or '&'} "
        elif bare == ",":
            pieces[index] = ", "
        index += 2
    return "".join(pieces).replace("\\-", "-")


def _range(first: str, last: str, style_format: str, delimiter: str, bare: str) -> tuple[str, str]:
    start, end = _RANGE_START.match(first), _RANGE_START.match(last)
    if not (start and end):
        if _is_number(first) and _is_number(last) and not any(char.isdigit() for char in first + last):
            return delimiter, last
        if style_format or not (_is_number(first) and _is_number(last)):
            return ("-" if bare in ("-", "\u2010", "\u2011") else bare), last
        return delimiter, last
    if start[1] != end[1]:
        return (delimiter if not style_format else "-"), last
    if not style_format:
        return delimiter, last
    low, high = start[2], end[2]
    full = low[: len(low) - len(high)] + high if len(high) < len(low) else high
    if int(full) < int(low):
        return (delimiter if not start[1] else "-"), last
    if style_format == "expanded":
        return delimiter, start[1] + full
    return delimiter, collapse(low, full, style_format)


def collapse(low: str, high: str, style_format: str) -> str:
    """The second number of a range, as short as the format wants it. Both are full."""
    if len(low) != len(high):
        return high
    common = 0
    while common < len(low) - 1 and low[common] == high[common]:
        common += 1
    if style_format == "minimal":
        return high[common:]
    if style_format == "minimal-two":
        return high[max(0, min(common, len(high) - 2)) :]
    value = int(low)
    if value < 100 or value % 100 == 0:
        return high
    if 0 < value % 100 < 10:
        return high[common:]
    if style_format != "chicago-16" and len(low) == 4 and len(high) - common >= 3:
        return high
    return high[min(common, len(high) - 2) :]
