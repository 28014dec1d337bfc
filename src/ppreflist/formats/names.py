"""Names as reference managers write them, ``Family, Given, Suffix``, and as CSL-JSON has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?-?){1,4}\Z")
_LONGEST: Final = 2000


def written_name(parts: Mapping[str, str]) -> str:
    """A CSL-JSON name as one line. The first comma of an organisation's name is doubled, as EndNote's manual asks."""
    if "literal" in parts:
        literal = " ".join(parts["literal"].split())
        return literal.replace(",", ",,", 1) if "," in literal else literal
    particles = (parts.get("dropping-particle"), parts.get("non-dropping-particle"))
    family = " ".join(part for part in (*particles, parts.get("family")) if part)
    whole = [family, parts.get("given", ""), parts.get("suffix", "")]
    while whole and not whole[-1]:
        whole.pop()
    return ", ".join(whole)


def csl_name_of(text: str) -> dict[str, str]:
    """The name in a line, or an empty dict.

    Without a comma it is an organisation's, or one of a person of whom initials follow the family name (``Borg K``).
    """
    text = " ".join(text[:_LONGEST].split())
    if text.endswith(",") or ",," in text:
        literal = text.replace(",,", ",", 1).rstrip(", ")
        return {"literal": literal} if literal else {}
    family, *rest = (part.strip() for part in text.split(","))
    if not rest:
        head, _, last = text.rpartition(" ")
        if head and last.isupper() and _INITIALS.match(last) and len(head.split()) <= 3:
            return {**_family(head), "given": _spaced(last)}
        return {"literal": text} if text else {}
    if not family:
        return {"literal": ", ".join(part for part in rest if part)} if any(rest) else {}
    made = {**_family(family), "given": rest[0], "suffix": ", ".join(part for part in rest[1:] if part)}
    return {part: each for part, each in made.items() if each}


def _family(text: str) -> dict[str, str]:
    """A family name and the particle before it: ``van der Meché``."""
    words = text.split()
    count = 0
    while count < len(words) - 1 and words[count][0].islower():
        count += 1
    made = {"family": " ".join(words[count:])}
    return {"non-dropping-particle": " ".join(words[:count]), **made} if count else made


def _spaced(initials: str) -> str:
    """``KM`` as ``K. M.``"""
    return " ".join(f"{each}." for each in initials if each.isalpha())
