"""Caps as a rule of zen-engine: rows a second by its compiled expression, seconds for a decision with its trace."""

import json
import random
import statistics
import time

import zen

DIMENSIONS, LEVELS, ROWS, ONE = 17, 3, 20_000, 1_000
NAMES = [f"d{at}" for at in range(DIMENSIONS)]
LEAST = {
    "expressions": [{"id": "least", "key": "verdict", "value": f"min([{', '.join(NAMES)}])"}],
    "passThrough": False,
    "inputField": None,
    "outputPath": None,
    "executionMode": "single",
}
KINDS = {"in": ("inputNode", {}), "least": ("expressionNode", LEAST), "out": ("outputNode", {})}
GRAPH = {
    "nodes": [
        {"id": name, "name": name, "type": kind, "content": content, "position": {"x": 0, "y": 0}}
        for name, (kind, content) in KINDS.items()
    ],
    "edges": [
        {"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other}
        for one, other in (("in", "least"), ("least", "out"))
    ],
}

expression = zen.compile_expression(LEAST["expressions"][0]["value"])
decision = zen.ZenEngine().create_decision(json.dumps(GRAPH))
dice = random.Random(2012)
rows = [dict(zip(NAMES, dice.choices(range(LEVELS), k=DIMENSIONS), strict=True)) for _ in range(ROWS)]
evaluated, traced = [], []
for row in rows:
    start = time.perf_counter()
    found = expression.evaluate(row)
    evaluated.append(time.perf_counter() - start)
    assert found == min(row.values())
for row in rows[:ONE]:
    start = time.perf_counter()
    decision.evaluate(row, {"trace": True})
    traced.append(time.perf_counter() - start)
print(json.dumps({"rate": 1 / statistics.median(evaluated), "traced": statistics.median(traced)}))
