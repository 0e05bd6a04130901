"""What respond and repeat share: each occasion, its responses and its exemptions, against its deadline (rules 5 and 6).

A kind finds what lies in an occasion's window; the rest is the same for both. Where every time is exact, one event of
each sort is found by a search among positions, and the list of rule 5 is gone through once. Occasions that inexact
times touch are put beside each event that may count, and the list is gone through twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from wardline.engines.columnar.abilities import AbilityByHolding
from wardline.engines.columnar.batch import Batch
from wardline.engines.columnar.evidence import EvidencePositions, with_event
from wardline.engines.columnar.inexact import in_parts, split, taken, touched
from wardline.engines.columnar.judging import differing, verdict_of_response
from wardline.engines.columnar.occasion_columns import EXEMPTION, RESPONSE
from wardline.engines.columnar.shaping import Asked
from wardline.events import INSTANT

__all__ = ["Candidates", "judged_by_deadline"]


@dataclass(frozen=True)
class Candidates:
    """Pairs of an occasion (`o`) and an event in its window: responses, exemptions, and those that match in part."""

    responses: pl.DataFrame
    exemptions: pl.DataFrame
    partial: pl.Series  # of `o`


def judged_by_deadline(
    asked: Asked,
    batch: Batch,
    occasions: pl.DataFrame,
    sought: Sequence[EvidencePositions],
    able: AbilityByHolding,
    *,
    find: Callable[[pl.DataFrame], pl.DataFrame],
    find_candidates: Callable[[pl.DataFrame], Candidates],
) -> list[pl.DataFrame]:
    """The occasions with a `verdict`: those that inexact times do not touch, and those that they do.

    `sought` is all that may count or leave the matter open. `find` is given the former and adds the columns RESPONSE
    and EXEMPTION and `is_incomplete`; `find_candidates` is given the latter, numbered as `o`.
    """
    positions = [part for one in sought for part in (one.timed(), one.partial())]
    untimed = pl.concat([one.groups_with_untimed for one in sought])
    frames = []
    for is_exact, part in split(occasions, touched(batch, occasions, *positions)):
        if is_exact:
            frames.append(_judge_once(asked, find(part), untimed, able))
        else:
            judge = _judging_twice(asked, batch, find_candidates, untimed, able)
            frames.append(in_parts(part, batch.at(pl.concat(positions), ["group"]), judge))
    until = pl.col("deadline").fill_null(pl.lit(asked.as_at, dtype=INSTANT))
    counted = ~pl.col("no_child") & able.would_show(pl.col("at"), until)
    return [frame.with_columns(counted=counted) for frame in frames]


def _judge_once(asked: Asked, occasions: pl.DataFrame, untimed: pl.Series, able: AbilityByHolding) -> pl.DataFrame:
    if len(untimed):
        occasions = occasions.with_columns(
            is_incomplete=pl.col("is_incomplete") | pl.col("group").is_in(untimed.implode())
        )
    return occasions.with_columns(
        verdict=verdict_of_response(
            deadline="deadline",
            response="responded_at",
            exemption="exempted_at",
            as_at=asked.as_at,
            able=able.state(),
            gap=able.is_gap(pl.col("at"), pl.col("deadline")),
            owed_from="owed_from" if "owed_from" in occasions.columns else None,
        ),
        late_by=pl.col("responded_at") - pl.col("deadline"),
    )


def _judging_twice(
    asked: Asked,
    batch: Batch,
    find_candidates: Callable[[pl.DataFrame], Candidates],
    untimed: pl.Series,
    able: AbilityByHolding,
) -> Callable[[pl.DataFrame], pl.DataFrame]:
    def judge(part: pl.DataFrame) -> pl.DataFrame:
        part = part.with_row_index("o")
        found = find_candidates(part)
        for pairs, name, columns in (
            (found.responses, "response", RESPONSE),
            (found.exemptions, "exemption", EXEMPTION),
        ):
            part = part.join(taken(pairs, name), on="o", how="left", maintain_order="left")
            # The closing of a case exempts without an event; then there is an instant and nothing else.
            is_event = pl.col(f"{name}_pos") < batch.timed.height
            part = with_event(batch, part, part.select(pl.when(is_event).then(f"{name}_pos")).to_series(), columns)
            part = part.with_columns(pl.col(f"{name}_at").alias(columns[1]))
        part = part.with_columns(
            is_incomplete=pl.col("group").is_in(untimed.implode()) | pl.col("o").is_in(found.partial.implode())
        )
        return _verdicts(asked, part.drop("o"), able)

    return judge


def _verdicts(asked: Asked, part: pl.DataFrame, able: AbilityByHolding) -> pl.DataFrame:
    """Favourably and unfavourably; a limit in days or longer has been judged by whole days, favourably alone."""
    gap = able.is_gap(pl.col("at"), pl.coalesce("deadline", "deadline_unfavourable"))
    both = {
        kind: verdict_of_response(
            deadline=deadline,
            response=f"response_{kind}",
            exemption=f"exemption_{kind}",
            as_at=asked.as_at,
            able=able.state(),
            gap=gap,
            owed_from=owed_from if owed_from in part.columns else None,
        )
        for kind, deadline, owed_from in (
            ("favourable", "deadline", "owed_from_latest"),
            ("unfavourable", "deadline_unfavourable", "owed_from"),
        )
    }
    return part.with_columns(**both, late_by=pl.col("response_favourable") - pl.col("deadline")).with_columns(
        verdict=pl.when("is_in_days").then("favourable").otherwise(differing("favourable", "unfavourable"))
    )
