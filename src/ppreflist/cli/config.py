"""Settings of a project: ``ppreflist.toml``, or ``[tool.ppreflist]`` in ``pyproject.toml``, here or above.

::

    library = "refs/main.bib"            # beside this file
    history = ".ppreflist/links.sqlite"

    [links]                              # [tool.ppreflist.links] in pyproject.toml
    include = ['^https://']              # check only what one of these regular expressions is found in
    exclude = ['//intranet\\.', '\\.onion/']
    accept = [403, 999]                  # statuses that are fine
    jobs = 64
    timeout = 20.0
    delay = 0.1
    allow-private = false
    crossref = true                      # ask Crossref which works were retracted
    proxies = { http = "http://proxy:3128", https = "http://proxy:3128" }
    no-proxy = "localhost,.example.org"

    [links.hosts."example.org"]          # this host, exactly
    delay = 2.0                          # seconds from one request to the next
    lanes = 1                            # requests at once
    headers = { Authorization = { env = "EXAMPLE_TOKEN" }, Accept-Language = "de" }
    accept = [404]                       # statuses that are fine from it

What the command line or the environment says goes before it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from ppreflist.errors import ConfigError

OWN_FILE: Final = "ppreflist.toml"
SHARED_FILE: Final = "pyproject.toml"
_LARGEST: Final = 1024 * 1024

_OTHER_WORDS: Final = {
    "ignore": "exclude", "ignore-patterns": "exclude", "skip": "exclude", "workers": "jobs", "threads": "jobs",
    "concurrency": "jobs", "max-concurrency": "jobs", "status": "accept", "allow": "accept", "proxy": "proxies",
    "rate": "delay", "user-agent": "headers", "header": "headers",
}  # fmt: skip
"""What other link checkers call our settings."""


@dataclass(frozen=True)
class HostRule:
    """How one host is asked; None is as others are."""

    delay: float | None = None
    lanes: int | None = None
    given_headers: Mapping[str, str] = field(default_factory=dict)
    accept: frozenset[int] = frozenset()
    unset: ConfigError | None = None

    @property
    def headers(self) -> Mapping[str, str]:
        """ConfigError when the environment lacks one of them: that hinders only who sends it."""
        if self.unset is not None:
            raise self.unset
        return self.given_headers


@dataclass(frozen=True)
class Config:
    """What a file says; None and empty where it says nothing. ``path`` is the file, None when there is none."""

    path: Path | None = None
    library: Path | None = None
    history: Path | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    accept: frozenset[int] = frozenset()
    jobs: int | None = None
    timeout: float | None = None
    delay: float | None = None
    allow_private: bool | None = None
    proxies: Mapping[str, str] = field(default_factory=dict)
    no_proxy: str | None = None
    crossref: bool | None = None
    hosts: Mapping[str, HostRule] = field(default_factory=dict)


def config_above(folder: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """The settings of the nearest file in ``folder`` or above it. ConfigError says what is wrong in it, and where."""
    start = folder.resolve()
    for place in (start, *start.parents):
        found = _config_in(place, environ)
        if found is not None:
            return found
    return Config()


def _config_in(folder: Path, environ: Mapping[str, str]) -> Config | None:
    own, shared = folder / OWN_FILE, folder / SHARED_FILE
    if own.is_file():
        return _read(own, (), environ)
    # Most projects do not say anything of us: their files need not be parsed.
    if shared.is_file() and shared.stat().st_size <= _LARGEST and b"ppreflist" in shared.read_bytes():
        return _read(shared, ("tool", "ppreflist"), environ)
    return None


def _read(path: Path, table: tuple[str, ...], environ: Mapping[str, str]) -> Config | None:
    import tomllib

    try:
        text = path.read_bytes().decode("utf-8")
        document: Any = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError("it is not UTF-8", path=str(path), hint="TOML files are UTF-8 (toml.io).") from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        raise ConfigError(
            re.sub(r" \(at .*\)", "", str(error)), path=str(path), line=int(place[1]) if place else 0,
            column=int(place[2]) if place else 0, hint="The syntax is TOML's (toml.io).",
        ) from error  # fmt: skip
    for name in table:
        document = document.get(name)
        if document is None:
            return None
        if not isinstance(document, dict):
            raise ConfigError(f"{name} is no table", path=str(path))
    return _Reader(path, text, environ).config(document)


class _Reader:
    """Takes the values out of one document, and says where one is wrong."""

    def __init__(self, path: Path, text: str, environ: Mapping[str, str]) -> None:
        self._path = path
        self._text = text
        self._environ = environ

    def config(self, document: dict[str, Any]) -> Config:
        self._known(document, ("library", "history", "links"), "")
        links = self._table(document, "links")
        names = (
            "include", "exclude", "accept", "jobs", "timeout", "delay", "allow-private", "crossref", "proxies",
            "no-proxy", "hosts",
        )  # fmt: skip
        self._known(links, names, "links.")
        hosts = {
            name.lower().rstrip("."): self._host(self._table(self._table(links, "hosts"), name))
            for name in self._table(links, "hosts")
        }
        return Config(
            self._path,
            self._file(document, "library"),
            self._file(document, "history"),
            self._patterns(links, "include"),
            self._patterns(links, "exclude"),
            frozenset(self._statuses(links)),
            self._number(links, "jobs", int, 1, 1024),
            self._number(links, "timeout", float, 0.1, 3600),
            self._number(links, "delay", float, 0, 3600),
            self._value(links, "allow-private", bool),
            {scheme: str(self._value(links["proxies"], scheme, str)) for scheme in self._table(links, "proxies")},
            self._value(links, "no-proxy", str),
            self._value(links, "crossref", bool),
            hosts,
        )

    def _host(self, table: dict[str, Any]) -> HostRule:
        self._known(table, ("delay", "lanes", "headers", "accept"), "links.hosts.*.")
        headers = {name: self._header(name, value) for name, value in self._table(table, "headers").items()}
        unset = [each for each in headers.values() if isinstance(each, ConfigError)]
        return HostRule(
            self._number(table, "delay", float, 0, 3600), self._number(table, "lanes", int, 1, 64),
            {name: value for name, value in headers.items() if isinstance(value, str)},
            frozenset(self._statuses(table)), unset[0] if unset else None,
        )  # fmt: skip

    def _header(self, name: str, value: object) -> str | ConfigError:
        """A header's value: a text, or ``{ env = "NAME" }``, so that no secret need stand in the file; an error for
        later when the environment has no such variable."""
        if isinstance(value, dict) and set(value) == {"env"}:
            found = self._environ.get(str(value["env"]))
            if found is None:
                return self._wrong(name, f"the environment variable {value['env']} is not set")
            value = found
        if not isinstance(value, str) or not value.isprintable() or not re.fullmatch(r"[!#$%&'*+.^_`|~\w-]+", name):
            raise self._wrong(name, 'a header is a text or { env = "NAME" }')
        return value

    def _known(self, table: dict[str, Any], names: tuple[str, ...], prefix: str) -> None:
        for name in table:
            if name not in names:
                word = name.lower().replace("_", "-")
                near = [_OTHER_WORDS[word]] if word in _OTHER_WORDS else get_close_matches(word, names, 1)
                meant = f"Did you mean {near[0]}? " if near and near[0] in names else ""
                raise self._wrong(name, f"there is no setting {prefix}{name}", f"{meant}Settings: {', '.join(names)}.")

    def _table(self, table: dict[str, Any], name: str) -> dict[str, Any]:
        found = table.get(name, {})
        if not isinstance(found, dict):
            raise self._wrong(name, f"{name} is to be a table")
        return found

    def _value(self, table: dict[str, Any], name: str, kind: type) -> Any:
        found = table.get(name)
        if found is None or type(found) is kind:
            return found
        wanted = {bool: "true or false", str: "a text in quotation marks"}[kind]
        raise self._wrong(name, f"{name} is to be {wanted}")

    def _number(self, table: dict[str, Any], name: str, kind: type, least: float, most: float) -> Any:
        found = table.get(name)
        if found is None:
            return None
        if type(found) not in (int, kind) or not least <= found <= most:
            wanted = "a whole number" if kind is int else "a number"
            raise self._wrong(name, f"{name} is to be {wanted} from {least:g} to {most:g}")
        return kind(found)

    def _file(self, table: dict[str, Any], name: str) -> Path | None:
        found = self._value(table, name, str)
        return None if found is None else self._path.parent / found

    def _patterns(self, table: dict[str, Any], name: str) -> tuple[str, ...]:
        found = table.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise self._wrong(name, f"{name} is to be a list of regular expressions")
        for each in found:
            try:
                re.compile(each)
            except re.error as error:
                raise self._wrong(name, f"{each!r} is no regular expression: {error}") from error
        return tuple(found)

    def _statuses(self, table: dict[str, Any]) -> list[int]:
        found = table.get("accept", [])
        if not isinstance(found, list) or not all(type(each) is int and 100 <= each <= 999 for each in found):
            raise self._wrong("accept", "accept is to be a list of HTTP statuses, such as [403, 999]")
        return found

    def _wrong(self, name: str, message: str, hint: str = "") -> ConfigError:
        """The error, at the first line that seems to set this name."""
        pattern = re.compile(rf"(?:^|[\s.{{,\[\"']){re.escape(name)}[\"']?\s*[\].=]")
        lines = self._text.splitlines()
        line = next((number for number, each in enumerate(lines, 1) if pattern.search(each)), 0)
        return ConfigError(message, path=str(self._path), line=line, hint=hint)
