"""By which ways a complaint reaches the call centre, whose agent writes it down for whoever calls."""

from layers.layer import Choice, Text

CHANNELS = (
    Choice("telepon", Text("Telepon", "Phone")),
    Choice("whatsapp", Text("WhatsApp", "WhatsApp")),
    Choice("sms", Text("SMS", "Text message")),
    Choice("surat", Text("Surat", "Letter")),
    Choice("tatap muka", Text("Datang sendiri", "Walk-in")),
    Choice("media sosial", Text("Media sosial", "Social media")),
)
BY_CALL = frozenset(channel.id for channel in CHANNELS)
