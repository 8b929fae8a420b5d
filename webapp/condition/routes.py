"""The addresses of the condition of roads: for everyone, and for those who survey."""

from flask import Blueprint

from layers.roads.acts import SURVEYORS
from webapp.condition import finding, kemantapan, pictures, road, survey, surveying
from webapp.security.access import EVERYONE, holders, open_room, open_to

SURVEYING = open_to(holders(*SURVEYORS))

room = Blueprint("condition", __name__, url_prefix="/jalan")
open_room(room, EVERYONE)
room.add_url_rule("/kemantapan", "page", kemantapan.show)
room.add_url_rule("/ruas/<int:road_id>", "road", road.show)
room.add_url_rule("/survei/<int:number>", "survey", survey.show)
room.add_url_rule("/survei/foto/<int:number>.jpg", "photo", pictures.show_full)
room.add_url_rule("/survei/foto/<int:number>/kecil.jpg", "small_photo", pictures.show_small)

room.add_url_rule("/survei", "find", SURVEYING(finding.show))
room.add_url_rule("/ruas/<int:road_id>/survei", "ask", SURVEYING(surveying.ask))
room.add_url_rule("/ruas/<int:road_id>/survei", "keep", SURVEYING(surveying.keep), methods=["POST"])
room.add_url_rule("/survei/<int:number>/foto", "add_photo", SURVEYING(survey.add_photo), methods=["POST"])
room.add_url_rule("/survei/<int:number>/tarik", "withdraw", SURVEYING(survey.withdraw), methods=["POST"])
