"""What each verdict is called and what to do about it: for an editor who has to decide, not for who knows HTTP."""

from __future__ import annotations

from typing import Final

from ppreflist.links.verdict import Verdict

ADVICE: Final = {
    Verdict.OK: "Nothing to do.",
    Verdict.MOVED: "Write the new address when one is shown; the old one may stop leading there some day.",
    Verdict.MALFORMED: "Write the repaired address, after opening it once. Without one, look the page up anew.",
    Verdict.TYPO: "Compare the suggestion with the source that the reference was taken from, then write it.",
    Verdict.GONE: "Look for the work at another address, or cite an archived copy (archiveurl, archivedate).",
    Verdict.NOT_FOUND: "Check again another day. If it stays missing, look for the work at another address, or cite an "
    "archived copy (archiveurl, archivedate).",
    Verdict.REFUSED: "Open it in a browser. If it is right, remember that: ppreflist links accept KEY.",
    Verdict.TEMPORARY: "Nothing yet: check again another day.",
    Verdict.UNREACHABLE: "Check again another day. If it stays away, look for the site's new address, or cite "
    "an archived copy (archiveurl, archivedate).",
    Verdict.TLS: "Tell the site, and meanwhile look for the work at another address.",
    Verdict.BLOCKED: "Give an address that readers outside can open.",
    Verdict.OFFLINE: "Check it on a machine with a network.",
    Verdict.PARKED: "Remove the link: nobody knows who will stand there next. Cite an archived copy from before.",
    Verdict.SOFT_404: "Open it in a browser. If the page is missing there as well, look for the work elsewhere, "
    "or cite an archived copy (archiveurl, archivedate).",
    Verdict.LOGIN: "Open it in a browser. If readers must log in, look for a public address as well.",
    Verdict.LOOP: "Open it in a browser. If it is right, remember that: ppreflist links accept KEY.",
    Verdict.DRIFTED: "Read the page: does it still say what it is cited for? If not, cite an archived copy.",
    Verdict.NOTICE: "Read the notice. Cite what replaces the work, or tell your readers what was said of it.",
}
"""A sentence or two for every verdict."""

LABELS: Final = {
    Verdict.OK: "Works",
    Verdict.MOVED: "Moved",
    Verdict.MALFORMED: "Damaged address",
    Verdict.TYPO: "Mistyped",
    Verdict.GONE: "Removed",
    Verdict.NOT_FOUND: "No such page",
    Verdict.REFUSED: "Not shown to robots",
    Verdict.TEMPORARY: "Trouble at the moment",
    Verdict.UNREACHABLE: "No such site, or no answer",
    Verdict.TLS: "Browsers warn of it",
    Verdict.BLOCKED: "Not public",
    Verdict.OFFLINE: "Not checked",
    Verdict.PARKED: "Lapsed domain",
    Verdict.SOFT_404: "Not the page",
    Verdict.LOGIN: "Asks to log in",
    Verdict.LOOP: "Goes round in circles",
    Verdict.DRIFTED: "Another page now",
    Verdict.NOTICE: "Marked by its publisher",
}
"""A word or two for every verdict, where no program reads them."""
