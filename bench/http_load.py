"""Ask one server the same things by turns, and tell how many it answers a second."""

import http.client
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

Ask = tuple[str, str, bytes, dict[str, str]]


@dataclass
class Contestant:
    """Something to ask for: `ask(n)` is the n-th request; `rates` what was measured."""

    name: str
    ask: Callable[[int], Ask]
    good: frozenset[int] = frozenset({200})
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    size: int = 0
    # Takes minutes: asked for once, by one client.
    once: bool = False
    asked: int = 0

    @property
    def rate(self) -> float:
        """Return the median of the requests per second."""
        return statistics.median(self.rates)

    @property
    def milliseconds(self) -> float:
        """Return the median of the server's CPU milliseconds for one request."""
        return statistics.median(self.cpu)


def race(
    contestants: list[Contestant],
    *,
    port: int,
    workers: list[int],
    rounds: int,
    seconds: float,
    clients: int,
) -> None:
    """Measure all by turns, so that what else the machine does hits all alike."""
    for round_ in range(rounds + 1):
        for each in contestants:
            if each.once:
                if round_ == 1:
                    _measure(each, port, workers, 0, 1, round_)
                continue
            # The first round fills caches and counts for nothing.
            _measure(each, port, workers, seconds if round_ else 0.5, clients, round_)


def _measure(
    each: Contestant,
    port: int,
    workers: list[int],
    seconds: float,
    clients: int,
    round_: int,
) -> None:
    ends = time.perf_counter() + seconds
    numbers = iter(range(each.asked, 10**9))

    def client(_place: int) -> int:
        done = 0
        while not done or time.perf_counter() < ends:
            number = next(numbers)
            each.asked = number + 1
            each.size = _send(port, *each.ask(number), each)
            done += 1
        return done

    begun, spent = time.perf_counter(), cpu_seconds(workers)
    with ThreadPoolExecutor(clients) as pool:
        done = sum(pool.map(client, range(clients)))
    if round_:
        each.rates.append(done / (time.perf_counter() - begun))
        each.cpu.append(1000 * (cpu_seconds(workers) - spent) / done)


def _send(
    port: int,
    method: str,
    path: str,
    body: bytes,
    headers: dict[str, str],
    each: Contestant,
) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3_600)
    connection.request(method, path, body or None, headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status not in each.good:
        raise SystemExit(
            f"{each.name}: {method} {path} answered {response.status}: {body[:300]!r}"
        )
    return len(body)


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
