"""Documents about a score, a corps, a dimension and so on, with a record for each kind of page."""
