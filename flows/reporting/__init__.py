"""What people read: made from what is published, formatting it and computing nothing."""
