"""The pages of the standards that ship, for people who do the work and have never programmed, and their drawings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from wardline.english import count
from wardline.obligations import (
    Basis,
    BasisKind,
    LimitTable,
    Never,
    Obligation,
    Precede,
    Record,
    limit_in_words,
    name_in_words,
    occasion_in_words,
    sentence,
)
from wardline.reports.clock_picture import clock_picture
from wardline.reports.wording import OWNER_WORDS, date_in_words
from wardline.reports.worked_examples import ExampleInWords, example_in_words
from wardline.standards import Standard, earlier_versions, look_up_standard, shipped_standards
from wardline.standards.library import LIBRARY
from wardline.time_limits import ToBeSet

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference" / "standards"
CLOCKS = FOLDER / "clocks"
# Written by hand beside the generated pages.
BY_HAND = {"how-to-read-a-page.md", "what-became-of-each-candidate.md"}

RESTS_ON = {
    BasisKind.STATUTE: "Statute",
    BasisKind.NATIONAL_GUIDANCE: "National guidance",
    BasisKind.INSPECTORATE: "The inspectorate",
    BasisKind.FORCE_POLICY: "A force's policy",
    BasisKind.ANOTHER_FORCES_POLICY: "Another force's policy",
    BasisKind.ASSUMED: "Assumed",
}
MONTHS = tuple(f"{date(2000, month, 1):%B}" for month in range(1, 13))


def standard_pages(written_by: str) -> dict[Path, Callable[[], str]]:
    """Each page and drawing by its path, with what writes it."""
    pages: dict[Path, Callable[[], str]] = {FOLDER / "README.md": partial(index_page, written_by)}
    for name in shipped_standards():
        pages[page_of(name)] = partial(standard_page, name, written_by)
        for obligation in standard_called(name).obligations:
            pages[drawing_of(name, obligation)] = partial(drawing, name, obligation)
    return pages


def strays() -> list[Path]:
    """Files among the pages and drawings that nothing writes any more."""
    wanted = {*standard_pages(""), *(FOLDER / name for name in BY_HAND)}
    return sorted(path for path in FOLDER.rglob("*") if path.is_file() and path not in wanted)


def page_of(name: str) -> Path:
    return FOLDER / f"{name.replace('/', '-')}.md"


def drawing_of(name: str, obligation: Obligation) -> Path:
    return CLOCKS / f"{name.replace('/', '-')}-{obligation.id}.svg"


def standard_called(name: str) -> Standard:
    # Whether its examples hold is tested elsewhere, and takes longer than writing the page.
    return look_up_standard(name, relative_to=Path())


def drawing(name: str, obligation: Obligation) -> str:
    """The clock as a file; the id is of no matter where each drawing is a file of its own."""
    return str(clock_picture(obligation, obligation.id))


# THE LIST OF STANDARDS


def index_page(written_by: str) -> str:
    """The standards that ship, with how far each may be relied on."""
    rows = "\n".join(index_row(standard_called(name)) for name in shipped_standards())
    by_hand = "".join(
        f"- [{title_of(FOLDER / name)}]({name})\n" for name in sorted(BY_HAND) if (FOLDER / name).exists()
    )
    return f"""{written_by}

# The standards that come with Wardline

Each page says what must happen, in plain sentences, with a drawing of the clock, what it is based on, and worked examples. You
do not need to program to read one and say whether it is right; please do ([how to read a page](how-to-read-a-page.md)). *Assumed*
means that a number or a step of it is ours: such an obligation, or one that is another force's policy, is kept out of headlines
until somebody confirms it.

| standard | nation | about each | obligations | of which to be confirmed | reviewed |
|---|---|---|---|---|---|
{rows}

{by_hand}- [Adopt the standards in your force](../../how-to/adopt-the-standards.md)
- [Write a standard of your own](../../how-to/write-a-standard.md)
- [The language of standards](../standards-language.md)
"""  # noqa: E501


def index_row(standard: Standard) -> str:
    obligations = standard.obligations
    assumed = sum(is_assumed(one) for one in obligations)
    reviewed = sum(one.reviewed is not None for one in obligations)
    return (
        f"| [{plain(standard.title)}]({page_of(standard.name).name}) | {nation_of(standard)} | {standard.case_type} "
        f"| {len(obligations)} | {assumed or 'none'} | "
        f"{f'{reviewed} of {len(obligations)}' if reviewed else 'none yet'} |"
    )


def title_of(page: Path) -> str:
    return next(
        line.removeprefix("# ") for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("# ")
    )


def nation_of(standard: Standard) -> str:
    return standard.name.split("/")[0].replace("-", " ").title()


# ONE STANDARD


def standard_page(name: str, written_by: str) -> str:
    """A standard, from what it is about to what only somebody who reads the case files can judge."""
    standard = standard_called(name)
    assumed = sum(is_assumed(one) for one in standard.obligations)
    until = f" to {date_in_words(standard.in_force_to)}" if standard.in_force_to else ""
    source = (LIBRARY / f"{name}.yaml").relative_to(ROOT).as_posix()
    return f"""{written_by}

# {plain(standard.title)}

{nation_of(standard)} · about each {standard.case_type} · version {standard.version}, in force from {date_in_words(standard.in_force_from)}{until} · {count(len(standard.obligations), "obligation")}, {assumed or "none"} of them to be confirmed by the force

[How to read this page](how-to-read-a-page.md) · [All the standards](README.md)

In files and commands this standard is called `{name}`. This page is written from [one file](../../../{source}).

## At a glance

| what must happen | owed by | how long there is | rests on |
|---|---|---|---|
{chr(10).join(glance_row(one) for one in standard.obligations)}

{chr(10).join(section(standard, one) for one in standard.obligations)}
{not_judged(standard)}{earlier(standard)}"""  # noqa: E501


def glance_row(obligation: Obligation) -> str:
    link = f"[{plain(obligation.title)}](#{anchor(obligation.title)})"
    return (
        f"| {link} | {OWNER_WORDS[obligation.owed_by]} | {plain(how_long(obligation))} | "
        f"{RESTS_ON[obligation.basis.kind].lower()} |"
    )


def how_long(obligation: Obligation) -> str:
    """The limit in few words: `15 minutes`, `15 minutes to 8 hours, by grade`, `before ‘risk graded’`."""
    match obligation:
        case Precede():
            return f"before {occasion_in_words(obligation)}"
        case Never():
            return "never"
        case Record():
            return f"by {occasion_in_words(obligation)}"
    limit = obligation.time_limit
    assert limit is not None
    every = "every " if hasattr(obligation, "every") else ""
    if isinstance(limit, LimitTable):
        lengths = list(dict.fromkeys(str(length) for _, length in limit.limits))
        return f"{every}{', '.join(lengths[:-1])} or {lengths[-1]}, by the {name_in_words(limit.by)}"
    return "not set yet" if isinstance(limit, ToBeSet) else every + limit_in_words(limit)


def section(standard: Standard, obligation: Obligation) -> str:
    """Everything about one obligation."""
    picture = drawing_of(standard.name, obligation)
    told = [
        f"## {plain(obligation.title)}",
        f"`{standard.full_name(obligation)}`",
        f"> {plain(sentence(obligation))}",
        f"![The clock of this obligation, drawn. It says what the sentence above says.]({CLOCKS.name}/{picture.name})",
        f"**Owed by** {OWNER_WORDS[obligation.owed_by]}. **Topic:** {obligation.topic.value}.",
        standing_of(obligation),
        rests_on(obligation.basis),
        *paragraphs(obligation),
        reviewed(obligation),
        examples(obligation),
    ]
    return "\n\n".join(told) + "\n"


def rests_on(basis: Basis) -> str:
    title = f"[{plain(basis.title)}]({address(basis.url)})" if basis.url else plain(basis.title)
    told = [title, *(plain(part) for part in (basis.publisher, published(basis.published)) if part)]
    is_ours = basis.kind is BasisKind.ASSUMED
    kind = "an assumption of ours. Nearest to it:" if is_ours else f"{RESTS_ON[basis.kind].lower()}:"
    note = f" {plain(basis.note)}" if basis.note else ""
    return f"**It rests on** {kind} {', '.join(told)}.{note}"


def published(when: str | None) -> str | None:
    """`July 2024` for `2024-07`; what is no month is left as it is."""
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", when or "")
    if match is None:
        return when
    year, month, day = match.groups()
    return f"{f'{int(day)} ' if day else ''}{MONTHS[int(month) - 1]} {year}"


def paragraphs(obligation: Obligation) -> Iterator[str]:
    for label, text in (
        ("Why it matters.", obligation.severity),
        ("What must be recorded.", obligation.needs),
        ("A good reason why it is not owed.", obligation.good_reasons),
        ("How it could be met on paper only.", obligation.gaming),
    ):
        if text:
            yield f"**{label}** {plain(text)}"


def standing_of(obligation: Obligation) -> str:
    """Whether it counts from the first day, and whether it protects the child."""
    if is_assumed(obligation):
        is_theirs = obligation.basis.kind is BasisKind.ANOTHER_FORCES_POLICY
        until = "this force adopts it" if is_theirs else "then"
        told = (
            f"**{RESTS_ON[obligation.basis.kind]}: off until somebody confirms it.** Until {until} it is kept out of "
            "headlines, and no share of it is given."
        )
    elif obligation.basis.kind is BasisKind.STATUTE:
        told = "**Binding.** It is the law, and counts from the first day."
    else:
        told = "**Binding.** It counts from the first day."
    if isinstance(obligation.time_limit, ToBeSet):
        told += " No limit is set: until somebody sets one, only how long it took is shown."
    if obligation.safeguarding:
        told += (
            " It is a step that protects the child: a case closed without a record of it is on the list of "
            "children to check today."
        )
    return told


def reviewed(obligation: Obligation) -> str:
    if obligation.reviewed is None:
        return "*Not yet reviewed by anybody.*"
    return f"*Reviewed by {plain(obligation.reviewed.by)}, on {published(obligation.reviewed.on)}.*"


def examples(obligation: Obligation) -> str:
    rows = "\n".join(example_row(example_in_words(one, obligation)) for one in obligation.examples)
    return f"""| what happened, in an example | what Wardline says |
|---|---|
{rows}"""


def example_row(one: ExampleInWords) -> str:
    about = [f"*{plain(words)}*" for words in one.about]
    happened = lines([f"**{plain(one.name)}**", *about, *(plain(line) for line in one.happened)])
    says = lines([*(f"**{plain(words)}**" for words in one.says), f"seen from {one.seen_from}"])
    return f"| {happened} | {says} |"


def not_judged(standard: Standard) -> str:
    if not standard.not_judged_from_records:
        return ""
    listed = "\n".join(f"- {plain(what)}" for what in standard.not_judged_from_records)
    return f"""## Not judged from records

Somebody who reads the case files looks for:

{listed}
"""


def earlier(standard: Standard) -> str:
    """What the earlier versions said otherwise, the newest of them first."""
    return "".join(
        earlier_version(standard_called(name), (LIBRARY / f"{name}.yaml").relative_to(ROOT).as_posix(), standard)
        for name in reversed(earlier_versions(standard.name))
    )


def earlier_version(before: Standard, source: str, present: Standard) -> str:
    """The dates of an earlier version, its file, and each obligation in which it differs from the present one."""
    assert before.in_force_to is not None
    now = {one.id: one for one in present.obligations}
    told = [difference(one, now.get(one.id)) for one in before.obligations if one != now.get(one.id)]
    added = [f"- *{plain(one.title)}* was not in it." for one in present.obligations if one.id not in ids_of(before)]
    return f"""
## Before: version {before.version}

In force from {date_in_words(before.in_force_from)} to {date_in_words(before.in_force_to)}: what began on those days is judged by [its file](../../../{source}). It differs in this:

{chr(10).join([*told, *added])}
"""  # noqa: E501


def ids_of(standard: Standard) -> set[str]:
    return {one.id for one in standard.obligations}


def difference(before: Obligation, now: Obligation | None) -> str:
    """An obligation of an earlier version: its sentence and what it rested on, where the present one says otherwise."""
    said = []
    if now is None or sentence(before) != sentence(now):
        said.append(f"{plain(sentence(before))}")
    if now is None or before.basis != now.basis:
        said.append(rests_on(before.basis).replace("**It rests on**", "It rested on"))
    return f"- *{plain(before.title)}.* {' '.join(said) or 'Other explanations and examples.'}"


# THE PIECES


def is_assumed(obligation: Obligation) -> bool:
    return obligation.basis.kind.is_to_be_confirmed


def lines(told: Iterable[str]) -> str:
    return "<br>".join(told)


def plain(text: str) -> str:
    """A text as Markdown shows it and does not read it, but for `names in small type`."""
    pieces = re.split(r"(`[^`|]+`)", " ".join(text.split()))
    return "".join(piece if at % 2 else re.sub(r"([\\`*_<>|\[\]])", r"\\\1", piece) for at, piece in enumerate(pieces))


def address(url: str) -> str:
    """An address as it may stand in the brackets of a link."""
    return re.sub(r"[()<>\s]", lambda match: f"%{ord(match[0]):02X}", url)


def anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
