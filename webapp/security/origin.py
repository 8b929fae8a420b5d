"""What is sent under a person's session must come from our own pages: browsers say so, and others cannot pretend."""

from flask import Flask, abort, request
from flask_babel import gettext

from webapp.security.session import carries_session

SAFE = ("GET", "HEAD", "OPTIONS")


def install(app: Flask) -> None:
    """Check every request that would change something under a session; those without one have guards of their own."""
    app.before_request(refuse_foreign)


def refuse_foreign() -> None:
    """Refuse with 403 what another site made the browser send, and what does not tell where it comes from."""
    if request.method not in SAFE and carries_session() and not comes_from_here():
        abort(403, gettext("Kiriman ini tidak datang dari halaman kami; buka halamannya lagi, lalu kirim dari sana."))


def comes_from_here() -> bool:
    """Say whether the browser vouches that one of our pages sent this.

    Sec-Fetch-Site is set by the browser alone. Origin is "null" where a page hides it, so that only the former counts.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    hidden = origin in (None, "null")
    ours = origin == request.host_url.rstrip("/")
    if site is None:
        return ours
    return site == "same-origin" and (hidden or ours)


def comes_from_elsewhere() -> bool:
    """Say whether the browser tells that another site sent this; what tells nothing is not from elsewhere for sure."""
    told = request.headers.get("Sec-Fetch-Site") or request.headers.get("Origin")
    return told is not None and not comes_from_here()
