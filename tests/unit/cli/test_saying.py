"""What came from somebody's files is written to the terminal without anything that a terminal obeys."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import CASES, write
from wardline.cli import main
from wardline.cli.saying import say
from wardline.errors import harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b]0;title\x07", r"\x1b[31mred\x1b]0;title\x07"),
        ("a\u202eb\u2066c\u200f", r"a\u202eb\u2066c\u200f"),
        ("a\rb\x7f\x9bc\0", r"a\rb\x7f\x9bc\x00"),
        ("a\ud800b\u2028c\ufeff\U000e0041", r"a\ud800b\u2028c\ufeff\U000e0041"),
        ("one\n\ttwo é 漢 [red]…", "one\n\ttwo é 漢 [red]…"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_a_terminal_that_knows_few_letters_shows_the_others_by_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, "ascii"))
    say("caf\u00e9")
    assert written.getvalue() == b"caf\\xe9\n"


def test_names_of_columns_and_files_are_harmless_in_every_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "No,Reported,\x1b[2Jcolumn\u202e\nE1,2025-01-01 10:00,x\n"
    write(tmp_path, {"exports/episodes\x1b[2J.csv": text, "exports/un\x1bread.csv": "x", "mapping.yaml": CASES})
    exports = str(tmp_path / "exports")
    commands = [
        ["map", "check", str(tmp_path / "mapping.yaml"), exports],
        ["map", "start", f"{exports}/episodes\x1b[2J.csv"],
        ["map", "start", f"{exports}/\x1b[2Jnone.csv"],
        ["explain", "E\x1b1", "--dive", f"{exports}\u202e"],
        ["\x1b[2J"],
    ]
    for command in commands:
        main(command)
        told = capsys.readouterr()
        assert told.out + told.err
        assert not set("\x1b\u202e") & set(told.out + told.err), command
