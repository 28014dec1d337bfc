"""Findings on their way out: lists that grow, what is kept, and what the history is told and when."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from ppreflist.cli.findings import finding_json
from ppreflist.cli.linkrows import GrowingList, Ledger, ObjectList, Rows, is_worth_saying
from ppreflist.cli.output import json_text
from ppreflist.cli.remembering import Freshness, Memory
from ppreflist.errors import PpreflistError
from ppreflist.links.finding import Finding
from ppreflist.links.history import History
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.policy import Policy
from ppreflist.links.report import Reported
from ppreflist.links.verdict import Verdict


def finding(number: int, verdict: Verdict = Verdict.OK) -> Finding:
    url = f"https://x.org/{number}"
    return Finding(Link("list", "link", number, LinkKind.URL, url, 0, len(url), editable=False), verdict, "So.")


def rows(*numbers: int) -> list[tuple[int, Reported]]:
    return [(number, Reported(finding(number))) for number in numbers]


def line(row: Reported) -> str:
    return f"{row.finding.url} {'x' * 1500}\n"


def fail_after(number: int, target: Path) -> None:
    with GrowingList(str(target), "", line) as grown:
        grown.give(rows(number))
        raise KeyError


def test_a_list_has_another_name_until_it_is_whole(tmp_path: Path) -> None:
    target, part = tmp_path / "found.txt", tmp_path / "found.txt.part"
    target.write_text("the last one", encoding="utf-8")
    target.chmod(0o640)
    with GrowingList(str(target), "heading\n", line) as grown:
        grown.give(rows(*range(5)))
        assert part.read_text(encoding="utf-8") == "heading\n" + "".join(line(row) for _, row in rows(*range(5)))
        assert target.read_text(encoding="utf-8") == "the last one"
    assert not part.exists()
    assert target.read_text(encoding="utf-8").count("\n") == 6
    assert target.stat().st_mode & 0o777 == 0o640
    with pytest.raises(KeyError):
        fail_after(7, target)
    assert part.read_text(encoding="utf-8").startswith("https://x.org/7 ")
    assert target.read_text(encoding="utf-8").startswith("heading")
    with pytest.raises(PpreflistError, match="cannot be written"), GrowingList(str(tmp_path), "", line):
        pass


@pytest.mark.parametrize("count", [0, 3, 2000])
def test_objects_are_printed_in_the_order_of_the_links(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = sorted(range(count), key=lambda number: number * 7919 % 2003)
    with ObjectList() as objects:
        for begin in range(0, count, 300):
            objects.give(rows(*numbers[begin : begin + 300]))
    expected = [finding_json(finding(number), "") for number in range(count)]
    assert capsys.readouterr().out == json_text(expected) + "\n"


def test_objects_are_not_printed_after_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    objects = ObjectList()
    objects.give(rows(1))
    objects.__exit__(KeyError, KeyError(), None)
    assert not capsys.readouterr().out


def test_lines_come_whole_out_of_a_pipe(tmp_path: Path) -> None:
    """A pipe takes up to PIPE_BUF bytes at once or not at all: a reader has whole lines when the writer is killed."""
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    writes: list[int] = []

    class Watched(GrowingList):
        def _write(self, data: bytes) -> None:
            super()._write(data)
            writes.append(len(data))

    with Watched(str(fifo), "", line) as grown:
        grown.give(rows(*range(20)))
    received = os.read(reader, 65536)
    os.close(reader)
    assert received.decode() == "".join(line(row) for _, row in rows(*range(20)))
    assert max(writes) <= 4096
    assert all(size % len(line(rows(1)[0][1])) <= 20 for size in writes)


def test_findings_are_remembered_before_they_are_told(tmp_path: Path) -> None:
    told: list[tuple[int, str | None]] = []
    with History(tmp_path / "links.sqlite") as history:
        memory = Memory(history, now=lambda: 1_790_000_000.0)
        memory.begin(["list"], Freshness())

        def give(batch: Sequence[tuple[int, Reported]]) -> None:
            known = history.past(f"url https://x.org/{place}" for place, _ in batch)
            assert len(known) == len(batch)
            told.extend((place, row.standing) for place, row in batch)

        ledger = Ledger(memory, Policy(), [give])
        for number in range(501):
            ledger.enter(number, finding(number))
        assert len(told) == 500
        ledger.write()
    assert told == [(number, "good") for number in range(501)]
    assert ledger.entered == 501


def test_only_what_is_wanted_is_kept_and_all_is_counted() -> None:
    kept = Rows(is_worth_saying)
    verdicts = [Verdict.OK, Verdict.NOT_FOUND, Verdict.OFFLINE, Verdict.REFUSED]
    kept.give([(9 - place, Reported(finding(place, verdict))) for place, verdict in enumerate(verdicts)])
    assert [row.finding.verdict for row in kept.kept] == [Verdict.REFUSED, Verdict.NOT_FOUND]
    assert (kept.tally.links, kept.tally.problems) == (4, 1)
    assert kept.tally.summary() == "4 links in 1 entry: 1 ok, 1 not-found, 1 refused, 1 not checked."


def test_what_was_asked_in_a_run_need_not_be_asked_again_in_it(tmp_path: Path) -> None:
    now = 1_790_000_000.0
    links = [finding(number).link for number in range(3)]
    with History(tmp_path / "links.sqlite") as history:
        before = Memory(history, now=lambda: now)
        before.begin(["list"], Freshness())
        before.learn([finding(0)])
        before.end(interrupted=False)
        run = Memory(history, now=lambda: now)
        run.begin(["list"], Freshness(), repeats=True)
        assert run.recall(links) == [None, None, None], "the run before ended in the second in which this one began"
        now += 5
        run.learn([finding(1, Verdict.NOT_FOUND)])
        assert [known and known[0].verdict for known in run.recall(links)] == [None, Verdict.NOT_FOUND, None]
        plain = Memory(history, now=lambda: now)
        plain.begin(["list"], Freshness())
        assert not plain.recalls
