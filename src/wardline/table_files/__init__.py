"""What files of tables hold, whoever reads them: headers, quotation marks, uneven rows, types of columns.

It knows nothing of mappings or record systems.
"""
