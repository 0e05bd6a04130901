"""`claims.yaml`: what somebody said has got better, in a form that can be tested (docs/reference/claims.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from wardline.documents import (
    AsWritten,
    AtLeastOne,
    Day,
    Document,
    EntryValue,
    Keys,
    Text,
    YamlEntry,
    one_of,
    parse_document,
    read_document,
    read_text,
    unfit,
    validate,
    write_yaml,
)
from wardline.english import and_list, in_code
from wardline.errors import DocumentError, Problem, ProblemKind, Problems, did_you_mean
from wardline.measures.claims.claim import Claim, Declared, NotASize, Size, Way, goes_up, read_size, size_misfit
from wardline.measures.declared.measure import Measure

__all__ = [
    "CLAIM_KEYS",
    "NEW_CLAIMS",
    "check_that_claims_end_it",
    "claim_written",
    "claims_in",
    "problems_of_answers",
    "read_claims",
    "with_claim_added",
]

NEW_CLAIMS = "claims:\n"
MEASURES_SHOWN = 6
IF_NOT_ANSWERED = {
    "claim": "…",
    "said by": "…",
    "where": "…",
    "said on": "0001-01-01",
    "direction": Way.LARGER.value,
    "from": "0001-01-01",
    "by": "9999-12-31",
    "declared by": "…",
    "declared on": "9999-12-31",
}

Written = Mapping[str, str]
"""The answers of a claim by the keys of CLAIM_KEYS, as they are written in a file."""


def _size(value: Any) -> Size | None:
    try:
        return read_size(read_text(value))
    except NotASize as error:
        raise unfit(ProblemKind.WRONG_VALUE, str(error), error.remedy) from None


def _one_group(value: Any) -> tuple[str, str]:
    pairs = list(value.items()) if isinstance(value, Mapping) else []
    if len(pairs) != 1 or not all(isinstance(part, str) and part.strip() for part in pairs[0]):
        raise unfit(
            ProblemKind.WRONG_VALUE,
            "This is not one group.",
            "Write by what groups are made, and which one is meant, as {district: Eastmoor}; leave it out for all.",
        )
    split, group = pairs[0]
    return split.strip(), group.strip()


class _DeclaredKeys(Keys):
    by: Text
    on: Day


class _ClaimKeys(Keys):
    claim: Text
    said_by: Text = Field(alias="said by")
    where: Text
    said_on: Day = Field(alias="said on")
    measure: Text
    direction: Annotated[Way, one_of(Way)]
    size: Annotated[Size | None, BeforeValidator(_size)] = None
    start: Day = Field(alias="from")
    by: Day
    group: Annotated[tuple[str, str] | None, BeforeValidator(_one_group)] = None
    declared: _DeclaredKeys


class _ClaimsKeys(Keys):
    claims: Annotated[list[Any], AtLeastOne]


CLAIM_KEYS = tuple(
    inner
    for name, info in _ClaimKeys.model_fields.items()
    for inner in (("declared by", "declared on") if name == "declared" else (info.alias or name,))
)
"""What a claim says, in the order in which it is asked; `declared by` is the key `by` below `declared`."""


def read_claims(path: Path, measures: Mapping[str, Measure]) -> tuple[Claim, ...]:
    """Read a file of claims about some measures. Raises DocumentError with all problems at once, each at its line."""
    return claims_in(read_document(path), measures)


def claims_in(document: Document, measures: Mapping[str, Measure]) -> tuple[Claim, ...]:
    """The claims of a document. Raises DocumentError."""
    keys = validate(document, _ClaimsKeys)
    problems = Problems(DocumentError)
    claims = problems.collect_each(lambda at: _claim(document, at, measures), range(len(keys.claims)))
    problems.tell()
    return tuple(claims)


def claim_written(written: Written) -> str:
    """A claim as an item of the list in a file of claims."""
    entries = [
        YamlEntry(key, value=_value(key, written[key]))
        for key in CLAIM_KEYS
        if key in written and not key.startswith("declared")
    ]
    declared: dict[str, EntryValue] = {
        key.removeprefix("declared "): _value(key, written[key])
        for key in CLAIM_KEYS
        if key in written and key.startswith("declared")
    }
    entries.append(YamlEntry("declared", value=declared))
    text = write_yaml([YamlEntry("claims", items=(tuple(entries),))])
    return text.removeprefix(NEW_CLAIMS)


def problems_of_answers(written: Written, measures: Mapping[str, Measure]) -> tuple[Problem, ...]:
    """What is wrong with the answers so far, whatever those that are still to come will be."""
    whole = {**IF_NOT_ANSWERED, "measure": min(measures, default="…"), **written}
    try:
        claims_in(parse_document(NEW_CLAIMS + claim_written(whole), ""), measures)
    except DocumentError as error:
        return error.problems
    return ()


def with_claim_added(text: str, written: Written, measures: Mapping[str, Measure], *, file: str) -> str:
    """The text of a file of claims (NEW_CLAIMS where there is none yet) with one more at its end.

    Raises DocumentError where the claim, or the file, does not say what it must; the problems of the claim are at the
    lines that it would have.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    added = claim_written(written).replace("\n", line_end)
    longer = f"{text.rstrip()}{line_end}{'' if text == NEW_CLAIMS else line_end}{added}"
    claims = claims_in(parse_document(longer, file), measures)
    before = () if text == NEW_CLAIMS else claims_in(parse_document(text, file), measures)
    if claims[:-1] != before:
        raise DocumentError(_not_the_last(file))
    return longer


def check_that_claims_end_it(text: str, measures: Mapping[str, Measure], *, file: str) -> None:
    """Raise DocumentError where the text of a file of claims is none, or one to which no claim could be added."""
    claims_in(parse_document(text, file), measures)
    try:
        with_claim_added(text, {**IF_NOT_ANSWERED, "measure": min(measures, default="…")}, measures, file=file)
    except DocumentError:
        raise DocumentError(_not_the_last(file)) from None


def _not_the_last(file: str) -> Problem:
    return Problem(
        ProblemKind.WRONG_VALUE,
        f"A claim cannot be added at the end of {file}: its list of claims is not the last thing in it.",
        "Move `claims:` to the end of the file, each claim after a dash, or name another file.",
    )


def _value(key: str, written: str) -> EntryValue:
    is_day = key in ("said on", "from", "by", "declared on")
    if key == "group":
        split, _, group = written.partition(":")
        return {split.strip(): group.strip()}
    return AsWritten(written.strip()) if is_day or key == "size" else " ".join(written.split())


def _claim(document: Document, at: int, measures: Mapping[str, Measure]) -> Claim:
    keys = validate(document, _ClaimKeys, ("claims", at))
    problems = Problems(DocumentError, _misfits(document, ("claims", at), keys, measures))
    problems.tell()
    return Claim(
        words=keys.claim,
        said_by=keys.said_by,
        where=keys.where,
        said_on=keys.said_on,
        measure=keys.measure,
        way=keys.direction,
        size=keys.size,
        first_day=keys.start,
        by=keys.by,
        declared=Declared(keys.declared.by, keys.declared.on),
        group=keys.group,
    )


def _misfits(
    document: Document, path: tuple[str | int, ...], keys: _ClaimKeys, measures: Mapping[str, Measure]
) -> Iterator[Problem]:
    """What does not fit together in one claim."""
    if keys.by < keys.start:
        yield document.problem(
            ProblemKind.UNREADABLE_TIME_SETTING,
            (*path, "by"),
            "This claim is to show by a day before its first day.",
            "Write the first day of the better time after `from`, and a later day after `by`.",
        )
    if keys.declared.on < keys.said_on:
        yield document.problem(
            ProblemKind.UNREADABLE_TIME_SETTING,
            (*path, "declared", "on"),
            "This claim is declared for testing before it was said.",
            "Correct the day after `said on`, or the one after `on`.",
        )
    measure = measures.get(keys.measure)
    if measure is None:
        known = sorted(measures)
        shown = f"{', '.join(known[:MEASURES_SHOWN])}{', …' if len(known) > MEASURES_SHOWN else ''}"
        yield document.problem(
            ProblemKind.UNKNOWN_NAME,
            (*path, "measure"),
            f"There is no measure `{keys.measure}` here.{did_you_mean(keys.measure, known)}",
            f"Name one in full: {shown}." if known else "Name the dive whose measures are meant.",
        )
        return
    is_up = goes_up(keys.direction, measure.wanted)
    if is_up is None:
        yield document.problem(
            ProblemKind.WRONG_VALUE,
            (*path, "direction"),
            "Of this measure neither way is better in itself.",
            "Write `larger` or `smaller`.",
        )
    if (misfit := size_misfit(keys.size, measure, is_up=is_up)) is not None:
        yield document.problem(ProblemKind.WRONG_VALUE, (*path, "size"), *misfit)
    if keys.group is not None and keys.group[0] not in measure.splits:
        splits = and_list(in_code(measure.splits))
        yield document.problem(
            ProblemKind.UNKNOWN_NAME,
            (*path, "group"),
            f"This measure is not counted by `{keys.group[0]}`.{did_you_mean(keys.group[0], measure.splits)}",
            f"It is counted by {splits}." if measure.splits else "Leave `group` out: this measure has no groups.",
        )
