"""Measures to YAML: what is written reads back as the same measures."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from wardline.measures.declared.measure import (
    CasesCounted,
    ChildrenCounted,
    Counting,
    Measure,
    MeasureExample,
    MeasureSet,
    NotesWith,
    ShareAgain,
    ShareFilledIn,
    ShareLowered,
    ShareMet,
    ShareNotTold,
    ShareOfEvents,
    ShareWithin,
    Wait,
    WrittenLate,
)
from wardline.measures.declared.measure_keys import BETTER, NEEDED
from wardline.measures.declared.targets_written import target_in_words

__all__ = ["write_measures"]

NEVER_FOLDED = 2**20  # ruamel loses spaces where it folds a text


def write_measures(measures: MeasureSet) -> str:
    """The YAML of a file of measures, its keys in the order of the language reference."""
    yaml = YAML()
    yaml.width = NEVER_FOLDED
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    keys = {
        "measure set": _text(measures.name),
        "title": _text(measures.title),
        "version": _text(measures.version),
        "case type": _text(measures.case_type),
        "measures": [_measure(measure) for measure in measures.measures],
    }
    written = StringIO()
    yaml.dump(CommentedMap(keys), written)
    return written.getvalue()


def _measure(measure: Measure) -> CommentedMap:
    counted_by, said = _counting(measure.counting)
    return _block(
        {
            "id": _text(measure.id),
            "title": _text(measure.title),
            "part": measure.part.value,
            counted_by: said,
            "better": _word_for(measure.wanted, BETTER),
            "chart": _text(measure.chart.value),
            "by": _list(measure.splits) if measure.splits else None,
            "target": None if measure.target is None else _text(target_in_words(measure)),
            "needs": None if measure.needs is None else _word_for(measure.needs, NEEDED),
            "why": _text(measure.why),
            "cannot tell": _text(measure.cannot_tell) if measure.cannot_tell else None,
            "gaming": _text(measure.gaming),
            "examples": [_example(measure, one) for one in measure.examples] or None,
        }
    )


def _counting(counting: Counting) -> tuple[str, Any]:
    match counting:
        case ShareMet(obligation):
            return "share met", _text(obligation)
        case ShareNotTold(obligation):
            return "share that cannot be told", _text(obligation)
        case Wait(obligation, percent):
            return "wait", _flow({"obligation": _text(obligation), "percent": percent})
        case CasesCounted(_, where, per):
            conditions = _flow({_text(name): _list(values) for name, values in where.items()}) if where else None
            which = _flow({"where": conditions, "per": _text(per) if per else None})
            return "cases", which or "all"
        case ChildrenCounted(_, at_least):
            return "children", _flow({"at least": at_least})
        case ShareWithin(_, start, then, within):
            return "share within", _flow({"from": _list(start), "then": _list(then), "within": _text(within)})
        case ShareAgain(_, after, again, within):
            return "share again", _flow({"after": _list(after), "again": _list(again), "within": _text(within)})
        case ShareOfEvents(_, event, attribute, values):
            return "share of events", _flow(
                {"event": _list(event), "attribute": _text(attribute), "values": _list(values)}
            )
        case ShareLowered(_, event, attribute, order):
            return "share lowered", _flow(
                {"event": _list(event), "attribute": _text(attribute), "highest first": _list(order)}
            )
        case ShareFilledIn(_, attribute, person):
            return "filled in", _flow({"case": _text(attribute or "")} if person is None else {"person": _text(person)})
        case WrittenLate(_, event):
            return "written up late", _list(event)
        case NotesWith(_, sign):
            return "notes with", _text(sign)


def _example(measure: Measure, example: MeasureExample) -> CommentedMap:
    per = measure.counting.per if isinstance(measure.counting, CasesCounted) else None
    return _block(
        {
            "name": _text(example.name),
            "as at": _text(example.as_at) if example.as_at else None,
            "findings": LiteralScalarString(example.findings) if example.findings else None,
            "cases": LiteralScalarString(example.cases) if example.cases else None,
            "investigators" if per == "investigator" else "people": example.of,
            "expect": _text(example.expect),
        }
    )


def _word_for(meant: object, words: Mapping[str, object]) -> str:
    return next(word for word, of in words.items() if of is meant)


def _text(text: str) -> DoubleQuotedScalarString:
    return DoubleQuotedScalarString(text)


def _list(texts: tuple[str, ...]) -> CommentedSeq:
    made = CommentedSeq(map(_text, texts))
    made.fa.set_flow_style()
    return made


def _flow(keys: Mapping[Any, Any]) -> CommentedMap:
    made = _block(keys)
    made.fa.set_flow_style()
    return made


def _block(keys: Mapping[Any, Any]) -> CommentedMap:
    return CommentedMap({key: value for key, value in keys.items() if value is not None})
