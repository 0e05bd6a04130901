"""What the report is given: the plain values that its page is written from."""

from __future__ import annotations

from collections.abc import Sequence

from wardline.dive.counted.counts import not_read
from wardline.dive.kept.kept_dive import KeptDive
from wardline.reports import Confirmed, InputFile, Report, StandardInReport
from wardline.standards import Standard

__all__ = ["report_contents"]


def report_contents(dive: KeptDive) -> Report:
    """Everything that the page says, from what the dive has kept. Raises OutputError where that cannot be read."""
    force = dive.force
    with dive.readable():
        return Report(
            title=dive.title,
            question=dive.question,
            force=force.name,
            oversight_body=force.oversight_body,
            period=dive.period,
            as_at=dive.as_at,
            zone=force.zone,
            is_made_up_data=dive.is_made_up,
            obligations=dive.obligations,
            standards=_standards(dive.standards),
            written_up_later_after=force.written_up_later_after,
            limit_reasons={name: local.reason for name, local in force.limits.items() if local.reason is not None},
            confirmed={name: Confirmed(one.by, one.on.isoformat()) for name, one in force.confirmed.items()},
            asked={name: Confirmed(one.by, one.on.isoformat()) for name, one in force.asked.items()},
            figures=dive.figures,
            not_read=not_read(dive.figures.rejects),
            doubts=dive.manifest.doubts,
            never_judged=dive.never_judged,
            remarks=dive.manifest.remarks,
            inputs=tuple(InputFile(f"{one.what}: {one.name}", one.sha256) for one in dive.manifest.inputs),
            versions=tuple(dive.manifest.versions.items()),
        )


def _standards(standards: Sequence[Standard]) -> tuple[StandardInReport, ...]:
    return tuple(
        StandardInReport(
            one.name,
            one.title,
            one.version,
            one.case_type,
            one.in_force_from,
            one.in_force_to,
            one.not_judged_from_records,
        )
        for one in standards
    )
