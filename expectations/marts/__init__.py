"""One suite per mart, on a frame with one row of counts that DuckDB took from the mart."""
