"""DOIs, asked of their registry; the notices on their works; and what a DOI that nobody registered was probably meant
to be."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote, unquote, urlencode

from ppreflist.errors import ServiceMalformed
from ppreflist.links.appearance import mark_in
from ppreflist.links.finding import Finding
from ppreflist.links.latex_urls import unescaped
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.notices import (
    FIELDS,
    Notice,
    NoticeKind,
    advice,
    fact,
    is_noted,
    means_the_notice,
    notice_of,
    remark,
    title_of,
    works_in,
)
from ppreflist.links.question import Context, Outcome, Question
from ppreflist.links.syntax import doi_in_address, examine
from ppreflist.links.verdict import REMARK, UNASKED_REMARK, Judgement, Verdict, judge
from ppreflist.model.identifier import DOI, Malformed, other_doi, parse_doi
from ppreflist.net.answer import Answer, json_object
from ppreflist.net.failure import Failure, FailureKind


def ask_doi(doi: DOI, context: Context) -> Generator[Question, Outcome, Judgement]:
    """Ask the registry, never the publisher (Handle.Net's proxy REST API: https://www.handle.net/proxy_servlet.html).

    When the API would not answer, the resolver itself tells a DOI that exists by its redirect.
    """
    base = context.doi_service.rstrip("/")
    name = _in_path(doi)
    outcome = yield Question(f"{base}/api/handles/{name}?type=URL", record=True)
    judgement = judge_record(outcome, doi)
    if judgement is not None:
        return judgement
    outcome = yield Question(f"{base}/{name}", record=True)
    if isinstance(outcome, Answer) and 300 <= outcome.status < 400:
        return Judgement(Verdict.OK, "The DOI is registered.", status=outcome.status)
    if isinstance(outcome, Answer) and outcome.status == 404:
        return _unregistered(doi, 404)
    judgement = judge(outcome)
    if judgement.verdict in (Verdict.TEMPORARY, Verdict.OFFLINE):
        return judgement
    return Judgement(
        Verdict.REFUSED, "The DOI registry would not answer: try again another day.", status=judgement.status
    )


def _in_path(doi: DOI) -> str:
    """A DOI as a part of an address: ``..`` in it must not lead to another one (RFC 3986, 5.2.4)."""
    slash = "" if {".", ".."} & set(doi.value.split("/")) else "/"
    return quote(doi.value, safe=f"{slash}:;()-._~")


_DELETED = ("crossref.org/deleted_doi", "crossref.org/_deleted", "link.springer.com/deleted")
"""Where publishers and Crossref let the DOIs lead that they took back: the registry says so, nobody else is asked."""


def judge_record(outcome: Outcome, doi: DOI) -> Judgement | None:
    """What the handle API's answer says of a DOI; None when it says nothing that can be relied on.

    ``responseCode``: 1 success, 2 error, 100 handle not found, 200 values not found (the handle exists).
    """
    if isinstance(outcome, Failure):
        return None if outcome.kind in (FailureKind.NOT_HTTP, FailureKind.TOO_LARGE) else judge(outcome)
    record = json_object(outcome.body)
    match record.get("responseCode"):
        case 1:
            values = record.get("values")
            places = [_place(value) for value in values] if isinstance(values, list) else []
            if any(deleted in place.lower() for place in places for deleted in _DELETED):
                detail = f"The DOI {doi.value} was withdrawn by its publisher."
                return Judgement(Verdict.GONE, detail, status=outcome.status)
            return Judgement(Verdict.OK, "The DOI is registered.", status=outcome.status)
        case 200:
            return Judgement(Verdict.OK, "The DOI is registered.", status=outcome.status)
        case 100:
            return _unregistered(doi, outcome.status)
    if outcome.status >= 500 or outcome.status == 429:
        said = f"The DOI registry has trouble (status {outcome.status})."
        known = not outcome.inferred
        return Judgement(Verdict.TEMPORARY, said, status=outcome.status, learnt=known, asked=known)
    return None


def _unregistered(doi: DOI, status: int) -> Judgement:
    detail = f"No DOI {doi.value} is registered: compare it with the article's first page."
    return Judgement(Verdict.NOT_FOUND, detail, status=status)


def _place(value: object) -> str:
    """The address in one value of a handle record: ``{"type": "URL", "data": {"format": "string", "value": ...}}``."""
    data = value.get("data") if isinstance(value, dict) else None
    place = data.get("value") if isinstance(data, dict) else None
    return place if isinstance(place, str) else ""


# Notices --------------------------------------------------------------------------------------------------------------


def with_notice(judgement: Judgement, doi: DOI, link: Link, context: Context) -> Judgement:
    """The judgement on a registered DOI in the light of what Crossref says of its work. What the title of the entry
    says itself is not repeated; what the entry says elsewhere is worth knowing only."""
    notice = context.notices.get(doi.key)
    if notice is None or judgement.verdict is not Verdict.OK:
        return judgement
    if not notice.is_grave:
        silent = notice.itself and means_the_notice(link.title)
        return judgement if silent else replace(judgement, detail=f"{REMARK} {remark(notice)}.")
    if mark_in(link.title):
        return judgement
    if is_noted(notice, link.noted):
        said = fact(notice)
        said = said if notice.kind is NoticeKind.MARKED else said[:1].lower() + said[1:]
        return replace(judgement, detail=f"{REMARK} {said}, as the entry says.")
    said = f"{fact(notice)}. {advice(notice)}"
    return replace(judgement, verdict=Verdict.NOTICE, detail=said, notice=said)


def with_doi_in_url(finding: Finding, context: Context) -> Finding:
    """A finding on the ``url`` of an entry, with what is to be said of a DOI in it: the notice on its work, or that
    ``doi`` names another one."""
    link = finding.link
    if "10." not in link.written:
        return finding
    if not link.doi and finding.verdict in _NOT_DEAD:
        doi = parse_doi(unescaped(link.written))
        said = with_notice(Judgement(Verdict.OK, ""), doi, link, context).notice if isinstance(doi, DOI) else ""
        if said and said not in finding.message:
            rest = "" if finding.verdict is Verdict.OK and not finding.says_more else f" {finding.message}"
            return replace(finding, verdict=Verdict.NOTICE, message=f"{said}{rest}")
    found = other_doi(link.doi, unescaped(link.written)) if link.field == "url" else None
    if found is None or all(each.value in finding.message for each in found):
        return finding
    said = f"it names the DOI {found[1].value}, and doi is {found[0].value}: one of the two belongs to another work."
    if finding.verdict is Verdict.OFFLINE:
        return replace(finding, message=f"{UNASKED_REMARK} {said}")
    if finding.verdict is Verdict.OK and not finding.says_more:
        return replace(finding, message=f"{REMARK} {said}")
    return replace(finding, message=f"{finding.message} Besides, {said}")


_LIKE_A_DOI = re.compile(r"\W{0,3}(?:doi\W{0,3})?(?:10|1[Oo]|[lI|][0Oo])\s?[.,\u00b7]\s?[\dOolI]{4}", re.IGNORECASE)


def doi_at(url: str) -> DOI | Malformed | None:
    """The DOI that an address of a DOI resolver names, or what is wrong with it; None for other addresses."""
    found = doi_in_address(url)
    if found is not None or not _RESOLVER.match(url):
        return found
    written = unquote(_RESOLVER.sub("", url, count=1))
    return parse_doi(written) if _LIKE_A_DOI.match(written) else None


_RESOLVER = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)


def is_address_of(url: str, doi: DOI) -> bool:
    """Whether a resolver's address names this DOI and nothing else but a query or a fragment.

    The resolver itself takes ``doi:`` before it (https://www.doi.org/doi-handbook/HTML/resolution.html).
    """
    named = _RESOLVER.sub("", url, count=1)
    read = {unquote(each).casefold().removeprefix("doi:") for each in (named, re.split(r"[?#]", named)[0])}
    return doi.prefix == "10" or doi.value.casefold() in read


def dois_of(links: Iterable[Link]) -> Iterator[DOI]:
    """The DOIs that links hold, in fields of their own or in addresses, as far as they can be read."""
    for link in links:
        found = _held(link)
        doi = found.right or found.doubtful if isinstance(found, Malformed) else found
        if isinstance(doi, DOI):
            yield doi


_NOT_DEAD = frozenset({Verdict.OK, Verdict.MOVED, Verdict.REFUSED, Verdict.LOGIN})


def _held(link: Link) -> DOI | Malformed | None:
    if link.kind is LinkKind.DOI:
        return parse_doi(unescaped(link.written))
    if link.kind is not LinkKind.URL or not ("10." in link.written or "doi.org" in link.written.lower()):
        return None
    if "doi.org" not in link.written.lower():
        return None if link.doi else parse_doi(unescaped(link.written))
    reading = examine(link.written)
    for address in (reading.url, *reading.candidates):
        found = doi_at(address)
        if found is not None:
            return found
    return None


# Repairs --------------------------------------------------------------------------------------------------------------

MOST_REPAIRS = 8
"""Questions that the registry is asked about one DOI that it does not know."""

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u00ad]")
_TEN = re.compile(r"(?:1|l|I|\|)[\s]?(?:0|O|o)\s?[.,\u00b7]\s?(?=[\dOolI]{4,9}\s?[/.])")
_SLASHES = re.compile(r"(10\.\d{4,9})\s{0,2}(?://+|\\|\s?/\s?|\s|[.:_,](?=[A-Za-z(])|(?=[A-Za-z(]))\s{0,2}")
_TAIL = re.compile(
    r"(?:[?#&;].*|/(?:full|abstract|summary|e?pdf|pdf/.*|html?|meta|references|epdf|fulltext|issuetoc|suppl.*|asset.*|download.*)/?|"
    r"\.(?:pdf|html?|full|abstract|xml|short|long|epub)|v\d{1,2}|[\s,;:]*\(?(?:pmid|pmcid|epub|accessed|issn|retrieved|url|http).*|"
    r"\s.*|,.*|[\]\[).}>\"'\u201d\u2019*]+)\Z",
    re.IGNORECASE | re.DOTALL,
)
_SECOND = re.compile(r"(?<=.)(?:https?:/{0,2}(?:dx\.)?doi\.org/|doi:?\s?)?10\.\d{4,9}/", re.IGNORECASE)
_LOOKALIKE = re.compile(r"(?<=[\d./()-])[OolI](?=[\d.()-]|\Z)|(?<=\d)[Oo](?=\d)")
_LOOKALIKE_DIGIT = re.compile(r"(?<=[a-z])[01](?=[a-z.])", re.IGNORECASE)
_LETTER = {"0": "o", "1": "l"}
_DIGIT = {"O": "0", "o": "0", "l": "1", "I": "1"}


def doi_repairs(written: str) -> tuple[tuple[DOI, bool], ...]:
    """The DOIs that one which is not registered may have been meant to be, likeliest first, at most eight.

    The flag tells whether the repair only takes away what cannot belong to it (its registration then settles the
    matter), or guesses a character.
    """
    found: dict[str, tuple[DOI, bool]] = {}
    same = parse_doi(written)
    for text, plain in _repaired_texts(written.strip()[:500]):
        doi = parse_doi(text)
        if isinstance(doi, DOI) and (not isinstance(same, DOI) or doi.key != same.key or doi.value != same.value):
            found.setdefault(doi.key, (doi, plain))
    if isinstance(same, DOI):
        found.pop(same.key, None)
    return tuple(found.values())[:MOST_REPAIRS]


def _repaired_texts(written: str) -> Iterator[tuple[str, bool]]:
    text = _DASHES.sub("-", html.unescape(unquote(html.unescape(written))))
    text = re.sub(r"\\([_&%#$~^{}<>])|\{\\_\}|\$([<>])\$|[\u200b-\u200f\ufeff\u2060]", r"\1\2", text)
    text = text.replace("{", "").replace("}", "")
    yield text, True
    ten = _TEN.sub("10.", text, count=1)
    start = ten.find("10.")
    ten = ten[max(start, 0) :]
    yield ten, ten == text[max(text.find("10."), 0) :]
    head, slash, rest = _slashed(ten)
    bare = head + slash + rest
    yield bare, True
    for second in _SECOND.finditer(rest):
        yield rest[second.end() - len(second[0]) :].strip(), True
        yield head + slash + rest[: second.start()].rstrip(" .,;|"), True
    shorter = bare
    for _ in range(3):
        cut = _TAIL.sub("", shorter).rstrip(".,;:/ ")
        if cut == shorter or len(cut) <= len(head) + 1:
            break
        shorter = cut
        yield shorter, True
    squeezed = "".join(bare.split())
    yield squeezed, True
    digits = _LOOKALIKE.sub(lambda match: _DIGIT[match[0]], squeezed)
    yield digits, False
    yield _LOOKALIKE.sub(lambda match: _DIGIT[match[0]], shorter), False
    if re.match(r"10\.1111/j\.", shorter) and not shorter.endswith(".x"):
        yield shorter.rstrip(".x") + ".x", False
    for opening, close in ("()", "[]", "<>"):
        if shorter.count(opening) > shorter.count(close):
            yield shorter + close, False
    yield _LOOKALIKE_DIGIT.sub(lambda match: _LETTER[match[0]], shorter), False
    if squeezed.casefold().endswith("co;2-0"):  # the check character of ANSI/NISO Z39.56
        yield f"{squeezed[:-1]}O", False
    if "_" in shorter:
        yield shorter.replace("_", "-"), False


def _slashed(text: str) -> tuple[str, str, str]:
    """The prefix, its slash and the rest; letters among the digits of the prefix are read as digits."""
    found = re.match(r"10\.[\dOolI]{4,9}", text)
    if found:
        text = "".join(_DIGIT.get(c, c) for c in found[0]) + text[found.end() :]
    found = _SLASHES.match(text)
    if found is None:
        return "", "", text
    return found[1], "/", text[found.end() :]


def meant_doi(written: str, context: Context) -> Generator[Question, Outcome, tuple[DOI, bool] | None]:
    """The repair of a DOI that the registry knows, found by asking it; None when there is none."""
    for doi, plain in doi_repairs(written):
        judgement = yield from ask_doi(doi, context)
        if judgement.verdict is Verdict.OK:
            return doi, plain
        if judgement.verdict is not Verdict.NOT_FOUND:
            return None  # the registry would not say: nothing is suggested that was not tested
    return None


# DOIs that were cut off -----------------------------------------------------------------------------------------------

_FEWEST_WORDS = 4
_ROWS = 5


def sought_doi(
    prefix: str, link: Link, context: Context
) -> Generator[Question, Outcome, tuple[DOI, Notice | None] | None]:
    """The one DOI of this prefix whose work has the title of the entry, with the notice on that work: Crossref is asked
    once, by the title, and the registry confirms it. None when there is none, or Crossref would not say.

    https://api.crossref.org/swagger-ui/index.html#/Works/get_works: ``query.bibliographic``, ``filter=prefix:``.
    """
    sought = _letters(link.title)
    if len(sought.split()) < _FEWEST_WORDS or not context.searches.take():
        return None
    query = {
        "query.bibliographic": link.title[:_LONGEST_TITLE], "filter": f"prefix:{prefix}", "rows": str(_ROWS),
        "select": FIELDS,
    }  # fmt: skip
    outcome = yield Question(f"{context.searches.address}/works?{urlencode(query, safe=',:')}", record=True)
    if not isinstance(outcome, Answer) or outcome.status != 200:
        return None
    try:
        works = works_in(outcome.body)
    except ServiceMalformed:
        return None
    found: dict[str, tuple[DOI, Notice | None]] = {}
    for work in works[:_ROWS]:
        written = work.get("DOI")
        doi = parse_doi(written) if isinstance(written, str) else None
        if isinstance(doi, DOI) and doi.prefix == prefix and _letters(title_of(work)) == sought:
            found[doi.key] = doi, notice_of(work, doi)
    if len(found) != 1:
        return None
    ((doi, notice),) = found.values()
    judgement = yield from ask_doi(doi, context)
    return (doi, notice) if judgement.verdict is Verdict.OK else None


_LONGEST_TITLE = 300


def _letters(title: str) -> str:
    """A title without case, accents, punctuation and white space that may differ."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", title[:_LONGEST_TITLE]) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))
