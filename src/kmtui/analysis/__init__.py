"""What a monitor tells beyond its single scores: verdicts beside the published ones, roll-ups, claims, comparisons."""
