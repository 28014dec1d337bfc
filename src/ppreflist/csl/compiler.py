"""Partial evaluation of a style for one shape: conditions decided, macros inlined, empty parts dropped.

``Scope`` is what stays the same for a section of a style (and caches what elements say); a ``Compiler`` turns a
layout or macro into ``Code`` for one ``Shape``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from ppreflist.csl.code import Code, affixed, grouped, joined
from ppreflist.csl.conditions import holds
from ppreflist.csl.context import Shape
from ppreflist.csl.formatting import Formatting, strip_periods
from ppreflist.csl.locale import Locale
from ppreflist.csl.style import Section, Style
from ppreflist.csl.xmltree import Node
from ppreflist.errors import MalformedStyle

if TYPE_CHECKING:
    from ppreflist.csl.dates import DateFormat
    from ppreflist.csl.namelist import NameFormat


# How many elements one entry may be made of, macros inlined.
MAX_ELEMENTS: Final = 50_000


CompileElement = Callable[["Compiler", Node], Code]


class Scope:
    """One section of a style in one locale. ``sorting`` when its elements make sort keys."""

    def __init__(
        self,
        style: Style,
        section: Section,
        locale: Locale,
        elements: Mapping[str, CompileElement],
        *,
        sorting: bool = False,
        links: bool = False,
    ) -> None:
        self.style = style
        self.section = section
        self.locale = locale
        # How each rendering element compiles, by tag.
        self.elements = elements
        self.sorting = sorting
        self.links = links and section.kind == "bibliography"
        self.page_format = style.get("page-range-format")
        self.page_delimiter = locale.find("page-range-delimiter") or "–"
        self.style_is_english = (
            locale.language == "en" if not style.default_locale else (style.default_locale.lower().startswith("en"))
        )
        self.explicit_year_suffix = year_suffix_is_explicit(style, section)
        # names-min, names-use-first, names-use-last of the sort key being compiled.
        self.sort_names: dict[str, str] = {}
        self._formattings: dict[int, Formatting] = {}
        self._without: dict[tuple[int, str], Node] = {}
        self._shorthands: dict[tuple[int, int], Node] = {}
        self.date_formats: dict[int, DateFormat] = {}
        self.name_formats: dict[int, NameFormat] = {}
        # "the first character of a citation should preferably be uppercased" (cs:citation, note styles).
        # An entry of a bibliography stands for itself in every style.
        self.capitalizes_terms = not sorting and (style.is_note or section.kind == "bibliography")
        # Whether the output of the first cs:names is marked, for grouping, collapsing and substitution.
        self.marks_names = section.kind == "citation" or "subsequent-author-substitute" in section.attributes

    def formatting(self, node: Node) -> Formatting:
        found = self._formattings.get(id(node))
        if found is None:
            found = self._formattings[id(node)] = Formatting(node)
        return found

    def shorthand(self, source: Node, node: Node) -> Node:
        """``node`` (cs:names in cs:substitute, without children) with the affixes and formatting of ``source``."""
        key = (id(source), id(node))
        found = self._shorthands.get(key)
        if found is None:
            attributes = {**source.attributes, **node.attributes}
            found = self._shorthands[key] = Node(node.tag, attributes, node.line)
        return found

    def without(self, node: Node, attribute: str) -> Node:
        """``node`` without ``attribute``."""
        if attribute not in node.attributes:
            return node
        key = (id(node), attribute)
        found = self._without.get(key)
        if found is None:
            rest = {name: value for name, value in node.attributes.items() if name != attribute}
            found = self._without[key] = Node(node.tag, rest, node.line)
        return found


def year_suffix_is_explicit(style: Style, section: Section) -> bool:
    """Whether the section renders "year-suffix" through cs:text ("Disambiguation", method 4)."""
    seen: set[str] = set()

    def renders(node: Node) -> bool:
        if node.tag == "text":
            if node.get("variable") in ("year-suffix", "citation-label"):
                return True
            name = node.get("macro")
            if name and name not in seen:
                seen.add(name)
                return renders(style.macros[name])
        return any(renders(child) for child in node.children)

    return renders(section.layout)


class Compiler:
    """Compiles elements in the order of the layout, for one shape."""

    __slots__ = (
        "budget",
        "conditions_left",
        "first_names",
        "language",
        "marked",
        "names_stack",
        "nesting",
        "rendered",
        "scope",
        "shape",
        "stripping",
        "substituting",
        "suppressed",
        "title_case",
        "tried_names",
    )

    def __init__(self, scope: Scope, shape: Shape) -> None:
        self.scope = scope
        self.shape = shape
        self.budget = MAX_ELEMENTS
        # How many groups, macros and names are around the element being compiled.
        self.nesting = 0
        self.conditions_left = shape.disambiguate
        # Variables that cs:substitute has used up.
        self.suppressed: set[str] = set()
        # How many macro calls with strip-periods are around the element being compiled.
        self.stripping = 0
        # How many cs:substitute are around the element being compiled.
        self.substituting = 0
        # Variables rendered so far, to know what a substitution used.
        self.rendered: list[str] = []
        # Whether the first cs:names is still to come.
        self.first_names = True
        # Whether there is a cs:names at all, and whether the output of one is marked already.
        self.tried_names = False
        self.marked = False
        self.language = shape.language
        self.title_case = shape.language == "en" if shape.language else scope.style_is_english
        # cs:names whose cs:substitute is being compiled: shorthand cs:names take their attributes.
        self.names_stack: list[Node] = []

    def has(self, variable: str) -> bool:
        return variable in self.shape.present and variable not in self.suppressed

    def formatted(self, code: Code, node: Node, *, data: bool = False, leaf: bool = True) -> Code:
        """``code`` with the attributes of ``node``. ``data``: it is a variable, in the language of the item.

        ``leaf``: text itself, which a macro call may want without periods; not what has other elements inside.
        """
        if code.text == "":
            return code
        if leaf and self.stripping:
            code = affixed(code, "", "", strip_periods)
        formatting = self.scope.formatting(node)
        if data:
            code = formatting.apply(code, self.language, self.title_case)
        else:
            code = formatting.apply(code, self.scope.locale.language, True)
        # "all rendering elements should be under the control of a display attribute": those of cs:layout itself.
        return formatting.displayed(code) if formatting.display and not self.nesting else code

    def children(self, nodes: Iterable[Node]) -> list[Code]:
        """The rendering elements among ``nodes``; cs:choose is transparent to delimiters."""
        codes: list[Code] = []
        elements = self.scope.elements
        for node in nodes:
            self.budget -= 1
            if self.budget < 0:
                style = self.scope.style
                raise MalformedStyle("macros expand to too much", path=style.path, line=node.line)
            compile_element = elements.get(node.tag)
            if compile_element is not None:
                codes.append(compile_element(self, node))
            elif node.tag == "choose":
                codes += self.choose(node)
        return codes

    def choose(self, node: Node) -> list[Code]:
        return self.children(self.branch(node))

    def branch(self, node: Node) -> list[Node]:
        """What cs:choose chooses."""
        for branch in node.children:
            if branch.tag == "else":
                return branch.children
            if branch.tag in ("if", "else-if") and holds(branch, self.shape, self._disambiguating):
                return branch.children
        return []

    def taken(self, nodes: Iterable[Node]) -> Iterator[Node]:
        """``nodes`` with every cs:choose replaced by what it chooses."""
        for node in nodes:
            if node.tag == "choose":
                yield from self.taken(self.branch(node))
            else:
                yield node

    def macro(self, node: Node) -> Code:
        """ "if the macro is non-empty, it is treated as a non-empty variable"; it suppresses itself like a group."""
        strips = node.get("strip-periods") == "true"
        self.stripping += strips
        code = grouped(self.nested(self.scope.style.macros[node.get("macro")].children), "")
        self.stripping -= strips
        return solid_counts(code)

    def nested(self, nodes: Iterable[Node]) -> list[Code]:
        """The children of a group or macro."""
        self.nesting += 1
        codes = self.children(nodes)
        self.nesting -= 1
        return codes

    def _disambiguating(self) -> bool:
        """ "Disambiguation", method 3, adds as little as it can: one condition after the other tests true."""
        self.conditions_left -= 1
        return self.conditions_left >= 0

    def layout(self) -> Code:
        return joined(self.children(self.scope.section.layout.children), "")


def solid_counts(code: Code) -> Code:
    """A non-empty group or macro counts as a non-empty variable for the group around it."""
    if not code.called and code.text != "":
        if code.solid:
            return Code(code.text, code.run, True, 2, True)
        return Code(code.text, code.run, True, 1, False)
    return code
