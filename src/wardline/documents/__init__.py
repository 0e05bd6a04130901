"""YAML files that people write: every piece with its line and column, and all problems at once.

What a text means is for the part that owns the document, which states its shape as a pydantic model derived from `Keys`
and takes the types of single values from `scalars`. `write_yaml` writes a new document, `change_yaml` changes one and
keeps its comments.
"""

from wardline.documents.scalars import (
    NAME,
    AtLeastOne,
    Day,
    Id,
    Name,
    OneOrMore,
    Text,
    TextAsWritten,
    WholeNumber,
    YesOrNo,
    as_list,
    one_of,
    read_text,
    some_text,
)
from wardline.documents.validation import Keys, unfit, validate
from wardline.documents.yaml_changes import change_yaml
from wardline.documents.yaml_text import Document, Path_, parse_document, read_document
from wardline.documents.yaml_writer import (
    AsWritten,
    EntryValue,
    InQuotes,
    YamlEntry,
    every_entry,
    left_open,
    remark,
    write_yaml,
)

__all__ = [
    "NAME",
    "AsWritten",
    "AtLeastOne",
    "Day",
    "Document",
    "EntryValue",
    "Id",
    "InQuotes",
    "Keys",
    "Name",
    "OneOrMore",
    "Path_",
    "Text",
    "TextAsWritten",
    "WholeNumber",
    "YamlEntry",
    "YesOrNo",
    "as_list",
    "change_yaml",
    "every_entry",
    "left_open",
    "one_of",
    "parse_document",
    "read_document",
    "read_text",
    "remark",
    "some_text",
    "unfit",
    "validate",
    "write_yaml",
]
