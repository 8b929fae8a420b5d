"""What a popup says is what the feature's page says."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from layers.registry import menu

WORDS = {layer.id: layer for layer in menu()}


def said(client: FlaskClient, layer: str, number: int) -> list[dict[str, str]]:
    answer = client.get(f"/map/facts/{layer}/{number}.json")
    assert answer.status_code == 200
    found: list[dict[str, str]] = answer.get_json()["facts"]
    return found


def first_of(records: Connection, layer: str) -> int:
    number: int = records.execute(text(f"select min(id) from {WORDS[layer].table_name}")).scalar_one()
    return number


@pytest.mark.parametrize("layer", [layer.id for layer in menu() if layer.sample])
def test_every_layer_answers_in_the_words_of_its_pages(client: FlaskClient, records: Connection, layer: str) -> None:
    number = first_of(records, layer)
    page = client.get(f"/layers/{layer}/{number}").text
    facts = said(client, layer, number)
    assert facts
    for fact in facts:
        assert fact["title"]
        assert fact["words"].removesuffix("…") in page
        assert not re.search(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\b|\bcontoh$", fact["words"])


def test_a_village_is_named_and_not_numbered(client: FlaskClient, records: Connection) -> None:
    found = records.execute(
        text("select office.id, area.id, area.name from office join area on area.code = office.village_code limit 1")
    ).one()
    assert {"title": "Desa", "words": found[2], "href": f"/layers/areas/{found[1]}"} in said(
        client, "offices", found[0]
    )


def test_the_facts_are_in_the_language_of_the_page(client: FlaskClient, records: Connection) -> None:
    number = first_of(records, "offices")
    titles = [fact["title"] for fact in client.get(f"/map/facts/offices/{number}.json?lang=en").get_json()["facts"]]
    assert "Address" in titles
    client.delete_cookie("lang")


def test_what_is_not_public_is_not_said(client: FlaskClient, records: Connection) -> None:
    statement = text("select id, description from complaint where description is not null limit 1")
    number, description = records.execute(statement).one()
    answer = client.get(f"/map/facts/complaints/{number}.json")
    assert answer.status_code == 200 and description not in answer.text


def test_a_browser_asks_again_but_is_not_sent_the_same_words_twice(client: FlaskClient, records: Connection) -> None:
    address = f"/map/facts/offices/{first_of(records, 'offices')}.json"
    tag: Any = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("address", ["offices/999999999", "gunung/1", "offices/99999999999999999999"])
def test_what_does_not_exist_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(f"/map/facts/{address}.json").status_code == 404
