"""The real files that are brought in, in this order: each import builds on those before it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """One file (and its layer), the layer of the map it goes into, and its working area."""

    layer: str
    file: str
    sheet: str = ""
    area: tuple[str, ...] = ()


ALL = ("all",)
LAMPUNG = ("18",)
WEST_JAVA = ("106.3,-7.9,108.9,-5.8",)
MALANG = ("112.2,-8.5,112.9,-7.7",)

FILES = (
    Given("areas", "admin_lampung_utara.gpkg", "kabupaten_from_desa"),
    Given("areas", "admin_lampung_utara.gpkg", "kecamatan_from_desa"),
    Given("areas", "admin_lampung_utara.gpkg", "desa_kelurahan"),
    Given("areas", "admin_lampung_utara.gpkg", "kabupaten"),
    Given("areas", "admin_lampung_utara.gpkg", "kecamatan"),
    Given("areas", "admin_lampung_utara.gpkg", "kecamatan_rbi50k"),
    Given("areas", "desa_lampung_utara_kemendagri_bps.csv"),
    Given("areas", "kecamatan_lampung_utara_kemendagri_bps.csv"),
    Given("areas", "DERIVED_penduduk_desa_estimasi_dasimetrik.csv"),
    Given("areas", "penduduk_luas_kabupaten_2025.csv"),
    Given("offices", "rbi50k_lampung_utara.gpkg", "pemerintahan"),
    Given("offices", "rbi50k_lampung_utara.gpkg", "sekolah_smp_sma"),
    Given("offices", "sekolah_lampung_dapodik.gpkg"),
    Given("settlements", "rbi50k_lampung_utara.gpkg", "permukiman"),
    Given("roads", "rbi50k_lampung_utara.gpkg", "jalan"),
    Given("areas", "admin_lampung_sumsel_bengkulu.gpkg", "provinsi", ALL),
    Given("areas", "admin_lampung_sumsel_bengkulu.gpkg", "kabupaten", ALL),
    Given("areas", "admin_lampung_sumsel_bengkulu.gpkg", "kecamatan", ALL),
    Given("areas", "admin_lampung_sumsel_bengkulu.gpkg", "desa_kelurahan", ALL),
    Given("offices", "sekolah_lampung_dapodik.gpkg", "", LAMPUNG),
    Given("offices", "rbi50k_lampung.gpkg", "pemerintahan", LAMPUNG),
    Given("settlements", "rbi50k_lampung.gpkg", "permukiman", LAMPUNG),
    Given("roads", "rbi50k_lampung.gpkg", "jalan", LAMPUNG),
    Given("rivers", "rbi50k_lampung.gpkg", "sungai", LAMPUNG),
    Given("roads", "rbi50k_tulang_bawang_barat_noded.gpkg", "", LAMPUNG),
    Given("roads", "ruas_jalan_provinsi_lampung.gpkg", "", LAMPUNG),
    Given("roads", "osm_coquimbo_network.gpkg", "links", ALL),
    Given("roads", "jalan_nasional_kaltara_iri.gpkg", "", ALL),
    Given("roads", "jalan_desa_jabar_kondisi.parquet", "", WEST_JAVA),
    Given("waste", "persampahan_malang.gpkg", "tpst3r", MALANG),
    Given("waste", "persampahan_malang.gpkg", "bank_sampah", MALANG),
    Given("waste", "persampahan_malang.gpkg", "tpa", MALANG),
    Given("waste", "dirty_tpst3r_malang.geojson", "", MALANG),
    Given("internet", "opencellid_510_sample.parquet", "", ALL),
    Given("offices", "sample_Helsinki.osm.pbf", "", ALL),
    Given("roads", "sample_Helsinki.osm.pbf", "", ALL),
    Given("waste", "sample_Helsinki.osm.pbf", "", ALL),
    Given("internet", "sample_Helsinki.osm.pbf", "", ALL),
    Given("settlements", "sample_Helsinki.osm.pbf", "", ALL),
)
