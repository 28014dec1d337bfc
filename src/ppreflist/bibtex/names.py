"""Name lists as BibTeX and biblatex write them, split into parts (BibLaTeX manual, 'Name Parts').

Splitting never fails: what is odd gives the best reading there is, and lint says what is odd. It follows BibTeX but
for these, where BibTeX's answer is not what people mean: a hyphen does not end a word, an accent command at the start
of a word takes the case of its letter (``\\'{E}va`` is upper case), ``and and`` is one separator, trailing commas are
ignored, a fourth comma belongs to the first names, ``\\~`` is an accent and no tie. biblatex's ``family=.., given=..``
is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ppreflist.bibtex.latex import decode, encode
from ppreflist.model.name import Name, NameList

_AND: Final = re.compile(r"(?: and)+(?= )", re.IGNORECASE)
_TOKEN: Final = re.compile(r"\\~|[{}]|,|[ ~]+|[^{},~ \\]+|\\")
_EXTENDED: Final = re.compile(r'\A"?(?:family|given|prefix|suffix|useprefix|nametemplates|id)(?:-i)? ?=', re.IGNORECASE)
_PART: Final = re.compile(r'\A"?([A-Za-z-]+) ?= ?')
_WHITE: Final = re.compile(r"\s+")


def split_names(latex: str, cache: dict[str, Name] | None = None) -> NameList:
    """The names in the LaTeX value ``latex``. ``cache`` keeps names between calls; equal names are then split once."""
    if cache is None:
        cache = {}
    names: list[Name] = []
    others = False
    for source in split_list(latex):
        if source.lower() == "others":
            others = True
            continue
        name = cache.get(source)
        if name is None:
            name = cache[source] = split_name(source)
        names.append(name)
    return NameList(tuple(names), others)


def split_list(latex: str) -> list[str]:
    """The items of a list value, split at ``and`` outside braces; white space is collapsed, empty items go."""
    text = " ".join(latex.split())
    items = _split_outside_braces(text) if "{" in text else _AND.split(f" {text} ")
    return [item for each in items if (item := each.strip())]


def split_name(source: str) -> Name:
    """One name, split into its parts."""
    source = " ".join(source.split())
    if _EXTENDED.match(source):
        return _extended(source)
    parts = _words_between_commas(source)
    commas = len(parts) - 1
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    if sum(map(len, parts)) == 1 and _is_group(word := next(part[0] for part in parts if part)):
        return Name(family=_text([word]), literal=True)
    if commas == 0:
        first, von, last = _in_reading_order(parts[0])
        return Name(_text(last), _text(first), _text(von))
    if not parts[0]:
        parts = [part for part in parts if part] or [[]]
    particle, family = _surname(parts[0])
    if len(parts) == 1:
        return Name(_text(family), "", _text(particle))
    if len(parts) == 2:
        return Name(_text(family), _text(parts[1]), _text(particle))
    given = ", ".join(_text(part) for part in parts[2:] if part)
    return Name(_text(family), given, _text(particle), _text(parts[1]))


def format_names(names: NameList, encoding: str = "utf-8") -> str:
    """A name list as a BibTeX value: ``von Family, Jr, Given and {Corporate Name} and others``; balanced."""
    written = [format_name(each, encoding) for each in names]
    if names.others:
        written.append("others")
    return " and ".join(written)


def format_name(name: Name, encoding: str = "utf-8") -> str:
    """One name as a BibTeX value, read by ``split_name`` as the same parts.

    BibTeX can only say a particle whose last word is lower case.
    """
    if name.literal:
        return f"{{{encode(name.family, encoding)}}}"
    particle = encode(" ".join(name.particle.split()), encoding)
    family = _protected(name.family, encoding, lead=bool(particle) or " " in name.family.strip())
    surname = f"{particle} {family}" if particle else family
    suffix, given = _protected(name.suffix, encoding), _protected(name.given, encoding)
    if suffix:
        return f"{surname}, {suffix}, {given or '{}'}"
    if given:
        return f"{surname}, {given}"
    # Without a given name only the comma keeps "Ansari Pour" one family name.
    return f"{surname}," if " " in surname else surname


def _split_outside_braces(text: str) -> Iterator[str]:
    """``text`` split at `` and `` outside braces (BibTeX counts every brace, escaped or not)."""
    depth, start = 0, 0
    for match in re.finditer(r"[{}]|(?:\A| )and(?= |\Z)", text, re.IGNORECASE):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _words_between_commas(source: str) -> list[list[str]]:
    """The words of each part between commas, split at white space and ties outside braces."""
    if "{" not in source and "\\" not in source:
        return [part.replace("~", " ").split() for part in source.split(",")]
    parts: list[list[str]] = [[]]
    word: list[str] = []
    depth = 0
    for token in _TOKEN.findall(source):
        if depth == 0 and (token == "," or token[0] in " ~"):
            if word:
                parts[-1].append("".join(word))
                word = []
            if token == ",":
                parts.append([])
            continue
        if token == "{":
            depth += 1
        elif token == "}":
            depth = max(0, depth - 1)
        word.append(token)
    if word:
        parts[-1].append("".join(word))
    return parts


def _in_reading_order(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """``First von Last``: the particle runs from the first to the last lower-case word but the last."""
    lower = [index for index, word in enumerate(words[:-1]) if _is_lower(word)]
    if not lower:
        return words[:-1], [], words[-1:]
    return words[: lower[0]], words[lower[0] : lower[-1] + 1], words[lower[-1] + 1 :]


def _surname(words: list[str]) -> tuple[list[str], list[str]]:
    """``von Last``: the particle reaches to the last lower-case word, the last word is never in it."""
    for index in range(len(words) - 2, -1, -1):
        if _is_lower(words[index]):
            return words[: index + 1], words[index + 1 :]
    return [], words


def _is_lower(word: str) -> bool:
    """Whether a word counts as lower case: by its first letter outside braces, or inside when a command leads it."""
    if "{" not in word and "\\" not in word:
        return next((letter.islower() for letter in word if letter.isalpha()), False)
    if word.startswith(("\\", "{\\")):
        return next((letter.islower() for letter in decode(word) if letter.isalpha()), False)
    depth = 0
    for index, character in enumerate(word):
        if character == "{":
            if depth == 0 and word.startswith("\\", index + 1):
                return next((letter.islower() for letter in decode(word[index:]) if letter.isalpha()), False)
            depth += 1
        elif character == "}":
            depth -= 1
        elif depth <= 0 and character == "\\":
            return next((letter.islower() for letter in decode(word[index:]) if letter.isalpha()), False)
        elif depth <= 0 and character.isalpha():
            return character.islower()
    return False


def _is_group(word: str) -> bool:
    """Whether a word is one braced group from end to end."""
    if not (word.startswith("{") and word.endswith("}") and len(word) > 2):
        return False
    depth = 0
    for brace in re.finditer(r"[{}]", word):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end() == len(word)
    return False


def _text(words: list[str]) -> str:
    """Words as Unicode text; ties and thin spaces within a part are plain spaces."""
    source = " ".join(words)
    text = decode(source)
    return source if text is source else _WHITE.sub(" ", text).strip()


def _extended(source: str) -> Name:
    """biblatex's extended format: ``family=Hasselbach, given={Jan Willem}, prefix=van`` in any order."""
    values: dict[str, str] = {}
    for words in _words_between_commas(source):
        part = " ".join(words)
        match = _PART.match(part)
        if match is None:
            continue
        value = part[match.end() :]
        if part.startswith('"') and value.endswith('"'):
            value = value[:-1]
        values.setdefault(match[1].lower(), value.strip())
    family = values.get("family", "")
    given = values.get("given", "")
    return Name(
        family=_text([family]),
        given=_text([given]),
        particle=_text([values.get("prefix", "")]),
        suffix=_text([values.get("suffix", "")]),
        literal=not given and _is_group(family),
        given_initials=_text([values.get("given-i", "")]),
    )


def _protected(part: str, encoding: str, *, lead: bool = False) -> str:
    """A part as LaTeX, in braces when BibTeX would split it; ``lead``: a lower-case word would be a particle."""
    latex = encode(" ".join(part.split()), encoding)
    words = latex.split()
    splits = "," in latex or "~" in latex or any(word.lower() in ("and", "others") for word in words)
    if splits or _EXTENDED.match(latex) or (lead and any(_is_lower(word) for word in words)):
        return f"{{{latex}}}"
    return latex
