"""What robots are told, read by the standard library as a robot would."""

from urllib.robotparser import RobotFileParser

import pytest
from flask.testing import FlaskClient


@pytest.fixture
def robot(client: FlaskClient) -> RobotFileParser:
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").text.splitlines())
    return rules


@pytest.mark.parametrize("address", ["/", "/layers", "/layers/offices", "/layers/offices/1", "/about/data", "/map"])
def test_robots_may_read_pages(robot: RobotFileParser, address: str):
    assert robot.can_fetch("*", address)


@pytest.mark.parametrize("address", ["/nearest?kind=polisi", "/search?q=desa", "/map.svg?view=104.8,-4.8,10"])
def test_robots_leave_alone_what_has_no_end(robot: RobotFileParser, address: str):
    assert not robot.can_fetch("*", address)


@pytest.mark.parametrize("kept", ["/layers/*/export.", "/*?*view=", "/*?*sort=", "/*?*lat="])
def test_files_and_other_orders_and_views_of_a_page_are_left_alone(client: FlaskClient, kept: str):
    """The standard library's robot knows no wildcards (RFC 9309 has them)."""
    assert f"Disallow: {kept}" in client.get("/robots.txt").text.splitlines()
