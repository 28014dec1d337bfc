"""An entry: what one ``@type{key, ...}`` block says, with its values decoded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ppreflist.model.name import NameList

VERBATIM_FIELDS = frozenset({"url", "doi", "file", "eprint", "pdf", "urlraw", "archiveurl", "verba", "verbb", "verbc"})
"""Fields read verbatim: never decoded as LaTeX but for escaped specials (BibLaTeX manual, 'verbatim' and 'URI')."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    ``name`` is lower-cased. ``latex`` is the value as the file gives it with macros replaced, ``#`` joined and the
    outer delimiters gone; ``text`` is the same as Unicode text for people. ``line`` and ``column`` (1-based) point
    at the field's name. ``origin`` is the key of the entry that it was inherited from (crossref, xdata), else empty.
    """

    name: str
    text: str
    latex: str
    line: int = 0
    column: int = 0
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``type`` is the lower-cased entry type, ``fields`` are in file order by lower-cased name.

    Of a field that is given twice only the first stands here; both are in the file, and a problem reports it.
    ``names`` holds the split value of each name-list field. ``editable`` is false when two readings of the entry
    differ, or its key is not unique: it is shown and checked but not edited by key.
    """

    key: str
    type: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    names: Mapping[str, NameList] = field(default_factory=dict)
    line: int = 0
    column: int = 0
    editable: bool = True

    def text(self, name: str) -> str:
        """The Unicode text of a field, or an empty string."""
        found = self.fields.get(name)
        return found.text if found is not None else ""

    def latex(self, name: str) -> str:
        """The LaTeX value of a field, or an empty string."""
        found = self.fields.get(name)
        return found.latex if found is not None else ""

    def texts(self) -> Iterable[str]:
        """The Unicode texts of all fields, in file order."""
        # An entry that comes from an index holds texts only, and makes a Field when one is asked for.
        quick = getattr(self.fields, "texts", None)
        return quick() if quick is not None else [each.text for each in self.fields.values()]

    def first(self, *names: str) -> str:
        """The text of the first of these fields that is there and not blank, or an empty string."""
        for name in names:
            text = self.text(name)
            if text.strip():
                return text
        return ""

    def people(self, name: str = "author") -> NameList:
        """The names in a name-list field, empty when the field is absent."""
        return self.names.get(name, NameList())
