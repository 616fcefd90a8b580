"""The bare application for gunicorn."""

from benchmarks.peers.bare_flask import create_app

application = create_app()
