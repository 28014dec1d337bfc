"""The authors at the beginning of a reference, in the ways that styles print them.

=============  ==================================================  ===========================================
grammar        example                                             styles
=============  ==================================================  ===========================================
comma          Farbu, E., Vik-Mo, E., & Aarli, J. A.               APA, Harvard, Nature, Springer, ACS
bare           Farbu E, Vik-Mo E, Aarli JA                         Vancouver, AMA, NLM
direct         E. Farbu, E. Vik-Mo, and J. A. Aarli                IEEE, APS, footnotes
full           Farbu, Elisabeth, Tiina Rekand, and Jan A. Aarli    Chicago, MLA
natural        Elisabeth Farbu, Tiina Rekand and Jan A. Aarli      Chicago footnotes, ACM
=============  ==================================================  ===========================================

Every grammar reads as many names as it can; the one whose list ends like a list of authors, and which read most, wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_UPPER: Final = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0391-\u03a9\u0410-\u042f" + "".join(
    chr(code) for code in (*range(0x100, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper()
)
"""Capital letters of the Latin, Greek and Cyrillic blocks of Unicode, for a character class."""

_PARTICLE: Final = (
    r"(?:van der|van den|van de|van't|van|von der|von dem|von|vom|zum|zur|zu|de la|de los|de las|de|del|della|dello"
    r"|degli|"
    r"di|da|das|dos|do|du|des|den|der|d[\u2019']|la|le|lo|ten|ter|te|'t|el|al-|al|bin|ibn|af|av|st\.|e)"
)
_PART: Final = rf"(?:[dDlLO][\u2019'])?[{_UPPER}][^\W\d_]*(?:[\u2019'][^\W\d_]+)?"
_NO_SUFFIX: Final = r"(?!(?:Jr|Sr|I{2,3}|IV)\b)"
_FURTHER: Final = rf"(?=[{_UPPER}][\u2019']?[^\W\d_]*[^\W\d_{_UPPER}]){_NO_SUFFIX}{_PART}"
_FAMILY: Final = rf"(?:{_PARTICLE}[ ]?){{0,2}}{_PART}(?:-{_PART}|[ ](?:{_PARTICLE}[ ])?{_FURTHER}){{0,3}}"
_SHORT_FAMILY: Final = rf"(?:{_PARTICLE}[ ]?){{0,2}}{_PART}(?:-{_PART}){{0,2}}"
_DOTTED: Final = rf"[{_UPPER}][a-z]?\.(?:[ ]?-?[ ]?[{_UPPER}][a-z]?\.){{0,5}}(?:[ ]{_PARTICLE}(?=[,;.&: ]))?"
_BARE: Final = rf"(?:[{_UPPER}]-?){{1,5}}(?![^\W\d_])"
_SUFFIX: Final = r"(?:,? (?:Jr\b\.?|Sr\b\.?|(?:I{2,3}|IV|2nd|3rd)\b))"
_GIVEN: Final = rf"(?:[{_UPPER}]\.(?:[ -]?[{_UPPER}]\.){{0,3}}|[{_UPPER}][^\W\d_]+(?:-[^\W\d_]+)?|[{_UPPER}](?= ))"

_COMMA_NAME: Final = re.compile(rf"(?P<family>{_FAMILY}), (?P<given>{_DOTTED})(?P<suffix>{_SUFFIX})?")
_BARE_NAME: Final = re.compile(rf"(?P<family>{_FAMILY}) (?P<given>{_BARE})(?P<suffix>{_SUFFIX})?")
_DIRECT_NAME: Final = re.compile(rf"(?P<given>{_DOTTED}) (?P<family>{_FAMILY})(?P<suffix>{_SUFFIX})?")
_INVERTED_NAME: Final = re.compile(
    rf"(?P<family>{_FAMILY}), (?P<given>{_GIVEN}(?: {_GIVEN}){{0,3}}(?: {_PARTICLE}(?=[,.;& ]))?)(?P<suffix>{_SUFFIX})?"
)
_NATURAL_NAME: Final = re.compile(
    rf"(?P<given>{_GIVEN}(?: {_GIVEN}){{0,2}}?) "
    rf"(?P<family>(?:{_PARTICLE}[ ]){{0,2}}(?!\w\b[^\u2019']){_PART}(?:-{_PART}){{0,2}})"
    rf"(?P<suffix>{_SUFFIX})?(?=[,.;:)]| and | & | \(|\Z| \d{{4}}| [\u201c\"\u2018']| et al)"
)
_SEPARATOR: Final = re.compile(
    r"\s?(?:[,;]\s(?:(?:and|und|et|y|&|\u2026|\.\.\.)\s)?|\s(?:and|und|et|y|&)\s|,?\s?(?:\. ?){3}\s?)"
)
_ET_AL: Final = re.compile(r",?;? (?:et ?al\b\.?|and (?:others|colleagues)\b|u\. ?a\.)", re.IGNORECASE)
_ELLIPSIS: Final = re.compile(r",? ?(?:\u2026|(?:\. ?){3}) ?&? ?")
_ROLE: Final = re.compile(r",? ?\(?(?P<role>[Ee]ds?\b\.?|[Ee]ditors?\b|[Hh]rsg\.?|[Tt]rans\.?)\)?")
_ENDING: Final = re.compile(
    r"\.?,?\s?(?:\((?:c(?:a|irca)?\.? ?)?(?:1[5-9]|20)\d\d|\((?:n\.?d\.?|in press|forthcoming)|\[(?:1[5-9]|20)\d\d"
    r"|(?:1[5-9]|20)\d\d[a-z]?\b|[\u201c\u2018\"\u00ab]|:\s)"
)
_SENTENCE_BEHIND: Final = re.compile(rf"\.?\s+(?=[\[(]?[{_UPPER}\d\u201c\u2018\"\u00bf\u00a1])|\.\s+(?=[a-z])")
_COMMA_BEHIND: Final = re.compile(rf",\s+(?=[{_UPPER}\d\u201c\u2018\"'])")
_NOT_NAMES = """
    The A An In On Of For From And With By At To What How Why When Is Are Proceedings Journal Report Annual Guidelines
"""
_NOT_A_NAME: Final = frozenset(_NOT_NAMES.split())
ORGANISATION: Final = re.compile(
    r"\b(?:Academy|Agency|Association|Authority|Board|Bureau|Centers?|Centres?|Collaboration|College|Commission"
    r"|Committee|"
    r"Consortium|Corporation|Council|Department|Federation|Foundation|Fund|Group|Health|Hospital|Inc|Initiative"
    r"|Institutes?|"
    r"International|Laboratory|League|Library|Ministry|Museum|Nations|Network|Observatory|Office|Organi[sz]ation|Panel|"
    r"Press|Programme?|Service|Society|Survey|Task Force|Team|Trust|Union|University|Working)\b"
)
"""Words that tell an organisation from a person."""
_MOST: Final = 300


@dataclass(frozen=True, slots=True)
class People:
    """Names read at the beginning of a text, as CSL-JSON, up to ``end``.

    ``others`` is true when the list ends in *et al.*; ``role`` is "editor" when it says so; ``grammar`` is the one of
    the table above. ``sure`` is true when what follows is what follows authors (a year, a quotation, a colon).
    """

    names: tuple[dict[str, str], ...]
    end: int
    others: bool
    role: str
    grammar: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Grammar:
    name: str
    first: re.Pattern[str]
    further: re.Pattern[str]
    spread: Callable[[str], str]


def _as_it_is(given: str) -> str:
    return " ".join(given.split())


def _with_stops(given: str) -> str:
    """``JPA`` as ``J. P. A.``, ``J-P`` as ``J.-P.``"""
    return re.sub(
        r"(?<=\.) ?-", "-", " ".join(f"{each}." for each in re.findall(r"-?[^\W\d_]", given)).replace(" -", "-")
    )


def _spaced(given: str) -> str:
    """``J.A.`` as ``J. A.``, ``J.-P.A.`` as ``J.-P. A.``"""
    return " ".join(re.sub(r"\.(?=[^\W\d_])", ". ", given).split())


_GRAMMARS: Final = (
    _Grammar("comma", _COMMA_NAME, _COMMA_NAME, _spaced),
    _Grammar("bare", _BARE_NAME, _BARE_NAME, _with_stops),
    _Grammar("direct", _DIRECT_NAME, _DIRECT_NAME, _spaced),
    _Grammar("mixed", _COMMA_NAME, _DIRECT_NAME, _spaced),
    _Grammar("full", _INVERTED_NAME, _NATURAL_NAME, _as_it_is),
    _Grammar("all inverted", _INVERTED_NAME, _INVERTED_NAME, _as_it_is),
    _Grammar("natural", _NATURAL_NAME, _NATURAL_NAME, _as_it_is),
)


def people_at(text: str, start: int = 0, end: int | None = None) -> People | None:
    """The names that begin at a place, or None. Linear in the length of the list."""
    end = len(text) if end is None else end
    best: tuple[tuple[int, int, int], People] | None = None
    for order, grammar in enumerate(_GRAMMARS):
        found = _read(text, start, end, grammar)
        if found is None:
            continue
        ended = _ending(text, found, end)
        if not ended:
            continue
        rank = (ended, len(found.names) + 2 * found.others, -order)
        if best is None or rank > best[0]:
            best = (rank, found)
    if best is None:
        return None
    (ended, _, _), found = best
    return People(found.names, found.end, found.others, found.role, found.grammar, ended > 1)


def _ending(text: str, found: People, end: int) -> int:
    """How much what follows looks like what follows authors: 0 not at all, 1 a sentence, 2 surely."""
    if found.others or found.role:
        return 2
    if _ENDING.match(text, found.end, end):
        return 3 if found.grammar not in ("natural",) else 2
    if found.grammar in ("direct", "natural") and _COMMA_BEHIND.match(text, found.end, end):
        return 1 if found.grammar == "natural" else 2
    behind = _SENTENCE_BEHIND.match(text, found.end, end)
    if behind is not None:
        stopped = text[found.end - 1] == "." or behind[0].startswith(".")
        return 2 if stopped and found.grammar in ("bare", "comma", "mixed") else 1 if stopped else 0
    return 1 if not text[found.end : end].strip(" .") else 0


def _read(text: str, start: int, end: int, grammar: _Grammar) -> People | None:
    names: list[dict[str, str]] = []
    place, others = start, False
    pattern = grammar.first
    while len(names) < _MOST:
        match = pattern.match(text, place, end)
        if match is None or _is_no_name(match):
            break
        names.append(_name(match, grammar))
        done = match.end()
        pattern = grammar.further
        et_al = _ET_AL.match(text, done, end)
        if et_al is not None:
            others, done = True, et_al.end()
        separator = _SEPARATOR.match(text, done, end) if not others else None
        if separator is None:
            return _people(text, names, done, end, others, grammar)
        place = separator.end()
        if _ET_AL.match(text, place - 1, end):
            return _people(text, names, _ET_AL.match(text, place - 1, end).end(), end, True, grammar)  # type: ignore[union-attr]
        ended = done
    else:
        return _people(text, names, place, end, others, grammar)
    return _people(text, names, ended, end, others, grammar) if names else None


def _people(text: str, names: list[dict[str, str]], place: int, end: int, others: bool, grammar: _Grammar) -> People:
    role = _ROLE.match(text, place, end)
    editors = role is not None and not role["role"].lower().startswith("trans")
    if role is not None and editors:
        place = role.end()
    return People(tuple(names), place, others, "editor" if editors else "", grammar.name, False)


def _is_no_name(match: re.Match[str]) -> bool:
    family, given = match["family"], match["given"]
    if family.partition(" ")[0] in _NOT_A_NAME or (len(given) > 1 and given.partition(" ")[0] in _NOT_A_NAME):
        return True
    if len(family) < 2 or (match.re is _NATURAL_NAME and family.isupper() and len(family) < 4):
        return True
    return match.re is _NATURAL_NAME and ORGANISATION.search(f"{given} {family}") is not None


def _name(match: re.Match[str], grammar: _Grammar) -> dict[str, str]:
    family, given = match["family"], match["given"]
    made = {}
    particle = re.match(rf"{_PARTICLE}(?: {_PARTICLE})?(?=[ ])", family)
    trailing = re.search(rf" ({_PARTICLE})\Z", given)
    if trailing is not None:
        given = given[: trailing.start()]
        made["non-dropping-particle"] = trailing[1]
    elif particle is not None and family[particle.end() :].strip():
        made["non-dropping-particle"] = particle[0]
        family = family[particle.end() :].strip()
    made |= {"family": family, "given": grammar.spread(given)}
    if match["suffix"]:
        made["suffix"] = match["suffix"].strip(" ,")
    return made
