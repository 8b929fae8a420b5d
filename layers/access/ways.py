"""The ways that access tells of, in words: by which mode and in which season."""

from layers.layer import Choice, Text

MODES = (
    Choice("motor", Text("Sepeda motor", "Motorcycle")),
    Choice("mobil", Text("Mobil", "Car")),
    Choice("jalan_kaki", Text("Jalan kaki", "On foot")),
)
SEASONS = (Choice("hujan", Text("Musim hujan", "Wet season")), Choice("kering", Text("Musim kering", "Dry season")))
