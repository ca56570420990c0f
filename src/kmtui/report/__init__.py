"""The printed report: which blocks in which order make it."""
