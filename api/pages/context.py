"""What each template may use: words, money, numbers and days in the language of the page."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_datetime
from flask import Flask, current_app, g, request, url_for
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from api.authentication import COOKIE
from api.languages import requested_language
from api.pages.language import home_url, language_links
from energiehuis import clock
from energiehuis.access.permissions import Permission
from energiehuis.i18n import has_text, translate
from energiehuis.money import format_euro, format_number, format_plain

_LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_BE"}


def register_context(app: Flask) -> None:
    """Let templates find the macros of the design system and speak the language of the page."""
    own = app.jinja_loader
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([loader for loader in (own, macros) if loader is not None])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["capitalize_first"] = first_capital
    app.context_processor(_names)


def _names() -> dict[str, object]:
    language = requested_language()
    return {
        "t": text,
        "has_text": has_text,
        "euro": lambda cents: format_euro(cents, language),
        "plain": lambda cents: format_plain(cents).replace(".", ","),
        "number": lambda value, decimals=0: format_number(value, language, decimals=decimals),
        "percent": lambda share, decimals=2: percent(share, language, decimals=decimals),
        "day": lambda value: day(value, language),
        "day_short": lambda value: format_date(value, "d MMM y", locale=_LOCALES[language]),
        "moment": lambda value: moment(value, language),
        "language": language,
        "languages": language_links,
        "home_url": home_url,
        "asset": asset_url,
        "actor": g.get("actor"),
        "has_cookie": COOKIE in request.cookies,
        "is_demo": current_app.extensions["settings"].demo,
        "Permission": Permission,
    }


def text(key: str, /, **params: object) -> str:
    """Give the words of a key in the language of the page."""
    return translate(key, requested_language(), **params)


def first_capital(words: str) -> str:
    """Begin a text with a capital and leave the rest as it is."""
    return words[:1].upper() + words[1:]


def percent(share: Decimal | float, language: str, *, decimals: int = 2) -> str:
    """Write a share as a percentage: 0.01 becomes `1 %`, 0.009991 becomes `1,00 %`."""
    hundredfold = Decimal(str(share)) * 100
    shown = 0 if decimals == 2 and hundredfold == int(hundredfold) else decimals
    return f"{format_number(float(hundredfold), language, decimals=shown)} %"


def day(value: date | str, language: str) -> str:
    """Write a day in full: `1 oktober 2017`."""
    parsed = date.fromisoformat(value) if isinstance(value, str) else value
    return str(format_date(parsed, "long", locale=_LOCALES[language]))


def moment(value: datetime, language: str) -> str:
    """Write an instant as Brussels day and hour."""
    local = value.astimezone(clock.BRUSSELS)
    return str(format_datetime(local, "d MMM y, HH:mm", locale=_LOCALES[language]))


def asset_url(name: str) -> str:
    """Give the address of a static file, with a mark that changes when the file does."""
    return url_for("static", filename=name, v=_mark(str(current_app.static_folder), name))


@cache
def _mark(folder: str, name: str) -> str:
    return hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()[:10]
