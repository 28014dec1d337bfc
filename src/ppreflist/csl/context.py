"""What rendering knows of one cite: its item, its place in the document, its disambiguation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from ppreflist.csl.items import Item

if TYPE_CHECKING:
    from ppreflist.csl.namelist import NameFormat

FIRST: Final = "first"
SUBSEQUENT: Final = "subsequent"
IBID: Final = "ibid"
IBID_WITH_LOCATOR: Final = "ibid-with-locator"
NEAR_NOTE: Final = "near-note"


class Shape(NamedTuple):
    """Everything that ``cs:choose`` can test and that decides what is rendered: one program is compiled for each.

    ``present``, ``numeric`` and ``uncertain`` are the variables of the item that have the property, as far as the
    style mentions them; ``positions`` what the position of the cite tests true for.
    """

    type: str
    present: frozenset[str]
    numeric: frozenset[str]
    uncertain: frozenset[str]
    language: str
    positions: frozenset[str]
    label: str
    # How many conditions "disambiguate" test true.
    disambiguate: int
    # "" or "suppress-author" or "author-only"
    form: str


class Disambiguation:
    """What disambiguation has found for an item ("Disambiguation"): shared by all its cites.

    ``shown``: name variable -> how many names are shown beyond et-al abbreviation;
    ``givens``: name variable -> level of the given names, by position (0 as the style says, 1 initials, 2 full).
    """

    __slots__ = ("condition", "givens", "shown", "year_suffix")

    def __init__(self) -> None:
        self.shown: dict[str, int] = {}
        self.givens: dict[str, list[int]] = {}
        self.condition = 0
        self.year_suffix = ""

    def copy(self) -> Disambiguation:
        other = Disambiguation()
        other.shown = dict(self.shown)
        other.givens = {variable: list(levels) for variable, levels in self.givens.items()}
        other.condition = self.condition
        other.year_suffix = self.year_suffix
        return other


class Cite:
    """One cite, or one bibliography entry, being rendered."""

    __slots__ = (
        "comparing",
        "disambiguation",
        "first_note",
        "item",
        "label",
        "locator",
        "number",
        "positions",
        "prefix",
        "recorded",
        "replaced",
        "suffix",
        "suffix_pending",
        "texts",
        "year_suffix",
    )

    def __init__(self, item: Item) -> None:
        self.item = item
        self.texts = item.text
        self.locator = ""
        self.label = ""
        self.prefix = ""
        self.suffix = ""
        self.number = 0
        self.first_note = 0
        self.year_suffix = ""
        self.suffix_pending = ""
        self.positions: frozenset[str] = frozenset()
        # Rendered to be compared with others, not to be read.
        self.comparing = False
        self.disambiguation: Disambiguation | None = None
        # "Reference Grouping": how many leading names are replaced, and by what.
        self.replaced: tuple[str, int, str] | None = None
        # Filled while rendering when the caller asks: (name variable, names, how many were shown).
        self.recorded: list[Recorded] | None = None


class Recorded(NamedTuple):
    """What a cs:names rendered, for disambiguation: which names were shown, out of how many, and how."""

    variable: str
    shown: int
    total: int
    format: NameFormat


Run = Callable[[Cite], str]
