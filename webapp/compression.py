"""Pages, drawings, styles and downloads travel compressed, also where no proxy stands before the application."""

from flask import Flask, Response, request
from flask_compress import Compress

from webapp.media import GEOJSON, HTML, JSON

ONE_PACKET = 1_000  # a smaller answer fits into one packet anyway
QUICK = ("/api/", "/ogc/")  # what programs ask for in quick succession: there time counts more than size


def install(app: Flask) -> None:
    """Compress what people read and take along, but for the answers to programs."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_MIMETYPES=[HTML, "image/svg+xml", JSON, GEOJSON, "text/csv"],
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["gzip"],  # brotli would hold back the first rows of a download
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIN_SIZE=ONE_PACKET,
    )
    compress = Compress(app)

    @app.after_request
    def shrink(response: Response) -> Response:
        """Compress what is not quick to answer as it is."""
        if response.mimetype != HTML and request.path.startswith(QUICK):
            return response
        return compress.after_request(response)
