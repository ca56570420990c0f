"""Hook specifications, discovery, isolation and the registry of what plugins offer."""
