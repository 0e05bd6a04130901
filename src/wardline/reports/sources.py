"""What everything rests on, by kind of basis and obligation by obligation; and what none of it can show."""

from __future__ import annotations

from dataclasses import dataclass

from wardline.english import and_list, count, number
from wardline.obligations import BasisKind, LimitTable, ResolvedObligation, Standing, limit_in_words
from wardline.reports.page_tables import Column, Phrase, Table
from wardline.reports.report import Report
from wardline.reports.wording import BASIS_WORDS
from wardline.time_limits import ToBeSet

__all__ = [
    "LEADERSHIP",
    "BasisOfLimits",
    "basis_table",
    "left_to_an_audit",
    "limits_by_basis",
    "source_in_words",
    "sources_in_short",
    "what_is_not_shown",
]

MOST_LIMITS = 6  # named for one kind of basis on page one
NO_MEASURES = (
    "Whether it is getting better: this dive keeps no measures over time. Make it again with this version of Wardline "
    "to have them."
)
LEADERSHIP = "Leadership, and much of working with partners, cannot be judged from records."
ON_PAGE_ONE = 1  # of what the standards leave to an audit; the rest is in the method


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
        confirmed = kind.is_to_be_confirmed and all(item.standing is Standing.BINDING for item in mine)
        note = (
            ", confirmed for this force"
            if confirmed
            else ""
            if not waiting
            else " (not confirmed: in no headline)"
            if waiting == len(mine)
            else f" ({number(waiting)} not confirmed: in no headline)"
        )
        found.append(
            BasisOfLimits(BASIS_WORDS[kind], count(len(mine), "obligation") + note, and_list(named) or "no time limit")
        )
    return found


def basis_table(report: Report) -> Table | None:
    """Each obligation with the sentence of law, guidance or policy that it rests on."""
    if not report.obligations:
        return None
    rows = tuple(
        (item.obligation.title, _limit(item), BASIS_WORDS[item.obligation.basis.kind], source_in_words(item))
        for item in report.obligations
    )
    return Table(
        caption="What each obligation rests on",
        columns=(Column("Obligation"), Column("Time limit"), Column("Kind of basis"), Column("Source")),
        rows=rows,
    )


def what_is_not_shown(report: Report) -> list[str]:
    """The sentences, the most general first."""
    said = [
        "Recorded in time says nothing about quality: how well it was done, or how anybody was spoken to.",
        LEADERSHIP,
        "No record found does not mean that nothing was done, and a record does not prove that it was.",
    ]
    if report.figures.over_time is None or not report.figures.over_time.measures:
        said.append(NO_MEASURES)
    waiting = sum(item.standing is Standing.ASSUMED for item in report.obligations)
    if waiting:
        said.append(
            "One obligation is assumed, and the force has not confirmed it: only its waits are shown, further on."
            if waiting == 1
            else f"{number(waiting)} obligations are assumed, and the force has not confirmed them: "
            "only their waits are shown, further on."
        )
    audit = _left_to_an_audit(report)
    if audit:
        more = "; and more, in the method" if len(audit) > ON_PAGE_ONE else ""
        said.append(f"An audit must read for: {'; '.join(audit[:ON_PAGE_ONE])}{more}.")
    return said


def left_to_an_audit(report: Report) -> list[str]:
    """What the standards say that no record shows, as sentences."""
    return [f"{text[:1].upper()}{text[1:]}." for text in _left_to_an_audit(report)]


def sources_in_short(report: Report) -> list[str]:
    """Where it all comes from, in three sentences; the appendix has the rest."""
    systems = [one.title or one.source for one in report.figures.systems]
    titles = list(dict.fromkeys(one.title for one in report.standards))
    said = []
    if systems:
        said.append(f"{_capital(count(len(systems), 'record system'))}: {and_list(systems)}.")
    if titles:
        said.append(f"{_capital(count(len(titles), 'standard'))}, each with its version and what it rests on.")
    said.append(
        "The rows behind every question are in the spreadsheet that comes with this report. Neither names anybody."
    )
    return said


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


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


def source_in_words(item: ResolvedObligation) -> tuple[Phrase, ...]:
    """The document, who published it and when, its address, and a note where there is one."""
    basis = item.obligation.basis
    said = [Phrase(", ".join(part for part in (basis.title, basis.publisher, basis.published) if part))]
    if basis.url is not None and basis.url.startswith(("https://", "http://")):
        said += [Phrase(" "), Phrase(basis.url, href=basis.url, is_outside=True)]
    if basis.note:
        said.append(Phrase(f" Note: {basis.note.rstrip('.')}."))
    return tuple(said)


def _left_to_an_audit(report: Report) -> list[str]:
    texts = (text for standard in report.standards for text in standard.not_judged_from_records)
    return list(dict.fromkeys(" ".join(text.split()).rstrip(".") for text in texts))
