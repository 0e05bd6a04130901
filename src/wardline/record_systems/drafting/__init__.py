"""A draft of a mapping from exports: what can be measured is written down, what is guessed says what it rests on."""

from wardline.record_systems.drafting.draft import MappingDraft, QueryAsked, draft_mapping
from wardline.record_systems.drafting.first_rows import FirstRows, first_rows
from wardline.record_systems.drafting.trade_words import read_trade_words
from wardline.record_systems.drafting.vocabulary import CaseVocabulary, Vocabulary
from wardline.record_systems.mapping.shape_values import LONGEST_SYSTEM

__all__ = [
    "LONGEST_SYSTEM",
    "CaseVocabulary",
    "FirstRows",
    "MappingDraft",
    "QueryAsked",
    "Vocabulary",
    "draft_mapping",
    "first_rows",
    "read_trade_words",
]
