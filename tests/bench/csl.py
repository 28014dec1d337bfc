"""How fast the CSL processor is, beside its peers, in one run and on the same references.

::

    npm install --prefix /tmp/js citeproc          # citeproc-js, when there is node
    pip install pypandoc-binary                    # or a pandoc in PATH
    NODE_PATH=/tmp/js/node_modules python -m tests.bench.csl [--style apa] [--slow] [--huge]

Every measurement is a process of its own from cold start: CPU seconds (user and system) and peak memory as the
operating system counts them, the best of ``--repeat`` runs. A peer that is not there is left out. ``--slow`` lets
the slow peers do 10,000 references too (minutes; pandoc hours), ``--huge`` lets ours do 100,000.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.bench.csl_items import make_items

from ppreflist.csl import locate

_SIZES = (100, 1_000, 10_000)
_HERE = Path(__file__).parent


class Cost(NamedTuple):
    """CPU seconds and peak MiB of one process."""

    seconds: float
    memory: float


class Peer(NamedTuple):
    """A processor: its name, the command for (items file, style file), how many references it does in bearable time."""

    name: str
    command: Callable[[Path, Path], list[str]]
    most: int


def measure(command: list[str]) -> Cost:
    """Run the command and take what the system says of it."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=_HERE.parent.parent)
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed:\n{errors.decode(errors='replace')[-1000:]}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def find_peers(*, slow: bool) -> list[Peer]:
    """Ours and the peers that are installed."""
    this = [sys.executable, "-m", "tests.bench.csl"]
    bearable = 10_000 if slow else 1_000
    peers = [Peer("ppreflist", lambda items, style: [*this, "--render", str(items), str(style)], 100_000)]
    if importlib.util.find_spec("citeproc") is not None:
        peers.append(
            Peer("citeproc-py", lambda items, style: [*this, "--render-citeproc-py", str(items), str(style)], bearable)
        )
    node = shutil.which("node")
    if node and not subprocess.run([node, "-e", "require('citeproc')"], capture_output=True, check=False).returncode:
        driver = str(_HERE / "citeproc_once.js")
        peers.append(Peer("citeproc-js", lambda items, style: [node, driver, str(items), str(style)], 10_000))
    pandoc = _find_pandoc()
    if pandoc:
        options = ["-f", "csljson", "-t", "html", "--citeproc"]
        peers.append(Peer("pandoc", lambda items, style: [pandoc, *options, f"--csl={style}", str(items)], bearable))
    return peers


def _find_pandoc() -> str | None:
    found = shutil.which("pandoc")
    if found is None and importlib.util.find_spec("pypandoc") is not None:
        found = str(importlib.import_module("pypandoc").get_pandoc_path())
    return found


def render_ours(items: str, style: str) -> None:
    from ppreflist.csl.processor import Processor
    from ppreflist.csl.style import load_style

    references = json.loads(Path(items).read_text("utf-8"))
    loaded = load_style(Path(style).read_text("utf-8"), parent=locate.parent_text)
    processor = Processor(loaded, locale_text=locate.locale_text, links=False)
    sys.stdout.write(processor.bibliography(references).text)


def render_citeproc_py(items: str, style: str) -> None:
    import warnings

    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    warnings.simplefilter("ignore")
    references = json.loads(Path(items).read_text("utf-8"))
    loaded = CitationStylesStyle(style, validate=False)
    bibliography = CitationStylesBibliography(loaded, CiteProcJSON(references), formatter.html)
    for reference in references:
        bibliography.register(Citation([CitationItem(reference["id"])]))
    bibliography.sort()
    sys.stdout.write("\n".join(str(entry) for entry in bibliography.bibliography()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--style", default="apa")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--huge", action="store_true")
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--render", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--render-citeproc-py", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.make:
        size, path = arguments.make
        Path(path).write_text(json.dumps(make_items(int(size))), "utf-8")
    elif arguments.render:
        render_ours(*arguments.render)
    elif arguments.render_citeproc_py:
        render_citeproc_py(*arguments.render_citeproc_py)
    else:
        with tempfile.TemporaryDirectory() as folder:
            report(arguments, Path(folder))


def report(arguments: argparse.Namespace, folder: Path) -> None:
    style = folder / "style.csl"
    style.write_text(locate.style_text(arguments.style), "utf-8")
    (folder / "locale.xml").write_text(locate.locale_text("en-US") or "", "utf-8")
    sizes = (*_SIZES, 100_000) if arguments.huge else _SIZES
    items = {}
    for size in sizes:
        items[size] = folder / f"items-{size}.json"
        # In a process of its own: the system counts what a parent holds as the peak of its children, too.
        subprocess.run([sys.executable, "-m", "tests.bench.csl", "--make", str(size), str(items[size])], check=True)
    print(f"CPU seconds from cold start for a bibliography in {arguments.style} (times ours); peak memory in MiB\n")
    print("| processor | " + " | ".join(f"{size:,}" for size in sizes) + " | memory |")
    print("|---|" + "---:|" * (len(sizes) + 1))
    ours: dict[int, float] = {}
    for peer in find_peers(slow=arguments.slow):
        cells, memory = [], 0.0
        for size in sizes:
            if size > peer.most:
                cells.append("")
                continue
            repeat = arguments.repeat if size <= 1_000 or peer.name == "ppreflist" else 1
            costs = [measure(peer.command(items[size], style)) for _ in range(repeat)]
            best = min(cost.seconds for cost in costs)
            memory = max(cost.memory for cost in costs)
            ours.setdefault(size, best)
            cells.append(f"{best:.2f}" + ("" if peer.name == "ppreflist" else f" ({best / ours[size]:.0f}×)"))
        print(f"| {peer.name} | " + " | ".join(cells) + f" | {memory:.0f} |", flush=True)
    idle = ours[100] - (ours[1_000] - ours[100]) / 9
    per = {size: (seconds - idle) / size * 1e6 for size, seconds in ours.items() if size >= 1_000}
    listed = ", ".join(f"{size:,}: {cost:.0f}" for size, cost in per.items())
    print(f"\nours: {idle:.2f} s to start; microseconds a reference: {listed}")


if __name__ == "__main__":
    main()
