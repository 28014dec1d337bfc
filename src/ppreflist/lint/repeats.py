"""The same work twice (``duplicates`` finds which; here it becomes findings)."""

from __future__ import annotations

from collections.abc import Iterator

from ppreflist.lint.check import Check, Context, Finding, at_entry
from ppreflist.lint.duplicates import folded_title
from ppreflist.model.entry import Entry
from ppreflist.model.entrytype import canonical_type
from ppreflist.model.problem import Severity
from ppreflist.model.references import named_keys


def same_identifier(context: Context) -> Iterator[Finding]:
    for entry, match in context.repeats:
        other = match.entry
        if match.reason == "same title and year" or _related(entry, other) or entry.key == other.key:
            continue
        what = match.reason.removeprefix("same ")
        place = f"{other.key} (line {other.line})"
        if folded_title(entry) == folded_title(other):
            message = f"{place} is the same work, with the same {what}: keep one of the two"
        else:
            message = f"{place} has the same {what} and another title: keep one of the two, or correct the {what}"
        yield at_entry(entry, message, what.lower() if what.lower() in entry.fields else "")


def same_title(context: Context) -> Iterator[Finding]:
    for entry, match in context.repeats:
        other = match.entry
        if match.reason == "same title and year" and not _related(entry, other) and entry.key != other.key:
            message = (
                f"{other.key} (line {other.line}) has the same title and year: keep one of the two if it is one work"
            )
            # A report, a paper and an article of one year are often three versions, all cited on purpose.
            severity = None if canonical_type(entry.type) == canonical_type(other.type) else Severity.INFO
            yield at_entry(entry, message, "title", severity=severity)


def _related(one: Entry, other: Entry) -> bool:
    """Whether one entry says itself that it is a part or a version of the other, or another work."""
    return other.key in named_keys(one) or one.key in named_keys(other)


CHECKS = (
    Check(
        "same-identifier",
        "Two entries with the same DOI, arXiv number, PMID, PMCID or ISBN.",
        Severity.WARNING,
        why=(
            "The same work twice gets two places in the bibliography and two letters after the year. If the "
            "titles differ, the identifier was probably copied along with another entry. Entries that name each "
            "other (crossref, related, x-distinct ...) are let pass."
        ),
        before="two entries with doi = {10.1111/j.1468-1331.2006.01552.x}",
        after="one entry",
        run=same_identifier,
    ),
    Check(
        "same-title",
        "Two entries of one type with the same title and year.",
        Severity.WARNING,
        why=(
            "Titles are compared without case, accents and punctuation. Different DOIs, volumes, numbers or first "
            "pages, being an article here and a conference paper or report there, and for short titles different "
            "first authors tell two works apart. Of two other types it is a remark at info level."
        ),
        before="@article{borg2006, ...} and @article{borg2006a, ...} with one title",
        after="one of them",
        run=same_title,
    ),
)
