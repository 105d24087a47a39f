"""The page as somebody with a refused file meets it."""

import io
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.inspection.files import NAME, ctf, pupil, second, sound
from tests.web.checking.conftest import Send
from tests.web.conftest import SignedIn
from tests.web.people import Town

from hornbook.web.checking import queries
from hornbook.web.codes.queries import mapping_file

pytestmark = pytest.mark.django_db

GOLDEN = "tests/golden/check/ks2-tests-beside-teacher-assessment"
BAD = ctf([pupil("41"), second("20", upn="A801200005001")])


def zipped(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def many(count: int) -> bytes:
    return ctf([pupil("41", upn=f"A{number:012}") for number in range(count)])


def test_the_page_says_that_nothing_is_kept_and_how_much_may_be_sent() -> None:
    page = Client().get(reverse("checking:check")).content.decode()

    assert "Nothing is kept." in page
    assert "up to 50 MB" in page


def test_the_verdict_what_the_file_is_and_every_finding(send: Send) -> None:
    page = send(BAD).content.decode()

    assert "This file would be refused: it has 2 errors." in page
    for said in (
        "2 pupils, Phonics screening check",
        "TestMIS",
        "CTF 25.0, partial",
        "A return to the local authority",
        "Larkfield Primary School, 909/2155",
        "2025/26",
        "Ada Byrne",
        "A801200005001",
        "mark is 41",
        "Line 21, column",
        "What was not checked",
    ):
        assert said in page, said
    assert reverse("site:rule", args=["R02"]) in page
    assert "DfE 1510" in page


def test_the_lines_around_a_fault_are_shown_and_the_fault_is_marked(send: Send) -> None:
    page = send(BAD).content.decode()

    assert "<mark>41</mark>" in page
    assert '<span class="check-line__number">19</span>' in page


def test_what_is_in_a_file_is_never_taken_for_a_page(send: Send) -> None:
    content = ctf([pupil("<![CDATA[<script>alert(1)</script>]]>"), second("20")])

    assert b"<script>alert" not in send(content).content


def test_a_sound_file_is_said_to_be_so_and_no_more(send: Send) -> None:
    page = send(sound()).content.decode()

    assert "No errors were found in what was checked." in page
    assert "no list of pupils was given" in page
    assert "Take the whole list" not in page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.xml", b"", "This is an empty file"),
        ("results.xlsx", b"PK\x03\x04 xl/workbook.xml", "This is an Excel workbook"),
        (NAME, b"<Pupils/>", "not a Common Transfer File"),
        (NAME, b"%PDF-1.7", "This is a PDF, not a Common Transfer File."),
        (NAME, b"<html>Sign in<br></html>", "This is a web page"),
        (NAME, bytes(range(256)), "of a kind that Hornbook does not know"),
        (NAME, b"\xd0\xcf\x11\xe0\xa1", "one locked with a password"),
    ],
)
def test_what_is_no_ctf_gets_one_sentence_and_what_to_do(
    send: Send, name: str, content: bytes, said: str
) -> None:
    page = send((name, content))

    (looked,) = page.context["answer"].files
    assert looked.state == "unreadable"
    assert said in looked.verdict
    text = page.content.decode()
    assert "What was not checked" not in text
    assert "A note to send" not in text
    assert "Take the whole list" not in text
    assert text.count("not a Common Transfer File") <= 2


def test_how_far_a_broken_file_can_be_read_is_said_below_the_verdict(
    send: Send,
) -> None:
    (looked,) = send((NAME, BAD[:1200])).context["answer"].files

    assert looked.verdict == "This file is broken: it cannot be read to its end."
    assert "The last complete pupil" in looked.why


def test_the_sound_ones_of_several_files_are_folded(send: Send) -> None:
    several = send(BAD, sound())
    alone = send(sound())

    assert [one.folded for one in several.context["answer"].files] == [False, True]
    assert several.content.count(b"check-fold") == 1
    assert b"check-fold" not in alone.content


def test_queries_alone_are_no_errors(send: Send) -> None:
    page = send(ctf([pupil("34")])).content.decode()

    assert "No errors were found. There is 1 query to look at." in page


def test_whom_it_is_for_is_what_the_person_says(send: Send) -> None:
    (looked,) = send(BAD, to="mis").context["answer"].files

    assert looked.report.purpose == "mis"
    assert looked.verdict == "This file is not right: it has 2 errors."


def test_each_file_of_a_zip_and_each_of_several_has_its_answer(send: Send) -> None:
    both = zipped({"one.xml": BAD, "other.xml": sound()})

    answer = send(("both.zip", both), sound()).context["answer"]

    assert [one.report.name for one in answer.files] == ["one.xml", "other.xml", NAME]
    assert [(one.sent.upload, one.sent.entry) for one in answer.files] == [
        (0, 0),
        (0, 1),
        (1, 0),
    ]
    assert all(
        shown.lines
        for group in answer.files[0].groups
        for shown in group.first
        if shown.finding.line
    )
    assert answer.said == "3 files were checked. 2 have errors."


def test_several_sound_files_are_said_to_be_so(send: Send) -> None:
    assert send(sound(), sound()).context["answer"].said == (
        "2 files were checked. No errors were found in them."
    )


def test_a_damaged_zip_is_an_answer_and_no_fault(send: Send) -> None:
    content = bytearray(zipped({NAME: BAD}))
    content[60:90] = b"x" * 30

    (looked,) = send(("damaged.zip", bytes(content))).context["answer"].files

    assert looked.state == "unreadable"


def test_a_file_with_few_findings_has_all_on_the_page(send: Send) -> None:
    (looked,) = send(many(30)).context["answer"].files
    group = next(group for group in looked.groups if group.kind.code == "R02")

    assert (len(group.first), len(group.rest), group.left) == (queries.FIRST, 10, 0)


def test_of_many_findings_the_first_are_shown_and_all_on_request(send: Send) -> None:
    content = many(320)
    (first,) = send(content).context["answer"].files
    (every,) = send(content, show="all").context["answer"].files

    assert {len(group.first) for group in first.groups} <= {1, queries.FIRST}
    assert first.left > every.left == 0


def test_nothing_chosen_is_said_plainly(send: Send) -> None:
    page = send().content.decode()

    assert "Choose a file." in page
    assert "There is a problem" in page


def test_the_sign_in_page_and_every_header_lead_to_it(
    town: Town, signed_in: SignedIn
) -> None:
    where = f'href="{reverse("checking:check")}"'

    assert where in Client().get(reverse("account_login")).content.decode()
    assert where in signed_in(town.bob).get(reverse("schools:list")).content.decode()


def test_an_installation_may_keep_it_for_people_who_are_signed_in(
    settings: Settings, town: Town, signed_in: SignedIn, send: Send
) -> None:
    settings.HORNBOOK_OPEN_CHECK = False
    page = Client().get(reverse("account_login")).content.decode()

    assert reverse("checking:check") not in page
    assert send(BAD).headers["Location"].startswith(reverse("account_login"))
    assert send(BAD, client=signed_in(town.gwen)).status_code == 200


KS2_TESTS = (Path(GOLDEN) / "8012005_KS2_801LLLL_001.xml").read_bytes()


@pytest.fixture
def written_down() -> Path:
    """What an administrator wrote down of the codes of tests."""
    path = mapping_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((Path(GOLDEN) / "ctf-mapping.toml").read_text())
    return path


def test_the_codes_written_down_here_are_for_whoever_is_signed_in(
    send: Send, town: Town, signed_in: SignedIn, written_down: Path
) -> None:
    (ours,) = send(KS2_TESTS, client=signed_in(town.olive)).context["answer"].files
    (strangers,) = send(KS2_TESTS).context["answer"].files

    assert ours.report.has("R30")
    assert not strangers.report.has("R30")
    assert any("not confirmed" in said for said in strangers.report.not_checked)


def test_codes_written_down_that_cannot_be_read_are_said(
    send: Send, town: Town, signed_in: SignedIn, written_down: Path
) -> None:
    written_down.write_text("[ks2-tests")

    page = send(KS2_TESTS, client=signed_in(town.olive))

    assert "No file can be checked until this is put right" in page.content.decode()
    assert send(KS2_TESTS).context["answer"].files
