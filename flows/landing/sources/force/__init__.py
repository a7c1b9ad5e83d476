"""A force's crime extract: the mapping of its headings, and what is never landed of it."""
