from collections.abc import Callable
from importlib import metadata

import pytest
import typer
from typer.testing import CliRunner, Result

from hornbook import __version__, main


def add_serve(app: typer.Typer) -> None:
    app.command("serve")(lambda: typer.echo("serving"))


class Plugin:
    """An installed package that adds commands, or that lacks what it needs."""

    def __init__(self, missing: str | None = None) -> None:
        self.missing = missing

    def load(self) -> Callable[[typer.Typer], None]:
        if self.missing:
            raise ModuleNotFoundError(self.missing, name=self.missing)
        return add_serve


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Plugin], None]:
    """Decides which packages add commands."""

    def install(plugin: Plugin) -> None:
        monkeypatch.setattr(main, "entry_points", lambda group: [plugin])

    return install


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main.build(arguments), arguments)


def test_the_version_is_told() -> None:
    assert run("--version", "check").output.strip() == f"hornbook {__version__}"


def test_commands_of_the_web_application_are_added(
    installed: Callable[[Plugin], None],
) -> None:
    installed(Plugin())

    assert run("serve").output == "serving\n"
    assert "serve" in run("--help").output


def test_without_the_web_framework_the_rest_works_and_says_how_to_get_it(
    installed: Callable[[Plugin], None], capsys: pytest.CaptureFixture[str]
) -> None:
    installed(Plugin(missing="django.core"))

    main.build(["serve"])

    assert 'pip install "hornbook[web]"' in capsys.readouterr().err
    assert run("--help").exit_code == 0


def test_a_fault_in_the_web_application_is_not_hidden(
    installed: Callable[[Plugin], None],
) -> None:
    installed(Plugin(missing="hornbook.web.nothing"))

    with pytest.raises(ModuleNotFoundError):
        main.build(["serve"])


def test_a_command_that_needs_no_database_asks_for_no_other(
    installed: Callable[[Plugin], None],
) -> None:
    installed(Plugin(missing="hornbook.web.nothing"))

    assert run("rules", "R02").exit_code == 0


def test_the_script_of_the_package_runs_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (script,) = metadata.entry_points(group="console_scripts", name="hornbook")
    monkeypatch.setattr("sys.argv", ["hornbook", "rules", "R05"])

    with pytest.raises(SystemExit, match="0"):
        script.load()()

    assert "goals-missing" in capsys.readouterr().out
