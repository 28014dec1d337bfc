"""cs:names: which name variable is rendered, its label, its substitutes (specification, "Names")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ppreflist.csl import markup as m
from ppreflist.csl.code import EMPTY, MAYBE, NOTHING, YES, Code, as_run, constant, joined, optional, variable
from ppreflist.csl.compiler import Compiler
from ppreflist.csl.context import SUBSEQUENT, Cite, Run
from ppreflist.csl.formatting import delimiter, value
from ppreflist.csl.namelist import NameFormat
from ppreflist.csl.style import merged
from ppreflist.csl.xmltree import Node

_SHORTHAND: Final = ("name", "et-al", "label")
_EDITOR_TRANSLATOR: Final = {"editor", "translator"}
_NEVER_SUPPRESSED: Final = frozenset(("locator", "citation-number"))


def names(compiler: Compiler, node: Node) -> Code:
    """cs:names, or what its cs:substitute gives."""
    scope = compiler.scope
    first = compiler.first_names
    rendered_before = len(compiler.rendered)
    compiler.tried_names = True
    variables = node.get("variable").split()
    code = _rendered(compiler, node, [name for name in variables if compiler.has(name)])
    substituted = code is None
    if code is None:
        code = _substituted(compiler, node)
    if code.text == "":
        return code
    if first and not scope.sorting and not compiler.substituting:
        compiler.first_names = False
        if compiler.shape.form == "suppress-author":
            return EMPTY
        # "Anonymous" is nobody: not to be grouped, nor replaced as the name of the entry before.
        is_term = len(compiler.rendered) == rendered_before
        if substituted and scope.marks_names and not compiler.marked and not is_term:
            compiler.marked = True
            return _marked(code)
    return code


def _first(compiler: Compiler, code: Code) -> Code:
    """The names of the first cs:names, without label and affixes: what grouping and substitution compare."""
    if not compiler.scope.marks_names or compiler.marked:
        return code
    compiler.marked = True
    return _marked(code)


def _marked(code: Code) -> Code:
    if code.text is not None:
        text = f"{m.FIRST_NAMES}{code.text}{m.END_FIRST_NAMES}"
        return Code(text, None, code.called, code.filled, code.solid)
    inner = code.run
    assert inner is not None

    def run(cite: Cite) -> str:
        text = inner(cite)
        return f"{m.FIRST_NAMES}{text}{m.END_FIRST_NAMES}" if text else ""

    return Code(None, run, code.called, code.filled, code.solid)


def _rendered(compiler: Compiler, node: Node, present: list[str]) -> Code | None:
    """The names themselves, or None when there are none."""
    if not present:
        return None
    compiler.rendered += present
    if compiler.substituting:
        compiler.suppressed.update(present)
    element = _Names(compiler, node)
    if element.format.form == "count":
        return variable(_counted([element.format.renderer(each, False, False) for each in present]))
    variables = set(node.get("variable").split())
    if set(present) == variables == _EDITOR_TRANSLATOR and compiler.scope.locale.term("editortranslator"):
        return element.both(*present)
    return element.whole([element.labelled(element.listed(each), each, each) for each in present])


class _Names:
    """One cs:names being compiled: how it lists names, and its label."""

    __slots__ = ("compiler", "delimiter", "filled", "first", "format", "label", "label_before", "node", "subsequent")

    def __init__(self, compiler: Compiler, node: Node) -> None:
        scope = compiler.scope
        self.compiler = compiler
        source = _source(compiler, node)
        self.format = _format(compiler, source)
        self.delimiter = delimiter(_inherited(compiler, source, node, "delimiter"))
        # The shorthand form takes affixes and formatting, too.
        self.node = node if source is node else scope.shorthand(source, node)
        self.subsequent = SUBSEQUENT in compiler.shape.positions
        # Whether the next list is the first of the layout.
        self.first = compiler.first_names and not scope.sorting
        self.label, self.label_before = _label(source) if not scope.sorting else (None, False)
        self.filled = YES if self.format.limits[1] else MAYBE

    def listed(self, name: str) -> Code:
        """The names of one variable."""
        code = variable(self.format.renderer(name, self.subsequent, self.first), self.filled)
        if self.first:
            code = _first(self.compiler, code)
        self.first = False
        return code

    def labelled(self, code: Code, term: str, name: str) -> Code:
        """``code`` with the label ``term``, plural by the names of the variable ``name``."""
        if self.label is None:
            return code
        return _with_label(self.compiler, code, self.label, self.label_before, term, name)

    def whole(self, codes: Sequence[Code]) -> Code:
        return self.compiler.formatted(joined(codes, self.delimiter), self.node, leaf=False)

    def both(self, one: str, other: str) -> Code:
        """ "when the selection consists of editor and translator, and when the contents ... is identical, then the
        contents of only one name variable is rendered", with the label "editortranslator"."""

        def same(cite: Cite) -> bool:
            left, right = cite.item.names(one), cite.item.names(other)
            return [name.key for name in left] == [name.key for name in right]

        first, second = self.listed(one), self.listed(other)
        together = as_run(self.whole([self.labelled(first, "editortranslator", one)]))
        apart = as_run(self.whole([self.labelled(first, one, one), self.labelled(second, other, other)]))
        return variable(lambda cite: together(cite) if same(cite) else apart(cite))


def _source(compiler: Compiler, node: Node) -> Node:
    """Where name, et-al and label come from: a shorthand cs:names takes those of the cs:names it substitutes for."""
    if compiler.names_stack and not any(child.tag in _SHORTHAND for child in node.children):
        return compiler.names_stack[-1]
    return node


def _inherited(compiler: Compiler, source: Node, node: Node, attribute: str) -> str:
    if attribute in node.attributes:
        return node.attributes[attribute]
    if attribute in source.attributes:
        return source.attributes[attribute]
    return compiler.scope.section.name_options.get("names-delimiter", "")


def _format(compiler: Compiler, source: Node) -> NameFormat:
    scope = compiler.scope
    found = scope.name_formats.get(id(source))
    if found is None:
        name_node = source.child("name")
        et_al = source.child("et-al")
        own = name_node.attributes if name_node is not None else {}
        options = merged(scope.section.name_options, own)
        options.update(scope.sort_names)
        found = scope.name_formats[id(source)] = NameFormat(scope, options, name_node, et_al)
    return found


def _label(source: Node) -> tuple[Node | None, bool]:
    """cs:label and whether it comes before cs:name."""
    seen_name = False
    for child in source.children:
        if child.tag == "name":
            seen_name = True
        elif child.tag == "label":
            return child, not seen_name and source.child("name") is not None
    return None, False


def _with_label(compiler: Compiler, code: Code, node: Node, before: bool, term: str, name: str) -> Code:
    locale = compiler.scope.locale
    form = node.get("form", "long")
    plural = node.get("plural", "contextual")
    single, multiple = locale.term(term, form), locale.term(term, form, True)
    if plural == "always" or single == multiple:
        label = compiler.formatted(constant(value(multiple)), node)
    elif plural == "never":
        label = compiler.formatted(constant(value(single)), node)
    else:
        label = _contextual(compiler, node, value(single), value(multiple), name)
    if label.text == "":
        return code
    result = joined((label, code) if before else (code, label), "")
    return Code(result.text, result.run, True, YES, True)


def _counted(runs: list[Run]) -> Run:
    """form="count": the number of names of all variables together."""
    return lambda cite: str(sum(int(run(cite)) for run in runs))


def _contextual(compiler: Compiler, node: Node, single: str, multiple: str, name: str) -> Code:
    one = compiler.formatted(constant(single), node).text or ""
    many = compiler.formatted(constant(multiple), node).text or ""
    run: Run = lambda cite: many if len(cite.item.names(name)) > 1 else one  # noqa: E731
    return optional(run)


def _substituted(compiler: Compiler, node: Node) -> Code:
    """ "the first element to return a non-empty result is used"; what it rendered is not rendered again."""
    substitute = node.child("substitute")
    if substitute is None:
        return EMPTY
    compiler.names_stack.append(_source(compiler, node))
    candidates: list[Code] = []
    used: list[str] = []
    compiler.substituting += 1
    before_names = compiler.first_names
    kept = set(compiler.suppressed)
    for child in compiler.taken(substitute.children):
        start = len(compiler.rendered)
        codes = compiler.nested((child,))
        compiler.suppressed = set(kept)
        if not codes:
            continue
        code = joined(codes, "")
        if code.text == "":
            if _is_defined(compiler, child):
                candidates.append(NOTHING)
                break
            continue
        candidates.append(code)
        used += compiler.rendered[start:]
        if code.solid:
            break
    compiler.first_names = before_names
    compiler.substituting -= 1
    compiler.names_stack.pop()
    if not candidates:
        return EMPTY
    if not compiler.scope.sorting:
        compiler.suppressed.update(name for name in used if name not in _NEVER_SUPPRESSED)
    if len(candidates) == 1:
        only = candidates[0]
        return Code(only.text, only.run, True, only.filled, only.solid)
    runs = [as_run(candidate) for candidate in candidates]

    def run(cite: Cite) -> str:
        for each in runs:
            text = each(cite)
            if text:
                return text
        return ""

    filled = min(max(candidate.filled for candidate in candidates), MAYBE)
    return Code(None, run, True, filled, candidates[-1].solid)


def _is_defined(compiler: Compiler, node: Node) -> bool:
    """A term that is defined as empty is a result, too."""
    return (
        node.tag == "text"
        and "term" in node.attributes
        and (compiler.scope.locale.find(node.get("term"), node.get("form", "long")) is not None)
    )
