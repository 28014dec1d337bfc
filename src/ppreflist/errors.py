"""Every error that ppreflist raises on purpose.

::

    PpreflistError                  message, hint (what to do next), place (path:line:column)
    ├── LibraryError                the .bib file as a whole
    │   ├── LibraryNotFound         no such file, or none found upwards
    │   ├── LibraryUnreadable       a directory, no permission, not text
    │   ├── LibraryUnwritable       no permission, read-only or full disk; the old file is intact
    │   ├── LibraryLocked           another process holds the lock for too long
    │   └── LibraryConflict         the file changed under us, twice
    ├── EntryError                  one entry
    │   ├── UnknownKey              no entry has this citation key (nearest keys in the hint)
    │   ├── DuplicateEntry          the library already holds this work
    │   └── EditRefused             the edit would damage the file, or the entry cannot be read safely
    ├── DocumentUnreadable          a document to find references in: no text in it, protected, too large, no such file
    ├── ConfigError                 ppreflist.toml or [tool.ppreflist]: not TOML, an unknown setting, a wrong value
    ├── HistoryUnusable             the memory of link checks: no permission, damaged, of a later version
    ├── ClusterUnusable             a Dask cluster: nobody at the address, no workers, another version there
    ├── WrongUsage                  what was typed cannot be understood
    │   ├── QueryError              a query
    │   └── UnknownCheck            no lint check has this name (nearest names in the hint)
    ├── ServiceError                a service on the network
    │   ├── ServiceNotFound         it answered: there is no such record
    │   ├── ServiceRefused          it answered: not for you (401, 403, 429 after all retries)
    │   ├── ServiceDown             5xx, time-out, reset, host unreachable
    │   ├── ServiceMalformed        it answered something that is not the documented shape
    │   │   └── RequestRejected     it would not take what was asked (400, 413, 414, 422 ...)
    │   └── Offline                 this machine has no network
    └── StyleError                  a citation style or locale
        ├── UnknownStyle            no installed style has this name (nearest names in the hint)
        └── MalformedStyle          not XML, not CSL, a missing or looping macro; has a line
"""

from __future__ import annotations


class PpreflistError(Exception):
    """Base of the tree. ``str(error)`` is one line for people: ``place: message``; ``hint`` is the next line.

    ``path``, ``line`` and ``column`` (both 1-based, 0 = unknown) say where.
    """

    def __init__(self, message: str, *, hint: str = "", path: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line
        self.column = column

    @property
    def place(self) -> str:
        """``path:line:column`` as far as it is known, or an empty string."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class LibraryError(PpreflistError):
    """The .bib file as a whole."""


class LibraryNotFound(LibraryError):
    """No such file, or no references.bib found upwards."""


class LibraryUnreadable(LibraryError):
    """A directory, no permission, or not text."""


class LibraryUnwritable(LibraryError):
    """No permission, or a read-only or full disk; the old file is intact."""


class LibraryLocked(LibraryError):
    """Another process held the lock for longer than we were ready to wait."""


class LibraryConflict(LibraryError):
    """The file was changed by a program that does not respect the lock, again and again."""


class EntryError(PpreflistError):
    """One entry."""


class UnknownKey(EntryError):
    """No entry has this citation key."""


class DuplicateEntry(EntryError):
    """The library already holds this work."""


class EditRefused(EntryError):
    """The edit would damage the file, or the entry cannot be read safely enough to be edited."""


class DocumentUnreadable(PpreflistError):
    """A document in which references are to be found: no such file, no text in it, protected, damaged or too large."""


class ConfigError(PpreflistError):
    """A file of settings that cannot be understood."""


class HistoryUnusable(PpreflistError):
    """The file with the memory of link checks: no permission, damaged, or of a later version."""


class ClusterUnusable(PpreflistError):
    """A Dask cluster: nobody answers at the address, it has no workers, or they have another version."""


class WrongUsage(PpreflistError):
    """What was typed cannot be understood."""


class QueryError(WrongUsage):
    """A query that cannot be understood."""


class UnknownCheck(WrongUsage):
    """No lint check has this name."""


class ServiceError(PpreflistError):
    """A service on the network."""


class ServiceNotFound(ServiceError):
    """The service answered that there is no such record."""


class ServiceRefused(ServiceError):
    """The service answered, but not to us (401, 403, 429 after all retries)."""


class ServiceDown(ServiceError):
    """5xx, time-out, connection reset or host unreachable."""


class ServiceMalformed(ServiceError):
    """The service answered something that is not of the documented shape."""


class RequestRejected(ServiceMalformed):
    """The service would not take the request as it was (400, 413, 414, 422 ...)."""


class Offline(ServiceError):
    """This machine has no network."""


class StyleError(PpreflistError):
    """A citation style or locale."""


class UnknownStyle(StyleError):
    """No installed style has this name."""


class MalformedStyle(StyleError):
    """Not XML, not CSL, or a macro that is missing or loops."""
