"""The cause of a failure is read from what the program said."""

import pytest

from scripts.setup.progress import Trouble, run

REFUSED = "ERROR: No matching distribution found for numpy==2.4.1"
UNREACHED = "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution"


@pytest.mark.parametrize(
    ("said", "cause"),
    [(REFUSED, "no ready-made form for this Python"), (f"{UNREACHED}\n{REFUSED}", "No network")],
    ids=["no wheel for this machine", "no network"],
)
def test_a_missing_wheel_is_no_missing_network(said: str, cause: str) -> None:
    with pytest.raises(Trouble, match=cause):
        run("Install", ["bash", "-c", 'echo "$1"; exit 1', "pip", said])
