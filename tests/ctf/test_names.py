import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.ctf.names import INFIXES, FileName, parse_name

CODES = st.sampled_from(("9262155", "926LLLL", "NAALLLL", "XXXXXXX", "MMMMMMM"))
NAMES = st.builds(
    FileName,
    source=st.sampled_from(("9262155", "9092001")),
    infix=st.sampled_from(INFIXES),
    destination=CODES,
    sequence=st.integers(0, 999),
)


@given(NAMES)
def test_a_name_survives_writing_and_reading(name: FileName) -> None:
    reading = parse_name(name.text)

    assert reading.name == name
    assert reading.strict
    assert not reading.browser_copy


@given(st.text(max_size=60))
def test_any_name_can_be_read(text: str) -> None:
    reading = parse_name(text)

    assert not reading.strict or reading.name is not None


@pytest.mark.parametrize("extension", ["xml", "XML", "Xml"])
def test_the_extension_may_be_in_any_case(extension: str) -> None:
    assert parse_name(f"9262155_PHO_926LLLL_001.{extension}").strict


@pytest.mark.parametrize(
    "copy",
    ["9262155_PHO_926LLLL_001 (1).xml", "9262155_PHO_926LLLL_001(12).XML",
     "9262155_PHO_926LLLL_001 - Copy.xml", "9262155_PHO_926LLLL_001 - Copy (2).xml",
     "9262155_PHO_926LLLL_001 (1) (2).xml", "9262155_PHO_926LLLL_001[1].xml",
     "9262155_PHO_926LLLL_001-1.xml", "9262155_PHO_926LLLL_001 2.xml",
     "9262155_PHO_926LLLL_001 copy 2.xml"],
)  # fmt: skip
def test_what_a_browser_adds_is_seen_and_put_aside(copy: str) -> None:
    reading = parse_name(copy)

    assert reading.browser_copy
    assert reading.strict
    assert str(reading.name) == "9262155_PHO_926LLLL_001.xml"


@pytest.mark.parametrize(
    "renamed",
    ["9262155_PHO_926LLLL_001 final.xml", "phonics 9262155_PHO_926LLLL_001.xml",
     "9262155_pho_926llll_001.xml", "9262155_PHO_926LLLL_001.txt"],
)  # fmt: skip
def test_a_renamed_file_keeps_what_its_name_says(renamed: str) -> None:
    reading = parse_name(renamed)

    assert not reading.strict
    assert str(reading.name) == "9262155_PHO_926LLLL_001.xml"


@pytest.mark.parametrize(
    "other", ["CTF.xml", "phonics.xml", "", "926215_PHO_926LLLL_001.xml"]
)
def test_another_name_says_nothing(other: str) -> None:
    reading = parse_name(other)

    assert reading.name is None
    assert not reading.strict


def test_an_infix_of_no_collection_is_not_of_the_pattern() -> None:
    assert not parse_name("9262155_ABC_926LLLL_001.xml").strict


def test_a_return_file_of_the_dfe_is_of_the_pattern() -> None:
    reading = parse_name("9262155_FTF_926DfE_001.xml")

    assert reading.strict
    assert str(reading.name) == "9262155_FTF_926DfE_001.xml"
