"""``ppreflist check-links`` and what Crossref knows of the works; Crossref and doi.org are doubles on 127.0.0.1."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from click.testing import CliRunner, Result
from tests.servers import web as pages
from tests.servers.scholarly import Scholarly
from tests.servers.web import Exchange, answer

from ppreflist.cli.check_links import command

SHIPPED = Path(__file__).parent.parent.parent / "references.bib"
GUIDELINE = "10.1212/WNL.0b013e31824de293"


class Shell:
    """A folder with a library, doi.org and Crossref, and the command run in it."""

    def __init__(self, folder: Path, scholarly: Scholarly) -> None:
        self.folder = folder
        self.library = folder / "references.bib"
        self.services = scholarly
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PPREFLIST_STATE_DIR": str(folder / "state"),
            "PPREFLIST_CACHE_DIR": str(folder / "cache"),
            "PPREFLIST_DOI_URL": scholarly.web.url,
            "COLUMNS": "200",
            **scholarly.environ,
        }

    def register(self, *dois: str, leads_to: str = "https://publisher.example/a") -> None:
        """Let doi.org know these DOIs."""
        value = {"index": 1, "type": "URL", "data": {"format": "string", "value": leads_to}, "ttl": 86400}
        for doi in dois:
            body = json.dumps({"responseCode": 1, "handle": doi, "values": [value]}).encode()
            self.services.web.page(f"/api/handles/{doi}", answer(200, body, content_type="application/json"))

    def refuse_others(self) -> None:
        """Let doi.org say of every DOI but those that were registered that there is none."""
        known = self.services.web.pages

        class Registry(dict[str, pages.Page]):
            def get(self, path: str, default: Any = None) -> Any:
                if path.startswith("/api/handles/"):
                    found = super().get(unquote(path))
                    return found or answer(404, b'{"responseCode": 100}', content_type="application/json")
                return super().get(path, default)

        self.services.web.pages = Registry(known)

    def write(self, *entries: dict[str, str]) -> None:
        texts = (
            f"@article{{key{number},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in entry.items()) + "}\n"
            for number, entry in enumerate(entries)
        )
        self.library.write_text("\n".join(texts), encoding="utf-8")

    def run(self, *words: str) -> Result:
        """Run the command in this process, which has its modules already."""
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            return CliRunner().invoke(command, words, env={**dict.fromkeys(os.environ), **self.environment})

    def run_by_itself(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command as a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "ppreflist", "check-links", *words], cwd=self.folder, env=self.environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    def found(self, *words: str) -> list[dict[str, Any]]:
        found = json.loads(self.run("--json", *words).stdout)
        assert isinstance(found, list)
        return found

    @property
    def asked_crossref(self) -> list[dict[str, list[str]]]:
        return [parse_qs(urlsplit(each).query) for each in self.services.asked if each.startswith("/crossref/")]


@pytest.fixture
def shell(tmp_path: Path, scholarly: Scholarly) -> Shell:
    return Shell(tmp_path, scholarly)


def notice(kind: str, doi: str, *day: int, source: str = "publisher") -> dict[str, Any]:
    return {
        "DOI": doi, "type": kind, "label": kind.title(), "source": source, "updated": {"date-parts": [list(day)]},
    }  # fmt: skip


# Notices --------------------------------------------------------------------------------------------------------------


def test_what_became_of_the_works(shell: Shell) -> None:
    names = ["retracted", "concern", "corrected", "notice", "plain", "unknown"]
    shell.register(*(f"10.1000/{name}" for name in names))
    shell.services.work("10.1000/retracted", **{"updated-by": [notice("retraction", "10.1000/notice", 2014, 3, 5)]})
    shell.services.work(
        "10.1000/concern",
        **{"updated-by": [notice("expression_of_concern", "10.1000/c", 2015, source="retraction-watch")]},
    )
    shell.services.work("10.1000/corrected", **{"updated-by": [notice("erratum", "10.1000/e", 2016, 1)]})
    shell.services.work("10.1000/notice", **{"update-to": [notice("retraction", "10.1000/retracted", 2014, 3, 5)]})
    shell.services.work("10.1000/plain", title=["A work"])
    shell.write(*({"doi": f"10.1000/{name}"} for name in names))
    done = shell.run("--json")
    found = {each["url"].rpartition("/")[2]: each for each in json.loads(done.stdout)}
    assert {name: each["verdict"] for name, each in found.items()} == {
        "retracted": "notice", "concern": "notice", "corrected": "ok", "notice": "ok", "plain": "ok", "unknown": "ok",
    }  # fmt: skip
    assert found["retracted"]["message"] == (
        "The work was retracted on 2014-03-05 (notice: https://doi.org/10.1000/notice). "
        "Say so where you cite it, or replace it."
    )
    assert "in 2015 (notice: https://doi.org/10.1000/c; source: Retraction Watch)" in found["concern"]["message"]
    assert "an erratum to it was published in 2016-01: https://doi.org/10.1000/e" in found["corrected"]["message"]
    assert "this DOI is the retraction notice of https://doi.org/10.1000/retracted" in found["notice"]["message"]
    assert found["plain"]["message"] == found["unknown"]["message"] == "The DOI is registered."
    assert done.exit_code == 3
    assert len(shell.asked_crossref) == 1

    shown = shell.run().stdout
    assert "Worth knowing (4)" in shown
    assert "notice: The work was retracted on 2014-03-05" in shown


def test_an_address_of_a_doi_and_a_repaired_doi_are_works_too(shell: Shell) -> None:
    shell.register("10.1000/x", "10.1000/X")
    shell.services.work("10.1000/x", **{"updated-by": [notice("withdrawal", "10.1000/n", 2014, 3, 5)]})
    shell.write({"url": "https://doi.org/10.1000/X"}, {"doi": "doi:10.1000/x"}, {"url": "doi.org/10.1000/x"})
    found = shell.found()
    assert [each["verdict"] for each in found] == ["notice", "malformed", "malformed"]
    assert [each["fix"] for each in found] == [None, "10.1000/x", "https://doi.org/10.1000/x"]
    assert all("The work was withdrawn on 2014-03-05" in each["message"] for each in found)


def test_the_shipped_list_shows_that_its_guideline_is_retired(shell: Shell) -> None:
    """Crossref's double has the work under the title that its page has; the entry says so in its note."""
    shutil.copy(SHIPPED, shell.library)
    dois = re.findall(r"doi\s*=\s*\{(.*?)\}", shell.library.read_text(encoding="utf-8"))
    shell.register(*dois)
    shell.services.work(GUIDELINE, title=["Evidence-based guideline: Intravenous immunoglobulin [RETIRED]"])
    shown = " ".join(shell.run("patwa2012evidence").stdout.split())
    title = "Evidence-based guideline: Intravenous immunoglobulin [RETIRED]"
    assert f'It works, but Crossref has the work under the title "{title}", as the entry says.' in shown
    shell.services.work(GUIDELINE, **{"updated-by": [notice("withdrawal", "10.1212/x", 2021, 5, 4)]})
    done = shell.run_by_itself("patwa2012evidence", "--json")
    (found,) = [each for each in json.loads(done.stdout) if each["field"] == "doi"]
    assert found["verdict"] == "notice"
    assert "The work was withdrawn on 2021-05-04 (notice: https://doi.org/10.1212/x)" in found["message"]


def test_a_title_that_says_so_is_enough(shell: Shell) -> None:
    shell.register("10.1000/x")
    shell.services.work("10.1000/x", **{"updated-by": [notice("retraction", "10.1000/n", 2014)]})
    shell.write({"title": "{RETRACTED}: A work", "doi": "10.1000/x"})
    done = shell.run()
    assert (done.exit_code, done.stdout) == (0, "")


# Whom it asks, and when -----------------------------------------------------------------------------------------------


def test_nobody_asks_crossref_who_should_not(shell: Shell) -> None:
    shell.register("10.1000/x")
    shell.write({"doi": "10.1000/x"})
    shell.found("--offline")
    shell.found("--no-crossref")
    (shell.folder / "ppreflist.toml").write_text("[links]\ncrossref = false\n", encoding="utf-8")
    shell.found()
    assert shell.asked_crossref == []
    (shell.folder / "ppreflist.toml").unlink()
    shell.write({"url": shell.services.web.url + "/a"})
    shell.found("--allow-private")
    assert shell.asked_crossref == [], "there is no DOI"


def test_what_is_not_asked_again_is_not_looked_up_again(shell: Shell) -> None:
    shell.register("10.1000/x")
    shell.services.work("10.1000/x", **{"updated-by": [notice("retraction", "10.1000/n", 2014)]})
    shell.write({"doi": "10.1000/x"})
    first = shell.found()
    assert first == shell.found("--stale", "30d")
    assert len(shell.asked_crossref) == 1


def test_several_processes_know_the_notices(shell: Shell) -> None:
    shell.register("10.1000/x")
    shell.services.work("10.1000/x", **{"updated-by": [notice("retraction", "10.1000/n", 2014)]})
    shell.write({"doi": "10.1000/x"}, {"url": "ftp://nothing.invalid/a"})
    found = json.loads(shell.run_by_itself("--json", "--processes", "2").stdout)
    assert [each["verdict"] for each in found] == ["notice", "blocked"]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (answer(429, b"", retry_after="3600"), "Crossref refused to answer (status 429)"),
        (answer(503, b"", retry_after="3600"), "Crossref is failing at the moment (status 503)"),
        (answer(200, b"<!doctype html><title>Maintenance</title>"), "Crossref answered something that is not JSON"),
        (answer(200, b'{"message": "\x1b[2J"}'), "Crossref answered something that is not JSON"),
        (answer(200, b'{"status": "ok", "message": {"items": {}}}'), "Crossref answered JSON, but no works"),
    ],
)
def test_a_service_that_fails_is_said_once_and_costs_little(shell: Shell, page: pages.Page, says: str) -> None:
    shell.register("10.1000/x", "10.1000/y")
    shell.services.web.page("/crossref/works", page)
    shell.write({"doi": "10.1000/x"}, {"doi": "10.1000/y"})
    started = time.monotonic()
    done = shell.run()
    assert done.exit_code == 0
    assert done.stderr.count(f"Retractions could not be looked up: {says}.") == 1
    assert "2 ok" in done.stderr
    assert time.monotonic() - started < 15


def test_a_service_that_is_not_there(shell: Shell) -> None:
    shell.register("10.1000/x")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        shell.environment["PPREFLIST_CROSSREF_URL"] = f"http://127.0.0.1:{closed.getsockname()[1]}"
    shell.write({"doi": "10.1000/x"})
    done = shell.run()
    assert done.exit_code == 0
    assert done.stderr.count("Retractions could not be looked up: Crossref could not be asked") == 1


# DOIs that were cut off -----------------------------------------------------------------------------------------------

TITLE = "Intravenous immunoglobulin for post-polio syndrome: A randomised controlled trial"


def test_a_doi_that_was_cut_off_is_found_by_the_title(shell: Shell) -> None:
    whole = "10.1016/s1474-4422(06)70447-1"
    shell.register(whole)
    shell.refuse_others()
    shell.services.work(whole, title=[TITLE.upper().replace("-", "\u2010")])
    shell.services.work("10.1016/other", title=["Another trial of intravenous immunoglobulin"])
    shell.write({"title": TITLE, "doi": "10.1016/S1474-4422(06)704"})
    (found,) = shell.found()
    assert (found["verdict"], found["fix"], found["safe"]) == ("malformed", whole, True)
    assert f"Crossref has a work of this title as {whole}." in found["message"]
    (search,) = [each for each in shell.asked_crossref if "query.bibliographic" in each]
    assert search["filter"] == ["prefix:10.1016"]
    assert search["query.bibliographic"] == [TITLE]


def test_a_doi_of_the_same_title_that_goes_on_otherwise_is_only_perhaps(shell: Shell) -> None:
    shell.register("10.1016/right")
    shell.refuse_others()
    shell.services.work("10.1016/right", title=[TITLE])
    shell.write(*({"title": TITLE, "doi": each} for each in ("10.1016/wrong", "10.1016/rig", "10.1016")))
    found = shell.found()
    assert [each["verdict"] for each in found] == ["typo", "typo", "malformed"]
    assert {(each["fix"], each["safe"]) for each in found} == {("10.1016/right", False)}
    assert "perhaps: 10.1016/right" in shell.run().stdout


def test_the_work_that_was_found_may_have_been_retracted(shell: Shell) -> None:
    shell.register("10.1016/j.right.1")
    shell.refuse_others()
    notices = [notice("retraction", "10.1016/n", 2014, 3, 5)]
    shell.services.work("10.1016/j.right.1", title=[TITLE], **{"updated-by": notices})
    shell.write({"title": TITLE, "doi": "10.1016/j.right"})
    (found,) = shell.found()
    assert (found["fix"], found["safe"]) == ("10.1016/j.right.1", True)
    assert "The work was retracted on 2014-03-05 (notice: https://doi.org/10.1016/n)." in found["message"]


def test_what_is_doubtful_is_not_suggested(shell: Shell) -> None:
    """Not registered, two of them, another title, another registrant, a title that many works have."""
    shell.register("10.1002/a", "10.1002/b", "10.1003/a", "10.9999/a", "10.1005/a")
    shell.refuse_others()
    works = {
        "10.1001/a": TITLE, "10.1002/a": TITLE, "10.1002/b": TITLE, "10.1003/a": f"{TITLE} (reply)",
        "10.9999/a": TITLE, "10.1005/a": "Short title",
    }  # fmt: skip
    for doi, each in works.items():
        shell.services.work(doi, title=[each])
    shell.write(*({"title": TITLE, "doi": f"10.100{number}/wrong"} for number in range(1, 5)))
    with shell.library.open("a", encoding="utf-8") as file:
        file.write("@misc{short, title = {Short title}, doi = {10.1005/wrong}}\n")
    found = shell.found()
    assert [(each["verdict"], each["fix"]) for each in found] == [("not-found", None)] * 5
    assert sum("query.bibliographic" in each for each in shell.asked_crossref) == 4


def test_an_answer_of_no_use_leaves_it_unknown(shell: Shell) -> None:
    shell.refuse_others()
    of_no_use = {
        "10.1001": answer(403, b""),
        "10.1002": answer(200, b"<html>"),
        "10.1003": answer(200, b'{"message": {"items": [{"DOI": {}, "title": 1}, null]}}'),
        "10.1004": answer(200, b'{"message": []}'),
        "10.1005": answer(301, b"", location="http://169.254.169.254/"),
    }

    def crossref(exchange: Exchange) -> None:
        asked = parse_qs(urlsplit(exchange.path).query)["filter"][0]
        of_no_use.get(asked.removeprefix("prefix:"), answer(200, b'{"message": {"items": []}}'))(exchange)

    shell.services.web.page("/crossref/works", crossref)
    shell.write(*({"title": TITLE, "doi": f"{prefix}/wrong"} for prefix in of_no_use))
    assert [(each["verdict"], each["fix"]) for each in shell.found()] == [("not-found", None)] * 5


# The registry's word --------------------------------------------------------------------------------------------------


def test_a_doi_that_was_taken_back_is_gone_by_the_registrys_word(shell: Shell) -> None:
    places = [
        "https://www.crossref.org/deleted_DOI.html", "http://www.crossref.org/deleted_DOI.html",
        "https://www.crossref.org/_deleted-doi/", "https://link.springer.com/deleted",
    ]  # fmt: skip
    for number, place in enumerate(places):
        shell.register(f"10.1000/{number}", leads_to=place)
    shell.write(*({"doi": f"10.1000/{number}"} for number in range(len(places))))
    found = shell.found()
    assert {each["verdict"] for each in found} == {"gone"}
    assert found[0]["message"] == "The DOI 10.1000/0 was withdrawn by its publisher."
    others = [
        each for each in shell.services.asked if not each.startswith(("/crossref/works?", "/api/handles/10.1000/"))
    ]
    assert others == [], "nobody else is asked"


def test_url_and_doi_that_name_two_works(shell: Shell) -> None:
    shell.register("10.1000/one", "10.1000/two")
    shell.write({"doi": "10.1000/one", "url": "https://doi.org/10.1000/two"})
    said = "it names the DOI 10.1000/two, and doi is 10.1000/one: one of the two belongs to another work."
    for words, lead in ((), "It works, but"), (("--offline",), "Not asked, but"):
        assert [each["message"] for each in shell.found(*words) if each["field"] == "url"] == [f"{lead} {said}"]
    assert "Not asked, but it names the DOI" in shell.run("--offline").stdout


def test_a_doi_that_looks_cut_off_and_is_whole(shell: Shell) -> None:
    shell.register("10.1000/a_")
    shell.refuse_others()
    shell.write({"doi": "10.1000/a_"})
    assert [each["verdict"] for each in shell.found()] == ["ok"]
