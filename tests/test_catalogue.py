from pathlib import Path

import pytest

from hornbook import catalogue


def test_the_page_is_written_and_then_as_it_would_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert catalogue.main(["--check"]) == 1
    assert catalogue.main([]) == 0
    assert catalogue.main(["--check"]) == 0

    Path("docs/reference/rules.md").write_text("something else")
    assert catalogue.main(["--check"]) == 1


def test_messages_are_in_words_for_a_school() -> None:
    for rule in catalogue.ordered():
        words = f"{rule.message} {rule.title} {rule.why} {rule.remedy}".casefold()

        assert "invalid" not in words, rule.code
        assert "please" not in words, rule.code
        assert rule.message[-1] in ".?}", rule.code
        assert rule.title.endswith("."), rule.code
