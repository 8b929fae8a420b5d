"""The kinds of office, with their titles, colours and maki icons."""

from layers.layer import Choice, Text

GOVERNMENT = "#0b6e69"
HEALTH = "#b2182b"
SAFETY = "#3b5b92"
SCHOOL = "#8a6100"
OTHER = "#5b7f7c"

KINDS = (
    Choice("kantor_bupati", Text("Kantor bupati", "Regent's office"), GOVERNMENT, "town-hall"),
    Choice("dukcapil", Text("Dukcapil (KTP dan KK)", "Civil registry (ID cards)"), GOVERNMENT, "identity-card"),
    Choice("kantor_camat", Text("Kantor camat", "District office"), GOVERNMENT, "embassy"),
    Choice("kantor_kelurahan", Text("Kantor kelurahan", "Urban village office"), GOVERNMENT, "residential-community"),
    Choice("kantor_desa", Text("Kantor desa", "Village office"), GOVERNMENT, "village"),
    Choice("dinas", Text("Kantor dinas", "Agency office"), OTHER, "suitcase"),
    Choice("pemerintah_lain", Text("Kantor pemerintah lain", "Other government office"), OTHER, "building"),
    Choice("rumah_sakit", Text("Rumah sakit", "Hospital"), HEALTH, "hospital"),
    Choice("puskesmas", Text("Puskesmas", "Health centre"), HEALTH, "doctor"),
    Choice("polisi", Text("Polisi", "Police"), SAFETY, "police"),
    Choice("damkar", Text("Pemadam kebakaran", "Fire station"), SAFETY, "fire-station"),
    Choice("paud", Text("PAUD dan TK", "Kindergarten"), SCHOOL, "playground"),
    Choice("sd", Text("SD", "Primary school"), SCHOOL, "school"),
    Choice("smp", Text("SMP", "Junior secondary school"), SCHOOL, "library"),
    Choice("sma", Text("SMA dan SMK", "Senior secondary school"), SCHOOL, "college"),
    Choice("slb", Text("SLB", "Special school"), SCHOOL, "heart"),
    Choice("pos", Text("Kantor pos", "Post office"), OTHER, "post"),
    Choice("wifi", Text("Wi-Fi gratis", "Free Wi-Fi"), OTHER, "wifi"),
)
