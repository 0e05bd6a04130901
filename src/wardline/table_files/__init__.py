"""What files of tables hold, whoever reads them: headers, quotation marks, uneven rows, types of columns.

It knows no mapping and no record system.
"""
