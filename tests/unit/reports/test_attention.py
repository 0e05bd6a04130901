import polars as pl

from tests.unit.reports.made_up import ATTEND, HANDOVER, INTERVIEW, NOT_CLOSED, REASON, START, finding, report
from wardline.reports.attention import attention_in_words


def attention(*findings, **settings):
    return report(findings, **settings).figures.attention


def said_of(*findings, **settings):
    return attention_in_words(attention(*findings, **settings))


def missed(item, many, **further):
    return [finding(item, case=f"compact:{at}", outcome="missed", limit=None, **further) for at in range(many)]


def test_a_step_that_protects_the_child_comes_before_larger_numbers_elsewhere():
    found = attention(*missed(ATTEND, 1), *missed(REASON, 9))
    assert found.item is ATTEND
    assert attention_in_words(found) == (
        "“Police reach or start looking for the child in time for the risk”, a step that protects the "
        "child: no record was found for 1 report whose deadline has passed, of 1 that we can judge."
    )


def test_a_late_step_that_protects_comes_before_others_without_a_record():
    found = attention(finding(outcome="late", wait=50), *missed(REASON, 9))
    assert found.item is ATTEND
    assert "recorded late for 1 report" in attention_in_words(found)


def test_of_the_others_the_one_with_most_is_taken():
    found = attention(*missed(REASON, 2), *missed(NOT_CLOSED, 3))
    assert found.item is NOT_CLOSED
    assert "recorded as happening 3 times" in attention_in_words(found)


def test_what_the_council_owes_and_what_is_assumed_is_left_out():
    assert attention(*missed(INTERVIEW, 9), *missed(HANDOVER, 9), *missed(REASON, 1)).item is REASON


def test_where_nothing_is_missing_or_late_it_is_where_we_cannot_tell():
    found = attention(finding(outcome="cannot_tell", reason="record_gap"), finding(wait=5))
    assert attention_in_words(found).endswith("for 1 report, of 2, the records do not let us tell.")


def test_where_there_is_nothing_that_is_said():
    assert attention(finding(wait=5)) is None
    assert "nothing in these records stands out" in said_of()


def test_cases_that_are_still_open_are_counted():
    cases = pl.DataFrame(
        [{"case_id": "compact:0", "closed_at": None}, {"case_id": "compact:1", "closed_at": START}],
        schema_overrides={"closed_at": pl.Datetime("us", "UTC")},
    )
    cases = cases.with_columns(case_type=pl.lit("missing episode"), opened_at=None, person_id=None, source=None)
    said = said_of(*missed(ATTEND, 3), cases=cases)
    # The third case is in no table of cases, so nothing is said of it.
    assert said.endswith("One of these cases is still open, and somebody must look today.")
