"""How often claims are confirmed: on made-up series without a change and with one, and on made-up forces."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

from tests.generative.claims_made_up import KINDS, Kind, chosen_at_a_peak, confirmed
from tests.integration.claims_of_a_force import CLAIMS, NOT_PLANTED, PLANTED, dive_with_claims, true_size
from tests.performance.figures import Figure
from wardline.measures.claims import ClaimAnswer, InShort

__all__ = ["what_was_claimed"]

STATED = 0.025  # an interval of 95 % leaves out no change by chance so often on the claimed side
SEEDS = range(1, 11)


def what_was_claimed(folder: Path, series: int) -> tuple[list[Figure], str]:
    """The figures, and what they are of: so many series of each kind, and ten forces."""
    figures = [one for kind in KINDS for one in _of_series(kind, series)]
    figures += _of_forces(folder)
    told = (
        f"{series:,} claims about series of 24 months before and 6 since of each kind, and six claims about each of "
        f"{len(SEEDS)} made-up forces of two years.\nConfirmed: answered with *the records show it*. A start at a peak "
        "is one chosen right after the three months in a row that were least good."
    )
    return figures, told


def _of_series(kind: Kind, series: int) -> list[Figure]:
    steady = confirmed(kind, series, is_true=False)
    at_a_peak = chosen_at_a_peak(kind, series)
    changed = confirmed(kind, series, is_true=True)
    most = STATED + 3 * (STATED * (1 - STATED) / series) ** 0.5
    return [
        Figure(
            f"{kind.name}: confirmed though nothing changed",
            _percent(steady.confirmed),
            f"at most {_percent(most)}",
            steady.confirmed <= most,
        ),
        Figure(f"{kind.name}: the same with a start at a peak", _percent(at_a_peak.confirmed), "told only", True),
        Figure(
            f"{kind.name}: told where it is true",
            _percent(changed.told),
            f"{_percent(changed.stated)} ± {_percent(changed.error)} as stated",
            abs(changed.told - changed.stated) <= changed.error,
        ),
    ]


def _of_forces(folder: Path) -> list[Figure]:
    answers: dict[str, list[ClaimAnswer]] = {name: [] for name in CLAIMS}
    sizes: dict[str, list[float]] = {name: [] for name in PLANTED}
    for seed in SEEDS:
        dive = dive_with_claims(folder / str(seed), seed=seed)
        for name, answer in zip(CLAIMS, dive.claim_answers, strict=True):
            answers[name].append(answer)
            if name in sizes:
                sizes[name].append(true_size(dive, answer))
        print(seed, {name: of[-1].in_short.value for name, of in answers.items()}, flush=True)
    many = len(SEEDS)
    explained = sum(one.in_short is InShort.RECORDING_CHANGED for one in answers["recording"])
    wrongly = sum(one.in_short is InShort.SHOWN for name in NOT_PLANTED for one in answers[name])
    return [
        _counted("Forces on which the real improvement is shown", _shown(answers["improved"]), many, many),
        _inside("real improvement", answers["improved"], sizes["improved"]),
        _inside("worse district", answers["worse"], sizes["worse"]),
        _counted("Forces on which the apparent improvement is explained by recording", explained, many, many),
        _counted("Forces on which the worse district is found", _shown(answers["worse"]), many, many),
        Figure(
            "Claims confirmed of which nothing is planted",
            f"{wrongly} of {many * len(NOT_PLANTED)}",
            "at most 2",
            wrongly <= 2,
        ),
    ]


def _inside(what: str, answers: list[ClaimAnswer], sizes: list[float]) -> Figure:
    """Of how many forces the true size of the change is inside the interval; one in twenty may be outside."""
    inside = sum(
        one.change is not None and one.change.low <= size <= one.change.high
        for one, size in zip(answers, sizes, strict=True)
    )
    points = f"{100 * fmean(sizes):+.1f} points on average"
    return _counted(
        f"Forces with the true size of the {what} ({points}) inside the interval", inside, len(sizes), len(sizes) - 2
    )


def _shown(answers: list[ClaimAnswer]) -> int:
    return sum(one.in_short is InShort.SHOWN for one in answers)


def _counted(what: str, reached: int, of: int, least: int) -> Figure:
    return Figure(what, f"{reached} of {of}", f"at least {least}", reached >= least)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
