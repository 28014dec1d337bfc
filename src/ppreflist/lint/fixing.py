"""Which fixes are done together, and what is left after them. Pure: a file's text in, edits out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.value import MONTHS, parts
from ppreflist.errors import EditRefused, UnknownKey
from ppreflist.model.edit import Edit, RenameField, SetField, SetType
from ppreflist.model.problem import Problem

_FROM_MACRO = "the value comes from an @string macro; repair it there"
_ROUNDS = 8
"""One fix can make the next one possible (a note becomes a url, the url a doi); more than this would be a circle."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A fix that the file does not take, and why: a value that comes from a macro, an entry that cannot be edited."""

    problem: Problem
    reason: str


@dataclass(frozen=True, slots=True)
class Fixing:
    """What the fixes do to a file: ``edits`` in order, the problems they end, those refused, and those that remain."""

    edits: tuple[Edit, ...]
    done: tuple[Problem, ...]
    refused: tuple[Refused, ...]
    remaining: tuple[Problem, ...]


def fix_all(file: BibFile, find: Callable[[BibFile], Sequence[Problem]]) -> Fixing:
    """Do every fix of the problems that ``find`` finds in the file, then of those it finds in what came out of it."""
    edits: list[Edit] = []
    done: list[Problem] = []
    refused: dict[tuple[str, str, str], Refused] = {}
    problems = find(file)
    for _ in range(_ROUNDS):
        chosen = _not_overlapping(problem for problem in problems if _name(problem) not in refused)
        if not chosen:
            break
        shared = [Refused(problem, _FROM_MACRO) for problem in chosen if _from_macro(file, problem)]
        own = [problem for problem in chosen if not _from_macro(file, problem)]
        accepted, others = _accepted(file, own) if own else ([], [])
        others += shared
        refused.update({_name(each.problem): each for each in others})
        if accepted:
            new = [edit for problem in accepted if problem.fix for edit in problem.fix.edits]
            edits += new
            done += accepted
            file = apply(file, new).new
        problems = find(file)
    return Fixing(tuple(edits), tuple(done), tuple(refused.values()), tuple(problems))


def _from_macro(file: BibFile, problem: Problem) -> bool:
    """Whether a fix would put a text in the place of an ``@string`` macro: the other users of the macro would keep
    the mistake, and this entry would no longer follow it."""
    for edit in problem.fix.edits if problem.fix else ():
        entry = file.by_key.get(edit.key)
        field = entry.field(edit.field) if entry is not None and isinstance(edit, SetField) else None
        if field is not None:
            raw = file.text[field.value_start : field.value_end]
            if any(not mark and not text.isdigit() and text.lower() not in MONTHS for mark, text in parts(raw)):
                return True
    return False


def _name(problem: Problem) -> tuple[str, str, str]:
    return problem.check, problem.key, problem.field


def _not_overlapping(problems: Iterable[Problem]) -> list[Problem]:
    """The problems with a fix whose fixes touch different places; the others get their turn in the next round."""
    touched: set[tuple[str, str]] = set()
    chosen = []
    for problem in problems:
        if problem.fix is None:
            continue
        places = {place for edit in problem.fix.edits for place in _places(edit)}
        if touched.isdisjoint(places):
            touched |= places
            chosen.append(problem)
    return chosen


def _places(edit: Edit) -> list[tuple[str, str]]:
    """The fields of entries that an edit touches."""
    if isinstance(edit, RenameField):
        return [(edit.key, edit.field), (edit.key, edit.to)]
    if isinstance(edit, SetType):
        return [(edit.key, "@")]
    return [(edit.key, getattr(edit, "field", "*"))]


def _accepted(file: BibFile, problems: Sequence[Problem]) -> tuple[list[Problem], list[Refused]]:
    """The problems whose fixes the file takes; a refused one is found by halves, as one refusal refuses all."""
    try:
        apply(file, [edit for problem in problems if problem.fix for edit in problem.fix.edits])
    except (EditRefused, UnknownKey) as error:
        if len(problems) == 1:
            return [], [Refused(problems[0], error.message)]
        middle = len(problems) // 2
        first, refused_first = _accepted(file, problems[:middle])
        second, refused_second = _accepted(file, problems[middle:])
        return first + second, refused_first + refused_second
    return list(problems), []
