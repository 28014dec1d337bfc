"""How a person says that a finding is all right.

In an entry, the field ``x-nolint`` names the checks that should not speak about it, with a reason if one likes::

    x-nolint = {volume-year (the journal began to count anew), pages-reversed}

For the whole library, a comment names them::

    @comment{ppreflist-nolint: pages-dash, url-in-note}

BibTeX and biber pass over both. ``all`` stands for every check.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from ppreflist.lint.check import Context, Finding, at_field, shown
from ppreflist.model.problem import Problem

FIELD = "x-nolint"
ALL = "all"

_IN_COMMENT = re.compile(
    r"^[^\S\n]*@comment\s{0,9}[{(]\s{0,9}ppreflist-nolint\s?:(?P<names>[^{}]{0,4000})[)}]", re.I | re.M
)
_REASON = re.compile(r"\([^()]{0,400}\)")
_MOST = 5
_SEPARATOR = re.compile(r"[,;]")


@dataclass(frozen=True)
class Silenced:
    """The names of checks that should not speak: everywhere, and by citation key."""

    everywhere: frozenset[str]
    by_key: Mapping[str, frozenset[str]]

    def covers(self, problem: Problem) -> bool:
        """Whether a problem should not be shown."""
        if problem.check in self.everywhere or ALL in self.everywhere:
            return True
        names = self.by_key.get(problem.key)
        return names is not None and (problem.check in names or ALL in names)


def read(context: Context) -> Silenced:
    """What the library silences."""
    everywhere = {name for found in _IN_COMMENT.finditer(context.source) for name in _names(found["names"])}
    by_key = {entry.key: frozenset(_names(field.latex)) for entry, field in context.named(FIELD)}
    return Silenced(frozenset(everywhere), by_key)


def _names(text: str) -> list[str]:
    return [" ".join(name.lower().split()) for name in _SEPARATOR.split(_REASON.sub("", text)) if name.strip()]


def unknown_names(context: Context, known: Collection[str]) -> Iterator[Finding]:
    """Names in ``x-nolint`` that are no check's."""
    for entry, field in context.named(FIELD):
        strangers = [name for name in _names(field.latex) if name not in known and name != ALL]
        for name in strangers[:_MOST]:
            near = get_close_matches(name[:60], known, n=1, cutoff=0.6)
            meant = f": is {near[0]} meant?" if near else "; put a reason in parentheses after a name"
            yield at_field(entry, field, f"there is no check {shown(name)}{meant}")
