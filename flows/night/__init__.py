"""A night: what one run does around its steps, whoever starts it (`csp` or a Prefect schedule).

Its lock, run id, step times, history, log and failure hook. Knows nothing of Prefect.
"""
