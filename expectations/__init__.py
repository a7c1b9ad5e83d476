"""Great Expectations suites, as Python: what is expected of each source and of each mart."""
