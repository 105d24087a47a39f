from typer.testing import CliRunner, Result

from hornbook import catalogue
from hornbook.findings import rules
from hornbook.main import build


def run(*arguments: str) -> Result:
    return CliRunner().invoke(build(arguments), arguments)


def test_every_rule_is_listed_files_first() -> None:
    lines = run("rules").output.splitlines()

    assert len(lines) == len(rules())
    assert lines[0].startswith("F01")
    assert lines[-1].startswith("C07")


def test_a_rule_is_explained_in_any_case_of_its_code() -> None:
    said = run("rules", "p02").output

    assert said.startswith("## P02 upn-letter-wrong\n\nError · every collection")
    assert "DfE 1510 · repair offered" in said
    assert "Why it matters: " in said
    assert "How to fix: " in said


def test_facts_of_a_rule_are_in_its_entry() -> None:
    assert "Error in a return, query elsewhere" in run("rules", "F03").output
    assert "eyfsp · since 2023" in run("rules", "R28").output
    assert "phonics · returns only" in run("rules", "R25").output


def test_the_page_holds_every_rule_once() -> None:
    page = catalogue.page()

    for rule in rules():
        assert page.count(f"## {rule.code} ") == 1


def test_help_names_the_commands() -> None:
    done = run("check", "--help")

    assert "--format" in done.output
    assert done.exit_code == 0
