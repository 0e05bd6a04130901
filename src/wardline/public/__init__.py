"""What `import wardline` gives: functions that take what an analyst has at hand, and say in words what does not fit.

Behind these functions are the parts that do the work. This layer adds no rule of meaning: it turns tables, dates, paths
and dicts into what those parts take, and tells everything that is wrong with an argument at once.
"""
