"""The trail: entries follow one another, are never changed, and hold nothing that somebody typed."""

import os

import pytest
from django.db import DatabaseError, connection, transaction

from wardline_workspace.trail.actions import NOBODY, find_break, head, record
from wardline_workspace.trail.chain import broken_at
from wardline_workspace.trail.kinds import Did
from wardline_workspace.trail.models import Entry, Unchangeable

pytestmark = pytest.mark.django_db


def test_these_tests_run_on_the_database_that_was_asked_for():
    assert connection.vendor == ("postgresql" if os.environ.get("WARDLINE_TEST_DATABASE") else "sqlite")


def three_entries() -> list[Entry]:
    return [record(Did.OPENED_DIVE, by=NOBODY, about_kind="dive", about=f"dive-{number}") for number in range(3)]


def test_entries_follow_one_another():
    entries = three_entries()
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.previous for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert head() == (3, entries[-1].hash)
    assert find_break() is None


def test_an_empty_trail_is_whole():
    assert find_break() is None


def test_an_entry_cannot_be_changed_or_removed_through_the_model():
    entry = three_entries()[0]
    for change in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(did="x")):
        with pytest.raises(Unchangeable):
            change()


@pytest.mark.parametrize("sql", ["UPDATE trail_entry SET did = 'x'", "DELETE FROM trail_entry"])
def test_the_database_refuses_to_change_or_remove_an_entry(sql):
    three_entries()
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(sql)
    assert find_break() is None


@pytest.mark.parametrize("field", ["at", "by", "did", "about_kind", "about", "detail", "previous", "hash", "number"])
def test_whatever_is_altered_in_an_entry_shows(field):
    entries = three_entries()
    altered = {"at": entries[0].at, "detail": {"more": 1}, "number": 7, "previous": "0" * 64, "hash": "f" * 64}.get(
        field, "altered"
    )
    setattr(entries[1], field, altered)
    assert broken_at(entries, ends_at=head()).number == 2


def test_entries_cut_off_at_the_end_are_missed():
    entries = three_entries()
    broken = broken_at(entries[:2], ends_at=head())
    assert broken.number == 3
    assert broken.what == "the trail ends with entry 2, and entry 3 was written"


def test_an_entry_missing_in_the_middle_is_missed():
    entries = three_entries()
    assert broken_at([entries[0], entries[2]], ends_at=head()).what == "entry 2 is missing"


def test_what_is_undone_leaves_no_entry():
    with pytest.raises(RuntimeError), transaction.atomic():
        record(Did.OPENED_DIVE, by=NOBODY)
        raise RuntimeError
    assert head()[0] == 0
