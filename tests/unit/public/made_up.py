"""A force and a standard of one obligation, as an analyst writes them in Python: for the tests of `import wardline`."""

FORCE = {"force": "Our force", "nation": "England", "time zone": "Europe/London"}
SEND = {
    "id": "send",
    "title": "Police are sent within an hour",
    "topic": "initial response",
    "owed by": "force",
    "when": "reported",
    "then": "officer_deployed",
    "within": "60 minutes",
    "basis": {"kind": "force policy", "title": "Our response policy"},
}
PACE = {
    "standard": "our-own/pace",
    "title": "How soon somebody is sent",
    "version": "1",
    "in force": {"from": "2025-01-01"},
    "case type": "missing episode",
    "obligations": [SEND],
}
