"""Names of entry types and fields that are probably misspelt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ppreflist.lint.check import Check, Context, Finding, at_entry, at_field, rename_fix
from ppreflist.model.edit import SetType
from ppreflist.model.entry import Entry, Field
from ppreflist.model.entrytype import FIELDS, TYPE_ALIASES, TYPES
from ppreflist.model.problem import Fix, Severity

# In wide use besides the BibLaTeX manual's: JabRef's, Zotero's, Mendeley's and IEEEtran's own types and fields,
# databases' exports, and names so near to another that they would look misspelt.
_OTHER_TYPES = frozenset(
    {
        "book_section", "chat", "codefragment", "conversation", "film", "generic", "ieeetranbstctl", "journal_article",
        "magazine_article", "newspaper", "newspaper_article", "presentation", "softwaremodule", "softwareversion",
        "talk", "thing", "web_page", "webpage", "website",
    }
)  # fmt: skip
_OTHER_FIELDS = frozenset(
    {
        "annotations", "articleno", "articlenumber", "arxiv", "arxivid", "bookeditor", "comment", "comments", "country",
        "eissn", "eventyear", "files", "fjournal", "groups", "isbn13", "issn-l", "keyword", "languages", "link",
        "links",
        "notes", "numpages", "owner", "pii", "pmcid", "pmid", "pubmedid", "readstatus", "school2", "size", "subject",
        "subjects", "tags", "text", "uri", "url2", "urls", "website",
        "x-nolint", "zbl",
    }
)  # fmt: skip
_LONGEST = 30


def unknown_type(context: Context) -> Iterator[Finding]:
    near = _Neighbours((*TYPES, *TYPE_ALIASES))
    for name, entries in _by((entry.type, entry) for entry in context.library).items():
        if name in TYPES or name in TYPE_ALIASES or name in _OTHER_TYPES:
            continue
        meant = near.nearest(name)
        for entry in entries:
            if meant:
                fix = Fix(f"write @{meant}", (SetType(entry.key, meant),)) if entry.editable else None
                yield at_entry(entry, f"@{name} is no entry type: probably @{meant} is meant", fix=fix)
            else:
                message = f"@{name} is no entry type of BibTeX or BibLaTeX: styles treat it as @misc"
                yield at_entry(entry, message, severity=Severity.INFO)


def misspelt_field(context: Context) -> Iterator[Finding]:
    near = _Neighbours(FIELDS)
    everywhere = len(context.library)
    uses: dict[str, list[tuple[Entry, Field]]] = defaultdict(list)
    for entry, field in context.fields:
        if field.name not in FIELDS:
            uses[field.name].append((entry, field))
    for name, places in uses.items():
        # A name that is used again and again is somebody's own field; a slip of the finger is made once or twice.
        # A letter put before a field's name is an old way to switch the field off.
        if name in _OTHER_FIELDS or name[1:] in FIELDS or len(places) > max(2, everywhere // 100):
            continue
        meant = near.nearest(name)
        if not meant:
            continue
        for entry, field in places:
            fix = rename_fix(entry, field, meant, f"rename {name} to {meant}")
            yield at_field(entry, field, f"{name} is no field: probably {meant} is meant", fix)


def _by(pairs: Iterable[tuple[str, Entry]]) -> Mapping[str, list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for name, entry in pairs:
        groups[name].append(entry)
    return groups


class _Neighbours:
    """Known names by what is left of them when one letter is taken out: finds names one edit away in constant time."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known = frozenset(names)
        self._shortened: dict[str, set[str]] = defaultdict(set)
        for name in self._known:
            for short in _shortened(name):
                self._shortened[short].add(name)

    def nearest(self, name: str) -> str:
        """The one known name that is one insertion, deletion, substitution or swap away, or an empty string."""
        if not 4 <= len(name) <= _LONGEST:
            return ""
        shorter = {each for each in _shortened(name) if each in self._known}
        longer = self._shortened.get(name, set())
        others = {
            known
            for short in _shortened(name)
            for known in self._shortened.get(short, ())
            if len(known) == len(name) and _one_edit(known, name)
        }
        found = shorter | longer | others
        return found.pop() if len(found) == 1 else ""


def _shortened(name: str) -> set[str]:
    return {name[:place] + name[place + 1 :] for place in range(len(name))}


def _one_edit(one: str, other: str) -> bool:
    """Whether two names of the same length differ in one letter or by a swap of neighbours."""
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 1:
        return True
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == other[places[1]]
        and one[places[1]] == other[places[0]]
    )


CHECKS = (
    Check(
        "entry-type",
        "An entry type that does not exist.",
        Severity.WARNING,
        why=(
            "One letter away from a known type it is a slip, which the fix repairs; other unknown types are a "
            "remark at info level, since styles treat them as @misc."
        ),
        before="@artcile{borg2006, ...}",
        after="@article{borg2006, ...}",
        run=unknown_type,
    ),
    Check(
        "field-name",
        "A field name that is one letter away from a known one.",
        Severity.WARNING,
        why=(
            "Styles pass over fields that they do not know, so that a mistyped name makes the value vanish. Only "
            "names that are used once or twice (one in a hundred entries) are reported: a name that is used "
            "everywhere is your own."
        ),
        before="auhtor = {Borg, K.}",
        after="author = {Borg, K.}",
        run=misspelt_field,
    ),
)
