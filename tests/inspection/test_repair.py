"""A sound file, spoilt in one way, comes back as it was, to the byte."""

import io
from datetime import UTC, datetime

import pytest
from tests.inspection.files import NAME, RESULT, ctf, pupil, second

from hornbook.findings import Repair, rules
from hornbook.identifiers import AcademicYear
from hornbook.inspection.check import check_stream
from hornbook.inspection.repair import Chosen, Made, Repaired, offers, repair_stream
from hornbook.inspection.repairs import repairs
from hornbook.rulebook.load import rulebook

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
SOUND = ctf([pupil("34"), second("28")]).decode()
# In the grid, not in a file: the code of a leaver is entered there.
ENTERED = {"C04"}
ALL = Chosen(codes=repairs())
MARK = RESULT.format(value="34", year="2026")
MARGIN = "\n"
GOAL = (
    "<StageAssessment><Locale>ENG</Locale><Year>2026</Year><Subject>{subject}</Subject>"
    "<Method>FA</Method><Component>{goal}</Component><ResultStatus>R</ResultStatus>"
    "<ResultQualifier>FD</ResultQualifier><Result>{value}</Result></StageAssessment>"
)


def repaired(
    content: str | bytes, chosen: Chosen | None = None, name: str = NAME
) -> tuple[Repaired, bytes]:
    """The outcome, and the bytes of the repaired file."""
    held = content.encode() if isinstance(content, str) else content
    out = io.BytesIO()
    outcome = repair_stream(io.BytesIO(held), name, out, chosen=chosen, now=NOW)
    return outcome, out.getvalue()


def codes(content: str | bytes, name: str = NAME) -> set[str]:
    """The codes of what is found in a file."""
    held = content.encode() if isinstance(content, str) else content
    report = check_stream(io.BytesIO(held), name, now=NOW)
    return {finding.code for finding in report.findings}


def spoilt(*changes: tuple[str, str]) -> str:
    """The sound file with some text in place of other text."""
    content = SOUND
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    return content


SAFE = {
    "H01": [("<CTFversion>25.0<", "<CTFversion>21.0<")],
    "H03": [("<DocumentName>Common Transfer File<", "<DocumentName>CTF<")],
    "P10": [("<Sex>F</Sex>", "<Gender>F</Gender>")],
    "P11": [],
    "P14": [("<Surname>Byrne<", "<Surname> Byrne <")],
    "R08": [
        (
            MARK,
            MARK + MARGIN + MARK.replace(">NM<", ">NY<").replace(">34<", ">Wa<"),
        )
    ],
    "R11": [(MARK, MARK + MARGIN + MARK)],
    "R23": [("<Locale>ENG</Locale>", "<Locale>WAL</Locale>")],
    "F10": [
        (
            "<Surname>Byrne</Surname>\n      <Forename>Ada</Forename>",
            "<Forename>Ada</Forename>\n      <Surname>Byrne</Surname>",
        )
    ],
}
ASKED = {
    "H04": [("<DocumentQualifier>partial<", "<DocumentQualifier>full<")],
    "H05": [("<LEA>909</LEA><Estab>2155<", "<LEA>90</LEA><Estab>2155<")],
    "H06": [("<LEA>909</LEA><Estab>LLLL<", "<LEA>909</LEA><Estab>2999<")],
    "H07": [("<AcademicYear>2025<", "<AcademicYear>2019<")],
    "P02": [("<UPN>B801200005001<", "<UPN>C801200005001<")],
    "P05": [("<UPN>B801200005001<", "<UPN>B8O1200005001<")],
    "P16": [("<NCyearActual>1<", "<NCyearActual>7<")],
    "R01": [("<Component>CHK<", "<Component>CHX<")],
    "F12": [("</Header>", "</Header><Header/>")],
    "R22": [("<ResultStatus>R<", "<ResultStatus>T<")],
}


def test_every_rule_that_says_so_has_a_repair() -> None:
    promised = {one.code for one in rules() if one.repair is not Repair.NO}

    assert repairs() == promised - ENTERED


@pytest.mark.parametrize("code", [code for code in SAFE if SAFE[code]])
def test_a_safe_repair_gives_the_sound_file_back(code: str) -> None:
    bad = spoilt(*SAFE[code])
    assert code in codes(bad)

    outcome, content = repaired(bad)

    assert content.decode() == SOUND
    assert not outcome.report.findings
    assert {made.code for made in outcome.made} == {code}


@pytest.mark.parametrize("code", ASKED)
def test_a_repair_that_was_asked_for_gives_the_sound_file_back(code: str) -> None:
    bad = spoilt(*ASKED[code])
    assert code in codes(bad)

    untouched = repaired(bad)[1]
    outcome, content = repaired(bad, Chosen(codes=frozenset({code})))

    assert untouched.decode() == bad
    assert content.decode() == SOUND
    assert outcome.made[0].code == code


def test_the_target_tracker_case_needs_no_question() -> None:
    bad = spoilt(
        ("<CTFversion>25.0<", "<CTFversion>21.0<"),
        ("<Sex>F</Sex>", "<Gender>F</Gender>"),
    )

    outcome, content = repaired(bad)

    assert content.decode() == SOUND
    assert outcome.made == (Made("H01", 1, True), Made("P10", 2, True))
    assert outcome.changes[0].before == "<CTFversion>21.0</CTFversion>"
    assert outcome.changes[1].after == "<Sex>F</Sex>"
    assert outcome.changes[1].line == 18


def test_a_file_of_an_old_version_gets_its_old_name_back() -> None:
    old = ctf(
        [pupil("34", dob="2015-02-03", year="2021")],
        version="21.0",
        year="2020",
        made="2021-06-20",
        la="909",
        estab="2999",
    ).decode()

    name = "9092155_CTF_9092999_001.xml"
    outcome, content = repaired(old, name=name)

    assert "P11" in codes(old, name)
    assert outcome.made == (Made("P11", 1, True),)
    assert content.decode() == old.replace("Sex>", "Gender>")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("phonics for the LA.xml", "F03"),
        ("9092155_PHO_909LLLL_001 (1).xml", "F04"),
        ("9092155_pho_909llll_001.xml", "F03"),
    ],
)
def test_a_file_is_saved_under_its_right_name(name: str, code: str) -> None:
    outcome, content = repaired(SOUND, name=name)

    assert code in codes(SOUND, name)
    assert (outcome.name, content.decode()) == (NAME, SOUND)
    assert not outcome.report.findings


def test_a_name_that_disagrees_follows_the_header_or_the_header_the_name() -> None:
    name = "9092999_PHO_909LLLL_001.xml"
    [offer] = offers(io.BytesIO(SOUND.encode()), name, now=NOW).offers

    header, _ = repaired(SOUND, Chosen(picks={offer.number: (0, "")}), name)
    named, content = repaired(SOUND, Chosen(picks={offer.number: (1, "")}), name)

    assert (header.name, header.report.findings) == (NAME, ())
    assert (named.name, named.report.findings) == (name, ())
    assert content.decode() == SOUND.replace(">2155<", ">2999<")


def test_a_browser_mark_is_taken_out() -> None:
    outcome, content = repaired(b"\xef\xbb\xbf" + SOUND.encode())

    assert content.decode() == SOUND
    assert outcome.made == (Made("F08", 1, True),)


@pytest.mark.parametrize("prefix", ["", "c:"])
def test_a_namespace_is_taken_out_with_its_prefixes(prefix: str) -> None:
    attribute = "xmlns:c" if prefix else "xmlns"
    bad = SOUND.replace("<", f"<{prefix}").replace(f"<{prefix}/", f"</{prefix}")
    bad = bad.replace(f"<{prefix}?", "<?").replace(
        f"<{prefix}CTfile>", f'<{prefix}CTfile {attribute}="urn:example">'
    )

    outcome, content = repaired(bad)

    assert content.decode() == SOUND
    assert not outcome.report.findings


def test_a_windows_file_that_says_utf_8_is_written_as_utf_8_when_asked() -> None:
    accented = SOUND.replace(">Ada<", ">Zoë<")
    bad = accented.encode("cp1252")
    assert codes(bad) == {"F07"}

    untouched = repaired(bad)[1]
    _, content = repaired(bad, Chosen(codes=frozenset({"F07"})))

    assert untouched == bad
    assert content.decode() == accented


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "iso8859-15"])
def test_other_encodings_stay_as_they_are(encoding: str) -> None:
    declared = {"cp1252": "windows-1252", "utf-16": "UTF-16"}.get(encoding, encoding)
    accented = SOUND.replace(">Ada<", ">Zoë<").replace("UTF-8", declared)
    bad = accented.replace("<Surname>Byrne<", "<Surname> Byrne <")

    _, content = repaired(bad.encode(encoding))

    assert content == accented.encode(encoding)


def test_wrong_bytes_stay_as_they_are_beside_a_repair() -> None:
    good = SOUND.replace(">Ada<", ">Zoë<").encode("cp1252")
    bad = good.replace(b"<Surname>Byrne<", b"<Surname> Byrne <")

    outcome, content = repaired(bad)

    assert content == good
    assert outcome.made == (Made("P14", 2, True),)


def test_what_no_repair_names_stays_to_the_byte() -> None:
    odd = SOUND.replace(
        "<BasicDetails>", "<!-- a <b> comment --><Odd  a='1'/>\r\n\t<BasicDetails>"
    ).replace("<Surname>Byrne</Surname>", "<Surname><![CDATA[Byrne & Co]]></Surname>")
    bad = odd.replace("<CTFversion>25.0<", "<CTFversion>19.0<")

    _, content = repaired(bad)

    assert content.decode() == odd


def test_an_outcome_that_disagrees_with_its_mark_is_left_to_a_person() -> None:
    wrong = MARK.replace(">NM<", ">NY<").replace(">34<", ">Wt<")
    bad = spoilt((MARK, MARK + MARGIN + wrong))

    outcome, content = repaired(bad)
    _, asked = repaired(bad, Chosen(codes=frozenset({"R09"})))

    assert content.decode() == bad
    assert {one.code for one in outcome.report.findings} == {"R08", "R09"}
    assert asked.decode() == SOUND


def test_an_outcome_without_a_mark_is_not_lost_unasked() -> None:
    only = MARK.replace(">NM<", ">NY<").replace(">34<", ">Wa<")
    bad = spoilt((MARK, only))

    outcome, content = repaired(bad)
    asked, emptied = repaired(bad, Chosen(codes=frozenset({"R08"})))

    assert (content.decode(), outcome.made) == (bad, ())
    assert b"Wa" not in emptied
    assert asked.made == (Made("R08", 1, False),)


def test_a_stage_without_results_goes_with_its_last_result() -> None:
    bad = spoilt((MARK, MARK.replace(">34<", "><")))

    outcome, content = repaired(bad, Chosen(codes=frozenset({"R27"})))

    assert outcome.made == (Made("R27", 1, False),)
    assert content.count(b"<StageAssessments>") == 1
    assert content.count(b"<Pupil>") == 2
    assert b"<KeyStage><Stage>KS1</Stage>\n      </KeyStage>" not in content


def test_the_mark_or_the_reason_is_kept_as_asked() -> None:
    reason = MARK.replace(">NM<", ">NY<").replace(">34<", ">A<")
    bad = spoilt((MARK, MARK + MARGIN + reason))
    [offer] = offers(io.BytesIO(bad.encode()), NAME, now=NOW).offers

    _, mark = repaired(bad, Chosen(picks={offer.number: (0, "")}))
    _, absent = repaired(bad, Chosen(picks={offer.number: (1, "")}))

    assert mark.decode() == SOUND
    assert absent.decode() == SOUND.replace(MARGIN + MARK, MARGIN + reason)


@pytest.mark.parametrize(
    ("spoiling", "typed", "written"),
    [
        (("<URN>123456<", "<URN>12<"), {"H09": "654321"}, "<URN>654321<"),
        ((">34<", ">41<"), {"R02": "14"}, ">14<"),
        (
            ("<UPN>B801200005001<", "<UPN>C801200005001<"),
            {"P02": "D801200005012"},
            "<UPN>D801200005012<",
        ),
    ],
)
def test_what_a_person_types_is_written(
    spoiling: tuple[str, str], typed: dict[str, str], written: str
) -> None:
    bad = spoilt(spoiling)

    _, content = repaired(bad, Chosen(typed=typed))

    assert content.decode() == SOUND.replace(spoiling[0], written)


def test_what_is_typed_cannot_break_the_file() -> None:
    bad = spoilt(("<URN>123456<", "<URN>12<"))

    outcome, content = repaired(bad, Chosen(typed={"H09": "<b>\0&"}))

    assert b"<URN>&lt;b&gt;&amp;</URN>" in content
    assert {one.code for one in outcome.report.findings} == {"H09"}


def test_a_safe_repair_can_be_left() -> None:
    bad = spoilt(*SAFE["P14"], *SAFE["H03"])

    outcome, content = repaired(bad, Chosen(leave=frozenset({"P14"})))

    assert content.decode() == spoilt(*SAFE["P14"])
    assert {one.code for one in outcome.report.findings} == {"P14"}


def test_elements_that_are_missing_are_made_in_their_place() -> None:
    bad = spoilt(
        ("    <DocumentName>Common Transfer File</DocumentName>\n", ""),
        ("    <DateTime>2026-06-20T10:11:12</DateTime>\n", ""),
        ("    <SupplierID>TestMIS</SupplierID>\n", ""),
        ("<Locale>ENG</Locale>", ""),
    )

    outcome, content = repaired(bad)

    assert content.decode() == SOUND.replace("TestMIS", "Hornbook").replace(
        "2026-06-20T10:11:12", "2026-07-01T09:00:00"
    )
    assert not outcome.report.findings


def test_of_an_element_that_stands_twice_one_is_kept() -> None:
    bad = spoilt(("<Surname>Byrne<", "<Surname>Bird</Surname><Surname>Byrne<"))
    found = offers(io.BytesIO(bad.encode()), NAME, now=NOW).offers
    [number] = [offer.number for offer in found if offer.finding.code == "F12"]

    _, last = repaired(bad, Chosen(picks={number: (1, "")}))
    _, first = repaired(bad, Chosen(picks={number: (0, "")}))

    assert last.decode() == SOUND
    assert b"<Surname>Bird</Surname>\n" in first


def test_of_two_headers_the_one_that_was_read_is_kept() -> None:
    header = SOUND[SOUND.index("<Header>") : SOUND.index("</Header>") + 9]
    other = header.replace("909", "908")
    bad = spoilt(("</Header>", f"</Header>{other}<Header></Header><Header/>"))

    outcome, content = repaired(bad, Chosen(codes=frozenset({"F12"})))

    assert content.decode() == SOUND
    assert outcome.made == (Made("F12", 1, safe=False),)


def test_a_result_is_not_left_out_where_only_the_nearest_codes_were_asked_for() -> None:
    other = ("<Component>CHK<", "<Component>OUR<"), ("<Subject>PHO<", "<Subject>OWN<")
    bad = spoilt(*other)

    named, untouched = repaired(bad, Chosen(codes=frozenset({"R01"})))
    told, content = repaired(bad, Chosen(drop=frozenset({"R01"})))

    assert untouched.decode() == bad
    assert named.report.has("R01")
    assert told.made == (Made("R01", 2, safe=False),)
    assert b"OUR" not in content


def test_results_are_not_all_left_out_for_a_slip_in_the_year_of_the_file() -> None:
    bad = spoilt(("<AcademicYear>2025<", "<AcademicYear>2026<"))

    _, untouched = repaired(bad, Chosen(codes=frozenset({"R20"})))
    _, content = repaired(bad, Chosen(codes=frozenset({"H07", "R20"})))

    assert untouched.decode() == bad
    assert content.decode() == SOUND


@pytest.mark.parametrize(
    ("marked", "words"),
    [(1, "Leave out the goals with A."), (16, "Write A on every goal that")],
)
def test_a_code_on_some_goals_goes_the_way_that_changes_the_fewest(
    marked: int, words: str
) -> None:
    goals = rulebook(AcademicYear(2026)).collections["eyfsp"].items
    stated = "".join(
        GOAL.format(subject=goal.ctf[0].subject, goal=goal.code, value=value)
        for goal, value in zip(goals, "A" * marked + "2" * 17, strict=False)
    )
    bad = spoilt((MARK, stated), ("<Stage>KS1<", "<Stage>EYF<"))

    found = offers(io.BytesIO(bad.encode()), NAME, now=NOW).offers

    [offer] = [offer for offer in found if offer.finding.code == "R04"]
    assert offer.choices[0].words.startswith(words)


def test_a_file_that_cannot_be_read_to_its_end_is_left_alone() -> None:
    bad = spoilt(*SAFE["H03"])[:-30]

    outcome, content = repaired(bad, ALL)

    assert content.decode() == bad
    assert (outcome.made, outcome.report.errors > 0) == ((), True)


# Each way to spoil a file, and some of them together.
TOGETHER = [
    [change for code in ("H01", "P10", "R23") for change in SAFE[code]],
    [*SAFE["F10"], *SAFE["P10"], *SAFE["R11"]],
]
EVERY_FAULT = [spoilt(*one) for one in (*SAFE.values(), *ASKED.values(), *TOGETHER)]


@pytest.mark.parametrize("bad", EVERY_FAULT)
@pytest.mark.parametrize("chosen", [None, ALL], ids=["safe", "all"])
def test_repaired_twice_is_repaired_once(bad: str, chosen: Chosen | None) -> None:
    first, once = repaired(bad, chosen)

    second, twice = repaired(once, chosen, first.name)

    assert twice == once
    assert second.made == ()


@pytest.mark.parametrize("bad", EVERY_FAULT)
def test_a_safe_repair_brings_no_new_fault(bad: str) -> None:
    before = codes(bad)

    outcome, _ = repaired(bad)

    assert {one.code for one in outcome.report.findings} <= before
