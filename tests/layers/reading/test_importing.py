"""An import as a whole: what goes in, what comes back, and what a second time changes."""

import hashlib
import json
from pathlib import Path

import geopandas
import pytest
import shapely
from sqlalchemy import Engine, text

from layers.reading.mapping import FileMap
from layers.reading.refusal import FileRefusedError, Kind
from layers.records.versions import versions
from tests.layers.reading.files import HEAD, SITES, Bring, csv, sites

SAMPLE = text(
    "insert into waste_site (source, source_id, name, kind, geom)"
    " select 'contoh', kind, 'Contoh', kind, st_point(104.05, -4.95, 4326)"
    " from unnest(array['tps', 'tpa', 'tps3r']) as kind"
)


def test_rows_go_in_with_the_village_they_lie_in(home: Bring, empty: Engine, tmp_path: Path) -> None:
    words = SITES + "3;TPS Celah;TPS;104,1003;-4,95\n"
    outcome = home("waste", csv(tmp_path, words))
    assert (outcome.came, outcome.written.added, outcome.refused.total()) == (3, 3, 0)
    assert sites(empty) == [
        ("1", "TPS Pasar", "tps", "18.03.01.2001"),
        ("2", "TPA Barat", "tpa", "18.03.01.1002"),
        ("3", "TPS Celah", "tps", "18.03.01.2001"),
    ]


def test_importing_twice_changes_nothing_and_notes_no_change(home: Bring, empty: Engine, tmp_path: Path) -> None:
    path = csv(tmp_path, SITES)
    home("waste", path)
    state = "select id, source_id, geom, updated_at, xmin from waste_site order by id"
    with empty.connect() as connection:
        before, version = connection.execute(text(state)).all(), versions(connection)["waste"]
    again = home("waste", path)
    with empty.connect() as connection:
        assert connection.execute(text(state)).all() == before
        assert versions(connection)["waste"] == version
    assert (again.written.added, again.written.changed, again.written.same) == (0, 0, 2)


def test_only_what_differs_is_changed(home: Bring, empty: Engine, tmp_path: Path) -> None:
    home("waste", csv(tmp_path, SITES))
    outcome = home("waste", csv(tmp_path, SITES.replace("TPA Barat", "TPA Timur")))
    assert (outcome.written.changed, outcome.written.same) == (1, 1)
    assert [row[1] for row in sites(empty)] == ["TPS Pasar", "TPA Timur"]


def test_real_rows_take_the_place_of_sample_rows_of_their_kind(home: Bring, empty: Engine, tmp_path: Path) -> None:
    with empty.begin() as connection:
        connection.execute(SAMPLE)
    tried = home("waste", csv(tmp_path, SITES), dry_run=True)
    assert tried.written.replaced == 2
    assert len(sites(empty)) == 3
    assert home("waste", csv(tmp_path, SITES)).written.replaced == 2
    assert [row[0] for row in sites(empty)] == ["1", "2", "tps3r"]


def test_rows_from_elsewhere_leave_the_sample_of_the_regency_alone(home: Bring, empty: Engine, tmp_path: Path) -> None:
    with empty.begin() as connection:
        connection.execute(SAMPLE)
    outcome = home("waste", csv(tmp_path, HEAD + "1;TPS Malang;TPS;112,6;-8,1\n"), "all")
    assert (outcome.written.added, outcome.written.replaced) == (1, 0)


def test_roads_meet_as_their_source_draws_them_where_neither_file_nor_mapping_says(
    home: Bring, empty: Engine, tmp_path: Path
) -> None:
    line, path = shapely.LineString([(104.02, -4.95), (104.08, -4.95)]), tmp_path / "jalan.gpkg"
    said = {"id": ["1", "2"], "nama": ["Jalan A", "Jalan B"], "bertemu": [None, "silang"]}
    geopandas.GeoDataFrame(said, geometry=[line, shapely.reverse(line)], crs=4326).to_file(path)
    kept = FileMap(name="lama", source="OpenStreetMap", id=("id",), columns={"name": "nama"})
    home("roads", path, source="OpenStreetMap (Geofabrik)")
    home("roads", path, mapped=kept)
    home("roads", path, source="RBI")
    with empty.connect() as connection:
        found = connection.execute(
            text("select source, array_agg(meets order by source_id) as told from road group by 1")
        )
        assert {row.source: row.told for row in found} == {
            "OpenStreetMap (Geofabrik)": ["simpul", "silang"],
            "OpenStreetMap": ["simpul", "simpul"],
            "RBI": ["silang", "silang"],
        }


def test_a_dry_run_keeps_nothing(home: Bring, empty: Engine, tmp_path: Path) -> None:
    assert home("waste", csv(tmp_path, SITES), dry_run=True).written.added == 2
    assert sites(empty) == []
    with empty.connect() as connection:
        assert connection.scalar(text("select count(*) from event where layer = 'waste'")) == 0


WRONG = (
    ("3;A;TPS;;", Kind.MISSING_PLACE),
    ("3;A;TPS;seratus;-4,95", Kind.UNREADABLE_PLACE),
    ("3;A;TPS;0;-4,95", Kind.ZERO),
    ("3;A;TPS;-4,95;104,05", Kind.SWAPPED),
    ("3;A;TPS;104,05;4,95", Kind.WRONG_SIGN),
    ("3;A;TPS;104,05;-4949", Kind.OUT_OF_RANGE),
    ("3;A;TPS;114,05;-4,95", Kind.FAR_OFF),
    ("3;A;TPS;104,25;-4,95", Kind.OUTSIDE),
    ("3;A;gudang;104,05;-4,95", Kind.UNKNOWN_VALUE),
    ("3;A;;104,05;-4,95", Kind.MISSING_VALUE),
    (";A;TPS;104,05;-4,95", Kind.MISSING_VALUE),
    ("2;A;TPS;104,05;-4,95", Kind.DUPLICATE),
    ("3;A;TPS;104,05;-4,95;lebih", Kind.BROKEN_ROW),
)


@pytest.mark.parametrize(("line", "kind"), WRONG)
def test_a_wrong_row_is_refused_for_its_own_reason_and_the_others_go_in(
    home: Bring, empty: Engine, tmp_path: Path, line: str, kind: Kind
) -> None:
    outcome = home("waste", csv(tmp_path, SITES + line + "\n"))
    assert dict(outcome.refused) == {kind: 1}
    assert (outcome.came, outcome.written.added) == (3, 2)
    assert outcome.refused_path is not None
    assert "lebih" in outcome.refused_path.read_text() or line.split(";")[1] in outcome.refused_path.read_text()
    assert len(sites(empty)) == 2


def test_a_refused_row_can_be_mended_and_sent_again(home: Bring, empty: Engine, tmp_path: Path) -> None:
    outcome = home("waste", csv(tmp_path, SITES.replace("104,15", "0")))
    assert outcome.refused_path is not None
    mended = outcome.refused_path.read_text(encoding="utf-8-sig").replace(",0,", ',"104,15",')
    again = home("waste", csv(tmp_path, mended, "diperbaiki.csv"), source=outcome.source)
    assert (again.came, again.written.added, again.refused.total()) == (1, 1, 0)
    assert [row[0] for row in sites(empty)] == ["1", "2"]


def test_a_refused_shape_comes_back_as_geojson_with_its_reason(home: Bring, tmp_path: Path) -> None:
    outside, inside = (
        shapely.LineString([(110, -4), (110.1, -4)]),
        shapely.LineString([(104.01, -4.95), (104.02, -4.95)]),
    )
    frame = geopandas.GeoDataFrame({"nama_ruas": ["Jauh", "Dekat"]}, geometry=[outside, inside], crs=4326)
    frame.to_crs(32748).to_file(tmp_path / "jalan.gpkg")
    outcome = home("roads", tmp_path / "jalan.gpkg")
    assert (outcome.written.added, dict(outcome.refused)) == (1, {Kind.FAR_OFF: 1})
    assert outcome.refused_path is not None
    (feature,) = json.loads(outcome.refused_path.read_text())["features"]
    assert feature["properties"]["nama_ruas"] == "Jauh"
    assert "di luar Wilayah 18.03" in feature["properties"]["alasan"]
    assert shapely.equals_exact(shapely.from_geojson(json.dumps(feature["geometry"])), outside, 1e-7)


def test_metres_are_refused_whole_and_the_zone_is_named_only_where_it_fits(home: Bring, tmp_path: Path) -> None:
    points = geopandas.GeoSeries(shapely.points([[104.05, -4.95], [104.06, -4.96]]), crs=4326).to_crs(32748)
    path = csv(tmp_path, HEAD + "".join(f"{i};A;TPS;{p.x:.2f};{p.y:.2f}\n" for i, p in enumerate(points)))
    with pytest.raises(FileRefusedError, match=r"47S.*48S.*Hanya di zona 48S .* --crs EPSG:32748"):
        home("waste", path)
    with pytest.raises(FileRefusedError, match="Tanyakan zonanya") as everywhere:
        home("waste", path, "all")
    assert "Hanya di zona" not in str(everywhere.value)
    assert home("waste", path, crs="EPSG:32748").written.added == 2


def test_a_shapefile_without_its_crs_is_refused_until_it_is_told(home: Bring, empty: Engine, tmp_path: Path) -> None:
    points = shapely.points([[104.05, -4.95]])
    geopandas.GeoDataFrame({"jenis": ["TPS"]}, geometry=points, crs=4326).to_file(tmp_path / "tps.shp")
    (tmp_path / "tps.prj").unlink()
    with pytest.raises(FileRefusedError, match="--crs"):
        home("waste", tmp_path / "tps.shp")
    assert home("waste", tmp_path / "tps.shp", crs="EPSG:4326").written.added == 1


def test_nothing_is_imported_before_the_regency_is_known(bring: Bring, tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="Impor dulu batasnya"):
        bring("waste", csv(tmp_path, SITES))
    assert bring("waste", csv(tmp_path, SITES), "all").written.added == 2
    assert bring("waste", csv(tmp_path, SITES), "103.9,-5.1,104.1,-4.9").refused == {Kind.OUTSIDE: 1}


def test_a_bow_tie_is_refused_and_a_harmless_spike_is_mended(home: Bring, empty: Engine, tmp_path: Path) -> None:
    tie = shapely.Polygon([(104.01, -4.99), (104.02, -4.98), (104.02, -4.99), (104.01, -4.98)])
    corners = [(104.03, -4.99), (104.04, -4.99), (104.04, -4.98), (104.035, -4.98), (104.035, -4.979), (104.035, -4.98)]
    spike = shapely.Polygon([*corners, (104.03, -4.98)])
    frame = geopandas.GeoDataFrame({"nama": ["Silang", "Taji"]}, geometry=[tie, spike], crs=4326)
    frame.to_file(tmp_path / "permukiman.gpkg")
    outcome = home("settlements", tmp_path / "permukiman.gpkg")
    assert dict(outcome.refused) == {Kind.INVALID_SHAPE: 1}
    with empty.connect() as connection:
        kept = connection.execute(text("select name, st_isvalid(geom), geometrytype(geom) from settlement")).all()
    assert kept == [("Taji", True, "MULTIPOLYGON")]


def test_an_import_is_one_event_with_the_hash_and_the_counts(home: Bring, empty: Engine, tmp_path: Path) -> None:
    path = csv(tmp_path, SITES + "3;A;TPS;0;0\n")
    home("waste", path, actor="import:sari")
    with empty.connect() as connection:
        (event,) = connection.execute(text("select actor, subject, detail from event where layer = 'waste'")).all()
    assert (event.actor, event.subject) == ("import:sari", "tps.csv")
    assert event.detail["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (event.detail["came"], event.detail["added"], event.detail["refused"]) == (3, 2, {"koordinat nol": 1})


def test_offices_come_with_the_services_of_their_kind(home: Bring, empty: Engine, tmp_path: Path) -> None:
    path = csv(
        tmp_path, "id,nama,jenis,jam_buka,bujur,lintang\n1,Kantor,dukcapil,Senin-Jumat 08.00-15.00,104.05,-4.95\n"
    )
    home("offices", path)
    with empty.connect() as connection:
        given = connection.scalar(text("select count(*) from service_kind where kind = 'dukcapil'"))
        services = "select count(*) from office_service join office on office.id = office_id"
        hours = connection.scalar(text("select opening_hours from office"))
        assert 0 < connection.scalar(text(services)) == given
    assert hours == "Mo-Fr 08:00-15:00"


def test_an_office_or_an_area_without_a_name_is_refused_and_a_waste_site_is_not(
    home: Bring, empty: Engine, tmp_path: Path
) -> None:
    office = csv(tmp_path, "id,nama,jenis,bujur,lintang\n1, ,dukcapil,104.05,-4.95\n", "kantor.csv")
    outcome = home("offices", office)
    assert (outcome.written.added, dict(outcome.refused)) == (0, {Kind.MISSING_VALUE: 1})
    assert outcome.refused_path is not None
    assert "Isian Nama kosong" in outcome.refused_path.read_text(encoding="utf-8-sig")
    village = geopandas.GeoDataFrame(
        {"kode": ["18.03.01.2002"]}, geometry=[shapely.box(104, -5, 104.1, -4.9)], crs=4326
    )
    village.to_file(tmp_path / "desa.gpkg")
    assert dict(home("areas", tmp_path / "desa.gpkg").refused) == {Kind.MISSING_VALUE: 1}
    assert home("waste", csv(tmp_path, HEAD + "1;;TPS;104,05;-4,95\n")).written.added == 1


def test_hours_that_cannot_be_read_are_refused(home: Bring, tmp_path: Path) -> None:
    path = csv(tmp_path, "id,nama,jenis,jam_buka,bujur,lintang\n1,Kantor,dukcapil,kalau ada orang,104.05,-4.95\n")
    assert dict(home("offices", path).refused) == {Kind.UNREADABLE_VALUE: 1}


def test_a_road_shorter_by_decree_than_the_straight_line_is_refused(home: Bring, tmp_path: Path) -> None:
    lines = [shapely.LineString([(104.01, -4.95), (104.05, -4.95)])] * 2
    frame = geopandas.GeoDataFrame({"id": [1, 2], "panjang_sk_m": [4000, 4500]}, geometry=lines, crs=4326)
    frame.to_file(tmp_path / "ruas.gpkg")
    outcome = home("roads", tmp_path / "ruas.gpkg")
    assert (outcome.written.added, dict(outcome.refused)) == (1, {Kind.CONTRADICTION: 1})
