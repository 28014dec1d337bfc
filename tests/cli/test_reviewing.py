"""The review of findings, driven by keys: through click's runner, and on a real terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from ppreflist.bibtex import store
from ppreflist.bibtex.index import open_library
from ppreflist.cli.reviewing import Review, place_of, undecided
from ppreflist.links.collect import links_of
from ppreflist.links.finding import Finding
from ppreflist.links.link import Link
from ppreflist.links.memory import Acceptance
from ppreflist.links.report import Reported
from ppreflist.links.snapshot import Copy, NoSnapshot, Snapshot
from ppreflist.links.verdict import Verdict

AT = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())
BIB = """@misc{a,
  title = {The first work},
  year = {2011},
  url = {http://x.org/a},
}

@misc{b,
  title = {The second},
  url = {http://x.org/b},
  note = {See \\url{http://y.org/1} and \\url{http://y.org/2}},
}
"""


NONE = NoSnapshot("The archive has no copy of it.", known=True)


@dataclass
class Double:
    """Tools that answer as the test says, and tell what they were asked."""

    found: Callable[[Link], Finding] = lambda link: Finding(
        link, Verdict.OK, "It works.", asked=link.written, status=200
    )
    copied: Copy = NONE
    accepted: list[tuple[str, Acceptance | None]] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    keeps: bool = True

    def look(self, link: Link) -> Finding:
        self.looked.append(link.written)
        return self.found(link)

    def copy(self, finding: Finding) -> Copy:
        return self.copied

    def accept(self, link: Link, acceptance: Acceptance) -> None:
        self.accepted.append((link.key, acceptance))

    def withdraw(self, link: Link) -> None:
        self.accepted.append((link.key, None))

    def decided(self, done: frozenset[str]) -> None:
        self.kept.append(len(done))


@pytest.fixture
def bib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PPREFLIST_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("PPREFLIST_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "references.bib"
    path.write_text(BIB, encoding="utf-8")
    return path


def rows_of(path: Path) -> list[Reported]:
    """Every link is dead; those of the notes have a repair."""
    rows = []
    for link in links_of(open_library(path)):
        fix = link.written.replace("http:", "https:") if link.field == "note" else None
        verdict = Verdict.MALFORMED if fix else Verdict.GONE
        found = Finding(link, verdict, "The site says so.", fix, bool(fix), link.written, 410)
        rows.append(Reported(found, file="references.bib", memory="Failing since 2026-11-01, on 5 days."))
    return rows


def review(
    path: Path, keys: str, tools: Double | None = None, rows: Sequence[Reported] | None = None, done: Sequence[str] = ()
) -> tuple[Result, Review]:
    entries = {entry.key: entry for entry in open_library(path)}
    rows = undecided(rows_of(path) if rows is None else rows)
    sitting = Review(rows, path, entries, tools or Double(), AT, frozenset(done))
    result = CliRunner().invoke(click.command()(lambda: click.echo(f"ended: {sitting.run()}")), input=keys)
    assert result.exception is None, result.output
    return result, sitting


def test_the_most_urgent_come_first(bib: Path) -> None:
    rows = undecided(rows_of(bib))
    assert [(row.finding.link.key, row.finding.link.field) for row in rows] == [
        ("b", "note"), ("b", "note"), ("a", "url"), ("b", "url"),
    ]  # fmt: skip


def test_a_notice_comes_before_what_only_moved_and_says_why(bib: Path) -> None:
    moved, noted, better = (
        replace(row, finding=replace(row.finding, verdict=verdict, message=message, fix="https://y.org/", safe=True))
        for row, verdict, message in zip(
            rows_of(bib), (Verdict.MOVED, Verdict.NOTICE, Verdict.OK),
            ("It moved.", "The work was retracted.", "It works, but it works over https as well."), strict=False,
        )
    )  # fmt: skip
    assert undecided([moved, better, noted]) == [noted, better, moved]
    shown = " ".join(review(bib, "q", rows=[better])[0].output.split())
    assert "ok: It works, but it works over https as well." in shown


def test_what_needs_no_decision_is_left_out(bib: Path) -> None:
    row = rows_of(bib)[0]
    for verdict in (Verdict.OK, Verdict.TEMPORARY, Verdict.OFFLINE, Verdict.MOVED):
        assert undecided([replace(row, finding=replace(row.finding, verdict=verdict))]) == []
    assert undecided([replace(row, accepted=Acceptance(None))]) == []


def test_a_screen_says_all_that_is_needed(bib: Path) -> None:
    shown = " ".join(review(bib, "ssq")[0].output.split())
    for said in (
        "3 of 4: To replace", "a: The first work (2011)", "url, references.bib:4", "http://x.org/a", "gone:",
        "The site says that the page was removed for good.", "x.org answered 410 on 2026-11-22.",
        "Failing since 2026-11-01", "repair: https://y.org/1", "[a] look for an archived copy", "[q] leave",
    ):  # fmt: skip
        assert said in shown


def test_repairs_are_written_at_once_and_each_can_be_taken_back(bib: Path) -> None:
    result, sitting = review(bib, "ffq")
    text = bib.read_text(encoding="utf-8")
    assert "\\url{https://y.org/1} and \\url{https://y.org/2}" in text
    assert "ended: False" in result.output
    assert sitting.left == 2
    assert "2 repaired" in result.output
    assert "2 findings left" in result.output
    shown = result.output[result.output.index("# b, note") :]
    assert "+  note = {See \\url{https://y.org/1} and \\url{https://y.org/2}}," in shown, "one diff of both"
    assert shown.count("@@") == 2
    store.undo(bib)
    assert "\\url{https://y.org/1} and \\url{http://y.org/2}" in bib.read_text(encoding="utf-8")


def test_what_was_decided_is_not_asked_again(bib: Path) -> None:
    rows = undecided(rows_of(bib))
    result, sitting = review(bib, "ss", done=[place_of(row.finding.link) for row in rows[:2]])
    assert "ended: True" in result.output
    assert "y.org" not in result.output
    assert sitting.left == 0


def test_another_address_is_asked_before_it_is_written(bib: Path) -> None:
    tools = Double()
    result, _ = review(bib, "ssehttps://z.org/new\nq", tools)
    assert tools.looked == ["https://z.org/new"]
    assert "url = {https://z.org/new}," in bib.read_text(encoding="utf-8")
    assert (
        "# a, url: gone: The site says so. x.org answered 410 on 2026-11-22. Another address was typed: ok"
        in result.output
    )


def test_another_address_that_does_not_work_is_written_only_if_wanted(bib: Path) -> None:
    tools = Double(lambda link: Finding(link, Verdict.NOT_FOUND, "No such page.", status=404))
    before = bib.read_bytes()
    review(bib, "ssehttps://z.org/new\nnq", tools)
    assert bib.read_bytes() == before
    review(bib, "ssehttps://z.org/new\nn\nq", tools)
    assert bib.read_bytes() == before
    review(bib, "sse\nq", tools)
    assert bib.read_bytes() == before
    review(bib, "ssehttps://z.org/new\ny\nq", tools)
    assert b"https://z.org/new" in bib.read_bytes()


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "JavaScript:x", "file:///etc/passwd", "data:text/html,x"])
def test_what_is_no_address_of_the_web_is_not_written(bib: Path, typed: str) -> None:
    tools = Double(lambda link: Finding(link, Verdict.BLOCKED, "Only http and https addresses are asked."))
    result, _ = review(bib, f"e{typed}\ny\nq", tools, rows_of(bib)[:1])
    assert "`ppreflist edit`" in result.output
    assert bib.read_text(encoding="utf-8") == BIB


def test_what_something_else_changed_is_not_passed_off_as_the_reviews(bib: Path) -> None:
    def look(link: Link) -> Finding:
        bib.write_text(BIB.replace("The second", "Another title"), encoding="utf-8")
        return Finding(link, Verdict.OK, "It works.", asked=link.written, status=200)

    result, _ = review(bib, "ehttp://x.org/new\nq", Double(look), rows_of(bib)[:1])
    assert "+  title = {Another title}," in result.output
    assert "Something else changed the file" in result.output


def test_a_library_that_went_away_after_a_repair_is_said(bib: Path) -> None:
    rows = rows_of(bib)

    def look(link: Link) -> Finding:
        bib.unlink()
        return Finding(link, Verdict.OK, "It works.", asked=link.written, status=200)

    result, _ = review(bib, "fehttp://x.org/new\nq", Double(look), rows)
    assert "there is no such file" in result.output
    assert "1 repaired" in result.output


def test_another_address_that_has_moved_is_written_as_it_is_now(bib: Path) -> None:
    tools = Double(lambda link: Finding(link, Verdict.MOVED, "Moved to https://z.org/2", "https://z.org/2", True))
    review(bib, "ssehttps://z.org/new\n\nq", tools)
    assert "url = {https://z.org/2}," in bib.read_text(encoding="utf-8")


def test_an_archived_copy_is_noted(bib: Path) -> None:
    tools = Double(copied=Snapshot("https://web.archive.org/web/20110101000000/http://x.org/a", date(2011, 1, 1), "It"))
    result, _ = review(bib, "ssa\nq", tools)
    text = bib.read_text(encoding="utf-8")
    assert "archiveurl = {https://web.archive.org/web/20110101000000/http://x.org/a}," in text
    assert "archivedate = {2011-01-01}," in text
    assert "url = {http://x.org/a}," in text, "the address itself stays"
    assert "# a, archiveurl: gone: The site says so." in result.output
    store.undo(bib)
    assert bib.read_text(encoding="utf-8") == BIB, "one step"
    result, _ = review(bib, "ssaq", Double())
    assert "The archive has no copy of it." in result.output


def test_a_copy_of_another_address_of_the_entry_is_shown_and_not_noted(bib: Path) -> None:
    tools = Double(copied=Snapshot("https://web.archive.org/web/20110101000000/http://y.org/1", date(2011, 1, 1)))
    result, _ = review(bib, "aq", tools)
    assert "It is not noted" in result.output
    assert bib.read_text(encoding="utf-8") == BIB


def test_checked_by_hand(bib: Path) -> None:
    tools = Double()
    review(bib, "ssc2027-06-30\nworks in a browser\nc-\n\n", tools)
    assert tools.accepted == [("a", Acceptance(date(2027, 6, 30), "works in a browser")), ("b", Acceptance(None, ""))]


def test_going_back_takes_the_last_decision_back(bib: Path) -> None:
    tools = Double()
    result, sitting = review(bib, "fbsbfsc1y\n\nbq", tools)
    assert "\\url{https://y.org/1} and \\url{http://y.org/2}" in bib.read_text(encoding="utf-8")
    assert tools.accepted[-1] == ("a", None)
    assert "1 repaired, 1 skipped" in result.output
    assert sitting.left == 2
    assert tools.kept == [1, 0, 1, 0, 1, 2, 3, 2]


def test_a_change_that_somebody_else_made_is_not_taken_back(bib: Path) -> None:
    tools = Double()

    def interfere(done: frozenset[str]) -> None:
        if done:
            bib.write_text(bib.read_text(encoding="utf-8") + "% mine\n", encoding="utf-8")

    tools.decided = interfere  # type: ignore[method-assign]
    result, _ = review(bib, "fbq", tools)
    assert "changed by something else" in result.output
    assert "https://y.org/1" in bib.read_text(encoding="utf-8")


def test_a_field_that_was_changed_in_the_meantime_is_left_alone(bib: Path) -> None:
    rows = rows_of(bib)
    bib.write_text(BIB.replace("http://y.org/1", "http://w.org/"), encoding="utf-8")
    result, _ = review(bib, "fsfq", rows=rows)
    assert "was changed in the meantime" in result.output
    assert "\\url{http://w.org/} and \\url{https://y.org/2}" in bib.read_text(encoding="utf-8"), "what is there still"


@pytest.mark.parametrize("keys", ["", "\x03", "\x04", "q", "Q"])
def test_leaving_at_any_moment_loses_nothing(bib: Path, keys: str) -> None:
    result, sitting = review(bib, f"f{keys}")
    assert "https://y.org/1" in bib.read_text(encoding="utf-8")
    assert "3 findings left" in result.output
    assert sitting.left == 3


def test_unknown_keys_show_the_help(bib: Path) -> None:
    result, _ = review(bib, "x?q")
    assert result.output.count("  a  look for an archived copy, and note it") == 2


def test_a_browser_is_given_web_addresses_only(bib: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def launch(url: str) -> int:
        opened.append(url)
        return 0

    monkeypatch.setattr(click, "launch", launch)
    row = rows_of(bib)[0]
    addresses = ["http://user:secret@x.org/a", "file:///etc/passwd", "javascript:alert(1)", "http://[", "-e x http://x"]
    rows = []
    for address in addresses:
        link = replace(row.finding.link, value=address, start=0, end=len(address))
        rows.append(replace(row, finding=replace(row.finding, link=link)))
    review(bib, "os" * len(rows), rows=rows)
    assert opened == ["http://x.org/a"]


def test_hostile_text_does_not_steer_the_terminal(bib: Path) -> None:
    bib.write_text(BIB.replace("The first work", "The \x1b[2J first"), encoding="utf-8")
    rows = [replace(row, finding=replace(row.finding, message="It \x1b]0;x\x07 says")) for row in rows_of(bib)]
    result, _ = review(bib, "ssssq", rows=rows)
    assert "\x1b" not in result.output
