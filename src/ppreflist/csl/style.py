"""Styles: the tree, its options and their inheritance, dependent styles, macros.

Specification: "Independent Styles", "Dependent Styles", "Root Element - cs:style", "Style Behavior -
Options".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ppreflist.csl.xmltree import Node, parse
from ppreflist.errors import MalformedStyle

# "Inheritable Name Options": attribute on cs:style, cs:citation, cs:bibliography -> attribute on cs:name.
NAME_OPTIONS: Final = {
    "and": "and",
    "delimiter-precedes-et-al": "delimiter-precedes-et-al",
    "delimiter-precedes-last": "delimiter-precedes-last",
    "et-al-min": "et-al-min",
    "et-al-use-first": "et-al-use-first",
    "et-al-use-last": "et-al-use-last",
    "et-al-subsequent-min": "et-al-subsequent-min",
    "et-al-subsequent-use-first": "et-al-subsequent-use-first",
    "initialize": "initialize",
    "initialize-with": "initialize-with",
    "name-as-sort-order": "name-as-sort-order",
    "sort-separator": "sort-separator",
    "name-form": "form",
    "name-delimiter": "delimiter",
    "names-delimiter": "names-delimiter",
}
# How deep elements and macros may be nested: rendering recurses over them.
MAX_DEPTH: Final = 120
_RENDERING: Final = frozenset({"text", "number", "date", "names", "label", "group", "choose"})


class Section:
    """``cs:citation`` or ``cs:bibliography``: its attributes with what they inherit, its sort keys and layout."""

    __slots__ = ("attributes", "kind", "layout", "name_options", "node", "sort")

    def __init__(self, kind: str, node: Node, root: Node, path: str) -> None:
        self.kind = kind
        self.node = node
        self.attributes = node.attributes
        layout = node.child("layout")
        if layout is None:
            raise MalformedStyle(f"<{kind}> has no <layout>", path=path, line=node.line)
        self.layout = layout
        sort = node.child("sort")
        self.sort: list[Node] = list(sort.each("key")) if sort is not None else []
        self.name_options = {
            option: value
            for source in (root, node)
            for attribute, option in NAME_OPTIONS.items()
            if (value := source.attributes.get(attribute)) is not None
        }

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)


class Style:
    """An independent style, ready to compile. Build it with ``load_style``."""

    __slots__ = (
        "bibliography",
        "citation",
        "citation_class",
        "citation_format",
        "default_locale",
        "id",
        "locales",
        "macros",
        "path",
        "root",
        "title",
    )

    def __init__(self, root: Node, path: str) -> None:
        self.root = root
        self.path = path
        self.citation_class = root.get("class", "in-text")
        self.default_locale = root.get("default-locale")
        self.locales = list(root.each("locale"))
        self.macros: dict[str, Node] = {}
        for macro in root.each("macro"):
            self.macros.setdefault(macro.get("name"), macro)
        info = root.child("info")
        self.id, self.title, self.citation_format = _info(info)
        citation = root.child("citation")
        if citation is None:
            raise MalformedStyle("no <citation>", path=path, line=root.line)
        self.citation = Section("citation", citation, root, path)
        bibliography = root.child("bibliography")
        self.bibliography = Section("bibliography", bibliography, root, path) if bibliography is not None else None
        self._check_macros()

    @property
    def has_bibliography(self) -> bool:
        return self.bibliography is not None

    @property
    def is_note(self) -> bool:
        return self.citation_class == "note"

    def get(self, name: str, default: str = "") -> str:
        """A global option."""
        return self.root.attributes.get(name, default)

    def _check_macros(self) -> None:
        """Every macro that is called exists, none calls itself, and nesting stays within bounds."""
        depths: dict[str, int] = {}
        calling: list[str] = []

        def macro_depth(name: str, line: int) -> int:
            if name in depths:
                return depths[name]
            if name not in self.macros:
                raise MalformedStyle(f'macro "{name}" does not exist', path=self.path, line=line)
            if name in calling:
                chain = " -> ".join([*calling[calling.index(name) :], name])
                raise MalformedStyle(f"macro calls itself: {chain}", path=self.path, line=line)
            if len(calling) > MAX_DEPTH:
                raise MalformedStyle("macros call each other too deeply", path=self.path, line=line)
            calling.append(name)
            depths[name] = depth = element_depth(self.macros[name])
            calling.pop()
            return depth

        def element_depth(node: Node) -> int:
            depth = 0
            if node.tag == "text" and "macro" in node.attributes:
                depth = macro_depth(node.get("macro"), node.line)
            for child in node.children:
                depth = max(depth, element_depth(child))
            if depth >= MAX_DEPTH:
                raise MalformedStyle("elements and macros are nested too deeply", path=self.path, line=node.line)
            return depth + 1

        for section in (self.citation, self.bibliography):
            if section is None:
                continue
            element_depth(section.layout)
            for key in section.sort:
                if "macro" in key.attributes:
                    macro_depth(key.get("macro"), key.line)


def _info(info: Node | None) -> tuple[str, str, str]:
    if info is None:
        return "", "", ""
    identifier, title = info.child("id"), info.child("title")
    formats = [node.get("citation-format") for node in info.each("category")]
    return (
        identifier.text.strip() if identifier else "",
        " ".join(title.text.split()) if title else "",
        next((each for each in formats if each), ""),
    )


def _parent_link(root: Node) -> tuple[str, int]:
    info = root.child("info")
    for link in info.each("link") if info is not None else ():
        if link.get("rel") == "independent-parent":
            return link.get("href"), link.line
    return "", root.line


def load_style(
    source: str | bytes,
    *,
    path: str = "",
    parent: Callable[[str], str | bytes] | None = None,
) -> Style:
    """The style that ``source`` (XML) describes.

    A dependent style (no ``cs:citation``, a link ``rel="independent-parent"``) takes everything but title,
    id and default locale from its parent, whose XML ``parent(id)`` returns. Raises ``MalformedStyle`` with
    the line.
    """
    root = parse(source, path)
    if root.tag != "style":
        raise MalformedStyle(f"<{root.tag}> is not a CSL style", path=path, line=root.line)
    if root.child("citation") is not None:
        return Style(root, path)
    href, line = _parent_link(root)
    if not href:
        raise MalformedStyle("neither <citation> nor an independent-parent link", path=path, line=line)
    if parent is None:
        raise MalformedStyle(f"depends on the style {href}, which is not at hand", path=path, line=line)
    parent_root = parse(parent(href), href)
    if parent_root.tag != "style" or parent_root.child("citation") is None:
        raise MalformedStyle(f"the parent style {href} is not independent", path=path, line=line)
    if "default-locale" in root.attributes:
        parent_root.attributes["default-locale"] = root.attributes["default-locale"]
    style = Style(parent_root, href)
    style.id, style.title, formats = _info(root.child("info"))
    style.citation_format = formats or style.citation_format
    return style


def is_rendering(node: Node) -> bool:
    return node.tag in _RENDERING


def merged(base: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Attributes with those of the lower level winning."""
    return {**base, **own} if own else dict(base)
