"""docs/how-to/fix-a-problem.md: for each kind of problem what causes it, the message, and the repair, all three
true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import wardline
from tests.architecture.repository import ROOT
from tests.docs.causes import CAUSES, prepare
from tests.docs.pages import FENCE, fits
from wardline.cli import main
from wardline.errors import FIX_PAGE, ProblemKind

PAGE = ROOT / FIX_PAGE
STEPS = ("**What causes it.**", "**The message.**", "**The repair.**")


def section(kind: ProblemKind) -> str:
    """What the page says of a kind of problem."""
    by_anchor = {
        re.sub(r"[^\w\- ]", "", part.splitlines()[0].lower()).replace(" ", "-"): part
        for part in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    }
    return by_anchor[kind.value]


def message_shown(kind: ProblemKind) -> str:
    """The message as the page shows it: the first example marked as text."""
    return next(match["text"] for match in FENCE.finditer(section(kind)) if match["language"] == "text")


@contextmanager
def interrupted() -> Iterator[object]:
    """Progress at whose first word somebody presses Ctrl-C."""

    def stop(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    yield stop


def tell(kind: ProblemKind, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Cause the problem and return what is printed about it."""
    cause = prepare(kind, folder)
    monkeypatch.chdir(folder)
    if cause.before is not None:
        assert main(cause.before) == 0
    if kind is ProblemKind.STOPPED:
        monkeypatch.setattr("wardline.cli.dive.show_progress", interrupted)
    if cause.python is not None:
        with pytest.raises(wardline.WardlineError) as raised:
            eval(cause.python, {"wardline": wardline})
        return str(raised.value)
    capsys.readouterr()
    assert main(cause.command) != 0
    return capsys.readouterr().err


@pytest.mark.parametrize("kind", ProblemKind, ids=lambda kind: kind.value)
def test_what_the_page_says_causes_it_does_and_the_message_is_the_one_shown(kind, tmp_path, monkeypatch, capsys):
    told = tell(kind, tmp_path, monkeypatch, capsys)
    assert f"{FIX_PAGE}#{kind.value}" in told
    assert "Traceback" not in told
    assert fits(message_shown(kind), told), told


@pytest.mark.parametrize("kind", ProblemKind, ids=lambda kind: kind.value)
def test_each_kind_is_told_in_three_steps(kind):
    places = [section(kind).find(step) for step in STEPS]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("kind", ProblemKind, ids=lambda kind: kind.value)
def test_the_page_names_the_command_or_the_call_that_tells_of_it(kind):
    assert CAUSES[kind].shown in section(kind)
