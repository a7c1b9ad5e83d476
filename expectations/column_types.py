"""The types that a published column may have, so that every client reads it."""

COLUMN_TYPES = (
    "BIGINT",
    "BOOLEAN",
    "DATE",
    "DOUBLE",
    "TIMESTAMP",
    "VARCHAR",
)
