"""Files of tables, whoever reads them: which a pattern means, what stands in the way of reading one, and what they hold
(headers, quotation marks, uneven rows, types of columns).

It knows nothing of mappings or record systems.
"""
