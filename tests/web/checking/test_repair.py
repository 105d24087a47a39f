"""Putting a file right on the page: shown first, then taken away."""

import io
import zipfile

import pytest
from tests.inspection.files import NAME, ctf, pupil, second, sound
from tests.web.checking.conftest import Send

pytestmark = pytest.mark.django_db

STALE = sound().replace(b">25.0<", b">21.0<").replace(b"Sex>", b"Gender>")
SAFE = {"offered": ["H01", "P10"], "safe": ["H01", "P10"]}
SLIP = ctf([pupil("34", upn="C801200005001"), second("20")])
PAGE = "checking:repair"
THIS = {"upload": "0", "entry": "0"}


def test_safe_repairs_are_offered_ticked(send: Send) -> None:
    page = send(STALE).content.decode()

    assert 'name="safe" value="H01" checked' in page
    assert "Put it right, and show me" in page


def test_a_sound_file_offers_nothing(send: Send) -> None:
    assert "Put it right" not in send(sound()).content.decode()


def test_the_target_tracker_case_is_put_right_and_shown(send: Send) -> None:
    page = send(STALE, page=PAGE, **THIS, **SAFE).content.decode()

    assert "Put right and checked again." in page
    assert "<del>&lt;CTFversion&gt;21.0&lt;/CTFversion&gt;</del>" in page
    assert f"Download {NAME}" in page


def test_the_good_file_is_taken_away_under_its_name(send: Send) -> None:
    answer = send(STALE, page=PAGE, form="save", **THIS, **SAFE)

    assert answer.content == sound()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{NAME}"'


def test_a_safe_repair_that_is_not_ticked_is_left(send: Send) -> None:
    ticked = {"offered": ["H01", "P10"], "safe": ["H01"]}

    answer = send(STALE, page=PAGE, form="save", **THIS, **ticked)

    assert answer.content == sound().replace(b"Sex>", b"Gender>")


def test_a_question_is_answered_by_a_choice(send: Send) -> None:
    page = send(SLIP).content.decode()

    left = send(SLIP, page=PAGE, form="save", **THIS, **{"pick-0": ""})
    made = send(SLIP, page=PAGE, form="save", **THIS, **{"pick-0": "0"})

    assert "Write B801200005001, which is one slip away." in page
    assert left.content == SLIP
    assert made.content == sound()


def test_what_is_typed_is_written(send: Send) -> None:
    # The last choice, behind the likeliest slips.
    typed = {"pick-0": "3", "typed-0": "B801200005001"}

    answer = send(SLIP, page=PAGE, form="save", **THIS, **typed)

    assert answer.content == sound()


def test_all_of_a_kind_can_have_their_first_choice(send: Send) -> None:
    answer = send(SLIP, page=PAGE, form="save", **THIS, alike=["P02"])

    assert answer.content == sound()


@pytest.mark.parametrize("forged", [{"pick-0": "99"}, {"pick-7": "0"}, {"pick-x": "y"}])
def test_a_choice_that_was_not_offered_does_nothing(
    send: Send, forged: dict[str, str]
) -> None:
    answer = send(SLIP, page=PAGE, form="save", **THIS, **forged)

    assert answer.content == SLIP


def test_a_file_of_a_zip_is_put_right(send: Send) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("sound.xml", sound())
        archive.writestr(NAME, STALE)
    place = {"upload": "0", "entry": "1"}

    answer = send(("two.zip", held.getvalue()), page=PAGE, form="save", **place, **SAFE)

    assert answer.content == sound()


def test_a_file_that_was_not_sent_is_asked_for(send: Send) -> None:
    answer = send(STALE, sound(), page=PAGE, upload="7", entry="0")

    assert "That file was not sent" in answer.content.decode()
