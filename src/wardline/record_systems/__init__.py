"""Mapping and export files to event log; nothing dropped silently."""

from wardline.record_systems.exports.opening import Source
from wardline.record_systems.mapping.mapping import Mapping
from wardline.record_systems.mapping.mapping_file import parse_mapping, read_mapping
from wardline.record_systems.mapping_check import MappingCheck, check_mapping
from wardline.record_systems.rows.reading_exports import Progress, Reading, read_record_systems
from wardline.record_systems.rows.rejects import FileCount, RejectReason, Remark, RemarkKind

__all__ = [
    "FileCount",
    "Mapping",
    "MappingCheck",
    "Progress",
    "Reading",
    "RejectReason",
    "Remark",
    "RemarkKind",
    "Source",
    "check_mapping",
    "parse_mapping",
    "read_mapping",
    "read_record_systems",
]
