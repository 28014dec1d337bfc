"""References from one entry to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches

from ppreflist.lint.check import Check, Context, Finding, at_field, plural
from ppreflist.model.entry import Entry, Field
from ppreflist.model.library import Library
from ppreflist.model.problem import Severity

_SINGLE = ("crossref", "xref")
_HINTS, _MANY = 20, 5000
"""The nearest keys are named for so many missing ones, among so many: each time costs as much as there are keys."""
_LISTS = ("xdata", "related", "entryset")


def missing_target(context: Context) -> Iterator[Finding]:
    """Once for each missing key, at its first use."""
    known = _known_keys(context.library)
    lowered = {key.lower(): key for key in reversed(known)}
    uses: dict[str, list[tuple[Entry, Field]]] = defaultdict(list)
    for entry, field, key in _references(context):
        if key not in known:
            uses[key].append((entry, field))
    for number, (key, places) in enumerate(uses.items()):
        entry, field = places[0]
        other = lowered.get(key.lower())
        if other:
            message = (
                f"{field.name} names {key}, the entry's key is {other}: biber tells small and capital letters apart"
            )
        else:
            often = f" ({plural(len(places), 'entry needs', 'entries need')} it)" if len(places) > 1 else ""
            near = get_close_matches(key, known, n=1, cutoff=0.8) if number < _HINTS and len(known) <= _MANY else []
            hint = f"; is {near[0]} meant?" if near else ""
            message = f"{field.name} names {key}, but no entry has this key{often}{hint}"
        yield at_field(entry, field, message)


def loop(context: Context) -> Iterator[Finding]:
    parent: dict[str, str] = {}
    for entry in context.library:
        target = entry.text("crossref").strip()
        if target:
            parent.setdefault(entry.key, target)
    done: set[str] = set()
    for start in parent:
        path: dict[str, None] = {}
        key = start
        while key in parent and key not in done and key not in path:
            path[key] = None
            key = parent[key]
        if key in path:
            chain = [*list(path)[list(path).index(key) :], key]
            found = context.library.get(key)
            if found is not None:
                shown = " -> ".join(chain[:5]) + (" ..." if len(chain) > 5 else "")
                message = f"crossref goes round in a circle ({shown}): nothing can be inherited"
                yield at_field(found, found.fields["crossref"], message)
        done.update(path)


def _known_keys(library: Library) -> dict[str, None]:
    known = dict.fromkeys(entry.key for entry in library)
    for entry in library:
        ids = entry.text("ids")
        if ids:
            known.update(dict.fromkeys(each.strip() for each in ids.split(",")))
    return known


def _references(context: Context) -> Iterator[tuple[Entry, Field, str]]:
    for entry, field in context.named(*_SINGLE):
        yield entry, field, field.text.strip()
    for entry, field in context.named(*_LISTS):
        for key in field.text.split(","):
            if key.strip():
                yield entry, field, key.strip()


CHECKS = (
    Check(
        "missing-entry",
        "crossref, xref, xdata, related or entryset names an entry that is not there.",
        Severity.WARNING,
        why=(
            "What the entry should inherit is lost, in silence. Each missing key is reported once. biber tells "
            "small and capital letters in keys apart, BibTeX does not."
        ),
        before="crossref = {aaai86}",
        after="crossref = {aaai87}",
        run=missing_target,
    ),
    Check(
        "crossref-loop",
        "crossref goes round in a circle.",
        Severity.ERROR,
        why="Entries that inherit from each other inherit nothing.",
        before="@book{a, crossref = {b}} @book{b, crossref = {a}}",
        after="@book{a, crossref = {b}} @book{b}",
        run=loop,
    ),
)
