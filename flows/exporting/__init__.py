"""Figures of the publication as files for other programs; each says its origin first."""
