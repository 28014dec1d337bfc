"""LaTeX in values: commands that nobody knows, and characters that stop LaTeX."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ppreflist.lint.check import Check, Context, Finding, at_field, plural, shown, value_fix
from ppreflist.model.entry import Entry, Field
from ppreflist.model.name import NAME_FIELDS
from ppreflist.model.problem import Severity

_PRINTED = NAME_FIELDS | {
    "title", "subtitle", "booktitle", "booksubtitle", "maintitle", "journal", "journaltitle", "journalsubtitle",
    "publisher", "series", "institution", "school", "organization", "address", "location", "edition", "venue",
    "eventtitle", "note", "howpublished", "addendum",
}  # fmt: skip
"""Fields that styles print and LaTeX reads."""

_COMMAND = re.compile(r"\\[A-Za-z@]+")
_CITES = re.compile(r"\\[A-Za-z]*cite[a-z]*\Z")
_MATH = re.compile(r"\$[^$]*\$")
_SPECIAL = re.compile(r"(?<!\\)(?:&(?!#?\w{1,8};)|(?<!&)#|[%_])")
_OWN_RULES = re.compile(r"[$^]|://|\\(?:url|path|href|verb|ensuremath|begin|texttt)\b|\\\(")
"""Where math or an address stands in a value, these characters may be meant."""


def unknown_command(context: Context) -> Iterator[Finding]:
    """Once for each command, at its first use."""
    uses: dict[str, list[tuple[Entry, Field]]] = defaultdict(list)
    for entry, field in context.fields:
        if field.name in _PRINTED and "\\" in field.text:
            for command in sorted(set(_COMMAND.findall(_MATH.sub("", field.text)))):
                if not _CITES.match(command):
                    uses[command].append((entry, field))
    for command, places in uses.items():
        entry, field = places[0]
        often = f" ({plural(len(places), 'use')})" if len(places) > 1 else ""
        message = f"the LaTeX command {command}{often} is not known here: it is shown as it stands"
        yield at_field(entry, field, message)


def special_character(context: Context) -> Iterator[Finding]:
    for entry, field in context.fields:
        if field.name not in _PRINTED:
            continue
        found = _SPECIAL.search(field.latex)
        # Names separated by & are another check's.
        if found is None or _OWN_RULES.search(field.latex) or (found[0] == "&" and field.name in NAME_FIELDS):
            continue
        escaped = _SPECIAL.sub(r"\\\g<0>", field.latex)
        fix = value_fix(entry, field, escaped, f"write \\{found[0]}")
        end = "takes the rest for a comment" if found[0] == "%" else "stops there"
        message = f"a bare {found[0]} in {shown(field.latex)}: LaTeX {end}; write \\{found[0]}"
        yield at_field(entry, field, message, fix)


CHECKS = (
    Check(
        "latex-command",
        "A LaTeX command that is not known.",
        Severity.INFO,
        why=(
            "Accents, symbols and styles of LaTeX are read; of a command of one's own only the name is known, and that "
            "is what lists and exports show. Each command is reported once."
        ),
        before=r"journal = {\apj}",
        after="journal = {Astrophysical Journal}",
        run=unknown_command,
    ),
    Check(
        "latex-special",
        "A character that means something else to LaTeX.",
        Severity.INFO,
        why=(
            "& % # and _ need a backslash in text that LaTeX prints: it passes over everything behind a %, and stops "
            "at the others. Here, and in CSL styles, both spellings read alike."
        ),
        before="publisher = {John Wiley & Sons}",
        after=r"publisher = {John Wiley \& Sons}",
        run=special_character,
    ),
)
