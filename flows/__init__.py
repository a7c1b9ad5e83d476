"""The night and its rooms: landing, warehouse, checking, publishing, reporting, command."""
