"""What is expected of each file of commentary: a row per load in force."""

from expectations.every_load import areas_named, source_suite

SUITE = source_suite("commentary", areas_named())
