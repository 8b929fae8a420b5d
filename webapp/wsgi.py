"""The application as a web server runs it."""

from sqlalchemy.orm import configure_mappers

from layers.settings import Settings
from webapp import create_app, logs

settings = Settings.from_environment()
logs.configure(settings.log_level)
app = create_app(settings)
configure_mappers()  # now, rather than while the first visitor waits
