"""Why a question of planners has no answer."""

NO_ROADS = "Batas kabupaten atau jalannya belum ada; impor dahulu, lalu coba lagi."


class WhatIfError(ValueError):
    """A question that cannot be worked out; the message says, in Indonesian, what to mend."""
