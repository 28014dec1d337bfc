"""What was changed last, so that it can be taken back: one small file a library, in the state folder.

Never a second truth: a record holds only the replaced spans and the hashes of the file before and after. It is used
when the library's bytes are exactly the ones that the change left, and passed over when they are not.

The state folder is ``$PPREFLIST_STATE_DIR``, else the platform's (``~/.local/state/ppreflist``).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

KEPT = 50
"""Changes of one library that are remembered."""


@dataclass(frozen=True, slots=True)
class Record:
    """One change. ``splices`` are (offset in the text before, replaced text, new text), in order.

    ``before`` and ``after`` are the SHA-256 of the file's bytes.
    """

    command: str
    before: str
    after: str
    splices: tuple[tuple[int, str, str], ...]


class Journal:
    """The changes of one library, newest last. Only with the library's lock held."""

    def __init__(self, real: Path) -> None:
        name = hashlib.sha256(os.fsencode(real)).hexdigest()[:32]
        self._path = state_folder() / "journal" / f"{name}.json"
        self._library = os.fspath(real)

    def records(self) -> list[Record]:
        """All records; empty when there are none or the file is damaged."""
        try:
            found = json.loads(self._path.read_bytes())
            return [
                Record(
                    str(each["command"]),
                    str(each["before"]),
                    str(each["after"]),
                    tuple((int(offset), str(old), str(new)) for offset, old, new in each["splices"]),
                )
                for each in found["changes"]
            ]
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def add(self, record: Record) -> bool:
        """Remember a change that is about to be made; false when the state folder cannot be written."""
        return self.write([*self.records(), record])

    def write(self, records: list[Record]) -> bool:
        """Replace all records; false when that is not possible."""
        content = {"library": self._library, "changes": [asdict(record) for record in records[-KEPT:]]}
        temporary = self._path.with_suffix(".tmp")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary.write_text(json.dumps(content), encoding="ascii")
            os.replace(temporary, self._path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()
            return False
        return True


def state_folder() -> Path:
    """Where what must outlive a run is kept."""
    return Path(os.environ.get("PPREFLIST_STATE_DIR") or platformdirs.user_state_dir("ppreflist", appauthor=False))
