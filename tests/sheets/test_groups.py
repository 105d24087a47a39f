"""The groups that measures need, in a list of pupils."""

import io

import pytest
from tests.sheets.sheets import ADA

from hornbook.sheets.people import People, read_people


def read(heading: str, cell: str) -> People:
    content = f'UPN,"{heading}"\n{ADA},"{cell}"\n'.encode()
    return read_people(io.BytesIO(content), "pupils.csv")


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("Ethnicity", "White British", "ethnicity", "WBRI"),
        ("Ethnic origin", "wbri", "ethnicity", "WBRI"),
        ("First Language", "English", "first_language", "ENG"),
        ("SEN Status", "SEN support", "sen_provision", "K"),
        ("SEND", "EHCP", "sen_provision", "E"),
        ("FSM", "Yes", "fsm", "Y"),
        ("FSM Ever 6", "TRUE", "fsm_ever6", "Y"),
        ("Ever 6", "0", "fsm_ever6", "N"),
        ("LAC", "n", "looked_after", "N"),
        ("Service child", "Y", "service_child", "Y"),
        ("Home postcode", "zz99 3wz", "postcode", "ZZ99 3WZ"),
    ],
)
def test_a_group_is_read_by_its_code_or_its_name(
    heading: str, cell: str, field: str, value: str
) -> None:
    people = read(heading, cell)

    assert people.faults == ()
    assert getattr(people.pupils[0], field) == value


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("FSM", "Free school meals is perhaps. It must be one of N, Y,"),
        ("Ethnicity", "Ethnicity is perhaps. It must be a DfE code,"),
    ],
)
def test_what_is_in_no_list_is_a_fault(heading: str, words: str) -> None:
    people = read(heading, "perhaps")

    assert [fault.message for fault in people.faults] == [
        f"{words} or its name in full."
    ]
    assert people.faults[0].row == 2


def test_a_blank_cell_says_nothing_of_a_group() -> None:
    assert read("FSM", "").pupils[0].fsm is None
