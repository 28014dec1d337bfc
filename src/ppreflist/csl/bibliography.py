"""Bibliography entries: order, grouping, second-field-align (specification, "Bibliography-specific Options")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ppreflist.csl import markup as m
from ppreflist.csl.cluster import begun
from ppreflist.csl.code import Code, as_run, joined
from ppreflist.csl.compiler import Compiler
from ppreflist.csl.context import Cite, Run, Shape
from ppreflist.csl.formatting import affix, format_pair
from ppreflist.csl.locale import Locale
from ppreflist.csl.rendering import scope
from ppreflist.csl.results import NO_PRINTED_FORM, Layout
from ppreflist.csl.settle import Settler
from ppreflist.csl.shapes import Shaper
from ppreflist.csl.sort import Collate, Sorter
from ppreflist.csl.style import Style

_OPEN: Final = "".join(m.DISPLAY_PAIRS)
_CLOSE: Final = "".join(m.DISPLAY_PAIRS.values())
_NAMES: Final = re.compile(f"{m.FIRST_NAMES}(.*?){m.END_FIRST_NAMES}", re.DOTALL)


class BibliographyMaker:
    """What cs:bibliography of one style asks for."""

    def __init__(self, style: Style, locale: Locale, shaper: Shaper, collate: Collate, *, links: bool) -> None:
        section = style.bibliography
        assert section is not None
        self._scope = scope(style, section, locale, links=links)
        self._sorter = Sorter(style, section, locale, collate)
        self._shaper = shaper
        self._programs: dict[Shape, Run] = {}
        opening, closing = format_pair(section.layout)
        self._opening, self._closing = opening, closing
        self._prefix, self._suffix = affix(section.layout.get("prefix")), affix(section.layout.get("suffix"))
        self._align = section.get("second-field-align")
        self._substitute = section.attributes.get("subsequent-author-substitute")
        self._rule = section.get("subsequent-author-substitute-rule", "complete-all")
        # Whether entries are numbered: one that is left out would be a hole.
        self._numbered = shaper.mentions(section.layout, style, "citation-number")
        self._layout = Layout(
            hanging_indent=section.get("hanging-indent") == "true",
            second_field_align=self._align,
            line_spacing=_integer(section.get("line-spacing"), 1),
            entry_spacing=_integer(section.get("entry-spacing"), 1),
        )

    def _shape(self, cite: Cite) -> Shape:
        condition = cite.disambiguation.condition if cite.disambiguation is not None else 0
        return self._shaper.shape(cite.item, year_suffix=bool(cite.year_suffix), disambiguate=condition)

    def order(self, cites: Sequence[Cite]) -> list[int]:
        if not self._sorter:
            return list(range(len(cites)))
        return self._sorter.order([(cite, self._shape(cite)) for cite in cites])

    def _program(self, shape: Shape) -> Run:
        program = self._programs.get(shape)
        if program is None:
            compiler = Compiler(self._scope, shape)
            codes = compiler.children(self._scope.section.layout.children)
            code = self._aligned(codes) if self._align else joined(codes, "")
            program = self._programs[shape] = as_run(code)
        return program

    @staticmethod
    def _aligned(codes: Sequence[Code]) -> Code:
        """ "second-field-align": the first field in a margin of its own, the rest beside it."""
        parts = [code for code in codes if code.text != ""]
        if len(parts) < 2:
            return joined(parts, "")
        first, rest = as_run(parts[0]), as_run(joined(parts[1:], ""))

        def run(cite: Cite) -> str:
            margin, inline = first(cite), rest(cite)
            if not margin:
                return inline
            return f"{m.LEFT_MARGIN}{margin}{m.END_LEFT_MARGIN}{m.RIGHT_INLINE}{inline}{m.END_RIGHT_INLINE}"

        return Code(None, run, True, 2, True)

    def entries(self, cites: Sequence[Cite], settler: Settler) -> tuple[list[tuple[Cite, str]], Layout]:
        """Settled entries with their cites, and how to set them. What a style leaves out is not among them."""
        texts = []
        previous: Cite | None = None
        before = ""
        longest = 0
        for cite in cites:
            program = self._program(self._shape(cite))
            cite.suffix_pending = cite.year_suffix
            cite.recorded = [] if self._substitute is not None else None
            text = program(cite)
            if not text and self._numbered:
                text = f"{cite.number}. {NO_PRINTED_FORM}"
            if self._substitute is not None:
                text, before = self._substituted(cite, previous, text, before, program)
                previous = cite
            has_blocks = m.DISPLAY.search(text) is not None
            text = self._framed(text)
            settled = settler.settle(_tidy_blocks(text) if has_blocks else text)
            if self._align or m.LEFT_MARGIN in settled:
                longest = max(longest, _margin_width(settled))
            if settled:
                texts.append((cite, settled))
        return texts, self._layout._replace(max_offset=longest)

    def _framed(self, text: str) -> str:
        """Affixes and formatting of cs:layout; a suffix goes into a last display block."""
        text = begun(text)
        suffix = self._suffix
        if suffix and text and text[-1] in m.DISPLAY_PAIRS.values():
            text = f"{text[:-1]}{suffix}{text[-1]}"
            suffix = ""
        return f"{self._opening}{self._prefix}{text}{suffix}{self._closing}" if text else ""

    def _substituted(self, cite: Cite, previous: Cite | None, text: str, before: str, program: Run) -> tuple[str, str]:
        """ "subsequent-author-substitute": (the entry, the names of this entry)."""
        match = _NAMES.search(text)
        names = match[1] if match else ""
        if previous is None or not names or not before:
            return text, names
        substitute = affix(self._substitute or "")
        if self._rule == "complete-all":
            if names == before and match is not None and _same_people(cite, previous):
                text = f"{text[: match.start(1)]}{substitute}{text[match.end(1) :]}"
            return text, names
        count = _common(cite, previous, names, before, self._rule)
        if count and not cite.recorded and match is not None:
            # A title, say, that substitutes for names.
            text = f"{text[: match.start(1)]}{substitute}{text[match.end(1) :]}"
        elif count:
            rule = "each"
            cite.replaced = (rule, 1 if self._rule == "partial-first" else count, substitute)
            cite.suffix_pending = cite.year_suffix
            text = program(cite)
            cite.replaced = None
        return text, names


_EMPTY_BLOCK: Final = re.compile(f"[{_OPEN}](?:{m.FIRST_NAMES}{m.END_FIRST_NAMES})?[{_CLOSE}]")
_LEADING: Final = re.compile(f"^([{_OPEN}])( +)")
_AFTER_BLOCK: Final = re.compile(f"([{_CLOSE}])([.,;:!?]+) ?(?=.)")
_TRAILING: Final = re.compile(f"(?<! )( +)([{_CLOSE}]+)$")


def _tidy_blocks(text: str) -> str:
    """Empty display blocks dropped; white space at the edges of the entry is outside its blocks."""
    had = text
    text = _EMPTY_BLOCK.sub("", text)
    if text != had:
        text = _LEADING.sub(r"\2\1", text)
    # Punctuation after a block belongs into it.
    text = _AFTER_BLOCK.sub(r"\2\1", text)
    return _TRAILING.sub(r"\2\1", text)


def _same_people(cite: Cite, previous: Cite) -> bool:
    """Whether the names are the same, not just their initials."""
    if not cite.recorded or not previous.recorded:
        return True
    one, other = cite.recorded[0], previous.recorded[0]
    here = cite.item.names(one.variable)[: one.shown]
    there = previous.item.names(other.variable)[: other.shown]
    return ["".join(name.key) for name in here] == ["".join(name.key) for name in there]


def _common(cite: Cite, previous: Cite, names: str, before: str, rule: str) -> int:
    """How many leading names the two entries share, by the rule."""
    if not cite.recorded or not previous.recorded:
        return 1 if names == before else 0
    here = [name.key for name in cite.item.names(cite.recorded[0].variable)]
    there = [name.key for name in previous.item.names(previous.recorded[0].variable)]
    if rule == "complete-each":
        return len(here) if names == before else 0
    count = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        count += 1
    return count


def _integer(value: str, default: int) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default


def _margin_width(text: str) -> int:
    start = text.find(m.LEFT_MARGIN)
    end = text.find(m.END_LEFT_MARGIN)
    return len(m.strip(text[start:end])) if 0 <= start < end else 0
