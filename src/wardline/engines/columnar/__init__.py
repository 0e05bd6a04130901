"""The fast engine: sort once, search among positions, findings as a table (Polars).

It concludes what the reference engine concludes, for whole logs. Cases are taken in batches, so that memory stays
bounded; what comes out is the same for any size of batch and number of threads.
"""

from wardline.engines.columnar.checking import check, findings_in_pieces, write_findings

__all__ = ["check", "findings_in_pieces", "write_findings"]
