"""What must hold of the project's files as a whole."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from hornbook import __version__

ROOT = Path(__file__).parents[1]
NOT_OURS = {"node_modules", "build", "dist", "vendor", "__pycache__", "staticfiles"}
TEXT = {".py", ".toml", ".csv", ".md", ".html", ".css", ".js", ".txt", ".ini", ".yml"}
UNNAMED = {"Makefile", "LICENSE", ".gitignore"}
# A home folder, a work folder, or the address of a registry or of its files.
PLACES = re.compile(
    r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|opt/pypi)/"
    r"|pypi\.org|pythonhosted|npmjs|debian\.org|index-url|find-links",
    re.IGNORECASE,
)
OWN_WORDS = {"tools/requirements.py", "tests/test_project.py"}
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ENVIRONMENT = re.compile(
    r"""(?:environ\.get\(|environment\.\w+\(|envvar=)\s*"([A-Z_]+)"""
)
MOST_CODE_LINES = 300
MOST_LINES_OF_A_FUNCTION = 40


def files() -> Iterator[Path]:
    """Every file of the project, not what tools leave behind."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") for part in parts[:-1])
        if path.is_file() and not hidden and not NOT_OURS.intersection(parts):
            yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


TEXTS = [path for path in files() if path.suffix in TEXT or path.name in UNNAMED]
SOURCES = [
    path for path in TEXTS if path.suffix == ".py" and "migrations" not in path.parts
]
PAGES = [path for path in TEXTS if path.suffix == ".md"]


def test_no_file_names_a_place_on_a_machine_or_a_registry() -> None:
    found = [
        f"{name(path)}: {place[0]}"
        for path in TEXTS
        if name(path) not in OWN_WORDS
        for place in PLACES.finditer(read(path))
    ]

    assert found == []


def test_every_dependency_is_pinned_with_hashes_and_has_no_address() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        lines = read(path).splitlines()
        pins = [line for line in lines if line and not line.startswith((" ", "#"))]

        assert pins
        assert all("==" in pin and pin.endswith("\\") for pin in pins), path
        assert "://" not in read(path)


def test_every_dependency_says_what_it_is_for() -> None:
    project = read(ROOT / "pyproject.toml")
    tables = tomllib.loads(project)
    named = [*tables["project"]["dependencies"]]
    for group in tables["project"]["optional-dependencies"].values():
        named += group
    for group in tables["dependency-groups"].values():
        named += [each for each in group if isinstance(each, str)]

    for each in named:
        [line] = [
            line
            for line in project.splitlines()
            if line.strip().startswith(f'"{each}",')
        ]
        assert "  # " in line, line


def years_named_in_conditions(path: Path) -> Iterator[int]:
    """The lines of conditions that hold something against a year, as a number."""
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Compare):
            numbers = [
                part for part in ast.walk(node) if isinstance(part, ast.Constant)
            ]
            values = [part.value for part in numbers if type(part.value) is int]
            if any(2000 <= value <= 2100 for value in values):
                yield node.lineno


def test_no_year_is_named_in_a_condition() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in SOURCES
        if path.is_relative_to(ROOT / "src")
        for line in years_named_in_conditions(path)
    ]

    assert found == []


def test_a_condition_on_a_year_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "rules.py"
    path.write_text(
        "def new(year):\n    return 1 if year.ends >= 2025 else 0\n", "utf-8"
    )

    assert list(years_named_in_conditions(path)) == [2]


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## (\S+)", read(ROOT / "CHANGELOG.md"), re.MULTILINE)

    assert versions[0] == __version__
    assert len(set(versions)) == len(versions)


def anchor(heading: str) -> str:
    """The link to a heading, as pages are commonly shown."""
    plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return plain.strip().replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(read(page)):
        if "://" in link:
            continue
        where, _, part = link.partition("#")
        target = (page.parent / where).resolve() if where else page

        assert target.exists(), link
        if part:
            assert part in {anchor(each) for each in HEADING.findall(read(target))}, (
                link
            )


def test_every_page_of_the_documentation_can_be_reached() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in LINK.findall(read(page))
    }

    unreached = [page for page in PAGES if "docs" in page.parts and page not in linked]
    assert unreached == []


def test_every_setting_that_the_code_reads_is_described() -> None:
    described = read(ROOT / "docs/reference/settings.md")
    asked = {
        setting
        for path in SOURCES
        if path.is_relative_to(ROOT / "src")
        for setting in ENVIRONMENT.findall(read(path))
    }

    assert asked >= {"HORNBOOK_HOME", "DATABASE_URL", "PORT"}
    assert [each for each in sorted(asked) if f"`{each}`" not in described] == []


def test_every_make_target_that_is_written_about_exists() -> None:
    targets = set(re.findall(r"^(\w+):", read(ROOT / "Makefile"), re.MULTILINE))
    commands = "".join(
        f"{found} "
        for page in PAGES
        for found in re.findall(
            r"(?:^|`)(?:\w+=\w+ )?make ([a-z ]+)", read(page), re.MULTILINE
        )
    )

    written = set(commands.split())
    assert {"run", "test", "bench"} <= written
    assert written <= targets


def code_lines(lines: list[str]) -> int:
    """Lines that are neither blank nor a comment."""
    return sum(
        bool(line.strip()) and not line.strip().startswith("#") for line in lines
    )


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if "tests" not in p.parts], ids=name
)
def test_files_and_functions_stay_short(path: Path) -> None:
    lines = read(path).splitlines()
    documented = sum(
        node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and node.end_lineno
    )

    assert code_lines(lines) - documented <= MOST_CODE_LINES
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            last = node.end_lineno or node.lineno
            body = lines[node.lineno - 1 : last]
            doc = ast.get_docstring(node, clean=False) or ""
            length = code_lines(body) - (len(doc.splitlines()) if doc else 0)
            assert length <= MOST_LINES_OF_A_FUNCTION, f"{node.name}: {length}"
