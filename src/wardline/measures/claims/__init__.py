"""Claims: a stated improvement, declared before it is tested, and what the records say to it.

Tables in, values out: the words are in reports/.
"""

from wardline.measures.claims.answering import answer_to, answers_to
from wardline.measures.claims.answers import ChartOfClaim, ClaimAnswer, InShort, Rival, RivalAnswer, Says, Why
from wardline.measures.claims.before_and_after import BeforeAndAfter, PeriodFigure
from wardline.measures.claims.claim import Claim, Declared, NotASize, Scale, Size, SizeUnit, Way, read_size, scale_of
from wardline.measures.claims.power import PowerToTell
from wardline.measures.claims.size_of_change import ChangeFound, NoChange
from wardline.measures.claims.what_else import VALUES_OVER_TIME, WhatElse, values_over_time

__all__ = [
    "VALUES_OVER_TIME",
    "BeforeAndAfter",
    "ChangeFound",
    "ChartOfClaim",
    "Claim",
    "ClaimAnswer",
    "Declared",
    "InShort",
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
    "Why",
    "answer_to",
    "answers_to",
    "read_size",
    "scale_of",
    "values_over_time",
]
