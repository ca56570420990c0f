"""Read untrusted files with every fault reported, and write files atomically."""
