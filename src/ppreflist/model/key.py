"""Citation keys: readable, stable, plain ASCII, as ``patwa2012evidence``.

A key has three parts unless another pattern is asked for (``keypattern``):

``auth``
    The first author's family name with its particle (``vanbeethoven``). An organisation gives its first word when that
    is a compound (``postpolio`` for Post-Polio Health International), else the initials of three or more words
    (``who``), else its words. Without author: the editor, then the organisation, institution or publisher; without any
    of them ``anon``.
``year``
    The first number of one to four digits in the date, else ``nd``.
``title1``
    The first word of the title that is no article, preposition or conjunction.

Everything is folded to lower-case ASCII letters and digits, so that every BibTeX processor, shell and web address takes
the key as it is. A key that is taken gets a suffix: a, b, ... z, aa ...
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from itertools import count

from ppreflist.model.entry import Entry
from ppreflist.model.name import Name, NameList

_LONGEST_PART = 30
# Characters that end or break a key for BibTeX, biber or btparse (biber manual, 'Entry keys'), and white space.
KEY_SUFFIX = re.compile(r"[a-z]{0,2}")
"""What makes a key that is taken another one."""
FORBIDDEN = re.compile(r"[\s\"@#%'(),={}\\~\x00-\x1f\x7f]")

_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
        "ı": "i", "ŋ": "ng", "ə": "e", "ʻ": "", "ʼ": "",
        # Cyrillic, after the BGN/PCGN romanisation without apostrophes; Greek, after ISO 843 without marks.
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
        "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "є": "ye",
        "і": "i", "ґ": "g", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dz",
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
        "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
        "χ": "ch", "ψ": "ps", "ω": "o",
    }
)  # fmt: skip

_SMALL_WORDS = (
    # English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish articles, prepositions, conjunctions.
    "a an the and or of on in to for from by with at as is are do does how what when where which who why can "
    "der die das den dem des ein eine einer eines einem einen und oder zur zum von vom im am ueber uber fur fuer "
    "le la les un une des du et ou de en sur pour dans au aux el los las una unos unas y del al con por para "
    "il lo gli uno e della delle degli dei nel nella het een van voor op o os as um uma do da dos das no na "
    "ett och av om en i"
)


def ascii_fold(text: str) -> str:
    """Lower-case ASCII as near as possible to the text: accents go, ``ß`` is ``ss``, Cyrillic and Greek are romanised.

    Characters without an ASCII likeness (Chinese, emoji) are dropped; white space and punctuation stay.
    """
    text = text.casefold()
    if text.isascii():
        return text
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return bare.replace("ου", "ou").translate(_LETTERS).encode("ascii", "ignore").decode("ascii")


def make_key(parts: Mapping[str, str], taken: Container[str] = ()) -> str:
    """The usual key of these parts (see ``key_parts``) that is not in ``taken``, which holds case-folded keys.

    The parts may be anything; the key is always usable.
    """
    made = FORBIDDEN.sub("", f"{parts['auth']}{parts['year']}{parts['title1']}") or "anon"
    return free_key(made, taken)


def free_key(key: str, taken: Container[str]) -> str:
    """The key itself when it is free, else with the first free suffix of a, b, ... z, aa ..."""
    if key.casefold() not in taken:
        return key
    return next(made for made in (key + suffix for suffix in _suffixes()) if made.casefold() not in taken)


def key_parts(names: NameList | tuple[Name, ...], year: str, title: str) -> dict[str, str]:
    """The parts of a key; an empty ``year`` is ``nd``, no usable name is ``anon``."""
    families = (family_part(name) for name in names)
    return {
        "auth": next((family for family in families if family), "anon"),
        "year": year_part(year),
        "title1": next(iter(title_words(title)), "")[:_LONGEST_PART],
    }


def key_parts_of(entry: Entry) -> dict[str, str]:
    """The parts of an entry's key."""
    return key_parts(named_by(entry), entry.first("date", "year"), title_of_key(entry))


def named_by(entry: Entry) -> NameList | tuple[Name, ...]:
    """The names that a key takes an entry to be by: the authors, else the editors, else an organisation."""
    return entry.people("author") or entry.people("editor") or _organisation(entry)


def title_of_key(entry: Entry) -> str:
    """The title that a key takes its words from."""
    return entry.first("title", "maintitle", "booktitle", "journaltitle", "journal")


def key_flaw(key: str) -> str:
    """Why a key that a person chose cannot be used, as a clause, or an empty string when it can."""
    if not key:
        return "a key cannot be empty"
    found = FORBIDDEN.search(key)
    if found:
        character = "white space" if found[0].isspace() else repr(found[0])
        return f"a key cannot contain {character}"
    return "" if key.isprintable() else "a key cannot contain characters that are not printable"


def _suffixes() -> Iterator[str]:
    for number in count(1):
        suffix = ""
        while number:
            number, rest = divmod(number - 1, 26)
            suffix = chr(ord("a") + rest) + suffix
        yield suffix


_SMALL = frozenset(_SMALL_WORDS.split())


def folded_words(text: str) -> list[str]:
    """The words of a text as lower-case ASCII letters and digits."""
    return re.findall(r"[a-z0-9]+", ascii_fold(text))


def family_part(name: Name) -> str:
    """A name as it stands in a key: the family name, or what names an organisation; may be empty."""
    if name.literal:
        return _organisation_part(name.family)
    surname = "".join(folded_words(f"{name.particle} {name.family}".replace("'", "").replace("\u2019", "")))
    return (surname or "".join(folded_words(name.given)))[:_LONGEST_PART]


def _organisation_part(title: str) -> str:
    folded = re.sub(r"(?<=\w)[-\u2010-\u2013](?=\w)", "-", title)
    words = [word for word in re.findall(r"[a-z0-9-]+", ascii_fold(folded)) if word not in _SMALL and word.strip("-")]
    compound = "-" in words[0].strip("-") if words else False
    words = words[:1] if compound else words
    words = [word.replace("-", "") for word in words]
    if len(words) > 2:
        return "".join(word[0] for word in words)[:_LONGEST_PART]
    return "".join(words)[:_LONGEST_PART]


def _organisation(entry: Entry) -> tuple[Name, ...]:
    text = entry.first("organization", "institution", "publisher", "school", "howpublished")
    return (Name(family=text, literal=True),) if text and "://" not in text else ()


def year_part(text: str) -> str:
    """The first number of one to four digits, else ``nd``."""
    found = re.search(r"(?<!\d)\d{1,4}(?!\d)", text)
    return found[0] if found else "nd"


def title_words(title: str) -> list[str]:
    """The words of a title that are no articles, prepositions or conjunctions; all of them if no others are there."""
    folded = ascii_fold(re.sub(r"[\u2010-\u2015]", "-", title).replace("\u2019", "'"))
    # l'enfant is 'enfant', but don't is 'dont'; x-ray is 'xray', but evidence-based is 'evidence'.
    folded = re.sub(r"\b(?:[dl]|qu|dell|nell|all)'(?=[a-z])", "", folded).replace("'", "")
    words = [word.replace("-", "") for word in re.findall(r"\b[a-z]-[a-z0-9]{2,}|[a-z0-9]+", folded)]
    plain = [word for word in words if word not in _SMALL and (len(word) > 1 or word.isdigit())]
    return plain or words
