# ruff: noqa: S608 - the queries are put together from words of this file
"""The same measures worked out again in SQL, over random cohorts, and compared.

The queries are written from the DfE's definitions and share nothing with the measures:
not their values, nor the rulebook. So codes and thresholds stand here once more.
"""

import sqlite3
from collections.abc import Iterable
from typing import Final

from hypothesis import given, settings
from tests.measures.cohorts import cohorts

from hornbook.identifiers import AcademicYear
from hornbook.measures.people import Assessed
from hornbook.measures.tally import tally
from hornbook.rulebook.measures import measures

PRIME: Final = "'E01','E02','E03','E04','E05','E06','E07'"
GOOD: Final = f"{PRIME},'E08','E09','E10','E11','E12'"
EVERY: Final = f"{GOOD},'E13','E14','E15','E16','E17'"
TESTED: Final = "('AS','NS','A','B','U','J','H','Q')"


def goals(codes: str, number: int) -> str:
    """Children with 1 or 2 in every one of the goals, and those with 2 in all."""
    return f"""
        SELECT SUM(least = '2'), COUNT(*) FROM (
            SELECT MIN(value) AS least FROM result
            WHERE year = 2025 AND SUBSTR(item, 7) IN ({codes})
            GROUP BY pupil
            HAVING COUNT(*) = {number} AND SUM(value NOT IN ('1', '2')) = 0)"""


def code(item: str, met: str, counted: str) -> str:
    """Pupils with a code that is met, of those with one that counts."""
    return f"""
        SELECT SUM(value IN {met}), COUNT(*) FROM result
        WHERE year = 2025 AND item = '{item}' AND value IN {counted}"""


def of_a_test(subject: str, at_least: int) -> str:
    """A test by its outcome; by its score where there is none, or for a high score."""
    return f"""
        SELECT SUM(met), COUNT(*) FROM ({judged(subject, at_least)})
        WHERE met IS NOT NULL"""


def judged(subject: str, at_least: int) -> str:
    by_outcome = "1" if at_least == 100 else "NULL"
    return f"""
        SELECT pupil.key AS pupil, CASE
            WHEN o.value IN ('NS','A','B','U','J','H','Q') THEN 0
            WHEN o.value = 'AS' AND {by_outcome} IS NOT NULL THEN 1
            WHEN (o.value IS NULL OR o.value = 'AS') AND s.value = 'N' THEN 0
            WHEN (o.value IS NULL OR o.value = 'AS') AND s.value IS NOT NULL
                THEN CAST(s.value AS INTEGER) >= {at_least}
            END AS met
        FROM pupil
        LEFT JOIN result o ON o.pupil = pupil.key AND o.year = 2025
            AND o.item = 'ks2-tests.{subject}-outcome'
        LEFT JOIN result s ON s.pupil = pupil.key AND s.year = 2025
            AND s.item = 'ks2-tests.{subject}-score'"""


def together(at_least: int, writing: str) -> str:
    """Reading, writing and maths, of pupils who count in all three."""
    return f"""
        SELECT SUM(r.met AND m.met AND w.value IN {writing}), COUNT(*)
        FROM ({judged("reading", at_least)}) r
        JOIN ({judged("maths", at_least)}) m USING (pupil)
        JOIN result w ON w.pupil = r.pupil AND w.year = 2025
            AND w.item = 'ks2-teacher-assessment.writing'
        WHERE r.met IS NOT NULL AND m.met IS NOT NULL
            AND w.value NOT IN ('L', 'F', 'P', 'M', 'Z')"""


def numbers(item: str) -> str:
    """The sum and the number of whole numbers."""
    return f"""
        SELECT SUM(CAST(value AS INTEGER)), COUNT(*) FROM result
        WHERE year = 2025 AND item = '{item}' AND value GLOB '[0-9]*'"""


def average(subject: str) -> str:
    """Scores whose outcome is none, goes with them, or was given the year before."""
    return f"""
        SELECT SUM(CAST(s.value AS INTEGER)), COUNT(*) FROM result s
        LEFT JOIN result o ON o.pupil = s.pupil AND o.year = 2025
            AND o.item = 'ks2-tests.{subject}-outcome'
        WHERE s.year = 2025 AND s.item = 'ks2-tests.{subject}-score'
            AND s.value GLOB '[0-9]*' AND (o.value IS NULL OR o.value = 'P'
            OR o.value = CASE WHEN CAST(s.value AS INTEGER) >= 100
                THEN 'AS' ELSE 'NS' END)"""


def took(subject: str) -> str:
    """By the outcome; who has none and any score took the test."""
    return f"""
        SELECT SUM(value IN ('AS','NS')), COUNT(*) FROM (
            SELECT COALESCE(o.value, CASE WHEN s.value IS NOT NULL THEN 'AS' END)
                AS value
            FROM pupil
            LEFT JOIN result o ON o.pupil = pupil.key AND o.year = 2025
                AND o.item = 'ks2-tests.{subject}-outcome'
            LEFT JOIN result s ON s.pupil = pupil.key AND s.year = 2025
                AND s.item = 'ks2-tests.{subject}-score')
        WHERE value IN {TESTED}"""


BY_YEAR_2: Final = """
    SELECT SUM(met), COUNT(*) FROM (
        SELECT pupil, MAX(value = 'Wa' OR (value GLOB '[0-9]*'
            AND CAST(value AS INTEGER) >= 32)) AS met
        FROM result WHERE item = 'phonics.mark' AND value <> 'L'
        AND pupil IN (SELECT key FROM pupil WHERE NOT gone OR key IN (
            SELECT pupil FROM result WHERE item = 'phonics.mark' AND year = 2025))
        GROUP BY pupil)"""
WRITING: Final = (
    "('GDS','EXS','WTS','PK6','PK5','PK4','PK3','PK2','PK1','EM','A','D','Q')"
)
KS2: Final = {
    "ks2-reading": of_a_test("reading", 100),
    "ks2-reading-higher": of_a_test("reading", 110),
    "ks2-reading-average": average("reading"),
    "ks2-maths": of_a_test("maths", 100),
    "ks2-maths-higher": of_a_test("maths", 110),
    "ks2-gps": of_a_test("gps", 100),
    "ks2-gps-higher": of_a_test("gps", 110),
    "ks2-writing": code("ks2-teacher-assessment.writing", "('GDS','EXS')", WRITING),
    "ks2-writing-depth": code("ks2-teacher-assessment.writing", "('GDS')", WRITING),
    "ks2-science": code(
        "ks2-teacher-assessment.science",
        "('EXS')",
        "('EXS','HNM','A','D','PK1','PK2','PK3','PK4','PK5','PK6','EM')",
    ),
    "ks2-combined": together(100, "('GDS','EXS')"),
    "ks2-combined-higher": together(110, "('GDS')"),
    "ks2-maths-average": average("maths"),
    "ks2-gps-average": average("gps"),
    **{f"ks2-{subject}-took": took(subject) for subject in ("reading", "maths", "gps")},
}
JUDGED: Final = "('GDS','EXS','WTS','PK4','PK3','PK2','PK1','EM','A','D')"
KS1: Final = {
    "ks1-science": code("ks1.science", "('EXS')", "('EXS','HNM','A','D')"),
    **{
        f"ks1-{subject}{ending}": code(f"ks1.{subject}", met, JUDGED)
        for subject in ("reading", "writing", "maths")
        for ending, met in (("", "('EXS','GDS')"), ("-depth", "('GDS')"))
    },
}
AREAS: Final = {
    "communication-and-language": "'E01','E02'",
    "personal-social-and-emotional-development": "'E03','E04','E05'",
    "physical-development": "'E06','E07'",
    "literacy": "'E08','E09','E10'",
    "mathematics": "'E11','E12'",
    "understanding-the-world": "'E13','E14','E15'",
    "expressive-arts-and-design": "'E16','E17'",
}
EYFSP: Final = {
    "gld": goals(GOOD, 12),
    "prime-areas": goals(PRIME, 7),
    "all-goals": goals(EVERY, 17),
    **{
        f"area-{area}": goals(codes, codes.count(",") + 1)
        for area, codes in AREAS.items()
    },
    **{f"goal-e{number:02}": goals(f"'E{number:02}'", 1) for number in range(1, 18)},
    "communication-and-literacy": goals("'E01','E02','E08','E09','E10'", 5),
    "goals-average": """
        SELECT SUM(met), COUNT(*) FROM (
            SELECT SUM(value = '2') AS met FROM result WHERE year = 2025
            GROUP BY pupil
            HAVING COUNT(*) = 17 AND SUM(value NOT IN ('1', '2')) = 0)""",
}
MTC: Final = {
    "mtc-average": numbers("mtc.mark"),
    "mtc-full-marks": """
        SELECT SUM(value = '25'), COUNT(*) FROM result
        WHERE year = 2025 AND item = 'mtc.mark' AND value NOT IN ('L', 'Z')""",
    "mtc-took": """
        SELECT SUM(value GLOB '[0-9]*'), COUNT(*) FROM result
        WHERE year = 2025 AND item = 'mtc.mark' AND value NOT IN ('L', 'Z')""",
}
PHONICS: Final = {
    "phonics-year-1": """
        SELECT SUM(value = 'Wa'
                   OR (value GLOB '[0-9]*' AND CAST(value AS INTEGER) >= 32)), COUNT(*)
        FROM result WHERE year = 2025 AND value <> 'L'""",
    "phonics-average": numbers("phonics.mark"),
    "phonics-took": """
        SELECT SUM(value NOT IN ('A', 'D', 'Q')), COUNT(*) FROM result
        WHERE year = 2025 AND value <> 'L'""",
}


def database(cohort: Iterable[Assessed]) -> sqlite3.Connection:
    """The cohort as two tables: pupils, and results in rows."""
    held = sqlite3.connect(":memory:")
    held.execute("CREATE TABLE pupil (key INTEGER, gone INTEGER)")
    held.execute(
        "CREATE TABLE result (pupil INTEGER, item TEXT, year INTEGER, value TEXT)"
    )
    for pupil in cohort:
        held.execute(
            "INSERT INTO pupil VALUES (?, ?)", (pupil.key, pupil.left_on is not None)
        )
        held.executemany(
            "INSERT INTO result VALUES (?, ?, ?, ?)",
            [
                (pupil.key, item, year, value)
                for item, values in pupil.results.items()
                for year, value in values.items()
            ],
        )
    return held


def assert_as_in_sql(cohort: list[Assessed], queries: dict[str, str]) -> None:
    held = database(cohort)
    for measure, query in queries.items():
        total, pupils = held.execute(query).fetchone()
        found = tally(measures()[measure], AcademicYear(2025), cohort)

        assert (found.total, found.pupils) == (total or 0, pupils), measure
    held.close()


@settings(max_examples=100, deadline=None)
@given(cohorts(2025, "6", ("ks2-tests", "ks2-teacher-assessment")))
def test_key_stage_2_comes_to_the_same_in_sql(cohort: list[Assessed]) -> None:
    assert_as_in_sql(cohort, KS2)


@settings(max_examples=60, deadline=None)
@given(cohorts(2025, "R", ("eyfsp",)))
def test_the_profile_comes_to_the_same_in_sql(cohort: list[Assessed]) -> None:
    assert_as_in_sql(cohort, EYFSP)


@settings(max_examples=100, deadline=None)
@given(cohorts(2025, "4", ("mtc",)))
def test_the_tables_check_comes_to_the_same_in_sql(cohort: list[Assessed]) -> None:
    assert_as_in_sql(cohort, MTC)


@settings(max_examples=100, deadline=None)
@given(cohorts(2025, "1", ("phonics",)))
def test_phonics_in_year_1_comes_to_the_same_in_sql(cohort: list[Assessed]) -> None:
    assert_as_in_sql(cohort, PHONICS)


@settings(max_examples=100, deadline=None)
@given(cohorts(2025, "2", ("phonics",)))
def test_phonics_by_year_2_comes_to_the_same_in_sql(cohort: list[Assessed]) -> None:
    assert_as_in_sql(cohort, {"phonics-year-2": BY_YEAR_2})


@settings(max_examples=60, deadline=None)
@given(cohorts(2025, "2", ("ks1",)))
def test_key_stage_1_comes_to_the_same_in_sql(cohort: list[Assessed]) -> None:
    assert_as_in_sql(cohort, KS1)


def test_every_measure_is_worked_out_in_sql_too() -> None:
    in_sql = {*KS2, *EYFSP, *MTC, *PHONICS, *KS1, "phonics-year-2"}

    assert in_sql == set(measures())
