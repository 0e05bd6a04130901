"""The figures that the made-up force is made of, each with where it comes from. No real force's figures.

[D] figures lie in the range of what was derived from published tables of forces of this size; the others are our
own choice, made so that every kind of failing occurs often enough to be looked for. A share is of 1.
"""

from __future__ import annotations

from dataclasses import dataclass

MADE_UP = "made-up data"
FORCE = "Teesmouth (made up)"

# THE FORCE

POPULATION = 570_000  # [D] the size of a force like Teesside's
YEARS = 2
# What may be asked for. Bank holidays are known for more years, but nobody needs ten years of what is made up.
FEWEST_AND_MOST = {"seed": (0, 10**9), "years": (1, 10), "population": (2_000, 100_000_000)}
LAST_YEAR = 2025  # the exports are taken as 1 April of this year begins
AREA_POPULATION = 142_500  # a district's, where the population is POPULATION; more people are more areas, not larger
REPORTS_PER_PERSON = 3_950 / POPULATION  # [D] child missing reports a year
ONLINE_PER_PERSON = 42 / POPULATION  # [D] 1 to 6 reports a month of blackmail over images
CONTACT_ABUSE_PER_PERSON = 380 / POPULATION  # ours
OTHER_OFFENCES_PER_PERSON = 520 / POPULATION  # ours
KNOWN_SHARE = 0.3  # of these children, who were reported missing in the last year
OTHER_REFERRALS_PER_PERSON = 450 / POPULATION  # ours; besides those that come from episodes and investigations


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many response units an area has on duty, from a local date (ISO) on."""

    since: str
    early: int  # 07:00 to 15:00
    late: int  # 15:00 to 23:00
    night: int  # 23:00 to 07:00


@dataclass(frozen=True, slots=True)
class District:
    """A made-up district, and how it was staffed over time."""

    name: str
    staffing: tuple[Staffing, ...]


IMPROVED_ON = "2024-09-01"  # more units in the evening and at night; in the district that gets worse at night only
WITHDRAWN_ON = "2024-03-01"  # units are withdrawn from one district
WORSE_DISTRICT = "Eastmoor"
BEFORE, BETTER = Staffing("", 5, 5, 3), Staffing(IMPROVED_ON, 5, 6, 5)

DISTRICTS = (
    District("Northbank", (BEFORE, BETTER)),
    District("Saltholme", (BEFORE, BETTER)),
    District("Ferryhill Cross", (BEFORE, BETTER)),
    District(WORSE_DISTRICT, (BEFORE, Staffing(WITHDRAWN_ON, 4, 4, 3), Staffing(IMPROVED_ON, 4, 4, 4))),
)

# THE OTHER WORK OF THE RESPONSE UNITS (ours, set so that attendance falls in the range of the published figures)

OTHER_JOBS_A_DAY = 58.0  # of one area
JOBS_BY_HOUR = (  # shares of a day's jobs in each hour of the local clock
    *(0.036, 0.030, 0.025, 0.020, 0.017, 0.016, 0.018, 0.024, 0.033, 0.040, 0.043, 0.046),
    *(0.047, 0.047, 0.048, 0.052, 0.056, 0.059, 0.061, 0.061, 0.060, 0.058, 0.055, 0.048),
)
JOB_GRADES = ((0.20, 0), (0.50, 1), (0.30, 2))  # emergency, priority, standard
JOB_MINUTES = (25, 65, 170)  # shortest, usual and longest time that a job keeps a unit, travel included
TRAVEL_MINUTES = (3, 9, 35)
BORROWED_MINUTES = (3, 24)  # an emergency for which no unit is free gets one from elsewhere after so long

# REPORTS OF MISSING CHILDREN

REPORTS_BY_HOUR = (
    *(0.055, 0.040, 0.025, 0.014, 0.009, 0.008, 0.010, 0.016, 0.028, 0.033, 0.030, 0.030),
    *(0.031, 0.031, 0.034, 0.046, 0.052, 0.052, 0.055, 0.061, 0.071, 0.084, 0.102, 0.083),
)
REPEAT_SHARE = 0.67  # of reports; who is not found to go missing again is new, so that about half are repeats [D]
NEW_FROM_CARE = 0.12  # of children reported for the first time; repeats bring it to 32 % of reports [D]
PICK_AGAIN = {"from care": 1.0, "exploited": 1.0, "other": 0.45}  # how readily a child goes missing again
NEW_EXPLOITED = 0.045
FLAGGED_SHARE = 0.72  # of exploited children; 9 % of episodes are flagged [D]
SECOND_RECORD_SHARE = 0.04  # of children, on the missing-person system
SIBLING_SHARE, TWIN_SHARE = 0.10, 0.01  # of new children
ETHNICITIES = (  # as the child would say it; whether a system holds it is another matter
    *((0.86, "White British"), (0.01, "White Irish"), (0.03, "White other"), (0.03, "Mixed")),
    *((0.045, "Asian"), (0.015, "Black"), (0.01, "Other")),
)
FIRST_GRADES = ((0.018, "low"), (0.862, "medium"), (0.12, "high"))  # [D]
EXPLOITED_FIRST_GRADES = ((0.03, "low"), (0.77, "medium"), (0.20, "high"))
MISSING_HOURS = ((0.0, 0.35), (0.47, 8.0), (0.79, 24.0), (0.90, 48.0), (0.983, 168.0), (1.0, 720.0))  # [D]
CANCELLED_SHARE = 0.04
GRADED_MINUTES = (1, 5, 14)
GRADED_LATE_SHARE, NOT_GRADED_SHARE = 0.05, 0.01
UPGRADED_SHARE, DOWNGRADED_SHARE = 0.04, 0.06
DOWNGRADED_JUST_BEFORE_SHARE = 0.03  # a minute or two before the time to attend is over
LAST_GRADE_ONLY_SHARE = 0.08
SIGHTING_SHARE = 0.25  # of those missing for more than two hours
NO_INCIDENT_NO_SHARE, WRONG_INCIDENT_NO_SHARE = 0.03, 0.02
NO_DEPLOYED_TIME_SHARE = 0.02  # only the arrival stands in the control room's log
UNREADABLE_FOUND_SHARE = 0.003

# THE RETURN (what becomes of the children is ours, and does not change over time)

INTERVIEW_SLOTS_A_DAY = 4.0  # of an area's officers who speak with children who came back
INTERVIEWS_A_DAY = 2.4  # that an area of full size asks of them; in a smaller one they have the more other work
NOT_INTERVIEWED_SHARE = 0.06
DECLINED_SHARE = 0.06
BY_TELEPHONE_SHARE = 0.08
INTERVIEW_DATE_ONLY_SHARE, INTERVIEW_UNREADABLE_SHARE = 0.02, 0.005
COUNCIL_TOLD_SHARE = 0.85
COUNCIL_TOLD_ON_THE_HOUR_SHARE = 0.7  # gaming: heaped times
STRATEGY_AFTER_TWO_DAYS_SHARE = 0.8  # of children missing for so long
STRATEGY_FOR_REPEAT_SHARE = 0.6  # of third reports in 90 days
REFERRED_SHARE = {"exploited": 0.35, "other": 0.05}  # of episodes
HARMS = ((0.91, "none"), (0.04, "injured"), (0.04, "victim of crime"), (0.01, "exploited"))  # of a child who came back
HARMS_OF_EXPLOITED = ((0.62, "none"), (0.07, "injured"), (0.08, "victim of crime"), (0.23, "exploited"))
HARM_ASKED_SHARE = 0.88  # of returns: of the others nothing is on file
SUPPORT_OFFERED_SHARE = 0.55  # of returns
TAKEN_UP_SHARE, TAKEN_UP_LATE_SHARE = 0.44, 0.06  # of offers after a return; what is late comes after 28 days

# HOW THINGS ARE TYPED

TYPED_MINUTES = (0, 3, 12)
TYPED_HOURS_LATE_SHARE = 0.08
EXPLOITATION_NOTE_SHARE = 0.5  # of episodes of an exploited child
BLAMING_NOTE_SHARE = 0.02
COPIED_NOTE_SHARE = 0.03
BURST_SHARE = 0.04  # of episodes longer than a day: gaming, twenty reviews typed in six minutes

# INVESTIGATIONS

RECORDING_CHANGED_ON = "2024-06-01"  # from here on the crime system fills in a device decision itself
STOCK_REASON = "Reviewed on creation"
OFFENCES = {
    "online exploitation": ((0.6, "blackmail"), (0.25, "sexual communication"), (0.15, "indecent images")),
    "contact abuse": ((0.7, "sexual assault"), (0.3, "rape")),
    "other": ((0.6, "assault"), (0.4, "neglect")),
}
CLOSED_AS = (
    *((0.34, "no suspect identified"), (0.26, "evidential difficulties"), (0.16, "victim does not support")),
    *((0.05, "not in public interest"), (0.04, "other body"), (0.10, "charged"), (0.05, "cautioned or diverted")),
)
REPORTED_BY_CALL_SHARE = 0.5
RECORDED_LATE_SHARE, NOT_RECORDED_SHARE = 0.07, 0.01
DEVICE_DECISION_IN_TIME, DEVICE_DECISION_LATE = 0.50, 0.15  # else none
DEVICE_REASON_SHARE = 0.75
ENQUIRY_SLOTS_A_DAY = 1.2  # of an area's detectives, on working days
ENQUIRIES_A_DAY = 0.7  # that an area of full size asks of them; in a smaller one they have the more other work
ENQUIRY_MADE_SHARE = 0.75
ENQUIRY_DATE_ONLY_SHARE, ENQUIRY_UNREADABLE_SHARE = 0.4, 0.02
STEP_BEFORE_CLOSING_SHARE = 0.72
STEP_AFTER_CLOSING_SHARE = 0.04
REFERRAL_MADE_SHARE = 0.75
LEAFLET_SHARE = 0.10  # of reports of blackmail over images: advice and nothing else
FRAUD_REPORTING_SHARE = 0.05  # of the same: passed to the fraud reporting service
SUSPECT_IDENTIFIED_SHARE = {"online exploitation": 0.12, "contact abuse": 0.8, "other": 0.6}
SUSPECT_ETHNICITY_SHARE = 0.65
SUPPORT_SHARE, SUPPORT_DECLINED_SHARE = 0.75, 0.12
REFERRAL_TAKEN_UP_SHARE, REFERRAL_TAKEN_UP_LATE_SHARE = 0.58, 0.08  # of children referred to a support service
INVESTIGATORS_PER_PERSON = 41 / POPULATION  # of crimes against children, at full strength
INVESTIGATORS_STAY_AWAY, INVESTIGATORS_SPREAD = 0.6, 1.2  # so many more or fewer, and how much of that lasts a month

# REFERRALS

GAP_FROM, GAP_TO = "2024-01-01", "2024-02-29"  # nothing was typed on the safeguarding system; both days included
REPLIED_SHARE, CHASED_SHARE = 0.72, 0.10
REPLY_UNREADABLE_SHARE = 0.005
DATED_BACK_SHARE = 0.5  # of replies that come a day late: typed the next morning, dated the evening before
