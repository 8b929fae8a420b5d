"""The application as a web server runs it."""

from layers.settings import Settings
from webapp import create_app, logs

settings = Settings.from_environment()
logs.configure(settings.log_level)
app = create_app(settings)
