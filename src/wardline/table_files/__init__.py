"""Files of tables, whoever reads them: which a pattern means, and what they hold (headers, quotation marks, uneven rows,
types of columns).

It knows nothing of mappings or record systems.
"""
