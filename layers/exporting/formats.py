"""In which formats a layer can be taken along."""

from dataclasses import dataclass

from layers.layer import Text


@dataclass(frozen=True)
class Format:
    """A kind of file: its id stands in addresses, `ending` in file names, `purpose` says for what it is good.

    `most_rows` is what can be made within a minute, or shown by a browser; None where there is no such bound.
    """

    id: str
    ending: str
    mimetype: str
    title: Text
    purpose: Text
    most_rows: int | None = None


FORMATS = {
    each.id: each
    for each in (
        Format(
            "xlsx",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Text("Excel", "Excel"),
            Text("tabel untuk dihitung dan dicetak", "a table to compute with and to print"),
            most_rows=100_000,
        ),
        Format(
            "html",
            "html",
            "text/html",
            Text("Peta HTML", "HTML map"),
            Text("satu berkas peta yang terbuka tanpa internet", "one map file that opens without a network"),
            most_rows=20_000,
        ),
        Format(
            "gpkg",
            "gpkg",
            "application/geopackage+sqlite3",
            Text("GeoPackage", "GeoPackage"),
            Text("untuk QGIS dan ArcGIS", "for QGIS and ArcGIS"),
        ),
        Format(
            "geojson",
            "geojson",
            "application/geo+json",
            Text("GeoJSON", "GeoJSON"),
            Text("untuk peta web dan program", "for web maps and programs"),
        ),
        Format(
            "csv",
            "csv",
            "text/csv",
            Text("CSV", "CSV"),
            Text("tabel polos untuk program apa pun", "a plain table for any program"),
        ),
        Format(
            "shp",
            "zip",
            "application/zip",
            Text("Shapefile", "Shapefile"),
            Text("untuk program GIS lama; nama kolom paling panjang 10 huruf", "for older GIS; names of 10 letters"),
        ),
    )
}
