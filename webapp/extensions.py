"""What all rooms share: the engine, translations, security headers, error pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app
from sqlalchemy import Connection, Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from layers import db
from layers.settings import Settings
from webapp import assets, bytecode, compression, errors, frame, intake, language, logs, pace, tile_answers
from webapp.security import access, headers, mark, origin, session


def install(app: Flask, settings: Settings) -> None:
    """Tie the shared parts to the application."""
    app.extensions["engine"] = db.connect(settings.database_url)
    app.extensions["questions"] = db.connect_for_questions(settings.database_url)
    trust_proxies(app, settings.trusted_proxies)
    logs.install(app)
    errors.install(app)
    intake.install(app)
    bytecode.install(app, settings.data_dir)
    assets.install(app)
    headers.install(app, settings)
    session.install(app)
    origin.install(app)
    access.install(app)
    language.install(app)
    frame.install(app)
    compression.install(app)
    mark.install(app)
    pace.install(app)
    tile_answers.install(app, settings)


def trust_proxies(app: Flask, number: int) -> None:
    """Believe the proxies that stand before us, and no further one, about the caller, the scheme and the host."""
    if number:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=number)  # type: ignore[method-assign]


def engine() -> Engine:
    """Give the application's engine."""
    return current_app.extensions["engine"]  # type: ignore[no-any-return]


@contextmanager
def reading() -> Iterator[Connection]:
    """Lend a connection for questions; nothing is written through it."""
    with engine().connect() as connection:
        yield connection


@contextmanager
def asking() -> Iterator[Connection]:
    """Lend a connection for questions of one statement each: no transaction, half the round trips of `reading`."""
    questions: Engine = current_app.extensions["questions"]
    with questions.connect() as connection:
        yield connection


def settings() -> Settings:
    """Give the application's settings."""
    return current_app.config["SETTINGS"]  # type: ignore[no-any-return]
