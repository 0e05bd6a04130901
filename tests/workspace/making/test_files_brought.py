"""Files that somebody brings: their kind by their content, archives unpacked with limits, and what is refused."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.workspace.making.conftest import EXPORTS, uploads
from wardline_workspace.making import actions, background, views_of_files
from wardline_workspace.making.files_received import NotTaken, receive
from wardline_workspace.making.models import DiveBeingMade

MEGABYTE = 1_000_000
CSV = b"EpisodeNo,ReportedTime\n1,03/10/2024 18:19\n2,04/10/2024 18:19\n3,05/10/2024 18:19\n"
WORKBOOK = (EXPORTS / "council" / "return-interviews.xlsx").read_bytes()


def zipped(*files: tuple[str, bytes], link: str | None = None) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
        if link is not None:
            info = zipfile.ZipInfo(link)
            info.external_attr = 0o120777 << 16
            archive.writestr(info, "/etc/passwd")
    return written.getvalue()


def taken(folder: Path, *came: tuple[str, bytes], limit: int = MEGABYTE) -> list[str]:
    return [one.name for one in receive([(name, io.BytesIO(content)) for name, content in came], folder, limit=limit)]


def test_what_record_systems_read_is_taken(tmp_path):
    names = ["a.csv", "b.TSV", "c.txt", "d.xlsx"]
    contents = [CSV, CSV.replace(b",", b"\t"), b"\xef\xbb\xbf" + CSV, WORKBOOK]
    assert taken(tmp_path, *zip(names, contents, strict=True)) == names
    assert taken(tmp_path, ("e.csv", CSV.decode().encode("utf-16"))) == ["e.csv"]
    assert taken(tmp_path, ("f.csv", "Näme\nÖ\n".encode("cp1252"))) == ["f.csv"]


def test_a_zip_is_unpacked_without_its_folders_and_what_systems_leave(tmp_path):
    content = zipped(
        ("march/a.csv", CSV), ("march/b.csv", CSV), ("__MACOSX/march/._a.csv", b"x"), ("march/.DS_Store", b"x")
    )
    assert taken(tmp_path, ("all.zip", content)) == ["a.csv", "b.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", WORKBOOK, "is a workbook by what is in it"),
        ("a.xlsx", CSV, "is a text by what is in it"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "is a web page, not a table"),
        ("a.csv", b"%PDF-1.7 ...", "is a PDF, not a table"),
        ("a.csv", b"\x00\x01\x02\x03", "is not a table that can be read here"),
        ("a.exe", b"MZ\x90\x00", "is not a table that can be read here"),
        ("a.csv", b"", "is empty"),
        ("a.xlsx", WORKBOOK[:2000], "is damaged"),
        ("a.zip", zipped(("inner.zip", zipped(("a.csv", CSV)))), "There is an archive within"),
        ("a.zip", zipped(("../a.csv", CSV)), "would put a file outside its folder"),
        ("a.zip", zipped(("/tmp/a.csv", CSV)), "would put a file outside its folder"),
        ("a.zip", zipped(("x\\..\\..\\a.csv", CSV)), "would put a file outside its folder"),
        ("a.zip", zipped(link="a.csv"), "holds a link to another place"),
        ("a.zip", zipped(*((f"{n}.csv", CSV) for n in range(201))), "at most 200 are unpacked"),
        ("a.zip", zipped(("a.csv", b"x" * 9 * MEGABYTE)), "swells to far more"),
        ("a.zip", zipped(("x/a.csv", CSV), ("y/a.csv", CSV)), "Two files are called"),
        ("a.zip", zipped(), "There is nothing in"),
        ("a.docx", zipped(("[Content_Types].xml", b"x"), ("word/document.xml", b"x")), "is a text or slides"),
        (".hidden.csv", CSV, "has no name that people can see"),
        ("a\u202ecsv.exe.csv", CSV, "has no name that people can see"),
        ("a" * 200 + ".csv", CSV, "is longer than 120 letters"),
    ],
)
def test_what_is_no_table_is_not_taken_and_it_is_said_why(tmp_path, name, content, said):
    with pytest.raises(NotTaken, match=said):
        taken(tmp_path, (name, content))


def test_a_workbook_that_swells_is_not_taken(tmp_path):
    content = zipped(("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x"), ("xl/sheet.xml", b" " * 9 * MEGABYTE))
    with pytest.raises(NotTaken, match="swells"):
        taken(tmp_path, ("a.xlsx", content))


def test_all_that_is_not_taken_is_said_at_once(tmp_path):
    with pytest.raises(NotTaken) as refused:
        taken(tmp_path, ("a.csv", b""), ("b.csv", CSV), ("c.csv", b"%PDF"))
    assert "“a.csv” is empty" in str(refused.value) and "“c.csv” is a PDF" in str(refused.value)


@pytest.mark.django_db
class TestOnThePage:
    def left(self, work: DiveBeingMade) -> list[str]:
        return sorted(str(path.relative_to(work.folder)) for path in work.folder.rglob("*"))

    def test_what_is_refused_is_said_twice_and_leaves_nothing(self, lead, begun):
        before = self.left(begun)
        sent = {"system": "missing", "files": [SimpleUploadedFile("a.csv", b"%PDF")]}
        page = lead.post(f"/making/{begun.slug}/systems/add/", sent).content.decode()
        assert page.count("“a.csv” is a PDF, not a table") == 2
        assert 'value="missing"' in page, "what was typed is still there"
        assert self.left(begun) == before

    def test_too_large_is_said_and_leaves_nothing(self, lead, begun, settings, deployment):
        settings.DEPLOYMENT = replace(settings.DEPLOYMENT, largest_upload=MEGABYTE)
        before = self.left(begun)
        big = [SimpleUploadedFile(f"{n}.csv", b"a,b\n" * 200_000) for n in range(2)]
        page = lead.post(f"/making/{begun.slug}/systems/add/", {"system": "missing", "files": big}).content.decode()
        assert page.count("These files are larger than 1 MB together") == 2
        assert self.left(begun) == before

    def test_an_export_without_a_header_leaves_nothing_and_shows_no_cell(self, lead, begun):
        before = self.left(begun)
        rows = b"".join(b"%d,Ada Madeup,03/10/2024 18:%02d\n" % (n, n) for n in range(10, 40))
        sent = {"system": "missing", "files": [SimpleUploadedFile("a.csv", rows)]}
        page = lead.post(f"/making/{begun.slug}/systems/add/", sent).content.decode()
        assert "seems to have no row with the names of its columns" in page
        assert "Madeup" not in page
        assert self.left(begun) == before

    def test_a_full_disk_is_said_at_the_field(self, lead, begun, monkeypatch):
        def full(*_, **__):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(views_of_files, "receive", full)
        page = lead.post(
            f"/making/{begun.slug}/systems/add/", {"system": "missing", "files": uploads("missing")}
        ).content.decode()
        assert page.count("The disk of this machine is full") == 2

    def test_a_name_that_is_taken_is_said(self, lead, with_exports):
        page = lead.post(
            f"/making/{with_exports.slug}/systems/add/", {"system": "missing", "files": uploads("missing")}
        ).content.decode()
        assert page.count("There is already a record system called missing") == 2
        assert len(list(with_exports.files.uploaded("missing").iterdir())) == 4

    @pytest.mark.parametrize("name", ["dive", "force", "Missing", "a/b", "..", "", "a" * 41])
    def test_a_name_that_cannot_be_is_said(self, lead, begun, name):
        sent = {"system": name, "files": uploads("missing")}
        assert lead.post(f"/making/{begun.slug}/systems/add/", sent).status_code == 200
        assert begun.files.sources == ()

    def test_further_files_are_brought_and_removed(self, lead, with_exports):
        address = f"/making/{with_exports.slug}/systems/missing/files/"
        lead.post(
            address,
            {"files": [SimpleUploadedFile("episodes-3.csv", (EXPORTS / "missing/episodes-1.csv").read_bytes())]},
        )
        assert "episodes-3.csv" in lead.get(f"/making/{with_exports.slug}/systems/missing/").content.decode()
        page = lead.post(address, {"files": [SimpleUploadedFile("EPISODES-3.csv", CSV)]}).content.decode()
        assert page.count("There is already a file called “EPISODES-3.csv”") == 2
        lead.post(address, {"remove": "episodes-3.csv"})
        assert not (with_exports.files.uploaded("missing") / "episodes-3.csv").exists()

    @pytest.mark.parametrize("name", ["../../dive.yaml", "/etc/passwd", "no-such.csv", ".."])
    def test_what_is_no_uploaded_file_is_not_removed(self, lead, with_exports, name):
        assert lead.post(f"/making/{with_exports.slug}/systems/missing/files/", {"remove": name}).status_code == 409
        assert with_exports.files.dive.exists()

    def test_a_form_without_its_token_is_refused(self, account_as, begun):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(account_as("force-lead"), backend="allauth.account.auth_backends.AuthenticationBackend")
        sent = {"system": "missing", "files": uploads("missing")}
        assert browser.post(f"/making/{begun.slug}/systems/add/", sent).status_code == 403
        assert begun.files.sources == ()

    def test_a_name_with_a_script_is_shown_as_text(self, lead, begun):
        name = "<script>alert(1)</script>.csv".replace("/", "")
        lead.post(f"/making/{begun.slug}/systems/add/", {"system": "missing", "files": [SimpleUploadedFile(name, CSV)]})
        for page in ("systems/missing/", "systems/missing/files/", "systems/missing/tables/1/", "documents/missing/"):
            assert "<script>alert" not in lead.get(f"/making/{begun.slug}/{page}").content.decode()

    def test_cells_with_scripts_and_formulas_are_shown_as_text(self, lead, begun):
        rows = b"EpisodeNo,ReportedTime,Remark\n" + b"".join(
            b"%d,03/10/2024 18:%02d,<script>alert(1)</script>=cmd|' /C calc'!A0\n" % (n, n) for n in range(10, 40)
        )
        lead.post(
            f"/making/{begun.slug}/systems/add/", {"system": "missing", "files": [SimpleUploadedFile("a.csv", rows)]}
        )
        page = lead.get(f"/making/{begun.slug}/systems/missing/tables/1/").content.decode()
        assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page


@pytest.mark.django_db
class TestAFolderOfThisMachine:
    def test_none_may_be_named_where_none_is_listed(self, lead, begun):
        page = lead.get(f"/making/{begun.slug}/systems/add/").content.decode()
        assert "folder on this machine" not in page

    def test_one_that_is_listed_is_read_where_it_lies(self, lead, begun, settings):
        settings.DEPLOYMENT = replace(settings.DEPLOYMENT, export_folders=(EXPORTS,))
        lead.post(f"/making/{begun.slug}/systems/add/", {"system": "missing", "folder": str(EXPORTS / "missing")})
        assert begun.files.exports("missing") == EXPORTS / "missing"
        assert not begun.files.uploaded("missing").exists()
        assert "44 different" in begun.files.read("missing").text

    @pytest.mark.parametrize("folder", ["/etc", "..", "{exports}/../mappings", "{exports}/none"])
    def test_another_is_not(self, lead, begun, settings, folder):
        settings.DEPLOYMENT = replace(settings.DEPLOYMENT, export_folders=(EXPORTS,))
        named = folder.replace("{exports}", str(EXPORTS))
        page = lead.post(f"/making/{begun.slug}/systems/add/", {"system": "missing", "folder": named}).content.decode()
        assert "There is a problem" in page
        assert begun.files.sources == ()


@pytest.mark.django_db
def test_what_a_cut_off_upload_left_goes_when_the_workspace_starts(begun):
    left = begun.folder / ".coming-in-abc"
    left.mkdir()
    (left / "a.csv").write_bytes(CSV)
    (begun.folder / ".coming-in-def").write_bytes(CSV)
    background.begin_again()
    assert not [path for path in begun.folder.iterdir() if path.name.startswith(".coming-in")]


@pytest.mark.django_db
def test_files_that_cannot_be_put_in_place_leave_nothing(lead, begun, monkeypatch):
    moved = os.replace

    def once(source, to):
        if str(to).endswith("log.csv"):
            raise OSError(28, "No space left on device")
        moved(source, to)

    monkeypatch.setattr(actions.os, "replace", once)
    lead.post(f"/making/{begun.slug}/systems/add/", {"system": "missing", "files": uploads("missing")})
    assert begun.files.sources == ()
    assert not begun.files.uploaded("missing").exists()
