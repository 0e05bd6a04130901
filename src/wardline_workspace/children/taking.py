"""Taking in the list for today of a dive: all of it or nothing. What is on it again is opened again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Model

from wardline.dive import KeptDive
from wardline.reports.today_in_words import never_judged_in_words
from wardline_workspace.children.models import CaseToCheck, Item, TakenList
from wardline_workspace.children.policies import why_not_take
from wardline_workspace.children.states import State, can_become
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened
from wardline_workspace.pages.refused import Refused
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["records_to", "take_list", "take_when_added"]

AT_ONCE = 200  # rows in one statement
OF_A_CASE = ("child", "age", "grade", "district", "is_open", "is_at_risk", "last_event", "last_at", "last_by")
OF_AN_ITEM = (
    *("title", "owed_by", "is_safeguarding", "standing", "since", "since_by", "deadline", "outcome", "reason"),
    *("position", "state", "shown_on"),
)
EMPTY_AS_TEXT = ("child", "grade", "district", "last_event", "reason")
ALREADY = "The list of this dive has been taken in already."


def take_when_added(dive: AddedDive, by: Any) -> None:
    """Take the list of a dive that was just added, where it has one."""
    if why_not_take(dive, to=settings.DEPLOYMENT) is None:
        take_list(dive=dive, by=by)


def take_list(*, dive: AddedDive, by: Any) -> TakenList:
    """Take in the list for today of a dive. Raises Refused where it cannot be, or was already.

    What the dive says is worked out first, and written in one transaction. Where a list of the same standard whose
    records go further was taken in before, what this one shows is older news, and changes nothing.
    """
    if reason := why_not_take(dive, to=settings.DEPLOYMENT):
        raise Refused(reason)
    kept = opened(dive)
    rows = kept.children_to_check.to_dicts()
    lists = kept.lists_for_today
    try:
        with transaction.atomic():
            # The end of the trail is held first, so that two lists are taken in one after the other.
            record(Did.TOOK_LIST, by=by, about_kind="dive", about=dive.slug, items=len(rows))
            taken = TakenList.objects.create(
                dive=dive.slug,
                title=dive.title,
                records_to=records_to(kept),
                standards=sorted({one.standard for one in kept.obligations_for_today}),
                cannot_show=_cannot_show(kept),
                due_next_count=lists.due_next.height,
                older_count=lists.closed_without_a_record.height,
                taken_by=getattr(by, "public_id", by),
            )
            _write(taken, [row for row in rows if _standard(row) in _newest_here(taken)])
    except IntegrityError:
        raise Refused(ALREADY) from None
    return taken


def records_to(dive: KeptDive) -> datetime:
    """The time to which a dive's records go: its `as at`, or when the force's first export was taken, if earlier."""
    coverage = dive.event_log.coverage.select("kept_by", "taken_at").collect()
    taken = coverage.filter(coverage["kept_by"] == "force")["taken_at"].drop_nulls().to_list()
    return min([dive.as_at, *taken])


def _cannot_show(dive: KeptDive) -> list[str]:
    """What no list can hold, in sentences."""
    silent = dive.lists_for_today.not_recorded_here
    cases = "case is" if silent == 1 else "cases are"
    never_recorded = (
        f"{silent} open {cases} past a deadline for something that no record system read here can record: these "
        "records cannot tell."
    )
    return [*([never_recorded] if silent else []), *never_judged_in_words(dive.never_judged)]


def _standard(row: dict[str, Any]) -> str:
    return str(row["obligation"]).rpartition("/")[0]


def _newest_here(taken: TakenList) -> set[str]:
    """The standards of which no list taken before goes further than this one."""
    further = TakenList.objects.filter(records_to__gt=taken.records_to).values_list("standards", flat=True)
    return set(taken.standards) - {standard for standards in further for standard in standards}


def _write(taken: TakenList, rows: list[dict[str, Any]]) -> None:
    cases = _cases(rows)
    before = {
        (item.case_id, item.obligation, item.trigger): item
        for item in Item.objects.filter(case__in=cases.values()).select_related("shown_on")
    }
    new: list[Item] = []
    changed: list[Item] = []
    for position, row in enumerate(rows):
        case = cases[row["case"]]
        key = (case.pk, row["obligation"], _trigger(row))
        item = before.get(key) or Item(case=case, obligation=key[1], trigger=key[2])
        if item.pk and item.shown_on.records_to < taken.records_to and can_become(item.stands, State.ON_AGAIN):
            item.state = State.ON_AGAIN
        _fill(item, row, OF_AN_ITEM[:-3])
        item.position, item.shown_on = position, taken
        (changed if item.pk else new).append(item)
    Item.objects.bulk_create(new, batch_size=AT_ONCE)
    Item.objects.bulk_update(changed, OF_AN_ITEM, batch_size=AT_ONCE)
    shows = Item.lists.through
    shows.objects.bulk_create(
        [shows(item_id=item.pk, takenlist_id=taken.pk) for item in (*new, *changed)], batch_size=AT_ONCE
    )


def _cases(rows: list[dict[str, Any]]) -> dict[str, CaseToCheck]:
    """The cases of a list, kept and brought to what it says of them. Whoever has one open is told of the change."""
    by_id = {row["case"]: row for row in rows}
    names = list(by_id)
    known: dict[str, CaseToCheck] = {}
    for start in range(0, len(names), AT_ONCE):
        some = CaseToCheck.objects.select_for_update().filter(case_id__in=names[start : start + AT_ONCE])
        known |= {case.case_id: case for case in some}
    fresh: list[CaseToCheck] = []
    seen: list[CaseToCheck] = []
    for name, row in by_id.items():
        case = known.get(name) or CaseToCheck(case_id=name)
        _fill(case, row, OF_A_CASE)
        if case.pk:
            case.version += 1
        (seen if case.pk else fresh).append(case)
    CaseToCheck.objects.bulk_create(fresh, batch_size=AT_ONCE)
    CaseToCheck.objects.bulk_update(seen, [*OF_A_CASE, "version"], batch_size=AT_ONCE)
    return {case.case_id: case for case in (*fresh, *seen)}


def _fill(thing: Model, row: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        value = row[name]
        setattr(thing, name, value or "" if name in EMPTY_AS_TEXT else value)


def _trigger(row: dict[str, Any]) -> str:
    """What tells the occasion apart within its case and obligation: when it was triggered, and its ordinal."""
    at = row["triggered_at"]
    return f"{'' if at is None else at.isoformat()}/{row['ordinal']}"
