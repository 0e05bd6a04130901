"""Claims: a stated improvement, declared before it is tested, and what the records say to it.

Tables in, values out: the words are in reports/.
"""

from wardline.measures.claims.answering import answer_to, answers_to
from wardline.measures.claims.answers import ChartOfClaim, ClaimAnswer, InShort, Rival, RivalAnswer, Says, Why
from wardline.measures.claims.before_and_after import BeforeAndAfter, PeriodFigure
from wardline.measures.claims.claim import (
    Claim,
    Declared,
    NotASize,
    Scale,
    Size,
    SizeUnit,
    Way,
    goes_up,
    read_size,
    scale_of,
)
from wardline.measures.claims.claims_file import (
    CLAIM_KEYS,
    NEW_CLAIMS,
    check_that_claims_end_it,
    claim_written,
    claims_in,
    problems_of_answers,
    read_claims,
    with_claim_added,
)
from wardline.measures.claims.power import POWER_ASKED, PowerToTell
from wardline.measures.claims.size_of_change import FEWEST_BEFORE, ChangedSide, ChangeFound, NoChange
from wardline.measures.claims.what_else import VALUES_OVER_TIME, WhatElse, values_over_time
from wardline.measures.claims.what_would_count import Needed, WhatWouldCount, what_would_count

__all__ = [
    "CLAIM_KEYS",
    "FEWEST_BEFORE",
    "NEW_CLAIMS",
    "POWER_ASKED",
    "VALUES_OVER_TIME",
    "BeforeAndAfter",
    "ChangeFound",
    "ChangedSide",
    "ChartOfClaim",
    "Claim",
    "ClaimAnswer",
    "Declared",
    "InShort",
    "Needed",
    "NoChange",
    "NotASize",
    "PeriodFigure",
    "PowerToTell",
    "Rival",
    "RivalAnswer",
    "Says",
    "Scale",
    "Size",
    "SizeUnit",
    "Way",
    "WhatElse",
    "WhatWouldCount",
    "Why",
    "answer_to",
    "answers_to",
    "check_that_claims_end_it",
    "claim_written",
    "claims_in",
    "goes_up",
    "problems_of_answers",
    "read_claims",
    "read_size",
    "scale_of",
    "values_over_time",
    "what_would_count",
    "with_claim_added",
]
