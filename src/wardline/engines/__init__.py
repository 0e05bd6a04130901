"""Engines: what obligations mean for an event log. One function everywhere, `check`; two that are written apart."""

from wardline.engines.columnar import check, findings_in_pieces, write_findings
from wardline.engines.reference import check as check_by_reference

__all__ = ["check", "check_by_reference", "findings_in_pieces", "write_findings"]
