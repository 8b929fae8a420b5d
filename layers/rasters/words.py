"""What is said of a raster on its way in: why one is refused, and what a short name may be."""

REFUSALS = {
    "unreadable": "Berkas ini bukan GeoTIFF yang utuh. Ekspor lagi sebagai GeoTIFF, lalu ulangi.",
    "no_crs": "GeoTIFF ini tidak menyebut sistem koordinatnya. Tetapkan CRS-nya di QGIS, ekspor lagi, lalu ulangi.",
    "too_large": "Raster ini terlalu besar. Potong menurut batas kabupaten atau perbesar ukuran selnya, lalu ulangi.",
    "many_bands": "Raster ini berisi beberapa kanal, mungkin sebuah foto. Ekspor satu kanal saja, lalu ulangi.",
    "no_numbers": "Sel raster ini tidak berisi bilangan biasa. Ekspor sebagai bilangan bulat atau pecahan.",
    "elsewhere": "Raster ini tidak menyentuh wilayah kabupaten. Periksa berkas dan CRS-nya.",
    "empty": "Raster ini tidak berisi satu nilai pun. Periksa nilai nodata-nya.",
}
NO_REGENCY = "Batas kabupaten belum ada: impor lapisan areas lebih dahulu"
LONGEST_NAME = 40


def short_name(written: str) -> str | None:
    """Read the short name of a raster in addresses; None where it holds more than letters, digits and hyphens."""
    fits = written.isascii() and written.replace("-", "").isalnum() and len(written) <= LONGEST_NAME
    return written.lower() if fits else None
