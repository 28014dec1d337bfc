"""How long check-links takes, process start included, beside other link checkers on the same server in the same run.

    python tests/bench/links.py [--links 1000 10000] [--hosts 200] [--latency 0.1]
        [--linkchecker PATH] [--linkinator PATH] [--sphinx PATH] [--markdown-link-check PATH]
        [--mix] [--zipf] [--tls] [--processes 1 2]

The server is a process of its own on 127.0.0.1; the hosts are addresses 127.0.x.y (Linux answers all of them), so that
every checker meets them as different hosts. Each answer takes the latency; its body is a page of 2 KiB. ``--mix``
adds a run with what real lists hold: 3 % of the hosts dead, 2 % silent, 5 % of the pages gone, 5 % moved, 5 % refused.
``--tls`` asks the same by https, with a certificate that the openssl command makes for all these addresses and a bundle
of authorities as large as the usual one, so that what it costs to load the bundle is seen.
Prints a Markdown table: wall seconds (best of ``--runs``), CPU seconds, peak memory, requests, and the ratio to ours.

Peers: linkinator (npm), LinkChecker and Sphinx's linkcheck (PyPI), markdown-link-check (npm), when they are on PATH or
named. All but linkinator need minutes for long lists, and are given those of up to ``--slow-peers-up-to`` links.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import certifi

PAGE = b"<!doctype html><html><head><title>A page</title></head><body>" + b"<p>Some text.</p>" * 110 + b"</body></html>"


def reply(status: str, body: bytes = PAGE, extra: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
    return head.encode() + body


ANSWERS = {
    b"/gone": reply("404 Not Found"),
    b"/move": reply("301 Moved Permanently", b"", "Location: /page\r\n"),
    b"/wall": reply("403 Forbidden"),
}
FINE = reply("200 OK")


class Site(asyncio.Protocol):
    """One connection to any of the hosts. Plain callbacks: tasks would take time from those who are measured."""

    asked = 0
    latency = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.held = b""

    def data_received(self, data: bytes) -> None:
        *requests, self.held = (self.held + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1]
            if path == b"/asked":
                self.transport.write(reply("200 OK", str(Site.asked).encode()))
                Site.asked = 0
                continue
            Site.asked += 1
            if not path.startswith(b"/hang"):
                asyncio.get_running_loop().call_later(Site.latency, self.answer, ANSWERS.get(path[:5], FINE))

    def answer(self, page: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(page)


async def serve(latency: float, identity: str) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if identity else None
    if context is not None:
        context.load_cert_chain(identity)
    Site.latency = latency
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Site, "0.0.0.0", 0, backlog=4096, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


@contextmanager
def server(latency: float, identity: Path | str = "") -> Iterator[int]:
    command = [sys.executable, __file__, "--serve", str(latency), "--identity", str(identity)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def identity_for(hosts: int, folder: Path) -> tuple[Path, Path]:
    """A key with a certificate for all hosts, and a bundle of authorities that vouches for it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    names = ",".join(f"IP:{host(number)}" for number in range(hosts))
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=bench", "-addext", f"subjectAltName=IP:127.0.0.1,{names}",
            "-keyout", str(key), "-out", str(certificate),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    identity, bundle = folder / "identity.pem", folder / "bundle.pem"
    identity.write_text(key.read_text() + certificate.read_text(), encoding="ascii")
    bundle.write_text(Path(certifi.where()).read_text(encoding="utf-8") + certificate.read_text(), encoding="utf-8")
    return identity, bundle


def asked_of(port: int, bundle: Path | None = None) -> int:
    """How many requests the server has had since it was last asked this."""
    context = ssl.create_default_context(cafile=bundle) if bundle else None
    scheme = "https" if bundle else "http"
    with urllib.request.urlopen(f"{scheme}://127.0.0.1:{port}/asked", context=context) as answer:
        return int(answer.read())


def host(number: int) -> str:
    return f"127.0.{1 + number // 200}.{1 + number % 200}"


def plain_urls(links: int, hosts: int, port: int) -> list[str]:
    return [f"http://{host(n % hosts)}:{port}/page{n}" for n in range(links)]


def mixed_urls(links: int, hosts: int, port: int, closed: int) -> list[str]:
    """What real lists hold, in fixed places so that every run and every checker has the same."""
    urls = []
    for n in range(links):
        name, site = host(n % hosts), n % hosts
        if site % 100 < 3:
            urls.append(f"http://{name}:{closed}/page{n}")
        elif site % 100 < 5:
            urls.append(f"http://{name}:{port}/hang{n}")
        else:
            kind = {0: "gone", 1: "move", 2: "wall"}.get(n // hosts * 7 % 20, "page") if n % 3 else "page"
            urls.append(f"http://{name}:{port}/{kind}{n}")
    return urls


def zipf_urls(links: int, hosts: int, port: int) -> list[str]:
    """One host has a third of the links, the next half as many as that, and so on (Zipf's law)."""
    weights = [1 / rank for rank in range(1, hosts + 1)]
    scale = links / 3
    counts = [max(1, round(scale * weight)) for weight in weights]
    urls = [f"http://{host(site)}:{port}/page{n}" for site, count in enumerate(counts) for n in range(count)]
    return urls[:links]


@dataclass(frozen=True)
class Cost:
    wall: float
    cpu: float
    memory: float  # MiB, the largest process


def measured(command: list[str], folder: Path, bundle: Path | None = None) -> Cost:
    """Run a command; link checkers end with any code."""
    begun = time.perf_counter()
    environment = {
        **os.environ,
        "PPREFLIST_CACHE_DIR": str(folder / "cache"),
        "PPREFLIST_STATE_DIR": str(folder / "state"),
        "HOME": str(folder),
        **({"REQUESTS_CA_BUNDLE": str(bundle)} if bundle else {}),
    }
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def checkers(options: argparse.Namespace, timeout: float, links: int) -> dict[str, list[str]]:
    ours = [sys.executable, "-m", "ppreflist", "check-links", "--library", "links.bib", "--allow-private", "--json"]
    found = {"ppreflist": [*ours, "--timeout", str(timeout)]}
    if options.processes:
        for count in options.processes:
            name = f"ppreflist, {count} process{'es' if count > 1 else ''}"
            found[name] = [*found["ppreflist"], "--processes", str(count)]
    if options.linkinator:
        found["linkinator"] = [
            options.linkinator, "links.html", "--timeout", str(int(timeout * 1000)), "--concurrency", "128",
        ]  # fmt: skip
    if links > options.slow_peers_up_to:
        return found
    if options.linkchecker:
        found["linkchecker"] = [
            options.linkchecker, "--check-extern", "-r1", "-t", "128", "--timeout", str(int(timeout)), "--no-status",
            "--no-robots", "links.html",
        ]  # fmt: skip
    if options.sphinx:
        found["sphinx linkcheck, 32 workers"] = [
            options.sphinx, "-q", "-b", "linkcheck", "-C", "-D", "root_doc=links", "-D", "linkcheck_workers=32",
            "-D", f"linkcheck_timeout={int(timeout)}", "-D", "include_patterns=links.rst", ".", "sphinx-out",
        ]  # fmt: skip
    if options.markdown_link_check:
        found["markdown-link-check"] = [options.markdown_link_check, "-q", "links.md"]
    return found


def write(urls: list[str], folder: Path) -> None:
    entries = (f"@online{{key{n},\n  title = {{Page {n}}},\n  url = {{{url}}},\n}}\n" for n, url in enumerate(urls))
    (folder / "links.bib").write_text("\n".join(entries), encoding="utf-8")
    items = "\n".join(f'<li><a href="{url}">page</a></li>' for url in urls)
    (folder / "links.html").write_text(f"<!doctype html><title>Links</title><ul>{items}</ul>", encoding="utf-8")
    (folder / "links.md").write_text("".join(f"* [page]({url})\n" for url in urls), encoding="utf-8")
    rst = "".join(f"* `page {n} <{url}>`__\n" for n, url in enumerate(urls))
    (folder / "links.rst").write_text(f"Links\n=====\n\n{rst}", encoding="utf-8")


def compare(
    name: str, urls: list[str], port: int, options: argparse.Namespace, timeout: float, bundle: Path | None = None
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)  # linkchecker gives its rights away when it runs as root
        write(urls, folder)
        ours = 0.0
        for checker, command in checkers(options, timeout, len(urls)).items():
            if bundle is not None and not checker.startswith("ppreflist"):
                continue
            asked_of(port, bundle)
            times = options.runs if checker.startswith("ppreflist") else 1
            runs = [measured(command, folder, bundle) for _ in range(times)]
            asked = asked_of(port, bundle) // len(runs)
            best = min(runs, key=lambda cost: cost.wall)
            ours = ours or best.wall
            figures = f"{best.wall:.2f} | {best.cpu:.2f} | {best.memory:.0f} | {asked} | {best.wall / ours:.1f}"
            print(f"| {name} | {checker} | {figures} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--links", type=int, nargs="+", default=[1000])
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--latency", type=float, default=0.1)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--mix", action="store_true")
    parser.add_argument("--zipf", action="store_true")
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--processes", type=int, nargs="*", help="also with so many processes")
    parser.add_argument("--linkchecker", default=shutil.which("linkchecker"))
    parser.add_argument("--linkinator", default=shutil.which("linkinator"))
    parser.add_argument("--sphinx", default=shutil.which("sphinx-build"))
    parser.add_argument("--markdown-link-check", default=shutil.which("markdown-link-check"))
    parser.add_argument("--slow-peers-up-to", type=int, default=1000, metavar="LINKS")
    parser.add_argument("--serve", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--identity", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve is not None:
        asyncio.run(serve(options.serve, options.identity))
        return
    print("| links | checker | wall s | CPU s | MiB | requests | ratio |\n|---|---|--:|--:|--:|--:|--:|")
    with server(options.latency) as port:
        for links in options.links:
            compare(f"{links:,} on {options.hosts} hosts", plain_urls(links, options.hosts, port), port, options, 20)
        if options.zipf:
            urls = zipf_urls(1000, options.hosts, port)
            compare(f"{len(urls):,}, a third on one host", urls, port, options, 20)
        if options.mix:
            with socket.create_server(("127.0.0.1", 0)) as taken:
                closed = taken.getsockname()[1]
            compare("1,000 mixed, 5 s time-out", mixed_urls(1000, options.hosts, port, closed), port, options, 5)
    if options.tls:
        with tempfile.TemporaryDirectory() as place:
            identity, bundle = identity_for(options.hosts, Path(place))
            with server(options.latency, identity) as port:
                urls = [url.replace("http:", "https:") for url in plain_urls(1000, options.hosts, port)]
                compare("1,000 by https", urls, port, options, 20, bundle)


if __name__ == "__main__":
    main()
