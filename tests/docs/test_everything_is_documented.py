"""Commands, problems, outcomes, reasons, tables and columns: what a person can meet is documented."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import typer

from tests.architecture.repository import ROOT
from tests.docs.pages import headings
from wardline.cli import app
from wardline.errors import ProblemKind
from wardline.events import FIXED_COLUMNS
from wardline.findings import FINDINGS, Outcome, Reason

REFERENCE = ROOT / "docs" / "reference"


def text_of(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    return text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def command_paths(command: object, path: tuple[str, ...] = ("wardline",)) -> Iterator[str]:
    inner = getattr(command, "commands", {})
    if not inner:
        yield " ".join(path)
    for name, further in inner.items():
        yield from command_paths(further, (*path, name))


@pytest.mark.parametrize("path", list(command_paths(typer.main.get_command(app))))
def test_every_command_is_documented(path):
    assert f"{path}" in text_of("commands.md")


def test_every_kind_of_problem_has_a_heading_and_there_is_no_other():
    assert headings(ROOT / "docs/how-to/fix-a-problem.md")[1:] == [kind.value for kind in ProblemKind]


@pytest.mark.parametrize("table", list(FIXED_COLUMNS))
def test_every_column_of_the_event_log_is_documented(table):
    told = section(text_of("event-log.md"), table)
    assert [column for column in FIXED_COLUMNS[table] if f"`{column}`" not in told] == []


def test_every_column_of_the_findings_is_documented():
    told = text_of("findings.md").split("\n## ")[0]
    assert [column for column in FINDINGS if f"`{column}`" not in told] == []


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_documented(outcome):
    assert f"| `{outcome.value}` |" in section(text_of("findings.md"), "Outcomes")


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_documented_and_explained(reason):
    explanation = (ROOT / "docs/explanation/why-cannot-tell.md").read_text(encoding="utf-8")
    assert f"| `{reason.value}` |" in section(text_of("findings.md"), "Reasons")
    assert f"| `{reason.value}` |" in explanation
