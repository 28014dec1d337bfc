"""cs:date: localized and non-localized formats, ranges, seasons, eras (specification, "Date")."""

from __future__ import annotations

from typing import Final

from ppreflist.csl import markup as m
from ppreflist.csl import numbers
from ppreflist.csl.code import EMPTY, MAYBE, Code, variable
from ppreflist.csl.compiler import Compiler, Scope
from ppreflist.csl.context import Cite
from ppreflist.csl.datevalues import Date, Parts
from ppreflist.csl.formatting import Formatting, affix, value
from ppreflist.csl.xmltree import Node

# So that years before Christ sort as numbers do.
YEAR_ZERO: Final = 100_000_000
_INDEX: Final = {"year": 0, "month": 1, "day": 2}


class _DatePart:
    """One cs:date-part, with what the locale and the style say about it."""

    __slots__ = ("form", "formatting", "index", "range_delimiter")

    def __init__(self, node: Node) -> None:
        self.index = _INDEX[node.get("name")]
        self.form = node.get("form", "numeric" if self.index == 2 else "long")
        self.formatting = Formatting(node)
        self.range_delimiter = affix(node.get("range-delimiter", "–"))


class DateFormat:
    """How one cs:date renders dates."""

    __slots__ = ("delimiter", "locale", "memo", "parts", "sorting")

    def __init__(self, scope: Scope, node: Node) -> None:
        self.locale = scope.locale
        self.sorting = scope.sorting
        self.memo: dict[tuple[Date, str], str] = {}
        form = node.get("form")
        wanted = node.get("date-parts", "year-month-day").split("-")
        own = {part.get("name"): part for part in node.each("date-part") if part.get("name") in _INDEX}
        localized = scope.locale.dates.get(form) if form else None
        if localized is None:
            nodes = [part for part in node.each("date-part") if part.get("name") in _INDEX]
            self.delimiter = affix(node.get("delimiter"))
        else:
            nodes = []
            for part in localized.each("date-part"):
                name = part.get("name")
                if name in wanted and name in _INDEX:
                    attributes = dict(part.attributes)
                    if name in own:
                        attributes.update(
                            (key, value)
                            for key, value in own[name].attributes.items()
                            if key not in ("prefix", "suffix")
                        )
                    nodes.append(Node("date-part", attributes, part.line))
            self.delimiter = affix(localized.get("delimiter"))
        self.parts = [_DatePart(part) for part in nodes]

    def render(self, date: Date, suffix: str) -> str:
        """``date`` in this format; ``suffix`` is the year-suffix to hang on its year."""
        key = (date, suffix)
        found = self.memo.get(key)
        if found is None:
            found = self.memo[key] = self._render(date, suffix)
        return found

    def _render(self, date: Date, suffix: str) -> str:
        if date.literal:
            # It stands for the year, and looks like it.
            year = next((part.formatting for part in self.parts if part.index == 0), None)
            if year is None:
                return ""
            return f"{year.prefix}{year.opening}{date.literal}{suffix}{year.closing}{year.suffix}"
        if date.end is None:
            pieces = [text for part in self.parts if (text := self._part(part, date.start, suffix))]
            text = self.delimiter.join(pieces)
            return f"{text}–" if text and date.open_end else text
        return self._range(date.start, date.end, suffix)

    def _range(self, start: Parts, end: Parts, suffix: str) -> str:
        """ "the range delimiter is drawn from the cs:date-part matching the largest date part that differs"."""
        shown = {part.index for part in self.parts}
        largest = next((index for index in (0, 1, 2) if index in shown and start[index] != end[index]), None)
        if largest is None:
            pieces = [text for part in self.parts if (text := self._part(part, start, suffix))]
            return self.delimiter.join(pieces)
        positions = [position for position, part in enumerate(self.parts) if part.index >= largest]
        low, high = positions[0], positions[-1] + 1
        range_delimiter = next(part.range_delimiter for part in self.parts if part.index == largest)
        leading = [text for part in self.parts[:low] if (text := self._part(part, start, ""))]
        trailing = [text for part in self.parts[high:] if (text := self._part(part, end, suffix))]
        first = self._block(low, high, start, "", drop="suffix")
        last = self._block(low, high, end, suffix if largest <= 0 else "", drop="prefix")
        if not first or not last:
            range_delimiter = "" if not first else range_delimiter
        middle = f"{first}{range_delimiter}{last}"
        return self.delimiter.join([*leading, middle, *trailing])

    def _block(self, low: int, high: int, parts_of: Parts, suffix: str, drop: str) -> str:
        """The parts that differ, without the affix that would touch the range delimiter."""
        parts = [part for part in self.parts[low:high] if self._value(part, parts_of)]
        texts = []
        for position, part in enumerate(parts):
            without = ""
            if drop == "suffix" and position == len(parts) - 1:
                without = "suffix"
            elif drop == "prefix" and position == 0:
                without = "prefix"
            texts.append(self._part(part, parts_of, suffix, without))
        return self.delimiter.join(texts)

    def _part(self, part: _DatePart, parts_of: Parts, suffix: str, without: str = "") -> str:
        text = self._value(part, parts_of)
        if not text:
            return ""
        formatting = part.formatting
        change = formatting.change(self.locale.language, True, periods=part.index == 1)
        if change is not None:
            text = change(text)
        if part.index == 0:
            text += suffix
        text = f"{formatting.opening}{text}{formatting.closing}"
        before = "" if without == "prefix" else formatting.prefix
        after = "" if without == "suffix" else formatting.suffix
        era = self._era(parts_of[0]) if part.index == 0 else ""
        return f"{before}{text}{after}{era}"

    def _value(self, part: _DatePart, parts_of: Parts) -> str:
        number = parts_of[part.index]
        if not number:
            return ""
        if part.index == 0:
            return self._year(number, part.form)
        if part.index == 1:
            return self._month(number, part.form)
        return self._day(number, parts_of[1], part.form)

    def _year(self, year: int, form: str) -> str:
        if form == "short" and year >= 1000:
            return f"{year % 100:02d}"
        return str(abs(year))

    def _era(self, year: int) -> str:
        """ "AD and BC"."""
        if year >= 1000 or not year:
            return ""
        return value(self.locale.term("bc" if year < 0 else "ad"))

    def _month(self, month: int, form: str) -> str:
        if month > 12:
            return value(self.locale.term(f"season-{month - 12:02d}", "long" if form != "short" else "short"))
        if form == "numeric":
            return str(month)
        if form == "numeric-leading-zeros":
            return f"{month:02d}"
        return value(self.locale.term(f"month-{month:02d}", form))

    def _day(self, day: int, month: int, form: str) -> str:
        if form == "numeric-leading-zeros":
            return f"{day:02d}"
        if form == "ordinal" and (day == 1 or self.locale.options.get("limit-day-ordinals-to-day-1") != "true"):
            gender = self.locale.gender.get(f"month-{month:02d}", "")
            return numbers.ordinal(day, self.locale, gender)
        return str(day)

    def sort_key(self, date: Date) -> str:
        """ "Sorting Variables": YYYYMMDD, only the parts that would be rendered; then the end of a range."""
        shown = {part.index for part in self.parts}
        key = sort_parts(date.start, shown)
        if date.end is not None:
            key += f"–{sort_parts(date.end, shown)}"
        return key


def sort_parts(parts_of: Parts, shown: set[int]) -> str:
    year = parts_of[0] if 0 in shown else 0
    month = parts_of[1] if 1 in shown and parts_of[1] <= 12 else 0
    day = parts_of[2] if 2 in shown else 0
    # Earlier years before Christ first; digits sort before words ("n.d.").
    return f"{YEAR_ZERO + year:09d}{month:02d}{day:02d}"


ALL_PARTS: Final = {0, 1, 2}


def sort_date(date: Date) -> str:
    """The sort key of a date variable called by cs:key: the complete date."""
    if date.literal:
        # "in press" is no point in time.
        return ""
    key = sort_parts(date.start, ALL_PARTS)
    return f"{key}–{sort_parts(date.end, ALL_PARTS)}" if date.end is not None else key


def date(compiler: Compiler, node: Node) -> Code:
    name = node.get("variable")
    if not compiler.has(name):
        return EMPTY
    scope = compiler.scope
    compiler.rendered.append(name)
    date_format = scope.date_formats.get(id(node))
    if date_format is None:
        date_format = scope.date_formats[id(node)] = DateFormat(scope, node)
    if scope.sorting:
        return _sort_code(date_format, name)
    fixed = date_format
    has_year = any(part.index == 0 for part in fixed.parts)
    implicit = has_year and not scope.explicit_year_suffix

    def run(cite: Cite) -> str:
        found = cite.item.date(name)
        # The day a work was looked at does not tell works apart.
        if found is None or (cite.comparing and name == "accessed"):
            return ""
        suffix = cite.suffix_pending
        if suffix and implicit and (found.start[0] or found.literal):
            cite.suffix_pending = ""
            return fixed.render(found, f"{m.YEAR_SUFFIX}{suffix}{m.END_YEAR_SUFFIX}")
        return fixed.render(found, "")

    return compiler.formatted(variable(run, MAYBE), node, leaf=False)


def _sort_code(date_format: DateFormat, name: str) -> Code:
    def run(cite: Cite) -> str:
        found = cite.item.date(name)
        if found is None:
            return ""
        return "" if found.literal else date_format.sort_key(found)

    return variable(run, MAYBE)
