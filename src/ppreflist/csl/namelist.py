"""cs:name: lists of names, et-al abbreviation, name-part order, initials (specification, "Name").

A ``NameFormat`` holds what one cs:name and cs:et-al ask for, with what they inherit; it renders any list of names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ppreflist.csl import markup as m
from ppreflist.csl.context import Cite, Recorded, Run
from ppreflist.csl.formatting import Formatting, delimiter, value
from ppreflist.csl.people import Name, is_cjk
from ppreflist.csl.textcase import Case
from ppreflist.csl.xmltree import Node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ppreflist.csl.compiler import Scope

_DASHES: Final = frozenset("-–—/")
# Levels of given names.
HIDDEN: Final = 0
INITIALS: Final = 1
FULL: Final = 2
# A last name that stands for names nobody wrote down: CSL-JSON has no word of its own for BibTeX's "and others", and
# pandoc's reader writes it so, too. Its place is always taken by "et al.".
OTHERS: Final = "others"
# How many given names are remembered with their initials.
MAX_MEMO: Final = 20_000
_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def _integer(options: Mapping[str, str], name: str, default: int = 0) -> int:
    value = options.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else default


class _Part:
    """Formatting of a name-part: inside affixes, so that particles can share them."""

    __slots__ = ("case", "closing", "opening", "prefix", "suffix")

    def __init__(self, node: Node | None) -> None:
        self.prefix = self.suffix = self.opening = self.closing = ""
        self.case: Case | None = None
        if node is not None:
            formatting = Formatting(node)
            self.prefix, self.suffix = formatting.prefix, formatting.suffix
            self.opening, self.closing = formatting.opening, formatting.closing
            self.case = formatting.case

    def format(self, text: str, language: str) -> str:
        if not text:
            return ""
        if self.case is not None:
            text = self.case(text, language)
        return f"{self.opening}{text}{self.closing}"


class NameFormat:
    """How one cs:name renders lists of names."""

    __slots__ = (
        "and_term",
        "base_level",
        "delimiter",
        "demote",
        "et_al",
        "family",
        "form",
        "given",
        "hyphen",
        "initialize",
        "initialize_with",
        "inverted",
        "is_wrapped",
        "language",
        "limits",
        "literal_wrap",
        "memo",
        "particle_space",
        "plain",
        "precedes_et_al",
        "precedes_last",
        "separator",
        "sorting",
        "subsequent_limits",
        "use_last",
        "wrap",
    )

    def __init__(self, scope: Scope, options: Mapping[str, str], name_node: Node | None, et_al: Node | None) -> None:
        get = options.get
        locale = scope.locale
        self.sorting = scope.sorting
        self.language = locale.language
        # Where typography keeps a short word with the next one.
        self.particle_space = "\u00a0" if locale.language in ("cs", "fr", "ru") and not scope.sorting else " "
        self.form = get("form", "long")
        self.delimiter = SORT_PART if scope.sorting else delimiter(get("delimiter", ", "))
        self.and_term = "" if scope.sorting else self._and_term(scope, get("and", ""))
        self.precedes_last = get("delimiter-precedes-last", "contextual")
        self.precedes_et_al = get("delimiter-precedes-et-al", "contextual")
        self.limits = (_integer(options, "et-al-min"), _integer(options, "et-al-use-first"))
        if "et-al-use-first" not in options:
            self.limits = (0, 1)
        self.subsequent_limits = (
            _integer(options, "et-al-subsequent-min", self.limits[0]),
            _integer(options, "et-al-subsequent-use-first", self.limits[1]),
        )
        self.use_last = get("et-al-use-last") == "true"
        self.initialize_with = get("initialize-with")
        self.initialize = get("initialize", "true") != "false"
        self.hyphen = scope.style.get("initialize-with-hyphen", "true") != "false"
        self.inverted = "all" if scope.sorting else get("name-as-sort-order", "")
        self.separator = delimiter(get("sort-separator", ", "))
        self.demote = scope.style.get("demote-non-dropping-particle", "display-and-sort")
        self.memo: dict[str, str] = {}
        parts = {part.get("name"): part for part in name_node.each("name-part")} if name_node is not None else {}
        self.family, self.given = _Part(parts.get("family")), _Part(parts.get("given"))
        self.plain = not parts
        # Around each name; affixes are for personal names only.
        self.wrap = self.literal_wrap = ("", "")
        if name_node is not None and not scope.sorting:
            formatting = Formatting(name_node)
            self.wrap = (formatting.prefix + formatting.opening, formatting.closing + formatting.suffix)
            self.literal_wrap = (formatting.opening, formatting.closing)
        self.is_wrapped = self.wrap != ("", "")
        self.et_al = self._et_al(scope, et_al)
        if self.form == "short":
            self.base_level = HIDDEN
        else:
            self.base_level = INITIALS if self.initialize_with is not None and self.initialize else FULL

    def _and_term(self, scope: Scope, kind: str) -> str:
        if kind == "text":
            return value(scope.locale.term("and"))
        if kind == "symbol":
            return value(scope.locale.term("and", "symbol")) if _has_symbol(scope) else "&"
        return ""

    def _et_al(self, scope: Scope, node: Node | None) -> str:
        if scope.sorting:
            return ""
        term = value(scope.locale.term(node.get("term", "et-al") if node is not None else "et-al"))
        if node is None or not term:
            return term
        formatting = Formatting(node)
        return f"{formatting.prefix}{formatting.opening}{term}{formatting.closing}{formatting.suffix}"

    # -- lists --------------------------------------------------------------------------------------------------

    def renderer(self, variable: str, subsequent: bool, first: bool) -> Run:
        """A closure that renders ``variable`` of a cite. ``first``: it is the first cs:names of the layout."""
        limits = self.subsequent_limits if subsequent else self.limits
        minimum, use_first = limits
        if self.form == "count":
            return lambda cite: str(self._count(cite, variable, minimum, use_first))

        def run(cite: Cite) -> str:
            names = cite.item.names(variable)
            total = len(names)
            shown = use_first if minimum and total >= minimum and use_first < total else total
            levels: list[int] | None = None
            disambiguation = cite.disambiguation
            if disambiguation is not None:
                more = disambiguation.shown.get(variable, 0)
                if shown < more:
                    shown = min(total, more)
                levels = disambiguation.givens.get(variable)
            if shown == total > 1 and names[-1].literal == OTHERS:
                shown = total - 1
            if cite.recorded is not None:
                cite.recorded.append(Recorded(variable, shown, total, self))
            replaced = cite.replaced if first else None
            if levels is None and replaced is None:
                return self._listed(names, shown)
            return self._listed_specially(names, shown, levels, replaced)

        return run

    def _count(self, cite: Cite, variable: str, minimum: int, use_first: int) -> int:
        total = len(cite.item.names(variable))
        return use_first if minimum and total >= minimum else total

    def _listed(self, names: list[Name], shown: int) -> str:
        if shown == 1 == len(names):
            return self.name(names[0], True, self.base_level)
        texts = [self.name(name, index == 0, self.base_level) for index, name in enumerate(names[:shown])]
        return self._combined(names, texts, self.base_level)

    def _listed_specially(
        self,
        names: list[Name],
        shown: int,
        levels: list[int] | None,
        replaced: tuple[str, int, str] | None,
    ) -> str:
        base = self.base_level
        texts = []
        for index, name in enumerate(names[:shown]):
            level = max(base, levels[index]) if levels is not None and index < len(levels) else base
            texts.append(self.name(name, index == 0, level))
        if replaced is not None:
            rule, count, text = replaced
            if rule == "complete-all":
                return text
            for index in range(min(count, len(texts))):
                texts[index] = text
        return self._combined(names, texts, base)

    def _combined(self, names: list[Name], texts: list[str], level: int) -> str:
        """The names that are shown, with "and" or "et al."."""
        total, shown = len(names), len(texts)
        if not shown:
            return ""
        delimiter = self.delimiter
        if shown < total:
            listed = delimiter.join(texts)
            if self.use_last and total - shown >= 2 and names[-1].literal != OTHERS:
                last = self.name(names[-1], False, level)
                ellipsis = "" if self.sorting else "… "
                return f"{listed}{delimiter}{ellipsis}{last}"
            if self.sorting or not self.et_al:
                return listed
            between = delimiter if self._delimits(self.precedes_et_al, shown, names, shown - 1) else " "
            return self._et_al_joined(listed, between)
        if shown == 1:
            return texts[0]
        if not self.and_term:
            return delimiter.join(texts)
        before = delimiter if self._delimits(self.precedes_last, shown - 1, names, shown - 2) else " "
        listed = delimiter.join(texts[:-1])
        if self.and_term[-1].isspace() or self.and_term in _DASHES:
            # A term that brings its own space, or is a dash, is written against the names.
            return f"{listed}{self.and_term}{texts[-1]}"
        if before and before[-1] not in " \u00a0" and self.and_term[:1].isalnum() and before != delimiter:
            before += " "
        return f"{listed}{before}{self.and_term} {texts[-1]}"

    def _et_al_joined(self, listed: str, between: str) -> str:
        if self.et_al[:1] in " \u00a0," or (between == " " and is_cjk(self.et_al)):
            between = between.rstrip(" ")
        # Affixes and formatting of cs:name are around the abbreviated list, too, as citeproc-js has them.
        before, after = self.wrap
        return f"{before}{listed}{between}{self.et_al}{after}"

    def _delimits(self, rule: str, count: int, names: list[Name], previous: int) -> bool:
        if rule == "contextual":
            return count >= 2
        if rule == "after-inverted-name":
            return self._is_inverted(names[previous], previous == 0)
        return rule == "always"

    def _is_inverted(self, name: Name, first: bool) -> bool:
        if name.literal or name.static or name.family_first:
            return False
        return self.inverted == "all" or (self.inverted == "first" and first)

    # -- single names -------------------------------------------------------------------------------------------

    def name(self, name: Name, first: bool, level: int) -> str:
        """One name, given names at ``level``."""
        inverted = self.inverted == "all" or (self.inverted == "first" and first)
        text = self._name(name, inverted, level)
        if not self.is_wrapped:
            return text
        before, after = self.literal_wrap if name.literal else self.wrap
        return f"{before}{text}{after}"

    def _name(self, name: Name, inverted: bool, level: int) -> str:
        if self.sorting:
            return self._sort_name(name, level)
        if name.literal:
            return self.family.format(name.literal, self.language)
        if level == HIDDEN and inverted and name.non_dropping and self.demote == "display-and-sort":
            return self._inverted(name, "", short=True)
        if level == HIDDEN:
            family = self._joined_particle(name.non_dropping, name.family)
            return f"{self.family.prefix}{family}{self.family.suffix}"
        given = self.given_name(name.given, level)
        if name.family_first:
            return self._family_first(name, given)
        if inverted:
            return self._inverted(name, given)
        return self._western(name, given)

    def _family_first(self, name: Name, given: str) -> str:
        family = self._joined_particle(name.non_dropping, name.family)
        given = self.given.format(given, self.language)
        if given:
            given = f"{self.given.prefix}{given}{self.given.suffix}"
        family = f"{self.family.prefix}{family}{self.family.suffix}"
        between = " " if name.static and name.family.isascii() else ""
        return f"{family}{between}{given}"

    def _gap(self, particle: str) -> str:
        """Particles that end in an apostrophe or hyphen are written against the name."""
        return "" if not particle or particle[-1] in "’'-‐\u00a0 " else self.particle_space

    def _joined_particle(self, particle: str, family: str) -> str:
        family = self.family.format(family, self.language)
        if not particle:
            return family
        return f"{self.family.format(particle, self.language)}{self._gap(particle)}{family}"

    def _western(self, name: Name, given: str) -> str:
        """given, dropping-particle, non-dropping-particle, family, suffix"""
        if self.plain and not (name.dropping or name.non_dropping or name.suffix):
            return f"{given} {name.family}" if given else name.family
        given = self.given.format(given, self.language)
        family = self._joined_particle(name.non_dropping, name.family)
        if name.dropping:
            dropping = self.given.format(name.dropping, self.language)
            family = f"{dropping}{self._gap(name.dropping)}{family}"
        if name.suffix:
            family = f"{family}{', ' if name.comma_suffix else ' '}{self._suffix(name)}"
        family = f"{self.family.prefix}{family}{self.family.suffix}"
        if not given:
            return family
        given = f"{self.given.prefix}{given}{self.given.suffix}"
        return f"{given}{'' if given.endswith(chr(0xA0)) else ' '}{family}"

    def _inverted(self, name: Name, given: str, *, short: bool = False) -> str:
        """family first; particles where demote-non-dropping-particle wants them"""
        if self.plain and not (name.dropping or name.non_dropping or name.suffix):
            return f"{name.family}{self.separator}{given}" if given else name.family
        particles = [] if short else [(name.dropping, self.given)]
        if self.demote == "display-and-sort":
            family = self.family.format(name.family, self.language)
            particles.append((name.non_dropping, self.family))
        else:
            family = self._joined_particle(name.non_dropping, name.family)
        given = self.given.format(given, self.language)
        for particle, part in particles:
            if particle:
                text = part.format(particle, self.language)
                given = f"{given} {text.rstrip()}" if given else text.rstrip()
        family = f"{self.family.prefix}{family}{self.family.suffix}"
        pieces = [family]
        if given:
            pieces.append(f"{self.given.prefix}{given}{self.given.suffix}")
        if name.suffix and not short:
            pieces.append(self._suffix(name))
        return self.separator.join(pieces)

    def _suffix(self, name: Name) -> str:
        """ "Jr." without its period where initials have none."""
        if self.initialize_with is not None and "." not in self.initialize_with:
            return name.suffix.replace(".", "")
        return name.suffix

    # -- given names --------------------------------------------------------------------------------------------

    def given_name(self, given: str, level: int) -> str:
        """Given names in full or as initials ("initialize-with", "initialize", "initialize-with-hyphen")."""
        if not given or self.initialize_with is None:
            return given
        if level >= FULL and self.initialize:
            return given
        if not self.initialize:
            return _complete_initials(given, self.initialize_with)
        return self.initials(given)

    @property
    def can_initialize(self) -> bool:
        """Whether given names can be shown as initials."""
        return self.initialize_with is not None and self.initialize

    def initials(self, given: str) -> str:
        found = self.memo.get(given)
        if found is None:
            if len(self.memo) > MAX_MEMO:
                self.memo.clear()
            mark = self.initialize_with if self.initialize_with is not None else "."
            found = self.memo[given] = initials(given, mark, self.hyphen)
        return found

    # -- sort keys ----------------------------------------------------------------------------------------------

    def _sort_name(self, name: Name, level: int) -> str:
        """ "Sorting order of names": family, particles, given, suffix."""
        if name.literal:
            return _ARTICLE.sub("", name.literal, count=1) if self.language == "en" else name.literal
        if not (name.dropping or name.non_dropping or name.suffix):
            given = self.given_name(name.given, level) if level != HIDDEN else ""
            return f"{name.family}{SORT_PART}{given}" if given else name.family
        if self.demote == "never" or name.family_first:
            parts = [f"{name.non_dropping} {name.family}".strip(), name.dropping]
        else:
            particles = f"{name.dropping} {name.non_dropping}".strip()
            parts = [name.family, particles]
        if level != HIDDEN:
            parts += [self.given_name(name.given, level), name.suffix]
        else:
            parts = parts[:1]
        return SORT_PART.join([part for part in parts if part])


# Between the parts of a name in a sort key, and between names ("returned as a name list string").
SORT_PART: Final = " "


def _has_symbol(scope: Scope) -> bool:
    return "symbol" in scope.locale.terms.get("and", {})


_GIVEN_TOKEN: Final = re.compile(r"[^\s.\u00a0\u2010\u2011-]+\.?|[-\u2010\u2011]")


def _given_tokens(given: str) -> list[tuple[str, bool]]:
    """Words and abbreviations of a given name, and whether a hyphen comes before each."""
    tokens: list[tuple[str, bool]] = []
    hyphen = False
    for token in _GIVEN_TOKEN.findall(given):
        if token in "-\u2010\u2011":
            hyphen = bool(tokens)
        else:
            tokens.append((token, hyphen))
            hyphen = False
    return tokens


def initials(given: str, mark: str, hyphen: bool) -> str:
    """ "given names are converted to initials. The attribute value is added after each initial"."""
    dot = mark.rstrip(" \u00a0")
    gap = mark[len(dot) :]
    result = ""
    for token, joined in _given_tokens(given):
        opening, core, closing = _unmarked(token)
        if not core:
            continue
        if core.endswith("."):
            letter = core[:-1]
        elif core[0].islower():
            # A particle among given names stays ("Marie de la Cruz"), the rest of a compound goes ("Guo-ping").
            if not joined:
                result = f"{result.rstrip()} {token} ".lstrip()
            continue
        elif not core[0].isupper():
            result += f"{token} "
            continue
        else:
            # "TSerendorj": a sound written with two letters.
            letter = core[:2].capitalize() if core[1:2].isupper() and core[2:3].islower() else core[0]
        if joined and hyphen and result:
            result = f"{result.rstrip()}-"
        result += f"{opening}{letter}{dot}{closing}{gap}"
    return result.rstrip()


def _unmarked(token: str) -> tuple[str, str, str]:
    """Formatting before, text, formatting after."""
    if token.isascii():
        return "", token, ""
    core = m.RESERVED.sub("", token)
    if len(core) == len(token) or not core:
        return "", core, ""
    start = token.find(core[0])
    end = token.rfind(core[-1]) + 1
    return token[:start], core, token[end:]


def _complete_initials(given: str, mark: str) -> str:
    """initialize="false": "the value of initialize-with is still added after initials present in the full name"."""
    result = ""
    initial = False
    for token, joined in _given_tokens(given):
        bare = token.rstrip(".")
        was_initial = initial
        initial = token.endswith(".") or (len(bare) == 1 and bare.isupper())
        if joined:
            result = f"{result.rstrip()}-"
        elif result and not (initial and was_initial):
            result = f"{result.rstrip()} "
        result += f"{bare}{mark}" if initial else f"{token} "
    return result.rstrip()
