"""Selected entries as BibTeX: the very text of the file, with everything that they need to be read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.blocks import Block, EntryBlock, PreambleBlock, StringBlock
from ppreflist.bibtex.value import parts
from ppreflist.model.inherit import parents
from ppreflist.model.library import Library

_COMMAND: Final = re.compile(r"\\([A-Za-z]+)")
_DEFINED: Final = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|def|let)\*?\s*\{?\\([A-Za-z]+)"
)


def source(bib: BibFile, library: Library, keys: Iterable[str]) -> str:
    """The text of the entries with these keys, in file order, each as it stands in ``bib`` to the character.

    With them come the ``@string`` macros that they use (and those that these use), the entries that they refer to by
    crossref, xref, xdata or entryset, and a ``@preamble`` that defines a command which they use. ``library`` is ``bib``
    as read. A key that is defined twice brings all its entries.
    """
    wanted = set(keys)
    asked = (library.get(key) for key in tuple(wanted))
    # All at once: a chain of parents that many entries share is followed once, not once an entry.
    wanted.update(parent.key for parent in parents(library, *(entry for entry in asked if entry is not None)))
    entries = [block for block in bib.entries if block.key in wanted]
    chosen: set[Block] = {*entries, *_strings(bib, entries)}
    used = {name for block in chosen for name in _COMMAND.findall(bib.text, block.start, block.end)}
    for block in bib.blocks:
        if type(block) is PreambleBlock and used.intersection(_DEFINED.findall(bib.text, block.start, block.end)):
            chosen.add(block)
    texts = [bib.text[block.start : block.end] for block in bib.blocks if block in chosen]
    return "".join(text + bib.newline * 2 for text in texts).removesuffix(bib.newline)


def _strings(bib: BibFile, entries: Iterable[EntryBlock]) -> set[StringBlock]:
    """The ``@string`` blocks that define the macros which these entries use, however indirectly."""
    by_name: dict[str, list[StringBlock]] = {}
    for block in bib.blocks:
        if type(block) is StringBlock:
            by_name.setdefault(block.name.lower(), []).append(block)
    found: set[StringBlock] = set()
    waiting = {
        name for entry in entries for each in entry.fields for name in _macros(bib, each.value_start, each.value_end)
    }
    while waiting:
        for block in by_name.pop(waiting.pop(), ()):
            found.add(block)
            waiting |= _macros(bib, block.value_start, block.value_end)
    return found


def _macros(bib: BibFile, start: int, end: int) -> set[str]:
    """The macros in a value, lower-cased."""
    if bib.text[start : start + 1] in ("{", '"') and bib.text.find("#", start, end) < 0:
        return set()
    return {content.lower() for delimiter, content in parts(bib.text[start:end]) if not delimiter}
