"""Why a survey or a rule is not taken, in words for whoever tried."""

from layers.layer import Text


class WordedError(ValueError):
    """Something that is not taken: `text` says why, and what to do."""

    def __init__(self, told: str, told_in_english: str) -> None:
        super().__init__(told)
        self.text = Text(told, told_in_english)


class FormError(WordedError):
    """A survey that cannot be taken as it is."""


class RuleError(WordedError):
    """A rule table that cannot be used; the words name the cell that is wrong and what it needs."""


class OvertakenError(RuleError):
    """Somebody made another version of the rules meanwhile."""
