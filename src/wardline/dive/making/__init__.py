"""A dive from its exports to its folder: read, key, check, find the children to check, write."""
