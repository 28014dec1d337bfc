"""Citation keys. What BibTeX cannot read in a key, and keys given twice, are found when the file is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ppreflist.lint.check import Check, Context, Finding, at_entry
from ppreflist.model.problem import Severity
from ppreflist.model.query import entry_year

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


def year_in_key(context: Context) -> Iterator[Finding]:
    pairs = []
    for entry in context.library:
        found, year = _YEAR.findall(entry.key), entry_year(entry)
        if found and year is not None:
            pairs.append((entry, int(found[-1]), year))
    agreeing = sum(abs(in_key - year) <= 1 for _, in_key, year in pairs)
    # Only where the keys follow a pattern with the year in it.
    if len(pairs) < 5 or agreeing < 0.9 * len(pairs):
        return
    for entry, in_key, year in pairs:
        if abs(in_key - year) > 1:
            yield at_entry(entry, f"the key says {in_key}, the entry {year}: check the year (leave the key as it is)")


CHECKS = (
    Check(
        "key-year",
        "The year in the citation key is not the entry's.",
        Severity.INFO,
        why=(
            "Only in libraries in which nearly all keys carry the year. A year was corrected in one place only, "
            "or mistyped. Do not change the key: it is in people's manuscripts."
        ),
        before="@article{borg2006, year = {2016}}",
        after="@article{borg2006, year = {2006}}",
        run=year_in_key,
    ),
)
