"""Letters come in the language in which somebody signed up; a reporter and a follower of one case each in their own."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.complaints import alerts
from layers.complaints.acts import moderate, move
from layers.complaints.alerts import Scope
from layers.complaints.invitations import accept, ask_for_alert, ask_to_follow, ask_to_open
from layers.complaints.letters import NEWS
from layers.records import identities
from layers.records.actors import SYSTEM
from layers.records.identities import Contact
from tests.layers.complaints.conftest import MONDAY, VERIFIER, Report
from tests.layers.complaints.letterbox import SITE, link, sent

ANI, BUDI, SITI = "ani@contoh.test", "budi@contoh.test", "siti@contoh.test"
INDONESIAN = ("laporan", "surat", "anda", "tautan", "petugas")


def in_english(words: str) -> bool:
    """Say whether no word of the Indonesian letters is left, beside addresses, which are the same in both."""
    lines = [line for line in words.lower().splitlines() if SITE not in line]
    return not any(word in " ".join(lines).split() for word in INDONESIAN)


def test_two_people_read_of_one_case_each_in_the_own_language(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = report()
    identities.keep(place, tmp_path, SYSTEM, f"complaint:{mine.complaint_id}", Contact("Siti", SITI), "Agreed.", "en")
    ask_to_follow(place, tmp_path, mine.complaint_id, ANI, "Saya setuju.", "browser:a")
    (asked,) = (one for one in sent(place, tmp_path) if one["To"] == ANI)
    assert "Seseorang ingin mengikuti" in asked.get_content()
    accept(place, link(asked, "kabar/konfirmasi"))
    move(place, VERIFIER, mine.complaint_id, "dispatched", seen_version=None, now=MONDAY, target="pupr")
    came = {one["To"]: one for one in sent(place, tmp_path)}
    assert came[SITI]["Subject"].startswith(f"Complaint {mine.number}: ") and in_english(came[SITI]["Subject"])
    assert "It has been checked and handed to" in came[SITI].get_content() and in_english(came[SITI].get_content())
    assert f"{SITE}/laporan/{mine.number}?lang=en\n" in came[SITI].get_content()
    assert "Laporan sudah diperiksa dan diteruskan" in came[ANI].get_content()
    assert "lang=en" not in came[ANI].get_content()


def test_news_from_an_area_and_what_asks_for_it_come_in_english_where_the_page_was(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    circle = Scope(lon=104.9, lat=-4.8, radius_m=500, category="jalan_rusak")
    ask_for_alert(place, tmp_path, BUDI, "I agree.", circle, "en")
    (asked,) = sent(place, tmp_path)
    assert "within 0.5 km of the point you chose, about: damaged road" in asked.get_content()
    assert in_english(asked.get_content())
    accept(place, link(asked, "kabar/konfirmasi").removesuffix("?lang=en"))
    mine = report()
    moderate(place, VERIFIER, mine.complaint_id, "approved", seen_version=None, title="Lubang")
    assert (alerts.spread(place), alerts.write_letters(place)) == (1, 1)
    (news,) = (one for one in sent(place, tmp_path) if one["To"] == BUDI)
    assert "New complaints:" in news.get_content() and in_english(news.get_content())


def test_a_link_to_the_own_report_comes_in_the_language_of_the_contact(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    subject = f"complaint:{report().complaint_id}"
    identities.keep(place, tmp_path, SYSTEM, subject, Contact(email=SITI), "Agreed.", "en")
    sent(place, tmp_path)
    ask_to_open(place, tmp_path, SITI)
    (letter,) = sent(place, tmp_path)
    assert in_english(letter.get_content()) and "This link works for an hour" in letter.get_content()
    identities.keep(place, tmp_path, SYSTEM, subject, Contact(email=SITI), "Saya setuju.", "id")
    assert place.scalar(text("select language from identity")) == "id"


@pytest.mark.parametrize("state", NEWS)
def test_every_state_is_told_in_both_languages(state: str) -> None:
    assert NEWS[state].id and in_english(NEWS[state].en) and NEWS[state].en != NEWS[state].id
