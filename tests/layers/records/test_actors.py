"""A grant reaches as far as its agency and its area, and not a step farther."""

import pytest

from layers.records.actors import VISITOR, Actor, Grant


@pytest.mark.parametrize(
    ("grant", "agency", "area", "expected"),
    [
        (Grant("verifier"), None, None, True),
        (Grant("verifier"), "pupr", "18.03.05.2001", True),
        (Grant("verifier", agency="pupr"), "pupr", None, True),
        (Grant("verifier", agency="pupr"), "dlh", None, False),
        (Grant("verifier", agency="pupr"), None, None, False),
        (Grant("verifier", area="18.03.05"), None, "18.03.05", True),
        (Grant("verifier", area="18.03.05"), None, "18.03.05.2001", True),
        (Grant("verifier", area="18.03.05"), None, "18.03.051", False),
        (Grant("verifier", area="18.03.05"), None, None, False),
        (Grant("checker"), None, None, False),
    ],
)
def test_a_verifier_verifies_in_his_own_agency_and_area_alone(
    grant: Grant, agency: str | None, area: str | None, expected: bool
) -> None:
    assert Actor("account:1", (grant,)).may("verifier", agency, area) is expected


def test_a_visitor_holds_no_role() -> None:
    assert not VISITOR.may("verifier")
