"""What leaves the force: a dive made into a release for the office, and a release opened again."""
