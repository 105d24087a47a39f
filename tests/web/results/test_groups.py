"""The groups of pupils by which a grid is filtered."""

import pytest
from tests.web.results.scene import YEAR, address, enrol, make_school, person, signed_in

from hornbook.web.pupils.models import Pupil
from hornbook.web.results.pupil_groups import divisions, tokens

pytestmark = pytest.mark.django_db


def test_a_pupil_is_in_one_group_of_each_division() -> None:
    stated = {"sex": "F", "sen_provision": "K", "fsm": "N", "looked_after": "Y"}

    found = tokens(stated)

    assert {"sex-F", "sen-K", "fsm-N", "disadvantaged-Y", "eal-"} <= set(found)


def test_only_what_tells_the_pupils_apart_is_offered() -> None:
    girl, boy = {"sex": "F", "sen_provision": "N"}, {"sex": "M", "sen_provision": "N"}

    [only] = divisions([tokens(girl), tokens(boy)])

    assert (only.title, only.groups) == ("Sex", (("sex-F", "Girls"), ("sex-M", "Boys")))


def test_the_grid_offers_the_groups_of_its_pupils() -> None:
    school = make_school()
    enrol(school, "Byrne", "R")
    ben = enrol(school, "Cole", "R")
    Pupil.objects.filter(pk=ben.pk).update(sen_provision="E")

    page = signed_in(person("teacher", school)).get(
        address("results:grid", school, "eyfsp", YEAR)
    )

    assert page.context["grid"].divisions == ()
    page = signed_in(person("lead", school)).get(
        address("results:grid", school, "eyfsp", YEAR)
    )
    assert "EHC plan" in page.content.decode()
    assert "Not known" in page.content.decode()
