"""How check-links scales over a Dask cluster of processes on this machine, beside the same run without one.

    python tests/bench/cluster.py [--links 1000 4000] [--hosts 200] [--latency 0.1] [--delay 0.1]
        [--jobs 128] [--workers 1 2 4] [--threads 1] [--runs 2]

The server and the hosts are those of ``tests/bench/links.py``. The cluster (``dask scheduler``, ``dask worker``) stands
before the clock starts, as a cluster does; its workers have imported ppreflist once. Prints a Markdown table: wall
seconds of the command (best of the runs, process start included), CPU seconds of the command, of the workers and of
the scheduler, requests that the server had, and the wall time relative to one process without a cluster.

All workers share this machine's processors with the server, so what is bound by processor time does not scale here
beyond the processors that are left. What is bound by latency does: see it with ``--jobs 16 --latency 0.3``, where each
worker may have 16 requests in flight.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType

import distributed


def neighbour(name: str) -> ModuleType:
    """Another script of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


links = neighbour("links")


@contextmanager
def dask(*words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{words[0]}", "--host", "127.0.0.1", "--no-dashboard"]
    process = subprocess.Popen([*command, *words[1:]], stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def processor_time(address: str) -> tuple[float, float]:
    """CPU seconds that the workers and the scheduler have used so far."""
    with distributed.Client(address, set_as_default=False) as client:
        of_workers = sum(sum(times[:2]) for times in client.run(os.times).values())
        return of_workers, sum(client.run_on_scheduler(os.times)[:2])


def imported() -> None:
    importlib.import_module("ppreflist.links.cluster")


def command(options: argparse.Namespace, *more: str) -> list[str]:
    ours = [sys.executable, "-m", "ppreflist", "check-links", "--library", "links.bib", "--allow-private", "--json"]
    return [*ours, "--no-history", "--delay", str(options.delay), "--jobs", str(options.jobs), *more]


def compare(urls: list[str], port: int, options: argparse.Namespace) -> None:
    name = f"{len(urls):,} on {options.hosts} hosts"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        links.write(urls, folder)

        def best(*more: str) -> tuple[float, float]:
            links.asked_of(port)
            runs = [links.measured(command(options, *more), folder) for _ in range(options.runs)]
            cost = min(runs, key=lambda each: each.wall)
            return cost.wall, cost.cpu

        alone, cpu = best("--processes", "1")
        asked = links.asked_of(port) // options.runs
        print(f"| {name} | one process | {alone:.2f} | {cpu:.2f} | | | {asked} | 1.00 |", flush=True)
        for count in options.workers:
            with ExitStack() as stack:
                scheduler = stack.enter_context(dask("scheduler", "--port", "0"))
                assert scheduler.stderr is not None
                said = next(line for line in scheduler.stderr if "Scheduler at:" in line)
                address = said.rpartition(" ")[2].strip()
                words = ("worker", address, "--no-nanny", "--nthreads", str(options.threads))
                for _ in range(count):
                    stack.enter_context(dask(*words))
                with distributed.Client(address, set_as_default=False) as client:
                    client.wait_for_workers(count, timeout=60)
                    client.run(imported)
                before = processor_time(address)
                wall, cpu = best("--dask", address)
                asked = links.asked_of(port) // options.runs
                after = processor_time(address)
                theirs, its = ((then - now) / options.runs for now, then in zip(before, after, strict=True))
            kind = f"{count} worker{'s' if count > 1 else ''}"
            figures = f"{wall:.2f} | {cpu:.2f} | {theirs:.2f} | {its:.2f} | {asked} | {wall / alone:.2f}"
            print(f"| {name} | {kind} | {figures} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--links", type=int, nargs="+", default=[1000, 4000])
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--latency", type=float, default=0.1)
    parser.add_argument("--delay", type=float, default=0.1)
    parser.add_argument("--jobs", type=int, default=128, help="requests at once, of each worker")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--threads", type=int, default=1, help="of each worker")
    parser.add_argument("--runs", type=int, default=2)
    options = parser.parse_args()
    print("| links | asked by | wall s | CPU s | workers' CPU s | scheduler's CPU s | requests | relative |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    with links.server(options.latency) as port:
        for count in options.links:
            compare(links.plain_urls(count, options.hosts, port), port, options)


if __name__ == "__main__":
    main()
