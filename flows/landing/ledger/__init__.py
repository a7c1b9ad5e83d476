"""The ledger of loads: what has landed, its record, its profile, and which of it counts."""
