"""YAML to obligations: every obligation held against the shape of its kind, all problems told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from wardline.documents import Document, Path_, parse_document, validate
from wardline.english import in_code, or_list
from wardline.errors import DocumentError, Problem, ProblemKind, Problems, did_you_mean
from wardline.obligations import Obligation
from wardline.standards import language as shapes
from wardline.standards.nodes import danger_from, obligation_from, patterns_from
from wardline.standards.notation_problems import problems_of_example
from wardline.standards.sense import never_met
from wardline.standards.standard import Standard

__all__ = ["in_order_of_lines", "obligations_in", "read_obligations", "standard_in"]

KEYS_OF_KIND = {
    leading: frozenset(info.alias or name for name, info in shape.model_fields.items()) - shapes.SHARED_KEYS
    for leading, shape in shapes.KINDS.items()
}
# Which kind is meant where its leading key is absent; `then` may be of two, so it decides last.
TELLING_KEYS = {
    "within": "when",
    "every": "from",
    "until": "from",
    "first": "before",
    "settled by": "never",
    "by": "record",
    "then": "when",
}


def standard_in(document: Document) -> Standard:
    """The standard that a document holds, its worked examples not yet run.

    Raises DocumentError with every problem of the document, in the order of its lines.
    """
    problems = Problems(DocumentError)
    keys = problems.collect(lambda: validate(document, shapes.StandardKeys))
    listed = document.data.get("obligations") if isinstance(document.data, dict) else None
    obligations: tuple[Obligation, ...] = ()
    if isinstance(listed, list):
        mappings = [(index, item) for index, item in enumerate(listed) if isinstance(item, dict)]
        paths: list[Path_] = [("obligations", index) for index, _ in mappings]
        obligations = problems.collect(lambda: obligations_in(document, paths)) or ()
    if problems or keys is None:
        raise DocumentError(in_order_of_lines(problems))
    return Standard(
        name=keys.standard,
        title=keys.title,
        version=keys.version,
        in_force_from=keys.in_force.start,
        in_force_to=keys.in_force.end,
        case_type=keys.case_type,
        obligations=obligations,
        not_judged_from_records=keys.not_judged,
        at_risk_until=patterns_from(keys.at_risk_until),
        most_dangerous_first=danger_from(keys.most_dangerous_first),
    )


def read_obligations(document: Document | str, *, defaults: Mapping[str, Any] | None = None) -> tuple[Obligation, ...]:
    """The obligations of a page or a fragment: one obligation, a list of them, or a mapping with `obligations`.

    `defaults` are keys and values, as they would stand in the document (`{"owed by": "force"}`, or `owed_by`), for
    what an obligation there leaves out. A default `id` is numbered from the second obligation on. Worked examples
    are read but not run. Raises DocumentError.
    """
    if isinstance(document, str):
        document = parse_document(document, "standard")
    base: Path_ = ()
    if isinstance(document.data, dict) and "obligations" in document.data:
        base = ("obligations",)
    data = document.data["obligations"] if base else document.data
    if isinstance(data, dict):
        filled: Any = _with_defaults(data, defaults, 1)
        paths = [base]
    else:
        listed = data if isinstance(data, list) else [data]
        filled = [_with_defaults(item, defaults, number) for number, item in enumerate(listed, start=1)]
        paths = [(*base, index) for index in range(len(filled))]
    return obligations_in(replace(document, data={"obligations": filled} if base else filled), paths)


def _with_defaults(data: Any, defaults: Mapping[str, Any] | None, number: int) -> Any:
    if not isinstance(data, dict) or not defaults:
        return data
    spaced = {key.replace("_", " "): value for key, value in defaults.items()}
    if "id" in spaced and number > 1:
        spaced["id"] = f"{spaced['id']}-{number}"
    return {**spaced, **data}


def obligations_in(document: Document, paths: Iterable[Path_]) -> tuple[Obligation, ...]:
    """The obligations that stand at `paths`. Raises DocumentError with the problems of all of them."""
    problems = Problems(DocumentError)
    found: list[Obligation] = []
    ids: set[str] = set()
    for path in paths:
        data = _at(document, path)
        if isinstance(data, dict) and isinstance(name := data.get("id"), str):
            if name in ids:
                problems.append(
                    document.problem(
                        ProblemKind.WRONG_VALUE,
                        (*path, "id"),
                        f"Two obligations are called `{name}`.",
                        "Give each an id of its own; findings are known by it.",
                    )
                )
            ids.add(name)
        obligation = problems.collect(partial(_obligation_at, document, path, data))
        found += [] if obligation is None else [obligation]
    Problems(DocumentError, in_order_of_lines(problems)).tell()
    return tuple(found)


def _at(document: Document, path: Path_) -> Any:
    data = document.data
    for step in path:
        data = data[step]
    return data


def _obligation_at(document: Document, path: Path_, data: Any) -> Obligation:
    if not isinstance(data, dict):
        raise DocumentError(
            document.problem(
                ProblemKind.WRONG_VALUE, path, "An obligation is expected here.", "Write its keys, indented: `id: …`."
            )
        )
    leading, problems, told = _kind(document, path, data)
    if leading is None:
        raise DocumentError(problems)
    shape = shapes.KINDS[leading]
    keys = problems.collect(lambda: validate(document, shape, path, without=told))
    problems += problems_of_example(document, path, data)
    if problems or keys is None:
        raise DocumentError(problems)
    obligation = obligation_from(keys)
    problems += (
        document.problem(ProblemKind.NEVER_MET, (*path, *where), what, remedy)
        for where, what, remedy in never_met(obligation)
    )
    problems.tell()
    return obligation


def _kind(document: Document, path: Path_, data: dict[str, Any]) -> tuple[str | None, Problems, set[str]]:
    """The leading key of the kind that is meant, the problems of deciding it, and the keys that they are about."""
    present = [key for key in data if key in shapes.KINDS]
    if len(present) > 1:
        return (
            None,
            Problems(
                DocumentError,
                [
                    document.problem(
                        ProblemKind.UNKNOWN_KEY,
                        (*path, present[1]),
                        f"`{present[0]}` and `{present[1]}` begin two different kinds of obligation.",
                        "Write two obligations, each with an id of its own.",
                        of_key=True,
                    )
                ],
            ),
            set(),
        )
    leading = present[0] if present else next((kind for key, kind in TELLING_KEYS.items() if key in data), None)
    if leading is None:
        near = [
            (key, hint) for key in data if key not in shapes.SHARED_KEYS if (hint := did_you_mean(key, shapes.KINDS))
        ]
        where = (*path, near[0][0]) if near else path
        return (
            None,
            Problems(
                DocumentError,
                [
                    document.problem(
                        ProblemKind.MISSING_KEY,
                        where,
                        f"This does not say what must happen.{near[0][1] if near else ''}",
                        f"Begin it with {or_list(in_code(shapes.KINDS))}.",
                        of_key=bool(near),
                    )
                ],
            ),
            set(),
        )
    problems, told = Problems(DocumentError), set()
    others = {key: kind for kind, keys in KEYS_OF_KIND.items() for key in keys}
    for key in data:
        if key in others and key not in KEYS_OF_KIND[leading]:
            told.add(key)
            problems.append(
                document.problem(
                    ProblemKind.UNKNOWN_KEY,
                    (*path, key),
                    f"`{key}` does not go with `{leading}`.",
                    f"`{leading}` goes with {_listed(KEYS_OF_KIND[leading], leading)}; "
                    f"`{key}` belongs with "
                    f"{or_list(in_code(kind for kind in shapes.KINDS if key in KEYS_OF_KIND[kind]))}.",
                    of_key=True,
                )
            )
    return leading, problems, told


def _listed(keys: frozenset[str], leading: str) -> str:
    return ", ".join(f"`{key}`" for key in sorted(keys - {leading}))


def in_order_of_lines(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of one document as somebody reads it, from the top."""

    def line_and_column(problem: Problem) -> tuple[int, int]:
        return (problem.where.line or 0, problem.where.column or 0) if problem.where else (0, 0)

    return sorted(problems, key=line_and_column)
