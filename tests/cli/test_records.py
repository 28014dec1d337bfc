"""What is said of the entries whose records could not be asked for."""

from __future__ import annotations

import os
from datetime import date

from ppreflist.cli.candidate import Candidate
from ppreflist.cli.lookup import Lookup
from ppreflist.cli.records import Outcome, answers
from ppreflist.errors import Offline
from ppreflist.model.entry import Entry, Field
from ppreflist.model.identifier import Identifier
from ppreflist.model.library import Library


class Unplugged(Lookup):
    """A lookup on a machine without a network, as ``net.client`` reports it."""

    asked = 0

    def candidate(self, origin: str, identifier: Identifier) -> Candidate:
        self.asked += 1
        raise Offline(f"{origin}: doi.org could not be asked: this machine has no network", hint="Add its fields.")


def test_without_a_network_one_question_answers_for_all_and_names_no_other_entry() -> None:
    dois = ("10.1212/wnl.1", "10.1016/s1474", "10.1111/j.1468")
    library = Library(tuple(Entry(f"k{doi}", "article", {"doi": Field("doi", doi, doi)}) for doi in dois))
    lookup = Unplugged(os.environ, 1.0, False, "utf-8", date(2026, 1, 1), "test")
    found = list(answers(library, library.entries, lookup))
    assert [each.outcome for each in found] == [Outcome.OFFLINE] * 3
    assert lookup.asked == 1
    for each in found:
        assert each.error is not None
        assert not any(doi in each.error.message for doi in dois)
        assert each.error.hint == "Connect and run it again."
