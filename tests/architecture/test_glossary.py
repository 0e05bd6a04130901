"""One word per idea: the names of types, tables, columns, keys and commands keep to GLOSSARY.md."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
import typer

import wardline
from tests.architecture.repository import ROOT, library_trees
from tests.architecture.test_names import words_of
from wardline.documents import Keys
from wardline.events import FIXED_COLUMNS
from wardline.findings import FINDINGS, Outcome

# A word may be another idea's good name. Each such name is given here with the idea that it names.
NAMES_OF_OTHER_IDEAS = {
    "MappingCheck": "what looking through a mapping found, not an obligation",
    "SignalRule": "how a signal is told from chance: the four rules of control charts are known by this word",
    "Target": "the level that a measure is to reach, which is what the readers of control charts call it",
    "key target": "the level that a measure is to reach, as `Target`",
    "command check-deployment": "looks through how a workspace is set up; it is no obligation",
    "command map check": "looks through a mapping; it is no obligation",
}


def table_rows(heading: str | None = None) -> Iterator[list[str]]:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    text = text.split(f"## {heading}")[1] if heading else text.split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def words_not_used() -> dict[str, str]:
    """Each word of the third column, with the word to use for the idea."""
    return {
        other.strip().lower(): word.strip("*")
        for word, _, others in table_rows()
        for other in others.split(",")
        if other.strip()
    }


def shapes(above: type[Keys] = Keys) -> Iterator[type[Keys]]:
    for shape in above.__subclasses__():
        yield shape
        yield from shapes(shape)


def commands(command: object, path: tuple[str, ...] = ()) -> Iterator[str]:
    for name, inner in getattr(command, "commands", {}).items():
        yield " ".join((*path, name))
        yield from commands(inner, (*path, name))


def every_name() -> Iterator[str]:
    for module in pkgutil.walk_packages(wardline.__path__, "wardline."):
        importlib.import_module(module.name)
    for _, tree in library_trees():
        yield from (node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    for table, schema in {**FIXED_COLUMNS, "findings": FINDINGS}.items():
        yield f"table {table}"
        yield from (f"column {table}.{column}" for column in schema)
    for shape in shapes():
        yield from (f"key {info.alias or name}" for name, info in shape.model_fields.items())
    app = importlib.import_module("wardline.cli").app
    yield from (f"command {path}" for path in commands(typer.main.get_command(app)))


def strays_from_the_glossary(name: str) -> str | None:
    """Why a name strays from the glossary, or None."""
    words = words_of(name)
    for other, word in words_not_used().items():
        if set(other.split()) <= words:
            return f"{name}: not “{other}” but “{word}” (or say in NAMES_OF_OTHER_IDEAS which idea it is)"
    return None


def test_every_name_keeps_to_the_glossary():
    strays = {strays_from_the_glossary(name) for name in every_name() if name not in NAMES_OF_OTHER_IDEAS}
    assert sorted(strays - {None}) == []


def test_every_name_of_another_idea_is_still_there():
    assert set(NAMES_OF_OTHER_IDEAS) - set(every_name()) == set()


@pytest.mark.parametrize("name", ["BreachAlert", "column findings.kpi", "key time out / timeout", "command run"])
def test_a_name_that_strays_is_seen(name):
    assert strays_from_the_glossary(name) is not None


def test_the_glossary_has_each_outcome_and_no_other():
    codes = [re.sub("`", "", row[0]) for row in table_rows("Outcomes")]
    assert codes == [outcome.value for outcome in Outcome]


def test_every_word_that_is_not_used_says_what_to_use_instead():
    assert words_not_used()["sla"] == "Obligation"
    assert words_not_used()["run date"] == "As at"
