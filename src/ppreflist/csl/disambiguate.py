"""Disambiguation: names, added names, the disambiguate condition, year-suffixes (specification, "Disambiguation").

Cites are rendered and compared as strings; only those that collide are expanded, so the cost grows with the number
of items, not with its square.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from ppreflist.csl.context import Disambiguation, Recorded
from ppreflist.csl.items import Item
from ppreflist.csl.namelist import FULL, HIDDEN, INITIALS
from ppreflist.csl.people import Name
from ppreflist.csl.style import Section

# Renders the cite of an item for comparison, given what disambiguation did; the list records its names.
Render = Callable[[Item, Disambiguation, "list[Recorded] | None"], str]
MAX_CONDITIONS: Final = 20
# How many names of a cite are expanded or added, at most.
MAX_NAMES: Final = 100
# "J. J." and "J.J." are one person.
_SPACING: Final = re.compile(r"[\s.\u00a0]+")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def letters(number: int) -> str:
    """1 -> a, 26 -> z, 27 -> aa."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = _LETTERS[rest] + text
    return text


class Member:
    """An item among those that are compared."""

    __slots__ = ("item", "key", "state")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.state = Disambiguation()
        self.key = ""


class Disambiguator:
    """Applies the methods that cs:citation activates, in the order of the specification."""

    __slots__ = ("_add_givens", "_add_names", "_render", "_rule", "_year_suffix", "conditions")

    def __init__(self, section: Section, render: Render, *, conditions: int) -> None:
        self._render = render
        self._add_names = section.get("disambiguate-add-names") == "true"
        self._add_givens = section.get("disambiguate-add-givenname") == "true"
        self._year_suffix = section.get("disambiguate-add-year-suffix") == "true"
        self._rule = section.get("givenname-disambiguation-rule", "by-cite")
        self.conditions = min(conditions, MAX_CONDITIONS)

    @property
    def is_active(self) -> bool:
        return self._add_names or self._add_givens or self._year_suffix or bool(self.conditions)

    def run(self, items: Sequence[Item]) -> tuple[dict[str, Disambiguation], list[list[str]]]:
        """The disambiguation of each item by id, and the ids that only a year-suffix tells apart, in groups."""
        members = [Member(item) for item in items]
        if self._add_givens and self._rule != "by-cite":
            self._disambiguate_names(members)
        else:
            for member in members:
                member.key = self._render(member.item, member.state, None)
        ambiguous = [group for group in _partition(members) if len(group) > 1]
        if self._add_names or (self._add_givens and self._rule == "by-cite"):
            ambiguous = [rest for group in ambiguous for rest in self._expand(group)]
        # Where a style can do both, citeproc-js adds the suffix and leaves the condition alone: styles expect that.
        if self.conditions and not self._year_suffix:
            ambiguous = [rest for group in ambiguous for rest in self._try_condition(group)]
        states = {member.item.id: member.state for member in members}
        if not self._year_suffix:
            return states, []
        return states, [[member.item.id for member in group] for group in ambiguous]

    # -- methods 1 and 2 ----------------------------------------------------------------------------------------

    def _expand(self, group: list[Member]) -> list[list[Member]]:
        """Expand and add names until nothing more is told apart; what stays ambiguous is returned."""
        pending = [(group, 0)]
        steps = self._steps(group)
        rest = []
        while pending:
            members, step = pending.pop()
            found = self._next_refinement(members, step, steps)
            if found is None:
                rest.append(members)
                continue
            classes, step = found
            pending += [(each, step) for each in classes if len(each) > 1]
        return rest

    def _next_refinement(
        self, members: list[Member], start: int, steps: _Steps
    ) -> tuple[list[list[Member]], int] | None:
        """Take steps until they tell members apart; steps that did not help are undone."""
        states = [member.state for member in members]
        keys = [member.key for member in members]
        step = start
        while True:
            kind = steps(step, members)
            if kind is None:
                break
            step += 1
            for member in members:
                member.key = self._render(member.item, member.state, None)
            classes = _partition(members)
            if len(classes) > 1:
                return classes, step
            if kind == "given":
                # Expanding this name did not help: back to how it was.
                steps.undo(members)
        for member, state, key in zip(members, states, keys, strict=True):
            member.state, member.key = state, key
        return None

    def _steps(self, members: list[Member]) -> _Steps:
        recorded: list[Recorded] = []
        self._render(members[0].item, members[0].state, recorded)
        return _Steps(
            recorded,
            givens=self._add_givens and self._rule == "by-cite",
            names=self._add_names,
        )

    # -- method 3 -----------------------------------------------------------------------------------------------

    def _try_condition(self, members: list[Member]) -> list[list[Member]]:
        pending = [(members, 1)]
        rest = []
        while pending:
            group, count = pending.pop()
            states, keys = [member.state for member in group], [member.key for member in group]
            for number in range(count, self.conditions + 1):
                for member in group:
                    member.state = member.state.copy()
                    member.state.condition = number
                    member.key = self._render(member.item, member.state, None)
                classes = _partition(group)
                if len(classes) > 1:
                    pending += [(each, number + 1) for each in classes if len(each) > 1]
                    break
            else:
                for member, state, key in zip(group, states, keys, strict=True):
                    member.state, member.key = state, key
                rest.append(group)
        return rest

    # -- global name disambiguation -----------------------------------------------------------------------------

    def _disambiguate_names(self, members: list[Member]) -> None:
        """ "all-names", "primary-name" and their -with-initials forms: names, in all cites."""
        seen: list[_Appearance] = []
        # family name -> initials -> given names in full
        people: dict[str, dict[str, set[str]]] = {}
        for member in members:
            recorded: list[Recorded] = []
            member.key = self._render(member.item, member.state, recorded)
            for appearance in self._appearances(member, recorded):
                name = appearance.name
                given = f"{name.given} {name.dropping} {name.suffix}" if name.suffix or name.dropping else name.given
                people.setdefault(appearance.base, {}).setdefault(appearance.initials, set()).add(
                    _SPACING.sub("", given)
                )
                seen.append(appearance)
        changed: dict[int, Member] = {}
        for appearance in seen:
            group = people[appearance.base]
            if len(group) == 1 and len(group[appearance.initials]) == 1:
                continue
            member, record, index = appearance.member, appearance.record, appearance.place
            level = self._level(record, group, appearance.initials)
            if level > record.format.base_level:
                givens = member.state.givens.setdefault(record.variable, [])
                givens.extend([0] * (index + 1 - len(givens)))
                givens[index] = level
                changed[id(member)] = member
        for member in changed.values():
            member.key = self._render(member.item, member.state, None)

    def _appearances(self, member: Member, recorded: list[Recorded]) -> Iterator[_Appearance]:
        """The names of a cite that the rule is about."""
        primary = self._rule.startswith("primary-name")
        for record in recorded[:1] if primary else recorded:
            count = 1 if primary else record.total if self._add_names else record.shown
            forms = record.format
            for index, name in enumerate(member.item.names(record.variable)[:count]):
                if name.literal:
                    continue
                base = f"{name.non_dropping} {name.family}"
                # Initials tell people apart even where the cite shows none: the bibliography may.
                initials = (
                    forms.given_name(name.given, INITIALS) if forms.can_initialize else forms.initials(name.given)
                )
                if forms.base_level:
                    base = f"{base}|{forms.name(name, index == 0, forms.base_level)}"
                yield _Appearance(member, record, index, name, base, initials)

    def _level(self, record: Recorded, group: dict[str, set[str]], initials: str) -> int:
        """ "Expansion of Individual Names": how far a name must be expanded to be told from its namesakes."""
        forms = record.format
        can_initialize = forms.can_initialize
        only_initials = self._rule.endswith("-with-initials")
        if can_initialize and forms.base_level == HIDDEN and len(group) > 1 and len(group[initials]) == 1:
            return INITIALS
        if can_initialize and only_initials:
            return INITIALS if len(group) > 1 else 0
        if only_initials:
            return 0
        return FULL if len(group[initials]) > 1 else INITIALS


class _Appearance(NamedTuple):
    """A name in a cite, with what it looks like."""

    member: Member
    record: Recorded
    place: int
    name: Name
    base: str
    initials: str


class _Steps:
    """The sequence in which names are expanded and added, the same for all members of an ambiguous set."""

    def __init__(self, recorded: list[Recorded], *, givens: bool, names: bool) -> None:
        self._plan: list[tuple[str, str, int, int]] = []
        self._undo: list[tuple[Disambiguation, str, int, int]] = []
        for record in recorded:
            base = record.format.base_level
            levels = [level for level in (INITIALS, FULL) if level > base]
            if not record.format.can_initialize:
                levels = [FULL] if base < FULL else []
            for index in range(min(record.total if names else record.shown, MAX_NAMES)):
                if index >= record.shown:
                    self._plan.append(("name", record.variable, index + 1, 0))
                if givens:
                    self._plan += [("given", record.variable, index, level) for level in levels]

    def __call__(self, step: int, members: list[Member]) -> str | None:
        if step >= len(self._plan):
            return None
        kind, variable, index, level = self._plan[step]
        self._undo = []
        for member in members:
            state = member.state = member.state.copy()
            if kind == "name":
                state.shown[variable] = index
            else:
                givens = state.givens.setdefault(variable, [])
                givens.extend([0] * (index + 1 - len(givens)))
                self._undo.append((state, variable, index, givens[index]))
                givens[index] = level
        return kind

    def undo(self, members: list[Member]) -> None:
        for state, variable, index, level in self._undo:
            state.givens[variable][index] = level


def _partition(members: Sequence[Member]) -> list[list[Member]]:
    classes: dict[str, list[Member]] = {}
    for member in members:
        classes.setdefault(member.key, []).append(member)
    return list(classes.values())
