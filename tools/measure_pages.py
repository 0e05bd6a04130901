"""The page of the measures that ship, for people who do the work and have never programmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.standard_pages import anchor, page_of, plain
from wardline.english import count
from wardline.measures.declared import (
    Measure,
    MeasureExample,
    MeasureSet,
    PartOfPage,
    look_up_measures,
    measure_sentences,
    shipped_measures,
)
from wardline.standards import shipped_obligation

FOLDER = Path("standards")


def measures_page(written_by: str) -> str:
    """Every measure that ships: at a glance, and then one by one."""
    # Whether their examples hold is tested elsewhere.
    sets = [look_up_measures(name, relative_to=Path()) for name in shipped_measures()]
    contents = "\n".join(
        f"- [{plain(one.title)}](#{anchor(one.title)}): {count(len(one.measures), 'measure')}" for one in sets
    )
    return f"""{written_by}

# The measures that come with Wardline

A measure is something that is counted over time: a share, a wait, a number or a rate. Each section says what is
counted, why, what it cannot tell, and how it could look better without anything being better. The worked examples are
checked each time Wardline is tested. A dive gives the measures of its standards.

To write one, see [Write a measure of your own](../how-to/write-a-measure.md); every key is in
[the language of measures](measures-language.md). What a chart of one says is in
[What a signal is and is not](../explanation/what-a-signal-is.md).

{contents}

{chr(10).join(section_of_set(one) for one in sets)}"""


def section_of_set(one: MeasureSet) -> str:
    standard = FOLDER / page_of(one.name).name
    parts = [(part, [measure for measure in one.measures if measure.part is part]) for part in PartOfPage]
    glance = "\n".join(
        f"| {part.value} | {'<br>'.join(f'[{plain(each.title)}](#{anchor(each.title)})' for each in mine)} |"
        for part, mine in parts
        if mine
    )
    return f"""## {plain(one.title)}

In files and commands this set is called `{one.name}`. It is about each {one.case_type}, and is given beside
[the standard of that name]({standard.as_posix()}).

| part of the page | measures |
|---|---|
{glance}

{chr(10).join(section_of(measure) for measure in one.measures)}"""


def section_of(measure: Measure) -> str:
    obligation = None if measure.obligation is None else shipped_obligation(measure.obligation)
    told = [
        f"### {plain(measure.title)}",
        f"`{measure.name}`",
        f"> {plain(measure_sentences(measure, obligation))}",
        f"**Shown under:** {measure.part.value}. **Its chart:** {measure.chart.value}.",
        *paragraphs(measure),
        *(example(each) for each in measure.examples),
    ]
    return "\n\n".join(told) + "\n"


def paragraphs(measure: Measure) -> Iterator[str]:
    for label, text in (
        ("Why it matters.", measure.why),
        ("What it cannot tell.", measure.cannot_tell),
        ("How it could look better without being better.", measure.gaming),
    ):
        if text:
            yield f"**{label}** {plain(text)}"


def example(one: MeasureExample) -> str:
    seen = f", seen at {one.as_at}" if one.as_at else ""
    recorded = (one.findings or one.cases).rstrip()
    figure = f"{one.expect[:1].upper()}{one.expect[1:]}"
    return f"*An example: {plain(one.name)}{seen}.* **{figure}.**\n\n```text\n{recorded}\n```"
