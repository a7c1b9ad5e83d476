"""Tables from bytes."""
