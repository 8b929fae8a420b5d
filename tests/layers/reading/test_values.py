"""What a cell may hold before it goes to the database."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.layer import Layer
from layers.reading.mapping import FileMap, saved
from layers.reading.meaning import meaning
from layers.reading.refusal import Kind
from layers.reading.rows import Rows
from layers.reading.source import Chunk
from layers.reading.values import as_numbers, read_values
from layers.registry import layers


def read(layer: Layer, columns: Mapping[str, list[object]], file_map: FileMap) -> Rows:
    table = pa.table({name: pa.array(cells) for name, cells in columns.items()})
    rows = Rows(Chunk(table, np.arange(1, len(table) + 1)))
    read_values(rows, layer, file_map, meaning(layer))
    return rows


@pytest.mark.parametrize("cell", ["9999999999", "-9999999999", "1e30", "1e999", "9" * 400, 2**31, 1e30, float("inf")])
def test_a_number_that_the_table_has_no_room_for_is_refused_with_its_reason(cell: object) -> None:
    file_map = FileMap(name="x", source="x", columns={"population": "jiwa"})
    column = [str(1200), cell] if isinstance(cell, str) else [type(cell)(1200), cell]
    rows = read(layers()["areas"], {"jiwa": column}, file_map)
    assert list(rows.good) == [True, False]
    assert rows.kinds[1] == Kind.UNREADABLE_VALUE
    assert "jiwa" in rows.reasons[1]
    assert rows.values["population"].to_pylist() == [1200, None]


def people(cells: list[object], **wishes: object) -> Rows:
    file_map = FileMap(name="x", source="x", columns={"population": "jiwa"}, **wishes)  # type: ignore[arg-type]
    return read(layers()["areas"], {"jiwa": cells}, file_map)


def test_a_dot_before_three_digits_groups_thousands_of_people() -> None:
    rows = people(["1.250", "12.500", "120.000", "1250", "1.250.000", "1250,0", "1.250,00", None])
    assert rows.good.all()
    assert rows.values["population"].to_pylist() == [1250, 12500, 120000, 1250, 1250000, 1250, 1250, None]


@pytest.mark.parametrize("beside", ["1250.0", "0.250", "12.5"])
def test_a_dot_before_three_digits_is_unclear_where_other_cells_write_decimals_with_it(beside: str) -> None:
    rows = people(["1.250", beside])
    assert not rows.good[0]
    assert rows.reasons[0] == "Kolom jiwa: “1.250” dapat berarti 1250 atau 1,250. Tulis salah satunya, tanpa titik."


def test_a_dot_before_three_digits_is_unclear_where_a_factor_makes_whole_numbers_of_decimals() -> None:
    rows = people(["1.250", "1,25", "2"], factors={"population": 1000})
    assert list(rows.good) == [False, True, True]
    assert rows.values["population"].to_pylist()[1:] == [1250, 2000]


@pytest.mark.parametrize("cells", [["12.5", "7"], ["12,5", "7"], ["1.250,5", "7"], [12.5, 7.0]])
def test_half_a_person_is_refused_rather_than_rounded(cells: list[object]) -> None:
    rows = people(cells)
    assert list(rows.good) == [False, True]
    assert rows.reasons[0].endswith("bukan bilangan bulat.")


@pytest.mark.parametrize("cells", [["-99", "0"], ["-1.250", "0"], [-99, 0]])
def test_fewer_people_than_none_are_refused_and_nobody_is_a_number(cells: list[object]) -> None:
    rows = people(cells)
    assert list(rows.good) == [False, True]
    assert rows.kinds[0] == Kind.UNREADABLE_VALUE
    assert rows.reasons[0] == f"Kolom jiwa: {cells[0]} kurang dari nol. Kosongkan bila tidak diketahui."


@pytest.mark.parametrize(
    ("layer_id", "field"),
    [("offices", "capacity"), ("waste", "capacity"), ("roads", "width_m"), ("roads", "length_decree_m")],
)
def test_no_office_site_or_road_has_less_than_nothing(layer_id: str, field: str) -> None:
    rows = read(layers()[layer_id], {"isi": ["-1", "0"]}, FileMap(name="x", source="x", columns={field: "isi"}))
    assert list(rows.good) == [False, True]


def test_a_decimal_stays_one_where_a_field_may_have_some() -> None:
    rows = read(
        layers()["roads"], {"lebar": ["4.500", "3,5"]}, FileMap(name="x", source="x", columns={"width_m": "lebar"})
    )
    assert rows.values["width_m"].to_pylist() == [4.5, 3.5]


def test_a_value_that_is_none_of_the_known_ones_is_told_their_names() -> None:
    rows = read(layers()["offices"], {"k": ["sedikit"]}, FileMap(name="x", source="x", columns={"wheelchair": "k"}))
    assert rows.reasons[0] == (
        "Kursi roda “sedikit” tidak dikenal. Pilihan: Bisa dengan kursi roda, Kursi roda terbatas,"
        " Tidak bisa dengan kursi roda."
    )


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True) | st.none(), min_size=1))
def test_a_number_read_is_finite_and_what_is_endless_is_told(cells: list[float | None]) -> None:
    numbers, unread = as_numbers(pa.array(cells, pa.float64()))
    for cell, number, lost in zip(cells, numbers.to_pylist(), unread, strict=True):
        known = cell is not None and np.isfinite(cell)
        assert number == (cell if known else None)
        assert lost == (cell is not None and np.isinf(cell))


def test_a_factor_may_not_make_a_number_endless() -> None:
    file_map = FileMap(name="x", source="x", columns={"capacity": "isi"}, factors={"capacity": 1000})
    rows = read(layers()["waste"], {"isi": ["2,5", "1e308"]}, file_map)
    assert rows.values["capacity"].to_pylist() == [2500, None]
    assert list(rows.good) == [True, False]


def test_an_identifier_too_long_for_an_index_is_refused() -> None:
    file_map = FileMap(name="x", source="x", id=("no",), columns={"name": "nama"})
    rows = read(layers()["waste"], {"no": ["7", "7" * 6000], "nama": ["TPS Pasar", "TPS Lama"]}, file_map)
    assert list(rows.good) == [True, False]
    assert rows.reasons[1] == "Kolom no: pengenal lebih panjang dari 200 huruf."


def test_a_number_of_a_complaint_too_long_for_its_index_is_refused() -> None:
    file_map = FileMap(name="x", source="x", columns={"number": "nomor"})
    rows = read(layers()["complaints"], {"nomor": ["A-1", "A" * 6000]}, file_map)
    assert list(rows.good) == [True, False]


OSM_KINDS = (
    ("offices", "amenity=school", "SD Negeri 1 Kotabumi", "", "sd"),
    ("offices", "amenity=school", "SDN2 Abung", "", "sd"),
    ("offices", "amenity=school", "MTsN 1 Lampung Utara", "", "smp"),
    ("offices", "amenity=school", "SMA Negeri 3", "", "sma"),
    ("offices", "amenity=school", "MAN 1", "", "sma"),
    ("offices", "amenity=school", "Tunas Harapan", "1", "sd"),
    ("offices", "amenity=school", "Tunas Harapan", "2", "smp"),
    ("offices", "amenity=school", "Tunas Harapan", "1;2", None),
    ("offices", "amenity=school", "Tunas Harapan", "", None),
    ("offices", "amenity=school", "SD dan SMP Harapan", "", None),
    ("offices", "amenity=clinic", "Puskesmas Bukit Kemuning", "", "puskesmas"),
    ("offices", "amenity=clinic", "Klinik Gigi Sehat", "", None),
    ("offices", "amenity=police", "Polsek", "", "polisi"),
    ("waste", "amenity=recycling", "Bank Sampah Mawar", "", "bank_sampah"),
    ("waste", "amenity=recycling", "TPS 3R Mulyo", "", "tps3r"),
    ("waste", "amenity=recycling", "Kotak kaca", "", "tps"),
)


@pytest.mark.parametrize(("layer_id", "tag", "name", "level", "kind"), OSM_KINDS)
def test_a_tag_of_osm_tells_no_more_than_it_says(layer_id: str, tag: str, name: str, level: str, kind: str) -> None:
    layer = layers()[layer_id]
    file_map = next(one for one in saved(layer) if one.name == "osm")
    said = {"osm_id": "n1", "osm_tag": tag, "name": name, "isced:level": level or None}
    columns = {c: pa.array([said.get(c)], pa.string()) for c in file_map.used}
    rows = Rows(Chunk(pa.table(columns), np.array([1])))
    read_values(rows, layer, file_map, meaning(layer))
    assert rows.good[0] == (kind is not None)
    if kind:
        assert rows.values["kind"].to_pylist() == [kind]
    else:
        assert rows.kinds[0] == Kind.UNKNOWN_VALUE
        assert name in rows.reasons[0]
