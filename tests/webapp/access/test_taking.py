"""What is taken along: a report that asks no other host; and where to build is for planners alone."""

import re

from flask.testing import FlaskClient


def test_the_report_names_the_service_and_asks_no_other_host(client: FlaskClient) -> None:
    answer = client.get("/jangkauan/laporan.html?kind=rumah_sakit&mode=mobil&season=kering")
    assert "attachment" in answer.headers["Content-Disposition"]
    page = answer.text
    assert "Waktu ke Rumah sakit, mobil, musim kering" in page
    assert "default-src &#39;none&#39;" in page
    assert "Sumber:" in page and "Dibuat" in page
    assert not re.search(r"""<(?:script|img|iframe|link)[^>]+(?:src|href)=["']?(?:https?:)?//""", page)
    assert client.get("/jangkauan/laporan.html?kind=bank").status_code == 400


def test_where_to_build_leads_visitors_to_the_sign_in(client: FlaskClient) -> None:
    for address in ("/jangkauan/bangun", "/jangkauan/bangun/1"):
        assert client.get(address).status_code == 303
    assert client.post("/jangkauan/bangun").status_code in (303, 403)
    assert client.post("/jangkauan/standar").status_code in (303, 403)
