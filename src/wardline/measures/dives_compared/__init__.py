"""Two dives beside each other: how far apart their shares and waits are, and what was judged otherwise in both."""

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

__all__ = [
    "JudgedOtherwise",
    "OccasionsInBoth",
    "SharesApart",
    "WaitLength",
    "WhyOtherwise",
    "chance_of_waits",
    "judged_otherwise",
    "shares_apart",
    "wait_length",
]
