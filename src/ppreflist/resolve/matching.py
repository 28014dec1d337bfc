"""Whether a record is the work that a citation means: title, first author, year, volume and first page compared.

A record is taken without asking only when it *clearly agrees*: the title is the same (nothing shorter, nothing longer,
but for a subtitle, or an end that the citation itself leaves out with an ellipsis), nothing that both give differs, and
at least two of the other four agree. What a citation does not give counts for nothing. Titles are compared by
rapidfuzz's normalised indel similarity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from rapidfuzz import fuzz

from ppreflist.model.key import ascii_fold
from ppreflist.resolve.record import Item, Record

SAME_TITLE: Final = 0.93
_WEIGHTS: Final = {"title": 0.5, "first author": 0.2, "year": 0.1, "volume": 0.1, "first page": 0.1}
_FEWEST_WORDS: Final = 4
_ELLIPSIS: Final = re.compile(r"\s*(?:\.\s?){3}\Z|\s*\u2026\Z")
_SUBTITLE: Final = re.compile(r":\s|\?\s|\s[\u2013\u2014-]\s|\.\s")
_MOST_SUBTITLES: Final = 6
_MARKUP: Final = re.compile(r"<[^<>]{0,100}>")
_PREFACED: Final = re.compile(r"(?:corrigendum|erratum|correction|retraction|reply|comment|response|commentary|re)\b")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a record agrees with a citation. ``title`` is from 0 to 1, None when the citation gives no title.

    ``agrees`` and ``differs`` are names of what both give: first author, year, volume, first page. ``shortened`` is
    true when the citation gives the beginning of the title only.
    """

    title: float | None
    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    shortened: bool = False

    @property
    def score(self) -> float:
        """From 0 to 1, over what the citation gives."""
        given = dict.fromkeys(self.agrees, 1.0) | dict.fromkeys(self.differs, 0.0)
        if self.title is not None:
            given["title"] = self.title
        total = sum(_WEIGHTS[name] for name in given)
        return sum(_WEIGHTS[name] * value for name, value in given.items()) / total if total else 0.0

    @property
    def clear(self) -> bool:
        """Whether it is surely the same work."""
        if self.title is None or self.title < SAME_TITLE or self.differs:
            return False
        return len(self.agrees) >= (3 if self.shortened else 2)


@dataclass(frozen=True, slots=True)
class Match:
    """A record with how it agrees."""

    record: Record
    agreement: Agreement


def ranked(citation: Item, text: str, records: Iterable[Record]) -> list[Match]:
    """The records by how well they agree with a citation (as it was read, and its text), the best first."""
    found = [Match(record, agreement(citation, text, record.item)) for record in records]
    return sorted(found, key=lambda match: (not match.agreement.clear, -match.agreement.score))


def surely(matches: Sequence[Match]) -> Match | None:
    """The one match that clearly agrees; None when there is none, or another one agrees as clearly."""
    clear = [match for match in matches if match.agreement.clear]
    return clear[0] if len(clear) == 1 else None


def agreement(citation: Item, text: str, item: Item) -> Agreement:
    """How a record agrees with a citation."""
    agrees: list[str] = []
    differs: list[str] = []
    for name, one, other in (
        ("volume", _number(citation.get("volume")), _number(item.get("volume"))),
        ("first page", _first_page(citation), _first_page(item)),
        ("year", _year(citation), _year(item)),
    ):
        if not one or not other:
            continue
        if one == other:
            agrees.append(name)
        elif name != "year" or abs(int(one) - int(other)) > 1:
            # Online and in print a work often has two years that follow each other.
            differs.append(name)
    author = _first_author(citation, text, item)
    if author is not None:
        (agrees if author else differs).insert(0, "first author")
    likeness, shortened = _title(citation, text, item)
    return Agreement(likeness, tuple(agrees), tuple(differs), shortened)


def _title(citation: Item, text: str, item: Item) -> tuple[float | None, bool]:
    """How alike the titles are, and whether the citation gives only a beginning of it."""
    given, known = str(citation.get("title", "")), _folded(str(item.get("title", "")))
    if not given:
        whole = _folded(text)
        if len(known.split()) < _FEWEST_WORDS:
            return None, False
        return (1.0 if f" {known} " in f" {whole} " else None), False
    written = _folded(_ELLIPSIS.sub("", given))
    if bool(_PREFACED.match(written)) != bool(_PREFACED.match(known)):
        return fuzz.ratio(written, known) / 200, False
    likeness = fuzz.ratio(written, known) / 100
    long = len(written.split()) >= _FEWEST_WORDS
    if _ELLIPSIS.search(given) and long:
        return fuzz.ratio(written, known[: len(written)]) / 100, True
    # One of them may leave out the subtitle; two subtitles that differ are of two works.
    pairs = [(_folded(head), written) for head in _heads(str(item.get("title", "")))]
    pairs += [(known, _folded(head)) for head in _heads(given)]
    if long:
        likeness = max(
            [likeness, *(fuzz.ratio(*pair) / 100 for pair in pairs if min(len(each.split()) for each in pair) > 3)]
        )
    return likeness, False


def _heads(title: str) -> list[str]:
    """The title without its subtitle, or without the last of several."""
    return [title[: end.start()] for end in islice(_SUBTITLE.finditer(title), _MOST_SUBTITLES)] or [title]


def _first_author(citation: Item, text: str, item: Item) -> bool | None:
    """Whether the first authors agree; None when one is not given."""
    people = item.get("author") or item.get("editor") or []
    first = _family(people[0]) if people else ""
    if not first:
        return None
    written = citation.get("author") or citation.get("editor") or []
    if not written:
        return True if re.search(rf"\b{re.escape(first)}\b", _folded(text)) else None
    family = _family(written[0])
    return (
        family == first
        or family.split()[-1:] == first.split()[-1:]
        or family.replace(" ", "") == first.replace(" ", "")
    )


def _family(name: dict[str, str]) -> str:
    particle = name.get("non-dropping-particle", "") or name.get("dropping-particle", "")
    return _folded(f"{particle} {name.get('family', '')}" if name.get("family") else name.get("literal", ""))


def _folded(text: str) -> str:
    """Lower-case words without accents, markup and punctuation."""
    return " ".join(re.findall(r"[a-z0-9]+", ascii_fold(_MARKUP.sub("", text)))) or text.casefold()


def _year(item: Item) -> str:
    parts = (item.get("issued") or {}).get("date-parts") or [[""]]
    return str(parts[0][0]) if parts[0] else ""


def _number(value: object) -> str:
    return str(value or "").strip().lower().lstrip("0")


def _first_page(item: Item) -> str:
    found = re.match(r"[A-Za-z]{0,3}0*(\w+)", str(item.get("page") or item.get("number") or ""))
    return found[1].lower() if found else ""
