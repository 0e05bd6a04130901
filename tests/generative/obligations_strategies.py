"""Obligations that can be written in the language of standards: every node, every key, and texts that YAML trips over.

`obligations()` draws one of any kind. What cannot be written is not drawn: attributes called like a key of a pattern,
values called like a key of a table, empty lists, and what `never_met` refuses.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from wardline.obligations import (
    Basis,
    BasisKind,
    Condition,
    EventPattern,
    Example,
    LimitTable,
    Never,
    Obligation,
    Owner,
    Precede,
    Record,
    RecordField,
    RecordOf,
    Repeat,
    Respond,
    Reviewed,
    TimeLimit,
    Topic,
    Trigger,
)
from wardline.standards.sense import never_met
from wardline.time_limits import CountingTheFirst, Length, SameDay, SingleLimit, TimeIn, ToBeSet, Unit

KINDS = ("respond", "precede", "never", "repeat", "record")
EVENT_NAMES = ("reported", "risk_graded", "officer_deployed", "child_found", "interviewed", "a name with spaces")
ATTRIBUTES = ("grade", "method", "from_care", "by", "of", "unknown", "the time in", "within", "event ")
NOT_ATTRIBUTES = ("event", "nth", "in")
NOT_VALUES = ("by", "of", "unknown")
# Texts that another reading of YAML takes for something else, or that end a plain scalar.
TRICKY = (
    "yes",
    "no",
    "null",
    "~",
    "12:30",
    "1_000",
    "0x1F",
    "2025-06-02",
    "1.5e3",
    "- a",
    "a: b",
    "a #b",
    "{x}",
    "[y]",
    "'",
    '"',
    "|",
    ">",
    "&a",
    "*b",
    "!c",
    "%d",
    "@e",
    "`f`",
    "a\\n",
    "é – “quoted” £5",
    " leading",
    "trailing ",
    "two  spaces",
    "to be set",
    "same day",
    "?",
    "<<",
    "=",
)


def texts() -> st.SearchStrategy[str]:
    """A line of text that is not blank."""
    letters = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))
    return st.one_of(
        st.sampled_from(TRICKY), st.text(letters, min_size=1, max_size=200).filter(lambda text: bool(text.strip()))
    )


def ids() -> st.SearchStrategy[str]:
    """The id of an obligation."""
    return st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,12}", fullmatch=True).filter(str.isascii)


@st.composite
def conditions(draw: st.DrawFn, most: int = 2) -> tuple[Condition, ...]:
    """Attributes, each once, with one to three values."""
    names = st.one_of(st.sampled_from(ATTRIBUTES), texts()).filter(lambda name: name not in NOT_ATTRIBUTES)
    values = st.lists(texts(), min_size=1, max_size=3).map(tuple)
    return tuple(Condition(name, draw(values)) for name in draw(st.lists(names, max_size=most, unique=True)))


def patterns() -> st.SearchStrategy[EventPattern]:
    """An event with up to two conditions."""
    return st.builds(EventPattern, st.one_of(st.sampled_from(EVENT_NAMES), texts()), conditions())


def pattern_lists(least: int = 1) -> st.SearchStrategy[tuple[EventPattern, ...]]:
    """Up to three patterns."""
    return st.lists(patterns(), min_size=least, max_size=3).map(tuple)


def lengths(least: int = 0) -> st.SearchStrategy[Length]:
    """A length in any unit."""
    return st.builds(Length, st.integers(least, 400), st.sampled_from(Unit))


@st.composite
def triggers(draw: st.DrawFn) -> Trigger:
    """A trigger, counted or not."""
    listed = draw(pattern_lists())
    if draw(st.booleans()):
        return Trigger(listed)
    return Trigger(listed, nth=draw(st.integers(1, 5)), within=draw(lengths(least=1)))


def single_limits() -> st.SearchStrategy[SingleLimit | ToBeSet]:
    """A limit that is no table."""
    return st.one_of(lengths(), st.just(SameDay()), st.builds(CountingTheFirst, st.integers(1, 90)), st.just(ToBeSet()))


@st.composite
def limit_tables(draw: st.DrawFn) -> LimitTable:
    """A limit for each of up to four values."""
    values = texts().filter(lambda value: value not in NOT_VALUES and value != "the time in")
    listed = draw(st.lists(values, min_size=1, max_size=4, unique=True))
    return LimitTable(
        draw(texts()),
        tuple((value, draw(single_limits())) for value in listed),
        draw(st.none() | single_limits()),
        draw(st.none() | st.sampled_from(EVENT_NAMES)),
    )


def time_limits() -> st.SearchStrategy[TimeLimit]:
    """Every form of a time limit."""
    return st.one_of(single_limits(), st.builds(TimeIn, texts()), limit_tables())


def record_fields() -> st.SearchStrategy[RecordField]:
    """A field of a case, an event or the child's person record."""
    return st.one_of(
        st.builds(RecordField, st.just(RecordOf.CASE), texts()),
        st.builds(RecordField, st.just(RecordOf.EVENT), texts(), st.sampled_from(EVENT_NAMES)),
        st.builds(RecordField, st.just(RecordOf.PERSON), texts()),
    )


EXPECTED = {
    "respond": ("recorded in time", "recorded late by 2 hours 35 minutes", "no record found", "no occasion"),
    "never": ("not recorded as happening", "recorded as happening", "not owed"),
    "record": ("filled in", "not filled in", "cannot tell (evidence_incomplete)"),
}
LINES = (
    "18:00 reported",
    "18:05:30 risk_graded grade=high",
    '2025-06-03 09:00 interviewed method="video call"',
    "2025-06-03 child_found",
    "",
    "  19:00 child_found",
)


@st.composite
def worked_examples(draw: st.DrawFn, kind: str) -> Example:
    """An example that can be read; whether it holds is another question."""
    lines = draw(st.lists(st.sampled_from(LINES), max_size=4))
    expected = EXPECTED.get(kind, EXPECTED["respond"])
    return Example(
        name=draw(texts()),
        events="\n".join(lines) + draw(st.sampled_from(("", "\n"))),
        as_at=draw(st.sampled_from(("23:00", "2025-06-03", "2025-06-04 07:30:15"))),
        expect=tuple(draw(st.lists(st.sampled_from(expected), max_size=3))),
        case=tuple(draw(st.dictionaries(texts(), texts(), max_size=2)).items()),
    )


@st.composite
def obligations(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS) -> Obligation:
    """An obligation of one of the kinds that can be written, and that can be met."""
    kind = draw(st.sampled_from(kinds))
    maybe = st.none() | texts()
    shared: dict[str, Any] = {
        "id": draw(ids()),
        "title": draw(texts()),
        "topic": draw(st.sampled_from(Topic)),
        "owed_by": draw(st.sampled_from(Owner)),
        "basis": Basis(draw(st.sampled_from(BasisKind)), draw(texts()), *(draw(maybe) for _ in range(4))),
        "only_for": draw(conditions()),
        "exemptions": draw(pattern_lists(0)),
        "first_only": draw(st.booleans()),
        "per_child": draw(st.booleans()),
        "since_opening": draw(st.booleans()),
        "severity": draw(maybe),
        "needs": draw(maybe),
        "gaming": draw(maybe),
        "good_reasons": draw(maybe),
        "reviewed": draw(
            st.none() | st.builds(Reviewed, texts(), st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(date.isoformat))
        ),
        "safeguarding": draw(st.booleans()),
        "examples": tuple(draw(st.lists(worked_examples(kind), max_size=2))),
    }
    made = draw(_of_kind(kind, shared).filter(lambda obligation: not list(never_met(obligation))))
    return made


def _begins_later(limit: TimeLimit) -> bool:
    """Whether a limit may begin later: the records do not give it, and no event sets it."""
    return not (isinstance(limit, TimeIn) or (isinstance(limit, LimitTable) and limit.of is not None))


def _of_kind(kind: str, shared: dict[str, Any]) -> st.SearchStrategy[Obligation]:
    given = {key: st.just(value) for key, value in shared.items()}
    some = pattern_lists()
    match kind:
        case "respond":
            return st.tuples(triggers(), time_limits()).flatmap(
                lambda drawn: st.builds(
                    Respond,
                    **given,
                    trigger=st.just(drawn[0]),
                    response=some,
                    within=st.just(drawn[1]),
                    owed_after=st.none() | lengths() if _begins_later(drawn[1]) else st.none(),
                    counted_from=pattern_lists(0) if drawn[0].nth is None else st.just(()),
                )
            )
        case "precede":
            return st.builds(Precede, **given, before=triggers(), first=some)
        case "never":
            return st.builds(Never, **given, never=triggers(), settled_by=st.none() | some)
        case "repeat":
            return st.builds(
                Repeat, **given, start=triggers(), response=some, every=time_limits(), until=st.none() | some
            )
        case "record":
            return st.builds(Record, **given, record=record_fields(), by=triggers())
    assert False, f"no kind {kind}"
