"""What a drafted mapping leaves to do, and what it could show already: what `wardline map start` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wardline.english import count
from wardline.record_systems.drafting import MappingDraft

__all__ = ["DraftedMapping", "draft_in_words"]

NAMES_SHOWN = 12
NAMES_IN_A_LINE = 5


@dataclass(frozen=True)
class DraftedMapping:
    """A draft, and of the shipped standards of its type of case what could be judged and what was not found."""

    draft: MappingDraft
    judged: tuple[str, ...]
    not_judged: int
    events_not_found: tuple[str, ...]


def draft_in_words(found: DraftedMapping) -> str:
    """What is left to do, what could be judged from what the draft reads, and the events for which nothing is found."""
    lines = [*_left_to_do(found), *_judged(found), *_not_found(found)]
    return "\n".join(lines) + "\n" if lines else ""


def _left_to_do(found: DraftedMapping) -> Iterator[str]:
    if found.draft.remaining:
        yield "Left for you:"
        yield from (f"  {each}" for each in found.draft.remaining)


def _judged(found: DraftedMapping) -> Iterator[str]:
    total = len(found.judged) + found.not_judged
    if found.draft.case_type is None or not total:
        return
    yield (
        f"Of {count(total, 'obligation')} of the shipped standards about this type of case ({found.draft.case_type}), "
        f"{len(found.judged)} could be judged from what the draft reads already" + (":" if found.judged else ".")
    )
    yield from (f"  {name}" for name in found.judged[:NAMES_SHOWN])
    if len(found.judged) > NAMES_SHOWN:
        yield f"  and {len(found.judged) - NAMES_SHOWN} more"


def _not_found(found: DraftedMapping) -> Iterator[str]:
    if found.events_not_found:
        yield "Nothing was found for these events that they look for:"
        yield from (f"  {', '.join(part)}" for part in _in_parts(found.events_not_found))


def _in_parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (names[at : at + NAMES_IN_A_LINE] for at in range(0, len(names), NAMES_IN_A_LINE))
