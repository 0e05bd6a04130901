"""Groups beside each other without a league table: funnel plots, and whether any group stands out."""

from wardline.measures.groups_compared.exact_limits import INNER, OUTER, FunnelLimits, Of, chance_of, limits_at
from wardline.measures.groups_compared.funnels import (
    LIKELY_CHANCE,
    CannotCompare,
    Funnel,
    FunnelGroup,
    GroupSeen,
    Where,
    counting_all,
    funnel_of,
)
from wardline.measures.groups_compared.groups_of_measures import funnel_of_measure
from wardline.measures.groups_compared.over_dispersion import FEWEST_TO_WIDEN, OverDispersion, Widened, over_dispersion

__all__ = [
    "FEWEST_TO_WIDEN",
    "INNER",
    "LIKELY_CHANCE",
    "OUTER",
    "CannotCompare",
    "Funnel",
    "FunnelGroup",
    "FunnelLimits",
    "GroupSeen",
    "Of",
    "OverDispersion",
    "Where",
    "Widened",
    "chance_of",
    "counting_all",
    "funnel_of",
    "funnel_of_measure",
    "limits_at",
    "over_dispersion",
]
