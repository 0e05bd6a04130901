"""Write the exports of examples/first-dive, and the list of its episodes in its README, from
tools/made_up_episodes.py.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

from tools.made_up_episodes import EPISODES, Entry, Episode

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "first-dive"
MISSING = EXAMPLE / "exports" / "missing"
COUNCIL = EXAMPLE / "exports" / "council"
AS_TYPED = "%d/%m/%Y %H:%M"

EPISODE_COLUMNS = (
    "EpisodeNo",
    "IncidentRef",
    "PersonNo",
    "PersonType",
    "HomeType",
    "ReportedTime",
    "KeyedTime",
    "FoundDate",
    "FoundTime",
    "ClosedTime",
)
LOG_COLUMNS = ("EpisodeNo", "Action", "ActionTime", "TypedTime", "Risk", "Method")
PERSON_COLUMNS = ("PersonNo", "Forename", "Surname", "DOB", "Sex", "SelfDefined")
COUNCIL_COLUMNS = ("Police reference", "Interview offered", "Interview held", "Declined")

FORENAMES = (
    "Ada",
    "Bram",
    "Cleo",
    "Dev",
    "Esme",
    "Finn",
    "Gwen",
    "Hari",
    "Isla",
    "Jude",
    "Kit",
    "Lena",
    "Milo",
    "Nia",
    "Otis",
    "Pia",
    "Quin",
    "Rosa",
    "Sami",
    "Tess",
    "Uma",
    "Vik",
    "Wren",
    "Xan",
    "Yara",
    "Zed",
)
STAY_WHERE_THEY_ARE = {"1010", "1036", "1040", "1041", "1042", "1043", "1044"}
SELF_DEFINED = ("W1", "A1", "", "W1", "Unknown", "B2", "W1", "Declined", "M1")
SURNAMES = ("Madeup", "Invented", "Sample", "Fictitious")
LIST_BEGINS, LIST_ENDS = "<!-- episodes: written by tools/make_first_dive.py -->", "<!-- episodes end -->"


def shift(episode: Episode) -> timedelta:
    """Some minutes by which an episode as a whole is moved, so that its times are not all full hours.

    Those about clock changes, and those that are open as at, stay where they are.
    """
    return timedelta() if episode.number in STAY_WHERE_THEY_ARE else timedelta(minutes=1 + int(episode.number) * 7 % 29)


def moment(episode: Episode, written: str) -> datetime:
    """`18:20` on the day of the report, `+1 09:00` on the day after it."""
    days, _, clock = written.rpartition(" ")
    hour, minute = clock.split(":")
    that_day = datetime.fromisoformat(episode.reported).replace(hour=int(hour), minute=int(minute))
    return that_day + timedelta(days=int(days or 0)) + shift(episode)


def is_time(written: str) -> bool:
    """Whether it can be read: one episode's log holds a time that cannot."""
    return written.rpartition(" ")[2].replace(":", "").isdigit()


def as_typed(episode: Episode, written: str, minutes_later: int = 0) -> str:
    """The moment as the export writes it; what is no time of day is left as it stands."""
    if not is_time(written):
        return f"{reported_at(episode):%d/%m/%Y} {written}"
    return (moment(episode, written) + timedelta(minutes=minutes_later)).strftime(AS_TYPED)


def reported_at(episode: Episode) -> datetime:
    return datetime.fromisoformat(episode.reported) + shift(episode)


def incident(episode: Episode) -> str:
    return f"INC-{int(episode.number) * 7}"


def episode_row(episode: Episode) -> tuple[str, ...]:
    reported = reported_at(episode)
    found_on, found_time, closed = "", "", ""
    if episode.found:
        has_time = ":" in episode.found
        found = moment(episode, episode.found if has_time else f"{episode.found} 12:00")
        found_on, found_time = f"{found:%d/%m/%Y}", f"{found:%H:%M}" if has_time else ""
        last = max([found, *(moment(episode, entry.at) for entry in episode.log if is_time(entry.at))])
        closed = (last + timedelta(hours=1)).strftime(AS_TYPED)
    elif any(entry.action == "CANC" for entry in episode.log):
        closed = as_typed(episode, episode.log[-1].at, 30)
    if episode.closed:
        closed = as_typed(episode, episode.closed)
    return (
        episode.number,
        incident(episode),
        episode.person,
        episode.kind,
        episode.home,
        reported.strftime(AS_TYPED),
        (reported + timedelta(minutes=3)).strftime(AS_TYPED),
        found_on,
        found_time,
        closed,
    )


def log_rows(episode: Episode) -> Iterable[tuple[str, ...]]:
    reported = reported_at(episode)
    # The child's history is opened a minute after every second report, so before any grading.
    history = (
        [Entry(f"{reported - shift(episode) + timedelta(minutes=1):%H:%M}", "HIST")]
        if int(episode.number) % 2 == 0
        else []
    )
    for entry in (*history, *episode.log):
        typed = as_typed(episode, entry.typed) if entry.typed else as_typed(episode, entry.at, 2)
        if not is_time(entry.at):
            typed = (reported + timedelta(minutes=40)).strftime(AS_TYPED)
        yield episode.number, entry.action, as_typed(episode, entry.at), typed, entry.risk, entry.method


def person_rows() -> Iterable[tuple[str, ...]]:
    people = dict.fromkeys(episode.person for episode in EPISODES)
    for index, person in enumerate(people):
        year = 1989 if person == "P36" else 2025 if person == "P34" else 2008 + index % 6
        born = datetime(year, 3 + index % 9, 1 + index % 27)
        name = FORENAMES[index % len(FORENAMES)], SURNAMES[index % len(SURNAMES)]
        yield person, *name, f"{born:%d/%m/%Y}", "FM"[index % 2], SELF_DEFINED[index % len(SELF_DEFINED)]


def write_csv(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_missing_system() -> None:
    """The force's own system: episodes in two overlapping exports, the action log, and the person records."""
    rows = [episode_row(episode) for episode in EPISODES]
    autumn = [row for row in rows if row[0] < "1023"]
    winter = [row for row in rows if row[0] >= "1023"]
    earlier_facts = [(*row[:7], "", "", "") for row in rows if row[0] == "1038"]
    without_id = ("", "INC-0", "P01", "C", "PH", "14/11/2024 10:00", "14/11/2024 10:05", "", "", "")
    write_csv(MISSING / "episodes-1.csv", EPISODE_COLUMNS, [*autumn, *earlier_facts, without_id])
    write_csv(MISSING / "episodes-2.csv", EPISODE_COLUMNS, winter)
    log = [row for episode in EPISODES for row in log_rows(episode)]
    same_row_twice = next(row for row in log if row[:2] == ("1002", "SENT"))
    of_no_case = ("1999", "SENT", "02/02/2025 10:00", "02/02/2025 10:02", "", "")
    unlisted_action = ("1002", "TEA", "05/10/2024 17:30", "05/10/2024 17:32", "", "")
    write_csv(MISSING / "log.csv", LOG_COLUMNS, [*log, same_row_twice, of_no_case, unlisted_action])
    write_csv(MISSING / "persons.csv", PERSON_COLUMNS, person_rows())


def write_council_workbook() -> None:
    """The council's workbook: two lines of heading above the columns, times as times."""
    with xlsxwriter.Workbook(COUNCIL / "return-interviews.xlsx") as book:
        book.set_properties({"title": "Made-up data", "created": datetime(2025, 4, 1)})
        sheet = book.add_worksheet("Interviews")
        as_time = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write(0, 0, "Return interviews (made-up data)")
        sheet.write_row(2, 0, COUNCIL_COLUMNS)
        interviewed = [episode for episode in EPISODES if episode.council is not None]
        for index, episode in enumerate(interviewed, start=3):
            assert episode.council is not None
            sheet.write(index, 0, incident(episode))
            for column, written in ((1, episode.council.offered), (2, episode.council.held)):
                if written:
                    sheet.write_datetime(index, column, moment(episode, written) - shift(episode), as_time)
            sheet.write(index, 3, episode.council.declined)


def list_episodes() -> None:
    """The list of episodes in the README, between its two marks."""
    readme = EXAMPLE / "README.md"
    text = readme.read_text(encoding="utf-8")
    rows = "\n".join(f"| {episode.number} | {episode.shows} |" for episode in EPISODES)
    before, after = text.split(LIST_BEGINS)[0], text.split(LIST_ENDS)[1]
    table = f"| episode | what it shows |\n|---|---|\n{rows}"
    readme.write_text(f"{before}{LIST_BEGINS}\n\n{table}\n\n{LIST_ENDS}{after}", encoding="utf-8")


def main() -> None:
    MISSING.mkdir(parents=True, exist_ok=True)
    COUNCIL.mkdir(parents=True, exist_ok=True)
    write_missing_system()
    write_council_workbook()
    list_episodes()


if __name__ == "__main__":
    main()
