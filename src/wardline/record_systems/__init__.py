"""Mapping and export files to event log; nothing dropped silently."""

from wardline.record_systems.mapping import Mapping
from wardline.record_systems.mapping_file import parse_mapping, read_mapping

__all__ = ["Mapping", "parse_mapping", "read_mapping"]
