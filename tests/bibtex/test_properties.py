"""Random files and random edits, against a model of a few lines: what is said, and what must stay to the character."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from ppreflist.bibtex import opinion
from ppreflist.bibtex.apply import Applied, apply
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.draft import Splice, spliced
from ppreflist.bibtex.encoding import UTF_8
from ppreflist.bibtex.refuse import refuse_value
from ppreflist.errors import EditRefused, UnknownKey
from ppreflist.model.edit import (
    AddEntry,
    Edit,
    RemoveEntry,
    RemoveField,
    RenameField,
    RenameKey,
    SetField,
    SetType,
)

KEYS = ["a", "b2", "c:3", "D", "é"]
NAMES = ["title", "year", "doi", "Note", "x-y"]
TYPES = ["article", "Book", "MISC"]
VALUES = st.text(alphabet='ab1 {}"\\@,=%#~é\n', max_size=12)


@dataclass
class Made:
    """An entry of a random file: what it says, and how it is written."""

    key: str
    type: str
    fields: dict[str, str]
    source: str = field(default="", repr=False)


@st.composite
def values(draw: st.DrawFn) -> str:
    """A value that may stand between delimiters."""
    words = draw(
        st.lists(st.sampled_from(["x", " ", "{Y}", "1", "@", ",", "=", "%", "é", '"', "\n", "\\", "#"]), max_size=5)
    )
    return "".join(words) if not words or words[-1] != "\\" else "".join(words) + "z"


@st.composite
def made_entries(draw: st.DrawFn, key: str) -> Made:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
    pad = draw(st.sampled_from(["", " ", "\t"]))
    align = draw(st.sampled_from([0, 8]))
    separator = draw(st.sampled_from([",\n  ", ", ", ",", "\n , ", ",\r\n\t"]))
    opener, closer = draw(st.sampled_from([("{", "}"), ("(", ")")]))
    last = draw(st.sampled_from(["", ","])) + draw(st.sampled_from(["", "\n", "\r\n", " "]))
    kind = draw(st.sampled_from(TYPES))
    fields: dict[str, str] = {}
    written = ""
    for name in names:
        value = draw(values())
        quoted = draw(st.booleans()) and '"' not in value
        fields[name.lower()] = value
        left, right = ('"', '"') if quoted else ("{", "}")
        written += f"{separator}{name.ljust(align)}{pad}={pad}{left}{value}{right}"
    return Made(key, kind.lower(), fields, f"@{kind}{opener}{key}{written}{last if names else ''}{closer}")


@st.composite
def files(draw: st.DrawFn) -> tuple[str, list[Made]]:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4))
    entries = [draw(made_entries(key)) for key in keys]
    between = st.sampled_from(
        ["\n", "\n\n", "\r\n\r\n", "\n% a comment\n", "\n@string{s = {t}}\n\n", "\n@comment{x}\n", "\ntext\n"]
    )
    text = draw(st.sampled_from(["", "% first\n", "@preamble{{p}}\n"]))
    for entry in entries:
        text += entry.source + draw(between)
    return text.rstrip() if draw(st.booleans()) else text, entries


def edits() -> st.SearchStrategy[Edit]:
    key, name, value = st.sampled_from(KEYS), st.sampled_from([*NAMES, "new"]), st.one_of(values(), VALUES)
    kind = st.sampled_from(TYPES)
    return st.one_of(
        st.builds(SetField, key, name, value),
        st.builds(RemoveField, key, name),
        st.builds(RenameField, key, name, name),
        st.builds(RenameKey, key, key),
        st.builds(SetType, key, kind),
        st.builds(AddEntry, key, kind, st.lists(st.tuples(name, value), max_size=3).map(tuple)),
        st.builds(RemoveEntry, key),
    )


def modelled(entries: list[Made], edit: Edit) -> list[Made] | None:
    """What the entries say after the edit; None when it makes no sense."""
    found = next((each for each in entries if each.key == edit.key), None)
    taken = {each.key.lower() for each in entries}
    if isinstance(edit, AddEntry):
        names = [name.lower() for name, _ in edit.fields]
        if edit.key.lower() in taken or len(set(names)) < len(names):
            return None
        fields = {name.lower(): value for name, value in edit.fields}
        return [*entries, Made(edit.key, edit.type.lower(), fields)]
    if found is None:
        return None
    fields = dict(found.fields)
    key, kind = found.key, found.type
    match edit:
        case RemoveEntry():
            return [each for each in entries if each is not found]
        case RenameKey(_, to):
            if to != key and to.lower() in taken - {key.lower()}:
                return None
            key = to
        case SetType(_, to):
            kind = to.lower()
        case SetField(_, name, value):
            fields[name.lower()] = value
        case RemoveField(_, name):
            if name.lower() not in fields:
                return None
            del fields[name.lower()]
        case RenameField(_, name, to):
            if name.lower() not in fields or (to.lower() in fields and to.lower() != name.lower()):
                return None
            fields = {to.lower() if each == name.lower() else each: value for each, value in fields.items()}
    return [Made(key, kind, fields) if each is found else each for each in entries]


def said(bib: BibFile) -> list[tuple[str, str, dict[str, str]]]:
    def inner(raw: str) -> str:
        return (raw[1:-1] if raw[:1] in ("{", '"') else raw).replace("\r\n", "\n")

    return [
        (
            entry.key,
            entry.type.lower(),
            {each.name.lower(): inner(bib.text[each.value_start : each.value_end]) for each in entry.fields},
        )
        for entry in bib.entries
    ]


@settings(max_examples=200, deadline=None)
@given(files(), st.lists(edits(), min_size=1, max_size=4))
def test_edits_do_what_they_say_and_nothing_else(file: tuple[str, list[Made]], wanted: list[Edit]) -> None:
    text, entries = file
    bib = BibFile.parse(text)
    state = [
        Made(each.key, each.type, {n: v.replace("\r\n", "\n") for n, v in each.fields.items()}) for each in entries
    ]
    assert said(bib) == [(each.key, each.type, each.fields) for each in state]
    for edit in wanted:
        after = modelled(state, edit)
        applied = attempted(bib, edit)
        if isinstance(applied, UnknownKey):
            assert edit.key not in {each.key for each in state}
            continue
        if isinstance(applied, EditRefused):
            assert after is None or has_reason(bib, edit), (applied, applied.hint)
            continue
        assert after is not None, edit
        new = BibFile.parse(applied.new.text)
        assert said(new) == [(each.key, each.type, each.fields) for each in after]
        assert spliced(bib.text, applied.splices) == new.text
        assert spliced(new.text, inverse(bib.text, applied.splices)) == bib.text
        untouched = [bib.source_of(each.key) for each in bib.entries if each.key != edit.key]
        still = [new.text[each.start : each.end] for each in new.entries]
        assert [source for source in still if source in untouched] == untouched
        assert len(opinion.disagreements(new)) <= len(opinion.disagreements(bib))
        bib, state = new, after


def attempted(bib: BibFile, edit: Edit) -> Applied | EditRefused | UnknownKey:
    try:
        return apply(bib, [edit])
    except (EditRefused, UnknownKey) as error:
        return error


def has_reason(bib: BibFile, edit: Edit) -> bool:
    """Whether an edit that makes sense must be refused: for its value, or because the parsers differ on the entry."""
    found = bib.by_key.get(edit.key)
    if found is not None and opinion.disagreement(bib, found):
        return True
    given = [edit.value] if isinstance(edit, SetField) else []
    given += [value for _, value in edit.fields] if isinstance(edit, AddEntry) else []
    for value in given:
        try:
            refuse_value("field", value, UTF_8)
        except EditRefused:
            return True
    return False


def inverse(text: str, splices: tuple[Splice, ...]) -> list[Splice]:
    shift = 0
    found: list[Splice] = []
    for each in splices:
        start = each.start + shift
        found.append(Splice(start, start + len(each.new), text[each.start : each.end]))
        shift += len(each.new) - (each.end - each.start)
    return found
