"""YAML files that people write: every piece with its line and column, and all problems at once.

What a text means is for the part that owns the document, which states its shape as a pydantic model derived from `Keys`.
"""

from wardline.documents.validation import Keys, unfit, validate
from wardline.documents.yaml_text import Document, Path_, parse_document, read_document

__all__ = ["Document", "Keys", "Path_", "parse_document", "read_document", "unfit", "validate"]
