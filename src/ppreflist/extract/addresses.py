"""Web addresses in running text, put together again where a line end or a stray space has broken them.

Whether a piece after a gap still belongs to the address is decided by the characters on both sides of the gap; what is
wrong with the whole is then said by ``links.syntax``, and whether the host is mistyped by ``links.hosts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from ppreflist.links.hosts import KnownHosts
from ppreflist.links.syntax import Defect, examine

_START: Final = re.compile(
    r"(?<![\w@./-])(?:h?ttps?\s?:\s?/{1,2}|www\.|(?:dx\.)?doi\.org/)"
    r"|(?<![\w@./:-])(?:[a-z0-9-]{1,40}\.){1,4}(?:org|com|net|edu|gov|int|info|eu|de|uk|fr|se|ch|nl|au|ca)(?=/\w|[\s),;]|\.?\Z|\.\s)",
    re.IGNORECASE,
)
_PIECE: Final = re.compile(r"[^\s<>\"\u201c\u201d\u00ab\u00bb|]+")
_TOKEN: Final = re.compile(r"[^\s<>\"\u201c\u201d|]{1,2000}")
_ENDINGS: Final = r"(?:s?html?|pdf|aspx?|php\d?|jsp|cfm|xml|txt|docx?)"
_FILE: Final = re.compile(rf"[\w%~-]{{1,80}}\.{_ENDINGS}\b", re.IGNORECASE)
_OPEN: Final = frozenset("-_=?&%#~+/")
_GAP: Final = re.compile(r"[ \n]{1,4}")
_GOES_ON: Final = re.compile(r"[/?&=#%_~-](?=[\w%])|\.(?=[a-z0-9])")
_LIKE_A_PATH: Final = re.compile(r"[\w%~.-]*(?:[/=?&_%#]|\d)[\w%~./=?&#:;,+@-]*", re.ASCII)
_HOST_SO_FAR: Final = re.compile(r"(?:h?ttps?://?)?[\w.-]*\Z", re.IGNORECASE)
_HOST_REST: Final = re.compile(r"(?:[a-z0-9-]{1,40}\.){0,3}(?:org|com|net|edu|gov|int|info)(?=[/\s),;.]|\Z)")
_MOST_PIECES: Final = 8
_EMAIL_AT: Final = re.compile(r"(?<=[\w.+-])@(?=([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}))")
_CLOSERS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}
_SENTENCE_END: Final = ".,;:!?|'\u2019*"


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the web addresses of a text begin and end, in its order. E-mail addresses are none.

    A line end is a line feed. Linear in the text.
    """
    place = 0
    for start in _START.finditer(text):
        if start.start() < place:
            continue
        end = joined_end(text, start.start(), start.end())
        bare = not start[0].lower().startswith(("http", "ttp", "www"))
        if end > start.end() or bare:
            yield start.start(), max(end, start.end() if bare else end)
            place = end


def mail_hosts(text: str) -> Iterator[str]:
    """The hosts of the e-mail addresses in a text: they tell how a host is written."""
    for match in _EMAIL_AT.finditer(text):
        yield match[1].lower()


@dataclass(frozen=True, slots=True)
class Address:
    """A web address: as ``printed`` (white space as single spaces), as it was surely meant, and what was wrong.

    ``url`` is empty when no address can be made of it. ``repairs`` are clauses for people; ``suggestions`` are
    addresses that may have been meant, with the reason: only a person can say.
    """

    printed: str
    url: str
    repairs: tuple[str, ...] = ()
    suggestions: tuple[tuple[str, str], ...] = ()


def read(printed: str, known: KnownHosts | None = None, words: Iterable[str] = ()) -> Address:
    """An address as it is printed and as it was meant."""
    reading = examine(printed)
    url = reading.candidates[0] if reading.candidates else reading.url
    repairs = tuple(defect.value for defect in reading.defects if defect is not Defect.NO_SCHEME)
    suggestions: list[tuple[str, str]] = []
    if known is not None and url:
        parts = urlsplit(url)
        near = known.questioned(parts.hostname or "", words)
        suggestions = [
            (urlunsplit(parts._replace(netloc=each.host)), each.reason.replace("the entry", "the document"))
            for each in near
        ]
    return Address(" ".join(printed.split()), url, repairs, tuple(suggestions))


def joined_end(text: str, start: int, place: int) -> int:
    """The end of the address that begins at ``start`` and is read up to ``place``."""
    piece = _PIECE.match(text, place)
    end = piece.end() if piece else place
    for _ in range(_MOST_PIECES):
        further = _continued(text, start, end)
        if further == end:
            break
        end = further
    return _trimmed(text, start, end)


def _continued(text: str, start: int, end: int) -> int:
    """The end of the address with the next piece if that belongs to it, else the same end."""
    gap = _GAP.match(text, end)
    if gap is None or gap.end() >= len(text) or end - start > 2000:
        return end
    token = _TOKEN.match(text, gap.end())
    if token is None:
        return end
    so_far, following = text[start:end], token[0]
    return token.end() if _belongs(so_far, following, broken="\n" in gap[0]) else end


def _belongs(so_far: str, following: str, *, broken: bool) -> bool:
    last = so_far[-1]
    if re.match(r"h?ttps?:|www\.", following, re.IGNORECASE):
        return bool(re.search(r"://\Z|[=/]\Z", so_far)) and so_far.count("/") < 3
    if last in ",;)]}>'\u2019":
        return False
    if so_far.endswith("://"):
        return True
    if last == ".":
        # "1009. Full.html", "www.example. org/page"
        return bool(_FILE.match(following)) or (
            bool(_HOST_SO_FAR.match(so_far)) and bool(_HOST_REST.match(following)) and so_far.lower() != "www."
        )
    if _GOES_ON.match(following) and not re.match(r"-\s|--|\.\.", following):
        return True
    if last in _OPEN:
        if last == "/":
            return bool(_FILE.match(following)) or (broken and bool(_LIKE_A_PATH.match(following)))
        return broken or bool(_LIKE_A_PATH.match(following))
    return False


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without the punctuation of the sentence."""
    extra = {
        close: text.count(close, start, end) - text.count(opening, start, end) for close, opening in _CLOSERS.items()
    }
    while end > start:
        last = text[end - 1]
        if extra.get(last, 0) > 0:
            extra[last] -= 1
        elif last not in _SENTENCE_END and not last.isspace():
            break
        end -= 1
    return end
