"""Can we tell? What the columns at hand can judge, and the sentence that says why not."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.unit.dive.made_up import SEND, at, log, measured, obligations
from wardline.measures import Answer, RecordsAtHand, can_be_told, every_count
from wardline.reports.can_be_told_in_words import reasons_in_words
from wardline.time_limits import Calendar

AS_AT = at("10 00:00")
EVENTS = [
    {"case_id": "a:1", "event": "reported", "happened_at": at("02 18:00")},
    {"case_id": "a:1", "event": "officer_deployed", "happened_at": at("02 18:30")},
]
BOTH = [("a", "reported", None), ("a", "officer_deployed", None)]
GRADED = "when: reported\nthen: officer_deployed\nwithin: {by: grade, of: risk_graded, high: 1 hour, unknown: 2 hours}"


def answer(text=SEND, **tables):
    """The answer with its reasons in words, and the systems."""
    found, of = told(text, **tables)
    titles = {row["source"]: row["title"] for row in of.coverage.collect().to_dicts() if row["title"]}
    return SimpleNamespace(
        item=found.item,
        answer=found.answer,
        reasons=reasons_in_words(found, titles, Calendar("UTC")),
        systems=found.systems,
    )


def told(text=SEND, as_at=AS_AT, **tables):
    of = log(**{"events": EVENTS, "able": BOTH, **tables})
    (found,) = can_be_told(obligations(text), RecordsAtHand(of, as_at=as_at))
    return found, of


def test_an_obligation_of_which_everything_is_recorded_can_be_judged():
    found = answer()
    assert (found.item.key, found.answer, found.reasons) == ("our/standard/one 1", Answer.YES, ())


def test_each_system_says_from_when_to_when_it_recorded():
    (system,) = answer().systems
    assert (system.source, system.names, system.events.value) == ("a", ("reported", "officer_deployed"), 2)
    assert (system.first_at, system.last_at) == (at("02 18:00"), at("02 18:30"))


def test_an_event_that_both_starts_and_satisfies_it_is_counted_once():
    twice = answer(SEND.replace("then: officer_deployed", "then: reported"))
    assert twice.systems[0].events.value == 1


def test_what_is_not_known_as_at_is_not_counted():
    later = {"case_id": "a:1", "event": "officer_deployed", "happened_at": at("12 00:00")}
    assert answer(events=[*EVENTS, later]).systems[0].last_at == at("02 18:30")


@pytest.mark.parametrize(
    ("able", "answered", "reason"),
    [
        (BOTH[1:], Answer.NO, "No system records ‘reported’, what starts it."),
        (BOTH[:1], Answer.NO, "No system records ‘officer deployed’, what satisfies it."),
    ],
)
def test_without_the_trigger_or_the_response_nothing_can_be_told(able, answered, reason):
    found = answer(able=able)
    assert (found.answer, found.reasons[0]) == (answered, reason)


def test_one_of_two_responses_is_part_of_the_answer():
    found = answer(SEND.replace("then: officer_deployed", "then: [officer_deployed, officer_arrived]"))
    assert found.answer is Answer.IN_PART
    assert found.reasons == ("No system records ‘officer arrived’, part of what satisfies it.",)


def test_a_response_owed_by_the_council_is_judged_by_what_the_council_keeps():
    text = f"{SEND}\nowed by: council"
    assert answer(text).reasons == ("No system that the council keeps records ‘officer deployed’, what satisfies it.",)
    kept = answer(text, systems=[{"source": "a", "kept_by": "council"}])
    assert kept.answer is Answer.YES


def test_an_exemption_that_nobody_records_takes_something_away():
    found = answer(f"{SEND}\nunless: child_found")
    assert found.answer is Answer.IN_PART
    assert "judged as if it was owed" in found.reasons[0]


def test_an_attribute_of_the_trigger_that_no_column_holds_cannot_be_judged():
    found = answer(SEND.replace("when: reported", "when: {event: reported, grade: high}"))
    assert (found.answer, found.reasons[0]) == (Answer.NO, "No system records the grade of ‘reported’, what starts it.")


def test_a_grading_that_nobody_records_leaves_the_limit_for_unknown():
    found = answer(GRADED)
    assert found.answer is Answer.IN_PART
    assert found.reasons[0].endswith("every occasion is judged by the limit for unknown, 2 hours.")


def test_without_a_limit_for_unknown_a_grading_that_nobody_records_decides():
    assert answer(GRADED.replace(", unknown: 2 hours", "")).answer is Answer.NO


def test_a_limit_that_is_to_be_set_is_told():
    found = answer(SEND.replace("1 hour", "to be set"))
    assert found.answer is Answer.NO
    assert "the force has set none" in found.reasons[0]


def test_a_limit_by_an_attribute_may_stand_in_the_case():
    text = SEND.replace("1 hour", "{by: risk, high: 1 hour}")
    assert answer(text).answer is Answer.NO
    assert answer(text, able=[*BOTH, ("a", None, "risk")]).answer is Answer.YES


def test_a_column_that_keeps_its_last_value_only_is_told():
    able = [*BOTH, ("a", "risk_graded", None), ("a", "risk_graded", "grade", False)]
    graded = {"case_id": "a:1", "event": "risk_graded", "happened_at": at("02 18:00"), "grade": "high"}
    found = answer(GRADED, able=able, events=[*EVENTS, graded])
    assert found.reasons == (
        "A keeps only the last value of the grade of ‘risk graded’, so cases are judged on that one.",
    )


def test_cases_that_cannot_be_told_apart_are_not_judged():
    text = f"{SEND}\nfor: {{from_care: yes}}"
    assert answer(text).answer is Answer.NO
    assert answer(text, able=[*BOTH, ("a", None, "from_care")]).answer is Answer.YES


def test_a_field_that_no_system_holds_cannot_be_judged():
    text = "record: from_care\nby: reported"
    assert answer(text).answer is Answer.NO
    found = answer(text, able=[*BOTH, ("a", None, "from_care")])
    assert (found.answer, found.systems[0].names) == (Answer.YES, ("reported", "from_care"))


def test_a_field_of_the_person_is_looked_for_in_the_person_records():
    text = "record: {person: ethnicity}\nby: reported"
    assert answer(text).answer is Answer.NO
    assert answer(text, able=[*BOTH, ("a", None, "ethnicity", True, None)]).answer is Answer.YES


def test_per_child_needs_cases_that_name_a_child():
    text = f"{SEND}\nper: child"
    assert answer(text).answer is Answer.YES
    some = [{"case_id": "a:1"}, {"case_id": "a:2", "person_id": None}]
    assert answer(text, cases=some).reasons == ("1 of 2 cases does not say which child it is about.",)
    assert answer(text, cases=[{"case_id": "a:1", "person_id": None}]).answer is Answer.NO


def test_cases_that_no_able_system_holds_are_counted():
    cases = [{"case_id": f"a:{number}"} for number in range(3)]
    found = answer(cases=cases, held=[("a:0", "a"), ("a:1", "a")])
    assert found.answer is Answer.IN_PART
    assert "has rows for 2 of 3 cases (66.6%)" in found.reasons[0]


def test_gaps_and_an_early_export_are_told():
    gap = {
        "source": "a",
        "gap_from": at("03 00:00"),
        "gap_to": at("04 23:59"),
        "gap_note": "upgrade",
        "taken_at": at("05 00:00"),
    }
    assert answer(systems=[gap]).reasons == (
        "A has a gap from 3 June 2025 to 4 June 2025 (upgrade).",
        "The export of a was taken on 5 June 2025: we cannot tell about what fell due after that.",
    )


def test_an_export_taken_at_the_very_instant_from_which_we_look_or_later_lacks_nothing():
    for taken_at in (AS_AT, AS_AT + timedelta(microseconds=1)):
        assert answer(systems=[{"source": "a", "taken_at": taken_at}]).answer is Answer.YES
    assert answer(systems=[{"source": "a", "taken_at": AS_AT - timedelta(microseconds=1)}]).answer is Answer.IN_PART


def test_what_happened_or_was_recorded_at_the_very_instant_from_which_we_look_is_known():
    for column in ("happened_at", "recorded_at"):
        event = {"case_id": "a:1", "event": "officer_deployed", "happened_at": at("02 19:00")}
        assert answer(events=[*EVENTS[:1], {**event, column: AS_AT}]).answer is Answer.YES
        later = {**event, column: AS_AT + timedelta(microseconds=1)}
        assert answer(events=[*EVENTS[:1], later]).reasons == ("A could record ‘officer deployed’ but has none.",)


def test_the_rows_behind_each_count_are_as_many():
    cases = [{"case_id": "a:1"}, {"case_id": "a:2", "person_id": None}, {"case_id": "a:3"}]
    found, of = told(f"{SEND}\nper: child", cases=cases, held=[("a:1", "a"), ("a:2", "a")])
    counts = [one for one in every_count(found) if one.rows is not None]
    tables = measured(of, as_at=AS_AT)
    assert [one.value for one in counts] == [tables.count(one.rows) for one in counts]
    assert sorted(one.value for one in counts) == [1, 2, 2, 3, 3]


def test_an_event_that_could_be_recorded_but_never_was_is_told():
    assert answer(events=EVENTS[:1]).reasons == ("A could record ‘officer deployed’ but has none.",)


def test_without_a_case_of_the_type_nothing_can_be_told():
    found = answer(cases=[{"case_id": "a:1", "case_type": "referral"}])
    assert found.answer is Answer.NO
    assert found.reasons[0] == "The exports have no case of the type “missing episode”."


def test_what_settles_a_never_is_looked_for():
    text = "never: reported\nsettled by: review_closed"
    assert answer(text).reasons == ("No system records ‘review closed’, which would end or settle it.",)


def test_systems_are_called_by_their_titles():
    titled = [{"source": "a", "title": "The control room", "gap_from": at("03 00:00"), "gap_to": at("04 23:59")}]
    assert answer(systems=titled).reasons == ("The control room has a gap from 3 June 2025 to 4 June 2025.",)
    assert answer(events=EVENTS[:1], systems=[{"source": "a", "title": "The control room"}]).reasons == (
        "The control room could record ‘officer deployed’ but has none.",
    )


def test_a_never_needs_a_system_that_holds_the_case_and_is_kept_by_whoever_owes_it():
    text = "never: reported\nowed by: council"
    assert answer(text).reasons == ("No system that the council keeps records ‘reported’, what must not happen.",)
    cases = [{"case_id": "a:1"}, {"case_id": "a:2"}]
    kept = [{"source": "a", "title": "Interviews", "kept_by": "council"}]
    assert answer(text, systems=kept, cases=cases, held=[("a:1", "a")]).reasons == (
        "Interviews, which can record what must not happen, has rows for 1 of 2 cases (50%).",
    )
