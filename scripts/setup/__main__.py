"""Set the machine up: python3 -m scripts.setup server|test|image; the first then goes on to serve."""

import argparse
import os
import sys
from collections.abc import Callable

from layers.settings import SettingError, Settings
from scripts.setup import address, claim, environment, frontend, machine
from scripts.setup.progress import Trouble


def main() -> None:
    """Do one command's steps; print one clear line and end with status 1 where a person has to mend something first."""
    arguments = _parser().parse_args()
    try:
        arguments.prepare(arguments)
    except (Trouble, SettingError) as trouble:
        sys.exit(str(trouble))
    except OSError as error:
        sys.exit(
            f"{error.filename} cannot be written ({error.strerror}): make room or mend its rights, and start again."
        )
    except KeyboardInterrupt:
        sys.exit("Stopped.")


def _server(arguments: argparse.Namespace) -> None:
    settings = Settings.from_environment(default_database="")
    if settings.database_url:
        address.check(settings.database_url)
    claim.folder(settings.data_dir, arguments.port)
    claim.port(arguments.port)
    database = [] if settings.database_url else [machine.POSTGIS]
    machine.complete([*_python(), machine.PANGO, *database])
    _build()
    options = ["--port", str(arguments.port), *(["--empty"] if arguments.empty else [])]
    os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "scripts.serve", *options])


def _test(arguments: argparse.Namespace) -> None:
    browser = (machine.CHROMIUM, machine.DRIVER)
    machine.complete([*_python(), machine.PANGO, machine.POSTGIS, *browser, machine.GDAL, machine.PGROUTING])
    environment.make()
    environment.install("requirements-dev.txt")
    _build()
    frontend.install()


def _image(arguments: argparse.Namespace) -> None:
    _build()
    environment.compile_modules()


def _python() -> list[machine.Part]:
    return [] if environment.is_made() else [machine.VENV]


def _build() -> None:
    environment.make()
    environment.install("requirements.txt")
    frontend.build()
    frontend.translate()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m scripts.setup", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    server = _command(
        commands, "server", _server, "set up and serve on 127.0.0.1, with sample data where the database is empty"
    )
    server.add_argument("--port", type=int, help="where to listen; 8000 without it, or what PORT says")
    server.add_argument("--empty", action="store_true", help="load no sample data: for a regency of your own")
    _command(commands, "test", _test, "set up what the checks and tests need")
    _command(commands, "image", _image, "set up inside a container image: Python packages, front end, translations")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    prepare: Callable[[argparse.Namespace], None],
    about: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, prog=f"scripts/{name}", help=about, description=about)
    command.set_defaults(prepare=prepare)
    return command


if __name__ == "__main__":
    main()
