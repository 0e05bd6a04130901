"""Documents changed by forms and by hand: comments kept, all problems said, two people at once, nothing led astray."""

from __future__ import annotations

import re

import pytest

from tests.workspace.making.conftest import STANDARD, uploads
from wardline.record_systems import read_mapping
from wardline_workspace.making.corrections import changed_text, places_of
from wardline_workspace.making.work_in_files import Text, version_of
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db

DRAFT = """\
record system: missing
tables:
  - files: a.csv
    each row is: a case
    case type: missing episode
    case id: No                                           # 44 different
    opened at: {column: Begun, format: "%d/%m/%Y"}
    attributes:
      grade: {column: Risk, values: {H: high, M: medium}}  # two codes
    events:
      reported: Reported                                  # by its heading
      child_found: {date: FoundDate, time: FoundTime}
"""


def places(text: str = DRAFT) -> dict[str, object]:
    return {place.label: place for place in places_of(Text(text, "").data, 0)}


class TestPlaces:
    def test_each_place_says_what_stands_there(self):
        said = {label: place.value for label, place in places().items()}
        assert said == {
            "case type": "missing episode",
            "case id": "No",
            "opened at": "Begun",
            "opened at: format": "%d/%m/%Y",
            "closed at": "",
            "person": "",
            "time format": "",
            "reported: at": "Reported",
            "child_found: date": "FoundDate",
            "child_found: time": "FoundTime",
            "child_found: recorded at": "",
            "grade": "Risk",
            "grade: H means": "high",
            "grade: M means": "medium",
        }

    @pytest.mark.parametrize(
        ("label", "value", "line"),
        [
            ("case id", "Number", "    case id: Number                                           # 44 different"),
            ("opened at: format", "%d.%m.%Y", '    opened at: {column: Begun, format: "%d.%m.%Y"}'),
            ("closed at", "Ended", "    closed at: Ended"),
            ("grade: H means", "very high", "{column: Risk, values: {H: very high, M: medium}}  # two codes"),
            ("child_found: recorded at", "Typed", "{date: FoundDate, time: FoundTime, recorded at: Typed}"),
            ("time format", "%H:%M", '    time format: "%H:%M"'),
        ],
    )
    def test_a_place_is_changed_where_it_stands(self, label, value, line):
        changed = changed_text(DRAFT, {places()[label]: value})
        assert line in changed
        assert len(set(changed.splitlines()) - set(DRAFT.splitlines())) == 1

    @pytest.mark.parametrize(
        ("emptied", "gone"),
        [
            (["opened at"], "opened at"),
            (["grade: H means"], "H: high"),
            (["grade"], "attributes"),
            (["child_found: date", "child_found: time"], "child_found"),
            (["reported: at", "child_found: date"], "events"),
        ],
    )
    def test_an_emptied_place_takes_out_what_it_belongs_to(self, emptied, gone):
        changed = changed_text(DRAFT, {places()[label]: "" for label in emptied})
        assert gone not in changed
        assert "case id: No" in changed


def sent_form(lead, address: str) -> dict[str, str]:
    """What a browser sends of the form that corrects a table."""
    page = lead.get(address).content.decode()
    form = page[page.index('value="correct"') : page.index("Write the changes into the mapping")]
    sent = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', form)) | {"what": "correct"}
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


def field(lead, address: str, label: str) -> str:
    page = lead.get(address).content.decode()
    return re.search(rf'<label[^>]*for="id_(\w+)"[^>]*>\s*{re.escape(label)}\s*</label>', page)[1]


class TestATable:
    def test_a_form_that_changes_nothing_writes_nothing(self, lead, with_exports):
        stands = with_exports.files.read("missing")
        for number in (1, 2, 3):
            address = f"/making/{with_exports.slug}/systems/missing/tables/{number}/"
            assert lead.post(address, sent_form(lead, address)).status_code == 302
        assert with_exports.files.read("missing") == stands
        assert not Entry.objects.filter(did="changed a document of a dive").exists()

    def test_a_column_is_corrected_and_what_it_did_is_said(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/systems/missing/tables/2/"
        changed = {field(lead, address, "SW means"): ""}
        page = lead.post(address, sent_form(lead, address) | changed, follow=True).content.decode()
        assert "231 → 227" in page and "3 → 7" in page
        assert "SW:" not in with_exports.files.read("missing").text
        [entry] = Entry.objects.filter(did="changed a document of a dive")
        assert set(entry.detail) == {"document", "before", "after"}
        assert "missing" not in str(entry.detail)

    def test_a_format_that_cannot_be_is_said_at_its_field(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/systems/missing/tables/2/"
        name = field(lead, address, "time format")
        stands = with_exports.files.read("missing")
        page = lead.post(address, sent_form(lead, address) | {name: "%Q"}).content.decode()
        assert f'href="#id_{name}"' in page
        assert 'value="%Q"' in page, "what was typed is still there"
        assert with_exports.files.read("missing") == stands

    def test_what_cannot_be_left_out_is_asked_for(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/systems/missing/tables/1/"
        name = field(lead, address, "case type")
        assert "Enter what “case type” is" in lead.post(address, sent_form(lead, address) | {name: ""}).content.decode()

    def test_two_at_once_the_second_is_told_and_both_texts_are_kept(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/systems/missing/tables/2/"
        first, second = sent_form(lead, address), sent_form(lead, address)
        mine, theirs = field(lead, address, "LA means"), field(lead, address, "SW means")
        lead.post(address, first | {theirs: "council_told"})
        page = lead.post(address, second | {mine: "circulated"}).content.decode()
        assert "Somebody else changed this while you had it open" in page
        assert "SW: council_told" in page, "what stands there now"
        assert '<option value="circulated" selected>' in page, "what was chosen"
        assert "LA: council_told" in with_exports.files.read("missing").text
        again = second | {mine: "circulated", "version": with_exports.files.read("missing").version}
        lead.post(address, again | {theirs: "council_told"})
        text = with_exports.files.read("missing").text
        assert "LA: circulated" in text and "SW: council_told" in text

    def test_rows_are_shown_and_that_somebody_looked_is_in_the_trail(self, lead, with_exports):
        page = lead.get(f"/making/{with_exports.slug}/systems/missing/tables/3/").content.decode()
        assert "Madeup" in page
        [entry] = Entry.objects.filter(did="looked at the first rows of an export")
        assert entry.detail == {"table": 3}

    def test_an_event_with_a_condition_is_added(self, lead, with_exports):
        slug = with_exports.slug
        lead.post(
            f"/making/{slug}/systems/add/", {"system": "council", "files": uploads("council"), "cases_of": "missing"}
        )
        address = f"/making/{slug}/systems/council/tables/1/"
        sent = {
            "what": "AddEvent",
            "version": with_exports.files.read("council").version,
            "event": "return_interview_declined",
            "at": "Interview offered",
            "only_if": "Declined",
            "only_says": "Y",
        }
        lead.post(address, sent)
        mapping = read_mapping(with_exports.files.mapping("council"))
        assert "return_interview_declined" in [event.name for event in mapping.tables[0].events_of_row]
        assert "happened if: {Declined: Y}" in with_exports.files.read("council").text

    def test_codes_are_asked_for_in_words(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/systems/missing/tables/1/"
        version = with_exports.files.read("missing").version
        sent = {"what": "AddAttribute", "version": version, "name": "Ä", "column": "HomeType", "codes": "CH"}
        page = lead.post(address, sent).content.decode()
        assert page.count("Write one code on each line") == 2
        assert page.count("Use small letters, digits and underscores") == 2


class TestTheTextItself:
    def test_all_problems_are_said_at_once_with_line_and_column(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/documents/missing/"
        stands = with_exports.files.read("missing")
        wrong = stands.text.replace("each row is: a case", "each row is: a cas").replace(
            "kept by: force", "kept by: us"
        )
        page = lead.post(address, {"text": wrong, "version": stands.version}).content.decode()
        assert page.count("missing.yaml, line 8, column 10:") == 2
        assert page.count("missing.yaml, line 12, column 18:") == 2
        assert "^^^^^" in page
        assert "each row is: a cas " in page, "what was written is still there"
        assert with_exports.files.read("missing") == stands

    def test_what_is_written_is_kept_with_what_stood_there(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/documents/missing/"
        stands = with_exports.files.read("missing")
        text = stands.text.replace("title: missing ", "title: Missing people ")
        answer = lead.post(address, {"text": text.replace("\n", "\r\n"), "version": stands.version})
        assert answer.url.endswith(f"/systems/missing/?since={stands.version}")
        assert with_exports.files.read("missing") == Text(text, version_of(text))
        assert with_exports.files.earlier("missing", stands.version) == stands.text

    def test_two_at_once_the_second_is_told_and_both_texts_are_kept(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/documents/force/"
        stands = with_exports.files.read("force")
        lead.post(address, {"text": f"{stands.text}# theirs\n", "version": stands.version})
        page = lead.post(address, {"text": f"{stands.text}# mine\n", "version": stands.version}).content.decode()
        assert "Somebody else changed this while you had it open" in page
        assert "# theirs" in page and "# mine" in page
        assert with_exports.files.read("force").text.endswith("# theirs\n")

    @pytest.mark.parametrize("key", ["force", "key", "previous", "claims"])
    @pytest.mark.parametrize("path", ["/etc/passwd", "../other/force.yaml", "../../workspace.secret"])
    def test_a_dive_file_names_nothing_outside_its_folder(self, lead, with_exports, key, path):
        stands = with_exports.files.read("dive")
        lines = [line for line in stands.text.splitlines() if not line.startswith(f"{key}:")]
        text = "\n".join([*lines, f"{key}: {path}", ""])
        page = lead.post(
            f"/making/{with_exports.slug}/documents/dive/", {"text": text, "version": stands.version}
        ).content.decode()
        assert "This leads out of the folder of this dive" in page
        assert with_exports.files.read("dive") == stands

    def test_nor_does_a_source_or_a_standard(self, lead, with_exports):
        stands = with_exports.files.read("dive")
        for now, then in (("exports/missing", "/etc"), (f"[{STANDARD}]", "[../../x.yaml]")):
            text = stands.text.replace(now, then)
            assert text != stands.text
            page = lead.post(
                f"/making/{with_exports.slug}/documents/dive/", {"text": text, "version": stands.version}
            ).content.decode()
            assert "This leads out of the folder of this dive" in page

    @pytest.mark.parametrize("files", ["../council/*.xlsx", "/etc/*", "{query: SELECT 1, database: 'sqlite:///x.db'}"])
    def test_a_mapping_reads_files_of_its_own_only(self, lead, with_exports, files):
        stands = with_exports.files.read("missing")
        text = stands.text.replace('files: "episodes-*.csv"', f"files: {files}")
        address = f"/making/{with_exports.slug}/documents/missing/"
        page = lead.post(address, {"text": text, "version": stands.version}, follow=True).content.decode()
        mapping = f"/making/{with_exports.slug}/systems/missing/"
        assert "There is a problem" in page or "To mend before it can be read" in lead.get(mapping).content.decode()

    def test_a_script_in_a_text_is_shown_as_text(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/documents/missing/"
        stands = with_exports.files.read("missing")
        text = stands.text.replace("title: missing ", "title: <script>alert(1)</script> ") + "x: </textarea><script>a\n"
        page = lead.post(address, {"text": text, "version": stands.version}).content.decode()
        assert "<script>alert" not in page and "<script>a" not in page

    def test_no_document_of_another_name_is_opened(self, lead, with_exports):
        for name in ("workspace", "earlier", "none"):
            assert lead.get(f"/making/{with_exports.slug}/documents/{name}/").status_code == 404


class TestSettings:
    def test_a_limit_is_written_in_the_line_that_was_left_for_it(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/settings/"
        name = f"{STANDARD}/first-grading"
        stands = with_exports.files.read("force")
        sent = {"what": "limit", "version": stands.version, "name": name, "limit": "10 minutes", "reason": ""}
        lead.post(address, sent)
        text = with_exports.files.read("force").text
        assert f"  {name}: 10 minutes\n" in text
        assert f"# {name}:" not in text.split("confirmed:")[0]
        assert "10 minutes" in lead.get(address).content.decode()

    @pytest.mark.parametrize(
        ("limit", "said"), [("soon", "is not a length of time"), ("", "Enter the time limit"), ("2 hours", "reason")]
    )
    def test_what_is_no_limit_and_a_looser_one_without_a_reason_are_said(self, lead, with_exports, limit, said):
        stands = with_exports.files.read("force")
        sent = {"what": "limit", "version": stands.version, "name": f"{STANDARD}/first-grading", "limit": limit}
        page = lead.post(f"/making/{with_exports.slug}/settings/", sent).content.decode()
        assert "There is a problem" in page and said in page
        assert with_exports.files.read("force") == stands

    def test_nothing_is_confirmed_for_a_day_that_has_not_come_or_by_nobody(self, lead, with_exports):
        stands = with_exports.files.read("force")
        sent = {"what": "confirm", "version": stands.version, "names": [f"{STANDARD}/attend"], "who": ""}
        sent |= {"on_0": "1", "on_1": "1", "on_2": "2999"}
        page = lead.post(f"/making/{with_exports.slug}/settings/", sent).content.decode()
        assert page.count("must not be in the future") == 2
        assert page.count("Enter who has confirmed it") == 2
        assert with_exports.files.read("force") == stands

    def test_what_was_confirmed_is_in_the_trail_without_the_name(self, lead, with_exports):
        stands = with_exports.files.read("force")
        names = [f"{STANDARD}/attend", f"{STANDARD}/sent"]
        sent = {"what": "confirm", "version": stands.version, "names": names, "who": "Ada Madeup: head"}
        lead.post(f"/making/{with_exports.slug}/settings/", sent | {"on_0": "1", "on_1": "3", "on_2": "2025"})
        assert '{by: "Ada Madeup: head", on: 2025-03-01}' in with_exports.files.read("force").text
        [entry] = Entry.objects.filter(did="confirmed obligations")
        assert entry.detail["obligations"] == names
        assert "Ada" not in str(entry.detail)


class TestAboutASystem:
    def test_what_is_said_of_it_and_a_gap_are_written(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/systems/missing/about/"
        sent = {"title": "Missing people", "kept_by": "force", "taken_at": "2025-04-01 02:00"}
        lead.post(address, sent | {"what": "about", "version": with_exports.files.read("missing").version})
        for first in ("2", "9"):
            gap = {
                "first_0": first,
                "first_1": "12",
                "first_2": "2024",
                "last_0": "10",
                "last_1": "12",
                "last_2": "2024",
            }
            version = with_exports.files.read("missing").version
            lead.post(address, gap | {"what": "gap", "version": version, "note": "upgrade: nothing typed"})
        mapping = read_mapping(with_exports.files.mapping("missing"))
        assert (mapping.title, len(mapping.gaps)) == ("Missing people", 2)
        assert "\ntaken at: 2025-04-01 02:00\n" in with_exports.files.read("missing").text

    def test_a_time_that_is_none_is_said_at_its_field(self, lead, with_exports):
        stands = with_exports.files.read("missing")
        sent = {"what": "about", "version": stands.version, "title": "x", "kept_by": "force", "taken_at": "noon"}
        page = lead.post(f"/making/{with_exports.slug}/systems/missing/about/", sent).content.decode()
        assert 'href="#about_taken_at"' in page
        assert with_exports.files.read("missing") == stands


@pytest.mark.parametrize("role", ["fact-checker", "release-approver", "duty-inspector", "force-administrator"])
def test_who_does_not_make_dives_changes_nothing(browse_as, with_exports, role):
    stands = with_exports.files.read("force")
    answer = browse_as(role).post(
        f"/making/{with_exports.slug}/documents/force/", {"text": "force: x\n", "version": stands.version}
    )
    assert answer.status_code == 403
    assert with_exports.files.read("force") == stands


def test_the_office_makes_no_dive(browse_as, office):
    assert browse_as("scrutiny-officer").get("/making/").status_code == 404


def test_large_exports_are_read_when_somebody_asks_for_it(lead, with_exports, monkeypatch):
    monkeypatch.setattr("wardline_workspace.making.checked.QUICK", 100)
    mapping, can_tell = (f"/making/{with_exports.slug}/{page}/" for page in ("systems/missing", "can-we-tell"))
    assert "The exports are large" in lead.get(f"/making/{with_exports.slug}/").content.decode()
    for address, found in ((mapping, "What became of the rows"), (can_tell, "Obligation by obligation")):
        page = lead.get(address).content.decode()
        assert "takes a while" in page
        page = lead.get(f"{address}?read=yes").content.decode()
        assert "takes a while" not in page and found in page
        assert "takes a while" not in lead.get(address).content.decode(), "what was found is kept"
