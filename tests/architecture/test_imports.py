"""Imports point one way (docs/explanation/how-the-code-is-laid-out.md), and the library stays within its own field."""

import subprocess
import sys

from tests.architecture.repository import ROOT, imports_of, library_trees


def test_every_import_contract_is_kept():
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c(['--no-logo', '--no-cache'])",
    ]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_the_library_imports_no_django():
    web = [path for path, tree in library_trees() if any(name.split(".")[0] == "django" for name in imports_of(tree))]
    assert web == []


def test_copyleft_libraries_are_not_imported():
    copyleft = {"pm4py", "Declare4Py", "igraph", "pymerkle"}
    found = [path for path, tree in library_trees() if copyleft & {name.split(".")[0] for name in imports_of(tree)}]
    assert found == []
