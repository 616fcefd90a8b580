"""Settings from the environment, in one frozen object that refuses odd values with a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

DEMO_SECRET = "demo-only-" + "0123456789abcdef" * 3
_SCHEMES = ("sqlite", "postgresql+psycopg")


class SettingsError(ValueError):
    """A setting that cannot be used; the sentence says which and what would do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations.

    Attributes
    ----------
    database_url : str
        `sqlite:////absolute/path.db` or `postgresql+psycopg://user@host/name`.
    secret_key : str
        At least 32 signs; signs cookies and derives the secrets of status pages.
    secure_cookies : bool
        Send cookies over https only; off for the demo on 127.0.0.1 alone.
    demo : bool
        Show the demo sign-ins and say on each page that the data are invented.
    max_body_bytes : int
        Largest request that is read.
    trusted_hosts : tuple of str
        Host names that are answered; empty means any.
    log_level : str
        Level of the JSON log.
    public_posts_per_minute : int
        How many applications one address may send in a minute; 0 means no limit.
    key_requests_per_minute : int
        How many requests one key of a partner may make in a minute of each worker; 0 means no
        limit.
    proxies : int
        How many proxies stand in front and tell the address of the client.
    """

    database_url: str
    secret_key: str = field(repr=False)
    secure_cookies: bool = True
    demo: bool = False
    max_body_bytes: int = 1_000_000
    trusted_hosts: tuple[str, ...] = ()
    log_level: str = "INFO"
    public_posts_per_minute: int = 0
    key_requests_per_minute: int = 600
    proxies: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot work, before anything starts."""
        _require_known_scheme(self.database_url)
        if len(self.secret_key) < 32:
            raise SettingsError("SECRET_KEY needs at least 32 signs.")
        if self.secret_key == DEMO_SECRET and not self.demo:
            raise SettingsError("SECRET_KEY is the one of the demo; make your own.")
        if not 10_000 <= self.max_body_bytes <= 50_000_000:
            raise SettingsError("MAX_BODY_BYTES must lie between 10000 and 50000000.")
        if self.log_level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise SettingsError("LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")
        if self.public_posts_per_minute < 0:
            raise SettingsError("PUBLIC_POSTS_PER_MINUTE must be 0 or more.")
        if self.key_requests_per_minute < 0:
            raise SettingsError("KEY_REQUESTS_PER_MINUTE must be 0 or more.")
        if not 0 <= self.proxies <= 5:
            raise SettingsError("PROXIES must lie between 0 and 5.")

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings from environment variables.

        Raises
        ------
        SettingsError
            Naming the variable and what would do.
        """
        demo = _flag(environ, "DEMO", default=False)
        return cls(
            database_url=read_database_url(environ),
            secret_key=environ.get("SECRET_KEY") or (DEMO_SECRET if demo else ""),
            secure_cookies=_flag(environ, "SECURE_COOKIES", default=not demo),
            demo=demo,
            max_body_bytes=_number(environ, "MAX_BODY_BYTES", default=1_000_000),
            trusted_hosts=tuple(filter(None, environ.get("TRUSTED_HOSTS", "").split(","))),
            log_level=environ.get("LOG_LEVEL", "INFO"),
            public_posts_per_minute=_number(
                environ, "PUBLIC_POSTS_PER_MINUTE", default=0 if demo else 30
            ),
            key_requests_per_minute=_number(environ, "KEY_REQUESTS_PER_MINUTE", default=600),
            proxies=_number(environ, "PROXIES", default=0),
        )


def read_database_url(environ: Mapping[str, str]) -> str:
    """Read where the database is; all that a command which signs nothing needs to know.

    Raises
    ------
    SettingsError
        When DATABASE_URL names another kind of database.
    """
    url = environ.get("DATABASE_URL", "")
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    url = url or f"sqlite:///{Path('var').absolute() / 'energiehuis.db'}"
    _require_known_scheme(url)
    return url


def _require_known_scheme(url: str) -> None:
    scheme = urlsplit(url).scheme
    if scheme not in _SCHEMES:
        raise SettingsError(f"DATABASE_URL starts with {scheme!r}; use one of {_SCHEMES}.")


def _flag(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(name, "")
    if text not in {"", "0", "1"}:
        raise SettingsError(f"{name} must be 0 or 1, not {text!r}.")
    return default if text == "" else text == "1"


def _number(environ: Mapping[str, str], name: str, *, default: int) -> int:
    text = environ.get(name, "")
    if text and not text.isdecimal():
        raise SettingsError(f"{name} must be a whole number, not {text!r}.")
    return int(text) if text else default
