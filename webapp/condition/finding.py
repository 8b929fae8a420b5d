"""Which road is to be surveyed: found by its number or name, or one that a finished work has left waiting."""

from flask import render_template, request

from layers.roads.acts import may_survey
from layers.roads.queries import awaiting_survey
from layers.works.queries import roads_named
from webapp import arguments
from webapp.extensions import reading
from webapp.security.access import current_actor

MOST = 50  # roads that wait, shown at once
MOST_FOUND = 20  # as roads_named.sql has it


def show() -> str:
    """Show the roads that fit what was typed, and those within reach that wait for a survey."""
    actor, words = current_actor(), arguments.words(request.args)
    with reading() as connection:
        roads = roads_named(connection, words) if words else []
        waiting = [row for row in awaiting_survey(connection) if may_survey(actor, row.village_code)]
    found = [(row, may_survey(actor, row.village_code)) for row in roads]
    told = {"words": words, "found": found, "full": len(found) == MOST_FOUND, "waiting": waiting, "most": MOST}
    return render_template("condition/find.html", **told)
