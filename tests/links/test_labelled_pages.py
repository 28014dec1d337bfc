"""No page that is there may be called dead; most pages that are not the work must be known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.bench.pages import ELSEWHERE, MEANS, false_alarms, judged
from tests.links.labelled_pages import AFTERWARDS, PAGES, Labelled

from ppreflist.links.verdict import DEAD, REMARK, Verdict


def test_the_set_is_large_enough_to_tell() -> None:
    counts = {label: sum(page.label == label for page in PAGES) for label in MEANS}
    assert counts["good"] >= 200
    assert counts["gone"] >= 200
    assert all(count >= 40 for count in counts.values())
    shown = {(page.html(), page.start, page.end, page.words) for page in PAGES + AFTERWARDS}
    assert len(shown) == len(PAGES + AFTERWARDS)


def test_no_good_page_is_called_dead() -> None:
    assert false_alarms(page for page in PAGES + AFTERWARDS if page.label == "good") == []


def test_no_good_page_is_called_a_wall_or_a_log_in() -> None:
    good = [page for page in PAGES + AFTERWARDS if page.label == "good"]
    assert [str(page) for page in good if judged(page).verdict not in MEANS["good"]] == []


@pytest.mark.parametrize(
    ("label", "floor"), [("gone", 0.99), ("parked", 0.92), ("wall", 0.95), ("login", 0.93), ("good", 1.0)]
)
def test_pages_are_known(label: str, floor: float) -> None:
    ours = [judged(page).verdict in MEANS[label] for page in PAGES if page.label == label]
    assert sum(ours) / len(ours) >= floor


def test_pages_that_the_rules_were_not_made_for_are_known_or_remarked_upon() -> None:
    gone = [page for page in AFTERWARDS if page.label != "good"]
    assert sum(judged(page).verdict in DEAD for page in gone) / len(gone) > 0.6
    told = [judged(page, ELSEWHERE) for page in gone]
    assert sum(each.verdict in DEAD or each.detail.startswith(REMARK) for each in told) / len(told) > 0.95


APP = Labelled("gone", "The Catalogue", "The Catalogue", "Search for books and journals", long=True)


def test_a_page_that_a_script_may_fill_is_not_called_dead() -> None:
    judgement = judged(APP, ELSEWHERE)
    assert (judgement.verdict, judgement.detail.startswith(REMARK)) == (Verdict.OK, True)
    assert not judged(APP, ("The Catalogue of Books",)).detail.startswith(REMARK)
    assert not judged(APP).detail.startswith(REMARK)


@pytest.mark.parametrize("status", [200, 403, 429, 503])
@pytest.mark.parametrize(
    "markup",
    [
        '<script>window._cf_chl_opt={cvId:"3"};</script>',
        '<script src="https://ct.captcha-delivery.com/c.js"></script>',
        '<div id="px-captcha"></div>',
        '<iframe src="/_Incapsula_Resource?CWUDNSAI=9&xinfo=1" width="100%"></iframe>',
        '<script src="https://a.b.token.awswaf.com/a/b/challenge.js"></script>',
        '<div id="sec-if-cpt-container"></div><script src="/_sec/cp_challenge/x.js"></script>',
        '<script src="https://validate.perfdrive.com/x.js"></script>',
        '<script src="/.within.website/x/cmd/anubis/static/js/main.mjs"></script>',
    ],
)
def test_walls_are_known_by_their_markup_whatever_their_status(markup: str, status: int) -> None:
    assert judged(Labelled("wall", "quiet-harbor.org", markup=markup, status=status)).verdict is Verdict.REFUSED


def test_what_a_wall_has_in_its_headers_or_on_sound_pages() -> None:
    wall = Labelled("wall", "x", headers={"cf-mitigated": "challenge"}, status=403)
    assert judged(wall).verdict is Verdict.REFUSED
    assert judged(replace(wall, status=200)).verdict is Verdict.REFUSED
    passive = (
        '<script src="https://js.datadome.co/tags.js"></script><script src="/cdn-cgi/challenge-platform/x.js"></script>'
    )
    assert judged(Labelled("good", "A study of sleep", text="An abstract.", markup=passive)).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("start", "end", "verdict"),
    [
        ("/a/b.html", "https://consent.quiet-harbor.org/?return=x", Verdict.LOGIN),
        ("/a/b.html", "/consent?next=/a/b.html", Verdict.LOGIN),
        ("/a/b.html", "https://login.quiet-harbor.org/", Verdict.LOGIN),
        ("/a/b.html", "/", Verdict.SOFT_404),
        ("/a/b.html", "/index.php", Verdict.SOFT_404),
        ("/a/b.html", "https://www.elsewhere.org/", Verdict.SOFT_404),
        ("/neurology/", "https://neurology.quiet-harbor.org/", Verdict.OK),
        ("/", "/en/", Verdict.OK),
        ("/a/b.html", "/a/c.html", Verdict.OK),
    ],
)
def test_where_redirects_lead(start: str, end: str, verdict: Verdict) -> None:
    host = "https://www.quiet-harbor.org"
    page = Labelled("good", "Quiet Harbor", long=True, start=host + start, end=host + end if end[0] == "/" else end)
    assert judged(page).verdict is verdict
