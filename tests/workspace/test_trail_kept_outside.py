"""A head of the trail that is kept outside shows a trail that was written anew; and what the commands say of it."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from datetime import UTC, datetime

import pytest

from tests.workspace.served import command, link_in, written
from wardline_workspace.trail.actions import NOBODY, head_in_words, record, why_not_in_chain
from wardline_workspace.trail.chain import FIRST, hash_of
from wardline_workspace.trail.kinds import Did
from wardline_workspace.trail.models import Entry


@pytest.mark.django_db
class TestAHeadThatWasKept:
    def test_it_is_in_the_chain_however_long_that_grows(self):
        kept = []
        for number in range(3):
            record(Did.OPENED_DIVE, by=NOBODY, about=f"dive-{number}")
            kept.append(head_in_words())
        assert [why_not_in_chain(head) for head in kept] == [None, None, None]

    def test_another_hash_is_not(self):
        record(Did.OPENED_DIVE, by=NOBODY)
        assert why_not_in_chain(f"{'a' * 64}@1") == "Entry 1 is another than it was: the trail was written anew."

    def test_an_entry_that_is_not_there_is_not(self):
        assert "There is no entry 1" in why_not_in_chain(f"{'a' * 64}@1")

    @pytest.mark.parametrize("kept", ["", "@", "1203", f"{'a' * 63}@1", f"{'g' * 64}@1", f"{'a' * 64}@-1"])
    def test_what_is_no_head_is_said_to_be_none(self, kept):
        assert "It is not a head of a trail" in why_not_in_chain(kept)

    def test_the_head_of_an_empty_trail_is_in_every_trail(self):
        assert head_in_words() == f"{FIRST}@0"
        record(Did.OPENED_DIVE, by=NOBODY)
        assert why_not_in_chain(f"{FIRST}@0") is None
        assert why_not_in_chain(f"{'a' * 64}@0") == "No trail begins so."


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A workspace on SQLite with an administrator who was invited."""
    if os.environ.get("WARDLINE_TEST_DATABASE"):
        pytest.skip("these tests make a SQLite database of their own")
    file = written(tmp_path_factory.mktemp("trail") / "force")
    said = command("workspace", "first-administrator", file, "--email", "ada@force.example", "--name", "Ada Jones")
    assert said.returncode == 0, said.stderr
    assert link_in(said.stdout).startswith("/people/invitation/")
    return file


def test_the_commands_say_that_it_is_whole_and_its_head(workspace):
    head = command("trail", "head", workspace).stdout.strip()
    assert re.fullmatch(r"[0-9a-f]{64}@\d+", head)
    said = command("trail", "verify", workspace, "--expect", head)
    assert said.returncode == 0, said.stderr
    assert re.match(r"The trail is whole: \d+ entr", said.stdout)
    assert "This head is in the chain." in said.stdout
    assert re.search(r"Its head: [0-9a-f]{64}@\d+", said.stdout)


def test_a_trail_written_anew_is_whole_and_has_not_the_head_that_was_kept(workspace, tmp_path):
    head = command("trail", "head", workspace).stdout.strip()
    database = workspace.parent / "workspace.sqlite3"
    whole = tmp_path / "kept.sqlite3"
    with sqlite3.connect(database) as connection, sqlite3.connect(whole) as copy:
        connection.backup(copy)
    try:
        with sqlite3.connect(database) as connection:
            rewrite(connection)
        said = command("trail", "verify", workspace, "--expect", head)
        assert said.returncode == 1
        assert "The trail is whole" in said.stdout
        assert "the trail was written anew" in said.stdout
    finally:
        with sqlite3.connect(whole) as copy, sqlite3.connect(database) as connection:
            copy.backup(connection)


def rewrite(connection: sqlite3.Connection) -> None:
    """What somebody does who can write in the database and knows how the chain is made."""
    connection.execute("DROP TRIGGER trail_entry_not_changed")
    before = FIRST
    for (number,) in connection.execute("SELECT number FROM trail_entry ORDER BY number").fetchall():
        row = connection.execute(
            'SELECT at, "by", did, about_kind, about, detail FROM trail_entry WHERE number = ?', [number]
        ).fetchone()
        entry = entry_of(number, row, before)
        before = hash_of(entry)
        connection.execute(
            'UPDATE trail_entry SET "by" = ?, previous = ?, hash = ? WHERE number = ?',
            [entry.by, entry.previous, before, number],
        )
    connection.execute("UPDATE trail_head SET hash = ?", [before])


def entry_of(number: int, row: tuple, previous: str) -> Entry:
    at, _, did, kind, about, detail = row
    return Entry(
        number=number,
        at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        by="somebody else",
        did=did,
        about_kind=kind,
        about=about,
        detail=json.loads(detail),
        previous=previous,
    )


def test_an_entry_changed_in_the_file_is_found_and_named(workspace, tmp_path):
    database = workspace.parent / "workspace.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("DROP TRIGGER IF EXISTS trail_entry_not_changed")
        before = connection.execute("SELECT did FROM trail_entry WHERE number = 1").fetchone()[0]
        connection.execute("UPDATE trail_entry SET did = 'logged out' WHERE number = 1")
    said = command("trail", "verify", workspace)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE trail_entry SET did = ? WHERE number = 1", [before])
    assert said.returncode == 1
    assert "The trail is not whole: entry 1 is not as it was written." in said.stdout
