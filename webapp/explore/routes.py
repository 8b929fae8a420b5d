"""The addresses of the pages for people."""

from flask import Blueprint

from webapp import values
from webapp.assets import icon_path
from webapp.explore import catalogue, detail, ground, home, links, lists, nearest, robots, search, swatches, way
from webapp.security.access import EVERYONE, open_room

room = Blueprint("explore", __name__)
open_room(room, EVERYONE)
room.add_url_rule("/", "home", home.show)
room.add_url_rule("/nearest", "nearest", nearest.show)
room.add_url_rule("/nearest/way", "way", way.show)
room.add_url_rule("/search", "search", search.show)
room.add_url_rule("/map.svg", "ground", ground.show)
room.add_url_rule("/robots.txt", "robots", robots.show)
room.add_url_rule("/layers", "layers", catalogue.show)
room.add_url_rule("/layers/<layer_id>", "list", lists.show)
room.add_url_rule("/layers/<layer_id>/<int:feature_id>", "detail", detail.show)
room.add_url_rule("/about/data", "about_data", catalogue.about_data)
room.add_url_rule("/about/sample", "about_sample", catalogue.about_sample)


for words in (
    links.without,
    swatches.form,
    values.phone,
    values.told,
    values.heading,
    values.source_name,
    values.title,
):
    room.add_app_template_filter(words)
for lent in (icon_path, links.changed):
    room.add_app_template_global(lent)
