"""What each page of a dive shows, by the names that its template uses; the sentences are the report's own."""

from __future__ import annotations

from wardline.measures import MOST_DIFFERENCE, AssumedWaits
from wardline.obligations import Owner, limit_in_words, sentence
from wardline.reports.assumed import assumed_note, assumed_waits
from wardline.reports.charts_in_words import RULES_OF_SIGNALS
from wardline.reports.children_in_numbers import (
    HOW_COUNTED,
    children_by_cases,
    children_in_a_sentence,
    facts_of_children,
    found_of_children,
)
from wardline.reports.groups_in_words import HOW_FUNNELS_ARE_DRAWN
from wardline.reports.outcome_bar import key_of_bars
from wardline.reports.page import how_counted
from wardline.reports.page_tables import inputs_table, reading_table, standards_table
from wardline.reports.record_tables import faults_table, not_judged_table, reconcile_table, rejects_table
from wardline.reports.small_chart import key_of_charts
from wardline.reports.sources import basis_table, source_in_words
from wardline.reports.telling import (
    can_tell_in_a_sentence,
    can_tell_table,
    cannot_tell_table,
    joins_table,
    last_value_only,
    systems_table,
)
from wardline.reports.wording import BASIS_WORDS, case_type_in_plural, owner_of_obligation
from wardline_workspace.dives.addresses import measure_address, obligation_address, standard_address
from wardline_workspace.dives.pages_of_dive import PagesOfDive, StandardShown, Values, held
from wardline_workspace.dives.tables_shown import said, table_shown

__all__ = [
    "can_we_tell",
    "children",
    "claims",
    "measure",
    "measures",
    "method",
    "obligation",
    "obligations",
    "question",
    "records",
    "standard",
    "standards",
    "waits",
]


@held
def question(pages: PagesOfDive) -> Values:
    """The answer, its figures, and what it does not show."""
    first, links = pages.first, pages.links
    spoken = [one for one in first["headlines"] if one.figures.item is not None]
    return {
        "lead": [said(one.sentence, links) for one in first["headlines"][:1]],
        "headlines": first["headlines"],
        "item": (spoken[0].figures.item.obligation.title, obligation_address(pages.slug, spoken[0].figures.item))
        if spoken and spoken[0].figures.item is not None
        else None,
        "facts": spoken[0].facts if spoken and spoken[0] is first["headlines"][0] else (),
        "differences": first["large_differences"],
        "today": first["today"],
        "areas": table_shown(first["areas"], links),
        "attention": first["attention"],
        "attended": pages.figures.attention,
        "questions": list(zip(first["questions"], pages.figures.questions, strict=True)),
        "not_shown": first["not_shown"],
        "better": first["better"],
        "all_standards": first["all_standards"],
        "others": table_shown(first["other_standards"], links),
        "further": []
        if first["other_standards"]
        else [(said(one.sentence, links), one.at_the_time, one.beside) for one in first["headlines"][1:]],
        "without_a_figure": first["without_a_figure"],
        "can_tell_in_short": first["can_tell_in_short"],
        "systems": table_shown(systems_table(pages.report)),
    }


@held
def can_we_tell(pages: PagesOfDive) -> Values:
    """Systems, what could be joined, the answer obligation by obligation, and the force's own counts."""
    report = pages.report
    return {
        "systems": table_shown(systems_table(report)),
        "joins": table_shown(joins_table(report)),
        "sentence": can_tell_in_a_sentence(report),
        "can_tell": table_shown(can_tell_table(report), pages.links),
        "last_value_only": last_value_only(report),
        "reconcile": table_shown(reconcile_table(report)),
        "differences": pages.first["large_differences"],
        "most_difference": MOST_DIFFERENCE,
        "cannot_tell": table_shown(cannot_tell_table(report)),
        "not_judged": table_shown(not_judged_table(report)),
    }


@held
def obligations(pages: PagesOfDive, owner: Owner | None) -> Values:
    """The standards with their obligations; those of one owner only for whoever sees no more."""
    return {
        "standards": [(one, _assumed(pages, one)) for one in pages.seen(owner)],
        "owner": owner_of_obligation(owner) if owner is not None else "",
        "address": lambda item: obligation_address(pages.slug, item),
        "key": key_of_bars(),
    }


def _assumed(pages: PagesOfDive, one: StandardShown) -> Values:
    return {
        "table": table_shown(assumed_waits(pages.report, one.assumed), pages.links),
        "note": assumed_note(pages.report, one.assumed),
    }


@held
def obligation(pages: PagesOfDive, named: str, owner: Owner | None) -> Values | None:
    """One obligation with everything; None where there is no such one, or it is not for this reader."""
    for one in pages.seen(owner):
        for found in (*one.obligations, *one.asked):
            if f"{found.item.full_name}/{found.item.version}" == named:
                return _obligation(pages, one, owner) | {
                    "found": found,
                    "source": said(found.source),
                    "by_limit": table_shown(found.in_full.table),
                    "pictures": [(one, table_shown(one.table)) for one in found.in_full.pictures],
                    "by_group": [(one, table_shown(one.table)) for one in found.by_group],
                    "funnels": [(words, table_shown(words.table)) for words in pages.funnels.get(found.item.key, ())],
                }
        for waiting in one.assumed:
            if f"{waiting.item.full_name}/{waiting.item.version}" == named:
                return _obligation(pages, one, owner) | _waits_only(pages, waiting)
    return None


def _obligation(pages: PagesOfDive, one: StandardShown, owner: Owner | None) -> Values:
    return {
        "standard": one,
        "sees_standards": owner is None,
        "key": key_of_bars(),
        "how_funnels_are_drawn": HOW_FUNNELS_ARE_DRAWN,
        "found": None,
    }


def _waits_only(pages: PagesOfDive, waiting: AssumedWaits) -> Values:
    item, limit = waiting.item, waiting.item.obligation.time_limit
    return {
        "item": item,
        "sentence": sentence(item.obligation),
        "limit": "no time limit" if limit is None else limit_in_words(limit),
        "basis": BASIS_WORDS[item.obligation.basis.kind],
        "source": said(source_in_words(item)),
        "waits": table_shown(assumed_waits(pages.report, [waiting])),
        "note": assumed_note(pages.report, [waiting]),
    }


@held
def standards(pages: PagesOfDive) -> Values:
    """Each version of each standard, and by kind of basis what the limits rest on."""
    return {
        "standards": pages.standards,
        "table": table_shown(standards_table(pages.report)),
        "addresses": [standard_address(pages.slug, one.name, one.version) for one in pages.report.standards],
        "limits_by_basis": pages.first["limits_by_basis"],
        "basis": table_shown(basis_table(pages.report)),
    }


@held
def standard(pages: PagesOfDive, named: str) -> Values | None:
    """One version of a standard; None where the dive has no such one."""
    for one in pages.standards:
        if f"{one.about.name}/{one.about.version}" == named:
            rows = [
                (item, sentence(item.obligation), obligation_address(pages.slug, item), said(source_in_words(item)))
                for item in one.items
            ]
            return {
                "standard": one,
                "versions": [other for other in pages.standards if other.about.name == one.about.name],
                "overview": table_shown(one.part.overview, pages.links),
                "rows": rows,
                "limit_in_words": limit_in_words,
                "basis_words": BASIS_WORDS,
                "owner_words": owner_of_obligation,
                "assumed": table_shown(one.part.assumed),
            }
    return None


def waits(pages: PagesOfDive, wanted: str, owner: Owner | None) -> Values:
    """The waits of one standard's obligations; of the first where none is asked for."""
    seen = [(f"{one.about.name}/{one.about.version}", one) for one in pages.seen(owner)]
    chosen = next((one for name, one in seen if name == wanted), seen[0][1] if seen else None)
    return {
        "choices": [(name, one.title, one is chosen) for name, one in seen],
        "standard": chosen,
        "assumed": None if chosen is None else _assumed(pages, chosen),
        "with_waits": [
            (one, table_shown(one.in_full.table), [(each, table_shown(each.table)) for each in one.in_full.pictures])
            for one in (() if chosen is None else chosen.obligations)
            if one.in_full.pictures
        ],
        "address": lambda item: obligation_address(pages.slug, item),
    }


@held
def measures(pages: PagesOfDive) -> Values | None:
    """Every measure as a small chart, and all of them in figures; None where the dive keeps none."""
    better = pages.first["better"]
    if better is None:
        return None
    address = {shown.id: measure_address(pages.slug, name) for name, (_, shown) in pages.measures.items()}
    named = {shown.title: address[shown.id] for _, shown in pages.measures.values()}
    return {
        "summary": better["summary"],
        "key": better["key"],
        "note": better["note"],
        "parts_of_measures": pages.first["parts_of_measures"],
        "address": address,
        "named": named,
        "in_figures": table_shown(pages.first["all_in_figures"]),
        "not_given": pages.first["measures_not_given"],
        "rules": RULES_OF_SIGNALS,
    }


@held
def measure(pages: PagesOfDive, named: str) -> Values | None:
    """One measure with its chart in full; None where the dive keeps no such one."""
    if named not in pages.measures:
        return None
    found, shown = pages.measures[named]
    names = list(pages.measures)
    at = names.index(named)
    beside = {"previous": names[at - 1] if at else None, "following": names[at + 1] if at + 1 < len(names) else None}
    return {
        "measure": found.measure,
        "shown": shown,
        "figures": None if shown.chart is None else table_shown(shown.chart.table),
        "at_the_time": None if shown.at_the_time is None else table_shown(shown.at_the_time.table),
        "key": key_of_charts(),
        **{
            which: None if name is None else (pages.measures[name][1].title, measure_address(pages.slug, name))
            for which, name in beside.items()
        },
    }


@held
def claims(pages: PagesOfDive) -> Values | None:
    """Each claim with its answer and the working; None where the dive names none."""
    if not pages.figures.claims:
        return None
    return {
        "claims": [
            (shown, measure_address(pages.slug, answer.claim.measure) if answer.claim.measure in pages.measures else "")
            for shown, answer in zip(pages.first.get("claims", ()), pages.figures.claims, strict=True)
        ],
        "key": key_of_charts(),
    }


@held
def children(pages: PagesOfDive) -> Values:
    """How many, by kind of case and by how often; what is owed once to each child."""
    per_child = [
        (standard, one)
        for standard in pages.standards
        for one in (*standard.obligations, *standard.asked)
        if getattr(one.item.obligation, "per_child", False)
    ]
    return {
        "without_children": [children_in_a_sentence(one) for one in pages.kept.children if not one.children],
        "kinds": [
            (
                case_type_in_plural(one.case_type),
                children_in_a_sentence(one),
                facts_of_children(one),
                table_shown(children_by_cases(one)),
            )
            for one in pages.kept.children
            if one.children
        ],
        "found": found_of_children(pages.figures.children),
        "today": pages.first["today"],
        "per_child": per_child,
        "assumed_per_child": [
            (one.item.obligation.title, obligation_address(pages.slug, one.item))
            for standard in pages.standards
            for one in standard.assumed
            if getattr(one.item.obligation, "per_child", False)
        ],
        "how_counted": HOW_COUNTED,
        "address": lambda item: obligation_address(pages.slug, item),
    }


@held
def records(pages: PagesOfDive) -> Values:
    """What was read, rejected, and how often each fault of recording was found."""
    report = pages.report
    return {
        "reading": table_shown(reading_table(report)),
        "rejects": table_shown(rejects_table(report)),
        "faults": table_shown(faults_table(report)),
        "remarks": report.remarks,
    }


@held
def method(pages: PagesOfDive) -> Values:
    """The method in words, the files and versions."""
    return {
        "how_counted": how_counted(pages.report),
        "inputs": table_shown(inputs_table(pages.report)),
        "versions": pages.report.versions,
    }
