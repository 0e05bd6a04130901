"""`wardline map start`: a mapping drafted with the words of the shipped standards, and what it could show already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from wardline.obligations import Need, Obligation, Part, RecordOf, needs
from wardline.record_systems import Mapping
from wardline.record_systems.drafting import (
    CaseVocabulary,
    MappingDraft,
    QueryAsked,
    Vocabulary,
    draft_mapping,
    read_trade_words,
)
from wardline.record_systems.rows.abilities_and_coverage import abilities
from wardline.reports.draft_in_words import DraftedMapping
from wardline.standards import Standard, look_up_standard, shipped_standards
from wardline.whole_files import write_new_file

__all__ = ["shipped_vocabulary", "start_mapping", "write_draft"]

LOOKED_AT = (Part.TRIGGER, Part.RESPONSE, Part.BANNED)


def start_mapping(
    files: Sequence[Path], *, system: str | None = None, cases_of: str | None = None, query: QueryAsked | None = None
) -> DraftedMapping:
    """Draft a mapping from exports with the words of the shipped standards. Raises ExportError, DocumentError."""
    standards = [look_up_standard(name, relative_to=Path()) for name in shipped_standards()]
    draft = draft_mapping(files, shipped_vocabulary(standards), system=system, cases_of=cases_of, query=query)
    mine = [standard for standard in standards if standard.case_type == draft.case_type]
    known = set() if draft.mapping is None else _known(draft.mapping, draft.case_type)
    judged = []
    total = 0
    missing: dict[str, None] = {}
    for standard in mine:
        for obligation in standard.obligations:
            total += 1
            lacking = [need for need in needs(obligation) if not _is_met(need, known)]
            if not _stands_in_the_way(lacking, needs(obligation)):
                judged.append(f"{standard.name}/{obligation.id}")
            for need in lacking:
                if need.part in LOOKED_AT and need.event is not None and (need.event, None) not in known:
                    missing.setdefault(need.event)
    return DraftedMapping(draft, tuple(judged), total - len(judged), tuple(missing))


def write_draft(draft: MappingDraft, out: Path) -> None:
    """Write the draft into a file that is not there yet. Raises OutputError."""
    write_new_file(
        out,
        draft.text,
        already_there=(
            "There is already a file of that name, and a draft never takes the place of what somebody has written.",
            "Name a file that is not there yet.",
        ),
    )


def shipped_vocabulary(standards: Iterable[Standard]) -> Vocabulary:
    """The events and attributes that standards name, with the values that they tell apart, by type of case."""
    found: dict[str, CaseVocabulary] = {}
    for standard in standards:
        of = found.setdefault(standard.case_type, CaseVocabulary({}, {}, ()))
        events = {name: dict(attributes) for name, attributes in of.events.items()}
        attributes = dict(of.attributes)
        triggers = list(of.triggers)
        for obligation in standard.obligations:
            triggers += [pattern.event for pattern in obligation.triggers()]
            for event, attribute, values in _said(obligation):
                place = attributes if event is None else events.setdefault(event, {})
                if attribute is not None:
                    place[attribute] = tuple(dict.fromkeys((*place.get(attribute, ()), *values)))
        found[standard.case_type] = CaseVocabulary(events, attributes, tuple(dict.fromkeys(triggers)))
    for case_type, names in read_trade_words().joined_or_compared_by.items():
        if case_type in found:
            attributes = {**dict.fromkeys(names, ()), **found[case_type].attributes}
            found[case_type] = CaseVocabulary(found[case_type].events, attributes, found[case_type].triggers)
    return Vocabulary(found)


def _said(obligation: Obligation) -> Iterator[tuple[str | None, str | None, tuple[str, ...]]]:
    """Each event or attribute that an obligation names: of which event (None: the case), which, and its values.

    An attribute that may be one of the event or of the case is passed over: nothing says which of the two to look at.
    """
    for need in needs(obligation):
        if need.of is not RecordOf.PERSON and not need.of_case_too:
            yield need.event, need.field, need.values


def _known(mapping: Mapping, case_type: str | None) -> set[tuple[str | None, str | None]]:
    rows = abilities([mapping], {}).select("case_type", "event", "field").rows()
    return {(event, field) for of, event, field in rows if of in (None, case_type)}


def _is_met(need: Need, known: set[tuple[str | None, str | None]]) -> bool:
    if need.of is RecordOf.EVENT:
        of_case = need.of_case_too and (None, need.field) in known
        return (need.event, need.field) in known or of_case
    return (None, need.field) in known


def _stands_in_the_way(lacking: Sequence[Need], every: Sequence[Need]) -> bool:
    """Whether an obligation cannot be judged: of its responses one will do, exemptions may be lacking."""
    for part in (Part.RESPONSE, Part.TRIGGER):
        of_part = [need for need in every if need.part is part and need.field is None]
        if of_part and all(need in lacking for need in of_part):
            return True
    return any(need.part in (Part.CASES, Part.LIMIT, Part.FIELD, Part.BANNED) for need in lacking)
