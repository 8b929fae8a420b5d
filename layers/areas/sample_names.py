"""Names for made-up hamlets and quarters, as they are common in Lampung."""

import numpy as np

FIRST = (
    "Sido", "Suka", "Sumber", "Karang", "Tanjung", "Talang", "Umbul", "Way", "Mulyo", "Rejo", "Sri", "Wono",
    "Gunung", "Margo", "Bumi", "Simpang", "Tegal", "Banjar", "Marga", "Candi",
)  # fmt: skip
SECOND = (
    "Mulyo", "Rejo", "Sari", "Jaya", "Makmur", "Agung", "Rahayu", "Indah", "Asri", "Waras", "Mukti", "Baru",
    "Harjo", "Kencana", "Tunggal", "Utama", "Dadi", "Luhur",
)  # fmt: skip


def hamlets(random: np.random.Generator, count: int) -> list[str]:
    """Draw that many different names of hamlets, such as "Dusun Sido Mulyo"."""
    pairs = [(a, b) for a in FIRST for b in SECOND if a != b]
    drawn = random.choice(len(pairs), size=count, replace=False)
    return [f"Dusun {pairs[i][0]} {pairs[i][1]}" for i in drawn]


def quarters(count: int) -> list[str]:
    """Number the quarters of a town: "Lingkungan 1" and on."""
    return [f"Lingkungan {i}" for i in range(1, count + 1)]
