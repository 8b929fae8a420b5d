"""People meet the layers here: Flask, one room a job."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from flask import Flask

from layers.settings import Settings


def create_app(settings: Settings) -> Flask:
    """Build the application: its extensions, then every room that has routes."""
    from webapp import extensions  # not sooner: gunicorn's own process reads webapp.serving and should stay small

    app = Flask(__name__, static_folder=None)
    app.config["SETTINGS"] = settings
    extensions.install(app, settings)
    for name in rooms():
        app.register_blueprint(import_module(f"webapp.{name}.routes").room)
    return app


def rooms() -> list[str]:
    """List the rooms: every package of webapp with a routes.py, which holds a blueprint named `room`."""
    here = Path(__file__).parent
    return sorted(m.name for m in iter_modules([str(here)]) if m.ispkg and (here / m.name / "routes.py").exists())
