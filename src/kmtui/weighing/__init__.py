"""From scores to verdicts: schemes, explanations, open scores, bulk weighing."""
