"""Whole numbers as clerks and programs write them: a dot before three digits groups thousands, or it is decimal."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

THOUSANDS = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
DECIMAL = r"^[+-]?\d+\.\d+$"
ROUNDING = 1e-6  # what a factor may leave of a fraction


def without_thousands(text: pa.Array, scaled: bool) -> tuple[pa.Array, np.ndarray]:
    """Take the dot out of 1.250 in a column of whole numbers; the mask tells where 1250 and 1.25 are both possible.

    They are where other cells write decimals with a dot, and where the numbers are `scaled` by a factor: 1,25 km is a
    whole number of metres.
    """
    grouped = pc.fill_null(pc.match_substring_regex(text, THOUSANDS), False)
    decimal = pc.and_not(pc.fill_null(pc.match_substring_regex(text, DECIMAL), False), grouped)
    if scaled or pc.any(decimal).as_py():
        return pc.if_else(grouped, None, text), grouped.to_numpy(zero_copy_only=False)
    return pc.if_else(grouped, pc.replace_substring(text, ".", ""), text), np.zeros(len(text), bool)


def broken(numbers: pa.Array) -> np.ndarray:
    """Say which numbers are no whole ones."""
    off = pc.abs(pc.subtract(numbers, pc.round(numbers)))
    return np.asarray(pc.fill_null(pc.greater(off, ROUNDING), False).to_numpy(zero_copy_only=False))
