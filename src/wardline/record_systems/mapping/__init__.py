"""A mapping: what it says, read from YAML as frozen values."""
