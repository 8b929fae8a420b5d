"""A unit of work on made-up regencies, light enough to be imported by many processes."""

import numpy as np
import pandas as pd

from geo.executor import Key
from geo.scenario import Roads, minutes_to_nearest


def load(key: Key) -> Roads:
    """A ring road as long as the regency's code says, each arc slower than the one before."""
    count = int(key[0].split(".")[1])
    return Roads(np.arange(count + 1), (np.arange(count) + 1) % count, np.arange(1.0, count + 1))


def measure(roads: Roads) -> pd.DataFrame:
    return pd.DataFrame({"minutes": minutes_to_nearest(roads, np.array([0]))})


def refuse_ten(roads: Roads) -> pd.DataFrame:
    if len(roads.heads) == 10:
        raise ValueError("no roads")
    return measure(roads)
