"""PubMed's format (MEDLINE display format, saved as ``.nbib``).

Source: National Library of Medicine, 'MEDLINE/PubMed Data Element (Field) Descriptions'
(https://www.nlm.nih.gov/bsd/mms/medlineelements.html): tags of up to four letters, a hyphen in the fifth column, a
space; longer text goes on in lines that begin with six spaces; records begin with ``PMID``, blank lines between.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from ppreflist.formats.csljson import csl_date
from ppreflist.formats.imported import Reading, Unread
from ppreflist.formats.lines import joined, numbered
from ppreflist.formats.loosedate import loose_date
from ppreflist.formats.names import csl_name_of
from ppreflist.formats.plain import plain
from ppreflist.model.pages import parse_pages

Tags = list[tuple[str, str]]

_LINE: Final = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*))?\Z", re.DOTALL)
_WIDTH: Final = 87
TYPES: Final[dict[str, str]] = {
    "article": "Preprint",
    "article-journal": "Journal Article",
    "article-newspaper": "Newspaper Article",
    "book": "Book",
    "chapter": "Book Chapter",
    "dataset": "Dataset",
    "interview": "Interview",
    "legal_case": "Legal Case",
    "legislation": "Legislation",
    "motion_picture": "Video-Audio Media",
    "report": "Technical Report",
    "review-book": "Book Review",
    "speech": "Lecture",
    "thesis": "Academic Dissertation",
    "webpage": "Webcast",
}
"""CSL type -> ``PT`` (publication types of the Medical Subject Headings)."""
_CSL_TYPES: Final = {tag: kind for kind, tag in TYPES.items()}
_BOOKS: Final = frozenset({"book", "chapter"})
_TEXTS: Final = (
    ("volume", "VI"),
    ("issue", "IP"),
    ("container-title-short", "TA"),
    ("edition", "EN"),
    ("chapter-number", "CP"),
    ("collection-title", "CTI"),
    ("volume-title", "VTI"),
    ("original-title", "TT"),
    ("publisher", "PB"),
    ("abstract", "AB"),
    ("note", "GN"),
    ("PMID", "PMID"),
    ("PMCID", "PMC"),
)
_OF_NO_USE: Final = """
    OWN STAT DA DCOM LR JID SB EDAT MHDA CRDT PHST PST SO DEP RN NM GS CI PMCR CTDT DRDT CDAT OID RF LA PT OAB OABL
    IS LID AID PL MID OTO UOF UIN DDIN RIN
"""
"""Tags that say what the database did, or what another tag says as well."""
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LANGUAGES: Final = {
    "ara": "ar", "chi": "zh-CN", "cze": "cs", "dan": "da", "dut": "nl", "eng": "en", "est": "et", "fin": "fi",
    "fre": "fr", "ger": "de", "gre": "el", "heb": "he", "hun": "hu", "ice": "is", "ita": "it", "jpn": "ja", "kor": "ko",
    "lav": "lv", "lit": "lt", "nor": "nb", "per": "fa", "pol": "pl", "por": "pt-PT", "rum": "ro", "rus": "ru",
    "slo": "sk", "slv": "sl", "spa": "es", "srp": "sr", "swe": "sv", "tha": "th", "tur": "tr", "ukr": "uk", "vie": "vi",
}  # fmt: skip
"""``LA`` (ISO 639-2) -> the language tag of CSL."""
_ISSN_KINDS: Final = ("(print)", "(electronic)", "(linking)")
_SUFFIX: Final = re.compile(r"(.*\S) (Jr\.?|Sr\.?|2nd|3rd|4th|II|III|IV)\Z")
_INITIAL: Final = re.compile(r"\b([^\W\d_])(?=\s|\Z)")
_DOI_MARK: Final = re.compile(r"\s*\[doi\]\Z", re.IGNORECASE)
_PII: Final = re.compile(r"([eE]?\d{1,8}) \[pii\]\Z")


def read(text: str) -> Reading:
    """The records of a file in PubMed's format."""
    reading = Reading()
    for line, tags in _records(text, reading):
        item, left_out = _item(tags)
        reading.take(item, line, "", left_out)
    return reading


def _records(text: str, reading: Reading) -> Iterator[tuple[int, Tags]]:
    """The tags of each record, with the number of its first line; text that belongs to no record is unread."""
    tags: list[tuple[str, list[str]]] = []
    start = 0
    ended = True
    stray = False
    for number, line in numbered(text):
        match = _LINE.match(line)
        if not line.strip():
            ended = True
        elif match is not None and (match[1] == "PMID" or (ended and not tags)):
            if tags:
                yield start, joined(tags)
            tags, start, ended = [(match[1], [(match[2] or "").strip()])], number, False
        elif match is not None:
            # A blank line in front of any other tag is a slip of the program that wrote it.
            if ended and match[1] in ("OWN", "STAT") and tags[0][0] != "PMID":
                yield start, joined(tags)
                tags, start = [], number
            tags.append((match[1], [(match[2] or "").strip()]))
            ended = False
        elif tags and not ended:
            tags[-1][1].append(line.strip())
        elif not stray and tags:
            stray = True
            reading.unread.append(
                Unread(number, "this text belongs to no record", "A record begins with a line 'PMID- '.")
            )
    if tags:
        yield start, joined(tags)


def _item(tags: Sequence[tuple[str, str]]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The item that the tags say, and the tags that no variable holds."""
    found: dict[str, list[str]] = {}
    for tag, text in tags:
        if text:
            found.setdefault(tag, []).append(text)

    def first(tag: str) -> str:
        return found.pop(tag, [""])[0]

    made: dict[str, Any] = {"type": _type(found)}
    book = _unstopped(first("BTI"))
    title = _unstopped(first("TI"))
    if made["type"] in _BOOKS:
        made["title"] = title or book
        made["container-title"] = book if title else ""
        made["publisher-place"] = first("PL")
        found.pop("JT", None)
    else:
        made["title"], made["container-title"] = title or book, first("JT")
    for variable, tag in _TEXTS:
        made[variable] = first(tag)
    made["original-title"] = _unstopped(made["original-title"])
    if not made["container-title"]:
        made["container-title"], made["container-title-short"] = made["container-title-short"], ""
    made["author"], made["editor"] = _people(tags, "FAU", "AU", "CN"), _people(tags, "FED", "ED", "")
    for tag in ("FAU", "AU", "CN", "FED", "ED"):
        found.pop(tag, None)
    date = first("DP")
    parsed = loose_date(date)
    made["issued"] = csl_date(parsed) if parsed is not None else {"literal": date} if date else {}
    made["page"] = ", ".join(str(each.expanded) for each in parse_pages(first("PG")))
    made["ISSN"] = _issn(found.get("IS", ()))
    made["ISBN"] = first("ISBN").split(" (")[0]
    places = [*found.get("LID", ()), *found.get("AID", ())]
    made["DOI"] = next((_DOI_MARK.sub("", each) for each in places if _DOI_MARK.search(each)), "")
    if not made["page"]:
        made["number"] = next((match[1] for each in places if (match := _PII.match(each))), "")
    made["language"] = next((_LANGUAGES[each] for each in found.get("LA", ()) if each in _LANGUAGES), "")
    made["keyword"] = ", ".join(_keywords([*found.pop("OT", ()), *found.pop("MH", ())]))
    left_out = tuple(tag for tag in found if tag not in _OF_NO_USE.split())
    return {variable: value for variable, value in made.items() if value}, left_out


def _type(found: Mapping[str, Sequence[str]]) -> str:
    kinds = [_CSL_TYPES[each] for each in found.get("PT", ()) if each in _CSL_TYPES]
    # "Journal Article" stands beside "Preprint", "Interview" or "Lecture", which say more.
    for kind in kinds:
        if kind != "article-journal":
            return kind
    if not kinds and "BTI" in found:
        return "chapter" if "TI" in found else "book"
    return "article-journal"


def _people(tags: Iterable[tuple[str, str]], full: str, short: str, corporate: str) -> list[dict[str, str]]:
    """Persons by their full names where the record has any, and corporate authors, in the record's order."""
    tags = list(tags)
    chosen = full if any(tag == full for tag, _ in tags) else short
    people = []
    for tag, text in tags:
        if tag == corporate and text:
            people.append({"literal": _unstopped(text)})
        elif tag == chosen and text:
            people.append(_person(text))
    return [each for each in people if each]


def _person(text: str) -> dict[str, str]:
    name = csl_name_of(text)
    given = name.get("given", "")
    match = _SUFFIX.match(given) if "suffix" not in name else None
    if match is not None:
        name |= {"given": match[1], "suffix": match[2]}
    if given:
        name["given"] = _INITIAL.sub(r"\1.", name["given"])
    return name


def _unstopped(title: str) -> str:
    """A title without the full stop that PubMed puts behind every title."""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _issn(values: Iterable[str]) -> str:
    """One ISSN of those that a journal has: the printed one, else the electronic one."""
    ranked = sorted(
        values,
        key=lambda each: next((n for n, kind in enumerate(_ISSN_KINDS) if kind in each.lower()), len(_ISSN_KINDS)),
    )
    return ranked[0].split(" (")[0] if ranked else ""


def _keywords(terms: Iterable[str]) -> list[str]:
    """Author's keywords and subject headings, without the qualifiers and the star of a main heading."""
    words = (term.split("/")[0].strip("* .").replace(", ", " ").replace(",", " ") for term in terms)
    return list(dict.fromkeys(word for word in words if word))


def records(items: Iterable[Mapping[str, Any]]) -> str:
    """The file of CSL-JSON items (``csljson.item``), a blank line between records."""
    return "\n".join(record(each) for each in items)


def record(data: Mapping[str, Any]) -> str:
    """One record, from ``PMID`` (empty when there is none) to its last tag."""
    kind = str(data.get("type", ""))
    book = kind in _BOOKS
    title, container = plain(data.get("title")), plain(data.get("container-title"))
    tags: Tags = [("PMID", plain(data.get("PMID")))]
    texts = {tag: plain(data.get(variable)) for variable, tag in _TEXTS}
    tags += [("IS", plain(data.get("ISSN"))), ("VI", texts["VI"]), ("IP", texts["IP"]), ("DP", _written_date(data))]
    tags += [("TI", _stopped("" if kind == "book" else title)), ("TT", _stopped(texts["TT"]))]
    tags += [("BTI", _stopped(title if kind == "book" else container))] if book else []
    tags += [(tag, texts[tag]) for tag in ("CTI", "VTI", "EN", "CP", "PB")]
    tags += [("PL", plain(data.get("publisher-place")))] if book else []
    tags += [("ISBN", plain(data.get("ISBN"))), ("PG", plain(data.get("page")).replace("–", "-"))]
    doi, number = plain(data.get("DOI")), plain(data.get("number"))
    tags += [("LID", f"{number} [pii]" if number else ""), ("LID", f"{doi} [doi]" if doi else "")]
    tags += [("AB", texts["AB"])]
    for variable, full, short in (("author", "FAU", "AU"), ("editor", "FED", "ED")):
        for each in data.get(variable, ()):
            tags += _name_tags(each, full, short)
    language = str(data.get("language", "")).partition("-")[0]
    tags.append(("LA", next((code for code, tag in _LANGUAGES.items() if tag.partition("-")[0] == language), "")))
    tags.append(("PT", TYPES.get(kind, "")))
    tags += [("TA", texts["TA"]), ("JT", "" if book else container)]
    tags += [("OT", each.strip()) for each in plain(data.get("keyword")).split(",")]
    tags += [("GN", texts["GN"]), ("PMC", texts["PMC"]), ("AID", f"{doi} [doi]" if doi else "")]
    return "".join(_written(tag, text) for tag, text in tags if text or tag == "PMID")


def _written(tag: str, text: str) -> str:
    head = f"{tag:<4}- "
    if len(text) + len(head) <= _WIDTH:
        return f"{head}{text}\n"
    lines = textwrap.wrap(
        text, _WIDTH, initial_indent=head, subsequent_indent=" " * 6, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines) + "\n"


def _stopped(title: str) -> str:
    return f"{title}." if title and title[-1] not in ".?!" else title


def _name_tags(name: Mapping[str, str], full: str, short: str) -> Tags:
    if "literal" in name or not name.get("given"):
        return [("CN", plain(name.get("literal") or name.get("family")))]
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    family = plain(" ".join(part for part in (*particles, name.get("family")) if part))
    given, suffix = plain(name.get("given")), plain(name.get("suffix"))
    initials = "".join(part[0].upper() for part in re.split(r"[\s.-]+", given) if part)
    ending = f" {suffix}" if suffix else ""
    return [(full, f"{family}, {given}{ending}"), (short, f"{family} {initials}{ending}")]


def _written_date(data: Mapping[str, Any]) -> str:
    """``1996 Jul 9``, or the words that stand for the date."""
    date = data.get("issued")
    if not isinstance(date, Mapping):
        return ""
    parts = date.get("date-parts")
    if not parts or not parts[0]:
        return plain(date.get("literal"))
    written = [_written_day(each) for each in parts]
    if len(written) == 2 and written[1] != "0":
        year, _, rest = written[1].partition(" ")
        return f"{written[0]}-{rest if rest and written[0].startswith(year + ' ') else written[1]}"
    seasons = {1: " Spring", 2: " Summer", 3: " Autumn", 4: " Winter"}
    return written[0] + (seasons.get(date.get("season", 0), "") if len(parts[0]) == 1 else "")


def _written_day(parts: Sequence[int]) -> str:
    words = [str(parts[0])]
    if len(parts) > 1 and 1 <= parts[1] <= 12:
        words.append(_MONTHS[parts[1] - 1])
        words += [str(day) for day in parts[2:3]]
    return " ".join(words)
