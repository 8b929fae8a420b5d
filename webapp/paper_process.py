"""The process that sheets are set in: HTML comes in on standard input, the PDF goes out on standard output.

Started as a plain script by webapp.paper, for WeasyPrint is large and a page may ask for any amount of work. It fetches
nothing: what a sheet shows stands in its own text, pictures as data: addresses.
"""

import resource
import sys

from weasyprint import HTML
from weasyprint.urls import URLFetcher

MEMORY_BYTES = 2_000_000_000
CPU_S = 120


def main() -> None:
    """Set one document; ends with an error where it takes too much memory or time."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    html = sys.stdin.buffer.read().decode("utf-8")
    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    sys.stdout.buffer.write(HTML(string=html, url_fetcher=fetcher).write_pdf())


if __name__ == "__main__":
    main()
