"""A member of staff at a browser, signed in by the cookie of the pages."""

import re

from flask import Flask

from api.authentication import COOKIE
from tests.pages import Visitor


class Colleague(Visitor):
    """Somebody of the Energiehuis."""

    def only_file(self) -> str:
        """Give the address of the one file that the worklist shows."""
        links = re.findall(r'href="(/nl/dossiers/[0-9a-f-]{36})"', self.open("/nl/dossiers").text)
        assert len(links) == 1, links
        return links[0]


def colleague(app: Flask, token: str) -> Colleague:
    """Open a browser that is signed in."""
    client = app.test_client()
    client.set_cookie(COOKIE, token)
    return Colleague(client)
