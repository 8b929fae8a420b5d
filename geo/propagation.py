"""How a radio signal fades: with distance after Hata, behind terrain after ITU-R P.526; arrays in, arrays out."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

EARTH_M = 6_371_000.0
BENDING = 4 / 3  # the usual air bends the ray as if the earth were that much larger
HATA_MHZ = (150.0, 1500.0, 2000.0)  # from, to; COST 231 goes on to the last
NO_LOSS = -0.78  # the obstruction below which P.526 counts none: the ray clears 0.55 of the first Fresnel radius


def earth_bulge(behind_m: Numbers, ahead_m: Numbers, bending: float = BENDING) -> Numbers:
    """Give by how many metres the ground bulges into a ray, so far from its two ends: d1·d2 / (2·k·Re)."""
    return behind_m * ahead_m / (2 * bending * EARTH_M)


def fresnel_radius(behind_m: Numbers, ahead_m: Numbers, ghz: float) -> Numbers:
    """Give the radius of the first Fresnel zone in metres, so far from both ends: 17.32·√(d1·d2 / (f·D)), km, GHz."""
    span_km = (behind_m + ahead_m) / 1000
    return np.asarray(17.32 * np.sqrt(behind_m / 1000 * ahead_m / 1000 / (ghz * span_km)))


def knife_edge_loss(obstruction: Numbers) -> Numbers:
    """Give the loss in dB behind a single edge: ITU-R P.526-15, equation (31).

    The obstruction is √2·h / F1, with h the metres by which the edge stands above the ray: 0 where it just touches.
    """
    raised = np.maximum(obstruction, NO_LOSS) - 0.1
    loss = 6.9 + 20 * np.log10(np.sqrt(raised**2 + 1) + raised)
    return np.where(obstruction > NO_LOSS, np.maximum(loss, 0.0), 0.0)


def hata_slope(tower_m: float) -> float:
    """Give by how many dB a signal fades when the distance grows tenfold: 44.9 - 6.55·log10(height of the antenna)."""
    return float(44.9 - 6.55 * np.log10(tower_m))


def hata_loss(km: Numbers, mhz: float, tower_m: float, phone_m: float = 1.5) -> Numbers:
    """Give the median loss in dB in a small town: Hata (1980), above 1,500 MHz as COST 231 (1999) carries it on.

    For 1 to 20 km and antennas of 30 to 200 m. Raises ValueError for a frequency beyond 150 to 2,000 MHz.
    """
    least, middle, most = HATA_MHZ
    if not least <= mhz <= most:
        raise ValueError(f"Hata's model reaches from {least:.0f} to {most:.0f} MHz, not to {mhz:.0f}.")
    fixed, by_frequency = (69.55, 26.16) if mhz <= middle else (46.3, 33.9)
    frequency = np.log10(mhz)
    of_phone = (1.1 * frequency - 0.7) * phone_m - (1.56 * frequency - 0.8)
    at_one_km = fixed + by_frequency * frequency - 13.82 * np.log10(tower_m) - of_phone
    return np.asarray(at_one_km + hata_slope(tower_m) * np.log10(km))


def hata_reach(loss_db: float, mhz: float, tower_m: float, phone_m: float = 1.5) -> float:
    """Give the km at which the loss has grown to so many dB; raises ValueError as `hata_loss`."""
    at_one_km = float(hata_loss(np.array([1.0]), mhz, tower_m, phone_m)[0])
    return float(10 ** ((loss_db - at_one_km) / hata_slope(tower_m)))
