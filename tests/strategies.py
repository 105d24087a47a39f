"""Hypothesis strategies, in one place: UPNs, results and pupils, all invented."""

from datetime import date

from hypothesis import strategies as st

from hornbook.identifiers import CHECK_LETTERS, UPN, check_letter
from hornbook.records import Combination, Pupil, Result

_digits = st.text("0123456789", min_size=8, max_size=8)
_la_numbers = st.sampled_from(("820", "909", "926", "941"))
_last = st.sampled_from("0123456789" + CHECK_LETTERS)


@st.composite
def _upns(draw: st.DrawFn, last: st.SearchStrategy[str]) -> UPN:
    body = draw(_la_numbers) + draw(_digits) + draw(last)
    return UPN.parse(check_letter(body) + body)


upns = _upns(st.sampled_from("0123456789"))
any_upns = _upns(_last)

names = st.text("abcdefghijklmnopqrstuvwxyzéöñ'- ", min_size=1, max_size=20)
combinations = st.builds(
    Combination,
    stage=st.sampled_from(("EYF", "KS1", "KS2", "KS9")),
    subject=st.sampled_from(("COM", "PHO", "ENG", "MAT", "SCI")),
    method=st.sampled_from(("FA", "TT", "TA")),
    component=st.sampled_from(("E01", "CHK", "REA", "WRI", "MTC", "SCI")),
    qualifier=st.sampled_from(("FD", "NM", "NY", "NC", "MT")),
)
results = st.builds(
    Result,
    combination=combinations,
    year=st.sampled_from(("2019", "2021", "2022", "2026", "2099", "", "abcd")),
    value=st.sampled_from(
        ("1", "2", "3", "A", "34", "41", "Wt", "EXS", "PK7", "", " 2")
    ),
    status=st.sampled_from(("R", "T", None)),
    locale=st.sampled_from(("ENG", None)),
)
pupils = st.builds(
    Pupil,
    upn=st.one_of(st.none(), any_upns.map(str), st.text(max_size=14)),
    surname=st.one_of(st.none(), names),
    forename=st.one_of(st.none(), names),
    dob=st.one_of(
        st.none(),
        st.dates(date(2008, 1, 1), date(2026, 1, 1)).map(str),
        st.text(max_size=10),
    ),
    sex=st.sampled_from((None, "M", "F", "U", "")),
    nc_year=st.sampled_from((None, "R", "1", "2", "6", "seven")),
    results=st.lists(results, max_size=6).map(tuple),
)
