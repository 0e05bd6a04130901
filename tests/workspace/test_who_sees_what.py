"""Who sees what: every field of every model says it, and no page shows a field to a role that must not see it."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from tests.workspace.addresses import OURS, filled_in
from wardline_workspace.roles import ROLES, sees
from wardline_workspace.roles.fields import models_of_the_workspace, seen_by, uncategorised
from wardline_workspace.trail.actions import NOBODY, record
from wardline_workspace.trail.kinds import Did

MODELS = models_of_the_workspace()
# How a thing is made whose fields depend on one another: what its fields are beside what is planted, or who makes it.
MADE_WITH: dict[str, dict[str, Any]] = {"releases.Release": {"kind": "totals", "question": ""}}
NOT_PLANTED = {
    "trail.Entry": "its fields are one chain: an entry is made by `record` below",
    "trail.Head": "there is one, and it is the last entry's",
}
FEWEST_LETTERS = 8  # shorter values stand on pages by chance


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_says_who_sees_it(model):
    assert uncategorised(model) == set(), f"say in {model._meta.label}.SEEN_BY whom each field may be shown to"


@pytest.mark.parametrize("label", [*MADE_WITH, *NOT_PLANTED])
def test_what_is_said_here_of_a_model_is_of_one_that_is_there(label):
    assert label in {model._meta.label for model in MODELS}


def planted(model: type[models.Model]) -> models.Model:
    """A row of the model with, in every text, something that is found again wherever it is shown."""
    filled = {field.name: _value(field) for field in model._meta.local_fields if not field.primary_key}
    given = {name: value for name, value in filled.items() if value is not None}
    row = model(**given | MADE_WITH.get(model._meta.label, {}))
    row.save()
    return row


def _value(field: models.Field) -> Any:
    if isinstance(field, models.ForeignKey):
        return None if field.null else planted(field.related_model)
    if field.null or field.blank or isinstance(field, models.BooleanField):
        return None if field.null or field.blank else False
    if isinstance(field, models.EmailField):
        return f"{secrets.token_hex(8)}@made-up.example"
    if isinstance(field, models.CharField | models.TextField):
        return secrets.token_hex(16)[: field.max_length]
    if isinstance(field, models.DateTimeField):
        return timezone.now() + timezone.timedelta(days=2)
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if isinstance(field, models.IntegerField | models.FloatField):
        return 1
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.JSONField):
        return {"text": secrets.token_hex(16)}
    return None


def told_apart(row: models.Model) -> dict[str, str]:
    """The texts of a row that can be looked for on a page, by field."""
    texts = {name: getattr(row, name) for name in seen_by(type(row))}
    texts = {name: value.get("text", "") if isinstance(value, dict) else value for name, value in texts.items()}
    return {name: value for name, value in texts.items() if isinstance(value, str) and len(value) >= FEWEST_LETTERS}


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["force", "office"])
def test_no_page_shows_a_field_to_a_role_that_must_not_see_it(place, request, browse_as, account_as):
    if place == "office":
        request.getfixturevalue("office")
    rows = [planted(model) for model in MODELS if model._meta.label not in NOT_PLANTED]
    rows.append(record(Did.OPENED_CASE, by=NOBODY, about_kind="case", about="c0de" * 4, note="n0te" * 4))
    parts = {name: value for row in rows for name, value in told_apart(row).items()}
    parts |= {"pk": rows[0].pk}
    roles = [role for role in ROLES if str(role.place) == place and role.name != "council-partner"]
    shown_to_nobody = []
    for role in roles:
        browser, account = browse_as(role.name), account_as(role.name)
        pages = {
            address.path: browser.get(filled_in(address, parts)).content.decode(errors="replace")
            for address in OURS
            if not address.is_open and address.name != "export"
        }
        for row in rows:
            for name, text in told_apart(row).items():
                if sees(account, seen_by(type(row))[name]):
                    continue
                on = [path for path, page in pages.items() if text in page]
                shown_to_nobody += [f"{role.name} sees {row._meta.label}.{name} on {path}" for path in on]
    assert shown_to_nobody == []
