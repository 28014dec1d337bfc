"""XML of styles and locales, with the line of every element.

Parsing goes through ``defusedxml``: entities and external references are refused. Depth and size are
bounded, because styles come from strangers and rendering recurses over the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from ppreflist.errors import MalformedStyle

CSL_NAMESPACE: Final = "http://purl.org/net/xbiblio/csl"
MAX_DEPTH: Final = 60
MAX_BYTES: Final = 8_000_000
_XML_LANG: Final = "http://www.w3.org/XML/1998/namespace}lang"


class Node:
    """One element: local name, attributes (``xml:lang`` as ``lang``), children, direct text, line."""

    __slots__ = ("attributes", "children", "line", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node] = []
        self.text = ""
        self.line = line

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def child(self, tag: str) -> Node | None:
        return next((child for child in self.children if child.tag == tag), None)

    def each(self, tag: str) -> Iterator[Node]:
        return (child for child in self.children if child.tag == tag)


class _Builder:
    def __init__(self, expat: Any, path: str) -> None:
        self.expat = expat
        self.path = path
        self.open: list[Node] = []
        self.root: Node | None = None
        self.depth = 0
        self.texts: list[str] = []

    def start(self, name: str, attributes: dict[str, str] | list[str]) -> None:
        self.depth += 1
        line = self.expat.CurrentLineNumber
        if self.depth > MAX_DEPTH:
            raise MalformedStyle(f"elements are nested deeper than {MAX_DEPTH}", path=self.path, line=line)
        if isinstance(attributes, list):
            attributes = dict(zip(attributes[::2], attributes[1::2], strict=True))
        if attributes and any("}" in key for key in attributes):
            attributes = {
                "lang" if key == _XML_LANG else key.rpartition("}")[2]: value for key, value in attributes.items()
            }
        node = Node(name.rpartition("}")[2], attributes, line)
        if self.open:
            self.open[-1].children.append(node)
        elif not name.startswith(CSL_NAMESPACE):
            raise MalformedStyle(
                f"<{node.tag}> is not in the CSL namespace",
                hint=f'the root element needs xmlns="{CSL_NAMESPACE}"',
                path=self.path,
                line=line,
            )
        else:
            self.root = node
        self.open.append(node)
        self.texts.clear()

    def end(self, name: str) -> None:
        node = self.open.pop()
        if self.texts and not node.children:
            node.text = "".join(self.texts)
        self.texts.clear()
        self.depth -= 1

    def data(self, text: str) -> None:
        self.texts.append(text)


def parse(source: str | bytes, path: str = "") -> Node:
    """The root element of ``source``; ``MalformedStyle`` with line and column when it is not such XML."""
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(data) > MAX_BYTES:
        raise MalformedStyle(f"larger than {MAX_BYTES} bytes", path=path)
    # Text is already decoded, whatever its declaration says.
    parser = DefusedXMLParser(encoding="utf-8" if isinstance(source, str) else None)
    expat = parser.parser
    builder = _Builder(expat, path)
    expat.StartElementHandler = builder.start
    expat.EndElementHandler = builder.end
    expat.CharacterDataHandler = builder.data
    try:
        expat.Parse(data, True)
    except ExpatError as error:
        raise MalformedStyle(
            f"not well-formed XML: {str(error).partition(':')[0]}",
            path=path,
            line=error.lineno,
            column=error.offset + 1,
        ) from None
    except DefusedXmlException as error:
        raise MalformedStyle(
            f"XML entities and external references are not allowed ({type(error).__name__})",
            path=path,
            line=expat.CurrentLineNumber,
        ) from None
    except ValueError as error:
        raise MalformedStyle(f"not XML: {error}", path=path) from None
    if builder.root is None:
        raise MalformedStyle("no element", path=path)
    return builder.root
