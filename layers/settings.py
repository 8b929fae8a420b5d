"""The only reader of the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

Network = IPv4Network | IPv6Network


class SettingError(ValueError):
    """A setting that cannot be read; the message names its variable and what belongs there."""


@dataclass(frozen=True)
class Settings:
    """Where this installation keeps its data and how it meets the world."""

    database_url: str
    data_dir: Path = ROOT / ".data"
    basemap_tiles: str = ""
    basemap_pmtiles: str = ""
    trusted_proxies: int = 0
    export_limit_mb: int = 200
    tile_cache_mb: int = 64
    log_level: str = "INFO"
    metrics_dir: str = ""
    metrics_from: tuple[Network, ...] = ()
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    site_address: str = ""
    oc4ids_prefix: str = ""

    @classmethod
    def from_environment(cls, default_database: str | None = None) -> "Settings":
        """Read every setting from the environment; raises SettingError where one cannot be read.

        KeyError is raised where DATABASE_URL is missing without a default.
        """
        env = os.environ
        url = env["DATABASE_URL"] if default_database is None else env.get("DATABASE_URL", default_database)
        given = {name: _read(variable, read) for name, (variable, read) in VARIABLES.items() if variable in env}
        return cls(database_url=driver_url(url), **given)


def _read(variable: str, read: Callable[[str], Any]) -> Any:
    try:
        return read(os.environ[variable])
    except ValueError:
        raise SettingError(f"{variable} must be {WANTED[read]}, not “{os.environ[variable]}”: mend it") from None


def networks(written: str) -> tuple[Network, ...]:
    """Read the addresses and networks that PETA_METRICS_FROM names; raises ValueError where one is neither."""
    return tuple(ip_network(part) for part in written.replace(",", " ").split())


def level(written: str) -> str:
    """Read how much is logged; raises ValueError for any other word."""
    if written not in LEVELS:
        raise ValueError(written)
    return written


def driver_url(url: str) -> str:
    """Name psycopg2 as the driver of a PostgreSQL address, since SQLAlchemy 2.1 would take psycopg 3."""
    scheme, separator, rest = url.partition("://")
    if scheme in ("postgres", "postgresql"):
        return f"postgresql+psycopg2{separator}{rest}"
    return url


VARIABLES: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "data_dir": ("PETA_DATA_DIR", Path),
    "basemap_tiles": ("PETA_BASEMAP_TILES", str),
    "basemap_pmtiles": ("PETA_BASEMAP_PMTILES", str),
    "trusted_proxies": ("PETA_TRUSTED_PROXIES", int),
    "export_limit_mb": ("PETA_EXPORT_LIMIT_MB", int),
    "tile_cache_mb": ("PETA_TILE_CACHE_MB", int),
    "log_level": ("PETA_LOG_LEVEL", level),
    "metrics_dir": ("PROMETHEUS_MULTIPROC_DIR", str),
    "metrics_from": ("PETA_METRICS_FROM", networks),
    "smtp_url": ("PETA_SMTP_URL", str),
    "mail_from": ("PETA_MAIL_FROM", str),
    "site_address": ("PETA_SITE_ADDRESS", str),
    "oc4ids_prefix": ("PETA_OC4IDS_PREFIX", str),
}

WANTED: Mapping[Callable[[str], Any], str] = {
    int: "a whole number, such as 1",
    level: f"one of {', '.join(LEVELS)}",
    networks: "networks with commas between, such as 172.18.0.0/16",
}
