"""The database itself refuses to change or remove an entry of the trail, whoever asks it."""

from typing import Any

from django.db import migrations

SQLITE = (
    (
        "CREATE TRIGGER trail_entry_not_changed BEFORE UPDATE ON trail_entry "
        "BEGIN SELECT RAISE(ABORT, 'an entry of the trail is never changed'); END"
    ),
    (
        "CREATE TRIGGER trail_entry_not_removed BEFORE DELETE ON trail_entry "
        "BEGIN SELECT RAISE(ABORT, 'an entry of the trail is never removed'); END"
    ),
)
POSTGRESQL = (
    (
        "CREATE FUNCTION trail_entry_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'an entry of the trail is never changed or removed'; END $$"
    ),
    (
        "CREATE TRIGGER trail_entry_written_once BEFORE UPDATE OR DELETE ON trail_entry "
        "FOR EACH ROW EXECUTE FUNCTION trail_entry_refuses()"
    ),
    (
        "CREATE TRIGGER trail_entry_not_emptied BEFORE TRUNCATE ON trail_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION trail_entry_refuses()"
    ),
)


def refuse(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("trail", "0001_initial"),)
    operations = (migrations.RunPython(refuse, migrations.RunPython.noop),)
