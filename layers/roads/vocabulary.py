"""What the kinds of survey, what they note, and the rule tables are called."""

from collections.abc import Mapping

from layers.layer import Text

KINDS: Mapping[str, Text] = {
    "sdi": Text("SDI (retak, lubang, alur)", "SDI (cracks, potholes, ruts)"),
    "iri": Text("IRI (kerataan)", "IRI (roughness)"),
    "tti": Text("TTI (menurut permukaan)", "TTI (by surface)"),
    "eye": Text("Pengamatan mata", "By eye"),
    "metres": Text("Meter tiap kelas", "Metres of each class"),
    "work": Text("Pekerjaan selesai", "Finished work"),
}
INDICES: Mapping[str, Text] = {
    "sdi": Text("SDI", "SDI"),
    "iri": Text("IRI (m/km)", "IRI (m/km)"),
    "tti": Text("TTI", "TTI"),
}
INPUTS: Mapping[str, Text] = {
    "crack_percent": Text("Luas retak (%)", "Cracked area (%)"),
    "crack_width_mm": Text("Lebar retak (mm)", "Width of cracks (mm)"),
    "potholes": Text("Jumlah lubang", "Number of potholes"),
    "over_m": Text("Dihitung sepanjang (m)", "Counted over (m)"),
    "rut_cm": Text("Dalam alur bekas roda (cm)", "Depth of ruts (cm)"),
    "iri": Text("IRI (m/km)", "IRI (m/km)"),
    "width_m": Text("Lebar perkerasan (m)", "Width of the carriageway (m)"),
    "left": Text("Tepi kiri", "Left edge"),
    "right": Text("Tepi kanan", "Right edge"),
    "condition": Text("Kelas kondisi", "Class of condition"),
    "metres": Text("Meter tiap kelas", "Metres of each class"),
    "read_as": Text("Kelas dibaca menurut", "Classes read as"),
    "work": Text("Pekerjaan", "Work"),
}
READINGS: Mapping[str, Text] = {  # of the rows of four_classes that are there from the first
    "urutan": Text(
        "menurut urutannya: rusak ringan kita baca sedang", "by their order: lightly damaged is taken for fair"
    ),
    "sebutan": Text("menurut sebutannya: rusak sedang kita baca sedang", "by name: moderately damaged is fair"),
    "hanya_baik": Text("hanya baik yang mantap", "only good is in good order"),
}
DAMAGES: Mapping[str, Text] = {
    "bleeding": Text("Kegemukan aspal", "Bleeding"),
    "disintegration": Text("Butir lepas", "Disintegration"),
    "other_crack": Text("Retak lain", "Other cracks"),
    "reflective_crack": Text("Retak refleksi", "Reflective cracks"),
    "pothole": Text("Lubang", "Potholes"),
    "rut": Text("Alur bekas roda", "Ruts"),
    "crack": Text("Retak", "Cracks"),
    "spalling": Text("Gompal pada sambungan", "Spalling"),
    "structural": Text("Retak struktur", "Structural cracks"),
    "faulting": Text("Beda tinggi pelat", "Faulting"),
    "pumping_count": Text("Titik pemompaan (jumlah)", "Spots of pumping (number)"),
    "corner_break_count": Text("Patah sudut (jumlah)", "Corner breaks (number)"),
    "crossfall": Text("Kemiringan melintang rusak", "Lost crossfall"),
    "depression": Text("Amblas", "Depressions"),
    "erosion": Text("Erosi permukaan", "Surface erosion"),
    "edge": Text("Tepi", "Edge"),
    "fixed": Text("Indeks tetap", "Fixed index"),
}
EDGES: Mapping[str, Text] = {
    "none": Text("Utuh", "Sound"),
    "light": Text("Rusak ringan", "Lightly damaged"),
    "severe": Text("Rusak berat", "Badly damaged"),
}
TABLES: Mapping[str, Text] = {
    "sdi.crack_area": Text("SDI: luas retak", "SDI: cracked area"),
    "sdi.crack_width": Text("SDI: lebar retak", "SDI: width of cracks"),
    "sdi.potholes": Text("SDI: lubang tiap km", "SDI: potholes per km"),
    "sdi.ruts": Text("SDI: alur bekas roda", "SDI: ruts"),
    "sdi.class": Text("SDI: kelas", "SDI: class"),
    "tti.class": Text("TTI: kelas", "TTI: class"),
    "iri.aspal": Text("IRI: kelas di aspal", "IRI: class on asphalt"),
    "iri.makadam": Text("IRI: kelas di makadam", "IRI: class on macadam"),
    "iri.kerikil": Text("IRI: kelas di kerikil", "IRI: class on gravel"),
    "both": Text("IRI (baris) dan SDI (kolom) bersama", "IRI (rows) and SDI (columns) together"),
    "tti.weights": Text("TTI: bobot kerusakan", "TTI: weights of damage"),
    "tti.shares": Text("TTI: kelas luas (%)", "TTI: classes of area (%)"),
    "tti.edge": Text("TTI: tepi jalan", "TTI: edges"),
    "speed": Text("Kecepatan (km/jam)", "Speeds (km/h)"),
    "wet": Text("Faktor kecepatan saat hujan", "Factors of speed in the rain"),
    "mode": Text("Faktor kecepatan mobil dan motor", "Factors of speed of cars and motorcycles"),
    "walking": Text("Berjalan kaki (km/jam)", "Walking (km/h)"),
    "four_classes": Text("Empat kelas dari luar", "Four classes from outside"),
    "surface": Text("Permukaan: tabel mana yang dipakai", "Surfaces: which tables they use"),
    "function": Text("Fungsi: kecepatan dan permukaan dianggap", "Functions: speed and assumed surface"),
}


def damage(kind: str) -> Text:
    """Name a kind of damage; one that the rules alone know by its own name."""
    return DAMAGES.get(kind, Text(kind, kind))
