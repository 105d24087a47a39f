"""Sending files to the page, as a browser does."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.inspection.files import NAME

Send: TypeAlias = Callable[..., Any]


@pytest.fixture
def send() -> Send:
    """Posts files to the page without signing in, and returns what comes back."""

    def sent(
        *files: bytes | tuple[str, bytes],
        page: str = "checking:check",
        client: Client | None = None,
        **fields: str,
    ) -> Any:
        named = [one if isinstance(one, tuple) else (NAME, one) for one in files]
        uploads = [SimpleUploadedFile(name, content) for name, content in named]
        return (client or Client()).post(reverse(page), {"file": uploads, **fields})

    return sent
