"""Two dives beside each other: what each found, how far apart, and what was judged otherwise."""

from wardline.measures.dives_compared.how_far_apart import (
    SharesApart,
    WaitLength,
    chance_of_waits,
    shares_apart,
    wait_length,
)
from wardline.measures.dives_compared.judged_otherwise import (
    JudgedOtherwise,
    OccasionsInBoth,
    WhyOtherwise,
    judged_otherwise,
)
from wardline.measures.dives_compared.obligations_beside import (
    ObligationBeside,
    ObligationOfOne,
    counting_all_obligations,
    obligation_beside,
)

__all__ = [
    "JudgedOtherwise",
    "ObligationBeside",
    "ObligationOfOne",
    "OccasionsInBoth",
    "SharesApart",
    "WaitLength",
    "WhyOtherwise",
    "chance_of_waits",
    "counting_all_obligations",
    "judged_otherwise",
    "obligation_beside",
    "shares_apart",
    "wait_length",
]
