"""What a measure is: declared in YAML, said in a sentence, shown by worked examples."""

from wardline.measures.declared.measure import (
    EXAMPLE_SEEN_FROM,
    CasesCounted,
    ChildrenCounted,
    Counting,
    Measure,
    MeasureExample,
    MeasureSet,
    Needs,
    NotesWith,
    PartOfPage,
    ShareAgain,
    ShareFilledIn,
    ShareLowered,
    ShareMet,
    ShareNotTold,
    ShareOfEvents,
    ShareWithin,
    Wait,
    WrittenLate,
)
from wardline.measures.declared.measure_sentences import measure_sentences, what_is_counted
from wardline.measures.declared.measure_writing import write_measures
from wardline.measures.declared.measures_library import (
    document_of_measures,
    look_up_measures,
    measures_for,
    sets_beside,
    shipped_measures,
)
from wardline.measures.declared.targets_written import target_in_words

__all__ = [
    "EXAMPLE_SEEN_FROM",
    "CasesCounted",
    "ChildrenCounted",
    "Counting",
    "Measure",
    "MeasureExample",
    "MeasureSet",
    "Needs",
    "NotesWith",
    "PartOfPage",
    "ShareAgain",
    "ShareFilledIn",
    "ShareLowered",
    "ShareMet",
    "ShareNotTold",
    "ShareOfEvents",
    "ShareWithin",
    "Wait",
    "WrittenLate",
    "document_of_measures",
    "look_up_measures",
    "measure_sentences",
    "measures_for",
    "sets_beside",
    "shipped_measures",
    "target_in_words",
    "what_is_counted",
    "write_measures",
]
