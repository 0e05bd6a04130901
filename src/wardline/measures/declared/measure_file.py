"""YAML to measures: every measure is checked against its shape, and all problems are told at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from wardline.documents import Document, Path_, validate
from wardline.english import in_code, or_list
from wardline.errors import DocumentError, Problem, ProblemKind, Problems, did_you_mean
from wardline.measures.charts import ChartKind, Shown
from wardline.measures.declared.examples_written import example_in, example_misfits, unread_example
from wardline.measures.declared.measure import (
    CasesCounted,
    ChildrenCounted,
    Counting,
    Measure,
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
from wardline.measures.declared.measure_keys import COUNTED_BY, MeasureKeys, MeasureSetKeys
from wardline.measures.declared.targets_written import NotATarget, read_target

__all__ = ["measure_set_in"]

USUAL_CHART = {Shown.SHARE: ChartKind.P_PRIME, Shown.RATE: ChartKind.U_PRIME, Shown.VALUE: ChartKind.XMR}


def measure_set_in(document: Document) -> MeasureSet:
    """The measures that a document contains, their worked examples not yet run.

    Raises DocumentError with every problem of the document, in the order of its lines.
    """
    problems = Problems(DocumentError)
    keys = problems.collect(lambda: validate(document, MeasureSetKeys))
    head = document.data if isinstance(document.data, dict) else {}
    listed = head.get("measures")
    found: list[Measure] = []
    if isinstance(listed, list):
        # A measure is checked whatever is wrong with the lines above it.
        name, case_type = (str(head.get(key) or "") for key in ("measure set", "case type"))
        numbers = [index for index, item in enumerate(listed) if isinstance(item, dict)]
        found = problems.collect_each(partial(_measure_at, document, name, case_type), numbers)
        problems += _ids_used_twice(document, listed)
    if problems or keys is None:
        raise DocumentError(_in_order_of_lines(problems))
    return MeasureSet(keys.name, keys.title, keys.version, keys.case_type, tuple(found))


def _in_order_of_lines(problems: Problems) -> list[Problem]:
    def line_and_column(problem: Problem) -> tuple[int, int]:
        return (problem.where.line or 0, problem.where.column or 0) if problem.where else (0, 0)

    return sorted(problems, key=line_and_column)


def _ids_used_twice(document: Document, listed: list[Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(listed):
        name = item.get("id") if isinstance(item, dict) else None
        if isinstance(name, str) and name in seen:
            yield document.problem(
                ProblemKind.WRONG_VALUE,
                ("measures", index, "id"),
                f"Two measures are called `{name}`.",
                "Give each an id of its own; figures and claims name it.",
            )
        seen |= {name} if isinstance(name, str) else set()


# ONE MEASURE


def _measure_at(document: Document, set_name: str, case_type: str, index: int) -> Measure:
    path: Path_ = ("measures", index)
    data = document.data["measures"][index]
    problems = Problems(DocumentError)
    counted_by, told = _counted_by(document, path, data, problems)
    keys = problems.collect(lambda: validate(document, MeasureKeys, path, without=told))
    examples = data.get("examples")
    for number, example in enumerate(examples if isinstance(examples, list) else []):
        if isinstance(example, dict):
            problems += unread_example(document, (*path, "examples", number), example)
    if keys is None or counted_by is None:
        raise DocumentError(problems)
    counting = _counting(counted_by, getattr(keys, COUNTED_BY[counted_by]), case_type)
    measure = Measure(
        name=f"{set_name}/{keys.id}",
        title=keys.title,
        part=keys.part,
        counting=counting,
        wanted=keys.better,
        chart=ChartKind.XMR,
        splits=keys.by,
        needs=keys.needs,
        gaming=keys.gaming,
        why=keys.why,
        cannot_tell=keys.cannot_tell or "",
        examples=tuple(example_in(example) for example in keys.examples),
    )
    problems += _that_do_not_go_together(document, path, measure, keys)
    problems.tell()
    target = None if keys.target is None else read_target(keys.target, measure)
    chart = USUAL_CHART[measure.shown] if keys.chart is None else keys.chart
    return Measure(**{**vars(measure), "chart": chart, "target": target})


def _counted_by(
    document: Document, path: Path_, data: dict[str, Any], problems: Problems
) -> tuple[str | None, set[str]]:
    """The key that says what is counted, None where that is not said once; and the keys that were told of already."""
    present = [key for key in data if key in COUNTED_BY]
    if len(present) == 1 and data[present[0]] is None:
        problems.append(
            document.problem(
                ProblemKind.WRONG_VALUE,
                (*path, present[0]),
                f"Nothing stands after `{present[0]}`, so this does not say what is counted.",
                "Write what is counted, as docs/reference/measures-language.md shows it.",
                of_key=True,
            )
        )
        return None, {present[0]}
    if len(present) == 1:
        return present[0], set()
    if present:
        problems.append(
            document.problem(
                ProblemKind.UNKNOWN_KEY,
                (*path, present[1]),
                f"`{present[0]}` and `{present[1]}` are two different ways of counting.",
                "Write two measures, each with an id of its own.",
                of_key=True,
            )
        )
        return None, set()
    known = {info.alias or name for name, info in MeasureKeys.model_fields.items()}
    near = [(key, hint) for key in data if key not in known if (hint := did_you_mean(str(key), COUNTED_BY))]
    where, hint = ((*path, near[0][0]), near[0][1]) if near else (path, "")
    problems.append(
        document.problem(
            ProblemKind.MISSING_KEY,
            where,
            f"This does not say what is counted.{hint}",
            f"Add {or_list(in_code(COUNTED_BY))}.",
            of_key=bool(near),
        )
    )
    return None, {near[0][0]} if near else set()


def _counting(key: str, said: Any, case_type: str) -> Counting:
    match key:
        case "share met":
            return ShareMet(said)
        case "share that cannot be told":
            return ShareNotTold(said)
        case "wait":
            return Wait(said.obligation, said.percent)
        case "cases":
            return CasesCounted(case_type, said.where, said.per)
        case "children":
            return ChildrenCounted(case_type, said.at_least)
        case "share within":
            return ShareWithin(case_type, said.start, said.then, said.within)
        case "share again":
            return ShareAgain(case_type, said.after, said.again, said.within)
        case "share of events":
            return ShareOfEvents(case_type, said.event, said.attribute, said.values)
        case "share lowered":
            return ShareLowered(case_type, said.event, said.attribute, said.highest_first)
        case "filled in":
            return ShareFilledIn(case_type, said.case, said.person)
        case "written up late":
            return WrittenLate(case_type, said)
        case "notes with":
            return NotesWith(case_type, said)
    assert False, f"nothing is counted by {key}"


def _that_do_not_go_together(document: Document, path: Path_, measure: Measure, keys: MeasureKeys) -> Iterator[Problem]:
    if keys.chart is not None and measure.shown not in keys.chart.of:
        yield document.problem(
            ProblemKind.WRONG_VALUE,
            (*path, "chart"),
            f"A {keys.chart.value} chart cannot be drawn of {measure.shown.value}.",
            f"Leave the line out for a {USUAL_CHART[measure.shown].value} chart, or write `chart: XmR`.",
        )
    if keys.target is not None:
        try:
            read_target(keys.target, measure)
        except NotATarget as error:
            yield document.problem(ProblemKind.WRONG_VALUE, (*path, "target"), str(error), error.remedy)
    for number, example in enumerate(keys.examples):
        yield from example_misfits(document, (*path, "examples", number), measure, example)
