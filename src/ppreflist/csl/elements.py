"""cs:text, cs:number, cs:label and cs:group (specification, "Rendering Elements")."""

from __future__ import annotations

import re
from typing import Final

from ppreflist.csl import labels, numbers
from ppreflist.csl import markup as m
from ppreflist.csl.code import EMPTY, MAYBE, NOTHING, YES, Code, as_run, constant, grouped, optional, variable
from ppreflist.csl.compiler import Compiler, solid_counts
from ppreflist.csl.context import Cite, Run
from ppreflist.csl.formatting import delimiter, value
from ppreflist.csl.people import is_cjk
from ppreflist.csl.variables import NUMBER_VARIABLES, SHORT_FORMS
from ppreflist.csl.xmltree import Node

# "Appendix VI: Links".
_LINKS: Final = {
    "URL": "",
    "DOI": "https://doi.org/",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}
_SAFE_URL: Final = re.compile(r"https?://[^\s\ufdd0-\ufdef]+$", re.IGNORECASE)
_RESOLVER: Final = re.compile(r"^https?://[^\s]*/$")
_DOI: Final = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\..+)$", re.IGNORECASE)


def text(compiler: Compiler, node: Node) -> Code:
    """ "Text"."""
    attributes = node.attributes
    if "variable" in attributes:
        return _text_variable(compiler, node, attributes["variable"])
    if "macro" in attributes:
        # Styles are written for citeproc-js, which changes the case of variables, terms and values, not of macros.
        # Periods go from what the macro renders, not from the affixes in it.
        plain = compiler.scope.without(compiler.scope.without(node, "text-case"), "strip-periods")
        return compiler.formatted(compiler.macro(node), plain, leaf=False)
    if "term" in attributes:
        return compiler.formatted(_term(compiler, node), node)
    return compiler.formatted(constant(value(node.get("value"))), node)


def _term(compiler: Compiler, node: Node) -> Code:
    found = compiler.scope.locale.find(node.get("term"), node.get("form", "long"), node.get("plural") == "true")
    if found is None:
        return NOTHING
    shown = value(found)
    if compiler.scope.capitalizes_terms and shown[:1].islower() and node.get("text-case") != "lowercase":
        shown = m.TERM + shown
    return constant(shown)


def _citation_label(compiler: Compiler, node: Node) -> Code:
    compiler.rendered.append("citation-label")

    def run(cite: Cite) -> str:
        label = cite.texts("citation-label") or labels.trigraph(cite.item)
        suffix = cite.suffix_pending
        if not suffix:
            return label
        cite.suffix_pending = ""
        return f"{label}{m.YEAR_SUFFIX}{suffix}{m.END_YEAR_SUFFIX}"

    return compiler.formatted(variable(run), node)


def _text_variable(compiler: Compiler, node: Node, name: str) -> Code:
    scope = compiler.scope
    if name in _SPECIAL:
        return _SPECIAL[name](compiler, node)
    if node.get("form") == "short" and name in SHORT_FORMS and compiler.has(SHORT_FORMS[name]):
        name = SHORT_FORMS[name]
    elif not compiler.has(name):
        short = SHORT_FORMS.get(name)
        if short is None or node.get("form") != "short" or not compiler.has(short):
            return EMPTY
    compiler.rendered.append(name)
    if compiler.substituting:
        compiler.suppressed.add(name)
    if scope.links and name in _LINKS:
        return _link(compiler, node, name)
    if name in ("page", "page-first"):
        return compiler.formatted(variable(_pages(compiler, name)), node)
    if name in NUMBER_VARIABLES:
        return compiler.formatted(variable(_number_text(compiler, name)), node, data=True)
    code = compiler.formatted(variable(lambda cite: cite.texts(name)), node, data=True)
    if node.get("font-style") != "italic":
        return code
    upright = compiler.formatted(
        variable(lambda cite: cite.texts(name)), compiler.scope.without(node, "font-style"), data=True
    )
    return variable(_slanted(as_run(code), as_run(upright), name))


# Letters of scripts that have italics.
_SLANTED: Final = re.compile("[A-Za-z\u00c0-\u058f\u0600-\u06ff\u1e00-\u1fff]")


def _slanted(italic: Run, upright: Run, name: str) -> Run:
    """Scripts of East Asia have no italics."""

    def run(cite: Cite) -> str:
        text = cite.texts(name)
        if not text.isascii() and is_cjk(text) and not _SLANTED.search(text):
            return upright(cite)
        return italic(cite)

    return run


def _pages(compiler: Compiler, name: str) -> Run:
    scope = compiler.scope
    page_format, locale, dash = scope.page_format, scope.locale, scope.page_delimiter
    return lambda cite: numbers.pages(cite.texts(name), page_format, locale, dash)


def _number_text(compiler: Compiler, name: str) -> Run:
    locale = compiler.scope.locale
    dash = compiler.scope.page_delimiter
    return lambda cite: numbers.joined(cite.texts(name), locale, dash)


def _link(compiler: Compiler, node: Node, name: str) -> Code:
    formatting = compiler.scope.formatting(node)
    resolver = _LINKS[name]
    prefix = formatting.prefix
    inside = prefix if _RESOLVER.match(prefix) else ""

    def run(cite: Cite) -> str:
        shown = cite.texts(name)
        plain = m.strip(shown).replace("’", "'")
        href = plain
        if name == "DOI":
            found = _DOI.match(plain)
            href = found[1] if found else plain
        href = resolver + href.replace(" ", "%20")
        if not _SAFE_URL.match(href):
            return inside + shown
        return f"{m.LINK}{href}{m.LINK_TEXT}{inside}{shown}{m.END_LINK}"

    code = compiler.formatted(variable(run), node)
    if inside:
        # The resolver went into the anchor: take it off the affix.
        rest = compiler.scope.without(node, "prefix")
        code = compiler.formatted(variable(run), rest)
    return code


def _citation_number(compiler: Compiler, node: Node) -> Code:
    compiler.rendered.append("citation-number")
    if compiler.scope.sorting:
        return variable(lambda cite: f"{cite.number:08d}")
    return compiler.formatted(variable(lambda cite: f"{cite.number}"), node)


def _first_note(compiler: Compiler, node: Node) -> Code:
    run: Run = lambda cite: str(cite.first_note) if cite.first_note else ""  # noqa: E731
    return compiler.formatted(variable(run, MAYBE), node)


def _year_suffix(compiler: Compiler, node: Node) -> Code:
    def run(cite: Cite) -> str:
        suffix = cite.suffix_pending
        if not suffix:
            return ""
        cite.suffix_pending = ""
        return f"{m.YEAR_SUFFIX}{suffix}{m.END_YEAR_SUFFIX}"

    # A suffix that is not needed does not empty the group around it.
    return compiler.formatted(Code(None, run, True, YES, False), node)


def _locator(compiler: Compiler, node: Node) -> Code:
    if not compiler.has("locator"):
        return EMPTY
    scope = compiler.scope
    compiler.rendered.append("locator")
    # Once in a cite, as citeproc-js has it.
    compiler.suppressed.add("locator")
    locale = scope.locale
    if compiler.shape.label == "page":
        page_format, dash = scope.page_format, scope.page_delimiter
        run: Run = lambda cite: numbers.pages(cite.locator, page_format, locale, dash)  # noqa: E731
    else:
        dash = scope.page_delimiter
        run = lambda cite: numbers.joined(cite.locator, locale, dash)  # noqa: E731
    return compiler.formatted(variable(run), node)


_SPECIAL: Final = {
    "citation-label": _citation_label,
    "citation-number": _citation_number,
    "first-reference-note-number": _first_note,
    "year-suffix": _year_suffix,
    "locator": _locator,
}


def number(compiler: Compiler, node: Node) -> Code:
    """ "Number"."""
    name = node.get("variable")
    scope = compiler.scope
    form = node.get("form", "numeric")
    if name == "citation-number":
        return _citation_number(compiler, node)
    if name in ("year-suffix", "first-reference-note-number"):
        return _SPECIAL[name](compiler, node)
    if not compiler.has(name):
        return EMPTY
    compiler.rendered.append(name)
    if name == "locator":
        compiler.suppressed.add(name)
    locale = scope.locale
    if scope.sorting:
        return variable(lambda cite: sort_number(cite.locator if name == "locator" else cite.texts(name)))
    term = compiler.shape.label if name == "locator" else name
    gender = locale.gender.get(term, "")
    if name == "locator":
        run: Run = lambda cite: numbers.number(cite.locator, form, locale, gender, scope.page_delimiter)  # noqa: E731
    elif name in ("page", "page-first"):
        run = _pages(compiler, name)
    else:
        run = lambda cite: numbers.number(cite.texts(name), form, locale, gender, scope.page_delimiter)  # noqa: E731
    return compiler.formatted(variable(run), node)


def sort_number(text: str) -> str:
    """ "Number variables ... are returned as integers", padded so that strings sort as numbers do."""
    match = re.match(r"\s*(-?)(\d{1,20})", text)
    if match is None:
        return text
    return f"{match[1]}{int(match[2]):012d}{text[match.end() :]}"


def label(compiler: Compiler, node: Node) -> Code:
    """ "The term is only rendered if the selected variable is non-empty"."""
    name = node.get("variable")
    if name == "locator" and compiler.scope.section.kind == "bibliography" and not compiler.scope.sorting:
        # An entry has no locator. Styles that say so all the same mean the label of its pages.
        return compiler.formatted(constant(value(compiler.scope.locale.term("page", node.get("form", "long")))), node)
    there = name in compiler.shape.present if name == "locator" else compiler.has(name)
    if compiler.scope.sorting or not there:
        return NOTHING
    term = compiler.shape.label or "page" if name == "locator" else name
    return compiler.formatted(label_code(compiler, node, term, name), node)


def label_code(compiler: Compiler, node: Node, term: str, name: str) -> Code:
    locale = compiler.scope.locale
    form = node.get("form", "long")
    single = value(locale.term(term, form))
    multiple = value(locale.term(term, form, True))
    plural = node.get("plural", "contextual")
    if plural == "never" or single == multiple:
        return constant(single)
    if plural == "always":
        return constant(multiple)
    if name == "locator":
        return optional(lambda cite: multiple if numbers.is_plural(cite.locator) else single)
    return optional(lambda cite: multiple if numbers.is_plural(cite.texts(name), name) else single)


def group(compiler: Compiler, node: Node) -> Code:
    code = grouped(compiler.nested(node.children), delimiter(node.get("delimiter")))
    return compiler.formatted(solid_counts(code), node, leaf=False)
