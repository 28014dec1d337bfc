"""Find the blocks of a .bib file, with the exact span of every entry, key and field.

The reading is BibTeX's (Oren Patashnik, BibTeX 0.99d, and 'Tame the BeaST', section on the .bib file), where BibTeX and
biber differ biber's (btparse):

* braces are counted; a backslash never escapes one; in ``"..."`` only a quote outside braces ends the value;
* ``%`` between two fields, and outside entries where it begins a word, comments the rest of its line out;
* ``@comment{...}`` hides what is in it. But when text follows the brace on its first line and entries stand in it,
  a forgotten closing brace is more likely than a wish to hide them: the entries are read, and that is reported.

Nothing raises: what cannot be read becomes a BrokenBlock, and reading goes on at the next line that begins an entry.
Every pattern is possessive and nothing recurses, so that time and memory grow with the text, whatever is in it.
"""

from __future__ import annotations

import gc
import re
from array import array
from bisect import bisect_left
from sys import intern
from typing import NamedTuple

from ppreflist.bibtex.blocks import (
    Block,
    BrokenBlock,
    CommentBlock,
    EntryBlock,
    FieldSpan,
    Flaw,
    PreambleBlock,
    StringBlock,
)
from ppreflist.model.problem import Severity

MAX_BROKEN = 100_000
"""Broken blocks after which the rest of the file is taken as one: it is not a .bib file."""
MAX_OPEN_BRACES = 100_000
"""Braces open at once after which the rest of the file is taken as one broken block."""

MAX_FLAWS = 100_000
"""Flaws after which no more are noted."""

IDENTIFIER = r"""[^\s"#%'(),={}@]++"""
"""An entry type, field name or macro (BibTeX's identifier; ``@`` is left out so that a lost brace is noticed)."""
GAP = r"\s*+(?:%[^\n\r]*+\s*+)*+"
"""White space and ``%`` comments between the parts of a block."""
_FLAT = r"[^{}]*+"
_BRACED = rf"\{{{_FLAT}\}}"
for _ in range(3):
    _BRACED = rf"\{{{_FLAT}(?:{_BRACED}{_FLAT})*+\}}"
_QUOTED = rf'"[^"{{}}]*+(?:{_BRACED}[^"{{}}]*+)*+"'
_VALUE = rf"(?:{_BRACED}|{_QUOTED}|{IDENTIFIER})"

_TOP = re.compile(r"@|(?<!\S)%[^\n\r]*+")
_HEAD = re.compile(rf"@\s*+({IDENTIFIER})\s*+([{{(])")
_KEY = {
    "}": re.compile(rf"{GAP}((?:[^\s,{{}}=]++(?:[^\S\n\r]++[^\s,{{}}=]++)*+)?+){GAP}([,}}])"),
    ")": re.compile(rf"{GAP}((?:[^\s,{{}}=)]++(?:[^\S\n\r]++[^\s,{{}}=)]++)*+)?+){GAP}([,)])"),
}
_FIELD = {
    closer: re.compile(
        rf"{GAP}(?:({IDENTIFIER}){GAP}={GAP}({_VALUE}){GAP}(?:,|({re.escape(closer)}))|({re.escape(closer)}))"
    )
    for closer in "})"
}
_FIELD_NAME = re.compile(rf"({IDENTIFIER}){GAP}=")
_GAP = re.compile(GAP)
_BARE = re.compile(IDENTIFIER)
_BRACED_VALUE = re.compile(_BRACED)
_QUOTED_VALUE = re.compile(_QUOTED)
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')
_JUNK = re.compile(r"""[^,{}()"=@]*+""")
_ENTRY_LINE = re.compile(rf"(?:[\n\r]|\A)[^\S\n\r]*+(@[^\S\n\r]*+{IDENTIFIER}\s*+[{{(])")
HIDDEN_ENTRY = re.compile(
    rf"[\n\r][^\S\n\r]*+(@(?!comment\b){IDENTIFIER}[^\S\n\r]*+[{{(][^\S\n\r]*+[^\s,{{}}()=\"]*+[^\S\n\r]*+,)",
    re.IGNORECASE,
)
"""A line inside a block that looks like an entry's first."""
_REST_OF_LINE = re.compile(r"[^\n\r]*+")
_PAREN = re.compile(r"[()]")


class Scan(NamedTuple):
    """The blocks in file order, and what was noticed about them."""

    blocks: tuple[Block, ...]
    flaws: tuple[Flaw, ...]


def scan(text: str) -> Scan:
    """Find the blocks of ``text``. Never raises; time and memory are linear in its length."""
    collecting = gc.isenabled()
    gc.disable()  # it would walk through all spans again and again while they pile up, for a third of the time
    try:
        return _Scanner(text).run()
    finally:
        if collecting:
            gc.enable()


class _Unreadable(Exception):
    """A block cannot be read: why, where, and from where on the next one may be looked for."""

    def __init__(self, reason: str, at: int, resume: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at
        self.resume = resume


class _TooDeep(Exception):
    """More braces are open than any bibliography has."""


class _Braces:
    """Where each brace is closed, found once: BibTeX counts, so the answer does not depend on what stands before.

    The fast patterns need this only for values nested deeper than they go and for braces that are never closed; one
    region of the text is looked at once, however many questions are asked about it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._known_from = self._known_to = 0
        self._open: array[int] = array("q")
        self._close: array[int] = array("q")

    def close(self, start: int) -> int:
        """The offset of the brace that closes the one at ``start``, or -1."""
        if not self._known_from <= start < self._known_to:
            self._look(start)
        return self._close[bisect_left(self._open, start)]

    def _look(self, start: int) -> None:
        opened: array[int] = array("q")
        closed: array[int] = array("q")
        stack: array[int] = array("q")
        end = len(self._text)
        for mark in _BRACE.finditer(self._text, start):
            position = mark.start()
            if self._text[position] == "{":
                stack.append(len(opened))
                opened.append(position)
                closed.append(-1)
                if len(stack) > MAX_OPEN_BRACES:
                    raise _TooDeep
            else:
                closed[stack.pop()] = position
                if not stack:
                    end = position
                    break
        self._open, self._close = opened, closed
        self._known_from, self._known_to = start, end


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.braces = _Braces(text)
        self.blocks: list[Block] = []
        self.flaws: list[Flaw] = []
        self.broken = 0
        self.no_paren_from = self.no_hidden_from = len(text)

    def run(self) -> Scan:
        position = 0
        search = _TOP.search
        while found := search(self.text, position):
            if found[0] != "@":
                self._commented_out(found)
                position = found.end()
                continue
            start = found.start()
            try:
                position = self._block(start)
            except _Unreadable as error:
                position = self._broken(start, error)
            except _TooDeep:
                too_deep = _Unreadable(f"more than {MAX_OPEN_BRACES} braces are open at once", start, len(self.text))
                position = self._broken(start, too_deep)
        return Scan(tuple(self.blocks), tuple(self.flaws))

    def _block(self, start: int) -> int:
        """Read the block whose ``@`` stands at ``start``; the offset behind it."""
        text = self.text
        head = _HEAD.match(text, start)
        if head is None:
            return self._no_head(start)
        kind = head[1].lower()
        if kind == "comment":
            return self._comment(start, head)
        closer = "}" if head[2] == "{" else ")"
        if kind == "string":
            return self._string(start, head.end(), closer)
        if kind == "preamble":
            return self._preamble(start, head.end(), closer)
        in_text = not self._begins_block(start)
        try:
            entry = self._entry(start, head, closer)
        except _Unreadable:
            if in_text:
                return start + 1
            raise
        if in_text and not entry.fields:
            return start + 1
        self.blocks.append(entry)
        return entry.end

    def _no_head(self, start: int) -> int:
        """An ``@`` that begins no block: ``@comment`` without a brace, or an ``@`` in the text."""
        rest = _BARE.match(self.text, start + 1)
        if rest is not None and rest[0].lower() == "comment":
            line = _REST_OF_LINE.match(self.text, rest.end())
            end = line.end() if line is not None else rest.end()
            self.blocks.append(CommentBlock(start, end))
            return end
        return start + 1

    def _begins_block(self, start: int) -> bool:
        """Whether only white space stands between ``start`` and the line's start or the block before."""
        low = self.blocks[-1].end if self.blocks else 0
        before = start - 1
        while before >= low and self.text[before] not in "\n\r" and self.text[before].isspace():
            before -= 1
        return before < low or self.text[before] in "\n\r"

    def _entry(self, start: int, head: re.Match[str], closer: str) -> EntryBlock:
        text, body = self.text, head.end()
        key = _KEY[closer].match(text, body)
        if key is None:
            raise self._bad_key(body)
        fields: list[FieldSpan] = []
        recovered: list[str] = []
        position = key.end()
        if key[2] != closer:
            match = _FIELD[closer].match
            while True:
                found = match(text, position)
                if found is None:
                    position, closed = self._slow_field(position, closer, key[1], fields, recovered)
                    if closed:
                        break
                    continue
                position = found.end()
                which = found.lastindex
                if which == 4:
                    break
                value_start, value_end = found.span(2)
                fields.append(FieldSpan(intern(found[1]), found.start(1), value_start, value_end))
                if which == 3:
                    break
        return EntryBlock(
            start,
            position,
            intern(head[1]),
            head.start(1),
            key[1],
            key.start(1),
            body,
            closer,
            tuple(fields),
            "; ".join(recovered[:3]),
        )

    def _bad_key(self, body: int) -> _Unreadable:
        at = self._skip(body)
        word = _JUNK.match(self.text, at)
        end = word.end() if word else at
        after = self.text[end : end + 1]
        if after == "=":
            reason = "the citation key, or the comma behind it, is missing"
        elif not after:
            reason = "the file ends in the middle of this entry"
        else:
            reason = f"a comma was expected behind the citation key, not {after!r}"
        return _Unreadable(reason, end, end)

    def _slow_field(
        self, position: int, closer: str, key: str, fields: list[FieldSpan], recovered: list[str]
    ) -> tuple[int, bool]:
        """Read one field that the fast pattern does not know; the offset behind it, and whether the entry ended.

        Joined and deeply nested values are ordinary; everything else here is a flaw that BibTeX would stop at.
        """
        text = self.text
        position = self._skip(position)
        name = _FIELD_NAME.match(text, position)
        if name is None:
            if text[position : position + 1] == ",":
                self._recover(recovered, position, "a comma with no field before it", key)
                return position + 1, False
            return self._pass_over(position, closer, key, recovered, "a field without '='")
        start = self._skip(name.end())
        if text[start : start + 1] in (",", closer):
            self._note(
                Flaw(name.start(), "syntax", Severity.ERROR, f"field {name[1]!r} has no value", key, name[1].lower())
            )
            end = start = name.end()
        else:
            end = self._value_end(start, name[1])
        fields.append(FieldSpan(intern(name[1]), name.start(), start, end))
        position = self._skip(end)
        after = text[position : position + 1]
        if after == ",":
            return position + 1, False
        if after == closer:
            return position + 1, True
        if _FIELD_NAME.match(text, position):
            self._recover(recovered, position, f"no comma behind field {name[1]!r}", key, name[1])
            return position, False
        return self._pass_over(position, closer, key, recovered, f"text behind the value of field {name[1]!r}")

    def _pass_over(self, position: int, closer: str, key: str, recovered: list[str], what: str) -> tuple[int, bool]:
        """Pass over text that holds no delimiter, up to the next comma or the entry's end."""
        junk = _JUNK.match(self.text, position)
        end = junk.end() if junk else position
        after = self.text[end : end + 1]
        if after in (",", closer) and after and end > position:
            self._recover(recovered, position, what, key)
            return end + 1, after == closer
        if not after:
            raise _Unreadable("the file ends in the middle of this entry", end, position)
        reason = f"a comma or {closer!r} was expected, not {after!r}"
        if after == "@":
            reason = f"a new entry begins before this one is closed with {closer!r}"
        raise _Unreadable(reason, end, position)

    def _recover(self, recovered: list[str], offset: int, what: str, key: str, field: str = "") -> None:
        if len(recovered) < 10:
            recovered.append(what)
            self._note(Flaw(offset, "syntax", Severity.ERROR, what, key, field.lower()))

    def _note(self, flaw: Flaw) -> None:
        if len(self.flaws) < MAX_FLAWS:
            self.flaws.append(flaw)

    def _skip(self, position: int) -> int:
        gap = _GAP.match(self.text, position)
        return gap.end() if gap else position

    def _value_end(self, position: int, name: str) -> int:
        """The offset behind the value that starts at ``position``, with all its ``#`` parts."""
        text = self.text
        while True:
            first = text[position : position + 1]
            if first == "{":
                braced = _BRACED_VALUE.match(text, position)
                end = braced.end() if braced else self.braces.close(position) + 1
                if not end:
                    raise _Unreadable(f"the brace that opens the value of {name!r} is never closed", position, position)
            elif first == '"':
                quoted = _QUOTED_VALUE.match(text, position)
                end = quoted.end() if quoted else self._quote_end(position, name)
            else:
                bare = _BARE.match(text, position)
                if bare is None:
                    raise _Unreadable(f"the value of {name!r} cannot begin with {first!r}", position, position)
                end = bare.end()
            position = self._skip(end)
            if text[position : position + 1] != "#":
                return end
            position = self._skip(position + 1)

    def _quote_end(self, start: int, name: str) -> int:
        position = start + 1
        while mark := _BRACE_OR_QUOTE.search(self.text, position):
            if mark[0] == '"':
                return mark.end()
            close = self.braces.close(mark.start()) if mark[0] == "{" else -1
            if close < 0:
                break
            position = close + 1
        raise _Unreadable(f"the quote that opens the value of {name!r} is never closed", start, start)

    def _string(self, start: int, body: int, closer: str) -> int:
        position = self._skip(body)
        name = _FIELD_NAME.match(self.text, position)
        if name is None:
            raise _Unreadable("@string needs 'name = value'", position, position)
        value_start = self._skip(name.end())
        value_end = self._value_end(value_start, name[1])
        end = self._expect(self._skip(value_end), closer)
        self.blocks.append(StringBlock(start, end, intern(name[1]), name.start(), value_start, value_end))
        return end

    def _preamble(self, start: int, body: int, closer: str) -> int:
        value_start = self._skip(body)
        value_end = self._value_end(value_start, "@preamble")
        end = self._expect(self._skip(value_end), closer)
        self.blocks.append(PreambleBlock(start, end, value_start, value_end))
        return end

    def _expect(self, position: int, closer: str) -> int:
        if self.text[position : position + 1] == closer:
            return position + 1
        after = self.text[position : position + 1]
        reason = f"{closer!r} was expected, not {after!r}" if after else "the file ends in the middle of this block"
        raise _Unreadable(reason, position, position)

    def _comment(self, start: int, head: re.Match[str]) -> int:
        text, body = self.text, head.end()
        if head[2] == "{":
            braced = _BRACED_VALUE.match(text, body - 1)
            end = braced.end() if braced else self.braces.close(body - 1) + 1
        else:
            end = self._find_paren(body) + 1
        line = _REST_OF_LINE.match(text, body)
        said = line[0].strip() if line else ""
        if not end or (said and not said.startswith("@")):
            hidden = HIDDEN_ENTRY.search(text, body, end) if end else self._find_hidden(body)
            if hidden is not None:
                what = "is never closed" if not end else "would hide entries"
                self._note(
                    Flaw(start, "hidden-entry", Severity.ERROR, f"this @comment {what}; the entries in it are read")
                )
                self.blocks.append(CommentBlock(start, body + len(text[body : hidden.start(1)].rstrip())))
                return hidden.start(1)
        if not end:
            raise _Unreadable("this @comment is never closed", start, body)
        self.blocks.append(CommentBlock(start, end))
        return end

    def _find_paren(self, start: int) -> int:
        """The next closing parenthesis, or -1; what is not there is looked for only once."""
        found = self.text.find(")", start, self.no_paren_from)
        if found < 0:
            self.no_paren_from = min(self.no_paren_from, start)
        return found

    def _find_hidden(self, start: int) -> re.Match[str] | None:
        """The next line that looks like an entry's first; what is not there is looked for only once."""
        found = HIDDEN_ENTRY.search(self.text, start, self.no_hidden_from)
        if found is None:
            self.no_hidden_from = min(self.no_hidden_from, start)
        return found

    def _commented_out(self, found: re.Match[str]) -> None:
        inside = _HEAD.search(found[0])
        if inside is not None and inside[1].lower() != "comment":
            message = f"@{inside[1]} is commented out with %; biber skips it, but BibTeX reads it all the same"
            self._note(Flaw(found.start(), "commented-out", Severity.INFO, message))

    def _broken(self, start: int, error: _Unreadable) -> int:
        """Keep a block that cannot be read up to the next line that begins an entry; where to go on."""
        text = self.text
        self.broken += 1
        resume = max(error.resume, start + 1)
        low = max(start, text.rfind("\n", start, resume), text.rfind("\r", start, resume))
        following = None
        if self.broken < MAX_BROKEN:
            following = _ENTRY_LINE.search(text, low)
            while following is not None and following.start(1) < resume:
                following = _ENTRY_LINE.search(text, following.end())
        stop = following.start(1) if following is not None else len(text)
        end = start + len(text[start:stop].rstrip())
        # where the next entry begins, or the file ends, is the wrong place to look for what is missing in this one
        at = start if text[error.at : error.at + 1] in ("", "@") else error.at
        self.blocks.append(BrokenBlock(start, end, at, error.reason))
        self._note(Flaw(at, "syntax", Severity.ERROR, error.reason))
        return stop
