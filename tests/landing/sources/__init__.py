"""What each source says of itself, and what is read from it."""
