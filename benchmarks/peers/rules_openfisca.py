"""Caps as a formula of OpenFisca over a population: rows a second."""

import json
import time
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

DIMENSIONS, ROWS, PERIOD, ROUNDS = 17, 1_000_000, "2012-01", 3
NAMES = [f"d{at}" for at in range(DIMENSIONS)]
CAPS = np.arange(3, dtype=np.int8)
"""The verdict that each score allows, the same for each dimension."""
corps = Entity("corps", "corps_all", "A corps", "")


def _score(name: str) -> type:
    return type(name, (Variable,), {"value_type": int, "entity": corps, "definition_period": DateUnit.MONTH})


class verdict(Variable):  # noqa: N801 - the class is named as the variable is
    """The lowest cap."""

    value_type = int
    entity = corps
    definition_period = DateUnit.MONTH

    def formula(corps: Any, period: Any) -> Any:  # noqa: N805 - as OpenFisca calls it
        """Table by table."""
        least = CAPS[corps(NAMES[0], period)]
        for name in NAMES[1:]:
            least = np.minimum(least, CAPS[corps(name, period)])
        return least


system = TaxBenefitSystem([corps])
for variable in (*map(_score, NAMES), verdict):
    system.add_variable(variable)
scores = np.random.default_rng(2012).integers(0, 3, (DIMENSIONS, ROWS), np.int32)
taken = []
for _ in range(ROUNDS):
    simulation = SimulationBuilder().build_default_simulation(system, count=ROWS)
    start = time.perf_counter()
    for name, cells in zip(NAMES, scores, strict=True):
        simulation.set_input(name, PERIOD, cells)
    found = simulation.calculate("verdict", PERIOD)
    taken.append(time.perf_counter() - start)
    assert (found == scores.min(axis=0)).all()
print(json.dumps({"rate": ROWS / min(taken)}))
