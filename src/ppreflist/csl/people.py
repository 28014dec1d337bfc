"""Names of CSL-JSON: name-parts, particles and suffixes found in data that do not separate them.

Specification: "Name Particles", "Name" (name-parts); CSL-JSON "name-variable".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ppreflist.csl import markup as m
from ppreflist.csl import richtext

# Words that, at the end of a given name, belong to the family name: "Jean de" + "La Fontaine".
_DROPPING_WORDS: Final = """
    a aan abbé af al am an auf aus av bij bin d d' da dal dalla das de degli dei del dela dell' della
    delle dello dem den der des di do dos du e el ibn il im in l' la las le les lo los onder op over s s' 's
    't t te ten ter thoe tho thor to uijt uit und uyt van ver vom von voor vor y zu zum zur
"""
_DROPPING: Final = frozenset(_DROPPING_WORDS.split())
_PARTICLE_JOINED: Final = re.compile(r"^([a-zà-ÿ]{1,5}['’\-‐])(?=[A-ZÀ-Þ\u0100-\u024f\u1e00-\u1eff])")
_SUFFIX: Final = re.compile(r"(!?)\s*((?:[JS]r\.?|I{1,3}|IV|VI{0,3}|IX|X|[Ee]sq\.?|M\.?D\.?|Ph\.?D\.?))$")
_CJK: Final = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_PLAIN: Final = re.compile(r"[A-Z][A-Za-z.-]*(?: [A-Z][A-Za-z.-]*)*$")
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_LATIN: Final = re.compile("[A-Za-zÀ-ɏḀ-ỿͰ-ӿ]")


class Name:
    """One name. Parts are raw strings of markup; a non-personal name has ``literal`` only.

    ``family_first``: the script writes family names first ("Name-part Order"), or the data say so
    ("static-ordering").
    """

    __slots__ = (
        "comma_suffix",
        "dropping",
        "family",
        "family_first",
        "given",
        "literal",
        "non_dropping",
        "static",
        "suffix",
    )

    def __init__(self) -> None:
        self.family = self.given = self.dropping = self.non_dropping = self.suffix = self.literal = ""
        self.comma_suffix = self.family_first = self.static = False

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two names the same."""
        if self.literal:
            return (self.literal,)
        return (self.family, self.given, self.dropping, self.non_dropping, self.suffix)


def is_cjk(text: str) -> bool:
    """Whether ``text`` begins in a script that writes words without spaces."""
    return _CJK.match(text) is not None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return richtext.parse(m.clean(_SPACES.sub(" ", value).strip(" "))) if value else ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def is_name(value: Any) -> bool:
    """Whether ``value`` holds anything that can be rendered as a name."""
    if isinstance(value, Mapping):
        return any(value.get(part) for part in ("family", "literal", "given", "name"))
    return bool(value) and isinstance(value, str)


def read_name(value: Any) -> Name | None:
    """The name that an element of a CSL-JSON name variable describes; None when there is nothing in it."""
    if isinstance(value, str):
        value = {"literal": value}
    if not isinstance(value, Mapping):
        return None
    name = Name()
    if len(value) == 2:
        # Most names: nothing to be found in them.
        family, given = value.get("family"), value.get("given")
        if isinstance(family, str) and isinstance(given, str) and _PLAIN.match(family) and _PLAIN.match(given):
            name.family, name.given = family, given
            return name
    literal = value.get("literal") or value.get("name")
    if not literal and value.get("isInstitution"):
        literal = value.get("family")
    if (literal and not value.get("family")) or value.get("isInstitution"):
        name.literal = _text(literal)
        return name if name.literal else None
    family, given = value.get("family"), value.get("given")
    if not family and given:
        # A mononym in the wrong part is a family name all the same.
        family, given = given, None
    family = family.strip() if isinstance(family, str) else _text(family)
    given = given.strip() if isinstance(given, str) else _text(given)
    dropping, non_dropping = value.get("dropping-particle") or "", value.get("non-dropping-particle") or ""
    suffix = value.get("suffix") or ""
    if len(family) > 1 and family[0] == family[-1] == '"':
        family = family[1:-1]
    elif not value.get("static-particles"):
        if not non_dropping:
            non_dropping, family = _split_family(family)
        if not dropping:
            given, dropping = _split_given(given)
    name.comma_suffix = bool(value.get("comma-suffix"))
    before, comma, after = given.rpartition(",")
    if comma and not suffix and (found := _SUFFIX.match(after)):
        given, suffix = before.rstrip(), found[2]
        name.comma_suffix = name.comma_suffix or found[1] == "!"
    name.family, name.given, name.suffix = _text(family), _text(given), _text(suffix)
    name.dropping, name.non_dropping = _text(dropping), _text(non_dropping)
    if isinstance(non_dropping, str) and non_dropping.endswith("' "):
        # "de' Frinkle" keeps the space that "d'Aubignac" does not have.
        name.non_dropping += " "
    name.static = bool(value.get("static-ordering"))
    whole = family + given
    name.family_first = name.static or (not whole.isascii() and _is_family_first(family, given))
    return name if name.family else None


def _is_family_first(family: str, given: str) -> bool:
    return bool(_CJK.search(family)) and not _LATIN.search(family)


def _split_family(family: str) -> tuple[str, str]:
    """ "von und zum Jones" -> ("von und zum", "Jones"); "d'Aubignac" -> ("d'", "Aubignac")."""
    if not family or family[0].isupper():
        return "", family
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count].islower():
        count += 1
    rest = " ".join(words[count:])
    particle = " ".join(words[:count])
    joined = _PARTICLE_JOINED.match(rest)
    if joined:
        particle = f"{particle} {joined[1]}" if particle else joined[1]
        rest = rest[joined.end() :]
    elif particle.endswith("'"):
        particle += " "
    return particle, rest


def _split_given(given: str) -> tuple[str, str]:
    """ "Jean de" -> ("Jean", "de")."""
    if not given or not (given[-1].islower() or given[-1] in "'’"):
        return given, ""
    words = given.split()
    start = len(words)
    while start > 1 and words[start - 1].replace("’", "'") in _DROPPING:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])
