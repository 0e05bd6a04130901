"""The sentence of an obligation says all that it means, in words that can be read aloud."""

import pytest

from wardline.obligations import limit_in_words, sentence
from wardline.standards import read_obligations

DEFAULTS = {
    "id": "o",
    "title": "T",
    "topic": "initial response",
    "owed by": "force",
    "basis": {"kind": "force policy", "title": "P"},
}

SENTENCES = [
    (
        "when: reported\nthen: officer_deployed\nwithin: 15 minutes",
        "After each ‘reported’, ‘officer deployed’ must follow within 15 minutes. The force owes this.",
    ),
    (
        (
            "when: reported\nthen: [officer_deployed, officer_arrived]\n"
            "within: {by: grade, of: risk_graded, high: 15 minutes, unknown: 60 minutes}\nunless: "
            "[child_found, report_cancelled]"
        ),
        (
            "After each ‘reported’, ‘officer deployed’ or ‘officer arrived’ must follow within the time "
            "set by the grade of "
            "‘risk graded’ (high: 15 minutes, otherwise 60 minutes), unless ‘child found’ or ‘report "
            "cancelled’ comes first. "
            "The first ‘risk graded’ sets the time; a later one can only shorten it, from itself on. The "
            "force owes this."
        ),
    ),
    (
        (
            "for: {from_care: yes, district: [north, south]}\nwhen: {event: reported, nth: 3, in: 90 days}\nthen: met\n"
            "within: 2 working days\nper: child\nowed by: council"
        ),
        (
            "In cases marked ‘from care’ and where the district is north or south, after the third "
            "‘reported’ of a child in 90 days, "
            "‘met’ must follow within 2 working days. All the cases of one child count together. The council owes this."
        ),
    ),
    (
        "when: {event: reported, nth: 21, in: 90 days}\nthen: met\nwithin: same day\nfirst only: yes",
        (
            "After the first time that a case has a 21st ‘reported’ in 90 days, ‘met’ must follow on the same day. "
            "The force owes this."
        ),
    ),
    (
        "when: found\nthen: {event: seen, by: [police, warden]}\nwithin: 56 days counting the first\nsince: opening",
        (
            "After each ‘found’, ‘seen’ (by: police or warden) must follow within 56 days counting the first. "
            "What happened at any earlier time in the case counts too. The force owes this."
        ),
    ),
    (
        "when: found\nthen: seen\nwithin: {the time in: agreed_time}\nowed by: oversight body",
        "After each ‘found’, ‘seen’ must follow by the time given in agreed time. The oversight body owes this.",
    ),
    (
        "when: found\nthen: seen\nwithin: to be set\nowed by: health",
        "After each ‘found’, ‘seen’ must follow within a time that is still to be set. The health service owes this.",
    ),
    (
        "before: risk_graded\nfirst: history_checked\nfirst only: yes\nunless: cancelled",
        (
            "Before the first ‘risk graded’ of a case, there must have been ‘history checked’, unless "
            "‘cancelled’ has happened "
            "by then. The force owes this."
        ),
    ),
    (
        "never: {event: interviewed, method: telephone}\nunless: agreed",
        (
            "There must never be ‘interviewed’ (method: telephone), unless ‘agreed’ has happened by "
            "then. A case without it is "
            "settled once it is closed. The force owes this."
        ),
    ),
    (
        "never: left\nsettled by: arrived\nowed by: carer",
        "There must never be ‘left’. A case without it is settled once ‘arrived’ has happened. The carer owes this.",
    ),
    (
        "from: reported\nthen: reviewed\nevery: 8 hours\nuntil: found",
        "From each ‘reported’ until ‘found’, ‘reviewed’ must happen at least every 8 hours. The force owes this.",
    ),
    (
        "from: reported\nthen: reviewed\nevery: to be set",
        (
            "From each ‘reported’ until the case is closed, ‘reviewed’ must happen again and again (how "
            "often is still to be "
            "set). The force owes this."
        ),
    ),
    (
        "record: {person: ethnicity}\nby: found",
        (
            "By the time of each ‘found’, the ethnicity in the child's person record must be filled in. The "
            "force owes this."
        ),
    ),
    (
        "record: {event: closed, field: why}\nby: {event: closed, outcome: [a, b]}",
        "By the time of each ‘closed’ (outcome: a or b), the why of ‘closed’ must be filled in. The force owes this.",
    ),
    (
        (
            "for: {offence_group: online exploitation, from_care: no}\n"
            "never: [{event: investigation_closed, closed_as: [advice only, other body], by: office}, told]"
        ),
        (
            "In cases where the offence group is online exploitation and marked as not ‘from care’, "
            "there must never be "
            "‘investigation closed’ (closed as: advice only or other body; by: office) or ‘told’. A case "
            "without it is settled "
            "once it is closed. The force owes this."
        ),
    ),
    (
        "from: panel_review\nthen: panel_review\nevery: 12 weeks\nuntil: panel_closed\nowed by: council",
        (
            "From each ‘panel review’ until ‘panel closed’, another ‘panel review’ must happen at least "
            "every 12 weeks. "
            "The council owes this."
        ),
    ),
    (
        (
            "when: {event: nrm_referral, by: council}\nthen: [told, nrm_referral]\nunless: {event: "
            "nrm_referral, by: health}\n"
            "within: {by: kirat, high: 1 day}"
        ),
        (
            "After each ‘NRM referral’ (by: council), ‘told’ or another ‘NRM referral’ must follow "
            "within the time set by the "
            "KIRAT (high: 1 day), unless another ‘NRM referral’ (by: health) comes first. The force owes this."
        ),
    ),
    (
        "when: [{event: seen, by: [police, warden]}, called]\nthen: written\nwithin: 1 hour",
        (
            "After each ‘seen’ (by: police or warden) or ‘called’, ‘written’ must follow within 1 hour. The "
            "force owes this."
        ),
    ),
]


@pytest.mark.parametrize(("written", "said"), SENTENCES)
def test_the_sentence_is_read_aloud_like_this(written, said):
    (obligation,) = read_obligations(written, defaults=DEFAULTS)
    assert sentence(obligation) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("15 minutes", "15 minutes"),
        ("1 hours", "1 hour"),
        ("to be set", "to be set"),
        ("{the time in: agreed_time}", "the time in agreed time"),
        (
            "{by: grade, of: risk_graded, high: 15 minutes, medium: 60 minutes, low: 8 hours, unknown: 60 minutes}",
            "high: 15 minutes, medium: 60 minutes, low: 8 hours, otherwise 60 minutes, by the grade of ‘risk graded’",
        ),
        ('{by: priority, "1": to be set}', "1: to be set, by the priority"),
    ],
)
def test_a_limit_in_words(written, said):
    (obligation,) = read_obligations(f"when: a\nthen: b\nwithin: {written}", defaults=DEFAULTS)
    assert limit_in_words(obligation.time_limit) == said
