"""Who teaches a class once the school has moved up: asked, shown, and then done."""

from django.test import Client
from django.urls import reverse
from tests.web.people import YEAR, Town
from tests.web.transfers.test_pages import plain

from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Enrolment, SchoolClass
from hornbook.web.pupils.moving_up import Enrolled, Teacher
from hornbook.web.pupils.taking_over import Offered, offered

JANE, BOB = Teacher(1, "Jane Reed"), Teacher(2, "Bob Tennant")


def asked(
    names: dict[str, str],
    groups: dict[str, str],
    taught: dict[str, tuple[Teacher, ...]],
) -> dict[str, Offered]:
    """What is offered where each class has one pupil a letter of its year groups."""
    old = [
        Enrolled(0, number, "", "", nc_year, name)
        for number, (name, letters) in enumerate(groups.items())
        for nc_year in letters
    ]
    return offered(names, old, taught, [JANE, BOB])


def test_who_teaches_the_year_group_now_is_offered_first() -> None:
    found = asked(
        {"Wrens": "Wrens", "Owls": "Owls"},
        {"Wrens": "1", "Owls": "2"},
        {"Wrens": (BOB,), "Owls": (JANE,)},
    )

    assert found["Wrens"].labels == (
        ("", "Nobody yet"),
        ("group", "Jane Reed, teaching Year 2 now"),
        ("stay", "Bob Tennant, staying with the class"),
        ("1", "Jane Reed"),
        ("2", "Bob Tennant"),
    )
    assert found["Wrens"].usual == "group"
    assert found["Wrens"].teachers["group"] == (JANE,)


def test_of_two_classes_of_the_year_group_the_one_called_so_is_meant() -> None:
    found = asked(
        {"1H": "2H", "2H": "3H", "2K": "3K"},
        {"1H": "1", "2H": "2", "2K": "2"},
        {"2H": (JANE,), "2K": (BOB,)},
    )

    assert found["1H"].teachers["group"] == (JANE,)


def test_between_two_classes_nobody_is_guessed() -> None:
    found = asked(
        {"Wrens": "Wrens", "Owls": "", "Larks": ""},
        {"Wrens": "1", "Owls": "2", "Larks": "2"},
        {"Wrens": (BOB,), "Owls": (JANE,), "Larks": (BOB,)},
    )

    assert found["Wrens"].usual == ""
    assert "group" not in found["Wrens"].teachers


def test_a_mixed_class_goes_to_who_has_the_same_year_groups_now() -> None:
    found = asked(
        {"Wrens": "Wrens", "Owls": "Owls", "Larks": "Larks"},
        {"Wrens": "R1", "Owls": "12", "Larks": "2"},
        {"Wrens": (BOB,), "Owls": (JANE, BOB), "Larks": (BOB,)},
    )

    assert found["Wrens"].labels[1:3] == (
        ("group", "Jane Reed and Bob Tennant, teaching Year 1 and Year 2 now"),
        ("stay", "Bob Tennant, staying with the class"),
    )


def where(town: Town) -> str:
    return reverse("pupils:move_up", args=[town.elm.laestab])


def move(client: Client, town: Town, teacher: str) -> str:
    """Move up with a choice for the Wrens, after looking at what it would do."""
    sent = {
        "last_group": "nobody",
        "last_day": "22/07/2027",
        f"class-{town.wrens.pk}": "Wrens",
        f"teacher-{town.wrens.pk}": teacher,
    }
    looked = client.post(where(town), sent)
    if looked.context["plan"] is not None:
        sent |= {"approved": looked.context["plan"].digest, "move": "1"}
        client.post(where(town), sent)
    return plain(looked)


def taught_next(town: Town) -> list[object]:
    found = SchoolClass.objects.get(
        school=town.elm, academic_year=YEAR + 1, name="Wrens"
    )
    return [*found.teachers.all()]


def test_nobody_is_given_a_class_that_nobody_chose_for_them(
    town: Town, client: Client
) -> None:
    client.force_login(town.alice)

    said = move(client, town, "")

    assert "Wrens New Wrens 1 in Year 2 Nobody yet" in said
    assert taught_next(town) == []


def test_a_teacher_stays_with_the_class_where_that_is_chosen_and_shown(
    town: Town, client: Client
) -> None:
    client.force_login(town.alice)

    said = move(client, town, "stay")

    assert f"Wrens New Wrens 1 in Year 2 {town.bob}" in said
    assert taught_next(town) == [town.bob]
    event = Event.objects.get(action="school moved up")
    assert event.detail["teachers"] == f"Wrens: {town.bob}"


def test_another_teacher_of_the_school_is_chosen_by_name(
    town: Town, client: Client
) -> None:
    client.force_login(town.alice)

    move(client, town, str(town.bob.pk))

    assert taught_next(town) == [town.bob]


def test_nobody_of_another_school_can_be_given_a_class(
    town: Town, client: Client
) -> None:
    client.force_login(town.alice)

    said = move(client, town, str(town.charlie.pk))

    assert (
        "Choose from the list who teaches Wrens: who was chosen is no teacher here any "
        "more."
    ) in said
    assert not Enrolment.objects.filter(academic_year=YEAR + 1).exists()


def test_where_the_teachers_changed_after_the_look_nothing_is_done(
    town: Town, client: Client
) -> None:
    client.force_login(town.alice)
    sent = {
        "last_group": "nobody",
        "last_day": "22/07/2027",
        f"class-{town.wrens.pk}": "Wrens",
        f"teacher-{town.wrens.pk}": "stay",
    }
    approved = client.post(where(town), sent).context["plan"].digest
    town.wrens.teachers.add(town.alice)

    said = plain(client.post(where(town), sent | {"approved": approved, "move": "1"}))

    assert "What is shown now is not what you looked at" in said
    assert not Enrolment.objects.filter(academic_year=YEAR + 1).exists()


def test_a_teacher_may_not_say_who_teaches_whom(town: Town, client: Client) -> None:
    client.force_login(town.bob)

    answer = client.post(where(town), {f"teacher-{town.wrens.pk}": str(town.bob.pk)})

    assert answer.status_code == 403
