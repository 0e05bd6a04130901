"""In a workspace of their own, in processes of their own: one killed in the middle, and two at once on one child."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from tests.architecture.repository import ROOT

BEGIN = """
import os, sys, time
from pathlib import Path
from wardline_workspace.deployment import running
running.set_up(Path(sys.argv[1]))
running.migrate()
from django.utils import timezone
from wardline_workspace.children.models import Answer, CaseToCheck, Item, TakenList
from wardline_workspace.children.states import AnswerKind
from wardline_workspace.children.actions import record_answer
from wardline_workspace.children.taking import take_list
from wardline_workspace.demonstration.accounts import make_accounts
from wardline_workspace.dives.actions import add_dive
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.changed_meanwhile import ChangedMeanwhile
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import find_break
"""
ADD_AND_BE_KILLED = """
make_accounts()
shows = Item.lists.through
shows.objects.bulk_create = lambda *_, **__: os.kill(os.getpid(), 9)
add_dive(Path(sys.argv[2]), by=Account.objects.get(role="force-lead"))
"""
COUNT = """
print(AddedDive.objects.count(), TakenList.objects.count(), CaseToCheck.objects.count(), Item.objects.count())
assert find_break() is None
"""
TAKE_AGAIN = "take_list(dive=AddedDive.objects.get(), by=Account.objects.get(role='force-lead'))" + COUNT
ANSWER = """
case = CaseToCheck.objects.order_by("pk").first()
by = Account.objects.get(role=sys.argv[2])
time.sleep(max(float(sys.argv[3]) - time.time(), 0))
try:
    record_answer(case=case, items=list(case.items.values_list("pk", flat=True)), kind=AnswerKind.CHILD_SEEN,
                  by_whom=by.name, looked_at=timezone.now(), version=1, by=by)
    print("recorded")
except ChangedMeanwhile as told:
    print("told of", told.theirs["By whom"])
"""


def begun(does: str, *arguments: object) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARDLINE_", "DJANGO_"))}
    line = [sys.executable, "-c", BEGIN + does, *map(str, arguments)]
    return subprocess.Popen(line, env=kept | {"PYTHONPATH": str(ROOT / "src")}, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out.strip()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    file = folder / "workspace.yaml"
    post = "{name: the post, telephone: 01632 960 101}"
    file.write_text(
        f"workspace of: force\nforce: Made-up Police\noffice: An office\nduty post: {post}\n"
        f"professional standards: {post}\ndemonstration: yes\n",
        encoding="utf-8",
    )
    return file


def test_killed_in_the_middle_of_a_list_none_of_it_is_there_and_it_goes_on(workspace, dive):
    killed = begun(ADD_AND_BE_KILLED, workspace, dive.folder)
    killed.communicate(timeout=120)
    assert killed.returncode == -9
    assert said(begun(COUNT, workspace)) == "1 0 0 0", "the dive is there, and nothing of its list"
    assert said(begun(TAKE_AGAIN, workspace)) == "1 1 4 14"


def test_of_two_processes_at_once_one_records_and_the_other_is_told(workspace, dive):
    at = timezone.now().timestamp() + 12
    both = [begun(ANSWER, workspace, role, at) for role in ("force-lead", "duty-inspector")]
    answers = sorted(said(one) for one in both)
    assert answers[0] == "recorded"
    assert answers[1] in ("told of Force lead for child protection", "told of Duty inspector")
