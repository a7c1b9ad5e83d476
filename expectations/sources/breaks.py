"""What is expected of each file of breaks: a row per load in force."""

from expectations.every_load import areas_named, indicators_named, source_suite

SUITE = source_suite("breaks", [*areas_named(), indicators_named()])
