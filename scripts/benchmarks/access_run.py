"""All access of one made-up town, in a process of its own so that its memory can be told; prints JSON."""

import json
import resource
import sys
import time

from layers import db
from layers.access.compute import Times
from layers.access.ground import Meeting
from layers.roads.queries import rules
from layers.roads.speeds import SEASONS
from layers.settings import Settings
from scripts.benchmarks import town


def main() -> None:
    """Lay a town out by the rules of speed of a database, load the graphs, compute everything."""
    side, villages, settlements, cells = (int(number) for number in sys.argv[1:])
    engine = db.connect(Settings.from_environment().database_url, pool_size=1)
    with engine.connect() as connection:
        found = town.ground(side, villages, settlements, cells, rules(connection))
    engine.dispose()
    started = time.perf_counter()
    meeting = Meeting(found)
    seasons = [Times(meeting, "motor", season) for season in SEASONS]
    loaded, core = time.perf_counter(), time.process_time()
    for times in seasons:
        for kind in found.kinds():
            times.of(kind)
    told = {
        "edges": len(found.edges.network.tail),
        "loading_s": loaded - started,
        "wall_s": time.perf_counter() - loaded,
        "core_s": time.process_time() - core,
        "memory_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
