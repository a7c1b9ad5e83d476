"""One suite per source, on a frame with a row per load in force."""
