"""What the entries of one journal say about each other: volumes against years, spellings, ISSNs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ppreflist.lint.chain import Chain, Point, heaviest_chain
from ppreflist.lint.check import Check, Context, Finding, at_field, plural, shown
from ppreflist.model.entry import Entry, Field
from ppreflist.model.identifier import ISSN, Malformed, parse_issn
from ppreflist.model.problem import Severity
from ppreflist.model.query import entry_year, fold

_IN_JOURNALS = frozenset({"article", "suppperiodical", "review", "periodical"})
_VOLUME = re.compile(r"\s*(\d{1,9})\s*\Z", re.ASCII)
_NOT_A_WORD = re.compile(r"[^\w]+")
_FAR = 60
_SMALL_WORDS = frozenset(
    {"the", "of", "and", "in", "for", "on", "a", "an", "de", "der", "die", "das", "la", "le", "et", "und", "fur"}
)

FIRST_YEARS: Mapping[str, int] = {
    "bioinformatics": 1985,
    "elife": 2012,
    "european journal neurology": 1994,
    "lancet diabetes endocrinology": 2013,
    "lancet global health": 2013,
    "lancet infectious diseases": 2001,
    "lancet neurology": 2002,
    "lancet oncology": 2000,
    "lancet psychiatry": 2014,
    "lancet respiratory medicine": 2013,
    "nature biotechnology": 1983,
    "nature cell biology": 1999,
    "nature chemistry": 2009,
    "nature communications": 2010,
    "nature geoscience": 2008,
    "nature immunology": 2000,
    "nature materials": 2002,
    "nature medicine": 1995,
    "nature methods": 2004,
    "nature nanotechnology": 2006,
    "nature neuroscience": 1998,
    "nature photonics": 2007,
    "nature physics": 2005,
    "plos biology": 2003,
    "plos computational biology": 2005,
    "plos genetics": 2005,
    "plos medicine": 2004,
    "plos one": 2006,
    "plos pathogens": 2005,
    "post polio health": 1985,
    "scientific reports": 2011,
}
"""The year of volume 1 of journals with exactly one volume a calendar year since then, by the words of their title.

Kept short on purpose. Each is counted back from volumes that are often cited; a year either way is let pass, and a
library whose own entries mostly say otherwise is believed.
"""


@dataclass(frozen=True, slots=True)
class _Issue:
    entry: Entry
    field: Field
    point: Point


def volume_year(context: Context) -> Iterator[Finding]:
    for words, issues in _journals(context).items():
        name = _journal_field(issues[0].entry).text
        known = _from_first_year(name, FIRST_YEARS.get(words), issues)
        if known is not None:
            yield from known
        elif len({issue.point for issue in issues}) > 1:
            yield from _from_each_other(name, issues)


def _journals(context: Context) -> dict[str, list[_Issue]]:
    """The articles with a volume and a year by journal and journal series (a new series counts from 1 again)."""
    journals: dict[str, list[_Issue]] = defaultdict(list)
    title_words = _TitleWords()
    for entry in context.library:
        field = entry.fields.get("volume")
        if field is None or entry.type not in _IN_JOURNALS:
            continue
        found = _VOLUME.match(field.text)
        year = entry_year(entry)
        journal = _journal_field(entry)
        if found is None or year is None or not 1600 <= year <= context.today.year + 5 or not journal.text.strip():
            continue
        words = title_words[journal.text]
        series = fold(entry.text("series")) if "series" in entry.fields else ""
        journals[f"{words} ({series})" if series else words].append(_Issue(entry, field, (int(found[1]), year)))
    return journals


def _journal_field(entry: Entry) -> Field:
    for name in ("journaltitle", "journal", *(("title",) if entry.type == "periodical" else ())):
        field = entry.fields.get(name)
        if field is not None:
            return field
    return Field("journaltitle", "", "")


class _TitleWords(dict[str, str]):
    """The words of a title that tell it from others, by title: no case, accents, punctuation or small words."""

    def __missing__(self, title: str) -> str:
        words = _NOT_A_WORD.sub(" ", fold(title.replace("&", " and "))).split()
        found = self[title] = " ".join(word for word in words if word not in _SMALL_WORDS) or " ".join(words)
        return found


# A known first year ---------------------------------------------------------------------------------------------------


def _from_first_year(name: str, first: int | None, issues: Sequence[_Issue]) -> list[Finding] | None:
    """The findings by the year of volume 1; None when it is unknown, or most of the library's own entries deny it."""
    if first is None:
        return None
    odd = [issue for issue in issues if abs(issue.point[1] - (first + issue.point[0] - 1)) > 1]
    if len(odd) * 2 > len(issues) and len(issues) > 1:
        return None
    agreeing = sorted({issue.point for issue in issues} - {issue.point for issue in odd})
    findings = []
    for issue in odd:
        place = bisect_left(agreeing, issue.point)
        evidence = agreeing[max(0, place - 2) : place + 2] or [(1, first)]
        year = issue.point[1]
        right_volume = f"{year - first + 1}" if year >= first else ""
        findings.append(_by_offset(issue, name, first - 1, evidence, right_volume))
    return findings


# The other entries of the journal -------------------------------------------------------------------------------------


def _from_each_other(name: str, issues: Sequence[_Issue]) -> Iterator[Finding]:
    weights, offset = _weights(issues)
    chain = heaviest_chain(weights)
    inside = set(chain.points)
    holders: dict[Point, Entry] = {}
    for issue in issues:
        holders.setdefault(issue.point, issue.entry)
    for issue in issues:
        if issue.point in inside:
            continue
        yield _odd_one(issue, name, chain, offset, holders)


def _weights(issues: Sequence[_Issue]) -> tuple[dict[Point, int], int | None]:
    """Each point's weight: the number of works there, and a little more with the commonest year - volume."""
    works = {(issue.point, issue.entry.text("title")[:80].lower()) for issue in issues}
    counts = Counter(point for point, _ in works)
    offsets = Counter(year - volume for volume, year in counts)
    (common, times), *others = offsets.most_common(2)
    offset = common if times > 1 and not (others and others[0][1] == times) else None
    return {point: 4 * count + (point[1] - point[0] == offset) for point, count in counts.items()}, offset


def _odd_one(issue: _Issue, name: str, chain: Chain, offset: int | None, holders: Mapping[Point, Entry]) -> Finding:
    """The finding about an issue that is not in the chain."""
    year = issue.point[1]
    place = bisect_left(chain.points, issue.point)
    evidence = list(chain.points[max(0, place - 2) : place + 2])
    if issue.point in chain.rivals:
        opposed = [point for point in chain.points if _contradict(point, issue.point)]
        by = min(_years_off(point, issue.point) for point in opposed)
        return _either_or(issue, name, opposed[:2], holders, _severity(by))
    neighbours = chain.points[max(0, place - 1) : place + 1]
    if offset is not None and _all_on(offset, neighbours) and sum(_on(offset, point) for point in evidence) > 1:
        regular = [point for point in evidence if _on(offset, point)]
        right_volume = _volume_of(year, chain, offset)
        return _by_offset(issue, name, offset, regular, right_volume)
    return _between(issue, name, chain, evidence)


def _on(offset: int, point: Point) -> bool:
    return point[1] - point[0] == offset


def _all_on(offset: int, points: Sequence[Point]) -> bool:
    return all(_on(offset, point) for point in points)


def _contradict(one: Point, other: Point) -> bool:
    """Whether the higher volume has the earlier year, or one volume has years that do not follow each other."""
    volumes, years = one[0] - other[0], one[1] - other[1]
    return volumes * years < 0 or (volumes == 0 and abs(years) > 1)


def _years_off(one: Point, other: Point) -> int:
    return abs(one[1] - other[1])


def _severity(years_off: int) -> Severity | None:
    # One year apart is a volume that came out late, or a date of print against a date on the web.
    return Severity.INFO if years_off <= 1 else None


def _volume_of(year: int, chain: Chain, offset: int | None) -> str:
    """Which volume or volumes a year has: by the chain, else by the offset where it holds around that year."""
    volumes = [point[0] for point in chain.points if point[1] == year]
    if volumes:
        return f"{volumes[0]}" if volumes[0] == volumes[-1] else f"{volumes[0]} to {volumes[-1]}"
    place = bisect_left(chain.points, year, key=lambda point: point[1])
    around = chain.points[max(0, place - 1) : place + 1]
    return f"{year - offset}" if offset is not None and year > offset and _all_on(offset, around) else ""


def _by_offset(issue: _Issue, name: str, offset: int, evidence: Sequence[Point], right_volume: str) -> Finding:
    """The finding where the journal has one volume a year."""
    volume, year = issue.point
    right_year = volume + offset
    start = f"volume {volume}, year {year}: by the other volumes of {name} ({_listed(evidence)}) "
    if right_year - year > _FAR:
        # A year, a page or an article number has got into the field: nobody wants to read of the year 3953.
        end = f"{year} should be volume {right_volume}" if right_volume else f"volume {volume} is far too high"
    else:
        end = f"volume {volume} should be {right_year}" + (
            f", and {year} should be volume {right_volume}" if right_volume else ""
        )
    return at_field(issue.entry, issue.field, start + end, severity=_severity(abs(right_year - year)))


def _between(issue: _Issue, name: str, chain: Chain, evidence: Sequence[Point]) -> Finding:
    """The finding where the journal has several volumes a year, or its volumes have no steady pace."""
    volume, year = issue.point
    place = bisect_left(chain.points, issue.point)
    lower, upper = chain.points[:place], chain.points[place:]
    earliest = lower[-1][1] - (lower[-1][0] == volume) if lower else None
    latest = upper[0][1] + (upper[0][0] == volume) if upper else None
    if earliest is not None and latest is not None:
        should = f"{earliest}" if earliest == latest else f"from {earliest} to {latest}"
    else:
        should = f"{earliest} or later" if latest is None else f"{latest} or earlier"
    right_volume = _volume_of(year, chain, None)
    message = (
        f"volume {volume}, year {year}: by the other volumes of {name} ({_listed(evidence)}) volume {volume} should be "
        f"{should}" + (f", and {year} is volume {right_volume}" if right_volume else "") + ", or the journal is another"
    )
    by = max((earliest or year) - year, year - (latest or year))
    return at_field(issue.entry, issue.field, message, severity=_severity(by))


def _either_or(
    issue: _Issue, name: str, evidence: Sequence[Point], holders: Mapping[Point, Entry], severity: Severity | None
) -> Finding:
    volume, year = issue.point
    other = holders[evidence[0]]
    message = (
        f"volume {volume}, year {year} contradicts {_listed(evidence)} of {name} ({other.key}, line {other.line}): "
        f"one of them is wrong"
    )
    return at_field(issue.entry, issue.field, message, severity=severity)


def _listed(points: Sequence[Point]) -> str:
    """``volume 22 = 2006, 23 = 2007``."""
    return "volume " + ", ".join(f"{volume} = {year}" for volume, year in points)


# Spellings and ISSNs --------------------------------------------------------------------------------------------------


def spelling(context: Context) -> Iterator[Finding]:
    groups: dict[str, dict[str, list[tuple[Entry, Field]]]] = defaultdict(lambda: defaultdict(list))
    title_words = _TitleWords()
    for entry, field in context.named("journal", "journaltitle"):
        groups[title_words[field.text]][" ".join(field.text.split())].append((entry, field))
    for spellings in groups.values():
        if len(spellings) < 2:
            continue
        usual = max(spellings, key=lambda text: len(spellings[text]))
        for text, places in spellings.items():
            if text == usual:
                continue
            for entry, field in places:
                times = plural(len(spellings[usual]), "other entry", "other entries")
                message = f"the journal is {shown(text)} here and {shown(usual)} in {times}: write it in one way"
                yield at_field(entry, field, message)


def issn_of_another(context: Context) -> Iterator[Finding]:
    journals: dict[str, dict[str, list[tuple[Entry, Field]]]] = defaultdict(lambda: defaultdict(list))
    title_words = _TitleWords()
    known: dict[str, ISSN | Malformed] = {}
    for entry, field in context.named("issn"):
        number = field.text.strip()
        found = known.get(number) or known.setdefault(number, parse_issn(number))
        if not isinstance(found, ISSN):
            continue
        words = title_words[_journal_field(entry).text]
        if words:
            journals[found.value][words].append((entry, field))
    for number, by_journal in journals.items():
        usual = max(by_journal, key=lambda words: len(by_journal[words]))
        for words, places in by_journal.items():
            if words == usual or _abbreviates(words, usual):
                continue
            other = by_journal[usual][0][0]
            for entry, field in places:
                elsewhere, here = shown(_journal_field(other).text), shown(_journal_field(entry).text)
                message = (
                    f"ISSN {number} stands for {elsewhere} in {other.key} (line {other.line}) and for {here} here: "
                    f"one of them is wrong, or the journal was renamed"
                )
                yield at_field(entry, field, message)


def _abbreviates(one: str, other: str) -> bool:
    """Whether two titles can be one: word by word, one is the beginning of the other; or one holds the other."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    initials = "".join(word[0] for word in longer)
    if len(shorter) == 1 and (shorter[0].startswith(initials) or initials.startswith(shorter[0])):
        return True
    rest = iter(longer)
    return all(any(_alike(word, full) for full in rest) for word in shorter)


def _alike(one: str, other: str) -> bool:
    """Whether one word can abbreviate the other: neurol, neurology."""
    return one.startswith(other) or other.startswith(one) or one[:3] == other[:3]


CHECKS = (
    Check(
        "volume-year",
        "A volume that contradicts the year, by the journal's other entries.",
        Severity.WARNING,
        why=(
            "Within one journal later volumes have later years. The check takes the largest set of entries that "
            "agree in this, and reports what stands outside it: a digit lost, two articles mixed up, a page or "
            "DOI in the field volume, the wrong journal. Where the volumes run one a year it says which year and "
            "which volume would be right. For some journals with one volume a calendar year the year of volume 1 "
            "is known. One year apart is a remark at info level. A journal that began to count anew is a false "
            "alarm: give its entries the field series."
        ),
        before="journal = {Post-Polio Health}, volume = {26}, year = {2006}",
        after="journal = {Post-Polio Health}, volume = {26}, year = {2010}",
        run=volume_year,
    ),
    Check(
        "journal-spelling",
        "One journal written in several ways.",
        Severity.INFO,
        why=(
            'Differences in capitals, punctuation, "the", "and" or "&" only. Styles print what stands in the '
            "entry, so that the bibliography names one journal in two ways."
        ),
        before="journal = {Language arts}",
        after="journal = {Language Arts}",
        run=spelling,
    ),
    Check(
        "journal-issn",
        "One ISSN with two journals.",
        Severity.INFO,
        why=(
            "An ISSN stands for one journal title. Abbreviations of a title are recognised by their first "
            "letters. A renamed journal can keep its ISSN for a while, so that this is a remark."
        ),
        before="journal = {Signal}, issn = {0037-4954} beside journal = {Callaloo}, issn = {0037-4954}",
        after="the right ISSN in each",
        run=issn_of_another,
    ),
)
