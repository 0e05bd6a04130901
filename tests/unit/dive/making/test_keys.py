"""The key: made once, for its owner only, told by its fingerprint, never shown."""

import stat

import polars as pl
import pytest

from wardline.dive.making.keys import Key, find_or_draw_key, keep_key, key_people, read_key
from wardline.errors import DocumentError, OutputError


def made_key(path):
    key = find_or_draw_key(path)
    keep_key(key, path)
    return key


def test_a_key_is_made_once_and_found_again(tmp_path):
    made = made_key(tmp_path / "wardline.key")
    found = made_key(tmp_path / "wardline.key")
    assert made.was_made and not found.was_made
    assert made.secret == found.secret and len(made.secret) == 32


def test_a_key_is_written_once_there_is_a_use_for_it(tmp_path):
    find_or_draw_key(tmp_path / "wardline.key")
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_another_dive_made_meanwhile_is_never_written_over(tmp_path):
    path = tmp_path / "wardline.key"
    late = find_or_draw_key(path)
    made = made_key(path)
    with pytest.raises(OutputError, match="Another dive made a key here"):
        keep_key(late, path)
    assert read_key(path).secret == made.secret


def test_only_its_owner_may_read_a_new_key(tmp_path):
    made_key(tmp_path / "wardline.key")
    assert stat.S_IMODE((tmp_path / "wardline.key").stat().st_mode) == 0o600


def test_a_key_that_others_may_read_is_noticed(tmp_path):
    path = tmp_path / "wardline.key"
    made_key(path)
    path.chmod(0o644)
    assert read_key(path).others_may_read


def test_the_fingerprint_tells_keys_apart_and_holds_nothing_of_the_key():
    one, other = Key(bytes(32)), Key(bytes(31) + b"\1")
    assert one.fingerprint != other.fingerprint
    assert one.fingerprint not in one.secret.hex()


def test_the_same_value_has_the_same_pseudonym_under_one_key_only():
    one, other = Key(bytes(32)), Key(bytes(31) + b"\1")
    assert one.pseudonym("person", "compact:7") == Key(bytes(32)).pseudonym("person", "compact:7")
    assert one.pseudonym("person", "compact:7") != other.pseudonym("person", "compact:7")
    assert one.pseudonym("person", "compact:7") != one.pseudonym("postcode", "compact:7")


def test_a_pseudonym_is_the_hmac_that_the_documentation_promises():
    import hashlib
    import hmac

    expected = hmac.new(bytes(32), b"person\0compact:7", hashlib.sha256).hexdigest()[:32]
    assert Key(bytes(32)).pseudonym("person", "compact:7") == expected


def test_a_key_does_not_show_itself():
    assert "secret" not in repr(Key(b"x" * 32)) and "xxx" not in repr(Key(b"x" * 32))


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff\xfe", b"00" * 31, b"not a key at all"])
def test_a_file_that_holds_no_key_is_told_without_its_content(tmp_path, content):
    path = tmp_path / "wardline.key"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as told:
        find_or_draw_key(path)
    assert "does not contain a Wardline key" in str(told.value)
    assert "not a key at all" not in str(told.value)


def test_a_key_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(OutputError, match="No key can be written there"):
        find_or_draw_key(tmp_path / "no-such-folder" / "wardline.key")


def test_a_key_whose_folder_went_meanwhile_is_told(tmp_path):
    key = find_or_draw_key(tmp_path / "wardline.key")
    with pytest.raises(OutputError, match="No key can be written there"):
        keep_key(key, tmp_path / "gone" / "wardline.key")


def test_person_ids_and_postcodes_are_keyed_and_nothing_else():
    key = Key(bytes(32))
    people = pl.DataFrame(
        {
            "person_id": ["a:7", None, "a:7"],
            "postcode": ["TS1 1AA", "ts11aa", None],
            "given_name": ["Ada", "Ada", "Ada"],
        }
    )
    keyed = key_people("people", key)(people)
    assert keyed["person_id"].to_list() == [key.pseudonym("person", "a:7"), None, key.pseudonym("person", "a:7")]
    assert keyed["postcode"][0] == keyed["postcode"][1] == key.pseudonym("postcode", "TS11AA")
    assert keyed["given_name"].to_list() == ["Ada"] * 3
    assert key_people("events", key) is None
