"""The made-up episodes of examples/first-dive: each is there to show something, and says what.

Times are UK local times, as a force's system writes them. `+1 09:00` is 09:00 on the day after the report.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A line of the action log: when, what (the system's own code), and when it was typed (default: two minutes on)."""

    at: str
    action: str
    risk: str = ""
    method: str = ""
    typed: str | None = None


@dataclass(frozen=True)
class Council:
    """A line of the council's workbook of return interviews."""

    offered: str = ""
    held: str = ""
    declined: str = ""


@dataclass(frozen=True)
class Episode:
    """One missing episode, and the sentence that says what it shows."""

    number: str
    shows: str
    person: str
    reported: str
    log: tuple[Entry, ...] = ()
    found: str = ""  # "21:10", "+1 07:00", or "+1" for a date without a time
    home: str = "PH"  # CH children's home, FC foster care, PH parents' home
    kind: str = "C"  # C child, A adult
    council: Council | None = None
    closed: str | None = None


def graded(at: str, risk: str, **more: str) -> Entry:
    return Entry(at, "RISK", risk=risk, **more)


def sent(at: str, **more: str) -> Entry:
    return Entry(at, "SENT", **more)


def arrived(at: str, **more: str) -> Entry:
    return Entry(at, "ARR", **more)


def spoken_to(at: str, method: str = "F", **more: str) -> Entry:
    return Entry(at, "PREV", method=method, **more)


def told_worker(at: str) -> Entry:
    return Entry(at, "SW")


def told_council(at: str) -> Entry:
    return Entry(at, "LA")


def reviewed(at: str) -> Entry:
    return Entry(at, "SUPV")


ALL_IN_TIME = (
    "everything in time: police there in 12 minutes, spoken to face to face, council told, return interview held"
)

EPISODES = (
    Episode(
        "1001",
        ALL_IN_TIME,
        "P01",
        "2024-10-03 18:00",
        (
            graded("18:04", "H"),
            sent("18:04"),
            arrived("18:12"),
            reviewed("19:00"),
            told_council("21:40"),
            spoken_to("22:00"),
        ),
        "21:10",
        council=Council("+1 10:00", "+2 15:00"),
    ),
    Episode(
        "1002",
        "medium risk, police there after 45 minutes: in time",
        "P02",
        "2024-10-05 16:10",
        (graded("16:15", "M"), sent("16:47"), arrived("16:55"), told_council("20:30"), spoken_to("20:45")),
        "20:05",
        council=Council("+1 09:30", "+2 11:00"),
    ),
    Episode(
        "1003",
        "low risk, police there after 6 hours: in time",
        "P03",
        "2024-10-08 11:00",
        (graded("11:10", "L"), sent("16:52"), arrived("17:00"), told_council("19:00"), spoken_to("19:10")),
        "18:20",
        council=Council("+1 12:00", "+3 10:00"),
    ),
    Episode(
        "1004",
        "medium risk, police there on the very minute of the deadline: in time",
        "P04",
        "2024-10-11 20:00",
        (graded("20:05", "M"), sent("20:52"), arrived("21:00"), told_council("+1 00:30"), spoken_to("+1 09:30")),
        "23:50",
        council=Council("+1 11:00", "+2 16:00"),
    ),
    Episode(
        "1005",
        "medium risk, sent in time, but there one minute after the deadline: late",
        "P05",
        "2024-10-12 20:00",
        (graded("20:05", "M"), sent("20:53"), arrived("21:01"), told_council("23:00"), spoken_to("+1 10:00")),
        "22:40",
        council=Council("+1 12:30", "+2 10:00"),
    ),
    Episode(
        "1006",
        "high risk, police there after 2 hours 50 minutes: late by 2 hours 35 minutes",
        "P06",
        "2024-10-15 18:00",
        (graded("18:05", "H"), sent("20:42"), arrived("20:50"), told_council("+1 01:00"), spoken_to("+1 11:00")),
        "+1 00:20",
        council=Council("+1 15:00", "+3 15:00"),
    ),
    Episode(
        "1007",
        "no record that anybody was sent or came; the child came home after 14 hours",
        "P07",
        "2024-10-18 19:30",
        (graded("19:40", "M"), told_council("+1 10:30"), spoken_to("+1 12:00", "T")),
        "+1 09:30",
        council=Council("+3 10:00", ""),
    ),
    Episode(
        "1008",
        "found before police came: attendance is not owed",
        "P08",
        "2024-10-21 17:00",
        (graded("17:06", "M"), told_council("18:30"), spoken_to("19:00")),
        "17:40",
        council=Council("+1 10:00", "+2 10:00"),
    ),
    Episode(
        "1009",
        "the report was a mistake and was cancelled: nothing more is owed",
        "P09",
        "2024-10-22 15:00",
        (graded("15:10", "M"), Entry("15:25", "CANC")),
    ),
    Episode(
        "1010",
        "the clocks go back: 01:20 and 01:50 come twice that night, so we cannot tell about a limit of an hour",
        "P10",
        "2024-10-27 01:20",
        (graded("01:25", "M"), sent("01:42"), arrived("01:50"), told_council("08:00"), spoken_to("11:00")),
        "06:30",
        council=Council("+1 10:00", "+2 12:00"),
    ),
    Episode(
        "1011",
        "nobody ever graded the risk",
        "P11",
        "2024-10-30 21:00",
        (sent("21:22"), arrived("21:30"), told_council("+1 08:30"), spoken_to("+1 12:00")),
        "23:30",
        council=Council("+1 13:00", "+3 09:30"),
    ),
    Episode(
        "1012",
        "graded only after three hours, as high: its limit counts from the report, so attendance was late",
        "P12",
        "2024-11-02 18:00",
        (graded("21:00", "H"), sent("21:02"), arrived("21:10"), told_council("23:50"), spoken_to("+1 10:30")),
        "23:10",
        council=Council("+2 10:00", "+3 10:00"),
    ),
    Episode(
        "1013",
        "low risk at first, high after two hours: the upgrade starts a clock of 15 minutes, and 30 passed",
        "P13",
        "2024-11-05 16:00",
        (
            graded("16:10", "L"),
            graded("18:00", "H"),
            sent("18:22"),
            arrived("18:30"),
            told_council("22:15"),
            spoken_to("+1 09:00"),
        ),
        "21:30",
        council=Council("+1 10:30", "+2 14:00"),
    ),
    Episode(
        "1014",
        "high risk, graded down to low after ten minutes, police there after three hours: a downgrade never lengthens",
        "P14",
        "2024-11-08 19:00",
        (
            graded("19:03", "H"),
            graded("19:13", "L"),
            sent("21:52"),
            arrived("22:00"),
            told_council("+1 07:30"),
            spoken_to("+1 10:00"),
        ),
        "+1 01:30",
        council=Council("+1 12:00", "+4 10:00"),
    ),
    Episode(
        "1015",
        "there in time, but written up the next morning: it counts only in the figure with all entries",
        "P15",
        "2024-11-11 22:00",
        (
            graded("22:05", "M"),
            sent("22:32", typed="+1 09:15"),
            arrived("22:40", typed="+1 09:16"),
            told_council("+1 08:00"),
            spoken_to("+1 09:00", typed="+2 14:00"),
        ),
        "+1 03:00",
        council=Council("+1 14:00", "+2 15:30"),
    ),
    Episode(
        "1016",
        "a child who goes missing again and again: the first of three",
        "P16",
        "2024-11-14 20:00",
        (
            graded("20:05", "M"),
            sent("20:42"),
            arrived("20:50"),
            told_worker("20:40"),
            told_council("23:59"),
            spoken_to("+1 10:00"),
        ),
        "23:15",
        home="CH",
        council=Council("+1 10:00", "+3 17:00"),
    ),
    Episode(
        "1017",
        "the same child: the second of three",
        "P16",
        "2024-11-23 21:30",
        (
            graded("21:40", "M"),
            sent("22:42"),
            arrived("22:50"),
            told_worker("22:15"),
            told_council("+1 06:45"),
            spoken_to("+1 11:30", "T"),
        ),
        "+1 05:50",
        home="CH",
        council=Council("+2 10:00", ""),
    ),
    Episode(
        "1018",
        "the same child: the third within 90 days, and the strategy is discussed the next day, as the force promises",
        "P16",
        "2024-12-02 19:10",
        (
            graded("19:15", "H"),
            sent("19:32"),
            arrived("19:40"),
            told_worker("19:50"),
            Entry("+1 14:00", "STRAT"),
            told_council("+1 02:30"),
            spoken_to("+1 10:30"),
        ),
        "+1 01:45",
        home="CH",
        council=Council("+1 16:00", "+3 10:00"),
    ),
    Episode(
        "1019",
        "reported while the system was being upgraded: no record, but the record has a gap",
        "P17",
        "2024-12-09 17:30",
        (graded("17:40", "M"), told_council("+2 09:00")),
        "22:00",
        council=Council("+2 10:00", "+3 10:00"),
    ),
    Episode(
        "1020",
        "found on a day without a time: we cannot tell attendance after the hour from not owed",
        "P18",
        "2024-12-14 18:00",
        (graded("18:05", "M"), told_council("23:30"), spoken_to("+1 12:00")),
        "+0",
        council=Council("+2 09:30", "+4 10:00"),
    ),
    Episode(
        "1021",
        "foster care: the social worker was told, a full day later",
        "P19",
        "2024-12-17 16:45",
        (
            graded("16:50", "M"),
            sent("17:12"),
            arrived("17:20"),
            told_worker("+1 16:00"),
            told_council("22:10"),
            spoken_to("22:30"),
        ),
        "21:30",
        home="FC",
        council=Council("+1 10:00", "+2 13:00"),
    ),
    Episode(
        "1022",
        "a children's home: no record that the social worker was told",
        "P20",
        "2024-12-20 23:10",
        (graded("23:15", "H"), sent("23:14"), arrived("23:22"), told_council("+1 06:10"), spoken_to("+1 13:00")),
        "+1 05:00",
        home="CH",
        council=Council("+3 09:00", "+3 15:00"),
    ),
    Episode(
        "1023",
        "the council offered the return interview after four days",
        "P21",
        "2025-01-04 18:20",
        (graded("18:30", "L"), sent("19:52"), arrived("20:00"), told_council("21:50"), spoken_to("22:15")),
        "21:15",
        council=Council("+4 10:00", "+5 10:00"),
    ),
    Episode(
        "1024",
        "the child declined the council's interview, which is a proper ending",
        "P22",
        "2025-01-07 17:00",
        (graded("17:05", "M"), sent("17:37"), arrived("17:45"), told_council("20:30"), spoken_to("20:50")),
        "20:00",
        council=Council("+1 11:00", "", "Y"),
    ),
    Episode(
        "1025",
        "no row of the council's workbook belongs to this episode",
        "P23",
        "2025-01-10 19:00",
        (graded("19:10", "M"), sent("19:27"), arrived("19:35"), told_council("23:00"), spoken_to("23:20")),
        "22:20",
    ),
    Episode(
        "1026",
        "police spoke to the child by telephone only",
        "P24",
        "2025-01-13 16:00",
        (graded("16:05", "L"), sent("17:52"), arrived("18:00"), told_council("20:00"), spoken_to("20:20", "T")),
        "19:30",
        council=Council("+1 10:00", "+2 10:00"),
    ),
    Episode(
        "1027",
        "no record that police spoke to the child after the return",
        "P25",
        "2025-01-16 21:00",
        (graded("21:10", "M"), sent("21:42"), arrived("21:50"), told_council("+1 07:00")),
        "+1 00:45",
        council=Council("+1 12:00", "+3 12:00"),
    ),
    Episode(
        "1028",
        "no record that the council was told of the return",
        "P26",
        "2025-01-20 18:00",
        (graded("18:05", "M"), sent("18:32"), arrived("18:40"), spoken_to("22:30")),
        "21:40",
        council=Council("+1 10:00", "+2 10:00"),
    ),
    Episode(
        "1029",
        "two days missing, reviewed through both nights and once not for 14 hours",
        "P27",
        "2025-01-24 17:00",
        (
            graded("17:05", "H"),
            sent("17:06"),
            arrived("17:14"),
            reviewed("18:30"),
            reviewed("+1 02:00"),
            reviewed("+1 09:30"),
            reviewed("+1 23:30"),
            reviewed("+2 07:00"),
            told_council("+2 15:00"),
            spoken_to("+2 17:00"),
        ),
        "+2 14:10",
        council=Council("+3 10:00", "+4 10:00"),
    ),
    Episode(
        "1030",
        "the time at which somebody arrived cannot be read (a letter O for a nought)",
        "P28",
        "2025-01-29 20:00",
        (graded("20:05", "M"), sent("20:22"), arrived("2O:3O"), told_council("23:30"), spoken_to("23:45")),
        "22:50",
        council=Council("+1 10:00", "+2 10:00"),
    ),
    Episode(
        "1031",
        "the risk is a code that the mapping does not list",
        "P29",
        "2025-02-01 16:00",
        (graded("16:05", "Q"), sent("16:37"), arrived("16:45"), told_council("19:10"), spoken_to("19:25")),
        "18:30",
        council=Council("+2 10:00", "+3 10:00"),
    ),
    Episode(
        "1032",
        "found before being reported: an end before its start",
        "P30",
        "2025-02-04 18:00",
        (graded("18:05", "M"), sent("18:22"), arrived("18:30"), told_council("19:00"), spoken_to("19:30")),
        "16:30",
        council=Council("+1 10:00", "+2 10:00"),
        closed="16:45",
    ),
    Episode(
        "1033",
        "police arrive ten minutes before the report: arrival before call",
        "P31",
        "2025-02-07 22:00",
        (
            graded("22:05", "M"),
            arrived("21:50"),
            sent("22:12"),
            arrived("22:20"),
            told_council("+1 01:00"),
            spoken_to("+1 09:00"),
        ),
        "+1 00:10",
        council=Council("+2 10:00", "+3 10:00"),
    ),
    Episode(
        "1034",
        "still open when the next one of the same child begins: overlapping episodes",
        "P32",
        "2025-02-10 18:00",
        (graded("18:05", "M"), sent("18:42"), arrived("18:50"), told_council("+2 12:00"), spoken_to("+2 14:00")),
        "+2 11:00",
        council=Council("+3 10:00", "+4 10:00"),
    ),
    Episode(
        "1035",
        "begins while 1034 of the same child is open",
        "P32",
        "2025-02-11 17:00",
        (graded("17:05", "M"), sent("18:22"), arrived("18:30"), told_council("21:20"), spoken_to("21:40")),
        "20:40",
        council=Council("+2 10:00", "+3 09:00"),
    ),
    Episode(
        "1036",
        "ten entries typed within one minute, two days later",
        "P33",
        "2025-02-15 19:00",
        (
            graded("19:05", "M", typed="+2 10:00"),
            sent("19:22", typed="+2 10:00"),
            arrived("19:30", typed="+2 10:00"),
            *(Entry(at, "SUPV", typed="+2 10:00") for at in ("20:05", "20:35", "21:05", "21:35", "22:05")),
            Entry("23:00", "LA", typed="+2 10:00"),
            spoken_to("23:30", typed="+2 10:00"),
        ),
        "22:30",
        council=Council("+3 10:00", "+4 10:00"),
    ),
    Episode(
        "1037",
        "the date of birth lies after the episode",
        "P34",
        "2025-02-20 17:00",
        (graded("17:05", "L"), sent("18:52"), arrived("19:00"), told_council("21:10"), spoken_to("21:30")),
        "20:20",
        council=Council("+1 10:00", "+2 10:00"),
    ),
    Episode(
        "1038",
        "is in two exports with different facts: the later file wins",
        "P35",
        "2025-02-24 18:00",
        (graded("18:05", "M"), sent("18:27"), arrived("18:35"), told_council("22:00"), spoken_to("22:20")),
        "21:15",
        council=Council("+1 10:00", "+2 10:00"),
    ),
    Episode(
        "1039",
        "an adult: left out by the mapping, because this dive asks about children",
        "P36",
        "2025-03-03 18:00",
        (graded("18:05", "M"), sent("18:40")),
        "20:00",
        kind="A",
    ),
    Episode(
        "1040",
        "the clocks go forward: 00:40 to 02:30 is 50 minutes, and in time",
        "P37",
        "2025-03-30 00:40",
        (graded("00:45", "M"), sent("02:22"), arrived("02:30"), told_council("08:00"), spoken_to("11:00")),
        "06:40",
        council=Council("+1 10:00", "+1 16:00"),
    ),
    Episode(
        "1041",
        "arrived at 01:30 on the night on which that time does not exist",
        "P38",
        "2025-03-30 00:50",
        (graded("00:55", "H"), sent("00:58"), arrived("01:30"), told_council("07:30"), spoken_to("10:00")),
        "05:30",
        council=Council("+1 09:00", ""),
    ),
    Episode(
        "1042",
        "still missing, past the deadline and nobody recorded as arriving: a child to check today",
        "P39",
        "2025-03-31 20:15",
        (graded("20:20", "H"),),
    ),
    Episode(
        "1043",
        "still missing, and the deadline has not come: not yet due",
        "P40",
        "2025-03-31 21:30",
        (graded("21:40", "L"),),
    ),
    Episode(
        "1044",
        "arrived just after the instant from which this dive looks, so not known yet",
        "P41",
        "2025-03-31 23:40",
        (graded("23:45", "M"), sent("+1 00:02"), arrived("+1 00:10")),
    ),
)
