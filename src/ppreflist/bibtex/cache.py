"""The second opinion on whole files, remembered by the SHA-256 of their bytes in the user's cache folder.

A cache that is missing, damaged or cannot be written only costs the time to ask again. The folder is
``$PPREFLIST_CACHE_DIR``, else the platform's (``~/.cache/ppreflist``); it may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import bibtexparser

from ppreflist.bibtex import opinion
from ppreflist.bibtex.disk import Snapshot
from ppreflist.bibtex.index import cache_folder
from ppreflist.model.problem import Problem

_SCHEME = f"1 {bibtexparser.__version__}"
_KEPT = 64


def second_opinion(snapshot: Snapshot) -> tuple[Problem, ...]:
    """Every entry that bibtexparser reads differently, as problems; from the cache when the bytes are known."""
    path = cache_folder() / "opinion" / f"{snapshot.sha256}.json"
    found = _recall(path)
    if found is None:
        found = opinion.disagreements(snapshot.file)
        _remember(path, found)
    return opinion.problems(snapshot.file, found)


def _recall(path: Path) -> tuple[opinion.Disagreement, ...] | None:
    try:
        known = json.loads(path.read_bytes())
        if known["scheme"] != _SCHEME:
            return None
        return tuple(opinion.Disagreement(int(at), str(key), str(message)) for at, key, message in known["found"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _remember(path: Path, found: tuple[opinion.Disagreement, ...]) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.write_text(json.dumps({"scheme": _SCHEME, "found": found}), encoding="ascii")
        os.replace(temporary, path)
        _prune(path.parent)


def _prune(folder: Path) -> None:
    known = sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
    for each in known[_KEPT:]:
        each.unlink(missing_ok=True)
