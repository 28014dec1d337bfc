"""One reference of a reference list, in any of the usual styles, as a CSL-JSON item: by rules, without guessing.

The styles differ in order and punctuation, but agree on this: people first; a year behind them or at the end; a title
in quotation marks or ended by a full stop; a periodical before its volume, issue and pages, or a book behind "In", or a
publisher. So the reading goes inwards from both ends: label, addresses and dates of access are taken off
(``tail``), people are read from the front (``people``), the locator from the back (``locator``), and what is left
in the middle is title and container. What cannot be told apart is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ppreflist.extract.locator import MONTH, YEAR, Locator, date_parts, locators
from ppreflist.extract.people import ORGANISATION, People, people_at
from ppreflist.extract.tail import Trimmed, trimmed
from ppreflist.formats.cslclean import Item

LONGEST: Final = 4000
"""Characters of one reference; collaborations with hundreds of authors stay below it."""

_YEAR_NEXT: Final = re.compile(
    rf"[\s.,]{{0,3}}(?:[(\[](?P<inside>(?:c(?:a|irca)?\.? ?)?{YEAR}[a-z]?(?:,? ?(?:{MONTH})?[\w\s\u2013,.-]{{0,20}})?|"
    rf"n\.? ?d\.?|in press|forthcoming)[)\]]|(?P<bare>{YEAR})[a-z]?(?=[.,;:] ?|\s[\u201c\u2018\"]))[.,:;]?\s{{0,2}}",
    re.IGNORECASE,
)
_NEXT_SENTENCE: Final = re.compile(r"[.?!] (?=[^\W\d_a-z])")
_LONGEST_DATE: Final = 60
_ORIGINAL_YEAR: Final = re.compile(rf"\A[\s.]{{0,3}}[(\[]{YEAR}[)\]](?= {YEAR})")
_SENTENCE_END: Final = re.compile(
    r"(?:(?<!\.)\.(?!\.)[\u201d\u2019\"')\]]?|[?!][\u201d\u2019\"')\]]?\.?|\.{3}|\u2026)(?=\s+[^a-z\s]|\s*\Z)"
)
_ABBREVIATED: Final = re.compile(
    r"(?:\b[^\W\d_a-z]|\b(?:vs|St|Dr|Mr|Mrs|No|no|vol|Vol|pp|p|Jr|Sr|cf|etc|al|approx|ca|spp|sp|var|subsp|Mt|Ft"
    r"|i\.e|e\.g))\.\Z"
)
_IN: Final = re.compile(r"(?P<before>[.?!,;\u201d\u2019\"'])\s+(?:[Ii]n\s?:|[Ii]n)\s+(?=[^\W\d_a-z(\u201c\"]|\d)")
_EDITION: Final = re.compile(
    r"[\s,.(]{1,3}(?P<value>\d{1,2}(?:st|nd|rd|th)?|[Ff]irst|[Ss]econd|[Tt]hird"
    r"|[Rr]ev(?:ised)?)\.? ?(?:rev\. )?(?:edn?|edition|Aufl(?:age)?)\b\.?\)?"
)
_EDITED_BY: Final = re.compile(r"[,.;]?\s\(?(?:[Ee]dited by|[Ee]ds?\.(?: by)?|[Hh]rsg\. von)\s")
_GENRE: Final = re.compile(
    r"[\[(](?P<genre>[^\[\]()]{0,60}(?:dissertation|thesis|Dissertation|Thesis|Report|report|preprint|Preprint"
    r"|Working paper)"
    r"[^\[\]()]{0,40})[\])]|\b(?P<bare>(?:Ph\.?D\.?|[Dd]octoral|[Mm]aster(?:[\u2019']s)?|M\.?Sc\.?|M\.?A\.?) "
    r"(?:dissertation|thesis|diss\.))"
)
_NO_JOURNAL: Final = re.compile(r"[;:]|\b(?:[Rr]eport|[Pp]aper|[Nn]o\.|edn?\.|[Vv]ol)\b")
_VOLUME_WORD: Final = re.compile(r"[Vv]ol")
_ASIDE: Final = re.compile(
    r"\s\((?P<inside>[^()]{0,300}(?:\b[Ee]ds?\.|\b[Tt]rans\.|\bpp?\.|\b[Vv]ols?\.|\d\w{0,2} edn?\."
    r"|\bNo\.)[^()]{0,100})\)"
)
_LAST_NUMBER: Final = re.compile(
    r"(?<=[^\W\d_]),? (?P<volume>(?:[A-Z]{1,6}-)?\d{1,3}[A-Z]?)(?: \((?P<issue>\d{1,3})\))?\.?\Z"
)
_PUBLISHED: Final = re.compile(
    rf"(?P<place>(?:\b[SMF]t\. )?[^.:;()]{{2,60}})\s?:\s(?P<publisher>[^.:;()]{{2,100}}?)\s?[,;.]?\s?"
    rf"(?:{YEAR}[a-z]?)?\Z"
)
_CONFERENCE: Final = re.compile(
    r"\b(?:Proc(?:eedings|\.)|Conf(?:erence|\.)|Symposium|Workshop|Congress|Advances in Neural)\b"
)
_TRAILING_DATE: Final = re.compile(
    rf"[\s,.;(]{{1,4}}(?:\d{{1,2}} )?(?:(?:{MONTH})\.? ?(?:\d{{1,2}},? ?)?)?{YEAR}[a-z]?[)\].]?\Z"
)
_YEAR: Final = re.compile(rf"(?<![\d/.-]){YEAR}(?![\d-]|\.\d)")
_EDGE: Final = " .,;:\u2013-"
_IN_CAPITALS: Final = re.compile(r"[^\W\d_a-z]{3,30}(?=\. )")
_QUOTES: Final = {"\u201c": "\u201d", "\u2018": "\u2019", '"': '"', "\u00ab": "\u00bb", "\u201e": "\u201c", "'": "'"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as it was read. ``label`` is its number in the list.

    ``evidence`` counts what speaks for its being one: people, a year, a locator, a title in quotation marks,
    a publisher with its place. Running text has 0 to 2, a reference 3 or more.
    """

    item: Item
    label: str
    evidence: int


@dataclass
class _Parts:
    """What is known so far while a reference is read."""

    trimmed: Trimmed
    item: Item = field(default_factory=dict)
    evidence: int = 0
    people: People | None = None


def parse(text: str) -> Reference:
    """Read one reference: any text in one line, with marks for its addresses (see ``Passage``). Linear in the text."""
    parts = _Parts(trimmed(text[:LONGEST]))
    rest = _front(parts, parts.trimmed.text)
    quoted = _quoted_title(rest)
    if quoted is not None:
        parts.item["title"] = quoted[0]
        parts.evidence += 1
        _container(parts, rest[quoted[1] :], quoted=True)
    else:
        _unquoted(parts, rest)
    _finish(parts)
    return Reference(parts.item, parts.trimmed.label, parts.evidence)


# From the front -------------------------------------------------------------------------------------------------------


def _front(parts: _Parts, text: str) -> str:
    """Take people and year off the front; what is left."""
    people = people_at(text)
    if people is not None and (people.sure or people.grammar != "natural"):
        parts.people = people
        names: list[dict[str, str]] = list(people.names)
        parts.item["editor" if people.role else "author"] = [*names, {"literal": "others"}] if people.others else names
        parts.evidence += 2 if people.sure else 1
        text = text[people.end :]
    else:
        text = _organisation(parts, text)
    text = _ORIGINAL_YEAR.sub("", text, count=1)
    dated = _YEAR_NEXT.match(text)
    if dated is not None:
        date = date_parts(dated["inside"] or dated["bare"])
        if date:
            about = (dated["inside"] or "")[:1].lower() == "c"
            parts.item["issued"] = {"date-parts": [list(date)], **({"circa": True} if about else {})}
            parts.evidence += 1
        return text[dated.end() :]
    return text.lstrip(" .,:;")


def _organisation(parts: _Parts, text: str) -> str:
    """Take an organisation's name off the front: what stands before the year or the quotation, or is called one."""
    capitals = _IN_CAPITALS.match(text)
    if capitals is not None:
        parts.item["author"] = [{"literal": capitals[0]}]
        return text[capitals.end() :]
    dated = re.compile(
        rf"[^.(\[\u201c\u2018\"]{{2,120}}?(?=[.,]? ?[(\[](?:c(?:a|irca)?\.? ?)?{YEAR}|\. {YEAR}[.,a-z]"
        r"|, [\u201c\u2018\"]|\. [\u201c\"])"
    ).match(text)
    if dated is None:
        sentence = re.compile(r"[^.,:(\u201c\u2018\"]{3,100}(?=[.:,] )").match(text)
        if sentence is None or len(sentence[0].split()) > 10 or not _is_organisation(text, sentence[0]):
            return text
        dated = sentence
    name = dated[0].strip(" ,.")
    if not name[:1].isupper() or len(name.split()) > 14:
        return text
    parts.item["author"] = [{"literal": name}]
    parts.evidence += 1
    return text[dated.end() :]


def _is_organisation(text: str, name: str) -> bool:
    """Whether the first sentence is called an organisation, or is in capitals with title and periodical behind it."""
    if ORGANISATION.search(name):
        return True
    words = [word for word in name.split() if len(word) > 3]
    if len(words) < 2 or not all(word[0].isupper() for word in words):
        return False
    locator = _best_locator(text)
    return locator is not None and locator.firm and len(_NEXT_SENTENCE.findall(text, len(name), locator.start)) > 1


def _quoted_title(text: str) -> tuple[str, int] | None:
    """The title in quotation marks at the beginning, and where what follows it begins."""
    opening = text[:1]
    closing = _QUOTES.get(opening)
    if closing is None:
        return None
    depth, place = 1, 1
    ends: list[int] = []
    for place in range(1, min(len(text), 800)):
        character = text[place]
        if character == opening and opening != closing:
            depth += 1
        elif character == closing:
            behind = text[place + 1 : place + 2]
            if (
                opening in "'\u2018"
                and behind
                and (behind.isalnum() or text[place + 1 : place + 3].strip(" ").islower())
            ):
                continue
            depth -= 1
            ends.append(place)
            if depth <= 0 and (not behind or behind in " .,;:)"):
                break
    if not ends:
        return None
    end = ends[-1]
    title, behind = text[1:end].strip(), text[end + 1 :]
    # “Untitled” and other stories: the quotation is only a part of the title.
    ended = (
        title[-1:] in ",.?!" or behind[:1] in ",.;" or not behind.strip() or re.match(r"\s+[^a-z\s]|\s+in\s", behind)
    )
    if not ended or len(title) < 2:
        return None
    return title.rstrip(" ,.") if not title.endswith("...") else title, end + 1


# The middle -----------------------------------------------------------------------------------------------------------


def _unquoted(parts: _Parts, text: str) -> None:
    """A title that ends with a full stop, and what follows it."""
    within = _IN.search(text)
    if within is not None and len(text[: within.start()].split()) >= 2 and not _before_journal(text, within.start()):
        title = text[: within.end("before")].strip(" ,;")
        parts.item["title"] = title.rstrip(" .,")
        _inside(parts, text[within.end() :])
        return
    locator = _best_locator(text)
    if locator is not None and locator.volume and (locator.firm or not _VOLUME_WORD.match(text, locator.start)):
        body = text[: locator.start].rstrip(" ,;(:")
        title, container = _split(body)
        if title:
            parts.item["title"] = title
        container = _undated(container).strip(_EDGE)
        if container:
            parts.item["container-title"] = container
        _locate(parts, locator, text[locator.end :])
        return
    end = _first_sentence(text)
    title, behind = text[:end], text[end:]
    numbered = _LAST_NUMBER.search(behind) if locator is None else None
    if numbered is not None and len(behind.split()) < 14 and not _NO_JOURNAL.search(behind):
        parts.item["title"] = _ended(title)
        parts.item["container-title"] = behind[: numbered.start()].strip(_EDGE)
        _numbered(parts, numbered)
        return
    title = _aside(parts, title)
    title = _edition(parts, title)
    title = _genre(parts, title)
    if not _YEAR.sub("", title).strip(_EDGE):
        return
    undated = _undated(title) if not behind.strip(_EDGE) and "issued" not in parts.item else title
    if undated != title:
        parts.item["issued"] = {"date-parts": [list(date_parts(title[len(undated) :]))]}
        parts.evidence += 1
    parts.item["title"] = undated.strip(_EDGE)
    if locator is not None and locator.pages:
        parts.item["page"] = locator.pages
        behind = text[end : max(end, locator.start)] + text[max(end, locator.end) :]
    _publication(parts, behind)


def _before_journal(text: str, place: int) -> bool:
    """Whether a volume with its pages stands before a place: then the title is over, and "In" begins a note."""
    locator = next(locators(text, 0, place), None)
    return locator is not None and locator.firm


def _best_locator(text: str) -> Locator | None:
    """The last firm locator, else the last one."""
    found = list(locators(text))
    firm = [each for each in found if each.firm]
    return (firm or found)[-1] if found else None


def _split(body: str) -> tuple[str, str]:
    """Title and periodical: the periodical is the last sentence, with the abbreviated words before it."""
    body = body.strip(" ,;:")
    ends = [match.end() for match in _SENTENCE_END.finditer(body) if match.end() < len(body)]
    ends = [end for end in ends if body[end:].strip(_EDGE)]
    if not ends:
        head, comma, last = body.rpartition(", ")
        if comma and len(head.split()) > 2 and last[:1].isupper():
            return head.strip(_EDGE), last.strip(_EDGE)
        return ("", body.strip(_EDGE)) if len(body.split()) <= 4 and "." in body else (body.strip(_EDGE), "")
    place = len(ends) - 1
    while place > 0 and _is_abbreviated(body[ends[place - 1] : ends[place]]):
        place -= 1
    head, last = body[: ends[place]], body[ends[place] :]
    if place == 0 and _is_abbreviated(head) and len(ends) > 1:
        return "", body.strip(_EDGE)
    title, comma, rest = head.rpartition(", ")
    if comma and _is_abbreviated(rest) and len(title.split()) > 2:
        return title.strip(_EDGE), f"{rest} {last.strip()}".strip(_EDGE)
    return _ended(head), last.strip(_EDGE)


def _is_abbreviated(segment: str) -> bool:
    """Whether a piece up to a full stop is of an abbreviated name: ``Eur.``, ``Natl.``, ``IEEE Trans.``"""
    words = segment.split()
    if not segment.rstrip().endswith(".") or not 1 <= len(words) <= 2:
        return False
    return all(word[:1].isupper() or word == "&" for word in words) and len(words[-1]) <= 10


def _ended(title: str) -> str:
    title = title.strip()
    if title.endswith(("...", "\u2026")):
        return title
    return title.rstrip(" .,;:")


def _first_sentence(text: str) -> int:
    """Where the first sentence ends; an initial or an abbreviation does not end one."""
    for match in _SENTENCE_END.finditer(text):
        if match[0].startswith(".") and _ABBREVIATED.search(text, max(0, match.start() - 12), match.start() + 1):
            continue
        if match[0][0] in "?!" and _SENTENCE_END.search(text, match.end(), len(text.rstrip()) - 1):
            continue
        return match.end()
    return len(text)


def _container(parts: _Parts, text: str, *, quoted: bool) -> None:
    """What follows a title in quotation marks: a periodical, a book behind "in", a site, a publisher."""
    bare = text.lstrip(" ,.;:")
    within = re.match(r"(?:in|In)\b:?\s+(?=\S)", bare)
    if within is not None:
        _inside(parts, bare[within.end() :])
        return
    bare = _genre(parts, bare)
    locator = _best_locator(bare)
    if locator is not None and locator.volume:
        container = _undated(bare[: locator.start].rstrip(" ,;(:")).strip(_EDGE)
        if container:
            parts.item["container-title"] = container
        _locate(parts, locator, bare[locator.end :])
        return
    if locator is not None and locator.pages:
        parts.item["page"] = locator.pages
        bare = bare[: locator.start].rstrip(" ,(") + bare[locator.end :]
    undated = _undated(bare.rstrip(" ."))
    if undated != bare.rstrip(" .") and "issued" not in parts.item:
        parts.item["issued"] = {"date-parts": [list(date_parts(bare[len(undated) :]))]}
        parts.evidence += 1
    undated = undated.strip(_EDGE)
    numbered = _LAST_NUMBER.search(undated) if locator is None else None
    if numbered is not None:
        _numbered(parts, numbered)
        undated = undated[: numbered.start()]
    if undated and len(undated.split()) <= 14 and not _YEAR.fullmatch(undated):
        parts.item["container-title"] = undated


def _inside(parts: _Parts, text: str) -> None:
    """What stands behind "In": editors, a book, its pages and its publisher."""
    people = people_at(text)
    if people is not None and (people.role or re.match(r",? ?\(?[Ee]ds?", text[people.end :])):
        _editors(parts, people)
        text = text[people.end :].lstrip(" .,:;)")
    locator = next((each for each in reversed(list(locators(text))) if each.pages), None)
    if locator is not None:
        parts.item["page"] = locator.pages
        if locator.volume:
            parts.item["volume"] = locator.volume
        parts.evidence += 1
    by = _EDITED_BY.search(text)
    end = len(text)
    if by is not None:
        editors = people_at(text, by.end())
        if editors is not None:
            _editors(parts, editors)
            text = text[: by.start()] + ". " + text[editors.end :].lstrip(" ).,;")
    named = re.search(r",\s(?=[^\W\d_a-z]\.[\s-])", text)
    if named is not None:
        editors = people_at(text, named.end())
        if editors is not None and editors.role:
            _editors(parts, editors)
            text = text[: named.start()] + ". " + text[editors.end :].lstrip(" ).,;")
    end = _first_sentence(text)
    stop = re.search(r"\s\((?:pp?\.|[Vv]ol\.|eds?\.|\d{1,2}\w{0,2} ed)|,\s(?:vol\.|pp?\.)", text[:end])
    book = text[: stop.start()] if stop is not None else text[:end]
    book = _edition(parts, book).strip(_EDGE)
    if book:
        parts.item["container-title"] = book
    behind = text[stop.start() if stop is not None else end :]
    again = _best_locator(behind)
    if again is not None:
        behind = behind[: again.start].rstrip(" (,") + behind[again.end :]
    parts.item.setdefault("type", "paper-conference" if _CONFERENCE.search(book) else "chapter")
    _publication(parts, behind)


def _undated(text: str) -> str:
    """The text without a date at its end."""
    found = _TRAILING_DATE.search(text, max(0, len(text) - _LONGEST_DATE))
    return text if found is None else text[: found.start()]


def _editors(parts: _Parts, people: People) -> None:
    names: list[dict[str, str]] = list(people.names)
    parts.item["editor"] = [*names, {"literal": "others"}] if people.others else names


def _aside(parts: _Parts, title: str) -> str:
    """Take editors, pages and edition in parentheses off a title (APA: ``Title (A. Ed & B. Ed, Eds.; pp. 1-20)``)."""
    found = _ASIDE.search(title)
    if found is None:
        return title
    inside = found["inside"]
    pages = next((each.pages for each in locators(inside) if each.pages), "")
    if pages:
        parts.item["page"] = pages
    people = people_at(inside)
    if people is not None and people.role:
        _editors(parts, people)
    _edition(parts, f" {inside}")
    parts.evidence += 1
    return title[: found.start()] + title[found.end() :]


def _numbered(parts: _Parts, found: re.Match[str]) -> None:
    """A volume without anything behind it, at the end of the reference."""
    parts.item["volume"] = found["volume"]
    if found["issue"]:
        parts.item["issue"] = found["issue"]
    parts.item.setdefault("type", "article-journal")


# Details --------------------------------------------------------------------------------------------------------------


def _locate(parts: _Parts, locator: Locator, behind: str) -> None:
    item = parts.item
    for name, value in (
        ("volume", locator.volume), ("issue", locator.issue), ("page", locator.pages), ("number", locator.number),
    ):  # fmt: skip
        if value:
            item[name] = value
    if locator.date and "issued" not in item:
        item["issued"] = {"date-parts": [list(locator.date)]}
        parts.evidence += 1
    if "page" not in item and "number" not in item:
        pages = next((each.pages for each in locators(behind) if each.pages), "")
        if pages:
            item["page"] = pages
    parts.evidence += 2 if locator.firm or "issued" in item else 1
    item.setdefault("type", "article-journal")
    if _CONFERENCE.search(str(item.get("container-title", ""))):
        item["type"] = "paper-conference"


def _edition(parts: _Parts, text: str) -> str:
    found = _EDITION.search(text)
    if found is None:
        return text
    parts.item["edition"] = found["value"].rstrip("stndrh.") if found["value"][0].isdigit() else found["value"]
    parts.evidence += 1
    return text[: found.start()] + text[found.end() :]


def _genre(parts: _Parts, text: str) -> str:
    found = _GENRE.search(text)
    if found is None:
        return text
    genre = (found["genre"] or found["bare"]).strip()
    lower = genre.lower()
    parts.item["type"] = "thesis" if "thesis" in lower or "diss" in lower else "report"
    genre, comma, school = genre.partition(", ")
    if comma:
        parts.item["publisher"] = school
    parts.item["genre"] = genre
    parts.evidence += 1
    return text[: found.start()] + text[found.end() :]


def _publication(parts: _Parts, text: str) -> None:
    """Edition, genre, place, publisher and year behind a title."""
    text = _genre(parts, _edition(parts, text)).strip(_EDGE + "()")
    if not text:
        return
    if "issued" not in parts.item:
        years = list(_YEAR.finditer(text))
        if years:
            date = date_parts(text[max(0, years[-1].start() - 14) :]) or (int(years[-1][0]),)
            parts.item["issued"] = {"date-parts": [list(date)]}
            parts.evidence += 1
    pieces = [piece.strip(_EDGE + "()") for piece in re.split(r"(?<!\b[SMF]t)\.\s+", text) if piece.strip(_EDGE + "()")]
    for piece in pieces:
        published = _PUBLISHED.search(piece)
        if published is not None and published["publisher"].strip():
            parts.item.setdefault("publisher", published["publisher"].strip(_EDGE))
            parts.item.setdefault("publisher-place", published["place"].strip(_EDGE))
            parts.evidence += 1
            return
    for piece in pieces:
        bare = _undated(piece).strip(_EDGE + "()")
        bare = bare if not _YEAR.fullmatch(bare) else ""
        if bare and len(bare.split()) <= 10 and bare[:1].isupper():
            name, comma, place = bare.partition(", ")
            parts.item.setdefault("publisher", name.strip(_EDGE))
            if comma and len(place.split()) <= 3:
                parts.item.setdefault("publisher-place", place.strip(_EDGE))
            return


def _finish(parts: _Parts) -> None:
    item, text = parts.item, parts.trimmed.text
    if "issued" not in item:
        years = [match[0] for match in _YEAR.finditer(text) if match[0] not in str(item.get("title", ""))]
        if years:
            item["issued"] = {"date-parts": [[int(years[-1])]]}
            parts.evidence += 1
    if parts.trimmed.accessed:
        item["accessed"] = {"date-parts": [list(parts.trimmed.accessed)]}
    if "type" not in item:
        if "container-title" in item:
            item["type"] = "article-journal" if "volume" in item or "page" in item else "webpage"
        elif "publisher" in item or "edition" in item:
            item["type"] = "report" if re.search(r"\b(?:[Rr]eport|TR-\d)", text) else "book"
        else:
            item["type"] = "webpage" if parts.trimmed.online else "document"
