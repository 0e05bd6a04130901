"""Every fenced example of a page that people read is run, or held against the part that reads such a text."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.docs.pages import Block, blocks, copy_examples, fits, name_of, pages
from wardline.cli import main
from wardline.documents import parse_document, validate
from wardline.measures.examples_of_measures import measures_from
from wardline.record_systems import read_mapping
from wardline.standards import read_force, read_standard

RUN_OR_READ = {"console", "python", "standard", "measures", "yaml", "csv"}
LEFT_AS_THEY_ARE = {"", "text", "markdown", "bash"}  # tests/workspace follows the guide word for word


def commands_of(block: Block) -> list[tuple[str, str]]:
    """Each `$ command` of a console example with the text shown under it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return [(command, "\n".join(shown)) for command, shown in found]


@pytest.fixture
def reader_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy_examples(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_example_holds(page: Path, reader_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells: dict[str, object] = {}  # what the pieces of Python of a page have named so far, as in a notebook
    printed: str | None = None
    for block in blocks(page):
        at = f"{name_of(page)}, line {block.line}"
        assert block.language in RUN_OR_READ | LEFT_AS_THEY_ARE, f"{at}: what is to be done with {block.language!r}?"
        if block.title:
            save(block, reader_folder)
        match block.language:
            case "console":
                run(block, at, capsys)
            case "python":
                assert not printed, f"{at}: what the Python before it prints is not shown\n{printed}"
                capsys.readouterr()
                exec(compile(block.text, at, "exec"), cells)  # noqa: S102 - our own pages, run to hold them true
                # What an example of a docstring prints stands in it, and is compared where docstrings are run.
                printed = "" if "# → " in block.text else capsys.readouterr().out
                continue
            case "text" if printed:
                assert fits(block.text, printed), f"{at}: what is printed is\n{printed}"
            case "standard" | "measures" | "yaml":
                read(block, at, reader_folder)
        assert not printed or block.language == "text", (
            f"{at}: what the Python before it prints is not shown\n{printed}"
        )
        printed = None
    assert not printed, f"{name_of(page)}: what the last piece of Python prints is not shown\n{printed}"


def save(block: Block, folder: Path) -> None:
    assert block.title is not None
    path = folder / block.title
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")


def run(block: Block, at: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command, shown in commands_of(block):
        program, *arguments = shlex.split(command)
        assert program == "wardline", f"{at}: only wardline's own commands are run here"
        capsys.readouterr()
        code = main(arguments)
        told = capsys.readouterr()
        assert code == 0, f"{at}: $ {command}\n{told.out}{told.err}"
        assert fits(shown, told.out), f"{at}: $ {command}\n{told.out}"


def read(block: Block, at: str, folder: Path) -> None:
    """Whole documents are read by the part that owns them; a piece of one must at least be YAML."""
    document = parse_document(block.text, at)
    whole = document.data if isinstance(document.data, dict) else {}
    path = folder / "example.yaml"
    path.write_text(block.text, encoding="utf-8")
    if "record system" in whole:
        read_mapping(path)
    elif "standard" in whole:
        read_standard(path)
    elif "measure set" in whole:
        measures_from(document)
    elif "force" in whole and "nation" in whole:
        read_force(path)
    elif "dive" in whole:
        from wardline.dive.described.dive_file import _DiveKeys

        validate(document, _DiveKeys)


def test_what_a_page_shows_is_held_against_what_is_told():
    assert fits("one\n…\nfour", "one\ntwo\nthree\nfour\n")
    assert fits("took … in all", "took 3 s in all")
    assert not fits("one\nfour", "one\ntwo\nthree\nfour")
