"""YAML files that people write: every piece with its line and column, and all problems at once.

What a text means is for the part that owns the document, which states its shape as a pydantic model derived from `Keys`
and takes the types of single values from `scalars`.
"""

from wardline.documents.scalars import (
    AtLeastOne,
    Day,
    OneOrMore,
    Text,
    WholeNumber,
    YesOrNo,
    as_list,
    one_of,
    read_text,
    some_text,
)
from wardline.documents.validation import Keys, unfit, validate
from wardline.documents.yaml_text import Document, Path_, parse_document, read_document

__all__ = [
    "AtLeastOne",
    "Day",
    "Document",
    "Keys",
    "OneOrMore",
    "Path_",
    "Text",
    "WholeNumber",
    "YesOrNo",
    "as_list",
    "one_of",
    "parse_document",
    "read_document",
    "read_text",
    "some_text",
    "unfit",
    "validate",
]
