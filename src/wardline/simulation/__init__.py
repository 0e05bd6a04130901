"""A made-up force with known truth: its children, its queue and its records, none of them real."""
