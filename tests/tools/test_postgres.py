"""The temporary PostgreSQL: it answers, and nothing of it stays."""

from urllib.parse import urlsplit

import psycopg
import pytest
from tools.postgres import cluster

pytestmark = pytest.mark.postgres


def test_a_cluster_answers_and_is_gone_after_the_block() -> None:
    with cluster() as address, psycopg.connect(address) as connection:
        answer = connection.execute("SELECT upper('hornbook')").fetchone()

    assert answer == ("HORNBOOK",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)


def test_a_cluster_is_stopped_when_what_uses_it_fails() -> None:
    with pytest.raises(RuntimeError, match="a test failed"), cluster() as address:
        raise RuntimeError("a test failed")

    assert urlsplit(address).hostname == "127.0.0.1"
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)
