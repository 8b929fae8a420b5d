"""Runs in pandana's own environment, where nothing of this project is: a file of arrays in, another out."""

import sys
import time

import numpy as np
import pandana
import pandas as pd

FARTHEST = 2.0**14  # minutes, beyond every crossing; whole in single precision, in which pandana keeps it


def main(asked: str, answered: str) -> None:
    """Lay the network out for pandana and ask for the nearest facility of every node."""
    given = np.load(asked)
    x, y = pd.Series(given["nodes"][:, 0]), pd.Series(given["nodes"][:, 1])
    started = time.perf_counter()
    ways = pd.DataFrame({"minutes": given["minutes"]})
    network = pandana.Network(x, y, pd.Series(given["tail"]), pd.Series(given["head"]), ways, twoway=True)
    laid = time.perf_counter()
    network.set_pois("facility", FARTHEST, 1, x[given["facilities"]], y[given["facilities"]])
    found = network.nearest_pois(FARTHEST, "facility", num_pois=1)[1]
    took = time.perf_counter() - laid
    np.savez(answered, minutes=found.to_numpy(float), laying_s=laid - started, finding_s=took)


if __name__ == "__main__":
    main(*sys.argv[1:])
