"""A path is what it says: Polars takes brackets and question marks in it for a pattern unless it is told not to."""

import ast

from tests.architecture.repository import library_trees

READERS = {f"{how}_{kind}" for how in ("scan", "read") for kind in ("parquet", "ipc", "csv", "ndjson", "delta")}
FROM_A_PATH = {"read_ipc", "read_csv"}  # these have no `glob`, and may only be given an open file


def test_no_reader_takes_a_folder_for_a_pattern():
    found = []
    for path, tree in library_trees():
        for node in ast.walk(tree):
            called = getattr(node.func, "attr", None) if isinstance(node, ast.Call) else None
            if called in READERS and getattr(getattr(node.func, "value", None), "id", None) == "pl":
                told = any(
                    keyword.arg == "glob" and getattr(keyword.value, "value", None) is False
                    for keyword in node.keywords
                )
                if called in FROM_A_PATH or not told:
                    found.append(f"{path}, line {node.lineno}: {called}")
    assert found == [], "say glob=False, or use scan_… with it"
