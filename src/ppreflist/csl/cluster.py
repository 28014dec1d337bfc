"""One citation out of its cites (specification, "Cite Grouping", "Cite Collapsing")."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from ppreflist.csl import markup as m
from ppreflist.csl.formatting import affix, format_pair
from ppreflist.csl.style import Style

_NAMES: Final = re.compile(f"{m.FIRST_NAMES}(.*?){m.END_FIRST_NAMES}", re.DOTALL)
_SUFFIX: Final = re.compile(f"{m.YEAR_SUFFIX}(.*?){m.END_YEAR_SUFFIX}", re.DOTALL)
_PUNCTUATION: Final = ",.;:!?"
_SENTENCE_ENDS: Final = frozenset(".;:!?")


_FIRST_TERM: Final = re.compile(
    f"^(?:{m.LEFT_MARGIN}[^{m.TERM}{m.END_LEFT_MARGIN}]*{m.END_LEFT_MARGIN})?"
    f"[^\\w{m.TERM}{m.FIRST_NAMES}]*{m.TERM}\\W*\\w"
)
# A prefix that is a sentence: more than one word ("Cf." is none), and a full stop.
_SENTENCE: Final = re.compile(r"\s\S*[.!?][\s”’\"]*$")


def begun(text: str, prefix: str = "") -> str:
    """A term that begins the citation or entry, or follows a sentence, gets a capital."""
    if m.TERM not in text or (prefix and not _SENTENCE.search(m.strip(prefix.replace(m.END_QUOTE, "”")))):
        return text
    return _FIRST_TERM.sub(lambda match: f"{match[0][:-1]}{match[0][-1].upper()}", text, count=1)


class Rendered:
    """One rendered cite. ``text`` is raw; ``short`` renders it without its names, ``full`` with them."""

    __slots__ = ("full", "has_locator", "is_nameless", "number", "prefix", "short", "suffix", "text", "year_suffix")

    def __init__(
        self,
        text: str,
        *,
        full: Callable[[], str] | None,
        short: Callable[[], str],
        prefix: str,
        suffix: str,
        number: int,
        year_suffix: int,
        has_locator: bool,
        is_nameless: bool,
    ) -> None:
        self.text = text
        self.full = full
        self.short = short
        self.prefix = prefix
        self.suffix = suffix
        self.number = number
        self.year_suffix = year_suffix
        self.has_locator = has_locator
        self.is_nameless = is_nameless

    @property
    def author(self) -> str:
        """The names that the cite renders first, as an author in the running text."""
        match = _NAMES.search(self.full() if self.full is not None else self.text)
        return match[1] if match else ""

    @property
    def names(self) -> str:
        # An author that is suppressed still groups.
        match = _NAMES.search(self.full() if self.full is not None else self.text)
        return match[1] if match else ""


class Cluster:
    """How a style puts cites together."""

    __slots__ = (
        "_after",
        "_before",
        "_range",
        "after_collapse",
        "collapse",
        "delimiter",
        "group_delimiter",
        "groups",
        "moves",
        "suffix_delimiter",
    )

    def __init__(self, style: Style, range_delimiter: str) -> None:
        section = style.citation
        layout = section.layout
        opening, closing = format_pair(layout)
        self._before = opening + affix(layout.get("prefix"))
        suffix = layout.get("suffix")
        # A citation that ends a sentence ends there.
        self._after = affix(suffix.rstrip(" ") if suffix[:1] in _SENTENCE_ENDS else suffix) + closing
        self._range = range_delimiter
        self.delimiter = affix(layout.get("delimiter"))
        self.collapse = section.get("collapse")
        self.groups = self.collapse.startswith("year") or "cite-group-delimiter" in section.attributes
        # "Cite grouping takes places after cite sorting": cites in an order of the author's own stay there.
        self.moves = self.groups and bool(section.sort)
        # ", " by default. Note styles, and those that say what follows a group, get the delimiter of the layout:
        # so has citeproc-js, for which styles are written.
        plain = not style.is_note and "after-collapse-delimiter" not in section.attributes
        default = ", " if plain else layout.get("delimiter")
        self.group_delimiter = affix(section.get("cite-group-delimiter", default))
        self.after_collapse = affix(section.get("after-collapse-delimiter", layout.get("delimiter")))
        default = section.get("cite-group-delimiter", layout.get("delimiter"))
        self.suffix_delimiter = affix(section.get("year-suffix-delimiter", default))

    def join(self, cites: Sequence[Rendered]) -> str:
        """The citation as a raw string."""
        cites = [cite for cite in cites if cite.text or cite.prefix or cite.suffix]
        if not cites:
            return ""
        for index, cite in enumerate(cites):
            if index == 0 or cite.prefix:
                cite.text = begun(cite.text, cite.prefix)
        if self.moves:
            cites = self._grouped(cites)
        if self.collapse == "citation-number":
            text = self._numbers(cites)
        elif self.collapse.startswith("year"):
            text = self._years(cites)
        elif self.groups:
            text = self._groups(cites)
        else:
            text = self._plain(cites)
        return f"{self._before}{text}{self._after}" if text else ""

    @staticmethod
    def _grouped(cites: Sequence[Rendered]) -> list[Rendered]:
        """Cites with the same names, moved to the first of them."""
        groups: dict[object, list[Rendered]] = {}
        for index, cite in enumerate(cites):
            groups.setdefault(cite.names or index, []).append(cite)
        return [cite for group in groups.values() for cite in group]

    def _plain(self, cites: Sequence[Rendered]) -> str:
        text = ""
        for index, cite in enumerate(cites):
            body = f"{cite.prefix}{cite.text}{cite.suffix}"
            text += body if index == 0 else self._between(cites[index - 1], cite, self.after_collapse) + body
        return text

    @staticmethod
    def _between(before: Rendered, cite: Rendered, delimiter: str) -> str:
        """The delimiter, unless affixes of the cites bring punctuation of their own."""
        if cite.prefix[:1] in _PUNCTUATION and cite.prefix:
            return ""
        if before.suffix and before.suffix.rstrip()[-1:] in ",;:":
            return "" if before.suffix[-1] == " " else " "
        return delimiter

    def _numbers(self, cites: Sequence[Rendered]) -> str:
        """ "collapses ranges of cite numbers": three or more, increasing by one, without anything else."""
        text = ""
        index = 0
        collapsed = False
        while index < len(cites):
            cite = cites[index]
            end = index
            if not self._is_bare(cite):
                end = index
            else:
                while (
                    end + 1 < len(cites)
                    and self._is_bare(cites[end + 1])
                    and cites[end + 1].number == cites[end].number + 1
                ):
                    end += 1
            if index:
                delimiter = self.after_collapse if collapsed else self.delimiter
                text += self._between(cites[index - 1], cite, delimiter)
            if end - index >= 2:
                text += f"{cite.prefix}{cite.text}{self._range}{cites[end].text}{cites[end].suffix}"
                index = end + 1
                collapsed = True
            else:
                text += f"{cite.prefix}{cite.text}{cite.suffix}"
                index += 1
                collapsed = False
        return text

    @staticmethod
    def _is_bare(cite: Rendered) -> bool:
        return str(cite.number) in cite.text and not cite.has_locator and not cite.prefix and not cite.suffix

    def _years(self, cites: Sequence[Rendered]) -> str:
        text = ""
        index = 0
        after_group = False
        while index < len(cites):
            end = index + 1
            names = cites[index].names
            # A cite that names nobody goes with the cite before.
            while end < len(cites) and (
                cites[end].is_nameless
                or (cites[end].names == names and (names or self._same_year(cites[index], cites[end])))
            ):
                end += 1
            if index:
                # Only with collapse="year-suffix" it matters whether the group was collapsed.
                delimiter = self.after_collapse if after_group or self.collapse != "year-suffix" else self.delimiter
                text += self._between(cites[index - 1], cites[index], delimiter)
            text += self._group(cites[index:end])
            after_group = end - index > 1
            index = end
        return text

    def _same_year(self, one: Rendered, other: Rendered) -> bool:
        """Whether cites without names differ in their year-suffix alone."""
        if not self.collapse.startswith("year-suffix"):
            return False
        texts = [_SUFFIX.subn("", cite.text) for cite in (one, other)]
        return texts[0] == texts[1] and texts[0][1] == 1

    def _groups(self, cites: Sequence[Rendered]) -> str:
        """Cites by the same names beside each other, uncollapsed."""
        text = ""
        for index, cite in enumerate(cites):
            if index:
                same = bool(cite.names) and cite.names == cites[index - 1].names
                text += self._between(cites[index - 1], cite, self.group_delimiter if same else self.delimiter)
            text += f"{cite.prefix}{cite.text}{cite.suffix}"
        return text

    def _group(self, cites: Sequence[Rendered]) -> str:
        """Cites by the same names: "Doe 2000a, b; 2001"."""
        first = cites[0]
        if len(cites) == 1:
            return f"{first.prefix}{first.text}{first.suffix}"
        text = f"{first.prefix}{first.text}"
        index = 0
        rest = [(cite, short) for cite in cites[1:] if (short := cite.short() if cite.names else cite.text)]
        cites = [first, *(cite for cite, _ in rest)]
        shorts = ["", *(short for _, short in rest)]
        while index < len(cites):
            cite = cites[index]
            if index:
                delimiter = self.after_collapse if cites[index - 1].has_locator else self.group_delimiter
                text += self._between(cites[index - 1], cite, delimiter) + cite.prefix + shorts[index]
            run = index
            if self.collapse.startswith("year-suffix"):
                run = self._suffix_run(cites, shorts, index)
                if run > index:
                    text += self._suffixes(cites[index : run + 1])
            text += cites[run].suffix
            index = run + 1
        return text

    @staticmethod
    def _suffix_run(cites: Sequence[Rendered], shorts: list[str], index: int) -> int:
        """The last of the cites after ``index`` that differ from it in nothing but the year-suffix."""

        def year(position: int) -> str:
            text = shorts[position] or _NAMES.sub("", cites[position].text)
            match = _SUFFIX.search(text)
            bare = (text[: match.start()] + "\0" + text[match.end() :]) if match else ""
            return bare.strip(" ,.;:") if position == 0 else bare

        start = year(index)
        run = index
        while (
            start
            and run + 1 < len(cites)
            and not cites[run].has_locator
            and not cites[run].suffix
            and not cites[run + 1].has_locator
            and not cites[run + 1].prefix
            and year(run + 1).strip(" ,.;:") == start.strip(" ,.;:")
        ):
            run += 1
        return run

    def _suffixes(self, cites: Sequence[Rendered]) -> str:
        """What follows the first suffix: ", b, c" or "-c"."""
        text = ""
        index = 1
        ranged = self.collapse == "year-suffix-ranged"
        letters = [_SUFFIX.search(cite.text) for cite in cites]
        texts = [match[0] if match else "" for match in letters]
        start = 0
        while index < len(cites):
            end = start
            if ranged:
                while end + 1 < len(cites) and cites[end + 1].year_suffix == cites[end].year_suffix + 1:
                    end += 1
            if end - start >= 2 and index <= end:
                text += self._range + texts[end]
                index = start = end + 1
                if index < len(cites):
                    text += self.suffix_delimiter + texts[index]
                    start = index
                    index += 1
            else:
                text += self.suffix_delimiter + texts[index]
                start = index
                index += 1
        return text
