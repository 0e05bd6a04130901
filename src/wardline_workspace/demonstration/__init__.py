"""The demonstration: a made-up force and its office, to try the workspace on, with an account for each role."""
