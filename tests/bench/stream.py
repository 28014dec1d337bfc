"""How much memory check-links takes for lists of any length, how fast it is, and what a killed run asks again.

    python -m tests.bench.stream [--links 10000 100000] [--hosts 2000] [--sorted] [--offline] [--processes N] [--kill]

The list is a text file with an address a line; the server is that of ``links.py``, without latency, on addresses
127.x.y.z. ``--kill`` ends the first run with SIGKILL when the server has had half of the requests, and goes on with
``--resume``: the two together should ask little more than there are links. Prints a Markdown table: wall and CPU
seconds, links a second, the peak memory of the parent and of its largest other process (MiB), requests, and the size
of the history (MiB).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.links import asked_of, server


def host(number: int) -> str:
    return f"127.{1 + number // 62500}.{1 + number // 250 % 250}.{1 + number % 250}"


def write(path: Path, options: argparse.Namespace, links: int, port: int) -> None:
    hosts = min(options.hosts, links)
    with path.open("w", encoding="ascii") as file:
        for number in range(links):
            site = number * hosts // links if options.sorted else number % hosts
            file.write(f"http://{host(site)}:{port}/volume-{number // 1000}/page{number}\n")


@dataclass
class Memory:
    """The peak memory of processes, by their ids, as Linux tells it while they live (MiB)."""

    peaks: dict[int, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def watching(self, parent: int) -> Iterator[None]:
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.1):
                for pid in (parent, *_children(parent)):
                    self.peaks[pid] = max(self.peaks.get(pid, 0.0), _peak(pid))

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _children(parent: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []


def _peak(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return 0.0


def run(name: str, command: list[str], folder: Path, links: int, port: int, kill_at: int = 0) -> None:
    environment = {**os.environ, "PPREFLIST_STATE_DIR": str(folder / "state"), "HOME": str(folder)}
    memory = Memory()
    begun, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    asked = 0
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL)
    with memory.watching(process.pid):
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
                break
            if kill_at:
                asked += asked_of(port)
                if asked >= kill_at:
                    process.send_signal(signal.SIGKILL)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    others = [peak for pid, peak in memory.peaks.items() if pid != process.pid]
    asked += asked_of(port)
    size = sum(each.stat().st_size for each in (folder / "state").glob("*")) / 2**20
    written = (folder / "found.jsonl").read_bytes().count(b"\n") if (folder / "found.jsonl").exists() else 0
    print(
        f"| {name} | {wall:.1f} | {cpu:.1f} | {(asked or links) / wall:.0f} | {memory.peaks[process.pid]:.0f} |"
        f" {max(others, default=0):.0f} | {asked} | {size:.0f} | {written} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--links", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--hosts", type=int, default=2000)
    parser.add_argument("--sorted", action="store_true", help="the links of a host stand together")
    parser.add_argument("--offline", action="store_true")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--kill", action="store_true")
    options = parser.parse_args()
    print("| links | wall s | CPU s | links/s | MiB | MiB of another process | requests | history MiB | lines |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    ours = [sys.executable, "-m", "ppreflist", "check-links", "list.txt", "--format", "jsonl", "-o", "found.jsonl"]
    ours += ["--allow-private", "--delay", "0", "--processes", str(options.processes)]
    ours += ["--offline"] if options.offline else []
    with server(0.0) as port:
        for links in options.links:
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place)
                (folder / "state").mkdir()
                write(folder / "list.txt", options, links, port)
                asked_of(port)
                if options.kill:
                    run(f"{links:,}, killed", ours, folder, links, port, kill_at=links // 2)
                    run(f"{links:,}, resumed", [*ours, "--resume"], folder, links, port)
                else:
                    run(f"{links:,}", ours, folder, links, port)


if __name__ == "__main__":
    main()
