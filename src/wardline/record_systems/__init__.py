"""Mapping and export files to event log; nothing dropped silently."""

from wardline.record_systems.checking import MappingCheck, check_mapping
from wardline.record_systems.mapping import Mapping
from wardline.record_systems.mapping_file import parse_mapping, read_mapping
from wardline.record_systems.opening import Source
from wardline.record_systems.reading import Progress, Reading, read_record_systems
from wardline.record_systems.rejects import FileCount, Reason, Remark, RemarkKind

__all__ = [
    "FileCount",
    "Mapping",
    "MappingCheck",
    "Progress",
    "Reading",
    "Reason",
    "Remark",
    "RemarkKind",
    "Source",
    "check_mapping",
    "parse_mapping",
    "read_mapping",
    "read_record_systems",
]
