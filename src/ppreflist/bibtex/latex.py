"""LaTeX values as Unicode text and back.

Reading is one pass over the tokens with a stack of its own, so that neither length nor nesting costs more than time in
proportion. Nothing that a reader would see is lost: a command that is not in the tables keeps its source, and ``&`` and
``%`` stand for themselves, as BibTeX has no comments within values. Choices:

- ``~`` is a no-break space (U+00A0), ``\\,`` a narrow one (U+202F); both count as white space in names and searches;
- ``--`` and ``---`` are dashes, doubled quotes and ```word'`` are curly quotes;
- white space after a command word is its end, as in TeX: ``S\\o ren``, ``\\TeX\\ Users``;
- ``\\href{address}{text}`` is its text, ``\\url{address}`` and ``\\path{...}`` stay as they are written;
- a superscript becomes Unicode's raised characters where all of them exist (``$10^{-3}$``), else ``\\textsuperscript``
  is plain and math shows it: ``n^(5/2)``. Math that is more than that keeps its source.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from ppreflist.bibtex import latex_math
from ppreflist.bibtex.latex_table import (
    ACCENTS,
    DECLARATIONS,
    ESCAPED,
    FIRST_ARGUMENT,
    HIDDEN_ARGUMENT,
    LOGOS,
    QUOTED,
    SECOND_ARGUMENT,
    SILENT,
    SPACES,
    SPACING,
    STYLES,
    SYMBOLS,
    TRANSPARENT,
)

_NEEDS_WORK: Final = re.compile(r"[\\{}$~`]|--|''")
_TOKEN: Final = re.compile(
    r"\\(?P<word>[A-Za-z]+)[ \t\r\n]*"
    r"|\\(?P<symbol>.)"
    r"|(?P<brace>[{}])"
    r"|(?P<dollar>\$)"
    r"|(?P<mark>---?|``|''|[!?]`|[~`'\\!?-])"
    r"|(?P<text>[^\\{}$~`'!?-]+)",
    re.DOTALL,
)
_MARKS: Final = {"---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿", "~": "\u00a0"}
_ESCAPED_SPECIAL: Final = re.compile(r"\\([_%&#~$])")
_WRAPPED: Final = re.compile(r"(?:\\(?:url|path|nolinkurl)\s*)?\{([^{}]*)\}\Z")
_BRACE: Final = re.compile(r"[{}]")
_MATH_END: Final = re.compile(r"[^$\\]*(?:\\.[^$\\]*)*\$", re.DOTALL)
# "$5 and $6": two prices that somebody forgot to escape, not math.
_PRICE: Final = re.compile(r"[\d.,]+ [^$]*[a-z]{2}[^$]*\s\$\Z")
_DIMENSION: Final = re.compile(r"\s*[-+]?[\d.]+\s*(?:em|ex|pt|mu|cm|mm|in|bp)\s?")

# Marks of the rich form while it is built: noncharacters, which no text may hold (Unicode 23.7).
_TAGS: Final = {
    "i": ("\ufdd0", "\ufdd1"),
    "b": ("\ufdd2", "\ufdd3"),
    "sc": ("\ufdd4", "\ufdd5"),
    "sup": ("\ufdd6", "\ufdd7"),
    "sub": ("\ufdd8", "\ufdd9"),
    "nocase": ("\ufdda", "\ufddb"),
}
_HTML: Final = str.maketrans(
    {
        "\ufdd0": "<i>",
        "\ufdd1": "</i>",
        "\ufdd2": "<b>",
        "\ufdd3": "</b>",
        "\ufdd4": '<span style="font-variant:small-caps">',
        "\ufdd5": "</span>",
        "\ufdd6": "<sup>",
        "\ufdd7": "</sup>",
        "\ufdd8": "<sub>",
        "\ufdd9": "</sub>",
        "\ufdda": '<span class="nocase">',
        "\ufddb": "</span>",
    }
)
_NONCHARACTER: Final = re.compile("[\ufdd0-\ufdef]")
_EMPTY_PAIR: Final = re.compile("\ufdd0\ufdd1|\ufdd2\ufdd3|\ufdd4\ufdd5|\ufdd6\ufdd7|\ufdd8\ufdd9|\ufdda\ufddb")
_TAG_LIKE: Final = re.compile(r"<(?=/?(?:i|b|sc|sup|sub|span)\b[^<>]*>)", re.IGNORECASE)
TAG_GUARD: Final = "\u2060"
"""Word joiner, put behind a ``<`` of the source that CSL-JSON would read as a tag (it has no escape)."""


def decode(latex: str) -> str:
    """The LaTeX value ``latex`` as Unicode text for people. Text without LaTeX in it is returned untouched."""
    if _NEEDS_WORK.search(latex) is None:
        return latex
    return _Decoder(latex, {}).run()


def to_rich(latex: str) -> str:
    """The LaTeX value ``latex`` in CSL-JSON's rich text: ``<i> <b> <sup> <sub>``, small capitals and nocase spans.

    Braces that belong to no command protect their text from changes of case, as biblatex reads them. CSL-JSON cannot
    escape ``<``: where the source's own text would read as a tag, ``TAG_GUARD`` (invisible) is put behind it.
    """
    if "<" not in latex and _NEEDS_WORK.search(latex) is None:
        return latex
    if not latex.isascii():
        latex = _NONCHARACTER.sub("", latex)
    rich = _EMPTY_PAIR.sub("", _Decoder(latex, _TAGS).run())
    return guard(rich).translate(_HTML)


def guard(text: str) -> str:
    """Plain text as CSL-JSON text: nothing in it reads as a tag."""
    return _TAG_LIKE.sub("<" + TAG_GUARD, text) if "<" in text else text


def unescape(verbatim: str) -> str:
    """A verbatim value (URL, DOI) for use: ``\\_ \\% \\& \\# \\~ \\$`` lose their backslash, nothing else changes.

    White space at the ends, a pair of braces and a ``\\url{...}`` around the whole are not part of it.
    """
    verbatim = verbatim.strip()
    if verbatim.endswith("}"):
        wrapped = _WRAPPED.match(verbatim)
        verbatim = wrapped[1].strip() if wrapped else verbatim
    return _ESCAPED_SPECIAL.sub(r"\1", verbatim) if "\\" in verbatim else verbatim


class _Group(NamedTuple):
    """An open group: what is appended at its end; ``role`` asks for more to be done with its text."""

    closing: str
    role: str = ""  # "", "kept" (braces shown), "sup", "sub", "first" (a second group is skipped after it)
    start: int = 0
    nocase: bool = False


class _Decoder:
    """One pass over one value. ``tags`` maps a style to the marks around it; without tags styles are dropped."""

    __slots__ = (
        "accent",
        "groups",
        "kept",
        "math_closes",
        "nocase",
        "out",
        "pending",
        "position",
        "quoted",
        "source",
        "tags",
    )

    def __init__(self, source: str, tags: dict[str, tuple[str, str]]) -> None:
        self.source = source
        self.tags = tags
        self.position = 0
        self.out: list[str] = []
        self.groups: list[_Group] = []
        self.pending: _Group | None = None
        # Combining characters that wait for their letter, innermost first.
        self.accent = ""
        self.nocase = False
        self.kept = False
        self.quoted = False
        self.math_closes = True

    def run(self) -> str:
        source, length, match = self.source, len(self.source), _TOKEN.match
        while self.position < length:
            token = match(source, self.position)
            if token is None:  # a backslash at the very end
                self.emit(source[self.position :])
                break
            self.position = token.end()
            kind, text = token.lastgroup, token[0]
            if kind == "text":
                self.kept = False
                self.emit(text)
            elif kind == "brace":
                if text == "{":
                    self.open()
                else:
                    self.close()
                continue
            elif kind == "word":
                self.word(token["word"], text)
            elif kind == "symbol":
                self.symbol(token["symbol"])
            elif kind == "dollar":
                self.dollar()
            else:
                self.mark(text)
            self.pending = None if kind in ("text", "mark", "dollar") else self.pending
        self.flush_accent()
        while self.groups:
            self.finish(self.groups.pop(), "")
        return "".join(self.out)

    def emit(self, text: str) -> None:
        """Append text; a waiting accent goes on its first letter."""
        if self.accent:
            text = text.lstrip(" \t\r\n")
            if not text:
                return
            letter = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
            text = unicodedata.normalize("NFC", letter + self.accent) + text[1:]
            self.accent = ""
        self.out.append(text)

    def flush_accent(self) -> None:
        if self.accent:
            self.out.append("".join(SPACING.get(mark, mark) for mark in self.accent))
            self.accent = ""

    # Groups

    def open(self) -> None:
        group, self.pending = self.pending, None
        if self.kept:
            self.out.append("{")
            group = _Group("}", "kept")
        elif group is not None:
            group = group._replace(start=len(self.out))
        elif self.accent or not self.tags or self.nocase or self.source.startswith("\\", self.position):
            group = _Group("")
        else:
            opening, closing = self.tags["nocase"]
            self.out.append(opening)
            group = _Group(closing, nocase=True)
            self.nocase = True
        self.kept = False
        self.groups.append(group)

    def close(self) -> None:
        self.flush_accent()
        self.pending = None
        self.kept = False
        if self.groups:
            self.finish(self.groups.pop(), "}")
        # A brace that closes nothing prints nothing in TeX, but it must not take text along.

    def finish(self, group: _Group, brace: str) -> None:
        """Append what closes a group (``brace`` is empty at the end of an unbalanced value)."""
        if group.role in ("sup", "sub") and len(self.out) - group.start <= 8:
            text = "".join(self.out[group.start :])
            raised = latex_math.script(text, group.role)
            if raised is not None:
                self.out[group.start :] = [raised]
        elif group.role == "kept":
            self.out.append(brace)
            self.kept = bool(brace)
            return
        elif group.role == "first":
            self.argument()
        if group.closing:
            self.out.append(group.closing)
        if group.nocase:
            self.nocase = False

    def style(self, name: str) -> None:
        """The next group is set in a style."""
        if name in self.tags:
            opening, closing = self.tags[name]
            self.skip_space()
            if self.source.startswith("{", self.position):
                self.out.append(opening)
                self.pending = _Group(closing)
        else:
            self.pending = _Group("", name if name in ("sup", "sub") else "")

    def declare(self, name: str) -> None:
        """The rest of this group is set in a style."""
        if name not in self.tags or not self.groups:
            return
        opening, closing = self.tags[name]
        group = self.groups[-1]
        if closing not in group.closing and group.role != "kept":
            self.out.append(opening)
            self.groups[-1] = group._replace(closing=closing + group.closing)

    # Tokens

    def mark(self, mark: str) -> None:
        self.kept = False
        if mark == "`":
            following = self.source[self.position : self.position + 1]
            self.quoted = bool(following.strip())
            self.emit("‘" if self.quoted else mark)
        elif mark == "'" and self.quoted and not self.source[self.position : self.position + 1].isalnum():
            self.quoted = False
            self.emit("’")
        else:
            self.emit(_MARKS.get(mark, mark))

    def symbol(self, symbol: str) -> None:
        self.kept = False
        if symbol in ACCENTS:
            self.accent = ACCENTS[symbol] + self.accent
        elif symbol in "([":
            self.math("\\" + symbol, "\\)" if symbol == "(" else "\\]")
        else:
            text = ESCAPED.get(symbol)
            self.emit("\\" + symbol if text is None else text)
            if symbol == "\\" and self.source.startswith("[", self.position):
                self.option()

    def word(self, word: str, source: str) -> None:
        self.kept = False
        if (symbol := SYMBOLS.get(word)) is not None:
            self.emit(symbol)
        elif word in ACCENTS:
            self.accent = ACCENTS[word] + self.accent
        elif word in STYLES:
            self.style(STYLES[word])
        elif word in TRANSPARENT:
            self.pending = _Group("")
        elif word in DECLARATIONS:
            self.declare(DECLARATIONS[word])
        elif word in SILENT:
            pass
        elif word in LOGOS:
            self.logo(LOGOS[word])
        elif word in SPACES:
            self.emit(" ")
        elif word in QUOTED:
            opening, closing = QUOTED[word]
            self.emit(opening)
            self.pending = _Group(closing)
        else:
            self.word_with_arguments(word, source)

    def word_with_arguments(self, word: str, source: str) -> None:
        if word in ("url", "path", "nolinkurl") and (argument := self.argument() or self.verb()) is not None:
            self.emit(unescape(argument))
        elif word in HIDDEN_ARGUMENT:
            self.argument()
        elif word == "href" or word in SECOND_ARGUMENT:
            self.argument()
            self.pending = _Group("")
        elif word in FIRST_ARGUMENT:
            self.pending = _Group("", "first")
        elif word == "ensuremath" and (argument := self.argument()) is not None:
            self.converted(argument, "\\ensuremath{", "}")
        elif word == "kern" and (dimension := _DIMENSION.match(self.source, self.position)):
            self.position = dimension.end()
        elif word == "verb" and not source[-1].isspace() and (verbatim := self.verb()) is not None:
            self.emit(verbatim)
        else:
            self.flush_accent()
            self.out.append(source)
            self.kept = True

    def logo(self, name: str) -> None:
        opening, closing = self.tags.get("nocase", ("", "")) if not self.nocase else ("", "")
        self.emit(opening + name + closing)

    def dollar(self) -> None:
        self.kept = False
        double = self.source.startswith("$", self.position)
        if double and self.source.find("$$", self.position + 1) > 0:
            self.position += 1
            self.math("$$", "$$")
            return
        end = _MATH_END.match(self.source, self.position) if self.math_closes else None
        if end is None:
            self.math_closes = False
            self.emit("$")
            return
        if _PRICE.match(end[0]):
            self.emit("$")
            return
        self.position = end.end()
        self.converted(end[0][:-1], "$", "$")

    def math(self, opening: str, closing: str) -> None:
        end = self.source.find(closing, self.position)
        if end < 0:
            self.emit(opening)
            # The rest holds no end of this kind either: do not look for it again and again.
            self.emit(self.source[self.position :])
            self.position = len(self.source)
            return
        content = self.source[self.position : end]
        self.position = end + len(closing)
        self.converted(content, opening, closing)

    def converted(self, content: str, opening: str, closing: str) -> None:
        self.flush_accent()
        text = latex_math.convert(content, self.tags)
        self.out.append(f"{opening}{content}{closing}" if text is None else text)

    # Arguments read as they stand

    def skip_space(self) -> None:
        while self.source[self.position : self.position + 1] in (" ", "\t", "\n", "\r"):
            self.position += 1

    def argument(self) -> str | None:
        """The next group's source, passed over; None when no group follows. An unclosed group reaches to the end."""
        self.skip_space()
        if not self.source.startswith("{", self.position):
            return None
        depth, start = 0, self.position + 1
        for brace in _BRACE.finditer(self.source, self.position):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                self.position = brace.end()
                return self.source[start : brace.start()]
        self.position = len(self.source)
        return self.source[start:]

    def option(self) -> None:
        end = self.source.find("]", self.position, self.position + 40)
        if end > 0:
            self.position = end + 1

    def verb(self) -> str | None:
        delimiter = self.source[self.position : self.position + 1]
        usable = delimiter and not delimiter.isalnum() and not delimiter.isspace()
        end = self.source.find(delimiter, self.position + 1, self.position + 500) if usable else -1
        if end < 0:
            return None
        verbatim = self.source[self.position + 1 : end]
        self.position = end + 1
        return verbatim


# Writing

_UNSAFE: Final = re.compile(r"[\\{}$&#%_^~`\u00a0]|--+|''+")
_ESCAPES: Final = {
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "$": "\\$",
    "&": "\\&",
    "#": "\\#",
    "%": "\\%",
    "_": "\\_",
    "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
    "`": "\\textasciigrave{}",
    "\u00a0": "~",
}


def encode(text: str, encoding: str = "utf-8") -> str:
    """``text`` as a LaTeX value: balanced, and such that ``decode`` gives it back (as NFC).

    Only what LaTeX would read otherwise is escaped. A character that ``encoding`` lacks becomes a command where LaTeX
    has one (``{\\'e}``, ``{\\ss}``), else it stays.
    """
    if _UNSAFE.search(text) is not None:
        text = _UNSAFE.sub(_escaped, text)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        commands = {symbol: command for command, symbol in reversed(SYMBOLS.items()) if len(symbol) == 1}
        parts: list[str] = []
        for character in text:
            part = _in_encoding(character, encoding, commands)
            if parts and part[0] in "-`'" and parts[-1][-1] == part[0]:
                # They would run together into another mark.
                parts.append("{}")
            parts.append(part)
        return "".join(parts)
    return text


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    return _ESCAPES.get(found) or "{}".join(found)


_BY_MARK: Final = {mark: command for command, mark in reversed(ACCENTS.items())}
_PREFERRED: Final = {"–": "--", "—": "---", "“": "``", "”": "''", "\u202f": "\\,"} | {
    character: f"{{\\{command}}}"
    for character, command in {
        "‘": "textquoteleft",
        "’": "textquoteright",
        "Å": "AA",
        "å": "aa",
        "ı": "i",
        "€": "texteuro",
        "§": "S",
        "…": "ldots",
        "·": "textperiodcentered",
        "•": "textbullet",
        "°": "textdegree",
        "©": "textcopyright",
        "®": "textregistered",
        "™": "texttrademark",
    }.items()
}


def _in_encoding(character: str, encoding: str, commands: dict[str, str]) -> str:
    """One character as ``encoding`` can write it."""
    if character.isascii():
        return character
    try:
        character.encode(encoding)
        return character
    except UnicodeEncodeError:
        pass
    if character in _PREFERRED:
        return _PREFERRED[character]
    letter, *marks = list(unicodedata.normalize("NFD", character))
    if marks and letter.isascii() and all(mark in _BY_MARK for mark in marks):
        latex = letter
        for mark in marks:
            command = _BY_MARK[mark]
            latex = f"\\{command}{{{latex}}}"
        return f"{{{latex}}}"
    command = commands.get(character, "")
    return f"{{\\{command}}}" if command else character
