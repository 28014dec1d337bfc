"""One entry while it is being edited: its text alone, and the edits of it as splices. Pure.

Every operation keeps the entry's own layout and all text that it was not asked to change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ppreflist.bibtex.blocks import EntryBlock, FieldSpan
from ppreflist.bibtex.encoding import Encoding
from ppreflist.bibtex.layout import (
    Align,
    Layout,
    assignment_of,
    cased,
    cased_type,
    delimited,
    layout_of,
)
from ppreflist.bibtex.refuse import refuse_field_name, refuse_value
from ppreflist.bibtex.scan import GAP, scan
from ppreflist.bibtex.value import MONTHS, Macros
from ppreflist.bibtex.value import value as value_of
from ppreflist.errors import EditRefused

_COMMA = re.compile(rf"({GAP}),")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Splice:
    """Replace ``text[start:end]`` by ``new``."""

    start: int
    end: int
    new: str


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """The text with all splices done; they are sorted and do not overlap."""
    parts: list[str] = []
    position = 0
    for each in splices:
        parts += text[position : each.start], each.new
        position = each.end
    parts.append(text[position:])
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an edit must know of the file: its commonest layout, line end, encoding, spellings of types, macros."""

    layout: Layout
    newline: str
    encoding: Encoding
    types: Mapping[str, str]
    macros: Macros


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry's text, from ``@`` to its closing delimiter, and its spans in it."""

    text: str
    entry: EntryBlock

    @classmethod
    def of(cls, text: str) -> Draft:
        """Read the text of one entry; EditRefused when it is not exactly one."""
        found = scan(text)
        if len(found.blocks) == 1:
            entry = found.blocks[0]
            if type(entry) is EntryBlock and (entry.start, entry.end) == (0, len(text)) and not entry.recovered:
                return cls(text, entry)
        raise EditRefused(
            "the edit would break the entry", hint="Nothing was changed. Please report this with the entry's text."
        )

    def raw(self, field: FieldSpan) -> str:
        """A value as it stands, with its delimiters."""
        return self.text[field.value_start : field.value_end]

    def fields(self) -> list[tuple[str, str]]:
        """(name, raw value) of every field."""
        return [(each.name, self.raw(each)) for each in self.entry.fields]

    def the_field(self, name: str) -> FieldSpan | None:
        """The field of this name, or None; EditRefused when it is given more than once."""
        folded = name.lower()
        found = [each for each in self.entry.fields if each.name.lower() == folded]
        if len(found) > 1:
            raise EditRefused(
                f"field {name!r} is given {len(found)} times in entry {self.entry.key!r}",
                hint="Remove all but one in a text editor.",
            )
        return found[0] if found else None

    def set_field(self, name: str, value: str, old: str | None, around: Surroundings) -> Draft:
        """The entry with a field's value replaced, or with the field added behind the last one."""
        field = self.the_field(name)
        if old is not None:
            self._guard(field, name, old, around)
        refuse_value(name, value, around.encoding)
        value = _LINE_END.sub(around.newline, value)
        if field is None:
            refuse_field_name(name)
            return self._add(name, value, around)
        new = self._value(field, value, around)
        if new == self.raw(field):
            return self
        start = field.value_start
        gap = " " if start and self.text[start - 1] == "=" and start == field.value_end else ""
        return self._done([Splice(start, field.value_end, gap + new)])

    def remove_field(self, name: str) -> Draft:
        """The entry without a field."""
        field = self._needed(name)
        fields = self.entry.fields
        index = fields.index(field)
        before = fields[index - 1].value_end if index else self.entry.key_end
        comma_before = _COMMA.match(self.text, before)
        comma = _COMMA.match(self.text, field.value_end)
        start, end = before, field.value_end
        if comma is not None and comma_before is not None and not _LINE_END.search(comma_before[0]):
            start, end = comma_before.end(), comma.end()
            if _LINE_END.search(comma[0]) and index + 1 < len(fields):  # commas come first, but for this field
                start, end = field.name_start, fields[index + 1].name_start
        return self._done(_without(self.text, start, field.name_start, end))

    def rename_field(self, name: str, to: str, around: Surroundings) -> Draft:
        """The entry with a field's name replaced."""
        field = self._needed(name)
        refuse_field_name(to)
        other = self.the_field(to)
        if other is not None and other is not field:
            raise EditRefused(
                f"entry {self.entry.key!r} already has a field {other.name!r}",
                hint=f"Remove one of the two first, for example: ppreflist edit {self.entry.key} {name}=",
            )
        layout = layout_of(self.text, self.entry, around.layout)
        new = cased(to, layout.names)
        if self._in_column(field, layout):
            if layout.align is not Align.NAME_ENDS:
                return self._done([Splice(field.name_start, field.value_start, layout.assignment(new))])
            line = self.text.rfind("\n", 0, field.name_start) + 1
            return self._done([Splice(line, field.name_end, new.rjust(layout.column))])
        return self._done([Splice(field.name_start, field.name_end, new)])

    def rekey(self, key: str) -> Draft:
        """The entry under another citation key."""
        return self._done([Splice(self.entry.key_start, self.entry.key_end, key)])

    def retype(self, name: str, around: Surroundings) -> Draft:
        """The entry with another entry type."""
        new = cased_type(name, layout_of(self.text, self.entry, around.layout).types, around.types)
        return self._done([Splice(self.entry.type_start, self.entry.type_end, new)])

    def _done(self, splices: list[Splice]) -> Draft:
        return Draft.of(spliced(self.text, splices))

    def _needed(self, name: str) -> FieldSpan:
        field = self.the_field(name)
        if field is None:
            has = ", ".join(each.name for each in self.entry.fields) or "none"
            raise EditRefused(f"entry {self.entry.key!r} has no field {name!r}", hint=f"Its fields: {has}.")
        return field

    def _guard(self, field: FieldSpan | None, name: str, old: str, around: Surroundings) -> None:
        raw = self.raw(field) if field is not None else ""
        present = value_of(raw, 0, len(raw), around.macros)
        if " ".join(old.split()) not in {" ".join(each.split()) for each in (present, raw)}:
            raise EditRefused(
                f"field {name!r} of entry {self.entry.key!r} has changed in the meantime",
                hint="Run the command again to see its present value.",
            )

    def _value(self, field: FieldSpan, value: str, around: Surroundings) -> str:
        """The new value in the delimiters of the old one, as far as it can be."""
        old = self.raw(field)
        if old.isdigit() and value.isascii() and value.isdigit():
            return value
        if field.name.lower() == "month" and value in MONTHS:
            return value
        if old[:1] == '"':
            return delimited(value, quotes=True)
        if old[:1] == "{":
            return delimited(value, quotes=False)
        return delimited(value, quotes=layout_of(self.text, self.entry, around.layout).quotes)

    def _in_column(self, field: FieldSpan, layout: Layout) -> bool:
        """Whether this field is aligned as the entry's fields are."""
        before, after = assignment_of(self.text, field.name_end)
        if (before + after).strip(" "):
            return False
        name_end = len(field.name)
        match layout.align:
            case Align.NOTHING:
                return False
            case Align.EQUALS:
                return layout.column == name_end + len(before)
            case Align.VALUES:
                return layout.column == name_end + len(before) + 1 + len(after)
            case Align.NAME_ENDS:
                line = self.text.rfind("\n", 0, field.name_start) + 1
                blank = not self.text[line : field.name_start].strip(" ")
                return blank and layout.column == field.name_end - line

    def _add(self, name: str, value: str, around: Surroundings) -> Draft:
        entry, text = self.entry, self.text
        layout = layout_of(text, entry, around.layout)
        name = cased(name, layout.names)
        layout = layout.fitted([name]).placed(name)
        assigned = layout.assignment(name) + layout.value(name, value)
        if not entry.fields:
            behind = text[entry.key_end : entry.end - 1]
            kept = behind.rstrip() if "%" in behind else ""
            lead = layout.lead if not kept else (around.newline + "  " if "," in kept else "," + around.newline + "  ")
            last = ("," if layout.trailing_comma else "") + layout.tail
            return self._done([Splice(entry.key_end, entry.end - 1, kept + lead + assigned + last)])
        end = entry.fields[-1].value_end
        behind = text[end : entry.end - 1]
        content_end = end + len(behind.rstrip())
        before_comma, _, after_comma = layout.separator.partition(",")
        if "%" in behind and not _LINE_END.search(before_comma + after_comma):
            after_comma = around.newline + "  "
        if layout.trailing_comma:
            lead = after_comma if not _LINE_END.search(before_comma) else before_comma + after_comma
            return self._done([Splice(content_end, content_end, f"{lead}{assigned},")])
        if _LINE_END.search(before_comma):
            return self._done([Splice(content_end, content_end, f"{before_comma},{after_comma}{assigned}")])
        return self._done(
            [Splice(end, end, f"{before_comma},"), Splice(content_end, content_end, after_comma + assigned)]
        )


def new_entry(kind: str, key: str, fields: Sequence[tuple[str, str]], around: Surroundings) -> Draft:
    """An entry in the file's commonest layout; names and values must have been checked."""
    layout = around.layout
    names = [cased(name, layout.names) for name, _ in fields]
    layout = layout.fitted(names)
    values = [_LINE_END.sub(around.newline, value) for _, value in fields]
    opener = "{" if layout.closer == "}" else "("
    kind = cased_type(kind, layout.types, around.types)
    parts = [f"@{kind}{layout.before_open}{opener}{layout.before_key}{key}"]
    for index, (name, value) in enumerate(zip(names, values, strict=True)):
        here = layout.placed(name)
        parts += here.separator if index else here.lead, here.assignment(name), here.value(name, value)
    if not names:
        return Draft.of("".join([*parts, ",", layout.closer]))
    parts += "," if layout.trailing_comma else "", layout.tail, layout.closer
    return Draft.of("".join(parts))


def _without(text: str, start: int, name_start: int, end: int) -> list[Splice]:
    """Cut a field and the white space before it, but keep a comment that stands there."""
    between = text[start:name_start]
    kept = between.rstrip() if "%" in between else ""
    newline = _LINE_END.search(between) if kept else None
    return [Splice(start, end, kept + (newline[0] if newline and text[end : end + 1] not in ("\n", "\r") else ""))]
