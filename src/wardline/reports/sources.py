"""What everything rests on: the basis of each obligation, the limits by kind of basis, the inputs and versions."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from wardline.obligations import BasisKind, LimitTable, ResolvedObligation, Standing, limit_in_words
from wardline.reports.report import Report
from wardline.reports.tables import Column, Table
from wardline.reports.words import BASIS_WORDS, and_list, count, date_in_words, number
from wardline.time_limits import ToBeSet

__all__ = ["BasisOfLimits", "basis_table", "inputs_table", "limits_by_basis", "standards_table"]

MOST_LIMITS = 6  # named for one kind of basis on page one


@dataclass(frozen=True)
class BasisOfLimits:
    """One kind of basis: how many obligations rest on it, and their limits."""

    kind: str
    obligations: str
    limits: str


def limits_by_basis(report: Report) -> list[BasisOfLimits]:
    """The limits by kind of basis, in the order statute to assumed."""
    found = []
    for kind in BasisKind:
        mine = [item for item in report.obligations if item.obligation.basis.kind is kind]
        if not mine:
            continue
        limits = list(dict.fromkeys(limit for item in mine for limit in _limits(item)))
        named = [*limits[:MOST_LIMITS], f"{len(limits) - MOST_LIMITS} more"] if len(limits) > MOST_LIMITS else limits
        waiting = sum(item.standing is Standing.ASSUMED for item in mine)
        confirmed = kind is BasisKind.ASSUMED and not waiting
        note = ", confirmed for this force" if confirmed else "" if not waiting else " (not confirmed: in no headline)" if waiting == len(mine) else \
            f" ({number(waiting)} not confirmed: in no headline)"
        found.append(BasisOfLimits(BASIS_WORDS[kind], count(len(mine), "obligation") + note,
                                   and_list(named) or "no time limit"))
    return found


def standards_table(report: Report) -> Table | None:
    """The standards, their versions and dates in force."""
    if not report.standards:
        return None
    rows = tuple((one.title, one.name, one.version, one.case_type,
                  f"from {date_in_words(one.in_force_from)}"
                  + (f" to {date_in_words(one.in_force_to)}" if one.in_force_to else ""))
                 for one in report.standards)
    return Table(caption="Standards", columns=(Column("Title"), Column("Name", is_code=True), Column("Version"),
                                               Column("Case type"), Column("In force")), rows=rows)


def basis_table(report: Report) -> Table | None:
    """Each obligation with the sentence of law, guidance or policy that it rests on."""
    if not report.obligations:
        return None
    rows = tuple((item.obligation.title, _limit(item), BASIS_WORDS[item.obligation.basis.kind], _source(item))
                 for item in report.obligations)
    return Table(caption="What each obligation rests on",
                 columns=(Column("Obligation"), Column("Time limit"), Column("Kind of basis"), Column("Source")), rows=rows)


def inputs_table(report: Report) -> Table | None:
    """Each input with its SHA-256, by which anybody can see that it is the same file."""
    if not report.inputs:
        return None
    return Table(caption="Inputs", columns=(Column("File", is_code=True), Column("SHA-256", is_code=True)),
                 rows=tuple((one.name, one.sha256) for one in report.inputs))


def _limits(item: ResolvedObligation) -> list[str]:
    limit = item.obligation.time_limit
    if limit is None:
        return []
    if isinstance(limit, LimitTable):
        return [str(length) for _, length in limit.limits if not isinstance(length, ToBeSet)]
    return ["to be set by the force"] if isinstance(limit, ToBeSet) else [limit_in_words(limit)]


def _limit(item: ResolvedObligation) -> str:
    limit = item.obligation.time_limit
    return "–" if limit is None else limit_in_words(limit)


def _source(item: ResolvedObligation) -> Markup:
    basis = item.obligation.basis
    parts = [Markup("{}").format(part) for part in (basis.title, basis.publisher, basis.published) if part]
    said = Markup(", ").join(parts)
    if basis.url is not None and basis.url.startswith(("https://", "http://")):
        said += Markup(' <a href="{0}" rel="noreferrer">{0}</a>').format(basis.url)
    if basis.note:
        said += Markup(" Note: {}.").format(basis.note.rstrip("."))
    return said
