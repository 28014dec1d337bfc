"""What stands around the words of a reference: its label, where and when it was seen, notes on its medium."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ppreflist.extract.locator import DATE, date_parts
from ppreflist.extract.marks import MARK

_ANY_DATE: Final = DATE.pattern.replace("?P<", "?P<z_")
_LABEL: Final = re.compile(
    r"\s*(?:\[(?P<bracketed>\d{1,4}|[A-Z][\w+-]{1,12}\d{2,4}[a-z]?)\]|\((?P<parenthesised>\d{1,3})\)"
    r"|(?P<stopped>\d{1,4})[.)](?!\d)|"
    r"[\u2022\u2023\u25aa\u25cf\u25e6\u00b7*\u2013-](?=\s)"
    r"|(?P<bare>\d{1,3})(?=\s{1,3}[^\W\d_a-z][\w\u2019'-]+,? [^\W\d_a-z]))\s*"
)
_MEDIUM: Final = re.compile(
    r"\s?\[(?:Internet|Online|On-line|Electronic (?:resource|version)|Web(?: ?(?:page|site))?|Website"
    r"|WWW(?: document)?|e-?book|"
    r"PDF|Journal Article)\]\.?(?=\W|\Z)",
    re.IGNORECASE,
)
_SEEN: Final = re.compile(
    rf"[\s.,;]?\s?[(\[]?\b(?:cited|(?:last |date )?(?:accessed|visited|viewed|checked|retrieved|consulted)(?: on)?"
    rf"|access date|"
    rf"abgerufen am|zugriff(?:sdatum)?|consult\u00e9 le)\b:?\s(?:on )?(?P<date>{_ANY_DATE}"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}})[)\]]?"
    rf"(?:,? (?:from|at|via)(?= ?[\U000f0000-\U000fea5f]))?",
    re.IGNORECASE,
)
_WHERE: Final = re.compile(
    r"[\s(]?\b(?:(?:also |freely )?available(?: online)?(?: (?:from|at|via|on|in))?|retrieved(?: from)?"
    r"|accessed(?: (?:at|from))?|"
    r"online(?: at)?|from|at|url|doi|link|see|https?|pmid|pmcid|arxiv|verf\u00fcgbar unter"
    r"|disponible(?: en)?)\b\s?:?\s?"
    r"(?=[<\[(]?[\U000f0000-\U000fea5f])",
    re.IGNORECASE,
)
_MARK_WITH_BRACKETS: Final = re.compile(r"[<\[(]?[\U000f0000-\U000fea5f][>\])]?[.,;]?")


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The words of a reference: its ``text`` without marks, and what was taken from around them.

    ``label`` is its number or sign in the list. ``accessed`` is when the source was seen. ``online`` is true when the
    reference says that it is.
    """

    text: str
    label: str
    accessed: tuple[int, ...]
    online: bool


def label_at(text: str, start: int = 0) -> tuple[str, int]:
    """The label of a reference and where it ends: ``[12]``, ``12.``, ``(12)``, a bullet, or nothing."""
    found = _LABEL.match(text, start)
    if found is None:
        return "", start
    label = next((each for each in found.groups() if each), "\u2022")
    return label, found.end()


def trimmed(text: str) -> Trimmed:
    """The reference without what is around its words. Linear in the text."""
    label, start = label_at(text)
    text = text[start:]
    accessed: tuple[int, ...] = ()
    online = False
    if "[" in text:
        shorter = _MEDIUM.sub(lambda match: "." if match[0].endswith(".") else "", text)
        online, text = shorter != text, shorter
    seen = _SEEN.search(text)
    if seen is not None:
        accessed = date_parts(seen["date"]) or _day_first(seen["date"])
        behind = text[seen.end() :]
        # "1983 Jun 5 [cited 1998 Mar 22];108(7)" goes on; a full stop before "Accessed" stays the sentence's end.
        keeps = "." if seen[0][:1] == "." and not behind.startswith((";", ":", ".")) else ""
        text = text[: seen.start()] + keeps + behind
        online = True
    if MARK.search(text):
        text = _WHERE.sub(" ", text)
        text = _MARK_WITH_BRACKETS.sub(" ", text)
    return Trimmed(" ".join(text.split()), label, accessed, online)


def _day_first(text: str) -> tuple[int, ...]:
    numbers = [int(each) for each in re.findall(r"\d+", text)]
    return (numbers[2],) if len(numbers) == 3 else ()
