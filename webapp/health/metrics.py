"""What Prometheus reads: how many requests each route answered, and how long they took."""

from ipaddress import ip_address

from flask import Response, request
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from layers.settings import Settings
from webapp import logs

LABELS = ["method", "route"]
REQUESTS = Counter("peta_requests_total", "Requests answered", [*LABELS, "status"])
SECONDS = Histogram("peta_request_seconds", "Seconds until the first byte of the answer", LABELS)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def count(response: Response) -> Response:
    """Count the request under its route, never under its address, of which there are endlessly many."""
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(method, logs.route(), response.status_code).inc()
    SECONDS.labels(method, logs.route()).observe(logs.elapsed_ms() / 1000)
    return response


def exposition(shared_dir: str) -> bytes:
    """Write the counters of all workers, which share them through a folder, or of this process alone without one."""
    if not shared_dir:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=shared_dir)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def may_read(settings: Settings) -> bool:
    """Say whether the caller came without a proxy, from a network that is named, or else from this machine.

    Where proxies are trusted, one on this machine looks as a local caller does, so that only named networks may read.
    """
    caller = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104  # stands for "unknown", nothing binds to it
    if "X-Forwarded-For" in request.headers:
        return False
    if settings.metrics_from:
        return any(caller in network for network in settings.metrics_from)
    return caller.is_loopback and not settings.trusted_proxies
