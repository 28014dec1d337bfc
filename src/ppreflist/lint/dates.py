"""Dates: years, months and days that cannot be, and dates that contradict each other."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from ppreflist.lint.check import Check, Context, Finding, at_field, shown, value_fix
from ppreflist.model.date import Date, entry_date, month_number, parse_date
from ppreflist.model.problem import Severity
from ppreflist.model.query import entry_year, fold

_NUMBERS = re.compile(r"\d+")
_OPEN_YEAR = re.compile(r"(?i:\bc(?:a|irca)?\b\.?\s?\d|\b(?:bce?|ad|ce|v\.\s?chr)\b)|\d{1,3}[?xX*_-]{1,3}|[?]")
# What stands for a year that is not known or not yet come, in the languages that the corpus holds.
_NO_YEAR = re.compile(
    r"\b(?:in press|press|in print|forthcoming|forthc|to appear|appear|accepted|submitted|preparation|prep|unpublished|"
    r"preprint|ongoing|present|undated|no date|n\.? ?d\b|s\.? ?a\b|o\. ?j|u\. ?d|unknown|pending|review|draft|"
    r"im druck|erscheint|im erscheinen|a paraitre|sous presse|en prensa|in corso di stampa|in stampa|"
    r"no prelo|w druku|i tryck|ca|circa|nd|year|tba|tbd|century|jahrhundert|siecle)\b"
)
_ROMAN = re.compile(r"[MDCLXVI]{3,15}\Z", re.IGNORECASE)
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "mai", "marz", "maerz", "mrz", "juni", "juli", "okt", "dez", "janv", "fevr", "fev", "avr", "avril", "juin",
    "juil", "aout",
    "ene", "abr", "ago", "dic", "set", "out", "gen", "mag", "giu", "lug", "ott", "maj", "mrt", "mei", "feber",
    "spring", "summer", "autumn", "fall", "winter", "fruhling", "fruhjahr", "fruehjahr", "sommer", "herbst",
    "printemps", "ete", "automne", "hiver",
    "primavera", "verano", "otono", "invierno", "estate", "inverno", "michaelmas", "hilary", "trinity", "lent",
    "easter", "christmas", "quarter",
)  # fmt: skip
"""The beginnings of the names of months and seasons without accents; the first twelve are BibTeX's own macros."""
_MONTH_WORD = re.compile(r"[^\W\d_]{2,}")


_DATE_FIELDS = ("date", "urldate", "eventdate", "origdate")
_LOOSE = re.compile(
    r"(?P<year>\d{4})(?P<dash>[-./\u2010-\u2013])(?P<month>\d{1,2})(?:(?P=dash)(?P<day>\d{1,2}))?\Z", re.ASCII
)
_WORDED = re.compile(
    r"(?:(?P<first>\d{1,2})(?:\.|st|nd|rd|th)?\s)?(?P<month>[^\W\d_]{3,12})\.?(?:\s(?P<second>\d{1,2})(?:st|nd|rd|th)?)?,?\s"
    r"(?P<year>\d{4})\Z"
)
_IMPOSSIBLE = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


def year(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("year"):
        text = field.text.strip()
        if len(text) == 4 and text.isdigit():
            continue
        numbers = _NUMBERS.findall(text)
        if _ROMAN.match(text):
            continue
        if any(len(number) in (3, 4) for number in numbers) or _OPEN_YEAR.search(text) or _NO_YEAR.search(fold(text)):
            continue
        if numbers and all(len(number) < 3 for number in numbers):
            yield at_field(entry, field, f"{shown(text)}: write the year with four digits")
        else:
            yield at_field(entry, field, f"{shown(text)} is not a year")


def month(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("month"):
        words = [fold(word) for word in _MONTH_WORD.findall(field.text)]
        if any(word.startswith(_MONTHS) for word in words):
            continue
        numbers = [int(number) for number in _NUMBERS.findall(field.text) if len(number) < 5]
        if words:
            yield at_field(entry, field, f"{shown(field.text)} is not a month")
        elif not any(1 <= number <= 12 for number in numbers) and not all(21 <= number <= 24 for number in numbers):
            yield at_field(entry, field, f"{shown(field.text)} is not a month: write 1 to 12 or jan to dec")


def day(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("day"):
        text = field.text.strip()
        if not text.isdigit() or len(text) > 4:
            continue
        in_year, in_month = entry_year(entry), _month_number(entry.text("month"))
        last = monthrange(in_year or 2000, in_month)[1] if in_month and 1 <= (in_year or 2000) <= 9999 else 31
        if not 1 <= int(text) <= last:
            when = f" of month {in_month}" if in_month else ""
            yield at_field(entry, field, f"there is no day {text}{when}")


def _month_number(text: str) -> int | None:
    folded = fold(text)
    if folded.isdigit() and len(folded) <= 2:
        return int(folded) if 1 <= int(folded) <= 12 else None
    return _MONTHS.index(folded[:3]) + 1 if folded[:3] in _MONTHS[:12] else None


def future(context: Context) -> Iterator[Finding]:
    for entry in context.library:
        found = entry_year(entry)
        # Publishers date books and journals ahead; more than a year is a slip.
        if found is None or found <= context.today.year + 1:
            continue
        field = entry.fields.get("date") or entry.fields.get("year")
        if field is not None:
            yield at_field(entry, field, f"the year {found} is still to come")


def disagreement(context: Context) -> Iterator[Finding]:
    """``date`` and ``year`` in one entry: biblatex takes the date and passes over the year."""
    for entry, field in context.named("year"):
        dated = entry.text("date")
        years = {int(number) for number in _NUMBERS.findall(dated) if len(number) == 4}
        text = field.text.strip()
        if years and text.isdigit() and int(text) not in years:
            yield at_field(entry, field, f"year is {text}, but date is {dated.strip()}: one of the two is wrong")


def consulted(context: Context) -> Iterator[Finding]:
    for entry, field in context.named("urldate"):
        visited = entry_date(entry, "url")
        if not isinstance(visited, Date):
            continue
        published = entry_year(entry)
        today = context.today
        if visited.parts > (today.year, today.month, today.day)[: len(visited.parts)]:
            yield at_field(entry, field, f"the address was visited on {visited}, which is still to come")
        elif published is not None and visited.year < published <= today.year:
            message = f"the address was visited in {visited.year}, before the work came out ({published})"
            yield at_field(entry, field, message)


def form(context: Context) -> Iterator[Finding]:
    """Fields of biblatex's date type, in EDTF."""
    for entry, field in context.named(*_DATE_FIELDS):
        text = field.text.strip()
        if parse_date(text) is not None or (field.name == "date" and _is_no_date_yet(text)):
            continue
        meant = _meant(text)
        fix = value_fix(entry, field, meant, f"write {meant}") if meant else None
        if meant:
            message = f"{shown(text)} is not a date that biblatex reads: write {meant}"
        elif all(parse_date(end) is not None for end in text.split("/")):
            message = f"{shown(text)} ends before it begins"
        elif _IMPOSSIBLE.match(text):
            message = f"{shown(text)} is not a day of the calendar"
        else:
            message = f"{shown(text)} is not a date that biblatex reads: write YYYY, YYYY-MM or YYYY-MM-DD"
        yield at_field(entry, field, message, fix)


def _is_no_date_yet(text: str) -> bool:
    return not any(character.isdigit() for character in text) and bool(_NO_YEAR.search(fold(text)))


def _meant(text: str) -> str:
    """The date that a text surely means, in EDTF, or an empty string; 03/04/2006 could be two days."""
    found = _LOOSE.match(text)
    if found is not None:
        date = f"{found['year']}-{int(found['month']):02d}" + (f"-{int(found['day']):02d}" if found["day"] else "")
        return date if parse_date(date) is not None else ""
    words = _WORDED.match(text)
    if words is None:
        return ""
    number = month_number(words["month"])
    day = words["first"] or words["second"]
    date = f"{words['year']}-{number:02d}" + (f"-{int(day):02d}" if day else "")
    return date if number and parse_date(date) is not None else ""


CHECKS = (
    Check(
        "date",
        "A date that biblatex cannot read.",
        Severity.WARNING,
        why=(
            "date, urldate, eventdate and origdate hold dates of ISO 8601 / EDTF: YYYY, YYYY-MM, YYYY-MM-DD, two of "
            "them with a slash between for a range, ? for doubtful and ~ for about. biber drops any other. The fix "
            "rewrites dates that can be read in one way only."
        ),
        before="urldate = {22 November 2012}",
        after="urldate = {2012-11-22}",
        run=form,
    ),
    Check(
        "year",
        "A year that is none.",
        Severity.WARNING,
        why=(
            "A year has four digits. Words that stand for a year that is not there yet or not known (in press, "
            "forthcoming, n.d., their like in other languages, Roman numerals) are let pass."
        ),
        before="year = {6}",
        after="year = {2006}",
        run=year,
    ),
    Check(
        "month",
        "A month that is none.",
        Severity.WARNING,
        why=(
            "Months are 1 to 12, jan to dec, or the names of months and seasons, in the languages of Europe; "
            "ranges are understood."
        ),
        before="month = {25}",
        after="month = {5}, day = {25}",
        run=month,
    ),
    Check(
        "day",
        "A day that its month does not have.",
        Severity.WARNING,
        why="There is no 31 June, and 29 February only every fourth year.",
        before="day = {31}, month = jun",
        after="day = {30}, month = jun",
        run=day,
    ),
    Check(
        "year-future",
        "A year that is still to come.",
        Severity.WARNING,
        why="Publishers date books and journals ahead; more than one year ahead of today is a slip of the finger.",
        before="year = {2060}",
        after="year = {2006}",
        run=future,
    ),
    Check(
        "date-year",
        "date and year contradict each other.",
        Severity.WARNING,
        why=(
            "biblatex takes date and passes over year; BibTeX knows only year. Two different years mean two "
            "different bibliographies."
        ),
        before="date = {2007-01}, year = {2006}",
        after="date = {2007-01}",
        run=disagreement,
    ),
    Check(
        "urldate",
        "An address that was consulted before the work came out, or in the future.",
        Severity.WARNING,
        why="urldate is the day on which the address was visited.",
        before="urldate = {2002-03-01}, year = {2012}",
        after="urldate = {2012-03-01}, year = {2012}",
        run=consulted,
    ),
)
