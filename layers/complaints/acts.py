"""Everything that can be done to a complaint, in one place to import from."""

from layers.complaints.assigning import assign
from layers.complaints.calls import join_call, take_call
from layers.complaints.declining import decline, reroute
from layers.complaints.desk import (
    Part,
    answer,
    change_category,
    change_visibility,
    moderate,
    note,
    split,
)
from layers.complaints.following import dispute_together, follow, unfollow
from layers.complaints.holding import Done
from layers.complaints.leaving import leave
from layers.complaints.moving import move
from layers.complaints.own_data import reword
from layers.complaints.photos import add_photo, blacken_photo, moderate_photo
from layers.complaints.placing import correct_place
from layers.complaints.retention import anonymise, anonymise_due
from layers.complaints.silence import close_silent
from layers.complaints.submission import Receipt, Submission, submit
from layers.complaints.surveys import judge

__all__ = ["Done", "Part", "Receipt", "Submission", "answer", "assign", "change_category", "change_visibility"]
__all__ += ["close_silent", "dispute_together", "follow", "moderate", "move", "note", "split"]
__all__ += ["anonymise", "anonymise_due", "decline", "join_call", "judge", "reroute", "reword", "submit", "take_call"]
__all__ += ["add_photo", "blacken_photo", "correct_place", "leave", "moderate_photo", "unfollow"]
