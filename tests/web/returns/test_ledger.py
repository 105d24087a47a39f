"""Made, sent, refused, put right, accepted: what the ledger says and leads to."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.results.scene import (
    YEAR,
    address,
    enrol,
    give,
    person,
    profile,
    signed_in,
)

from hornbook.web.accounts.models import User
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.models import Result
from hornbook.web.returns.models import MadeFile
from hornbook.web.returns.since import Since, Stated
from hornbook.web.schools.models import School


def make(client: Client, school: School, collection: str = "phonics") -> MadeFile:
    where = address("returns:make", school, collection, YEAR, "la")
    response = client.post(where, {"known_errors": "99"})
    assert response.status_code == 302, response.content.decode()
    return MadeFile.objects.latest("pk")


def send(client: Client, made: MadeFile, receipt: str = "R-17") -> None:
    where = address("returns:sent", made.school, made.pk)
    client.post(where, {"sent_on": "24/06/2026", "receipt": receipt})


def answer(client: Client, made: MadeFile, said: str, words: str = "") -> None:
    where = address("returns:answered", made.school, made.pk)
    said_of_it = {"answer": said, "answered_on": "24/06/2026", "words": words}
    client.post(where, said_of_it)


def page(client: Client, made: MadeFile) -> str:
    response = client.get(address("returns:file", made.school, made.pk))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def listed(client: Client, school: School) -> str:
    where = address("returns:list", school) + f"?year={YEAR}"
    return " ".join(client.get(where).content.decode().split())


def change(pupil: Pupil, value: str) -> None:
    Result.objects.filter(pupil=pupil, year=YEAR).delete()
    give(pupil, "phonics.mark", value)


def test_a_file_that_is_made_and_not_sent_reminds_of_its_receipt(
    school: School, lead: Client, time_machine: time_machine.TimeMachineFixture
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    made = make(lead, school)
    assert "Made today, and no receipt is recorded." in page(lead, made)

    time_machine.move_to("2026-06-27T10:00:00Z")
    lead.force_login(User.objects.get())

    assert "Made 3 days ago, and no receipt is recorded." in listed(lead, school)


def test_a_file_changed_before_it_is_sent_is_said_to_be_made_again(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    give(ada, "phonics.mark", "30")
    made = make(lead, school)
    assert "Do not send this file" not in page(lead, made)

    change(ada, "31")

    told = page(lead, made)
    assert "<strong>Changed since it was made.</strong> Do not send this file" in told
    assert "Ada Byrne" in told.partition('id="since"')[2]


def test_a_file_with_a_newer_one_says_no_more_what_changed_since(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    give(ada, "phonics.mark", "30")
    old = make(lead, school)
    send(lead, old)
    answer(lead, old, "refused", "No result: Ada Byrne")
    change(ada, "31")
    new = make(lead, school)

    told = page(lead, old)

    assert "Changed since" not in told
    assert "Check and make a new file" not in told
    assert new.name in told


def test_sending_is_written_down_with_the_receipt_and_by_whom(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    made = make(lead, school)

    send(lead, made)

    made.refresh_from_db()
    assert (made.sent_on, made.receipt) == (date(2026, 6, 24), "R-17")
    assert made.sent_by_name == "Lee Lead"
    assert "Receipt R-17" in page(lead, made)
    event = Event.objects.get(action="file sent")
    assert event.subject == made.name
    assert event.detail["after"] == ["2026-06-24", "R-17"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("25/06/2026", "The day is still to come."),
        ("soon", "Write the day like 22/06/2026."),
        ("", "Enter the day."),
    ],
)
def test_a_day_that_cannot_be_is_said_and_nothing_is_written(
    school: School, lead: Client, day: str, said: str
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    made = make(lead, school)

    where = address("returns:sent", school, made.pk)
    response = lead.post(where, {"sent_on": day, "receipt": "kept as typed"})

    assert response.status_code == 400
    assert said in response.content.decode()
    assert "kept as typed" in response.content.decode()
    made.refresh_from_db()
    assert made.sent_on is None


def test_nobody_can_answer_a_file_that_was_not_sent(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    made = make(lead, school)

    where = address("returns:answered", school, made.pk)
    response = lead.post(where, {"answer": "accepted", "answered_on": "24/06/2026"})

    assert response.status_code == 400
    assert "Write down first when the file was sent." in response.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        MadeFile.objects.filter(pk=made.pk).update(answer="accepted")


def test_a_refusal_needs_the_recipients_words(school: School, lead: Client) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    made = make(lead, school)
    send(lead, made)

    where = address("returns:answered", school, made.pk)
    response = lead.post(where, {"answer": "refused", "answered_on": "24/06/2026"})

    assert "Paste what the recipient wrote" in response.content.decode()
    made.refresh_from_db()
    assert made.answer == ""


def test_from_the_words_of_a_refusal_to_the_rule_and_the_cell(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    ben = enrol(school, "O'Neill", "1", forename="Ben")
    for pupil in (ada, ben):
        give(pupil, "phonics.mark", "30")
    made = make(lead, school)
    send(lead, made)

    answer(
        lead,
        made,
        "refused",
        f"Dear office,\n{ada.upn}: 1510 UPN\nO'Neill, Ben - mark is not a valid result",
    )

    told = page(lead, made)
    grid = address("results:grid", school, "phonics", YEAR)
    assert "Refused" in told
    assert "P02 (DfE 1510)" in told
    assert "R02" in told
    assert address("pupils:detail", school, ada.pk) in told
    assert f"#c-{ada.pk}-phonics-mark" not in told
    assert f'href="{grid}#c-{ben.pk}-phonics-mark"' in told
    assert "Check and make a new file" in told
    made.refresh_from_db()
    assert b"Neill" not in bytes(made.words)


def test_the_new_file_has_the_next_number_and_is_accepted(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    give(ada, "phonics.mark", "30")
    first = make(lead, school)
    send(lead, first)
    answer(lead, first, "refused", "Ada Byrne: the mark is wrong")
    change(ada, "31")

    second = make(lead, school)
    send(lead, second, "R-18")
    answer(lead, second, "accepted")

    assert second.name.endswith("_002.xml")
    assert "The recipient has accepted it." in page(lead, second)
    assert "There is a newer file of this return: <a" in page(lead, first)
    actions = Event.objects.filter(action__startswith="file ").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "file made",
        "file sent",
        "file refused",
        "file made",
        "file sent",
        "file accepted",
    ]


def test_it_is_compared_with_the_last_one_sent(school: School, lead: Client) -> None:
    changed, gone, renamed = (
        enrol(school, name, "1", forename="Cy") for name in ("Abel", "Bell", "Cole")
    )
    for pupil in (changed, gone, renamed):
        give(pupil, "phonics.mark", "30")
    first = make(lead, school)
    send(lead, first)
    make(lead, school)
    change(changed, "31")
    gone.results.all().delete()
    gone.enrolments.all().delete()
    Pupil.objects.filter(pk=renamed.pk).update(surname="Coleman")
    give(enrol(school, "Dale", "1", forename="Di"), "phonics.mark", "33")

    third = make(lead, school)

    told = page(lead, third)
    assert f"Compared with {first.name}, the last one sent before it" in told
    assert "1 added, 1 removed, 2 changed." in told
    assert "Phonics mark:" in told
    assert "Surname:" in told
    by_hand = told.partition("To be taken out by hand")[2]
    assert gone.upn in by_hand
    assert renamed.upn in by_hand
    assert changed.upn not in by_hand


def test_what_changed_since_it_was_sent_names_the_pupils(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    give(ada, "phonics.mark", "30")
    made = make(lead, school)
    send(lead, made)
    assert "a file made now would say the same" in page(lead, made)

    change(ada, "31")

    told = page(lead, made)
    assert "A file made now would say something else." in told
    assert "0 added, 0 removed, 1 changed." in told


def test_what_is_other_since_is_told_by_pupil() -> None:
    before = Stated({1: {"mark": "30"}, 2: {"mark": "31"}, 3: {"mark": "32"}})
    now = Stated({2: {"mark": "31"}, 3: {"mark": "33"}, 4: {"mark": "9"}})

    since = Since.between(before, now)

    assert since == Since(added=(4,), removed=(1,), changed=(3,))
    assert (since.pupils, len(since)) == ((3, 4, 1), 3)


def test_what_was_stated_is_kept_sealed(school: School, lead: Client) -> None:
    ada = enrol(school, "Byrne", "1")
    give(ada, "phonics.mark", "30")

    made = make(lead, school)

    assert Stated.unsealed(bytes(made.stated)).pupils == {ada.pk: {"mark": "30"}}
    assert b"mark" not in bytes(made.stated)
    assert Stated.unsealed(b"").pupils == {}


def test_a_head_reads_a_file_and_its_answer_and_changes_nothing(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    made = make(lead, school)
    send(lead, made)
    head = signed_in(person("head", school, "Hal Head"))

    told = page(head, made)

    assert "Receipt R-17" in told
    assert "It was sent" not in told
    assert "Download the file" not in told


def test_the_page_asks_the_database_no_more_for_more_pupils(
    school: School, lead: Client
) -> None:
    def asked_for(count: int) -> int:
        for number in range(count):
            profile(enrol(school, f"Pupil{number}", "R"))
        made = make(lead, school, "eyfsp")
        send(lead, made)
        answer(lead, made, "refused", "Ada Pupil0: 1510\nAda Pupil1: 1510")
        Result.objects.filter(item="eyfsp.E01").update(value="1")
        with CaptureQueriesContext(connection) as counted:
            page(lead, made)
        return len(counted)

    asked_for(1)
    few, many = asked_for(2), asked_for(30)

    assert few == many


def test_the_page_names_who_was_left_out_when_it_was_made(
    school: School, lead: Client
) -> None:
    for group in ("1", "2"):
        give(enrol(school, f"Byrne{group}", group), "phonics.mark", "30")
    ben = enrol(school, "Cole", "1", forename="Ben")
    made = make(lead, school)
    give(ben, "phonics.mark", "31")

    told = page(lead, made)

    assert "checked what is in the file as it would check anybody" in told
    assert "<b>Cole, Ben</b>: Phonics screening check: this pupil has no result" in told
    assert "<dd>1 error of the return</dd>" in told
    assert b"Cole" not in bytes(made.known)


def test_a_file_of_a_return_with_nothing_wrong_says_so(
    school: School, lead: Client
) -> None:
    for name, group in (("Byrne", "1"), ("Cole", "2")):
        give(enrol(school, name, group), "phonics.mark", "30")

    told = page(lead, make(lead, school))

    assert "<dd>Nothing wrong</dd>" in told
    assert "whoever made it knew" not in told
