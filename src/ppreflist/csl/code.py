"""What a rendering element becomes for one shape: a constant, or a closure over the cite; and how they combine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ppreflist.csl.context import Cite, Run

# Whether an element renders something: known when compiled, or only when rendered.
NO: Final = 0
MAYBE: Final = 1
YES: Final = 2


class Code:
    """``text`` is the constant result, or None when ``run`` makes it. ``called``: it calls a variable ("Group").

    ``filled``: whether a called variable gave something; ``solid``: the result is never empty.
    """

    __slots__ = ("called", "filled", "run", "solid", "text")

    def __init__(self, text: str | None, run: Run | None, called: bool, filled: int, solid: bool) -> None:
        self.text = text
        self.run = run
        self.called = called
        self.filled = filled
        self.solid = solid

    @property
    def is_nothing(self) -> bool:
        return self.text == ""


NOTHING: Final = Code("", None, False, NO, False)
# A variable was called and is empty.
EMPTY: Final = Code("", None, True, NO, False)


def constant(text: str) -> Code:
    return Code(text, None, False, NO, True) if text else NOTHING


def variable(run: Run, filled: int = YES) -> Code:
    """A called variable that renders through ``run``; with ``filled`` YES the result is never empty."""
    return Code(None, run, True, filled, filled == YES)


def optional(run: Run) -> Code:
    """Not a variable, and possibly empty (a label, say)."""
    return Code(None, run, False, NO, False)


def _constantly(text: str) -> Run:
    return lambda cite: text


def as_run(code: Code) -> Run:
    return code.run if code.run is not None else _constantly(code.text or "")


def affixed(code: Code, before: str, after: str, change: Callable[[str], str] | None = None) -> Code:
    """``code`` with ``change`` applied and something on both sides, unless it is empty."""
    if code.text is not None:
        text = change(code.text) if change is not None and code.text else code.text
        text = f"{before}{text}{after}" if text else ""
        return Code(text, None, code.called, code.filled, bool(text))
    run = code.run
    assert run is not None
    if change is None and not before and not after:
        return code
    return Code(None, _affixed(run, before, after, change, code.solid), code.called, code.filled, code.solid)


def _affixed(run: Run, before: str, after: str, change: Callable[[str], str] | None, solid: bool) -> Run:
    if change is None:
        if solid:
            return lambda cite: f"{before}{run(cite)}{after}"

        def plain(cite: Cite) -> str:
            text = run(cite)
            return f"{before}{text}{after}" if text else ""

        return plain

    def changed(cite: Cite) -> str:
        text = run(cite)
        if text:
            text = change(text)
        return f"{before}{text}{after}" if text else ""

    return changed


def joined(codes: Sequence[Code], delimiter: str) -> Code:
    """The non-empty results with ``delimiter`` between them; nothing is suppressed."""
    called = any(code.called for code in codes)
    filled = max((code.filled for code in codes), default=NO)
    parts = [code for code in codes if code.text != ""]
    if not parts:
        return EMPTY if called else NOTHING
    if len(parts) == 1:
        only = parts[0]
        return Code(only.text, only.run, called, filled, only.solid)
    if all(code.solid for code in parts):
        return _joined_solid(parts, delimiter, called, filled)
    runs = [as_run(code) for code in parts]
    solid = any(code.solid for code in parts)

    def run(cite: Cite) -> str:
        return delimiter.join([text for each in runs if (text := each(cite))])

    return Code(None, run, called, filled, solid)


def _joined_solid(parts: list[Code], delimiter: str, called: bool, filled: int) -> Code:
    pieces: list[str | Run] = []
    for index, code in enumerate(parts):
        piece: str | Run = code.text if code.text is not None else as_run(code)
        for each in (delimiter, piece) if index else (piece,):
            if isinstance(each, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += each
            elif each != "":
                pieces.append(each)
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return Code(pieces[0], None, called, filled, True)
    fixed = tuple(pieces)

    def run(cite: Cite) -> str:
        return "".join([each if each.__class__ is str else each(cite) for each in fixed])  # type: ignore[operator]

    return Code(None, run, called, filled, True)


def grouped(codes: Sequence[Code], delimiter: str) -> Code:
    """cs:group: as ``joined``, but suppressed when variables are called and all of them are empty."""
    called = any(code.called for code in codes)
    filled = max((code.filled for code in codes), default=NO)
    if called and filled == NO:
        return EMPTY
    if not called or filled == YES:
        return joined(codes, delimiter)
    runs = [(code.filled == MAYBE, as_run(code)) for code in codes if code.text != ""]

    def run(cite: Cite) -> str:
        pieces = []
        found = False
        for counts, each in runs:
            text = each(cite)
            if text:
                pieces.append(text)
                found = found or counts
        return delimiter.join(pieces) if found else ""

    return Code(None, run, called, MAYBE, False)
