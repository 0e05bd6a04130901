"""The library never asks what time it is, and only time_limits/ does arithmetic with dates."""

import ast
from collections.abc import Iterator

from tests.architecture.repository import imports_of, library_trees

CLOCK_CALLS = {"now", "utcnow", "today", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
CLOCK_IMPORTS = {"time.time", "time.time_ns", "time.monotonic", "time.localtime", "time.gmtime"}
ARITHMETIC_IMPORTS = {"calendar.monthrange", "zoneinfo.ZoneInfo"}
ARITHMETIC_OF_COLUMNS = {"offset_by", "duration", "month_end", "add_business_days"}
DAYS_AS_NUMBERS = {"toordinal", "fromordinal"}
LENGTHS_OF_A_DAY = {1_440, 86_400, 86_400_000, 86_400_000_000}

# A module, or a folder, that needs one of these outside time_limits/, and why. A type annotation needs no reason.
ARITHMETIC_BECAUSE: dict[str, str] = {
    "reports/": "marks on a scale of time, and words for a length",
    "simulation/": "a made-up force keeps days and seconds as whole numbers; its deadlines are those of time_limits",
    "table_files/parquet_columns.py": "in which units a file keeps its times",
}


def annotations_of(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        for field in ("annotation", "returns"):
            if isinstance(note := getattr(node, field, None), ast.AST):
                yield from ast.walk(note)


def arithmetic_in(tree: ast.Module) -> Iterator[str]:
    """The date arithmetic of a module: lengths of time made or compared, zones looked up, columns of times moved."""
    in_annotations = {id(node) for node in annotations_of(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "timedelta" and id(node) not in in_annotations:
            yield f"line {node.lineno} uses timedelta"
        elif isinstance(node, ast.Attribute) and node.attr in ARITHMETIC_OF_COLUMNS:
            yield f"line {node.lineno} uses {node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr in DAYS_AS_NUMBERS:
            yield f"line {node.lineno} counts days by {node.attr}"
        elif isinstance(node, ast.Constant) and type(node.value) is int and node.value in LENGTHS_OF_A_DAY:
            yield f"line {node.lineno} has the length of a day"
    yield from (
        f"imports {name}" for name in imports_of(tree) if name in ARITHMETIC_IMPORTS or name.startswith("dateutil")
    )


def test_nothing_in_the_library_asks_what_time_it_is():
    found = []
    for path, tree in library_trees():
        found += [f"{path} imports {name}" for name in imports_of(tree) if name in CLOCK_IMPORTS]
        found += [
            f"{path}:{node.lineno} calls {ast.unparse(node.func)}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_CALLS
        ]
    assert found == []


def test_date_arithmetic_stands_only_in_time_limits():
    found = [
        f"{path} {what}"
        for path, tree in library_trees()
        if not path.startswith(("time_limits/", *ARITHMETIC_BECAUSE))
        for what in arithmetic_in(tree)
    ]
    assert found == [], "add a function to time_limits/, or give the reason in ARITHMETIC_BECAUSE"


def test_every_reason_is_still_needed():
    needed = {path for path, tree in library_trees() if any(arithmetic_in(tree))}
    assert [reason for reason in ARITHMETIC_BECAUSE if not any(path.startswith(reason) for path in needed)] == []


def test_a_length_of_time_in_an_annotation_is_left_alone():
    annotated = ast.parse("from datetime import timedelta\ndef wait(longest: timedelta) -> timedelta | None: ...")
    made = ast.parse("from datetime import timedelta\nDAY = timedelta(days=1)")
    assert list(arithmetic_in(annotated)) == []
    assert list(arithmetic_in(made)) == ["line 2 uses timedelta"]


def test_days_counted_by_hand_are_noticed():
    ordinals = ast.parse("waits = [later.toordinal() - earlier.toordinal()]")
    microseconds = ast.parse("A_DAY = 86_400_000_000")
    assert list(arithmetic_in(ordinals)) == ["line 1 counts days by toordinal"] * 2
    assert list(arithmetic_in(microseconds)) == ["line 1 has the length of a day"]
