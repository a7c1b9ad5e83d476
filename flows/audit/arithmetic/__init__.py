"""Checks of a draft against itself: what its own numbers say of each other, in any subject."""
