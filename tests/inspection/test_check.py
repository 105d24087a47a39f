import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.inspection.files import NAME, ctf, pupil, second, sound

from hornbook.identifiers import AcademicYear
from hornbook.inspection.check import (
    check_file,
    check_source,
    check_stream,
    check_upload,
)
from hornbook.inspection.incoming import read_transfer
from hornbook.inspection.report import FileReport, by_kind
from hornbook.inspection.sources import sources

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def check(content: bytes, name: str = NAME, *, to: str | None = None) -> FileReport:
    return check_stream(io.BytesIO(content), name, to=to, now=NOW)


def codes(report: FileReport) -> list[str]:
    return sorted({finding.code for finding in report.findings})


def test_a_sound_return_has_no_findings() -> None:
    report = check(sound())

    assert report.findings == ()
    assert report.as_json() == {
        "name": NAME,
        "sha256": hashlib.sha256(sound()).hexdigest(),
        "bytes": len(sound()),
        "producer": "TestMIS",
        "version": "25.0",
        "qualifier": "partial",
        "purpose": "return",
        "source": {"la": "909", "estab": "2155"},
        "destination": {"la": "909", "estab": "LLLL"},
        "academic_year": 2026,
        "contains": ["phonics"],
        "pupils": 2,
        "errors": 0,
        "queries": 0,
        "notes": 0,
        "findings": [],
        "not_checked": [
            "Whether every pupil who should be here is: no list of pupils was given."
        ],
    }


def test_findings_stand_in_the_order_of_the_file_with_their_lines() -> None:
    report = check(ctf([pupil("41"), second("20", upn="A801200005001")]))

    found = [(finding.code, finding.line) for finding in report.findings]
    assert found == [("R02", 21), ("P02", 25)]
    assert (report.errors, report.queries) == (2, 0)


def test_the_version_that_the_results_need_decides_on_gender() -> None:
    old = ctf([pupil("34", sex="Gender"), second("20", sex="Gender")], version="21.0")

    assert codes(check(old)) == ["H01", "P10"]
    assert len(check(old).findings) == 3


def test_gender_is_right_where_nothing_needs_a_later_version() -> None:
    old = ctf(
        [
            pupil("34", sex="Gender", year="2022", dob="2016-02-03"),
            second("33", sex="Gender", year="2022", dob="2015-02-03"),
        ],
        version="21.0",
        year="2021",
        made="2022-06-20",
    )

    assert codes(check(old)) == []


def test_sex_is_wrong_in_an_old_version() -> None:
    old = ctf(
        [pupil("34", year="2022", dob="2016-02-03")],
        version="21.0",
        year="2021",
        made="2022-06-20",
        estab="2999",
    )

    assert codes(check(old, "9092155_CTF_9092999_001.xml")) == ["P11"]


def test_a_person_may_say_whom_a_file_is_for() -> None:
    one_year = ctf([pupil("34")])

    assert codes(check(one_year)) == ["R25"]
    assert check(one_year, to="mis").purpose == "mis"
    assert codes(check(one_year, to="mis")) == []


def test_a_person_may_say_which_year_a_file_is_for() -> None:
    report = check_stream(io.BytesIO(sound()), NAME, year=AcademicYear(2025), now=NOW)

    assert "R20" in codes(report)


def test_a_file_that_breaks_off_is_checked_up_to_there() -> None:
    cut = sound()[:-200]

    report = check(cut)

    assert codes(report) == ["F01"]
    assert report.pupils == 1
    assert report.sha256 == hashlib.sha256(cut).hexdigest()
    assert report.not_checked[0].startswith("Whatever comes after")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "F01"),
        (b"PK\x03\x04 and so on", "F01"),
        (b"UPN,Surname\nB801200005001,Byrne\n", "F01"),
        (b"<Register><Pupil/></Register>", "F02"),
    ],
)
def test_a_file_of_another_kind_gets_one_finding(content: bytes, code: str) -> None:
    report = check(content)

    assert codes(report) == [code]
    assert report.contains == ()


def test_a_document_type_is_refused_and_nothing_opened() -> None:
    attack = sound().replace(
        b"<CTfile>", b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/x">]>\n<CTfile>', 1
    ) + b" " * (1 << 20)

    report = check(attack)

    assert codes(report) == ["F06"]
    assert report.pupils == 0
    assert report.sha256 == hashlib.sha256(attack).hexdigest()


def test_a_file_without_results_says_what_it_holds() -> None:
    report = check(ctf([pupil()]))

    assert codes(report) == ["R14"]
    assert report.contains == ("pupils",)


def test_what_was_not_looked_at_is_said() -> None:
    content = ctf(
        [
            pupil("99", year="2016", dob="2010-02-03").replace(
                "<BasicDetails>",
                "<Favourite>blue</Favourite><BasicDetails>",
            )
        ],
        estab="2999",
    )

    said = " ".join(check(content, "9092155_CTF_9092999_001.xml").not_checked)

    assert "Results of 2015/16: Hornbook has no rulebook for that year" in said
    assert "Favourite (1)" in said


def test_personal_details_that_are_read_past_are_counted() -> None:
    content = sound().replace(
        b"<StageAssessments>",
        b"<Contacts><Contact><Surname>Nobody</Surname></Contact></Contacts>"
        b"<StageAssessments>",
    )

    said = " ".join(check(content).not_checked)

    assert "2 contacts" in said


def test_findings_are_grouped_for_people_errors_first() -> None:
    report = check(ctf([pupil("0"), second("41"), second("0", upn="x")]))

    kinds = by_kind(report.findings)

    assert [(kind.code, len(kind.findings)) for kind in kinds] == [
        ("P05", 1),
        ("R02", 1),
        ("P15", 1),
        ("R07", 2),
    ]
    assert report.has("R02")
    assert not report.has("F01")


def zipped(files: dict[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed


def test_a_zip_gives_a_report_for_each_file_inside() -> None:
    packed = zipped({f"school/{NAME}": sound(), "list.txt": b"nothing", "empty/": b""})

    reports = list(check_upload(packed, "all.zip"))

    assert [(report.name, codes(report)) for report in reports] == [
        (NAME, []),
        ("list.txt", ["F01"]),
    ]


def test_a_file_in_a_zip_is_looked_at_again_where_it_must_be() -> None:
    old = ctf([pupil("34", sex="Gender"), second("20", sex="Gender")], version="21.0")

    (report,) = check_upload(zipped({NAME: old}), "all.zip")

    assert codes(report) == ["H01", "P10"]


def test_a_file_in_a_zip_that_unpacks_beyond_measure_is_not_opened() -> None:
    packed = zipped({NAME: b"<" + b" " * 20_000_000})

    (report,) = check_upload(packed, "trap.zip")

    assert codes(report) == ["F01"]
    assert "unpacks from" in report.findings[0].message
    assert report.pupils == 0


def test_a_zip_with_nothing_or_too_much_inside_is_refused() -> None:
    (nothing,) = check_upload(zipped({}), "none.zip")
    (crowd,) = check_upload(zipped({f"{n}.xml": b"" for n in range(1001)}), "many.zip")

    assert "There is no file in this zip." in nothing.findings[0].message
    assert "unpacks to 1001 files" in crowd.findings[0].message


def test_a_locked_file_in_a_zip_is_refused() -> None:
    packed = zipped({NAME: sound()})
    content = bytearray(packed.getvalue())
    for mark in (b"PK\x01\x02", b"PK\x03\x04"):
        at = content.index(mark)
        content[at + (8 if mark[2] == 1 else 6)] |= 1

    (report,) = check_upload(io.BytesIO(bytes(content)), "locked.zip")

    assert "password" in report.findings[0].message


def test_a_damaged_file_in_a_zip_is_refused() -> None:
    content = bytearray(zipped({NAME: sound(), "b.xml": sound()}).getvalue())
    content[60] ^= 0xFF

    first, other = check_upload(io.BytesIO(bytes(content)), "damaged.zip")

    assert "cannot be unpacked" in first.findings[0].message
    assert codes(other) == ["F03"]


def test_a_damaged_list_of_files_in_a_zip_is_refused() -> None:
    content = zipped({NAME: sound()}).getvalue()
    damaged = content.replace(b"PK\x01\x02", b"PK\x01\x00")

    (report,) = check_upload(io.BytesIO(damaged), "damaged.zip")

    assert "This zip is damaged." in report.findings[0].message


def test_a_zip_under_the_name_of_a_ctf_is_told_what_it_is() -> None:
    (report,) = check_upload(zipped({NAME: sound()}), NAME)

    assert codes(report) == ["F01"]
    assert "zip" in report.findings[0].message


def test_a_folder_is_gone_through(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / NAME).write_bytes(sound())
    (tmp_path / "a.zip").write_bytes(zipped({NAME: sound()}).getvalue())
    (tmp_path / "notes.txt").write_text("not looked at")

    reports = [check_source(source) for source in sources(tmp_path)]

    assert [report.name for report in reports] == [NAME, NAME]
    assert check_file(tmp_path / "b" / NAME).pupils == 2


def test_a_file_to_bring_in_is_read_and_checked() -> None:
    incoming = read_transfer(io.BytesIO(sound()), NAME)

    assert [one.upn for one in incoming.pupils] == ["B801200005001", "R201100018042"]
    assert incoming.stopping == ()
    assert incoming.contains == ("phonics",)
    assert (incoming.producer, incoming.purpose) == ("TestMIS", "return")
    assert incoming.sha256 == hashlib.sha256(sound()).hexdigest()
    assert incoming.size == len(sound())
    assert incoming.header.school.estab == "2155"
    assert not incoming.left_out


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (ctf([pupil("34", upn="")]), "P01"),
        (ctf([pupil("34"), second("20", upn="B801200005001")]), "P03"),
        (sound()[:-40], "F01"),
        (b"<Register/>", "F02"),
    ],
)
def test_what_leaves_it_open_whose_results_they_are_stops_a_file(
    content: bytes, code: str
) -> None:
    incoming = read_transfer(io.BytesIO(content), NAME)

    assert [finding.code for finding in incoming.stopping] == [code]


@given(st.binary(max_size=300), st.integers(0, len(sound())), st.integers(0, 40))
def test_whatever_the_bytes_there_is_a_report(
    junk: bytes, at: int, dropped: int
) -> None:
    content = sound()[:at] + junk + sound()[at + dropped :]

    report = check(content)

    assert json.dumps(report.as_json())
    assert report.size == len(content)
    for finding in report.findings:
        assert finding.message
        assert finding.remedy
