"""Two dives beside each other: how far apart their shares and waits are, and what was judged otherwise in both."""

from wardline.measures.dives_compared.judged_otherwise import (
    JudgedOtherwise,
    OccasionsInBoth,
    WhyOtherwise,
    judged_otherwise,
)
from wardline.measures.dives_compared.shares_apart import SharesApart, shares_apart
from wardline.measures.dives_compared.waits_apart import WaitLength, chance_of_waits, wait_length

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
