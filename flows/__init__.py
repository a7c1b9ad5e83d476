"""A run and its parts: landing, warehouse, checking, publishing, reporting, command."""
