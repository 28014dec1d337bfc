"""How an entry is written: indent, ``=`` alignment, delimiters, commas, case of names. Pure.

``layout_of`` reads the layout off one entry, so that an edit keeps it; ``dominant_layout`` finds the commonest one of a
file, for new entries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from ppreflist.bibtex.blocks import EntryBlock
from ppreflist.bibtex.scan import GAP
from ppreflist.bibtex.value import MONTHS

_EQUALS = re.compile(rf"({GAP})=({GAP})")
_COMMA = re.compile(rf"({GAP}),")
_SAMPLE = 200

_CAMEL_CASE = {
    "inbook": "InBook",
    "incollection": "InCollection",
    "inproceedings": "InProceedings",
    "mastersthesis": "MastersThesis",
    "phdthesis": "PhdThesis",
    "techreport": "TechReport",
}


class Case(Enum):
    """How names are written."""

    MIXED = "as they come"
    LOWER = "author"
    UPPER = "AUTHOR"
    TITLE = "Author"


class Align(Enum):
    """What stands in one column in all fields of an entry."""

    NOTHING = "nothing"
    EQUALS = "="
    VALUES = "value"
    NAME_ENDS = "name"


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of an entry.

    ``lead`` stands between the key and the first field, ``separator`` between two fields (both with their comma),
    ``tail`` between the last value and the closing delimiter (without the comma, which ``trailing_comma`` tells).
    ``column`` is that of the aligned thing, counted from the beginning of the name (``NAME_ENDS``: of the line, and
    then ``lead`` and ``separator`` end with the line end); 0 means: as the longest name needs.
    """

    lead: str = ",\n  "
    separator: str = ",\n  "
    tail: str = "\n"
    trailing_comma: bool = True
    before_equals: str = " "
    after_equals: str = " "
    align: Align = Align.NOTHING
    column: int = 0
    quotes: bool = False
    bare_numbers: bool = False
    names: Case = Case.LOWER
    types: Case = Case.LOWER
    before_open: str = ""
    before_key: str = ""
    closer: str = "}"

    def placed(self, name: str) -> Layout:
        """This layout with the indent that ``name`` needs at the end of ``lead`` and ``separator``."""
        if self.align is not Align.NAME_ENDS:
            return self
        indent = " " * (self.column - len(name))
        return replace(self, lead=self.lead + indent, separator=self.separator + indent)

    def fitted(self, names: Sequence[str]) -> Layout:
        """This layout with a column for fields of these names, when the file has none in common."""
        if self.column or self.align is Align.NOTHING or not names:
            return self
        return replace(self, column=tight_column(self, max(map(len, names))))

    def assignment(self, name: str) -> str:
        """``name = ``, padded as the alignment wants it."""
        before, after = self.before_equals, self.after_equals
        if self.align is Align.EQUALS:
            before = " " * max(self.column - len(name), len(before))
        elif self.align is Align.VALUES:
            pad = self.column - len(name) - len(before) - 1
            after = " " * max(pad, len(after))
        return f"{name}{before}={after}"

    def value(self, name: str, value: str) -> str:
        """A value with its delimiters, or bare where that is this entry's way."""
        if self.bare_numbers and value.isascii() and value.isdigit():
            return value
        if name.lower() == "month" and value in MONTHS:
            return value  # every style defines these macros, and can abbreviate or translate them
        return delimited(value, quotes=self.quotes)


def delimited(value: str, *, quotes: bool) -> str:
    """A value in quotes if that is wanted and can be, else in braces."""
    return f'"{value}"' if quotes and '"' not in value else f"{{{value}}}"


def cased(name: str, case: Case) -> str:
    """A name in the given case."""
    convert: dict[Case, Callable[[str], str]] = {Case.LOWER: str.lower, Case.UPPER: str.upper, Case.TITLE: str.title}
    return convert[case](name) if case in convert else name


def cased_type(name: str, case: Case, spellings: Mapping[str, str]) -> str:
    """An entry type as this file (or JabRef, which writes ``InProceedings``) spells it in the given case."""
    known = spellings.get(name.lower())
    if known is not None and (case in (Case.TITLE, Case.MIXED) or case_of([known]) is case):
        return known
    if case is Case.TITLE:
        return _CAMEL_CASE.get(name.lower(), cased(name, case))
    return cased(name, case)


def case_of(names: Iterable[str]) -> Case:
    """The case that all names share."""
    found = list(names)
    for case, has in ((Case.LOWER, str.islower), (Case.UPPER, str.isupper), (Case.TITLE, str.istitle)):
        if found and all(has(name) for name in found):
            return case
    return Case.MIXED


def layout_of(text: str, entry: EntryBlock, default: Layout) -> Layout:
    """The layout of one entry; what it does not show (an entry without fields) is taken from ``default``."""
    layout = replace(
        default,
        types=case_of([entry.type]),
        before_open=_white(text[entry.type_end : entry.body - 1]),
        before_key=_white(text[entry.body : entry.key_start]),
        closer=entry.closer,
    )
    if not entry.fields:
        return layout
    fields = entry.fields
    lead = text[entry.key_end : fields[0].name_start]
    separators = [text[a.value_end : b.name_start] for a, b in pairwise(fields)]
    clean = [each for each in separators if "%" not in each and each.count(",") == 1]
    if "%" in lead or lead.count(",") != 1:
        lead = default.lead
    behind = text[fields[-1].value_end : entry.end - 1]
    comma = _COMMA.match(behind)
    tail = behind[: comma.end() - 1] + behind[comma.end() :] if comma else behind
    tail = tail if "%" not in tail else "\n"
    assignments = [assignment_of(text, each.name_end) for each in fields]
    lengths = [len(each.name) for each in fields]
    align, column, before, after = _alignment(lengths, assignments)
    separator = commonest(clean) if clean else lead
    right = _right_column(lengths[1:], separators)
    if right:
        align, column = Align.NAME_ENDS, right
        lead, separator = lead.rstrip(" "), separator.rstrip(" ")
    quotes, bare_numbers = _delimiters(text, entry)
    return replace(
        layout,
        lead=lead,
        separator=separator,
        tail=tail,
        trailing_comma=comma is not None,
        before_equals=before,
        after_equals=after,
        align=align,
        column=column,
        quotes=quotes,
        bare_numbers=bare_numbers,
        names=case_of(each.name for each in fields),
    )


def _white(between: str) -> str:
    return "" if between.strip() else between


def assignment_of(text: str, name_end: int) -> tuple[str, str]:
    """What stands before and behind the ``=`` of a field."""
    found = _EQUALS.match(text, name_end)
    return (found[1], found[2]) if found and "%" not in found[0] else (" ", " ")


def commonest(values: Sequence[str]) -> str:
    """The commonest of the values; of equally common ones the last."""
    counts = Counter(values)
    return max(reversed(values), key=lambda each: counts[each])


def dominant_layout(text: str, entries: Sequence[EntryBlock], newline: str) -> Layout:
    """The commonest layout among (a sample of) the entries of a file, for entries to come."""
    default = Layout()
    if newline != "\n":
        default = replace(
            default,
            lead=default.lead.replace("\n", newline),
            separator=default.separator.replace("\n", newline),
            tail=default.tail.replace("\n", newline),
        )
    with_fields = [entry for entry in entries[-_SAMPLE:] if entry.fields and not entry.recovered]
    if not with_fields:
        return default
    layouts = [layout_of(text, entry, default) for entry in with_fields]
    shapes = [replace(each, column=0) for each in layouts]
    counts = Counter(shapes)
    shape = max(reversed(shapes), key=lambda each: counts[each])
    if shape.align is not Align.NOTHING:
        shape = replace(shape, column=_common_column(shape, layouts, with_fields))
    return replace(shape, before_open="" if shape.before_open.strip(" \t") else shape.before_open)


def _common_column(shape: Layout, layouts: Sequence[Layout], entries: Sequence[EntryBlock]) -> int:
    """The column that the file's entries share, or 0 when each is aligned by its own longest name."""
    columns: list[int] = []
    tight = True
    for layout, entry in zip(layouts, entries, strict=True):
        if replace(layout, column=0) == shape:
            columns.append(layout.column)
            longest = max(len(each.name) for each in entry.fields)
            tight = tight and len(layout.before_equals) < 2 and layout.column == tight_column(layout, longest)
    column, times = Counter(columns).most_common(1)[0]
    return column if times * 5 >= len(columns) * 4 and not (tight and len(columns) < 3) else 0


def tight_column(layout: Layout, longest: int) -> int:
    """The column of the aligned thing when the longest name just fits."""
    if layout.align is Align.NAME_ENDS:
        return longest + 2
    column = longest + len(layout.before_equals)
    return column + 1 + len(layout.after_equals) if layout.align is Align.VALUES else column


def _delimiters(text: str, entry: EntryBlock) -> tuple[bool, bool]:
    """Whether most values are quoted, and whether numbers stand bare."""
    quoted = braced = bare = kept = 0
    for each in entry.fields:
        value = text[each.value_start : each.value_end]
        quoted += value[:1] == '"'
        braced += value[:1] == "{"
        bare += value.isdigit()
        kept += value[1:-1].isdigit() and value[:1] in '{"'
    return quoted > braced, bare > kept


def _alignment(lengths: list[int], assignments: list[tuple[str, str]]) -> tuple[Align, int, str, str]:
    """What is aligned in these fields, in which column, and what stands (at least) before and behind ``=``.

    The fields are given by their names' lengths and what stands around their ``=``.
    """
    before = min((each[0] for each in assignments), key=len)
    after = min((each[1] for each in assignments), key=len)
    common_before = commonest([each[0] for each in assignments])
    common_after = commonest([each[1] for each in assignments])
    equals = [n + len(b) for n, (b, _) in zip(lengths, assignments, strict=True)]
    values = [n + len(b) + 1 + len(a) for n, (b, a) in zip(lengths, assignments, strict=True)]
    column = _shared_column(lengths, equals)
    if column and not any(b.strip(" ") for b, _ in assignments):
        return Align.EQUALS, column, before, common_after
    column = _shared_column(lengths, values)
    if column and not any(a.strip(" ") for _, a in assignments):
        return Align.VALUES, column, common_before, after
    return Align.NOTHING, 0, common_before, common_after


def _right_column(lengths: list[int], separators: list[str]) -> int:
    """The column in which the names end although they begin in different ones, or 0."""
    indents = [len(each) - len(each.rstrip(" ")) for each in separators]
    if len(set(indents)) < 2 or not all(each.rstrip(" ").endswith(("\n", "\r")) for each in separators):
        return 0
    return _shared_column(lengths, [n + indent for n, indent in zip(lengths, indents, strict=True)])


def _shared_column(lengths: list[int], columns: list[int]) -> int:
    """The column that three quarters of the fields share although their names differ in length, or 0."""
    column, times = Counter(columns).most_common(1)[0]
    at_it = {n for n, each in zip(lengths, columns, strict=True) if each == column}
    return column if len(at_it) > 1 and times * 4 >= len(columns) * 3 else 0
