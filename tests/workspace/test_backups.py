"""Backup and restore: the same pages and a whole trail, or a refusal in words and nothing left behind."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT
from tests.workspace.served import command, link_in, serving, written
from tests.workspace.test_what_goes_wrong import fetch
from wardline_workspace.deployment.encrypted_file import BEGINS_WITH, PIECE, DecryptingReader, EncryptingWriter, Spoilt

pytestmark = pytest.mark.skipif("WARDLINE_TEST_DATABASE" in os.environ, reason="makes SQLite databases of its own")
WORDS = "four words and a number 7"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A workspace with an invitation, a file that somebody uploaded, and its link."""
    file = written(tmp_path_factory.mktemp("backups") / "force")
    said = command("workspace", "first-administrator", file, "--email", "ada@force.example", "--name", "Ada Jones")
    assert said.returncode == 0, said.stderr
    uploaded = file.parent / "uploads" / "märz.csv"
    uploaded.parent.mkdir()
    uploaded.write_bytes(b"episode\n1\n" * 200_000)
    return file, link_in(said.stdout)


@pytest.fixture(scope="module")
def passphrase(tmp_path_factory):
    file = tmp_path_factory.mktemp("passphrase") / "passphrase"
    file.write_text(WORDS + "\n", encoding="utf-8")
    return file


def folders_beside(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir() if one.name.startswith("."))


@pytest.mark.parametrize("is_encrypted", [False, True], ids=["plain", "encrypted"])
def test_the_same_pages_and_a_whole_trail(workspace, passphrase, tmp_path, is_encrypted):
    file, link = workspace
    options = ("--passphrase-file", passphrase) if is_encrypted else ()
    backup, folder = tmp_path / "monday.wardline", tmp_path / "restored"
    said = command("backup", file, backup, *options)
    assert said.returncode == 0, said.stderr
    head = said.stdout.split()[-1]
    assert backup.stat().st_mode & 0o077 == 0
    assert (b"ada@force.example" in backup.read_bytes()) is not is_encrypted
    said = command("restore", backup, folder, *options)
    assert said.returncode == 0, said.stderr
    assert folders_beside(backup) == []
    assert (folder / "uploads" / "märz.csv").read_bytes() == (file.parent / "uploads" / "märz.csv").read_bytes()
    assert (folder / "workspace.secret").read_text() == (file.parent / "workspace.secret").read_text()
    said = command("trail", "verify", folder / "workspace.yaml", "--expect", head)
    assert said.returncode == 0, said.stdout + said.stderr
    with serving(folder / "workspace.yaml") as address:
        status, page = fetch(address + link)
    assert status == 200
    assert "Ada Jones, you are invited" in page


def test_nothing_is_restored_over_what_is_there(workspace, tmp_path):
    file, _ = workspace
    backup = tmp_path / "monday.wardline"
    command("backup", file, backup)
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a file").touch()
    said = command("restore", backup, tmp_path / "there")
    assert said.returncode == 5
    assert "The folder is not empty" in said.stderr
    said = command("backup", file, backup)
    assert said.returncode == 5
    assert "it is not overwritten" in said.stderr


def test_what_is_not_as_it_was_written_is_refused_and_leaves_nothing(workspace, passphrase, tmp_path):
    file, _ = workspace
    plain, encrypted = tmp_path / "plain.wardline", tmp_path / "encrypted.wardline"
    command("backup", file, plain)
    command("backup", file, encrypted, "--passphrase-file", passphrase)
    another = tmp_path / "another passphrase"
    another.write_text("quite some other words", encoding="utf-8")
    one_byte = changed(plain, tmp_path / "changed.wardline", plain.read_bytes().index(b"episode") + 1_000_000)
    half = tmp_path / "half.wardline"
    half.write_bytes(plain.read_bytes()[: plain.stat().st_size // 2])
    spoilt = changed(encrypted, tmp_path / "spoilt.wardline", encrypted.stat().st_size - 500)
    nothing = tmp_path / "nothing.wardline"
    nothing.write_bytes(b"not a backup")
    refusals = [
        (one_byte, (), "A file is not as it was backed up"),
        (half, (), "a part of it is missing"),
        (nothing, (), "This is no backup"),
        (spoilt, ("--passphrase-file", passphrase), "not as it was written"),
        (encrypted, ("--passphrase-file", another), "The passphrase is another"),
        (encrypted, (), "The backup is encrypted"),
    ]
    for backup, options, reason in refusals:
        said = command("restore", backup, tmp_path / "restored", *options)
        assert said.returncode == 5, said.stderr
        assert reason in " ".join(said.stderr.split())
        assert not (tmp_path / "restored").exists()
        assert folders_beside(backup) == []


def changed(backup: Path, to: Path, at: int) -> Path:
    data = bytearray(backup.read_bytes())
    data[at] ^= 1
    to.write_bytes(data)
    return to


@pytest.mark.parametrize(
    "entry",
    [
        "../outside",
        "/tmp/wardline-outside",
        "files/../../outside",
        "files//outside",
        "elsewhere/outside",
        "link",
        "sparse",
    ],
)
def test_an_archive_that_reaches_out_or_swells_is_refused(entry, tmp_path):
    backup = tmp_path / "made.wardline"
    with tarfile.open(backup, "w", format=tarfile.GNU_FORMAT) as archive:
        info = tarfile.TarInfo("files/x" if entry in ("link", "sparse") else entry)
        info.size = 3
        if entry == "link":
            info.type, info.linkname, info.size = tarfile.SYMTYPE, "/etc/passwd", 0
        elif entry == "sparse":
            info.type = tarfile.GNUTYPE_SPARSE
        archive.addfile(info, io.BytesIO(b"abc"))
    said = command("restore", backup, tmp_path / "restored")
    assert said.returncode == 5, said.stderr
    assert "Traceback" not in said.stderr
    assert not (tmp_path / "outside").exists()
    assert not Path("/tmp/wardline-outside").exists()
    assert folders_beside(backup) == []


def test_a_compressed_archive_that_would_swell_is_no_backup(tmp_path):
    backup = tmp_path / "swells.wardline"
    with tarfile.open(backup, "w:gz") as archive:
        info = tarfile.TarInfo("files/zeros")
        info.size = 50_000_000
        archive.addfile(info, io.BytesIO(bytes(info.size)))
    assert backup.stat().st_size < 100_000
    said = command("restore", backup, tmp_path / "restored")
    assert said.returncode == 5
    assert "This is no backup" in said.stderr


class TestAnEncryptedFile:
    def encrypted(self, data: bytes) -> bytes:
        file = io.BytesIO()
        writer = EncryptingWriter(file, WORDS)
        writer.write(data)
        writer.finish()
        return file.getvalue()

    @pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
    def test_it_gives_what_was_written(self, size):
        data = os.urandom(size)
        assert DecryptingReader(io.BytesIO(self.encrypted(data)), WORDS).read() == data

    def test_pieces_left_out_moved_or_cut_off_are_noticed(self):
        kept, piece = self.encrypted(bytes(3 * PIECE)), PIECE + 16
        head = len(BEGINS_WITH) + 24
        one, two, three = (kept[head + number * piece : head + (number + 1) * piece] for number in range(3))
        for spoilt in (one + two, two + one + three, one + three, b"", one[:-1]):
            with pytest.raises(Spoilt):
                DecryptingReader(io.BytesIO(kept[:head] + spoilt), WORDS).read()

    def test_the_same_text_is_never_encrypted_alike(self):
        assert self.encrypted(b"the same") != self.encrypted(b"the same")


class TestCheckingADeployment:
    def test_it_says_in_words_what_to_change(self, workspace):
        said = command("check-deployment", workspace[0])
        assert said.returncode == 1, said.stderr
        for words in (
            "CHANGE  HTTPS: off",
            "CHANGE  Hosts: only this machine",
            "right   Demonstration: off",
            "right   Secret: readable by its owner only",
            "right   Database: sqlite, reached, and of this version",
            "right   Trail: whole",
            "right   Static files: all there",
            "CHANGE  Administrators: 0",
            "01632 960 101",
        ):
            assert words in said.stdout, said.stdout

    def test_it_says_of_a_database_that_is_spoilt_and_a_secret_that_others_read(self, workspace, tmp_path):
        shutil.copytree(workspace[0].parent, tmp_path / "spoilt")
        file = tmp_path / "spoilt" / "workspace.yaml"
        (tmp_path / "spoilt" / "workspace.secret").chmod(0o644)
        with sqlite3.connect(tmp_path / "spoilt" / "workspace.sqlite3") as connection:
            connection.execute("UPDATE trail_head SET number = 99")
        said = command("check-deployment", file)
        assert "CHANGE  Secret: others can read" in said.stdout
        assert "CHANGE  Trail: not whole" in said.stdout
        (tmp_path / "spoilt" / "workspace.sqlite3").write_bytes(b"no database" * 500)
        said = command("check-deployment", file)
        assert said.returncode == 1
        assert "CHANGE  Database: not reached" in said.stdout
        assert "Traceback" not in said.stderr

    def test_the_example_files_of_a_deployment_are_there(self):
        for name in ("wardline.service", "Caddyfile", "nginx.conf", "Containerfile", "wardline-backup.service"):
            assert (ROOT / "deploy" / name).is_file()
