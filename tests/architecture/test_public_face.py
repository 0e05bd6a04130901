"""`import wardline` gives a few documented names, and neither it nor `wardline --version` loads what takes long."""

import doctest
import importlib.metadata
import inspect
import json
import subprocess
import sys

import pytest

import wardline

AT_MOST = 15
# What may be loaded beside Python's own library before anything is asked for.
LIGHT = {"wardline", "wardline.cli"}


def loaded_by(code: str) -> set[str]:
    """Every module that is not of Python itself and is loaded in a fresh interpreter once this code has run."""
    report = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True).stdout
    names = json.loads(told.splitlines()[-1])
    return {name for name in names if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("_")}


def loaded_at_the_start() -> set[str]:
    return loaded_by("")


def test_the_list_of_public_names_is_sorted_and_short():
    assert wardline.__all__ == sorted(wardline.__all__)
    assert len(wardline.__all__) <= AT_MOST


def test_every_public_name_is_there_and_no_other():
    found = {name for name in dir(wardline) if not name.startswith("_")}
    modules = {name for name in found if inspect.ismodule(getattr(wardline, name))}
    ours = found - modules - {"annotations", "Any", "TYPE_CHECKING", "import_module"}
    assert ours == set(wardline.__all__)
    assert set(wardline._DEFINED_IN) == set(wardline.__all__)
    assert [name for name in wardline.__all__ if getattr(wardline, name) is None] == []


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        wardline.__getattr__("chek")


@pytest.mark.parametrize("name", wardline.__all__)
def test_every_public_name_has_a_docstring_with_an_example(name):
    assert ">>> import wardline" in (getattr(wardline, name).__doc__ or "")


@pytest.mark.parametrize("name", wardline.__all__)
def test_the_example_in_the_docstring_of_every_public_name_runs(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = getattr(wardline, name)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    tests = [test for test in doctest.DocTestFinder().find(found, name, globs={}) if test.examples]
    assert tests
    for test in tests:
        runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


def test_importing_wardline_loads_no_library():
    assert loaded_by("import wardline") - loaded_at_the_start() <= LIGHT


def test_asking_for_the_version_loads_no_library():
    assert loaded_by("from wardline.cli import main\nassert main(['--version']) == 0") - loaded_at_the_start() <= LIGHT


def test_the_version_that_is_told_is_the_one_that_is_installed(capsys):
    from wardline.cli import main

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"wardline {importlib.metadata.version('wardline')}\n"
