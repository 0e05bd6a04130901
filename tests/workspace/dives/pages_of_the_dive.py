"""The addresses of every page of the example's dive, with the heading that each has."""

from __future__ import annotations

STANDARD = "england/missing-children/2025.2"
OBLIGATION = "england/missing-children/attend/2025.2"
ASSUMED = "england/missing-children/sent/2025.2"
COUNCILS = "england/missing-children/return-interview-done/2025.2"
MEASURE = "england/missing-children/reached-in-time"

PAGES = {
    "": "Missing children, October 2024 to March 2025 (made-up data)",
    "can-we-tell/": "Can we tell?",
    "obligations/": "Obligations",
    f"obligations/{OBLIGATION}/": None,  # the obligation's title
    f"obligations/{ASSUMED}/": None,
    f"obligations/{COUNCILS}/": None,
    "standards/": "Standards",
    f"standards/{STANDARD}/": "Missing children",
    "waits/": "Waits",
    f"waits/?standard={STANDARD}": "Waits",
    "measures/": "Measures and charts",
    f"measures/{MEASURE}/": None,
    "children/": "Children",
    "records/": "Record faults",
    "method/": "Method",
}
