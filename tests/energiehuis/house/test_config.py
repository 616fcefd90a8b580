import pytest

from energiehuis.config import DEMO_SECRET, Settings, SettingsError

GOOD = {"DATABASE_URL": "postgresql://user@host/name", "SECRET_KEY": "k" * 32}


def test_a_plain_postgresql_address_gets_its_driver():
    assert Settings.from_env(GOOD).database_url == "postgresql+psycopg://user@host/name"


def test_without_an_address_there_is_an_embedded_database():
    settings = Settings.from_env({"DEMO": "1"})
    assert settings.database_url.startswith("sqlite:////")
    assert settings.secure_cookies is False


def test_cookies_are_secure_unless_it_is_a_demo():
    assert Settings.from_env(GOOD).secure_cookies is True


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "32"),
        ({"SECRET_KEY": DEMO_SECRET}, "make your own"),
        ({"SECURE_COOKIES": "yes"}, "SECURE_COOKIES must be 0 or 1"),
        ({"MAX_BODY_BYTES": "1"}, "between 10000 and"),
        ({"MAX_BODY_BYTES": "1e6"}, "whole number"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        ({"PUBLIC_POSTS_PER_MINUTE": "-1"}, "PUBLIC_POSTS_PER_MINUTE"),
    ],
)
def test_an_odd_value_is_refused_with_a_sentence(changes, words):
    with pytest.raises(SettingsError, match=words):
        Settings.from_env({**GOOD, **changes})


def test_the_key_is_not_shown():
    assert "k" * 32 not in repr(Settings.from_env(GOOD))
