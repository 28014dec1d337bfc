"""What is reported of a link, and the edits that repair what can be repaired."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ppreflist.links.fingerprint import Fingerprint
from ppreflist.links.latex_urls import unescaped
from ppreflist.links.link import Link
from ppreflist.links.verdict import PROBLEMS, REMARK, UNASKED_REMARK, Verdict
from ppreflist.model.edit import SetField

# Also where the scheme is too damaged for the address to be taken apart.
_PASSWORD = re.compile(r"(?<=/)[^/?#\s@:]*:[^/?#\s@]*@(?=[^/?#\s@]+)|(?<=://)[^/?#\s@]*@(?=[^/?#\s@]+)")


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one link.

    ``message`` is for people: one or two sentences. ``fix`` is what to write instead, or None; ``safe`` tells whether
    ``--fix`` may take it: nothing that was learnt speaks against it. ``asked`` is the address that was asked in the
    end (empty when none was), ``status`` the HTTP status it gave (0 when none). ``page`` is what the page there is
    known by, None when none was read, or none that works. ``learnt`` is false when nothing was learnt about the link:
    this machine, its network or we ourselves failed. ``as_of`` is a day on which the page was the work, when another
    one stands there by now.
    """

    link: Link
    verdict: Verdict
    message: str
    fix: str | None = None
    safe: bool = False
    asked: str = ""
    status: int = 0
    page: Fingerprint | None = None
    learnt: bool = True
    as_of: date | None = None

    @property
    def is_problem(self) -> bool:
        return self.verdict in PROBLEMS

    @property
    def is_fixable(self) -> bool:
        """Whether the fix can be applied to the file as it stands."""
        return self.fix is not None and self.safe and self.link.editable

    @property
    def says_more(self) -> bool:
        """Whether there is something to say of a link although it works, or although it was not asked."""
        return self.fix is not None or self.message.startswith((REMARK, UNASKED_REMARK))

    @property
    def url(self) -> str:
        """The link as a reader would read it; a password in it is not repeated."""
        return readable(self.link)

    @property
    def shown(self) -> str:
        """The same for people only: three asterisks stand where a password was, so that it differs from the fix."""
        return _unescaped(self.link, instead="***@")


def readable(link: Link) -> str:
    """A link as a reader would read it: LaTeX undone, nothing repaired, no password."""
    return _unescaped(link, instead="")


def _unescaped(link: Link, *, instead: str) -> str:
    text = unescaped(link.written).strip()
    return _PASSWORD.sub(instead, text) if "@" in text else text


def holds_password(link: Link) -> bool:
    """Whether a user name or password stands in a link, which nothing that is shown or kept repeats."""
    return "@" in link.written and _PASSWORD.search(unescaped(link.written)) is not None


def repairs(findings: Iterable[Finding]) -> tuple[SetField, ...]:
    """The edits that apply the fixes of these findings, one for each field however many links it holds."""
    fields: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.is_fixable:
            fields[finding.link.key, finding.link.field].append(finding)
    edits = []
    for (key, field), found in fields.items():
        value = old = found[0].link.value
        for finding in sorted(found, key=lambda each: each.link.start, reverse=True):
            link, fix = finding.link, finding.fix
            assert fix is not None
            value = value[: link.start] + link.escaped(fix) + value[link.end :]
        edits.append(SetField(key, field, value, old))
    return tuple(edits)
