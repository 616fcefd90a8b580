"""The application for gunicorn."""

import os

from api.app import create_app
from energiehuis.config import Settings

application = create_app(Settings.from_env(os.environ))
