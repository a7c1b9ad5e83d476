"""A run: what one run does around its steps, however it is started (`csp` or a Prefect schedule).

Its lock, run id, step times, history, log and failure hook. Knows nothing of Prefect.
"""
