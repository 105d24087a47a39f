"""That nothing of a file stays: in no database, folder, log or cache."""

import logging
import tempfile
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from tests.inspection.files import ctf, pupil, second
from tests.web.checking.conftest import Send

pytestmark = pytest.mark.django_db

# Larger than what is held in memory, so that it goes through a temporary file.
LARGE = ctf([pupil("41"), second("20"), *(pupil("34") for _ in range(6000))])
PAGES = [
    ("checking:check", {}),
    ("checking:list", {"form": "xlsx"}),
    ("checking:repair", {"upload": "0", "entry": "0"}),
]


@pytest.fixture
def temporary(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The folder that every temporary file is made in."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    return folder


@pytest.mark.parametrize(("page", "fields"), PAGES)
def test_no_file_is_left_behind(
    send: Send,
    temporary: Path,
    settings: Settings,
    page: str,
    fields: dict[str, str],
) -> None:
    assert len(LARGE) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE

    response = send(LARGE, page=page, **fields)
    response.close()

    assert response.status_code == 200
    assert list(temporary.iterdir()) == []
    assert not Path(settings.HORNBOOK_HOME).exists()


@pytest.mark.parametrize(("page", "fields"), PAGES)
def test_the_database_is_neither_read_nor_written(
    send: Send,
    django_assert_num_queries: DjangoAssertNumQueries,
    page: str,
    fields: dict[str, str],
) -> None:
    with django_assert_num_queries(0):
        response = send(ctf([pupil("41")]), page=page, **fields)

    assert "sessionid" not in response.cookies


def test_nothing_is_logged(send: Send, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send(ctf([pupil("41")]))

    assert "Byrne" not in caplog.text
    assert "B801200005001" not in caplog.text


@pytest.mark.parametrize(("page", "fields"), PAGES)
def test_no_cache_keeps_the_answer(
    send: Send, page: str, fields: dict[str, str]
) -> None:
    response = send(ctf([pupil("41")]), page=page, **fields)

    assert response.headers["Cache-Control"] == "no-store, private"


def test_the_empty_page_is_not_kept_either() -> None:
    answer = Client().get(reverse("checking:check"))

    assert answer.headers["Cache-Control"] == "no-store, private"
