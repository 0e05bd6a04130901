"""Time zones in which clocks have done what they can do: half hours, skipped midnights and days, no change at all."""

ZONES = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Havana",
    "Africa/Cairo",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Asia/Tokyo",
    "UTC",
]
