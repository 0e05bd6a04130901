"""An erased account: its holder's name and address are nowhere, what it did is, and the chain is whole."""

from __future__ import annotations

import os

import pytest
from django.core.serializers import serialize

from tests.workspace.conftest import PASSWORD
from tests.workspace.served import command, written
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.actions import Why, close_account, erase_account, invite, take_up
from wardline_workspace.people.models import Account, Invitation
from wardline_workspace.trail.actions import find_break
from wardline_workspace.trail.models import Entry


@pytest.mark.django_db
class TestErasing:
    @pytest.fixture
    def erased(self, account_as):
        administrator = account_as("force-administrator")
        _, link = invite(email="ada@force.example", name="Ada Jones", role="force-lead", by=administrator)
        account = take_up(secret=link, password=PASSWORD)
        with pytest.raises(Refused, match="Close the account first"):
            erase_account(account=account, why=Why.LEFT, by=administrator)
        account = close_account(account=account, by=administrator)
        return erase_account(account=account, why=Why.LEFT, by=administrator)

    def test_name_and_address_are_nowhere(self, erased):
        everything = serialize("json", [*Account.objects.all(), *Invitation.objects.all(), *Entry.objects.all()])
        assert "Ada" not in everything
        assert "ada@force.example" not in everything
        assert not erased.has_usable_password()

    def test_what_it_did_stays_and_the_chain_is_whole(self, erased):
        assert find_break() is None
        assert Entry.objects.filter(by=erased.public_id, did="took up an invitation").exists()
        entry = Entry.objects.get(did="erased an account")
        assert entry.about == erased.public_id
        assert entry.detail["why"] == "left"
        assert len(entry.detail["erased"]) == 64

    def test_it_is_erased_once_and_the_address_is_free_again(self, erased, account_as):
        administrator = account_as("force-administrator")
        with pytest.raises(Refused, match="erased already"):
            erase_account(account=erased, why=Why.ASKED, by=administrator)
        _, link = invite(email="ada@force.example", name="Ada Jones", role="force-lead", by=administrator)
        assert take_up(secret=link, password=PASSWORD).public_id != erased.public_id


@pytest.mark.skipif("WARDLINE_TEST_DATABASE" in os.environ, reason="makes a SQLite database of its own")
def test_the_commands_refuse_in_words(tmp_path):
    file = written(tmp_path)
    told = {
        ("new-password", "--email", "nobody@force.example"): "No account has this e-mail address.",
        ("first-administrator", "--email", "ada", "--name", "Ada"): "not one such as name@example.org",
        ("erase-account", "--email", "x@y.example", "--why", "bored"): "not one of: left, asked, retention",
    }
    for (name, *options), reason in told.items():
        said = command("workspace", name, file, *options)
        assert said.returncode == 2, said.stderr
        assert reason in " ".join(said.stderr.split())
        assert "Traceback" not in said.stderr
