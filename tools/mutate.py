"""Change the code on purpose, a little at a time, and see whether a test notices: `make mutate`.

What was changed since the merge base with main is tried, in the four rooms that count and word things; `make mutate
PATHS="src/wardline/dive/kept/keys.py"` tries other files, and `SINCE=HEAD~3` counts from another commit. The work is
done on a copy in build/mutation, so nothing of the repository is touched. A mutant that no test kills is printed as
the line it changes: write the test that kills it, or see that the line says nothing and take it away.

A mutant is put only to the tests that were seen to call its function. What a fixture of a whole module calls, only the
first test calls that asks for it: the others are not tried, and a mutant lives that they would kill.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "build" / "mutation"
ROOMS = ("measures", "dive", "reports", "record_systems", "table_files", "workbooks")
ALSO_NEEDED = ("docs", "examples", "specification", "tools", "GLOSSARY.md", "README.md", "CHANGELOG.md")


def main() -> int:
    """Print every mutant that lives; 0 if there is none."""
    arguments = _arguments()
    sources = [Path(path) for path in arguments.paths] or changed_since(arguments.since)
    if not sources:
        print(f"Nothing in {', '.join(ROOMS)} was changed since {arguments.since}.")
        return 0
    tests = arguments.tests or tests_of(sources)
    print(f"Mutating {len(sources)} files; killed by {' '.join(tests)}.", flush=True)
    make_copy(sources, tests)
    finished = _run(arguments.minutes)
    return _tell(finished)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", help="files or folders of src/wardline; left out: what was changed")
    parser.add_argument("--since", default="main", help="a commit; what was changed since its merge base with HEAD")
    parser.add_argument("--tests", nargs="*", help="the tests that are to notice; left out: those of the room")
    parser.add_argument("--minutes", type=float, default=20, help="stop after so long, and tell what was found by then")
    return parser.parse_args()


def changed_since(commit: str) -> list[Path]:
    """The modules of the rooms that differ from the merge base with a commit, in the working tree too."""
    base = _git("merge-base", commit, "HEAD")
    rooms = [f"src/wardline/{room}" for room in ROOMS]
    changed = _git("diff", "--name-only", "--diff-filter=d", base, "--", *rooms).splitlines()
    return [Path(path) for path in changed if path.endswith(".py")]


def tests_of(sources: list[Path]) -> list[str]:
    """The unit tests that mirror these sources: the nearest folder of tests/unit that there is; the tests on files of
    the same room, as tests/integration/record_systems/rows; and elsewhere the tests that are named after one of them,
    as tests/integration/dive/test_what_if.py is after dive/questions/what_if.py.
    """
    found = []
    for source in sources:
        room = source.parts[2:-1] if source.suffix else source.parts[2:]
        folder, on_files = Path("tests/unit", *room), Path("tests/integration", *room)
        if len(room) > 1 and (ROOT / on_files).is_dir():
            found.append(on_files.as_posix())
        while not (ROOT / folder).is_dir():
            folder = folder.parent
        found.append(folder.as_posix())
        for module in [ROOT / source] if source.suffix else (ROOT / source).rglob("*.py"):
            named = (ROOT / "tests" / "integration").rglob(f"test_{module.stem}.py")
            found += [path.relative_to(ROOT).as_posix() for path in named]
    return sorted(set(found))


def make_copy(sources: list[Path], tests: list[str]) -> None:
    """A copy of what git has and what was not committed yet, with the settings of this run."""
    shutil.rmtree(COPY, ignore_errors=True)
    for path in _git("ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if (ROOT / path).is_file():
            (COPY / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, COPY / path)
    settings = {
        "source_paths": ["src"],
        "only_mutate": [path.as_posix() if path.suffix else f"{path.as_posix()}/*" for path in sources],
        "also_copy": [name for name in ALSO_NEEDED if (COPY / name).exists()],
        "pytest_add_cli_args_test_selection": tests,
        "pytest_add_cli_args": ["-p", "no:cacheprovider"],
        # Polars has threads of its own once it was used, and a fork of such a process hangs: each worker is forked
        # from a process that has imported the tests and run none of them.
        "process_isolation": "forkserver",
        "forkserver_warmup": "collect",
    }
    lines = [f"{key} = {value!r}" for key, value in settings.items()]
    with (COPY / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(["", "[tool.mutmut]", *lines, ""]))


def _run(minutes: float) -> bool:
    """Whether every mutant was tried in that time."""
    program = [sys.executable, "-m", "mutmut"]
    try:
        ran = subprocess.run(
            [*program, "run"], cwd=COPY, timeout=minutes * 60, capture_output=True, text=True, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"Stopped after {minutes:g} minutes, before every mutant was tried.")
        return False
    if ran.returncode:
        print(ran.stdout[-4000:], ran.stderr[-4000:])
    return ran.returncode == 0


def _tell(finished: bool) -> int:
    told = _mutmut("results", "--all", "true")
    states = dict(re.findall(r"^\s*(\S+): (.+)$", told, re.MULTILINE))
    living = [name for name, state in states.items() if state in ("survived", "no tests", "suspicious")]
    for name in living:
        difference = _mutmut("show", name)
        lines = [line for line in difference.splitlines() if re.match(r"[-+](?![-+])", line)]
        print(f"\n{name}: {states[name]}", *lines, sep="\n  ")
    counted = ", ".join(f"{count} {state}" for state, count in Counter(states.values()).most_common())
    print(f"\n{len(states)} mutants: {counted or 'none was made'}.")
    return 0 if finished and not living else 1


def _mutmut(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments], cwd=COPY, capture_output=True, text=True, check=False
    ).stdout


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
