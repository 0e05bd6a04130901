"""A connection to SQLite is kept from one request to the next, and never to a file that was taken away."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connections

from wardline_workspace.deployment.database import database_settings
from wardline_workspace.deployment.sqlite_in_turn.base import DatabaseWrapper


@pytest.fixture
def kept(db, tmp_path):
    """A connection as a workspace in that folder has it, to a file in which one number is written."""
    described = replace(settings.DEPLOYMENT, folder=tmp_path, database=None)
    wrapper = DatabaseWrapper({**connections.settings["default"], **database_settings(described)}, alias="kept")
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TABLE numbers (number INTEGER)")
        cursor.execute("INSERT INTO numbers VALUES (1)")
    yield wrapper
    wrapper.close()


def number_in(wrapper):
    with wrapper.cursor() as cursor:
        return cursor.execute("SELECT number FROM numbers").fetchone()[0]


def test_it_is_kept_while_its_file_is_there(kept):
    before = kept.connection
    kept.close_if_unusable_or_obsolete()
    assert kept.connection is before
    assert number_in(kept) == 1


def test_another_file_at_its_place_is_opened_anew(kept, tmp_path):
    file = tmp_path / "workspace.sqlite3"
    with sqlite3.connect(tmp_path / "another.sqlite3") as another:
        another.execute("CREATE TABLE numbers (number INTEGER)")
        another.execute("INSERT INTO numbers VALUES (2)")
    another.close()
    kept.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.move(tmp_path / "another.sqlite3", file)
    kept.close_if_unusable_or_obsolete()
    assert number_in(kept) == 2


def test_nothing_is_written_into_a_file_that_was_taken_away(kept, tmp_path):
    (tmp_path / "workspace.sqlite3").unlink()
    kept.close_if_unusable_or_obsolete()
    assert kept.connection is None


def test_a_transaction_goes_on_to_its_end(kept, tmp_path):
    kept.in_atomic_block = True
    (tmp_path / "workspace.sqlite3").unlink()
    before = kept.connection
    kept.close_if_unusable_or_obsolete()
    assert kept.connection is before
    kept.in_atomic_block = False
