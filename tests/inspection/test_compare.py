import io
import zipfile
from pathlib import Path

import pytest
from tests.inspection.files import NAME, ctf, pupil, second, sound

from hornbook.inspection import compare as comparing
from hornbook.inspection.compare import Comparison, compare_paths, compare_uploads

ADA, GRACE, THIRD = "B801200005001", "R201100018042", "A823432116004"


def compared(old: bytes, new: bytes) -> Comparison:
    return compare_uploads((io.BytesIO(old), "old.xml"), (io.BytesIO(new), "new.xml"))


def test_a_file_is_the_same_as_itself() -> None:
    found = compared(sound(), sound())

    assert found.same
    assert found.pupils == (2, 2)
    assert found.not_compared


def test_the_order_of_pupils_and_results_and_the_bytes_are_no_difference() -> None:
    one = ctf([pupil("34", "20"), second("20")])
    other = ctf([second("20"), pupil("20", "34")]).decode().encode("utf-16")
    other = other.decode("utf-16").replace("UTF-8", "UTF-16").encode("utf-16")

    assert compared(one, other).same


def test_a_pupil_added_and_one_gone_are_named() -> None:
    found = compared(
        ctf([pupil("34"), second("20")]),
        ctf([pupil("34"), second("20", upn=THIRD, forename="Mary")]),
    )

    said = found.as_json()
    assert (said["added"], said["removed"]) == ([THIRD], [GRACE])
    assert said["changed"] == []
    assert [one.name for one in found.added] == ["Mary Byrne"]
    assert [one.name for one in found.removed] == ["Grace Byrne"]


def test_a_changed_name_is_found_by_the_upn() -> None:
    found = compared(ctf([pupil("34")]), ctf([pupil("34", surname="Lovelace")]))

    [change] = found.changed
    assert change.as_json() == {
        "upn": ADA,
        "pupil": "Ada Lovelace",
        "fields": {"surname": ["Byrne", "Lovelace"]},
        "results": [],
    }


@pytest.mark.parametrize("upn", ["", THIRD, GRACE])
def test_a_pupil_under_another_upn_is_found_by_name_and_date_of_birth(
    upn: str,
) -> None:
    old = ctf([pupil("34", upn=upn, surname="O'Brien-Šimić")])
    new = ctf([pupil("34", surname="OBRIEN SIMIC")])

    found = compared(old, new)

    assert not found.added
    assert not found.removed
    [change] = found.changed
    assert change.fields["upn"] == (upn, ADA)
    assert change.fields["surname"] == ("O'Brien-Šimić", "OBRIEN SIMIC")


def test_where_two_pupils_have_one_name_and_birthday_neither_is_chosen() -> None:
    found = compared(
        ctf([pupil("34", upn=""), pupil("35", upn="")]), ctf([pupil("34")])
    )

    assert len(found.added) == 1
    assert len(found.removed) == 2
    assert found.as_json()["removed"] == []


def test_a_pupil_without_name_or_birthday_is_nobody_else() -> None:
    found = compared(
        ctf([pupil("34", upn="", forename="")]),
        ctf([pupil("34", upn=ADA, forename="")]),
    )

    assert (len(found.added), len(found.removed)) == (1, 1)


def test_pupils_who_shared_a_upn_are_told_apart_by_name() -> None:
    found = compared(
        ctf([pupil("34"), second("20", upn=ADA)]),
        ctf([second("20", upn=ADA), pupil("34", upn=THIRD)]),
    )

    assert not found.added
    assert not found.removed
    [change] = found.changed
    assert (change.name, change.fields) == ("Ada Byrne", {"upn": (ADA, THIRD)})


def test_a_changed_result_is_named_by_its_item_and_year() -> None:
    found = compared(ctf([pupil("34")]), ctf([pupil("35")]))

    [result] = found.changed[0].results
    assert result.as_json() == {
        "item": "Phonics mark",
        "item_code": "phonics.mark",
        "codes": "KS1 PHO TT CHK NM",
        "year": "2026",
        "old": "34",
        "new": "35",
        "beside": {},
    }
    assert found.results == 1


def test_a_result_added_one_gone_and_a_blank_one_are_three_things() -> None:
    for old, new, expected in (
        ([], ["34"], (None, "34")),
        (["34"], [], ("34", None)),
        ([""], ["34"], ("", "34")),
        ([], [""], (None, "")),
    ):
        found = compared(ctf([pupil(*old)]), ctf([pupil(*new)]))

        [result] = found.changed[0].results
        assert (result.old, result.new) == expected


def test_a_result_that_stood_twice_and_stands_once_is_one_gone() -> None:
    found = compared(ctf([pupil("34", "34", "20")]), ctf([pupil("20", "34")]))

    [result] = found.changed[0].results
    assert (result.old, result.new) == ("34", None)


def test_what_differs_beside_the_value_of_a_result_is_said() -> None:
    old = ctf([pupil("34")])
    new = old.replace(b"<ResultStatus>R<", b"<ResultStatus>P<")
    new = new.replace(b"<Locale>ENG</Locale>", b"")

    [result] = compared(old, new).changed[0].results

    assert (result.old, result.new) == ("34", "34")
    assert result.beside == {"status": ("R", "P"), "locale": ("ENG", None)}


def test_codes_that_nobody_knows_are_shown_as_they_are() -> None:
    old = ctf([pupil("34")])
    new = old.replace(b"<Component>CHK<", b"<Component>XYZ<")

    results = compared(old, new).changed[0].results

    assert [(one.item, one.old, one.new) for one in results] == [
        ("KS1 PHO TT XYZ NM", None, "34"),
        ("Phonics mark", "34", None),
    ]


def test_one_item_under_other_codes_is_one_result() -> None:
    old = ctf([pupil("34")])
    new = old.replace(b"<Component>CHK<", b"<Component> CHK <")

    [result] = compared(old, new).changed[0].results

    assert result.beside == {"codes": ("KS1 PHO TT CHK NM", "KS1 PHO TT  CHK  NM")}


def test_the_header_is_compared_value_by_value() -> None:
    old = ctf([pupil("34")])
    new = ctf([pupil("34")], version="26.0").replace(b"<URN>123456</URN>", b"")

    assert compared(old, new).header == {
        "CTFversion": ("25.0", "26.0"),
        "SourceSchool/URN": ("123456", None),
    }


def test_what_is_read_past_is_said() -> None:
    new = sound().replace(b"</Pupil>", b"<Nonsense>1</Nonsense></Pupil>")

    assert any("Nonsense" in words for words in compared(sound(), new).not_compared)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (sound()[:900], "This is not a sound XML file."),
        (b"<Other/>", "it begins with Other"),
        (b"<!DOCTYPE a><CTfile/>", "document type"),
        (b"PK\x03\x04", "zip"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    content: bytes, words: str
) -> None:
    found = compared(sound(), content)

    [refused] = found.refused
    assert refused.startswith("new.xml: ")
    assert words in refused
    assert compared(content, sound()).refused[0].startswith("old.xml: ")


def test_many_who_differ_are_read_some_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(comparing, "_AT_ONCE", 2)
    children = [f"{number:03}" for number in range(7)]
    old = ctf(pupil("34", upn=number, forename=number) for number in children)
    new = ctf(pupil("35", upn=number, forename=number) for number in children)

    found = compared(old, new)

    assert [change.upn for change in found.changed] == children


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.xml", content)
    return path


def test_a_file_in_a_zip_is_compared(tmp_path: Path) -> None:
    plain = tmp_path / NAME
    plain.write_bytes(sound())
    packed = zipped(tmp_path / "one.zip", one=sound().replace(b">34<", b">33<"))

    found = compare_paths(plain, packed)

    assert (found.old, found.new) == (NAME, "one.xml")
    assert found.results == 1


def test_several_files_in_a_zip_or_a_folder_are_not_compared(tmp_path: Path) -> None:
    packed = zipped(tmp_path / "two.zip", one=sound(), two=sound())
    folder = tmp_path / "empty"
    folder.mkdir()

    found = compare_paths(packed, folder)

    assert found.refused == (
        "two.zip: There are 2 files in this zip. One file is compared with one other.",
        "empty: There is no file in this folder. One file is compared with one other.",
    )


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    good = zipped(tmp_path / "good.zip", one=sound())
    content = bytearray(good.read_bytes())
    content[60:90] = bytes(30)
    bad = tmp_path / "bad.zip"
    bad.write_bytes(content)

    assert compare_paths(bad, good).refused == (
        "one.xml: It cannot be unpacked from the zip.",
    )
