"""Ask one server the same things by turns, and tell how many it answers a second."""

import socket
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

Ask = tuple[str, str, bytes, dict[str, str]]
# An answer that takes longer is none; of what is known to be slow, so much longer.
PATIENCE, SLOW_PATIENCE = 30, 120
SERVER_ERROR = 500
RECEIVED = 1 << 18


class Failed(Exception):
    """The server answered something else than was asked for."""


@dataclass
class Contestant:
    """Something to ask for: `ask(n)` is the n-th request; `rates` what was measured."""

    name: str
    ask: Callable[[int], Ask]
    good: frozenset[int] = frozenset({200})
    # Takes minutes: asked for once, after all others, and for `SLOW_PATIENCE` only.
    is_slow: bool = False
    numbers: Iterator[int] = field(default_factory=count)
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    size: int = 0
    # Measured apart, so that what is written does not change what is read.
    is_write: bool = False
    # No answer came in time: the rate is what it stays below.
    gave_up: bool = False
    # It fails by itself when asked by many at once: this is told, and counts for nothing.
    may_fail: bool = False
    failures: int = 0

    @property
    def rate(self) -> float:
        """Return the median of the requests per second."""
        return statistics.median(self.rates)

    @property
    def milliseconds(self) -> float:
        """Return the median of the server's CPU milliseconds for one request."""
        return statistics.median(self.cpu)


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where to ask, by how many at once, and whose CPU time that is."""

    port: int
    workers: list[int]
    clients: int

    def race(
        self, contestants: list[Contestant], *, rounds: int, seconds: float
    ) -> None:
        """Measure all by turns, so that what else the machine does hits all alike.

        Raises Failed for the first answer that is not one.
        """
        quick = [each for each in contestants if not each.is_slow]
        for each in quick:
            self._send(each, PATIENCE)
        for each in quick:
            # Fills caches, and counts for nothing.
            self._asked(each, until=time.perf_counter() + seconds / 2)
        for round_ in range(rounds):
            # In another order each time, or load that comes and goes would favour some.
            for each in Random(round_).sample(quick, len(quick)):
                self._measure(each, seconds)
        for each in contestants:
            if each.is_slow:
                self._measure_slow(each)

    def _measure(self, each: Contestant, seconds: float) -> None:
        begun, spent = time.perf_counter(), cpu_seconds(self.workers)
        done = self._asked(each, until=begun + seconds) or 1
        each.rates.append(done / (time.perf_counter() - begun))
        each.cpu.append(1000 * (cpu_seconds(self.workers) - spent) / done)

    def _asked(self, each: Contestant, *, until: float) -> int:
        """Let all clients ask until then, each at least once; return how often."""

        def client(_place: int) -> int:
            done = 0
            while True:
                done += self._send(each, PATIENCE)
                if time.perf_counter() >= until:
                    return done

        with ThreadPoolExecutor(self.clients) as pool:
            return sum(pool.map(client, range(self.clients)))

    def _measure_slow(self, each: Contestant) -> None:
        """Ask each process for one answer, and wait for both or till patience ends."""
        many = len(self.workers)
        begun, spent = time.perf_counter(), cpu_seconds(self.workers)
        with ThreadPoolExecutor(many) as pool:
            try:
                list(pool.map(lambda _: self._send(each, SLOW_PATIENCE), range(many)))
            except TimeoutError:
                each.gave_up = True
        each.rates.append(many / (time.perf_counter() - begun))
        each.cpu.append(1000 * (cpu_seconds(self.workers) - spent) / many)

    def _send(self, each: Contestant, patience: float) -> bool:
        """Ask once; say whether it was answered."""
        method, path, body, headers = each.ask(next(each.numbers))
        status, got = self._exchange(_written(method, path, body, headers), patience)
        if status >= SERVER_ERROR and each.may_fail:
            each.failures += 1
            return False
        if status not in each.good:
            raise Failed(
                f"{each.name}: {method} {path} answered {status}: "
                f"{got[:2_000].decode(errors='replace')}"
            )
        each.size = len(got)
        return True

    def _exchange(self, request: bytes, patience: float) -> tuple[int, bytes]:
        """Send a request on a connection of its own; return status and body.

        Without Python's client: it takes as long as some answers, on the same cores.
        """
        with socket.create_connection(("127.0.0.1", self.port), patience) as wire:
            wire.sendall(request)
            received = b"".join(iter(partial(wire.recv, RECEIVED), b""))
        head, _, body = received.partition(b"\r\n\r\n")
        return int(head[9:12]), body


def _written(method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def cpu_seconds(workers: list[int]) -> float:
    """Return the CPU time that processes have used so far, from /proc."""
    ticks = 0
    for worker in workers:
        fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / 100


def children(pid: int) -> Iterator[int]:
    """Yield the processes that a process has started."""
    yield from map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
