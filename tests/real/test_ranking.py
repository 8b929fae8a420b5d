"""The village roads of West Java, ranked by their surveyed condition, stand as a spreadsheet would put them."""

import numpy as np
import pandas
import pytest

from scripts.benchmarks import ranking
from tests.conftest import SHARED
from tests.real.conftest import real

pytestmark = [pytest.mark.real, real]
WEIGHTS = {"condition": 60.0, "cost": 40.0}


@pytest.fixture(scope="module")
def surveyed() -> pandas.DataFrame:
    """The file as it is, with each share of damage and each price a damaged km."""
    told = pandas.read_parquet(SHARED / "jalan_desa_jabar_kondisi.parquet").fillna(dict.fromkeys(ranking.CLASSES, 0))
    told.index = told.kabupaten + " " + told.no.astype(str)
    damaged = told.rusak_ringan_m + told.rusak_sedang_m + told.rusak_berat_m
    price = 400 * told.rusak_ringan_m + 900 * told.rusak_sedang_m + 1_600 * told.rusak_berat_m
    return told.assign(share=100 * damaged / (told.baik_m + damaged), price=price / damaged)


def test_by_condition_alone_the_most_damaged_come_first(surveyed: pandas.DataFrame) -> None:
    found = ranking.rank(ranking.roads(), {"condition": 1.0})
    ranks = pandas.Series([place.rank for place in found.places], [row["source_id"] for row in found.rows], float)
    assert len(ranks) == 32_340
    wanted = surveyed.share.round(10).rank(method="min", ascending=False)
    assert np.allclose(ranks.sort_index(), wanted.sort_index(), equal_nan=True)


def test_with_the_price_beside_it_each_score_is_the_weighted_sum_over_what_is_known(surveyed: pandas.DataFrame) -> None:
    found = ranking.rank(ranking.roads(), WEIGHTS)
    scores = pandas.Series([place.score for place in found.places], [row["source_id"] for row in found.rows], float)
    span = surveyed.price.max() - surveyed.price.min()
    scaled = pandas.DataFrame(
        {"condition": surveyed.share / 100, "cost": (surveyed.price.max() - surveyed.price) / span}
    )
    weights = scaled.notna() * [0.6, 0.4]
    wanted = (scaled.fillna(0) * weights).sum(axis=1) / weights.sum(axis=1)
    assert np.allclose(scores.sort_index(), wanted.sort_index(), equal_nan=True)
    rests_on = pandas.Series([place.rests_on for place in found.places], [row["source_id"] for row in found.rows])
    assert np.allclose(rests_on.sort_index(), weights.sum(axis=1).sort_index())
