"""What goes wrong in an analysis."""


class ClaimError(ValueError):
    """A claim refers to something that does not exist."""
