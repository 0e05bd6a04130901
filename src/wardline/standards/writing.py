"""Obligations to YAML: what is written reads back as the same obligations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString, SingleQuotedScalarString

from wardline.obligations import (
    Basis,
    Condition,
    EventPattern,
    Example,
    LimitTable,
    MostDangerousFirst,
    Never,
    Obligation,
    Precede,
    Record,
    RecordField,
    RecordOf,
    Repeat,
    Respond,
    TimeLimit,
    Trigger,
)
from wardline.standards.standard import Standard
from wardline.time_limits import TimeIn

__all__ = ["limit_in_yaml", "on_one_line", "write_obligations", "write_standard"]

NEVER_FOLDED = 2**20  # ruamel loses spaces where it folds a text, and cannot read a key that it has folded
# ruamel itself quotes what begins so and needs it, except `?` inside brackets, which it then cannot read.
PLAIN = re.compile(r"\w.*", re.DOTALL)
FLOW_WIDTH = 160  # a mapping or list longer than this is written over several lines


def write_standard(standard: Standard) -> str:
    """The YAML of a standard, its keys in the order of the language reference."""
    in_force = {"from": standard.in_force_from}
    if standard.in_force_to is not None:
        in_force["to"] = standard.in_force_to
    keys = {
        "standard": standard.name,
        "title": standard.title,
        "version": standard.version,
        "in force": _flow(in_force),
        "case type": standard.case_type,
        "at risk until": _patterns(standard.at_risk_until) if standard.at_risk_until else None,
        "most dangerous first": _danger(standard.most_dangerous_first),
        "obligations": [_obligation(obligation) for obligation in standard.obligations],
        "not judged from records": list(standard.not_judged_from_records) or None,
    }
    return _dump(_block(keys))


def write_obligations(obligations: Sequence[Obligation]) -> str:
    """The YAML of a list of obligations, as it stands below `obligations:`."""
    return _dump([_obligation(obligation) for obligation in obligations])


def limit_in_yaml(limit: TimeLimit) -> Any:
    """A time limit as text, or as a mapping where it is a table or stands in the records."""
    match limit:
        case TimeIn(attribute):
            return _flow({"the time in": attribute})
        case LimitTable():
            keys = {
                "by": limit.by,
                "of": limit.of,
                **{value: str(length) for value, length in limit.limits},
                "unknown": None if limit.unknown is None else str(limit.unknown),
            }
            return _flow({key: value for key, value in keys.items() if value is not None})
    return str(limit)


def on_one_line(value: TimeLimit | str) -> str:
    """A time limit, or a text, as it stands after a colon."""
    made = value if isinstance(value, str) else limit_in_yaml(value)
    if isinstance(made, CommentedMap):
        made.fa.set_flow_style()
    # Within a mapping, so that a text is quoted where it must be after a colon.
    return _dump(CommentedMap(value=made)).removeprefix("value: ").rstrip("\n")


def _obligation(obligation: Obligation) -> CommentedMap:
    yes = {True: "yes", False: None}
    reviewed = obligation.reviewed
    return _block(
        {
            "id": obligation.id,
            "title": obligation.title,
            "topic": obligation.topic.value,
            "owed by": obligation.owed_by.value,
            "for": _flow(_conditions(obligation.only_for)) if obligation.only_for else None,
            **_keys_of_kind(obligation),
            "unless": _patterns(obligation.exemptions) if obligation.exemptions else None,
            "first only": yes[obligation.first_only],
            "per": "child" if obligation.per_child else None,
            "since": "opening" if obligation.since_opening else None,
            "safeguarding": yes[obligation.safeguarding],
            "severity": obligation.severity,
            "needs": obligation.needs,
            "gaming": obligation.gaming,
            "good reasons": obligation.good_reasons,
            "reviewed": None if reviewed is None else _flow({"by": reviewed.by, "on": date.fromisoformat(reviewed.on)}),
            "basis": _basis(obligation.basis),
            "examples": [_example(example) for example in obligation.examples] or None,
        }
    )


def _keys_of_kind(obligation: Obligation) -> dict[str, Any]:
    match obligation:
        case Respond():
            return {
                "when": _trigger(obligation.trigger),
                "then": _patterns(obligation.response),
                "within": limit_in_yaml(obligation.within),
                "owed after": None if obligation.owed_after is None else str(obligation.owed_after),
                "counted from": _patterns(obligation.counted_from) if obligation.counted_from else None,
            }
        case Precede():
            return {"before": _trigger(obligation.before), "first": _patterns(obligation.first)}
        case Never():
            return {"never": _trigger(obligation.never), "settled by": _patterns_or_none(obligation.settled_by)}
        case Repeat():
            return {
                "from": _trigger(obligation.start),
                "then": _patterns(obligation.response),
                "every": limit_in_yaml(obligation.every),
                "until": _patterns_or_none(obligation.until),
            }
        case Record():
            return {"record": _record_field(obligation.record), "by": _trigger(obligation.by)}
    assert False, f"{type(obligation).__name__} has no keys"


def _danger(order: MostDangerousFirst | None) -> Any:
    if order is None:
        return None
    of = {} if order.of is None else {"of": order.of}
    return _flow({"by": order.by, **of, "values": _flow(list(order.values))})


def _trigger(trigger: Trigger) -> Any:
    if trigger.nth is None:
        return _patterns(trigger.patterns)
    counting = {"nth": trigger.nth, "in": str(trigger.within)}
    if len(trigger.patterns) == 1:
        pattern = trigger.patterns[0]
        return _flow({"event": pattern.event, **_conditions(pattern.conditions), **counting})
    return _flow({"event": _patterns(trigger.patterns), **counting})


def _patterns(patterns: tuple[EventPattern, ...]) -> Any:
    written = [
        _flow({"event": pattern.event, **_conditions(pattern.conditions)}) if pattern.conditions else pattern.event
        for pattern in patterns
    ]
    return written[0] if len(written) == 1 else _flow(written)


def _patterns_or_none(patterns: tuple[EventPattern, ...] | None) -> Any:
    return None if patterns is None else _patterns(patterns)


def _conditions(conditions: Iterable[Condition]) -> dict[str, Any]:
    return {one.attribute: one.values[0] if len(one.values) == 1 else _flow(list(one.values)) for one in conditions}


def _record_field(field: RecordField) -> Any:
    match field.of:
        case RecordOf.CASE:
            return field.field
        case RecordOf.EVENT:
            return _flow({"event": field.event, "field": field.field})
        case RecordOf.PERSON:
            return _flow({"person": field.field})
    assert False, f"{field.of} has no form"


def _basis(basis: Basis) -> CommentedMap:
    keys = {
        "kind": basis.kind.value,
        "title": basis.title,
        "publisher": basis.publisher,
        "published": basis.published,
        "url": basis.url,
        "note": basis.note,
    }
    given = {key: value for key, value in keys.items() if value is not None}
    return _flow(given)


def _example(example: Example) -> CommentedMap:
    has_lines = "\n" in example.events and example.events.strip() == example.events.rstrip("\n")
    return _block(
        {
            "name": example.name,
            "case": _flow(dict(example.case)) if example.case else None,
            "events": LiteralScalarString(example.events) if has_lines else example.events or None,
            "as at": example.as_at,
            "expect": example.expect[0] if len(example.expect) == 1 else _flow(list(example.expect)),
        }
    )


# YAML


def _block(keys: dict[str, Any]) -> CommentedMap:
    """A mapping over several lines; what is None is left out."""
    return CommentedMap((key, value) for key, value in keys.items() if value is not None)


def _flow(value: Any) -> Any:
    """A small mapping or list on one line; over several where it would be long."""
    made: Any = CommentedMap(value) if isinstance(value, dict) else CommentedSeq(value)
    if len(str(value)) <= FLOW_WIDTH:
        made.fa.set_flow_style()
    return made


def _safe(value: Any) -> Any:
    """The same with quotation marks round every text that a reader of YAML could take for something else."""
    if isinstance(value, dict):
        made: Any = CommentedMap((_safe(key), _safe(item)) for key, item in value.items())
    elif isinstance(value, list):
        made = CommentedSeq(_safe(item) for item in value)
    elif type(value) is str and not PLAIN.fullmatch(value):
        return SingleQuotedScalarString(value)
    else:
        return value
    if isinstance(value, CommentedMap | CommentedSeq) and value.fa.flow_style():
        made.fa.set_flow_style()
    return made


def _dump(value: Any) -> str:
    yaml = YAML(typ="rt", pure=True)
    yaml.width = NEVER_FOLDED
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = StringIO()
    yaml.dump(_safe(value), written)
    return written.getvalue()
