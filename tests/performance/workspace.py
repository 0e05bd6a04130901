"""The workspace on a dive of a million findings: one user, and fifty at once, against gunicorn with two processes.

`python -m tests.performance.workspace FOLDER DIVE` measures and prints it as JSON. Everybody is logged in; each request
is one of many different ones, so that hardly any page is asked for twice: nothing is answered from a former answer.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote_plus

import polars as pl

from tests.performance.diving import dive_file_of, force_of
from tests.performance.figures import Figure
from tests.performance.many_times_a_dive import many_times

ROOT = Path(__file__).parents[2]
PORT = 8112
PROCESSES, THREADS, AT_ONCE = 2, 4, 50
ONE_USER, EACH_OF_FIFTY = 150, 12  # requests
MOST_MILLISECONDS, MOST_AT_ONCE, MOST_GIGABYTES, MOST_QUERIES = 300, 1_000, 2.0, 12
MOST_FOR_EXPORT = 500  # megabytes
KINDS = {
    "lists": "Pages of the whole list",
    "filters": "Lists with filters",
    "sorts": "Filtered and in another order",
    "cases": "One case with its picture",
    "charts": "A measure with its charts",
}
CASES = 40
EVENTS = 350_000  # of the made-up force; its cases are then taken many times
FINDINGS = 1_000_000  # of the dive that is served, at least
WORKSPACE = """workspace of: force
force: A made-up force
office: A made-up office
duty post: {name: the duty inspector, telephone: 01632 960 101}
professional standards: {name: professional standards, telephone: 01632 960 102}
demonstration: yes
"""
PREPARE = """
import sys
from pathlib import Path
from wardline_workspace.deployment import running
running.set_up(Path(sys.argv[1]))
running.migrate()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.conf import settings
from wardline_workspace.cases.opened_findings import findings_of
from wardline_workspace.demonstration.accounts import make_accounts
from wardline_workspace.dives.actions import add_dive
from wardline_workspace.people.models import Account
make_accounts()
added = add_dive(Path(sys.argv[2]), by="")
index = findings_of(added)
account = Account.objects.get(role="force-lead")
from django.urls import NoReverseMatch, reverse
from wardline_workspace.cases.actions import give_reason
from wardline_workspace.cases.chosen import Chosen
from wardline_workspace.cases.models import Reason
from wardline_workspace.dives.opened import opened
from wardline_workspace.trail.codes import case_code
step = max(1, index.size // CASES)
cases = []
for row in index.rows(index.positions(Chosen())[::step]):
    code = case_code(added.slug, row["case_id"])
    give_reason(dive=added, case=row["case_id"], code=code, reason=Reason.AUDIT, text="", by=account)
    cases.append(reverse("case", args=[added.slug, code]))
from wardline_workspace.cases.export import export_of
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 10**6
before = most = held()
for _ in export_of(added, index, Chosen(), "csv", marking="M"):
    most = max(most, held())
try:
    names = [one.name for one in opened(added).settings.measures]
    charts = [reverse("dive_measure", args=[added.slug, name]) for name in names]
except NoReverseMatch:
    charts = []
session = SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.save()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
setup_test_environment()
client = Client()
client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
with CaptureQueriesContext(connection) as queries:
    assert client.get("/", headers={"host": "localhost"}).status_code == 200
import json
print(json.dumps({"slug": added.slug, "cookie": settings.SESSION_COOKIE_NAME, "session": session.session_key,
    "cases": cases, "charts": charts, "findings": index.size, "queries": len(queries), "export": most - before,
    "choices": {one.name: [value for value, _ in one.choices] for one in index.asked}}))
"""


@dataclass(frozen=True)
class Served:
    """A workspace that runs, and what can be asked of it."""

    slug: str
    cookie: str
    findings: int
    queries: int
    choices: dict[str, list[str]]
    cases: list[str]
    charts: list[str]
    export: float  # megabytes

    @property
    def kinds(self) -> list[str]:
        """What can be asked for."""
        return [kind for kind in KINDS if kind != "charts" or self.charts]


def what_was_served(folder: Path, dive: Path) -> tuple[list[Figure], str]:
    """The figures, and what was measured in words."""
    workspace = folder / "workspace"
    workspace.mkdir(parents=True)
    (workspace / "workspace.yaml").write_text(WORKSPACE, encoding="utf-8")
    # One thread of Polars in each process: there are as many processes as cores.
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}", "POLARS_MAX_THREADS": "1"}
    served = _prepared(workspace, dive, environment)
    command = [sys.executable, "-m", "wardline.cli", "serve", str(workspace / "workspace.yaml")]
    server = subprocess.Popen([*command, "--port", str(PORT), "--workers", str(PROCESSES)], env=environment, cwd=ROOT)
    try:
        _wait_until_open(served)
        first = _opened_in_each(served)
        alone = {kind: _times(served, _asked(served, kind, ONE_USER, seed=at)) for at, kind in enumerate(served.kinds)}
        before = [_processor_seconds(child) for child in _children(server.pid)]
        together = _at_once(served)
        children = _children(server.pid)
        spent = sum(_processor_seconds(child) for child in children) - sum(before)
        memory = [_gigabytes(child) for child in children]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    return _figures(served, first, alone, together, spent * 1_000 / len(together), memory), _in_words(served)


def _prepared(workspace: Path, dive: Path, environment: dict[str, str]) -> Served:
    done = subprocess.run(
        [sys.executable, "-c", PREPARE.replace("CASES", str(CASES)), str(workspace / "workspace.yaml"), str(dive)],
        env=environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    cookie = f"{told['cookie']}={told['session']}"
    return Served(
        told["slug"], cookie, *(told[name] for name in ("findings", "queries", "choices", "cases", "charts", "export"))
    )


def _asked(served: Served, kind: str, many: int, *, seed: int) -> Iterator[str]:
    """Addresses of one kind, hardly one twice."""
    draw = random.Random(seed)
    for _ in range(many):
        yield _address(served, kind, draw)


def _address(served: Served, kind: str, draw: random.Random) -> str:
    if kind in ("cases", "charts"):
        return draw.choice(served.cases if kind == "cases" else served.charts)
    chosen: list[tuple[str, str]] = []
    if kind != "lists":
        for name in served.choices:
            if draw.random() < 0.3:
                values = served.choices[name]
                picked = set(draw.sample(values, min(len(values), 1 + (draw.random() < 0.3))))
                chosen += [(name, value) for value in values if value in picked]
    if kind == "sorts":
        chosen.append(("sort", draw.choice(("wait", "late", "case"))))
    if kind == "lists":
        chosen.append(("page", str(draw.randrange(2, served.findings // 25))))
    query = "&".join(f"{name}={quote_plus(value, safe='/')}" for name, value in chosen)
    return f"/dives/{served.slug}/findings/" + (f"?{query}" if query else "")


def _times(served: Served, addresses: Iterator[str]) -> list[float]:
    """How long each answer took, in milliseconds, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
    found = []
    for address in addresses:
        start = time.perf_counter()
        status = _get(connection, served, address)
        found.append((time.perf_counter() - start) * 1_000)
        assert status == 200, f"{status} at {address}"
    return found


def _get(connection: http.client.HTTPConnection, served: Served, address: str) -> int:
    """The status, after a redirect to the tidy address where the order of a query was another."""
    for _ in range(3):
        connection.request("GET", address, headers={"Cookie": served.cookie, "Host": "localhost"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 302:
            return answer.status
        address = answer.headers["Location"]
    return 302


def _at_once(served: Served) -> list[float]:
    """Fifty people, each with one request after the other, without a pause."""
    found: list[list[float]] = [[] for _ in range(AT_ONCE)]
    kinds = [kind for kind in served.kinds if kind != "cases"]  # a case is opened by one at a time

    def one(at: int) -> None:
        draw = random.Random(1_000 + at)
        addresses = (_address(served, draw.choice(kinds), draw) for _ in range(EACH_OF_FIFTY))
        found[at] = _times(served, addresses)

    people = [threading.Thread(target=one, args=(at,)) for at in range(AT_ONCE)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    times = [time_ for of_one in found for time_ in of_one]
    assert len(times) == AT_ONCE * EACH_OF_FIFTY, "somebody's request was not answered"
    return times


def _wait_until_open(served: Served) -> None:
    for _ in range(240):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
            _get(connection, served, "/")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise AssertionError("the workspace did not start")


def _opened_in_each(served: Served) -> float:
    """The longest of the first requests, which open the dive in each process; in seconds."""
    longest = 0.0
    for kind in served.kinds:
        threads = []
        for _ in range(PROCESSES * 8):
            threads.append(
                threading.Thread(target=_times, args=(served, iter([_address(served, kind, random.Random(1))])))
            )
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        longest = max(longest, time.perf_counter() - start)
    return longest


def _children(pid: int) -> list[int]:
    """The processes that answer: those that the first one started."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True)
    return [int(line) for line in listed.stdout.split()]


def _gigabytes(pid: int) -> float:
    """The most memory that a process ever held."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 10**9


def _processor_seconds(pid: int) -> float:
    """The time that a process has had on a processor."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _slowest(times: Sequence[float]) -> float:
    """Nineteen of twenty took no longer."""
    return quantiles(times, n=20)[-1]


def _figures(
    served: Served,
    first: float,
    alone: dict[str, list[float]],
    together: list[float],
    spent: float,
    memory: list[float],
) -> list[Figure]:
    found = [
        Figure(
            f"{KINDS[kind]}, one user: 95 of 100 within",
            f"{_slowest(times):.0f} ms",
            f"under {MOST_MILLISECONDS} ms",
            _slowest(times) < MOST_MILLISECONDS,
        )
        for kind, times in alone.items()
    ]
    found.append(
        Figure(
            f"Lists and charts, {AT_ONCE} users at once: 95 of 100 within",
            f"{_slowest(together):.0f} ms",
            f"under {MOST_AT_ONCE} ms",
            _slowest(together) < MOST_AT_ONCE,
        )
    )
    found.append(Figure("Processor time for one of these answers", f"{spent:.1f} ms", "–", True))
    found.append(
        Figure(
            "Most memory held by a process",
            f"{max(memory):.2f} GB",
            f"under {MOST_GIGABYTES:g} GB",
            max(memory) < MOST_GIGABYTES,
        )
    )
    found.append(
        Figure(
            "Memory that taking all of them along as CSV adds",
            f"{served.export:.0f} MB",
            f"under {MOST_FOR_EXPORT} MB",
            served.export < MOST_FOR_EXPORT,
        )
    )
    found.append(
        Figure(
            "Queries of the home page", f"{served.queries}", f"at most {MOST_QUERIES}", served.queries <= MOST_QUERIES
        )
    )
    found.append(Figure("Opening the dive in both processes, once after a start", f"{first:.1f} s", "–", True))
    return found


def _in_words(served: Served) -> str:
    return (
        f"A dive of {served.findings:,} findings, the cases of a smaller one many times over, served by gunicorn with "
        f"{PROCESSES} processes of\n{THREADS} threads on two cores, from SQLite; whoever asks has the same two cores. "
        f"One user asks {ONE_USER} times for each; filters and orders are\ndrawn at random, so that hardly any page is "
        f"asked for twice. {AT_ONCE} users at once ask {EACH_OF_FIFTY} times each for lists and charts mixed,\nwithout "
        "a pause. Each view is written into the trail. No answer is kept for the next request."
    )


def dive_served(forces: Path) -> Path:
    """The folder of a dive of a million findings; made here where a run before left none."""
    dive, made = forces / "served-dive", forces / "served-once"
    if not (made / "manifest.json").exists():
        exports = force_of(forces / "served", EVENTS)
        described = forces / "served-described"
        described.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "wardline.cli", "dive", str(dive_file_of(exports, described))]
        subprocess.run([*command, "--out", str(made)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    if not (dive / "manifest.json").exists():
        found = pl.scan_parquet(made / "findings.parquet").select(pl.len()).collect().item()
        many_times(made, -(-FINDINGS // found), dive)
    return dive


if __name__ == "__main__":
    figures, told = what_was_served(Path(sys.argv[1]), Path(sys.argv[2]))
    print(json.dumps({"told": told, "figures": [vars(one) for one in figures]}, indent=1))
