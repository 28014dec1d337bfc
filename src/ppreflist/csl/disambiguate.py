"""Disambiguation: names, added names, the disambiguate condition, year-suffixes (specification, "Disambiguation").

Cites are rendered and compared as strings; only those that collide are expanded, so the cost grows with the number
of items, not with its square.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from ppreflist.csl.context import Disambiguation, Recorded
from ppreflist.csl.items import Item
from ppreflist.csl.namelist import FULL, HIDDEN, INITIALS
from ppreflist.csl.people import Name
from ppreflist.csl.style import Section

# Renders the cite of an item for comparison, given what disambiguation did; the list records its names.
Render = Callable[[Item, Disambiguation, "list[Recorded] | None"], str]
MAX_CONDITIONS: Final = 20
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

    def run(self, items: Sequence[Item]) -> dict[str, Disambiguation]:
        """``items`` in bibliography order; the disambiguation of each by id."""
        members = [Member(item) for item in items]
        if self._add_givens and self._rule != "by-cite":
            self._disambiguate_names(members)
        for member in members:
            member.key = self._render(member.item, member.state, None)
        ambiguous = [group for group in _partition(members) if len(group) > 1]
        if self._add_names or (self._add_givens and self._rule == "by-cite"):
            ambiguous = [rest for group in ambiguous for rest in self._expand(group)]
        if self.conditions:
            ambiguous = [rest for group in ambiguous for rest in self._try_condition(group)]
        if self._year_suffix:
            for group in ambiguous:
                for number, member in enumerate(group, 1):
                    member.state.year_suffix = letters(number)
        return {member.item.id: member.state for member in members}

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
        primary = self._rule.startswith("primary-name")
        only_initials = self._rule.endswith("-with-initials")
        seen: list[tuple[Member, Recorded, int, Name]] = []
        # base rendering -> initials rendering -> full renderings
        people: dict[str, dict[str, set[str]]] = {}
        for member in members:
            recorded: list[Recorded] = []
            self._render(member.item, member.state, recorded)
            for record in recorded[:1] if primary else recorded:
                names = member.item.names(record.variable)
                for index, name in enumerate(
                    names[: 1 if primary else record.total if self._add_names else record.shown]
                ):
                    if name.literal:
                        continue
                    forms = record.format
                    base = forms.name(name, index == 0, forms.base_level)
                    base = f"{name.non_dropping} {name.family}|{base if forms.base_level else ''}"
                    initials = forms.given_name(name.given, INITIALS)
                    people.setdefault(base, {}).setdefault(initials, set()).add(
                        _SPACING.sub("", f"{name.given} {name.dropping} {name.suffix}")
                    )
                    seen.append((member, record, index, name))
        for member, record, index, name in seen:
            forms = record.format
            base = forms.name(name, index == 0, forms.base_level)
            base = f"{name.non_dropping} {name.family}|{base if forms.base_level else ''}"
            group = people[base]
            if sum(len(full) for full in group.values()) < 2:
                continue
            initials = forms.given_name(name.given, INITIALS)
            can_initialize = forms.initialize_with is not None and forms.initialize
            level = 0
            if can_initialize and forms.base_level == HIDDEN and len(group) > 1 and len(group[initials]) == 1:
                level = INITIALS
            elif can_initialize and only_initials:
                level = INITIALS if len(group) > 1 else 0
            elif not only_initials:
                level = FULL if len(group[initials]) > 1 or not can_initialize else INITIALS
            if level > forms.base_level:
                givens = member.state.givens.setdefault(record.variable, [])
                givens.extend([0] * (index + 1 - len(givens)))
                givens[index] = level


class _Steps:
    """The sequence in which names are expanded and added, the same for all members of an ambiguous set."""

    def __init__(self, recorded: list[Recorded], *, givens: bool, names: bool) -> None:
        self._plan: list[tuple[str, str, int, int]] = []
        self._undo: list[tuple[Disambiguation, str, int, int]] = []
        for record in recorded:
            base = record.format.base_level
            levels = [level for level in (INITIALS, FULL) if level > base]
            if record.format.initialize_with is None or not record.format.initialize:
                levels = [FULL] if base < FULL else []
            for index in range(record.total if names else record.shown):
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
