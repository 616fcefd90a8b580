"""Words for people: catalogues with Dutch, French and English side by side, by key."""

from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("nl", "fr", "en")
Catalogue = dict[str, dict[str, str]]


class Words(tuple[str, ...]):
    """Keys of the catalogue that a sentence lists; they become words in its own language."""

    __slots__ = ()


class UnknownText(KeyError):
    """A key that no catalogue holds."""


@cache
def catalogue() -> Catalogue:
    """Read all catalogues of `locale/`, one key to its three languages.

    Raises
    ------
    ValueError
        When a key stands in two catalogues or lacks a language.
    """
    texts: Catalogue = {}
    for path in sorted(files("energiehuis").joinpath("locale").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yaml"):
            _add(texts, path.name, yaml.load(path.read_text("utf-8"), Loader=_Loader))  # noqa: S506
    return texts


def translate(key: str, language: str, **params: object) -> str:
    """Give the text of a key in a language, with its places filled in.

    Raises
    ------
    UnknownText
        When no catalogue holds the key.
    """
    try:
        text = catalogue()[key][language]
    except KeyError as error:
        raise UnknownText(f"{key} ({language})") from error
    return text.format(**{k: _in_words(v, language) for k, v in params.items()}) if params else text


def _in_words(value: object, language: str) -> object:
    if not isinstance(value, Words):
        return value
    return ", ".join(translate(key, language).rstrip(".") for key in value)


def has_text(key: str) -> bool:
    """Say whether a catalogue holds the key."""
    return key in catalogue()


def _add(texts: Catalogue, name: str, entries: Catalogue | None) -> None:
    for key, words in (entries or {}).items():
        if key in texts:
            raise ValueError(f"{name}: {key} stands in two catalogues")
        if set(words) != set(LANGUAGES) or not all(words.values()):
            raise ValueError(f"{name}: {key} needs nl, fr and en")
        texts[key] = words


# The C loader reads the catalogues ten times faster; both are safe loaders.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
