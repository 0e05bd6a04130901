"""Standards and a force's settings together: obligations as an engine takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from wardline.documents import Path_
from wardline.errors import DocumentError, Problem, ProblemKind, Problems, did_you_mean
from wardline.obligations import (
    BasisKind,
    LimitTable,
    Obligation,
    Repeat,
    ResolvedObligation,
    Respond,
    Standing,
    TimeLimit,
)
from wardline.standards.force import Force, LocalLimit
from wardline.standards.library import shipped_standards
from wardline.standards.limits_compared import looser_in_words
from wardline.standards.sense import never_met
from wardline.standards.standard import Standard
from wardline.standards.standard_file import in_order_of_lines
from wardline.time_limits import Length, Unit

__all__ = ["resolve", "working_days_in"]

NEAR_STANDARD = 0.85  # how alike two names of standards must be for one to be taken for a slip of the other


def resolve(
    standards: Sequence[Standard], force: Force, *, known: Sequence[Standard] = ()
) -> tuple[ResolvedObligation, ...]:
    """Every obligation of the standards with the force's own limits, confirmations, time zone and nation.

    Raises DocumentError, pointing into `force.yaml`, where a name there is no obligation of these standards, where a
    limit is looser than the shipped one and no reason is given, and where working days are to be counted without a
    nation. A name of a standard that is neither among these nor among those that are only `known` is passed over: one
    `force.yaml` serves many dives.
    """
    problems = Problems(DocumentError, _unknown_names([*standards, *known], force))
    resolved = []
    for standard in standards:
        for obligation in standard.obligations:
            name = standard.full_name(obligation)
            local = force.limits.get(name)
            limit = _limit(obligation, name, force)
            own = obligation if limit is None else _with_limit(obligation, limit)
            problems += _problems(name, obligation, own, local, force)
            resolved.append(_resolved(standard, obligation, own, force))
    # Two versions of one standard may have the same to say of a line; it is told once.
    Problems(DocumentError, in_order_of_lines(problems)).tell()
    return tuple(resolved)


def _resolved(standard: Standard, shipped: Obligation, own: Obligation, force: Force) -> ResolvedObligation:
    return ResolvedObligation(
        obligation=own,
        standard=standard.name,
        version=standard.version,
        case_type=standard.case_type,
        in_force_from=standard.in_force_from,
        in_force_to=standard.in_force_to,
        standing=_standing(shipped, standard.full_name(shipped), force),
        shipped_limit=shipped.time_limit if own.time_limit != shipped.time_limit else None,
        zone=force.zone,
        nation=force.nation,
        at_risk_until=standard.at_risk_until,
        most_dangerous_first=standard.most_dangerous_first,
    )


def _standing(obligation: Obligation, name: str, force: Force) -> Standing:
    """Confirmed by the force before asked by the oversight body before assumed."""
    if not obligation.basis.kind.is_to_be_confirmed or name in force.confirmed:
        return Standing.BINDING
    return Standing.ASKED if name in force.asked else Standing.ASSUMED


def _limit(obligation: Obligation, name: str, force: Force) -> TimeLimit | None:
    """Whoever the obligation is put by may set a limit of its own; None leaves the standard's. What the oversight body
    asks is not held against a limit that the force has set, which may be looser."""
    if _standing(obligation, name, force) is Standing.ASKED:
        return force.asked[name].within
    return force.limits[name].limit if name in force.limits else None


def _with_limit(obligation: Obligation, limit: TimeLimit) -> Obligation:
    match obligation:
        case Respond():
            return replace(obligation, within=limit)
        case Repeat():
            return replace(obligation, every=limit)
    return obligation


# WHAT MAY BE WRONG


def _unknown_names(standards: Sequence[Standard], force: Force) -> Iterator[Problem]:
    known = [standard.full_name(obligation) for standard in standards for obligation in standard.obligations]
    names = [standard.name for standard in standards]
    for key in ("limits", "confirmed", "asked"):
        for name in getattr(force, key):
            of_standard = name.rpartition("/")[0]
            if name not in known and (not of_standard or of_standard in names or _is_slip(of_standard, names)):
                nearest = next((f" Did you mean `{full}`?" for full in known if full.endswith(f"/{name}")), None)
                yield force.document.problem(
                    ProblemKind.UNKNOWN_NAME,
                    (key, name),
                    f"No obligation is called `{name}`.{nearest or did_you_mean(name, known)}",
                    "Name it in full, the standard first; `wardline standards show` lists them.",
                    of_key=True,
                )


def _is_slip(of_standard: str, names: Sequence[str]) -> bool:
    """Whether it is no standard that ships, and spelt nearly as one of these or as one that does."""
    shipped = shipped_standards()
    return of_standard not in shipped and bool(get_close_matches(of_standard, [*names, *shipped], cutoff=NEAR_STANDARD))


def _problems(
    name: str, shipped: Obligation, own: Obligation, local: LocalLimit | None, force: Force
) -> Iterator[Problem]:
    where: Path_ = ("limits", name)
    if local is not None:
        if shipped.time_limit is None:
            yield force.document.problem(
                ProblemKind.WRONG_VALUE,
                where,
                f"`{name}` has no time limit that could be set.",
                "Take this line out.",
                of_key=True,
            )
            return
        yield from (
            force.document.problem(ProblemKind.NEVER_MET, where, what, remedy)
            for path, what, remedy in never_met(own)
            if path[0] in ("within", "every")
        )
        looser = "; ".join(looser_in_words(shipped.time_limit, local.limit))
        if looser and local.reason is None:
            yield force.document.problem(ProblemKind.MISSING_KEY, where, *_without_a_reason(shipped, looser))
    if name in force.asked:
        yield from _problems_of_asking(name, shipped, force)
    if force.nation is None and any(working_days_in(own)):
        yield force.document.problem(
            ProblemKind.WRONG_VALUE,
            ("nation",),
            f"`{name}` counts working days, and no nation is given whose bank holidays to skip.",
            "Name the nation, or set a limit for this obligation that counts no working days.",
        )


def _problems_of_asking(name: str, shipped: Obligation, force: Force) -> Iterator[Problem]:
    """What is asked must be something that binds nobody yet, and its limit one that the obligation can have."""
    where: Path_ = ("asked", name)
    if not shipped.basis.kind.is_to_be_confirmed:
        yield force.document.problem(
            ProblemKind.WRONG_VALUE,
            where,
            f"`{name}` rests on {shipped.basis.kind.value}: it is owed, whoever asks.",
            "Take this line out. Only an assumed obligation, or another force's policy, can be asked about.",
            of_key=True,
        )
        return
    within = force.asked[name].within
    if within is None:
        return
    if shipped.time_limit is None:
        yield force.document.problem(
            ProblemKind.WRONG_VALUE,
            (*where, "within"),
            f"`{name}` has no time limit that could be set.",
            "Take `within` out.",
            of_key=True,
        )
        return
    yield from (
        force.document.problem(ProblemKind.NEVER_MET, (*where, "within"), what, remedy)
        for path, what, remedy in never_met(_with_limit(shipped, within))
        if path[0] in ("within", "every")
    )


def _without_a_reason(shipped: Obligation, looser: str) -> tuple[str, str]:
    if shipped.basis.kind is not BasisKind.STATUTE:
        remedy = "Say why: `{limit: …, reason: …}`. Every finding carries both limits."
        return f"This limit is looser than the shipped one: {looser}.", remedy
    remedy = (
        "No force can change the law. Take this line out; or, to look at it all the same, say why: "
        "`{limit: …, reason: …}`. The report then says that the statute gives less time."
    )
    return f"This limit is looser than that of a statute ({shipped.basis.title}): {looser}.", remedy


def working_days_in(obligation: Obligation) -> Iterator[Length]:
    """Every length of an obligation that counts working days: of its limit, and of what starts it."""
    limit = obligation.time_limit
    lengths = [*dict(limit.limits).values(), limit.unknown] if isinstance(limit, LimitTable) else [limit]
    lengths += [
        getattr(getattr(obligation, name, None), "within", None)
        for name in ("trigger", "before", "never", "start", "by")
    ]
    lengths.append(getattr(obligation, "owed_after", None))
    yield from (one for one in lengths if isinstance(one, Length) and one.unit is Unit.WORKING_DAYS)
