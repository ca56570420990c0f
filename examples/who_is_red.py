"""Who comes out red, and why: kmtui from a script or a notebook.

Run it with `python examples/who_is_red.py [EDITION]`.
"""

import sys

from kmtui import open_monitor


def main(edition_id: str = "2012") -> None:
    """Weigh an edition under its own scheme, and print who is red and through which rules."""
    monitor = open_monitor()
    edition = monitor.edition(edition_id)
    weigher = monitor.weigher_for(edition)
    names = {dimension.id: dimension.name.nl for dimension in monitor.framework(edition).dimensions}
    worst = weigher.framework.scale.ids[0]
    weighed = [(corps, weigher.weigh(corps.scores)) for corps in edition.corps]

    print(edition.title)
    for corps, weighing in weighed:
        if weighing.verdict != worst:
            continue
        print(f"\n{corps.name}")
        for reason in weighing.deciding:
            print(f"- {reason.rule.text.nl} [{', '.join(reason.rule.source)}]")
            print(f"  door: {', '.join(names[dimension] for dimension in reason.dimensions)}")

    doubtful = [corps.name for corps, weighing in weighed if weighing.verdict is None and worst in weighing.possible]
    if doubtful:
        print(f"\nOpen scores laten het ook toe bij: {', '.join(doubtful)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
