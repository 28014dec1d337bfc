"""What the user wants checked, and takes for fine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ppreflist.links.finding import Finding
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.policy import Policy
from ppreflist.links.verdict import Verdict


def found(url: str, verdict: Verdict, status: int) -> Finding:
    return Finding(
        Link("key", "url", 1, LinkKind.URL, url, 0, len(url)), verdict, "So.", "https://y.org", True, url, status
    )


@pytest.mark.parametrize(
    ("url", "verdict", "status", "expected"),
    [
        ("https://x.org/a", Verdict.REFUSED, 403, Verdict.OK),
        ("https://x.org/a", Verdict.NOT_FOUND, 404, Verdict.NOT_FOUND),
        ("https://SHY.org/a", Verdict.NOT_FOUND, 404, Verdict.OK),
        ("https://www.shy.org/a", Verdict.NOT_FOUND, 404, Verdict.NOT_FOUND),
        ("https://shy.org/a", Verdict.REFUSED, 403, Verdict.OK),
        ("https://shy.org/a", Verdict.TYPO, 404, Verdict.TYPO),
    ],
)
def test_statuses_that_are_fine_everywhere_or_from_one_host(
    url: str, verdict: Verdict, status: int, expected: Verdict
) -> None:
    policy = Policy(accept=frozenset({403}), accept_from={"shy.org": frozenset({404})})
    finding = policy.applied(found(url, verdict, status))
    assert finding.verdict is expected
    assert (finding.fix is None) == (expected is Verdict.OK)


def test_a_status_that_is_fine_is_so_for_what_was_not_asked_for_it() -> None:
    unasked = replace(found("https://shy.org/a", Verdict.REFUSED, 429), asked="")
    finding = Policy(accept_from={"shy.org": frozenset({429})}).applied(unasked)
    assert finding.verdict is Verdict.OK
    assert finding.message == "Not asked: its host answers with status 429, which is accepted here."


def test_which_links_are_wanted() -> None:
    links = [found(url, Verdict.OK, 200).link for url in ("https://x.org/a", "http://x.org/b", "https://y.org/c")]
    wanted = Policy(include=("^https:",), exclude=("y\\.org",)).wanted(links)
    assert [link.written for link in wanted] == ["https://x.org/a"]
