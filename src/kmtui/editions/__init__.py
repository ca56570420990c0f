"""Edition folders on disk: read and validate."""
