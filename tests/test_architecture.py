"""The map of ``src/ppreflist/ARCHITECTURE.md``, kept true: one case a file."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "ppreflist"
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

LEVELS = {
    "errors": 0,
    "model": 1,
    "bibtex": 2,
    "csl": 2,
    "net": 2,
    "formats": 3,
    "resolve": 3,
    "lint": 3,
    "links": 4,
    "page": 5,
    "extract": 5,
    "cli": 6,
}
LEVEL_MATES = {("resolve", "formats"), ("lint", "formats")}
CSL_KNOWS = {"errors", "csl"}

THIRD_PARTY = {
    "bibtexparser": {"bibtex"},
    "rapidfuzz": {"lint", "resolve", "extract"},
    "requests": {"net"},
    "urllib3": {"net"},
    "dask": {"links"},
    "distributed": {"links"},
    "click": {"cli"},
    "rich": {"cli"},
    "defusedxml": {"csl", "formats", "extract", "resolve"},
    "lxml": {"links", "resolve"},
    "yaml": {"formats"},
    "pypdf": {"extract"},
    "markdown_it": {"links"},
    "filelock": {"bibtex"},
    "platformdirs": {"bibtex", "csl", "links"},
    "publicsuffixlist": {"links"},
}

DASK = {"dask", "distributed"}

MAY_DO_IO = {
    "bibtex/disk.py",
    "bibtex/journal.py",
    "bibtex/cache.py",
    "bibtex/index.py",
    "links/history.py",
    "csl/locate.py",
    "csl/catalogue.py",
    "csl/__main__.py",
}
IO_CALLS = {"open", "print", "input"}
IO_METHODS = {"read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir", "touch", "rename"}


def room_of(file: str) -> str:
    head = file.split("/")[0]
    return head.removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            assert node.module is not None
            if node.module == "ppreflist":
                for alias in node.names:
                    yield f"ppreflist.{alias.name}", node
            else:
                yield node.module, node


def parsed(file: str) -> ast.Module:
    return ast.parse((PACKAGE / file).read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES)
def test_imports_point_down(file: str) -> None:
    room = room_of(file)
    if room in {"__init__", "__main__"}:
        return
    assert room in LEVELS, f"{room} is not a room of ARCHITECTURE.md"
    for module, node in imports(parsed(file)):
        parts = module.split(".")
        if parts[0] != "ppreflist":
            continue
        other = parts[1] if len(parts) > 1 else ""
        if other in {"", "__version__"}:
            continue
        assert other in LEVELS, f"line {node.lineno}: {module} is in no room"
        if room == "csl":
            assert other in CSL_KNOWS, f"line {node.lineno}: csl must be publishable by itself, but knows {other}"
        allowed = other == room or LEVELS[other] < LEVELS[room] or (room, other) in LEVEL_MATES
        assert allowed, f"line {node.lineno}: {room} (level {LEVELS[room]}) imports {other} (level {LEVELS[other]})"


@pytest.mark.parametrize("file", FILES)
def test_third_party_packages_stay_in_their_rooms(file: str) -> None:
    room = room_of(file)
    for module, node in imports(parsed(file)):
        top = module.split(".")[0]
        if top == "ppreflist" or top in sys.stdlib_module_names:
            continue
        assert top in THIRD_PARTY, f"line {node.lineno}: {top} is no dependency that ARCHITECTURE.md knows"
        assert room in THIRD_PARTY[top], f"line {node.lineno}: {top} may be imported in {THIRD_PARTY[top]} only"
        assert room != "model", f"line {node.lineno}: model uses the standard library only"


@pytest.mark.parametrize("file", FILES)
def test_no_import_inside_a_function_but_at_the_top_of_a_command(file: str) -> None:
    """Only cli may import late (a command's own heavy imports), and then before the function does anything else."""
    for function in ast.walk(parsed(file)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        body = list(function.body)
        if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            body = body[1:]
        leading = 0
        while leading < len(body) and isinstance(body[leading], ast.Import | ast.ImportFrom):
            leading += 1
        late = [node for statement in body[leading:] for _, node in imports(statement)]
        if leading:
            assert room_of(file) == "cli", f"{function.name}, line {body[0].lineno}: an import inside a function"
        assert not late, f"{function.name}, line {late[0].lineno}: an import in the middle of a function"


@pytest.mark.parametrize("file", FILES)
def test_input_and_output_happen_where_the_map_says(file: str) -> None:
    if room_of(file) in {"cli", "net"} or file in MAY_DO_IO:
        return
    for node in ast.walk(parsed(file)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            assert node.func.id not in IO_CALLS, f"line {node.lineno}: {node.func.id}()"
        elif isinstance(node.func, ast.Attribute):
            assert node.func.attr not in IO_METHODS, f"line {node.lineno}: .{node.func.attr}()"


def test_the_map_names_every_room() -> None:
    text = (PACKAGE / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for room in {room_of(file) for file in FILES} - {"__init__", "__main__", "errors"}:
        assert f"\n{room}/" in text, f"ARCHITECTURE.md does not name {room}/"


def test_only_one_file_imports_dask() -> None:
    """It is imported when --dask is given, and nowhere else: it is large, and an extra."""
    found = [file for file in FILES for module, _ in imports(parsed(file)) if module.split(".")[0] in DASK]
    assert set(found) == {"links/cluster.py"}
    importers = [file for file in FILES for module, _ in imports(parsed(file)) if module == "ppreflist.links.cluster"]
    assert importers == ["cli/linkrun.py"]
