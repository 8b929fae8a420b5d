"""The public number of a complaint, as people type it."""

import re

TYPED = re.compile(r"\s*([a-z]{1,3})[\s-]*([0-9]{4})[\s-]*([0-9]{5,9})\s*", re.IGNORECASE)


def typed_number(typed: str) -> str | None:
    """Read a number however it is typed ("lp 2026 000001", "LP2026000001"); None where the text is no number."""
    found = TYPED.fullmatch(typed)
    return "-".join(found.groups()).upper() if found else None
