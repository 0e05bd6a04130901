"""What leaves the force: prepared, looked at, signed, recalled, destroyed; and what the office does with it."""
