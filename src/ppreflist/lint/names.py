"""Names: separators and marks that make BibTeX read other people than those who were meant.

Every pattern starts at a character that is not white space or is anchored, so that time grows linearly with the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ppreflist.lint.check import Check, Context, Finding, at_field, shown, value_fix
from ppreflist.model.entry import Entry, Field
from ppreflist.model.problem import Fix, Severity

_TAIL = 60
_ET_AL = re.compile(
    r"(?:\band\s+)?(?P<mark>\{?(?:\\(?:emph|textit|it)\b\s?\{?)?\{?\bet\b\.?[\s~]{0,3}al\b\.?\}{0,3}|\bothers\b\.?)"
    r"[\s.,;]*\Z",
    re.IGNORECASE,
)
_AL_OR_OTHERS = re.compile(r"\bal\b|\bothers\b", re.IGNORECASE)
_LOOSE_COMMA = re.compile(r",(?=\s*(?:\Z|(?<=\s)and\s))")
_AND = re.compile(r"\sand(?=\s)", re.IGNORECASE)
_HTML_ENTITY = re.compile(r"&#?\w{1,8};")
_VANCOUVER = re.compile(
    r"(?P<family>(?:[a-z]{1,4} ){0,2}[A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30})?) (?P<initials>[A-Z]{1,3})\Z"
)
_INITIAL = re.compile(r"[A-Z]\.")
_IN_FULL = re.compile(r"(?:[A-Z][\w.'’-]{0,30} ){1,4}(?:(?:von|van|de|der|den|la|le|di|du) ){0,2}[A-Z][\w'’-]{2,40}\Z")
_SUFFIX = re.compile(
    r"(?:jr|sr|jun|sen|[ivx]{1,4}|2nd|3rd|[4-9]th|junior|senior|esq|ph\.?\s?d|m\.?d)\.?\Z", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_ORDINAL = re.compile(r"\b(?:2nd|3rd|[4-9]th)\b", re.IGNORECASE)
_EXTENDED = re.compile(r"\b(?:family|given|prefix|suffix|xdata)(?:-i)?\s?=", re.IGNORECASE)
_GROUP = re.compile(r"\{(?P<inside>[^{}]*)\}")


def outside_braces(text: str) -> str:
    """The text with everything inside braces blanked out; places stay the same."""
    if "{" in text:
        text = _GROUP.sub(_blank, text)
    if "{" not in text:
        return text
    kept, depth = [], 0
    for character in text:
        if character == "}":
            depth = max(0, depth - 1)
        kept.append("\0" if depth or character in "{}" else character)
        if character == "{":
            depth += 1
    return "".join(kept)


def _blank(found: re.Match[str]) -> str:
    return "\0" * len(found[0])


@dataclass(frozen=True, slots=True)
class _List:
    """A list of names: ``bare`` is its value outside braces, ``names`` and ``bare_names`` are split at ``and``."""

    entry: Entry
    field: Field
    bare: str
    names: list[str]
    bare_names: list[str]


def _lists(context: Context) -> Iterator[_List]:
    for entry, field in context.names:
        bare = outside_braces(field.latex)
        places = [(found.start(), found.end()) for found in _AND.finditer(bare)]
        yield _List(entry, field, bare, _split(field.latex, places), _split(bare, places))


def _split(text: str, places: list[tuple[int, int]]) -> list[str]:
    pieces, start = [], 0
    for at, end in places:
        pieces.append(text[start:at].strip())
        start = end
    return [*pieces, text[start:].strip()]


def et_al(context: Context) -> Iterator[Finding]:
    for entry, field in context.names:
        tail = field.latex[-_TAIL:]
        if not _AL_OR_OTHERS.search(tail):
            continue
        found = _ET_AL.search(tail)
        if found is None:
            continue
        is_others = found["mark"].lower().startswith("others")
        if is_others and (not found[0].lower().startswith("and") or found[0].rstrip() == "and others"):
            continue
        people = field.latex[: len(field.latex) - len(tail) + found.start()].rstrip(" \t\r\n~,;&")
        if people.startswith("{") and people.count("{") == people.count("}") + 1:
            people = people[1:]
        fix = value_fix(entry, field, f"{people} and others", "write `and others`") if people else None
        message = f"{shown(found[0])} is read as a person: write `and others`, which styles turn into their own words"
        yield at_field(entry, field, message, fix)


def comma(context: Context) -> Iterator[Finding]:
    for each in _lists(context):
        entry, field, bare = each.entry, each.field, each.bare
        if "" in each.bare_names:
            message = "a name is missing before or after an `and`: add it, or remove the `and`"
            yield at_field(entry, field, message)
        elif bare.lstrip().startswith(","):
            yield at_field(entry, field, "the list begins with a comma: the family name before it is missing")
        elif "," in bare and _LOOSE_COMMA.search(bare) and not any(map(_is_list, _comma_parts(each))):
            fix = value_fix(entry, field, _without_loose_commas(field.latex, bare), "remove the comma after the name")
            yield at_field(entry, field, "a comma stands after the last part of a name: remove it", fix)


def _without_loose_commas(latex: str, bare: str) -> str:
    places = {found.start() for found in _LOOSE_COMMA.finditer(bare)}
    return "".join(character for place, character in enumerate(latex) if place not in places).rstrip()


def _comma_parts(names: _List) -> list[list[str]]:
    """Each name's parts between commas; an empty last part stands for a comma at the end."""
    return [[part.strip() for part in name.split(",")] for name in names.bare_names]


def separator(context: Context) -> Iterator[Finding]:
    for entry, field in context.names:
        if ";" not in field.latex and "&" not in field.latex:
            continue
        bare = outside_braces(field.latex)
        if ";" in bare and not _HTML_ENTITY.search(bare):
            fix = _semicolons_fix(entry, field)
            yield at_field(entry, field, "names are separated by `and`, not by semicolons", fix)
        elif " & " in bare or " \\& " in bare:
            message = "names are separated by `and`, not by `&`; for a firm write the name in braces: {Smith \\& Sons}"
            yield at_field(entry, field, message)


def _semicolons_fix(entry: Entry, field: Field) -> Fix | None:
    # "Smith, J.; Jones, K." can be split by a program; "Smith, J., Jones, K.; Doe and Sons" asks for a person.
    if "{" in field.latex or "\\" in field.latex or _AND.search(field.latex):
        return None
    names = [name.strip() for name in field.latex.split(";") if name.strip()]
    if len(names) < 2 or any(name.count(",") > 1 for name in names):
        return None
    return value_fix(entry, field, " and ".join(names), "separate the names by `and`")


def commas_for_and(context: Context) -> Iterator[Finding]:
    for each in _lists(context):
        field = each.field
        if "," not in each.bare or ";" in each.bare or _EXTENDED.search(each.bare):
            continue
        parts_of_names = _comma_parts(each)
        for name, parts in zip(each.names, parts_of_names, strict=True):
            if _is_list(parts):
                message = f"{shown(name)} is read as one person: separate names by `and`, not by commas"
                yield at_field(each.entry, field, message, _commas_fix(each.entry, field, parts_of_names))
                break


def _is_list(parts: list[str]) -> bool:
    """Whether the comma-separated parts of one BibTeX name are several people.

    BibTeX reads at most ``von Last, Jr, First``.
    """
    if len(parts) < 2:
        return False
    people = [part for part in parts if part]
    if len(people) < 2 or (len(people) == 2 and " " not in people[0]):
        return False
    if all(map(_VANCOUVER.match, people)):
        return True
    if len(people) == 2:
        # "Jane Doe, John Roe, and Ann Poe"; "J. Doe, K. Roe": no family name begins with an initial.
        in_full = all(_IN_FULL.match(part) for part in people)
        return in_full and (not parts[-1] or bool(_INITIAL.match(people[0])))
    if len(people) == 3:
        return not any(_SUFFIX.match(part) for part in people[1:]) and len(people[1].split()) > 1
    return True


def _commas_fix(entry: Entry, field: Field, parts_of_names: list[list[str]]) -> Fix | None:
    """The list with `and` in place of commas, when every person is written alike and nothing is in braces."""
    if "{" in field.latex or "\\" in field.latex:
        return None
    people = [part for parts in parts_of_names for part in parts if part]
    found = [_VANCOUVER.match(part) for part in people]
    if all(found):
        names = [f"{each['family']}, {' '.join(f'{i}.' for i in each['initials'])}" for each in found if each]
    elif all(map(_IN_FULL.match, people)):
        names = people
    else:
        return None
    return value_fix(entry, field, " and ".join(names), "separate the names by `and`")


def braced_and(context: Context) -> Iterator[Finding]:
    for entry, field in context.names:
        if "{" not in field.latex or " and " not in field.latex:
            continue
        for group in _GROUP.finditer(field.latex):
            people = _AND.split(group["inside"])
            if len(people) < 2 or not all(_is_person(each.strip()) for each in people):
                continue
            fix = None
            if group.start() == 0 and group.end() == len(field.latex):
                fix = value_fix(entry, field, group["inside"], "remove the braces around the list")
            message = f"the braces make one organisation of {shown(group['inside'])}: remove them"
            yield at_field(entry, field, message, fix)


def _is_person(text: str) -> bool:
    """``Smith, John`` or ``J. Smith``; not ``Simon`` or ``Schuster``."""
    family, comma, given = text.partition(",")
    if comma:
        return bool(given.strip()) and len(family.split()) <= 3
    return bool(re.match(r"[A-Z]\.\s?(?:[A-Z]\.\s?)*[A-Z]\w+\Z", text))


def digits(context: Context) -> Iterator[Finding]:
    for entry, field in context.names:
        if _DIGIT.search(field.latex) is None or _EXTENDED.search(field.latex):
            continue
        bare = outside_braces(field.latex)
        places = [(found.start(), found.end()) for found in _AND.finditer(bare)]
        for name, part in zip(_split(field.latex, places), _split(bare, places), strict=True):
            if _DIGIT.search(_ORDINAL.sub("", part)):
                message = (
                    f"a number in the name {shown(name)}: remove a footnote mark; put an organisation's name in braces"
                )
                yield at_field(entry, field, message)
                break


CHECKS = (
    Check(
        "et-al",
        '"et al." in a list of names.',
        Severity.WARNING,
        why=(
            'BibTeX reads it as a person whose family name is al. Write "and others": styles shorten the list in '
            "their own way and their own language."
        ),
        before="author = {Patwa, H. S. et al.}",
        after="author = {Patwa, H. S. and others}",
        run=et_al,
    ),
    Check(
        "name-comma",
        'A comma or an "and" with no name beside it.',
        Severity.WARNING,
        why=(
            'A comma at the end of a name makes all of it the family name; an "and" at an end of the list, or two '
            "in a row, make a nameless person."
        ),
        before="author = {Farbu, E., and Rekand, T.}",
        after="author = {Farbu, E. and Rekand, T.}",
        run=comma,
    ),
    Check(
        "name-separator",
        'Names separated by semicolons or "&".',
        Severity.WARNING,
        why=(
            'BibTeX separates names by "and" alone; with anything else between them all the names are one person. '
            "A firm with an & in its name belongs in braces."
        ),
        before="author = {Farbu, E.; Rekand, T.}",
        after="author = {Farbu, E. and Rekand, T.}",
        run=separator,
    ),
    Check(
        "name-list",
        "Names separated by commas.",
        Severity.WARNING,
        why=(
            "A comma separates the parts of one name (Family, Given). Lists as PubMed and many journals print "
            'them must be rewritten with "and". The fix does so where every name is written alike.'
        ),
        before="author = {Farbu E, Rekand T, Vik-Mo E}",
        after="author = {Farbu, E. and Rekand, T. and Vik-Mo, E.}",
        run=commas_for_and,
    ),
    Check(
        "name-braces",
        "A list of people in braces.",
        Severity.WARNING,
        why=(
            "Braces around a name mean: an organisation, not to be split. Around a list of people they make one "
            "organisation of it, which is neither sorted nor shortened rightly. Names of firms (Simon and "
            "Schuster) are let pass."
        ),
        before="author = {{Farbu, Elisabeth and Rekand, Tiina}}",
        after="author = {Farbu, Elisabeth and Rekand, Tiina}",
        run=braced_and,
    ),
    Check(
        "name-digits",
        "A number in a name.",
        Severity.WARNING,
        why=(
            "A footnote mark or a database's number for namesakes was copied along; or the name is an "
            "organisation's and belongs in braces."
        ),
        before=r"author = {Hoffmann, J{\"o}rg 0001}",
        after=r"author = {Hoffmann, J{\"o}rg}",
        run=digits,
    ),
)
