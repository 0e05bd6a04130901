"""How a force's settings differ from the standards that ship: limits, what is confirmed, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wardline.errors import did_you_mean
from wardline.obligations import Basis, BasisKind, TimeLimit
from wardline.standards.adopting import is_to_be_set
from wardline.standards.force import Confirmation, Force, OversightQuestion
from wardline.standards.limits_compared import Compared, how_compared
from wardline.standards.standard import Standard

__all__ = ["Differences", "LimitDifference", "Named", "differences"]

FIRST_OF = (BasisKind.STATUTE, BasisKind.NATIONAL_GUIDANCE)


@dataclass(frozen=True)
class Named:
    """An obligation by its full name, and its title."""

    name: str
    title: str


@dataclass(frozen=True)
class LimitDifference:
    """A limit of the force's own beside the shipped one. `shipped` None: the obligation has no limit to be set."""

    of: Named
    basis: Basis
    shipped: TimeLimit | None
    local: TimeLimit
    how: Compared
    reason: str | None

    @property
    def is_looser_than(self) -> BasisKind | None:
        """The statute or national guidance that gives less time, if one does."""
        return self.basis.kind if self.how is Compared.LOOSER and self.basis.kind in FIRST_OF else None


@dataclass(frozen=True)
class Differences:
    """Everything in which a force's settings and the standards are told apart, in the order of the standards.

    `limits`: those looser than a statute first, then those looser than national guidance. `unknown`: what the
    settings name that no standard at hand has, each with what may be meant (or nothing).
    """

    limits: tuple[LimitDifference, ...]
    unchanged: int
    confirmed: tuple[tuple[Named, Confirmation], ...]
    asked: tuple[tuple[Named, OversightQuestion], ...]
    awaiting: tuple[Named, ...]
    to_be_set: tuple[Named, ...]
    unknown: tuple[tuple[str, str], ...]


def differences(force: Force, standards: Sequence[Standard], *, known: Sequence[Standard] = ()) -> Differences:
    """Hold the settings beside these standards; a name of one that is only `known` is passed over."""
    obligations = [
        (Named(standard.full_name(obligation), obligation.title), obligation)
        for standard in standards
        for obligation in standard.obligations
    ]
    limits = [
        LimitDifference(
            of,
            obligation.basis,
            shipped := obligation.time_limit,
            local.limit,
            Compared.UNSAID if shipped is None else how_compared(shipped, local.limit),
            local.reason,
        )
        for of, obligation in obligations
        if (local := force.limits.get(of.name)) is not None
    ]
    limits.sort(key=lambda one: FIRST_OF.index(one.is_looser_than) if one.is_looser_than else len(FIRST_OF))
    in_force = [
        (of, force.limits[of.name].limit if of.name in force.limits else limit)
        for of, obligation in obligations
        if (limit := obligation.time_limit) is not None
    ]
    return Differences(
        limits=tuple(limits),
        unchanged=len(in_force) - sum(one.shipped is not None for one in limits),
        confirmed=tuple((of, force.confirmed[of.name]) for of, _ in obligations if of.name in force.confirmed),
        asked=tuple((of, force.asked[of.name]) for of, _ in obligations if of.name in force.asked),
        awaiting=tuple(
            of
            for of, obligation in obligations
            if obligation.basis.kind.is_to_be_confirmed and of.name not in force.confirmed
        ),
        to_be_set=tuple(of for of, limit in in_force if is_to_be_set(limit)),
        unknown=tuple(_unknown(force, [*standards, *known])),
    )


def _unknown(force: Force, standards: Sequence[Standard]) -> Iterator[tuple[str, str]]:
    known = {standard.full_name(obligation) for standard in standards for obligation in standard.obligations}
    for name in dict.fromkeys((*force.limits, *force.confirmed, *force.asked)):
        if name not in known:
            short = next((f" Did you mean `{full}`?" for full in sorted(known) if full.endswith(f"/{name}")), None)
            yield name, (short or did_you_mean(name, sorted(known))).strip()
