"""The reasons that stand above a diff."""

from __future__ import annotations

from datetime import date

import pytest

from ppreflist.links.evidence import evidence, repairs_of
from ppreflist.links.finding import Finding
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.memory import Look, Past
from ppreflist.links.report import Reported
from ppreflist.links.verdict import Verdict

OLD, NEW = "http://x.org/a", "https://y.org/b"
LINK = Link("key", "url", 1, LinkKind.URL, OLD, 0, len(OLD))
SEEN = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (
            Finding(LINK, Verdict.MOVED, f"The page has moved for good to {NEW}", NEW, True, OLD, 200),
            f"moved: The page has moved for good to {NEW}. x.org sends there for good (every redirect is a 301 or "
            "308), and y.org answered 200 on 2026-11-22.",
        ),
        (
            Finding(LINK, Verdict.TYPO, "x.org looks mistyped. y.org has this page.", NEW, True, NEW, 0),
            "typo: x.org looks mistyped. y.org has this page. Asked on 2026-11-22.",
        ),
        (
            Finding(LINK, Verdict.MALFORMED, "Not confirmed: it could not be asked.", NEW, True),
            "malformed: Not confirmed: it could not be asked.",
        ),
        (
            Finding(LINK, Verdict.OK, "It works,\n but ...", NEW, True, "https://[", 200),
            "ok: It works, but ...",
        ),
        (
            Finding(LINK, Verdict.MALFORMED, "The DOI exists.", "10.1/a", True, "https://doi.org/10.1/a", 200),
            "malformed: The DOI exists. doi.org answered 200 on 2026-11-22.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_who_answered_and_when(finding: Finding, said: str) -> None:
    assert evidence(finding, SEEN) == said


def test_what_is_recalled_is_told_with_its_day() -> None:
    finding = Finding(LINK, Verdict.MALFORMED, "Why.", NEW, True, NEW, 200)
    past = Past("url", 1, looks=(Look(1_700_000_000, "malformed"),))
    (repair,) = repairs_of([Reported(finding, past)], 1_800_000_000)
    assert repair.lines == ["key, url: malformed: Why. y.org answered 200 on 2023-11-14."]
    (repair,) = repairs_of([Reported(finding)], 1_800_000_000)
    assert repair.reasons[0].endswith("2027-01-15.")


def test_what_speaks_against_a_repair_leaves_it_out() -> None:
    assert repairs_of([Reported(Finding(LINK, Verdict.MOVED, "Why.", NEW, False, OLD, 200))], 0) == []
