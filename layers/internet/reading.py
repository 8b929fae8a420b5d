"""What files from outside say about towers and coverage."""

from layers.reading.meaning import Meaning

MEANING = Meaning(
    columns={
        "name": ("nama", "site", "nama_menara"),
        "kind": ("jenis",),
        "operator": ("penyelenggara", "provider"),
        "technology": ("teknologi", "radio"),
        "range_m": ("jangkauan", "jangkauan_m"),
        "height_m": ("tinggi", "tinggi_m"),
        "signal_dbm": ("sinyal", "rsrp", "rssi"),
        "measured_on": ("diukur", "tanggal_ukur"),
        "checked_on": ("diperiksa",),
    },
    values={
        "kind": {"tower": "menara", "bts": "menara"},
        "technology": {"gsm": "2G", "umts": "3G", "lte": "4G", "nr": "5G"},
    },
)
