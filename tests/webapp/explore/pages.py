"""Reading a page as a person does: its words, its links."""

from html.parser import HTMLParser

from flask.testing import FlaskClient

UNSAID = {"script", "style", "title"}


class Page(HTMLParser):
    """The words of a page, its links, and the main heading."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.words: list[str] = []
        self.links: list[str] = []
        self.images: list[str] = []
        self._inside: list[str] = []
        self._heading: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links += [found["href"] or ""] if tag == "a" and "href" in found else []
        self.images += [found["src"] or ""] if tag in ("img", "input") and found.get("src") else []
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not UNSAID & set(self._inside):
            self.words.append(data)
        if "h1" in self._inside:
            self._heading.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def heading(self) -> str:
        return " ".join("".join(self._heading).split())


def opened(client: FlaskClient, address: str, status: int = 200) -> Page:
    """Open an address; the answer must have that status."""
    response = client.get(address)
    assert response.status_code == status, response.text[:500]
    return Page(response.text)
