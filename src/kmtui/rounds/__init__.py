"""A weighing round: an append-only journal of who did what, the rules for it, and the edition that it publishes."""
