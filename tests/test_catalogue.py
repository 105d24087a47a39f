from dataclasses import replace
from pathlib import Path

import pytest

from hornbook import catalogue
from hornbook.findings import rule


def test_the_page_is_written_and_then_as_it_would_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert catalogue.main(["--check"]) == 1
    assert catalogue.main([]) == 0
    assert catalogue.main(["--check"]) == 0

    Path("docs/reference/rules.md").write_text("something else")
    assert catalogue.main(["--check"]) == 1


def test_a_rule_that_ended_says_when() -> None:
    ended = replace(rule("R28"), until=2025)

    assert "since 2023 · until 2025" in catalogue.entry(ended)


def test_messages_are_in_words_for_a_school() -> None:
    for one in catalogue.ordered():
        words = f"{one.message} {one.title} {one.why} {one.remedy}".casefold()

        assert "invalid" not in words, one.code
        assert "please" not in words, one.code
        assert one.message[-1] in ".?}", one.code
        assert one.title.endswith("."), one.code
