"""What kmtui promises about speed, measured beside its peers in one run: `python3 -m benchmarks`."""
