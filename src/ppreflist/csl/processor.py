"""The processor: items and citations in, citations and bibliography out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from ppreflist.csl import markup as m
from ppreflist.csl.bibliography import BibliographyMaker
from ppreflist.csl.citations import Citation, CiteData, read_citation
from ppreflist.csl.cluster import Cluster
from ppreflist.csl.cluster import Rendered as RenderedCite
from ppreflist.csl.code import as_run
from ppreflist.csl.collation import collator
from ppreflist.csl.compiler import Compiler
from ppreflist.csl.context import NEAR_NOTE, SUBSEQUENT, Cite, Disambiguation, Recorded, Run, Shape
from ppreflist.csl.disambiguate import Disambiguator, letters
from ppreflist.csl.items import Item
from ppreflist.csl.locale import build_locale
from ppreflist.csl.namelist import NameFormat
from ppreflist.csl.position import number_positions
from ppreflist.csl.rendering import scope
from ppreflist.csl.results import NO_PRINTED_FORM, Bibliography, Entry, Layout, Rendered
from ppreflist.csl.results import Warning as Problem
from ppreflist.csl.settle import Settler
from ppreflist.csl.shapes import Shaper
from ppreflist.csl.sort import Sorter
from ppreflist.csl.style import Style
from ppreflist.csl.writers.registry import WRITERS
from ppreflist.csl.writers.writer import Writer


class _Document:
    """What one call works on."""

    def __init__(self) -> None:
        self.items: dict[str, Item] = {}
        self.cites: dict[str, Cite] = {}
        self.citations: list[Citation] = []
        self.warnings: list[Problem] = []
        # ids in bibliography order
        self.order: list[str] = []


class Processor:
    """A style in a locale with an output format. Stateless between calls: see ``ppreflist.csl`` for the door."""

    def __init__(
        self,
        style: Style,
        *,
        locale_text: Callable[[str], str | bytes | None],
        lang: str | None = None,
        format: str | Writer = "html",  # noqa: A002 - the word of the door
        links: bool = True,
    ) -> None:
        self.style = style
        self.locale = build_locale(style, lang, locale_text)
        self.writer: Writer = WRITERS[format] if isinstance(format, str) else format
        self.settler = Settler(self.locale)
        collate = collator(self.locale.lang)
        self.shaper = Shaper(style)
        self._citation = scope(style, style.citation, self.locale)
        self._citation_sorter = Sorter(style, style.citation, self.locale, collate)
        self._cluster = Cluster(style, "–")
        options = {"form": "short", "and": "text", "et-al-min": "3", "et-al-use-first": "1"}
        self._author_names = NameFormat(self._citation, options, None, None)
        self._programs: dict[Shape, Run] = {}
        # The shapes whose cites have a place for names and name nobody.
        self._nameless: set[Shape] = set()
        self._bibliography: BibliographyMaker | None = None
        if style.bibliography is not None:
            self._bibliography = BibliographyMaker(style, self.locale, self.shaper, collate, links=links)
        self._disambiguator = Disambiguator(style.citation, self._compared, conditions=self.shaper.tests_disambiguate)

    # -- the door -----------------------------------------------------------------------------------------------

    def bibliography(self, items: Iterable[Mapping[str, Any]]) -> Bibliography:
        """The bibliography of ``items``, none of which is cited."""
        return self.process(items).bibliography

    def cite(self, items: Iterable[Mapping[str, Any]], cites: Sequence[Mapping[str, Any]]) -> str:
        """One citation. ``items`` are all items of the document: they decide about disambiguation."""
        return self.process(items, [cites]).citations[0]

    def process(
        self,
        items: Iterable[Mapping[str, Any]],
        citations: Sequence[Any] = (),
        *,
        cited_only: bool = False,
        in_item_order: bool = False,
    ) -> Rendered:
        """Render a document. See ``ppreflist.csl`` for the shapes; never raises for what is in the data.

        Items count in the order in which they are first cited, then in the order given; with ``in_item_order`` as
        given from the start.
        """
        enabled = gc.isenabled()
        # Nothing here is cyclic: looking for cycles among so many new objects would cost a third of the time.
        gc.disable()
        try:
            return self._process(items, citations, cited_only, in_item_order)
        finally:
            if enabled:
                gc.enable()

    def _process(
        self, items: Iterable[Mapping[str, Any]], citations: Sequence[Any], cited_only: bool, in_item_order: bool
    ) -> Rendered:
        document = self._read(items, citations, cited_only, in_item_order)
        ambiguous = self._disambiguate(document)
        self._order(document)
        self._add_suffixes(document, ambiguous)
        self._sort_cites(document)
        number_positions(document.citations, self._near_note_distance())
        texts = tuple(self._citation_text(document, citation) for citation in document.citations)
        bibliography = self._make_bibliography(document)
        for item in document.items.values():
            document.warnings += [Problem(item.id, variable, message) for variable, message in item.problems]
        return Rendered(texts, bibliography, tuple(document.warnings))

    # -- reading ------------------------------------------------------------------------------------------------

    def _read(
        self, items: Iterable[Mapping[str, Any]], citations: Sequence[Any], cited_only: bool, in_item_order: bool
    ) -> _Document:
        document = _Document()
        given: dict[str, Item] = {}
        for index, data in enumerate(items):
            if not isinstance(data, Mapping):
                document.warnings.append(Problem(f"#{index + 1}", "", "not an item"))
                continue
            identifier = data.get("id")
            if identifier is None or identifier == "" or isinstance(identifier, dict | list):
                document.warnings.append(Problem(f"#{index + 1}", "id", "the item has no id"))
                identifier = f"#{index + 1}"
            identifier = str(identifier)
            if identifier in given:
                document.warnings.append(Problem(identifier, "id", "the id is used twice; the later item counts"))
            given[identifier] = Item(data, identifier)
        if in_item_order:
            document.items.update(given)
        for index, data in enumerate(citations):
            citation = read_citation(data, index + 1 if self.style.is_note else 0)
            if citation is None:
                document.warnings.append(Problem(f"citation {index + 1}", "", "not a citation"))
                citation = Citation([])
            for cite in citation.cites:
                if cite.id not in given:
                    document.warnings.append(Problem(cite.id, "", "cited, but there is no such item"))
                elif cite.id not in document.items:
                    document.items[cite.id] = given[cite.id]
            citation.cites = [cite for cite in citation.cites if cite.id in given]
            document.citations.append(citation)
        if not cited_only:
            for identifier, item in given.items():
                document.items.setdefault(identifier, item)
        return document

    def _near_note_distance(self) -> int:
        value = self.style.citation.get("near-note-distance", "5")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 5

    # -- order, numbers, disambiguation -------------------------------------------------------------------------

    def _disambiguate(self, document: _Document) -> list[list[str]]:
        """Names and conditions; what is left for year-suffixes, which need the order of the bibliography."""
        for number, (identifier, item) in enumerate(document.items.items(), 1):
            cite = document.cites[identifier] = Cite(item)
            cite.number = number
        if not self._disambiguator.is_active:
            return []
        states, ambiguous = self._disambiguator.run(list(document.items.values()))
        for identifier, state in states.items():
            document.cites[identifier].disambiguation = state
        return ambiguous

    def _order(self, document: _Document) -> None:
        """ "Smith, A. (Adam)" before "Smith, A. (Alan)": given names that disambiguation expands count for sorting."""
        document.order = list(document.items)
        if self._bibliography is None:
            return
        cites = [self._with_givens(cite) for cite in document.cites.values()]
        document.order = [cites[index].item.id for index in self._bibliography.order(cites)]
        for number, identifier in enumerate(document.order, 1):
            document.cites[identifier].number = number

    @staticmethod
    def _with_givens(cite: Cite) -> Cite:
        state = cite.disambiguation
        if state is None or not (state.shown or state.condition or state.givens):
            return cite
        sorted_by = Cite(cite.item)
        sorted_by.number = cite.number
        sorted_by.disambiguation = Disambiguation()
        sorted_by.disambiguation.givens = state.givens
        return sorted_by

    def _add_suffixes(self, document: _Document, ambiguous: list[list[str]]) -> None:
        """ "The assignment of year-suffixes follows the order of the bibliographies entries"."""
        place = {identifier: index for index, identifier in enumerate(document.order)}
        for group in ambiguous:
            for number, identifier in enumerate(sorted(group, key=place.__getitem__), 1):
                cite = document.cites[identifier]
                cite.year_suffix = letters(number)
                if cite.disambiguation is not None:
                    cite.disambiguation.year_suffix = cite.year_suffix

    def _compared(self, item: Item, state: Disambiguation, recorded: list[Recorded] | None) -> str:
        cite = Cite(item)
        cite.disambiguation = state
        cite.recorded = recorded
        cite.comparing = True
        shape = self.shaper.shape(item, positions=_COMPARED, disambiguate=state.condition)
        return self._program(shape)(cite)

    # -- citations ----------------------------------------------------------------------------------------------

    def _program(self, shape: Shape) -> Run:
        program = self._programs.get(shape)
        if program is None:
            compiler = Compiler(self._citation, shape)
            program = self._programs[shape] = as_run(compiler.layout())
            if compiler.tried_names and not compiler.marked:
                self._nameless.add(shape)
        return program

    def _cite(self, document: _Document, data: CiteData) -> Cite:
        known = document.cites[data.id]
        cite = Cite(known.item)
        cite.number = known.number
        cite.disambiguation = known.disambiguation
        cite.year_suffix = known.year_suffix
        cite.locator = data.locator
        cite.label = data.label
        cite.positions = data.positions
        cite.first_note = data.first_note
        return cite

    @staticmethod
    def _undisambiguated(cite: Cite) -> Cite:
        """For sorting: what disambiguation adds to a cite does not move it."""
        plain = Cite(cite.item)
        plain.number, plain.locator, plain.label = cite.number, cite.locator, cite.label
        plain.positions, plain.year_suffix = cite.positions, cite.year_suffix
        return plain

    def _shape(self, cite: Cite, form: str = "") -> Shape:
        condition = cite.disambiguation.condition if cite.disambiguation is not None else 0
        return self.shaper.shape(
            cite.item,
            positions=cite.positions,
            label=cite.label,
            locator=cite.locator,
            first_note=bool(cite.first_note),
            year_suffix=bool(cite.year_suffix),
            disambiguate=condition,
            form=form,
        )

    def _render_cite(self, cite: Cite, form: str) -> str:
        cite.suffix_pending = cite.year_suffix
        return self._program(self._shape(cite, form))(cite)

    def _sort_cites(self, document: _Document) -> None:
        """Cites are sorted before their positions are known: "ibid" is about what the reader sees before."""
        if not self._citation_sorter:
            return
        for citation in document.citations:
            if len(citation.cites) > 1:
                plain = [self._undisambiguated(self._cite(document, data)) for data in citation.cites]
                order = self._citation_sorter.order([(cite, self._shape(cite)) for cite in plain])
                citation.cites = [citation.cites[index] for index in order]

    def _citation_text(self, document: _Document, citation: Citation) -> str:
        cites = [(data, self._cite(document, data)) for data in citation.cites]
        rendered = [self._rendered(data, cite) for data, cite in cites]
        text = self._in_mode(citation, cites, rendered)
        if not text and cites:
            names = ", ".join(data.id for data, _ in cites)
            document.warnings.append(Problem(names, "", "the citation renders nothing in this style"))
            text = NO_PRINTED_FORM
        return self.writer.inline(self.settler.settle(text)) if text else ""

    def _rendered(self, data: CiteData, cite: Cite, form: str | None = None) -> RenderedCite:
        form = data.form if form is None else form
        return RenderedCite(
            self._render_cite(cite, form),
            full=_later(self._render_cite, cite, "") if form else None,
            short=_later(self._render_cite, cite, "suppress-author"),
            prefix=_spaced_prefix(data.prefix),
            suffix=_spaced_suffix(data.suffix),
            number=cite.number,
            year_suffix=_letter_number(cite.year_suffix),
            has_locator=bool(cite.locator),
            is_nameless=self._shape(cite) in self._nameless,
        )

    def _in_mode(self, citation: Citation, cites: list[tuple[CiteData, Cite]], rendered: list[RenderedCite]) -> str:
        """The citation as a raw string: whole, or parted into author (in the text) and the rest."""
        mode = citation.mode
        if not mode and cites and all(data.form == "author-only" for data, _ in cites):
            mode = "author-only"
        if mode not in ("composite", "author-only", "suppress-author") or not cites:
            return self._cluster.join(rendered)
        data, cite = cites[0]
        author = rendered[0].author or self._short_names(cite)
        if mode == "composite" and not author:
            return self._cluster.join(rendered)
        if mode == "author-only":
            return author or cite.item.text("title")
        rest = self._cluster.join([self._rendered(data, cite, "suppress-author"), *rendered[1:]])
        if mode == "suppress-author":
            return rest
        return " ".join(part for part in (author, citation.infix.strip(" "), rest) if part)

    def _short_names(self, cite: Cite) -> str:
        """Who an item is by, for styles whose citations name nobody (numbers, labels)."""
        variable = next((name for name in ("author", "editor", "translator") if cite.item.names(name)), "")
        return self._author_names.renderer(variable, False, False)(cite) if variable else ""

    # -- bibliography -------------------------------------------------------------------------------------------

    def _make_bibliography(self, document: _Document) -> Bibliography:
        maker = self._bibliography
        if maker is None:
            return Bibliography((), Layout(), "")
        cites = [document.cites[identifier] for identifier in document.order]
        texts, layout = maker.entries(cites, self.settler)
        entries = tuple([Entry(cite.item.id, self.writer.entry(text, layout)) for cite, text in texts])
        text = self.writer.bibliography([entry.text for entry in entries], layout)
        return Bibliography(entries, layout, text)


# Cites must be told apart where they are shortest.
_COMPARED: Final = frozenset((SUBSEQUENT, NEAR_NOTE))
_NO_SPACE_AFTER: Final = frozenset(" \u00a0'’([{/“‘\"-–—")
_NO_SPACE_BEFORE: Final = frozenset(" \u00a0,.;:!?)]}’”'\"/-–—")


def _later(render: Callable[[Cite, str], str], cite: Cite, form: str) -> Callable[[], str]:
    return lambda: render(cite, form)


def _spaced_prefix(prefix: str) -> str:
    bare = m.strip(prefix)
    return f"{prefix} " if bare and bare[-1] not in _NO_SPACE_AFTER else prefix


def _spaced_suffix(suffix: str) -> str:
    bare = m.strip(suffix)
    if suffix[:1] == ",":
        # It goes on the sentence, not the title: it stays outside quotes.
        return m.PROTECT + suffix
    return f" {suffix}" if bare and bare[0] not in _NO_SPACE_BEFORE else suffix


def _letter_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 96
    return number
